"""Assessment pages: every aspect, marked levels, and no small group anywhere."""

from __future__ import annotations

import html
import re
from collections import Counter

import pytest

from pmogen.playbook import compute
from pmogen.render import render
from pmogen.render.book import Book
from pmogen.render.pages.assessment import aspect_view, changes, level_cards, talk_first
from tests.analysis.surveys import AUDIENCES, Say, level_by, people, survey, table
from tests.render.test_render import example, pages, rendered, templates
from tests.workspaces import Changes, workspace

ASPECTS = [aspect.id for aspect in example().workspace.catalogue.aspects]


def answers() -> dict[str, Counter[str]]:
    """Answers with a level, by aspect and group."""
    found: dict[str, Counter[str]] = {}
    for row in example().workspace.current.answers:
        found.setdefault(row.aspect, Counter())[row.group] += row.current is not None
    return found


def group_rows(page: str) -> list[tuple[str, int]]:
    """Group and number of answers in the table of groups."""
    shown = page.partition("| Group |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in shown.splitlines()[2:]]
    return [(row[0], int(row[6])) for row in rows]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_aspect_has_its_page_with_question_and_five_levels(aspect: str) -> None:
    page = pages(rendered())[f"assessment/{aspect}.md"]
    for number in range(1, 6):
        assert f"- **{number} " in page


def test_the_overview_links_every_assessed_and_every_left_out_aspect() -> None:
    overview = pages(rendered())["assessment/index.md"]
    assessment = example().workspace.current.assessment
    for entry in (*assessment.aspects, *assessment.left_out):
        assert f"]({entry.aspect}.md)" in overview


def test_today_and_target_are_marked_once_on_the_level_that_is_reached() -> None:
    book = Book(example())
    for aspect in book.catalogue.aspects:
        view = aspect_view(book, aspect)
        cards = level_cards(book, view)
        if view.level is None or view.level.current is None:
            assert not any(card.today for card in cards)
            continue
        today = [card.number for card in cards if card.today]
        assert len(today) == 1
        assert today[0] <= view.level.current < today[0] + 1


def test_groups_below_the_minimum_are_in_no_table_of_groups() -> None:
    book = Book(example())
    minimum = book.method.privacy.minimum_group
    small = 0
    for aspect, groups in answers().items():
        rows = group_rows(pages(rendered())[f"assessment/{aspect}.md"])
        assert all(count >= minimum for _, count in rows), aspect
        for group, count in groups.items():
            if 0 < count < minimum:
                small += 1
                assert book.group_name(group) not in {name for name, _ in rows}, aspect
    assert small, "the example has a group that is too small, or this test shows nothing"


def test_pages_say_when_answers_are_withheld() -> None:
    withheld = [level.aspect for level in example().levels if level.answers and level.answers.withheld]
    assert withheld
    for aspect in withheld:
        assert "Such answers are withheld" in pages(rendered())[f"assessment/{aspect}.md"]


def test_aspects_on_which_people_disagree_are_on_the_list_to_talk_about() -> None:
    page = pages(rendered())["assessment/disagreement.md"]
    listed = set(re.findall(r"^\| \[[^]]+\]\(([a-z-]+)\.md\)", page, re.MULTILINE))
    assert listed == {level.aspect for level in example().levels if level.talk_first}
    assert listed
    for aspect in listed:
        assert f"{{ #talk-{aspect} }}" in page
        assert f"agreement-{aspect}.svg" in page


def test_the_trend_compares_with_the_assessment_before() -> None:
    overview = pages(rendered())["assessment/changes.md"]
    for dated in example().workspace.assessments:
        assert f"{dated.assessment.date.day} " in overview
    listed = changes(Book(example()))
    assert (
        f"{listed.count('rose')} levels rose, {listed.count('fell')} fell and {listed.count('same')} stayed."
        in overview
    )
    assert listed.count("rose") + listed.count("fell") + listed.count("same") == len(listed.compared)


# What small workspaces show

CULTURE = {
    "id": "openness",
    "dimension": "climate",
    "name": "Openness",
    "core": False,
    "question": "Can bad news be told?",
    "why": "Bad news that comes late is dear.",
    "levels": ["Never", "Rarely", "Often", "Nearly always", "Always"],
    "evidence": ["Minutes with bad news in them"],
    "ask": ["sponsors"],
    "pmo_can_close": "partly",
}
OWN: Changes = {
    "catalog/own.yml": {
        "dimensions": [{"id": "climate", "name": "Climate", "question": "How do we talk?"}],
        "aspects": [CULTURE],
    }
}


def rendered_pages(files: Changes) -> dict[str, str]:
    return pages(render(compute(workspace(files)), templates()))


def rendered_survey(says: dict[str, list[Say]], **assessment: object) -> str:
    """The page of the one aspect of a survey."""
    return pages(render(compute(survey(says, **assessment)), templates()))["assessment/visibility.md"]


def text_of(page: str) -> str:
    """The page with its entities as signs, on one line."""
    return " ".join(html.unescape(page).split())


def test_an_own_dimension_and_aspect_go_through_to_the_pages() -> None:
    stated = {"aspect": "openness", "current": 2.0, "current_source": "workshop", "target": 3.0}
    made = rendered_pages(OWN | {"content/assessments/2027-01-31.yml": {"aspects": [stated]}})
    assert text_of(made["assessment/openness.md"]).startswith("# Openness Can bad news be told?")
    overview = text_of(made["assessment/index.md"])
    assert "### Climate" in overview
    assert "[Openness](openness.md) | 2.0 | 3.0" in overview
    assert "Openness" in text_of(made["gaps/index.md"])


def test_an_aspect_left_out_says_why_on_both_pages() -> None:
    left_out = {"left_out": [{"aspect": "openness", "reason": "The survey was too long"}]}
    made = rendered_pages(OWN | {"content/assessments/2027-01-31.yml": left_out})
    for name in ("assessment/index.md", "assessment/openness.md"):
        assert "The survey was too long" in text_of(made[name])


def test_a_target_stands_with_reason_date_and_owner() -> None:
    target = {
        "target": 4.0,
        "target_reason": "The board asks.",
        "target_by": "2027-12-31",
        "target_owner": "Finance director",
    }
    stated = {"aspect": "visibility", "current": 2.0, "current_source": "workshop"} | target
    page = text_of(
        rendered_pages({"content/assessments/2027-01-31.yml": {"aspects": [stated]}})["assessment/visibility.md"]
    )
    assert (
        "The target of 4.0 was set for: Finance director. It is to be reached by 31 December 2027. The board asks."
        in page
    )


def test_a_stated_level_beside_answers_shows_both_and_the_reason() -> None:
    stated = {
        "aspect": "visibility",
        "current": 1.5,
        "current_source": "evidence",
        "current_reason": "No list was found.",
    }
    page = text_of(rendered_survey({"sponsors": [2] * 3 + [3] * 3}, aspects=[stated | {"target": 3.0}]))
    assert "was settled from evidence; the answers alone give 2.5. No list was found." in page
    assert "Level **1.5** today" in page


def test_weights_are_told_on_the_overview_and_in_the_arithmetic() -> None:
    says: dict[str, list[Say]] = {"sponsors": [4] * 5, "finance": [1] * 5}
    made = survey(says, groups=[{"audience": "sponsors", "weight": 2.0}])
    assert "Sponsors 2. All others weigh 1." in text_of(
        pages(render(compute(made), templates()))["assessment/index.md"]
    )
    assert level_by(says, groups=[{"audience": "sponsors", "weight": 2.0}]).current == 3


def test_the_most_disputed_aspect_comes_first_with_the_groups_furthest_apart() -> None:
    rows = [
        *people({"sponsors": [1] * 5, "finance": [3] * 5}),
        *people({"sponsors": [5] * 5, "finance": [1] * 5}, aspect="openness"),
    ]
    made = workspace(
        AUDIENCES
        | OWN
        | {
            "content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility"}, {"aspect": "openness"}]},
            "content/assessments/2027-01-31.csv": table(rows),
        }
    )
    disputed = talk_first(Book(compute(made)))
    assert [each.aspect for each in disputed] == ["openness", "visibility"]
    page = text_of(pages(render(compute(made), templates()))["assessment/disagreement.md"])
    assert "| [Openness](openness.md) | Finance 1.0, Sponsors 5.0 | 4.0 | 2 |" in page


def assessed(date: str, current: float | None, target: float | None = None) -> dict[str, object]:
    stated = {"aspect": "visibility", "current": current, "current_source": "workshop", "target": target}
    found = {"date": date, "title": "Look", "method": "Asked."}
    if current is None:
        other = {"aspect": "openness", "current": 2.0, "current_source": "workshop", "target": 3.0}
        return found | {"aspects": [other], "left_out": [{"aspect": "visibility", "reason": "No time"}]}
    return found | {"aspects": [{key: value for key, value in stated.items() if value is not None}]}


def test_the_trend_of_an_aspect_against_the_target_of_that_time() -> None:
    made = rendered_pages(
        OWN
        | {
            "content/assessments/2025-01-31.yml": assessed("2025-01-31", 1.5, 3.0),
            "content/assessments/2026-01-31.yml": assessed("2026-01-31", None),
            "content/assessments/2027-01-31.yml": assessed("2027-01-31", 2.0, 2.5),
        }
    )
    page = text_of(made["assessment/visibility.md"])
    assert "It rose by 0.5 levels since 31 January 2025. The target of that time was 3.0: 1 level to go." in page
    assert "Assessments in between did not have its level" in page
    assert "| 31 January 2026 | left out |" in page
    assert "Why it was left out on 31 January 2026: No time" in page
    overview = text_of(made["assessment/changes.md"])
    assert "| [Visibility](visibility.md) | 1.5 | 3.0 | 2.0 | +0.5 |" in overview
    assert "Known before, but not now: [Openness](openness.md) (not assessed)." in overview
