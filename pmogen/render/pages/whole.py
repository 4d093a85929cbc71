"""The whole playbook on one page: the pages one after the other, their anchors made unique, to print or to read through."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pmogen.language import _
from pmogen.model.hand_page import lines_of
from pmogen.render.addresses import percent_encoded
from pmogen.render.book import Book
from pmogen.render.markdown import Md, md_text
from pmogen.render.page import Nav, Page
from pmogen.render.pages.too_many import LONGEST, left_out

PATH = "whole.md"
LEFT_OUT = frozenset(
    {PATH, "downloads.md", "services/presentation.md", "assessment/disagreement.md", "knowledge/templates/index.md"}
)
"""Pages that only show again, or lead to, what stands on others."""

_HEADING = re.compile(r"^(?P<marks>#{1,6}) (?P<text>.*?)(?: \{ #(?P<id>[\w-]+) \})?$")
_LINK = re.compile(r"(?<=\]\()(?P<address>[^()\s]+)(?=\))")
_PICTURE = re.compile(r"^!\[.*\]\((?P<address>[^()\s]+)\)")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:")
_DROPPED_BLOCK = "/// html | div.pg-foot"
_COMPUTED = "??? info pg-computed"
_DEEPER = 2
_DEEPEST = 6


def whole_page(book: Book, entries: Iterable[Nav], text_of: Callable[[str], str]) -> Page:
    """The page; `text_of` gives the text of any other by path, with its front matter."""
    return Page(
        PATH,
        _("The whole playbook"),
        "pages/whole.md.j2",
        lambda: _values(book, tuple(entries), text_of),
        (book.span("playbook"),),
        _("All pages of the playbook one after the other, to print or to read through."),
        ("navigation",),
        searched=False,
    )


def _values(book: Book, entries: tuple[Nav, ...], text_of: Callable[[str], str]) -> dict[str, Any]:
    paths = dict.fromkeys(path for _title, own in in_order(entries) for path in own)
    spared = left_out(book, paths)
    texts = {path: text_of(path) for path in paths if not any(path in kind.paths for kind in spared)}
    long = [path for path, text in texts.items() if spared and len(text) > LONGEST]
    kept = {path: text for path, text in texts.items() if path not in long}
    return {
        "parts": tuple(map(Md, whole(entries, kept))),
        "left_out": spared,
        "long": [(path, title) for path, title in _titles(entries) if path in long],
        "count": len(paths),
    }


def _titles(entries: Iterable[Nav]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield entry.path, entry.title
        yield from _titles(entry.children)


def in_order(entries: Iterable[Nav]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each section of the navigation with the paths of its pages."""
    for entry in entries:
        yield entry.title, tuple(path for path in _paths(entry) if path not in LEFT_OUT)


def _paths(entry: Nav) -> Iterator[str]:
    if entry.path:
        yield entry.path
    for child in entry.children:
        yield from _paths(child)


def whole(entries: Iterable[Nav], pages: Mapping[str, str]) -> Iterator[str]:
    """The parts of the page: for each section its heading, then its pages, without their feet and their arithmetic.

    `pages` are texts of Markdown files by path, with their front matter.
    """
    sections = [(title, [path for path in paths if path in pages]) for title, paths in in_order(entries)]
    anchors = {percent_encoded(path): _anchors(pages[path]) for _title, paths in sections for path in paths}
    drawn: set[str] = set()
    for number, (title, paths) in enumerate(sections, 1):
        if paths:
            yield f"## {md_text(title)} {{ #section-{number} }}\n"
        for path in paths:
            yield _part(path, pages[path], anchors, drawn)


@lru_cache(maxsize=4096)  # links lead to the same pages again and again
def anchor_of(address: str, part: str = "") -> str:
    """The anchor of a page (by its percent-encoded path), or of a part of it, on the page of the whole playbook."""
    page = re.sub(r"[^a-zA-Z0-9_]+", "-", address.removesuffix(".md").replace("/", "_")).strip("-").lower()
    return f"page-{page}--{part}" if part else f"page-{page}"


def _body(text: str) -> str:
    return text.split("\n---\n", 1)[1]


def _anchors(text: str) -> frozenset[str]:
    """Anchors that headings of the page name."""
    lines = (line for line, is_code in lines_of(_body(text)) if not is_code)
    headings = (_HEADING.match(line) for line in lines if line.startswith("#"))
    return frozenset(heading["id"] for heading in headings if heading and heading["id"])


def _part(path: str, text: str, anchors: Mapping[str, frozenset[str]], drawn: set[str]) -> str:
    """One page as a part of the whole."""
    alone = _("This page by itself, with its arithmetic")
    lines = []
    for line, is_code in _kept(_body(text)):
        if is_code:
            lines.append(line)
            continue
        picture = _PICTURE.match(line) if line.startswith("![") else None
        if picture:
            name = posixpath.basename(picture["address"])
            if name in drawn:
                continue
            drawn.add(name)
        lines.append(_line(path, line, anchors))
        if line.startswith("# "):
            lines += [
                "",
                f"[{alone}]({percent_encoded(path)})",
                "{: .pg-small .pg-screen }",
            ]
    return "\n".join(lines).strip("\n") + "\n"


def _kept(text: str) -> Iterator[tuple[str, bool]]:
    """Lines with whether they are code, without the foot and the blocks of arithmetic."""
    foot = computed = False
    for line, is_code in lines_of(text):
        if not is_code:
            foot = foot or line == _DROPPED_BLOCK
            if line.lstrip().startswith(_COMPUTED):
                computed = True
            elif line.strip() and not line.startswith("    "):
                computed = False
        if not foot and not computed:
            yield line, is_code
        if foot and line == "///":
            foot = False


def _line(path: str, line: str, anchors: Mapping[str, frozenset[str]]) -> str:
    heading = _HEADING.match(line) if line.startswith("#") else None
    if heading:
        marks = "#" * min(len(heading["marks"]) + _DEEPER, _DEEPEST)
        here = anchor_of(percent_encoded(path), heading["id"] or "") if heading["id"] or heading["marks"] == "#" else ""
        line = f"{marks} {heading['text']}" + (f" {{ #{here} }}" if here else "")
    return _LINK.sub(lambda link: _address(path, link["address"], anchors), line) if "](" in line else line


def _address(path: str, address: str, anchors: Mapping[str, frozenset[str]]) -> str:
    """The address as seen from the whole: an anchor where the page is a part of it."""
    if _SCHEME.match(address) or address.startswith("//"):
        return address
    page, _sign, part = address.partition("#")
    here = percent_encoded(path)
    goal = _goal(posixpath.dirname(here), page) if page else here
    if goal in anchors:
        return f"#{anchor_of(goal, part if part in anchors[goal] else '')}"
    return goal + (f"#{part}" if part else "")


@lru_cache(maxsize=65_536)  # pages of a folder have many links in common
def _goal(folder: str, page: str) -> str:
    return posixpath.normpath(posixpath.join(folder, page))
