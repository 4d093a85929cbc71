"""Service pages: the candidate table word for word, every service with its page, decisions and reasons."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from pmogen.render import coverage, drafted
from pmogen.render.book import Book
from pmogen.render.pages.service import service_view
from pmogen.render.pages.services import coverage_tables, redundant, service_groups
from tests.render.test_render import example, pages, rendered, templates

SERVICES = [service.id for service in example().workspace.catalogue.services]
CANDIDATES = example().choice.candidates


def linked(text: str) -> list[str]:
    return re.findall(r"\]\(([a-z-]+)\.md\)", text)


def test_the_candidate_table_has_exactly_the_columns_of_a_facilitator() -> None:
    page = pages(rendered())["services/candidates.md"]
    tables = [line for line in page.split("\n") if line.startswith("| ")]
    assert tables[0] == "| Product / Service | Gap size (L, M, H) | Addresses aspect |"
    assert len(tables) == 2 + len(CANDIDATES)


def test_a_candidate_row_has_its_sizes_in_the_order_of_its_aspects() -> None:
    rows = pages(rendered())["services/candidates.md"].split("\n")
    sizes = {gap.aspect: gap.size for gap in example().gaps}
    for candidate in CANDIDATES:
        row = next(line for line in rows if line.startswith("| [") and f"]({candidate.service}.md) |" in line)
        _, _, letters, aspects, _ = row.split("|")
        assert re.findall(r"\*\*([LMH])\*\*", letters) == [sizes[aspect] for aspect, _ in candidate.closes]
        assert re.findall(r"\(\.\./gaps/([a-z-]+)\.md\)", aspects) == [aspect for aspect, _ in candidate.closes]


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_its_page_which_says_what_people_ask(service: str) -> None:
    page = pages(rendered())[f"services/{service}.md"]
    headings = re.findall(r"^## (.+?) \{", page, re.MULTILINE)
    declined = any(decision.service == service for decision in Book(example()).declined)
    offer = ("What you would get", "How you would get it") if declined else ("What you get", "How to get it")
    for heading in (*offer, "Why here", "What was decided", "When", "Who does what"):
        assert heading in headings


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_leads_to_its_wave_or_says_why_it_has_none(service: str) -> None:
    page = pages(rendered())[f"services/{service}.md"]
    placement = Book(example()).placement(service)
    if placement is None:
        assert "no wave" in page.partition("## When")[2].partition("\n## ")[0]
    else:
        assert f"](../roadmap/{placement.wave}.md)" in page
        assert f"](../services/{service}.md)" in pages(rendered())[f"roadmap/{placement.wave}.md"]


def test_the_presentation_shows_every_service_once_and_says_it_is_no_to_do_list() -> None:
    page = pages(rendered())["services/index.md"]
    shown = re.findall(r"^\| \[[^\]]+\]\(([a-z-]+)\.md\) \|", page, re.MULTILINE)
    assert sorted(shown) == sorted(SERVICES)
    assert "not a to-do list" in page


def test_what_is_not_applicable_has_its_reason() -> None:
    page = pages(rendered())["services/not-applicable.md"]
    listed = example().choice.not_applicable
    assert linked(page)[: len(listed)] == [entry.service for entry in listed]


def test_declined_and_deferred_services_are_listed_with_who_and_when() -> None:
    page = pages(rendered())["services/declined.md"]
    for decision in example().workspace.decisions.services:
        assert (f"### [{Book(example()).workspace.service(decision.service).name}]" in page) == (
            decision.decision in ("decline", "defer")
        )
        if decision.decision == "decline":
            assert f"{decision.when.day} " in page


def test_a_declined_service_says_so_on_its_page() -> None:
    for decision in Book(example()).declined:
        assert "**declined**" in pages(rendered())[f"services/{decision.service}.md"]


def test_every_service_is_in_the_navigation_and_no_group_is_long() -> None:
    groups = service_groups(Book(example()))
    assert sorted(service.id for group in groups for service in group.services) == sorted(SERVICES)
    assert max(len(group.services) for group in groups) <= 25


def test_the_coverage_matrix_says_what_each_candidate_closes() -> None:
    found: dict[str, dict[str, Fraction]] = {}
    for table in coverage_tables(Book(example())):
        for candidate, covers in table.rows:
            for gap, cover in zip(table.gaps, covers, strict=True):
                if cover is not None:
                    found.setdefault(candidate.service, {})[gap.aspect] = cover.closes
                    assert cover.ceiling is None or cover.ceiling < gap.target
    assert found == {candidate.service: dict(candidate.closes) for candidate in CANDIDATES}


def test_a_matrix_has_no_more_columns_than_can_be_read(monkeypatch) -> None:
    whole = coverage_tables(Book(example()))
    monkeypatch.setattr(coverage, "MOST_GAPS", 2)
    for table, full in zip(coverage_tables(Book(example())), whole, strict=True):
        assert table.gaps == full.gaps[:2]
        assert table.others == len(full.gaps) - len(table.gaps)
        assert {candidate.service for candidate, _covers in table.rows} == {
            candidate.service for candidate, covers in full.rows if any(covers[:2])
        }
    text = drafted(example(), templates()).page("services/coverage.md")
    assert text.count("of a lower rank ha") == sum(len(table.gaps) > 2 for table in whole)
    assert "[all gaps](../gaps/index.md)" in text


def test_a_matrix_has_no_more_rows_than_can_be_read_and_the_most_helpful_ones(monkeypatch) -> None:
    whole = coverage_tables(Book(example()))
    monkeypatch.setattr(coverage, "MOST_SERVICES", 5)
    tables = coverage_tables(Book(example()))
    for table, full in zip(tables, whole, strict=True):
        assert table.rows == full.rows[:5]
        assert table.more == len(full.rows) - len(table.rows)
    draft = drafted(example(), templates())
    text = draft.page("services/coverage.md")
    cut = [table for table in tables if table.more]
    assert cut
    assert [text.count(f"{table.more} more products and services, which close no more") > 0 for table in cut] == [
        True
    ] * len(cut)
    assert text.count(" no rows here") + text.count(" no row here") == len(cut)
    for table, full in zip(tables, whole, strict=True):
        assert f"Services that close some of them: {len(full.rows)}." in draft.chart(
            f"coverage-{table.dimension.id}.svg"
        )


def test_of_many_redundant_services_their_own_pages_say_why(monkeypatch) -> None:
    listed = redundant(Book(example()))
    monkeypatch.setattr(coverage, "MOST_SERVICES", 2)
    text = (
        drafted(example(), templates()).page("services/coverage.md").partition("{ #redundant }")[2].partition("///")[0]
    )
    assert len(listed) > 2
    assert text.count("the page of each says by which services") == 1
    assert text.count("(../gaps/") == 0
    for margin in listed:
        count = len(margin.covered)
        assert f"({margin.service}.md) " in text
        assert f"| others, in {count} gap{'s' if count > 1 else ''} |" in text


def test_the_steps_of_a_service_add_up_to_its_effort() -> None:
    book = Book(example())
    for service in book.catalogue.services:
        view = service_view(book, service)
        assert sum((entry.days for entry in view.steps), Fraction(0)) == view.days


def test_the_arithmetic_of_a_service_names_each_aspect_it_lifts() -> None:
    book = Book(example())
    page = pages(rendered())["services/status-reporting.md"].partition('pg-computed "How is this computed?"')[2]
    for lift in book.workspace.service("status-reporting").lifts:
        assert f"Closes alone&#58; {book.name('aspects', lift.aspect)}" in page
    assert "Expected effort: **" in page
