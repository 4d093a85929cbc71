"""A playbook with very many pages leaves those of single things out of the page of the whole, and says so."""

from __future__ import annotations

import re

import pytest

from pmogen.render import drafted
from pmogen.render.book import Book
from pmogen.render.pages import too_many, whole
from pmogen.render.pages.too_many import left_out
from tests.render.test_render import example, pages, rendered, templates

BOOK = Book(example(), templates())
PATHS = frozenset(pages(rendered()))


def names(most: int, monkeypatch) -> list[str]:
    monkeypatch.setattr(too_many, "MOST", most)
    return [kind.name for kind in left_out(BOOK, PATHS)]


def test_nothing_is_left_out_while_the_pages_fit(monkeypatch):
    assert names(len(PATHS), monkeypatch) == []


@pytest.mark.parametrize(
    ("most", "left"),
    [
        (len(PATHS) - 1, ["services that are in no wave", "aspects without a gap"]),
        (115, ["services that are in no wave", "aspects"]),
        (95, ["services", "aspects"]),
        (5, ["services", "aspects", "gaps"]),
    ],
)
def test_what_matters_least_goes_first(most, left, monkeypatch):
    assert names(most, monkeypatch) == left


def test_only_pages_that_there_are_are_left_out(monkeypatch):
    monkeypatch.setattr(too_many, "MOST", 5)
    kinds = left_out(BOOK, PATHS)
    assert all(kind.paths <= PATHS and kind.listed in PATHS - kind.paths for kind in kinds)
    assert {f"services/{service.id}.md" for service in BOOK.catalogue.services} in [kind.paths for kind in kinds]


def test_the_page_says_what_it_leaves_out_and_links_lead_there(monkeypatch):
    monkeypatch.setattr(too_many, "MOST", len(PATHS) - 10)
    text = drafted(example(), templates()).page("whole.md")
    later = [absence.service for absence in BOOK.plan.absences]
    assert later
    assert "[services that are in no wave](roadmap/later.md) and [aspects without a gap](assessment/index.md)" in text
    for service in later:
        assert f"#page-services_{service})" not in text
        assert f"(services/{service}.md)" in text
    planned = BOOK.plan.placements[0].service
    assert f"{{ #page-services_{planned} }}" in text


def test_long_pages_are_left_out_with_them(monkeypatch):
    monkeypatch.setattr(whole, "LONGEST", 40_000)
    assert "for their length" not in drafted(example(), templates()).page("whole.md")
    monkeypatch.setattr(too_many, "MOST", len(PATHS) - 10)
    text = drafted(example(), templates()).page("whole.md")
    long = {path for path, page in pages(rendered()).items() if len(page) > 40_000} - whole.LEFT_OUT
    assert "knowledge/roles.md" in long
    assert set(re.findall(r"\(([a-z0-9/-]+\.md)\)", text.partition("for their length: ")[2].partition("\n")[0])) == long
    assert not any(f"{{ #{whole.anchor_of(path)} }}" in text for path in long)


def test_the_page_of_a_small_playbook_says_nothing_of_it():
    assert not re.search("Left out here|too many", pages(rendered())["whole.md"].partition("## Home")[0])
