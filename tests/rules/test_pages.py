"""Rules about hand-written pages: names that work everywhere, and no text that keeps them busy."""

from __future__ import annotations

import time

import pytest

from pmogen.model.workspace import HandPage
from pmogen.render.markdown import document
from pmogen.render.pages.hand_written import with_addresses, written
from pmogen.rules import check
from pmogen.rules.pages import links_in
from tests.workspaces import workspace


def said_of(*names: str) -> list[str]:
    """What PMO904 says when these pages exist."""
    pages = {f"content/pages/{name}": "# A page\n" for name in names}
    return [found.message for found in check(workspace(pages)) if found.code == "PMO904"]


@pytest.mark.parametrize(
    "name", ["index.md", "a/index.md", "Why a PMO.md", "öffnung.md", "a'b.md", "emoji-\U0001f389.md"]
)
def test_names_that_work_everywhere(name: str) -> None:
    assert said_of(name) == []


@pytest.mark.parametrize("name", ["a\\b.md", "#1.md", "100%.md", "what?.md", "a\nb.md", "<b>.md", "con.md", "aux/a.md"])
def test_names_that_are_no_file_names_everywhere(name: str) -> None:
    assert said_of(name) == ["the page has a name that is no file name everywhere"]


def test_names_that_would_take_the_place_of_another_page() -> None:
    assert said_of("README.md") == ["builders take `README.md` for index.md"]
    assert said_of("INDEX.md") == ["builders take `INDEX.md` for index.md"]
    assert said_of("A.md", "a.md") == ["the name differs from `A.md` in nothing but case"]
    assert said_of("ä" * 99 + ".md", "ä" * 98 + ".md") == ["the page has a name of more than 200 bytes"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[a](" + "x" * 100_000,
        "[a](x" + " " * 100_000,
        "[a](" * 30_000,
        "~~~x\n" * 30_000,
        "# " + " #" * 50_000 + "x",
        "# a" + " " * 100_000 + "{x",
    ],
    ids=lambda text: repr(text[:8]),
)
def test_no_text_keeps_the_search_for_links_and_titles_busy(text: str) -> None:
    """Searches that try every way of dividing a text take minutes for a page of 100 kB."""
    page = HandPage("a.md", text)
    began = time.process_time()
    list(links_in(page))
    written(page)
    with_addresses(document(text), lambda _kind, _id: document("x"))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Why a PMO {#why} #", "Why a PMO"),
        ("# Why a PMO {#why}", "Why a PMO"),
        ("# Why C#", "Why C#"),
        ("# Why ##  ", "Why"),
        ("# \n# Why", "Why"),
        ("~~~\n# code\n```\n# code\n~~~\n# Why", "Why"),
        ("Nothing", "A page"),
    ],
)
def test_titles_come_from_the_first_heading(text: str, title: str) -> None:
    assert written(HandPage("a-page.md", text)).title == title
