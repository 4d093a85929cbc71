"""The whole playbook: pure, escaped on every page, linked without a gap."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

import yaml

from pmogen.model.load import load
from pmogen.playbook import Playbook, compute
from pmogen.render import Rendered, render
from pmogen.render.navigation import DOCS
from pmogen.site.templates import read_templates
from pmogen.source.files import Sources, read_sources
from tests.render.test_escaping import build, read
from tests.workspaces import ROOT, parsed, workspace

HOSTILE = (
    "- <img src=x onerror=alert(1)> *b* [x](javascript:alert(1)) | c { onclick=x } ```"
    " <script>alert(1)</script> &lt; {{ 7 * 7 }} /// html"
)
FIXED_WORDS = {"under way", "in post", "to be found"}
"""Words of the formats that have a blank in them."""


@cache
def templates() -> dict[str, str | bytes]:
    return read_templates(ROOT)


@cache
def example() -> Playbook:
    result = load(read_sources(ROOT))
    assert result.workspace is not None, result.diagnostics
    return compute(result.workspace)


@cache
def rendered() -> Rendered:
    return render(example(), templates())


def pages(result: Rendered) -> dict[str, str]:
    """Pages by path below the playbook, without their front matter."""
    return {
        name.removeprefix(f"{DOCS}/"): text.split("\n---\n", 1)[1]
        for name, text in result.files.items()
        if name.endswith(".md") and isinstance(text, str)
    }


def poisoned(value: Any) -> Any:
    """The value with hostile text in place of every sentence."""
    if isinstance(value, dict):
        return {key: item if key == "method" else poisoned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item) for item in value]
    return HOSTILE if isinstance(value, str) and " " in value and value not in FIXED_WORDS else value


@cache
def hostile() -> Rendered:
    sources = read_sources(ROOT)
    files = {
        name: yaml.safe_dump(poisoned(parsed(raw.decode()))).encode() if name.endswith(".yml") else raw
        for name, raw in sources.files.items()
    }
    result = load(Sources(files, sources.standard_is))
    assert result.workspace is not None, result.diagnostics[:5]
    return render(compute(result.workspace), templates())


def front_matter(text: str) -> Any:
    return yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))


def test_the_same_input_gives_equal_output() -> None:
    assert render(example(), templates()) == render(example(), dict(reversed(templates().items())))


def test_a_small_workspace_without_anything_optional_renders() -> None:
    files = render(compute(workspace()), templates()).files
    assert f"{DOCS}/index.md" in files
    assert "build/playbook.yml" in files


def test_theme_assets_and_charts_are_among_the_files() -> None:
    assert "build/theme/partials/actions.html" in rendered().files
    for name in ("pmogen.css", "charts/gaps.svg", "charts/roadmap.svg"):
        assert f"{DOCS}/assets/{name}" in rendered().files


def test_text_files_end_with_one_newline_and_have_no_trailing_blanks() -> None:
    for name, text in rendered().files.items():
        if isinstance(text, str):
            assert text.endswith("\n"), name
            assert not text.endswith("\n\n"), name
            assert "\r" not in text, name
            assert not name.endswith(".md") or " \n" not in text, name


def test_hostile_text_adds_no_element_and_no_attribute_to_any_page() -> None:
    clean = [read(text) for text in pages(rendered()).values()]
    tags = set().union(*(page.tags for page in clean))
    attributes = set().union(*(page.attributes for page in clean))
    for path, text in pages(hostile()).items():
        page = read(text)
        assert page.tags <= tags, path
        assert page.attributes <= attributes, path
        assert "javascript:" not in re.sub(r">[^<]*<", "><", build(text)), path


def test_hostile_text_is_shown_on_the_pages_as_it_is() -> None:
    assert HOSTILE.strip() in " ".join(read(pages(hostile())["index.md"]).text.split())


def test_front_matter_has_only_keys_of_ours_and_no_markup() -> None:
    for name, text in hostile().files.items():
        if name.endswith(".md"):
            assert isinstance(text, str)
            keys = front_matter(text)
            assert set(keys) <= {"title", "description", "edit_url", "hide", "search"}, name
            assert "<" not in keys["title"] + keys.get("description", ""), name


def test_navigation_is_escaped() -> None:
    navigation = str(hostile().files["build/playbook.yml"])
    assert "<" not in navigation
    assert yaml.safe_load(navigation)["site_name"].startswith("- &lt;img")


def _paths(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            value = next(iter(entry.values()))
            yield from _paths(value) if isinstance(value, list) else [value]


def test_navigation_names_every_page_once() -> None:
    named = list(_paths(yaml.safe_load(str(rendered().files["build/playbook.yml"]))["nav"]))
    assert sorted(named) == sorted(pages(rendered()))


@cache
def _anchors() -> dict[str, frozenset[str]]:
    return {path: frozenset(re.findall(r' id="([^"]+)"', build(text))) for path, text in pages(rendered()).items()}


def _targets(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Pages and anchors that a page links to, as paths below the playbook."""
    for address in re.findall(r'(?:href|src)="([^"]+)"', build(text)):
        if not address.startswith(("https:", "http:", "mailto:", "tel:")):
            page, _, part = unquote(address).partition("#")
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path, part


def test_links_lead_to_a_file_and_a_place_in_it() -> None:
    targets = {(path, *target) for path, text in pages(rendered()).items() for target in _targets(path, text)}
    assert [entry for entry in sorted(targets) if f"{DOCS}/{entry[1]}" not in rendered().files] == []
    assert [entry for entry in sorted(targets) if entry[2] and entry[2] not in _anchors()[entry[1]]] == []


def test_home_says_first_what_a_sponsor_asks_first() -> None:
    home = pages(rendered())["index.md"]
    first = (
        "invented",
        "Why a PMO",
        "biggest gaps",
        "wave brings",
        "What it costs",
        "What is asked",
        "will not be done",
    )
    places = [home.index(words) for words in first]
    assert places == sorted(places)


def test_every_page_ends_with_owner_and_version() -> None:
    settings = example().workspace.settings
    for path, text in pages(rendered()).items():
        foot = text[-600:]
        assert settings.version in foot, path
        assert f"Owner: {settings.owner}" in foot, path
