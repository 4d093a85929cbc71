"""Gap pages: every gap, its services and hand-offs both ways, and what the plan leaves open."""

from __future__ import annotations

import re

import pytest

from pmogen.render.book import Book
from pmogen.render.pages.gaps import gap_view
from tests.render.test_render import example, pages, rendered

GAPS = [gap.aspect for gap in example().gaps if gap.kind == "gap"]


@pytest.mark.parametrize("aspect", GAPS)
def test_every_gap_has_its_page_which_leads_to_its_services_and_back(aspect: str) -> None:
    page = pages(rendered())[f"gaps/{aspect}.md"]
    for candidate in example().choice.candidates:
        if aspect in dict(candidate.closes):
            assert f"](../services/{candidate.service}.md)" in page
            assert f"](../gaps/{aspect}.md)" in pages(rendered())[f"services/{candidate.service}.md"]


@pytest.mark.parametrize("aspect", GAPS)
def test_a_gap_leads_to_its_aspect_and_its_customers_and_back(aspect: str) -> None:
    page = pages(rendered())[f"gaps/{aspect}.md"]
    assert f"](../assessment/{aspect}.md)" in page
    assert f"](../gaps/{aspect}.md)" in pages(rendered())[f"assessment/{aspect}.md"]
    for expected in Book(example()).benefits_for(aspect):
        assert f"](../foundation/customers.md#benefit-{expected.benefit.id})" in page


def test_strengths_have_no_gap_page() -> None:
    strengths = [gap.aspect for gap in example().gaps if gap.kind == "strength"]
    assert strengths
    for aspect in strengths:
        assert f"gaps/{aspect}.md" not in pages(rendered())
        assert f"](../assessment/{aspect}.md)" in pages(rendered())["gaps/index.md"]


def test_the_register_lists_the_gaps_by_rank_beside_the_chart() -> None:
    register = pages(rendered())["gaps/index.md"]
    ranked = register.partition("## All gaps by rank")[2].partition("\n## ")[0]
    assert "](../assets/charts/gaps.svg)" in ranked
    assert re.findall(r"^\| \d+\. \[[^\]]+\]\(([a-z-]+)\.md\)", ranked, re.MULTILINE) == GAPS


def test_every_gap_stands_in_the_matrix_once() -> None:
    register = pages(rendered())["gaps/index.md"]
    matrix = register.partition("## Size and priority")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"\]\(([a-z-]+)\.md\)", matrix)) == sorted(GAPS)


def test_a_priority_that_differs_from_the_proposed_one_says_so() -> None:
    for gap in example().gaps:
        if gap.kind == "gap":
            differs = gap.priority != gap.proposed_priority
            assert ("Stated and proposed priority differ" in pages(rendered())[f"gaps/{gap.aspect}.md"]) is differs


def test_what_the_plan_leaves_is_taken_by_a_hand_off_an_acceptance_or_open() -> None:
    register = pages(rendered())["gaps/index.md"]
    left = register.partition("## What the plan leaves open")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| \[[^\]]+\]\(([a-z-]+)\.md\) \| [\d.]+ \| (.+) \|$", left, re.MULTILINE))
    book = Book(example())
    for gap in book.gaps:
        view = gap_view(book, gap)
        assert (gap.aspect in rows) == (view.remains > 0)
        if view.remains and view.hand_offs:
            assert "../hand-offs/" in rows[gap.aspect]
    assert any("open" in taken for taken in rows.values())


def test_a_gap_that_no_planned_service_lifts_says_so() -> None:
    assert "No planned service lifts it" in pages(rendered())["gaps/procurement-vendor.md"]
