"""The roadmap as a whole, what would help most, and the scenarios."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from pmogen.model.scenarios import Scenarios
from pmogen.planning.what_if import Outcome, Peak
from pmogen.render import render
from pmogen.render.book import Book
from pmogen.render.navigation import DOCS
from pmogen.render.pages.roadmap import in_short
from pmogen.render.pages.scenarios import fullest, value_against
from tests.render.test_render import example, pages, rendered, templates

WORKSPACE = example().workspace


def page_of(workspace, path="roadmap/scenarios.md", **changes):
    found = render(replace(example(), workspace=workspace, **changes), templates()).files
    return found.get(f"{DOCS}/{path}")


def test_the_roadmap_begins_with_its_result():
    book = Book(example())
    page = pages(rendered())["roadmap/index.md"]
    assert in_short(book) in page
    assert re.fullmatch(
        r"\d+ services in \d waves, until December 2027\. \d+ of \d+ gaps are closed then, and \d+ more are smaller\.",
        in_short(book),
    )
    gaps = tuple(gap for gap in example().gaps if (found := book.closure(gap.aspect)) and found.how == "fully")
    assert in_short(Book(replace(example(), gaps=gaps))).endswith(f"{len(gaps)} of {len(gaps)} gaps are closed then.")
    nothing = replace(example(), plan=replace(example().plan, placements=()))
    assert in_short(Book(nothing)) == "Nothing launches yet: no service is planned."


def test_the_roadmap_says_what_stands_behind_it_and_leads_to_scenarios_and_to_what_comes_later():
    page = pages(rendered())["roadmap/index.md"]
    headings = ["{ #waves }", "{ #capacity }", "{ #load }", "{ #help }", "{ #scenarios }", "{ #later }"]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "of what the same decisions would bring if nothing were scarce" in page
    assert "| A little more of | would bring | Value |" in page
    assert "](scenarios.md)" in page
    assert "](later.md)" in page


def test_without_published_insights_the_roadmap_says_how_to_get_them():
    published = WORKSPACE.published.model_copy(update={"insights": None})
    page = page_of(replace(WORKSPACE, published=published), "roadmap/index.md")
    assert "Not computed: run `pmogen plan`." in page
    stale = page_of(WORKSPACE, "roadmap/index.md", plan_state="stale")
    assert "Not computed: run `pmogen plan`." in stale


@pytest.mark.parametrize("scenario", WORKSPACE.scenarios.scenarios, ids=lambda scenario: scenario.id)
def test_every_scenario_stands_in_the_table_and_has_its_part(scenario):
    page = pages(rendered())["roadmap/scenarios.md"]
    assert f"#scenario-{scenario.id} }}" in page
    assert f"| [{scenario.name}](#scenario-{scenario.id}) |" in page
    assert "out of date" not in page


def test_a_scenario_without_a_plan_says_so_and_shows_no_figures():
    page = page_of(replace(WORKSPACE, planned_scenarios=None))
    assert "Some scenarios are out of date" in page
    assert page.count("| out of date |") == len(WORKSPACE.scenarios.scenarios)
    assert page.count("is not known as things are now") == len(WORKSPACE.scenarios.scenarios)


def test_without_scenarios_there_is_no_page_and_nothing_leads_to_it():
    none = replace(WORKSPACE, scenarios=Scenarios())
    assert page_of(none) is None
    assert "scenarios.md" not in page_of(none, "roadmap/index.md")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (10, 10, "the same"),
        (0, 5, "more"),
        (200, 205, "+2.5\N{NO-BREAK SPACE}%"),
        (200, 190, "\N{MINUS SIGN}5\N{NO-BREAK SPACE}%"),
        (10**6, 10**6 + 1, "+under 0.1\N{NO-BREAK SPACE}%"),
    ],
)
def test_value_is_told_in_per_cent_on_one_line(before, after, said):
    assert value_against(Fraction(before), Fraction(after)).unescape() == said


def test_the_fullest_wave_is_that_with_the_greatest_share():
    def made(*peaks):
        zero = Fraction(0)
        return Outcome(0, 0, zero, zero, zero, 1, 0, {peak.audience: peak for peak in peaks})

    calm, full = Peak("a", "w1", Fraction(9), Fraction(20)), Peak("b", "w2", Fraction(5), Fraction(10))
    assert fullest(made(calm, full)) == full
    assert fullest(made()) is None
