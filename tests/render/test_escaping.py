"""Whatever people write shows as they wrote it and means nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from pmogen.render.environment import markdown_environment
from pmogen.render.markdown import Md, cell, indented, md_text, one_line, prose

ROOT = Path(__file__).parents[2]
ADDED_BY_THEME = {"headerlink"}
PLACES: Mapping[str, tuple[str, set[str]]] = {
    "paragraph": ("{}\n", {"p"}),
    "after words": ("Words {} and words.\n", {"p"}),
    "cell": ("| a | b |\n| --- | --- |\n| {} | c |\n", {"table", "thead", "tbody", "tr", "th", "td"}),
    "heading": ("## {} {{ #here }}\n", {"h2"}),
    "list item": ("- {}\n", {"ul", "li"}),
    "strong": ("x **{}**{{ .pg-badge }}\n", {"p", "strong"}),
    "link text": ("[{}](other.md)\n", {"p", "a"}),
    "picture text": ("![{}](a.svg)\n", {"p", "img"}),
    "admonition title": ('??? info "{}"\n\n    text\n', {"details", "summary", "p"}),
    "wrapped": ("/// html | div.pg-foot\n{}\n///\n", {"div", "p"}),
    "inside an admonition": ("!!! note\n\n    {}\n", {"div", "p"}),
}
PIECES = (
    *"*_`[](){}<>#+-.!|&~^=$\\:;'\"@/?% 1a",
    *("!!! ", "===", "??? ", "/// html | script", "<script>alert(1)</script>", "</p>", "{: onclick=x }", "{ .a #b }"),
    *(
        "[x](javascript:alert(1))",
        "![x](http://a.b/c)",
        "[a]: http://b",
        "www.a.b",
        "a@b.co",
        "http://a.b",
        "<http://a.b>",
    ),
    *(
        "\n",
        "\n\n",
        "    ",
        "---",
        "```",
        "~~~",
        "1.",
        "1) ",
        "- ",
        "+ ",
        "> ",
        "# ",
        "[TOC]",
        "&lt;",
        "&#60;",
        "&amp;",
    ),
    *(
        "\u2028",
        "--8<--",
        "{{ x }}",
        "{% y %}",
        "é",
        "日本",
        "\u202e",
        "\\",
        "<!-- -->",
        "<br>",
        ":smile:",
        "*[a]: b",
        "[^1]",
    ),
)
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join) | st.text(max_size=40)


class Reader(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") in ADDED_BY_THEME:
            self._skipped = 1
            return
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.text += dict(attrs).get("alt") or ""

    def handle_endtag(self, _tag: str) -> None:
        self._skipped = 0

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.text += data


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml, whatever its tags."""


_Settings.add_multi_constructor("", lambda _loader, tag, _node: tag)


@cache
def _extensions() -> tuple[tuple[str, ...], dict[str, Any]]:
    listed = yaml.load((ROOT / "mkdocs.yml").read_text(), _Settings)["markdown_extensions"]
    names = tuple(next(iter(entry)) if isinstance(entry, dict) else entry for entry in listed)
    return names, {name: value for entry in listed if isinstance(entry, dict) for name, value in entry.items()}


@lru_cache(maxsize=2000)
def build(text: str) -> str:
    """HTML as the site builder makes it, with the extensions of mkdocs.yml."""
    names, configs = _extensions()
    return Markdown(extensions=list(names), extension_configs=configs).convert(text)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(build(text))
    reader.close()
    return reader


@pytest.mark.parametrize("place", PLACES)
@given(text=hostile)
@example(text="<img src=x onerror=alert(1)>")
@example(text="/// html | script")
@example(text="- a")
@example(text="12. a")
@settings(max_examples=60, deadline=None)
def test_any_text_gives_no_element_and_shows_unchanged(place: str, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode().strip()
    frame, allowed = PLACES[place]
    if not one_line(text):
        return
    reader = read(frame.format(md_text(text)))
    assert reader.tags <= allowed
    assert not any(name.startswith("on") or name == "style" for name in reader.attributes)
    assert one_line(text) in " ".join(reader.text.split())


@given(text=hostile)
@settings(max_examples=150, deadline=None)
def test_prose_gives_paragraphs_only(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert read(str(prose(text))).tags <= {"p"}


def test_prose_keeps_paragraphs() -> None:
    assert prose("a\nb\n\n\n# c") == "a b\n\n&#35; c"


def test_indented_moves_all_lines_but_empty_ones() -> None:
    assert indented(Md("a\n\nb")) == "a\n\n    b"


def test_a_cell_has_no_bar_and_one_line() -> None:
    assert cell(Md("a | b\nc")) == "a &#124; b c"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ text }}", "&#42;&#60;b&#62;"),
        ("{{ text ~ ', ' ~ text }}", "&#42;&#60;b&#62;, &#42;&#60;b&#62;"),
        ("{{ bold('a') ~ text }}", "**a**&#42;&#60;b&#62;"),
        ("{{ text + bold('a') }}", "&#42;&#60;b&#62;**a**"),
        ("{{ bold('%s') % text }}", "**&#42;&#60;b&#62;**"),
        ("{{ bold(text) }}", "**&#42;&#60;b&#62;**"),
        ("{{ bold(bold(text)) }}", "****&#42;&#60;b&#62;****"),
        ("{{ [text, bold('a')] | join }}", "&#42;&#60;b&#62;, **a**"),
        ("{{ [bold('a'), 'b'] | join(text) }}", "**a**&#42;&#60;b&#62;b"),
        ("{{ [text, text, bold('a')] | listed }}", "&#42;&#60;b&#62;, &#42;&#60;b&#62; and **a**"),
        ("{% set all %}**{{ text }}**{% endset %}{{ all }}", "**&#42;&#60;b&#62;**"),
        ("{% set all %}x{% endset %}{{ all ~ text }}", "x&#42;&#60;b&#62;"),
        ("{% set all %}x{% endset %}{{ all.format(text) }}{{ all.replace('x', text) }}", "x&#42;&#60;b&#62;"),
        ("{% call wrap() %}{{ text }}{% endcall %}", "[&#42;&#60;b&#62;]"),
        ("{{ text if true }}", "&#42;&#60;b&#62;"),
    ],
)
def test_no_way_of_printing_leaks_text(template: str, expected: str) -> None:
    macros = "{% macro bold(t) %}**{{ t }}**{% endmacro %}{% macro wrap() %}[{{ caller() }}]{% endmacro %}"
    if "%s" in template:
        macros, template = "{% set pattern %}**%s**{% endset %}", "{{ pattern % text }}"
    environment = markdown_environment({"page": macros + template})
    assert environment.get_template("page").render(text="*<b>") == expected


@pytest.mark.parametrize("name", ["safe", "replace", "format", "xmlattr", "urlize", "tojson", "e", "indent"])
def test_filters_that_could_make_markup_are_gone(name: str) -> None:
    assert name not in markdown_environment({}).filters
