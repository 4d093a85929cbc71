"""No figure without a source.

What counts as a figure: a number (or a size) in a table whose column is one of `COLUMNS`, and a number with a unit of
ours (`UNIT`) in a sentence. Every page with a figure

- says at its foot which lines of which file it was made from, and
- holds a block "How is this computed?", which is a tree down to lines or leads to where such a tree is.

A page that explains its figures elsewhere links, from each row with a figure, to a page with a tree. Pages of people's
own words (hand-written pages, the catalogue's texts) are not computed and need no block; they are named in `WORDS`.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

import pytest

from pmogen.render.pages.whole import LEFT_OUT
from tests.render.html import Html, html
from tests.render.test_render import pages, rendered

BLOCK = "How is this computed?"
COLUMNS = re.compile(
    r"level|today|now|target|gap|size|points|person-days|limit|fte|closes alone|missing|last wave|spread|deviation"
    r"|median|middle answer|share|change$|priority|cost|days|rank|score",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\b[Ll]evel \d|\b\d+(?:\.\d+)? (?:levels?\b|of \d+ missing levels|person-days?\b|points?\b|full-time|FTE\b|of \d)"
)
WORDS = re.compile(r"^(pages/|foundation/|knowledge/(?!problems))")
"""Pages that hold what people wrote and nothing that was computed."""
COPY = "whole.md"
"""The page that says again what the others say; each part of it leads to the page it is a copy of."""

SCALE = ("Level", "What it means in any aspect")
"""The table of the scale: its numbers are names."""

PAGES = pages(rendered())


def figure_tables(page: Html) -> list[list[str]]:
    """Rows with a figure: the addresses that each links to, or its table's head does."""
    found = []
    for table in page.tables:
        if table.head == SCALE:
            continue
        columns = [number for number, name in enumerate(table.head) if COLUMNS.search(name)]
        for row in table.rows:
            told = [row[number].text for number in columns if number < len(row)]
            if any(re.search(r"\d|^[LMH]\b", text) for text in told):
                found.append([*(address for cell in row for address in cell.links), *table.head_links])
    return found


def has_figures(page: Html) -> bool:
    return bool(figure_tables(page)) or any(UNIT.search(sentence) for sentence in page.sentences)


def has_tree(path: str) -> bool:
    """True when the page has a block that rests on lines of files."""
    blocks = re.findall(
        rf'^\?\?\? info pg-computed "{re.escape(BLOCK)}"\n((?:\n|    .*\n)+)', PAGES.get(path, ""), re.MULTILINE
    )
    return any(re.search(r", line \d+", block) for block in blocks)


def target(path: str, address: str) -> str:
    page = unquote(address).partition("#")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path


PLANNED_AS_IF = "roadmap/scenarios.md"
"""Its figures were found by planning as if something were different: they are kept in a file, not reckoned from lines."""
FIGURES = sorted(
    path for path, text in PAGES.items() if not WORDS.match(path) and path != COPY and has_figures(html(text))
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_the_lines_it_was_made_from(path):
    foot = PAGES[path].rpartition("pg-foot")[2]
    assert re.search(r"What stands here comes from .+, line \d+", foot)


@pytest.mark.parametrize("path", FIGURES)
def test_every_page_with_figures_says_how_they_are_computed(path):
    assert BLOCK in html(PAGES[path]).summaries


@pytest.mark.parametrize("path", [path for path in FIGURES if not has_tree(path) and path != PLANNED_AS_IF])
def test_where_the_arithmetic_is_elsewhere_each_figure_leads_there(path):
    for links in figure_tables(html(PAGES[path])):
        assert any(has_tree(target(path, address)) for address in links), links


def test_the_pages_of_things_have_trees_of_their_own():
    """So that what leads elsewhere arrives at lines: assessed aspects, gaps, services, waves, asked units."""
    others = "index|later|candidates|coverage|not-app|declined|audi|kpis|presentation|scenarios"
    things = re.compile(rf"^(gaps|services|roadmap|hand-offs)/(?!{others})")
    missing = [path for path in PAGES if things.match(path) and not has_tree(path)]
    assert [path for path in missing if "compared" not in path and "in-case" not in path] == []


def test_each_part_of_the_copy_leads_to_its_page():
    led = set(re.findall(r"\[This page by itself, with its arithmetic\]\(([^)]+)\)", PAGES[COPY]))
    assert {path for path in FIGURES if path not in LEFT_OUT} <= led


def test_rules_that_blocks_name_are_sections_of_the_method_page():
    anchors = set(re.findall(r"\{ #([a-z-]+) \}", PAGES["method/index.md"]))
    named = {rule for text in PAGES.values() for rule in re.findall(r"\[The rules\]\([^)]*#([a-z-]+)\)", text)}
    assert named
    assert named <= anchors
