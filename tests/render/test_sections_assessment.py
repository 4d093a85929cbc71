"""Assessment pages: every aspect, marked levels, and no small group anywhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pmogen.render.book import Book
from pmogen.render.pages.assessment import aspect_view, group_name, level_cards
from tests.render.test_render import example, pages, rendered

ASPECTS = [aspect.id for aspect in example().workspace.catalogue.aspects]


def answers() -> dict[str, Counter[str]]:
    """Answers with a level, by aspect and group."""
    found: dict[str, Counter[str]] = {}
    for row in example().workspace.current.answers:
        found.setdefault(row.aspect, Counter())[row.group] += row.current is not None
    return found


def group_rows(page: str) -> list[tuple[str, int]]:
    """Group and number of answers in the table of groups."""
    table = page.partition("| Group |")[2].partition("\n\n")[0]
    return [(name, int(count)) for name, count in re.findall(r"^\| ([^|]+) \| (\d+) \|", table, re.MULTILINE)]


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
                assert group_name(book, group) not in {name for name, _ in rows}, aspect
    assert small, "the example has a group that is too small, or this test shows nothing"


def test_pages_say_when_answers_are_withheld() -> None:
    withheld = [level.aspect for level in example().levels if level.answers and level.answers.withheld]
    assert withheld
    for aspect in withheld:
        assert "Some answers are withheld" in pages(rendered())[f"assessment/{aspect}.md"]


def test_no_respondent_is_named_anywhere() -> None:
    respondents = {row.respondent for row in example().workspace.current.answers}
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(respondents))) + r")\b")
    assert [name for name, text in rendered().files.items() if isinstance(text, str) and pattern.search(text)] == []


def test_aspects_on_which_people_disagree_are_on_the_list_to_talk_about() -> None:
    overview = pages(rendered())["assessment/index.md"]
    section = overview.partition("## Talk before you plan")[2].partition("\n## ")[0]
    listed = set(re.findall(r"\]\(([a-z-]+)\.md\)", section))
    assert listed == {level.aspect for level in example().levels if level.talk_first}
    assert listed


def test_the_trend_compares_with_the_assessment_before() -> None:
    overview = pages(rendered())["assessment/index.md"]
    assert "## What has changed" in overview
    for dated in example().workspace.assessments:
        assert f"{dated.assessment.date.day} " in overview
