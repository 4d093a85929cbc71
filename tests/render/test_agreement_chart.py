"""The agreement pictures: one dot an answer, as far as answers may be shown, and nothing on top of anything else."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from pmogen.playbook import compute
from pmogen.render.book import Book
from pmogen.render.charts import agreement_pictures
from pmogen.render.charts.agreement import ACROSS, MOST_ROWS, agreement_chart, answers_a_dot
from tests.analysis.surveys import Say, survey
from tests.render.test_charts import FOREIGN, HOSTILE, LONG, SVG, UNBROKEN, Box, templates, text_boxes
from tests.render.test_render import example


@cache
def book() -> Book:
    return Book(example(), templates())


def made(says: dict[str, list[Say]], name: str = "") -> Book:
    """A book of a small survey; with `name` every audience and level is called so."""
    workspace = survey(says)
    if name:
        catalogue = workspace.catalogue
        audiences = tuple(audience.model_copy(update={"name": name}) for audience in catalogue.audiences)
        levels = tuple(level.model_copy(update={"name": name}) for level in catalogue.method.levels)
        method = catalogue.method.model_copy(update={"levels": levels})
        workspace = replace(
            workspace, catalogue=catalogue.model_copy(update={"audiences": audiences, "method": method})
        )
    return Book(compute(workspace), templates())


def picture(says: dict[str, list[Say]], name: str = "") -> str:
    ((_, text),) = agreement_pictures(made(says, name))
    return text


def strips(text: str) -> list[ET.Element]:
    return [group for group in ET.fromstring(text).iter(f"{SVG}g") if group.get("class") == "strip"]


def test_one_picture_for_each_aspect_with_groups_to_show() -> None:
    """Where no group is large enough there is none."""
    shown = {level.aspect for level in book().playbook.levels if level.answers and level.answers.groups}
    assert {name for name, _ in agreement_pictures(book())} == {f"agreement-{aspect}.svg" for aspect in shown}
    assert list(agreement_pictures(made({"sponsors": [3] * 4}))) == []


def test_one_dot_an_answer_over_its_level() -> None:
    """Dots are counted column by column; the mark stands at the median."""
    (strip,) = strips(picture({"sponsors": [1, 1, 2, 4, 4, 4]}))
    columns = [round((float(dot.get("cx", "0")) - 60) / 90) + 1 for dot in strip.iter(f"{SVG}circle")]
    assert sorted(columns) == [1, 1, 2, 4, 4, 4]
    mark = strip.find(f"{SVG}path")
    assert mark is not None
    assert re.match(r"M240 ", mark.get("d", "")), "median 3 lies at 60 + 2 x 90"


def test_a_strip_says_its_figures_in_words() -> None:
    """For those who do not see dots."""
    (strip,) = strips(picture({"sponsors": [1, 1, 2, 4, 4, 4]}))
    assert strip.findtext(f"{SVG}title") == "Sponsors: 2 at level 1, 1 at level 2, 3 at level 4; median 3.0"


def test_no_strip_for_a_group_below_the_minimum() -> None:
    """Neither its name nor a dot of it; folded groups have one strip together."""
    text = picture({"sponsors": [2] * 5, "finance": [5] * 4})
    assert len(strips(text)) == 1
    assert "Finance" not in text
    folded = picture({"sponsors": [2] * 5, "finance": [5] * 4, "project-managers": [1]})
    assert [strip.findtext(f"{SVG}title", "").partition(":")[0] for strip in strips(folded)] == [
        "Small groups, taken together",
        "Sponsors",
    ]


@pytest.mark.parametrize(("answers", "each"), [(5, 1), (24, 1), (25, 2), (48, 2), (49, 3), (2400, 100)])
def test_many_answers_share_dots(answers: int, each: int) -> None:
    """No strip is higher than four rows, however many people were asked; the key says what a dot is."""
    found = made({"sponsors": [3] * answers})
    (level,) = found.playbook.levels
    assert level.answers is not None
    assert answers_a_dot(level.answers) == each
    chart = agreement_chart(found, "visibility", level.answers)
    (strip,) = chart.strips
    assert answers / each <= len(strip.dots) <= ACROSS * MOST_ROWS
    assert chart.key_text == ("one answer" if each == 1 else f"up to {each} answers")


SURVEYS: dict[str, dict[str, list[Say]]] = {
    "one group": {"sponsors": [1, 2, 3, 4, 5]},
    "extremes": {"sponsors": [1] * 30 + [5] * 30, "finance": [1] * 5},
    "all groups": {group: [1, 2, 2, 3, 5, 5] * 3 for group in ("sponsors", "finance", "line-managers", "other")},
}


@pytest.mark.parametrize("says", list(SURVEYS.values()), ids=list(SURVEYS))
@pytest.mark.parametrize("name", ["", HOSTILE, LONG, UNBROKEN, FOREIGN, " "])
def test_nothing_touches_and_everything_is_inside(says: dict[str, list[Say]], name: str) -> None:
    """Words, dots and marks keep out of each other's way, whatever groups are called."""
    text = picture(says, name)
    root = ET.fromstring(text)
    dots = [
        Box(x - r, y - r, x + r, y + r, "dot")
        for x, y, r in ((float(dot.get(key, "0")) for key in ("cx", "cy", "r")) for dot in root.iter(f"{SVG}circle"))
    ]
    marks = []
    for path in root.iter(f"{SVG}path"):
        x, y = (float(number) for number in re.findall(r"[\d.]+", path.get("d", ""))[:2])
        marks.append(Box(x - 6, y, x + 6, y + 9, "mark"))
    boxes = [*text_boxes(text), *dots, *marks]
    assert [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])] == []
    _, _, wide, high = (float(number) for number in root.get("viewBox", "").split())
    assert [box for box in boxes if box.left < 0 or box.right > wide or box.top < 0 or box.bottom > high] == []


def test_hostile_names_are_text() -> None:
    """A group may be called anything; it never becomes markup."""
    text = picture({"sponsors": [1, 2, 3, 4, 5]}, HOSTILE)
    assert "<script" not in text
    root = ET.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "g", "circle", "line", "path", "text"),
    }


def test_pictures_speak_for_themselves_and_are_narrow_enough_for_a_phone() -> None:
    """Title, description, and letters of nine pixels at least when shown 360 pixels wide."""
    for _, text in agreement_pictures(book()):
        root = ET.fromstring(text)
        spoken = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert root.get("aria-labelledby", "").split() == [found.get("id") for found in spoken if found is not None]
        smallest = min(float(found.get("font-size", "0")) for found in root.iter(f"{SVG}text"))
        assert smallest * 360 / float(root.get("width", "0")) >= 9
