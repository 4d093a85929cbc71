"""The pages say why the roadmap is as it is: what is left out first, short reasons, and what sets the pace."""

from __future__ import annotations

import re

import pytest

from pmogen.render.book import Book
from tests.render.test_render import example, pages, rendered

BOOK = Book(example())
OFFERED = [a.service for a in BOOK.plan.absences if BOOK.decision_state(a.service) == "offer"]
COVERED = [a for a in BOOK.plan.absences if a.code == "redundant"]


def section(path: str, heading: str) -> str:
    text = pages(rendered())[path]
    return text.partition(f"\n## {heading}")[2].partition("\n## ")[0]


def test_what_is_offered_and_left_out_comes_first_on_the_page_of_what_comes_later() -> None:
    page = pages(rendered())["roadmap/later.md"]
    assert re.findall(r"^## (.+?) \{", page, re.MULTILINE)[0] == "Offered, but in no wave"
    told = section("roadmap/later.md", "Offered, but in no wave")
    for service in OFFERED:
        assert f"(../services/{service}.md)" in told
    assert len(OFFERED) == told.count("People offered it; the plan leaves it out because") == told.count("pin it to")


def test_every_absence_is_told_once() -> None:
    page = pages(rendered())["roadmap/later.md"]
    rows = re.findall(r"^\| \[[^\]]+\]\(\.\./services/([a-z-]+)\.md\) \|", page, re.MULTILINE)
    assert sorted(rows) == sorted(absence.service for absence in BOOK.plan.absences)


@pytest.mark.parametrize("absence", COVERED, ids=lambda absence: absence.service)
def test_what_is_covered_names_what_covers_it_on_its_page_and_in_the_index(absence) -> None:
    when = section(f"services/{absence.service}.md", "When")
    assert all(f"({other}.md)" in when for other in absence.by)
    index = pages(rendered())["services/index.md"]
    row = next(line for line in index.splitlines() if f"]({absence.service}.md)" in line)
    assert "covered by" in row
    assert "no wave yet" not in row


@pytest.mark.parametrize("service", OFFERED)
def test_an_offered_service_without_a_wave_says_so_loudly(service: str) -> None:
    when = section(f"services/{service}.md", "When")
    assert when.lstrip().partition("\n")[2].startswith('\n!!! warning "Offered, but in no wave"')


def test_every_wave_to_come_says_what_sets_its_pace_and_what_is_left() -> None:
    for wave in BOOK.waves:
        pace = section(f"roadmap/{wave.id}.md", "What sets the pace")
        assert ("are left." in pace) == (wave.status != "finished")


def test_proposals_are_marked_in_the_overview() -> None:
    undecided = [p for p in BOOK.plan.placements if not p.frozen and BOOK.decision_state(p.service) == "undecided"]
    assert undecided
    assert section("roadmap/index.md", "The waves").count("proposed)") == len(undecided)
