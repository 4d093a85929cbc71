"""mkdocs, properdocs and zensical make the same site of the same pages."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

import pmogen
from pmogen.site.links import broken_links, foreign_requests, read_site

ROUND_ABOUT = re.compile(r"\bmd-content__button\b|\bheaderlink\b|\bmd-status\b|\bmd-source-file\b")


class Article(HTMLParser):
    """What a reader finds in a page: its title, headings, links (where they lead), tables and words."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._name = name
        self.title = ""
        self.headings: list[tuple[str, str, str]] = []
        self.links: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.words: list[str] = []
        self._stack: list[tuple[str, dict[str, str]]] = []
        self.feed(text[: text.index("</article>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in ("br", "img", "meta", "link", "input", "hr", "wbr", "path"):
            return
        self._stack.append((tag, given))
        if not self._inside("article") or self._round_about():
            return
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, given.get("id", ""), ""))
        if tag == "a" and "href" in given:
            self.links.append(urljoin(f"/{self._name}", given["href"]))
        if tag == "table":
            self.tables.append([])
        if tag == "tr" and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._stack):
            while self._stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._inside("title") and not self._inside("article") and not self._inside("svg"):
            self.title += data
        if not self._inside("article") or self._round_about() or self._inside("script"):
            return
        self.words += data.split()
        if self.headings and any(re.fullmatch("h[1-6]", name) for name, _ in self._stack):
            level, identifier, text = self.headings[-1]
            self.headings[-1] = (level, identifier, text + data)
        if self._inside("td") or self._inside("th"):
            self.tables[-1][-1][-1] += data

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._stack)

    def _round_about(self) -> bool:
        return any(
            ROUND_ABOUT.search(given.get("class", "")) or given.get("id") == "__skip" for _, given in self._stack
        )


@pytest.fixture(scope="module", params=["zensical", "properdocs"])
def other(request, built_example, tmp_path_factory) -> Path:
    """The site as another builder makes it."""
    pytest.importorskip(request.param, reason=f"the extra {request.param} is not installed")
    workspace = Path(shutil.copytree(built_example, tmp_path_factory.mktemp("other") / "workspace"))
    assert pmogen.build(workspace, request.param).site is not None
    return workspace / "site"


def pages(site: Path) -> dict[str, Path]:
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    return {name: path for name, path in found.items() if name != "404.html"}


def test_all_have_the_same_pages_without_a_broken_link(built_example, other):
    assert set(pages(other)) == set(pages(built_example / "site"))
    links = read_site(other)
    assert broken_links(links) == ()
    assert foreign_requests(links) == ()


@pytest.mark.parametrize("part", ["title", "headings", "links", "tables", "words"])
def test_each_page_says_the_same_in_all(built_example, other, part):
    ours, theirs = pages(built_example / "site"), pages(other)
    different = {}
    for name, path in ours.items():
        one = getattr(Article(name, path.read_text("utf-8")), part)
        two = getattr(Article(name, theirs[name].read_text("utf-8")), part)
        if one != two:
            different[name] = next(((a, b) for a, b in zip(one, two, strict=False) if a != b), (len(one), len(two)))
    assert different == {}


def test_each_page_has_a_policy_in_all(other):
    assert [
        name for name, path in pages(other).items() if "Content-Security-Policy" not in path.read_text("utf-8")
    ] == []


def test_a_staged_build_leaves_nothing_behind(other):
    """All builders work beside site/ and never in it, so that a failed run cannot spoil what is published."""
    assert not (other.parent / "build/.site-new").exists()
