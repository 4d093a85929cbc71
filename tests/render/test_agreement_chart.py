"""The agreement pictures: one dot an answer, as far as answers may be shown, and nothing on top of anything else."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from pmogen.playbook import compute
from pmogen.render.book import Book
from pmogen.render.charts.agreement import ACROSS, MOST_ROWS, agreement_chart, answers_a_dot
from pmogen.render.charts.lettering import Words
from pmogen.render.charts.shapes import Sign
from tests.analysis.surveys import Say, survey
from tests.render.pictures import FOREIGN, HOSTILE, LONG, SVG, UNBROKEN, Box, drawn, marks, signs_in, templates, texts
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


def agreements(book: Book) -> dict[str, str]:
    """The agreement charts of a book by file name."""
    return {name: picture.svg for name, picture in drawn(book).items() if name.startswith("agreement-")}


def picture(says: dict[str, list[Say]], name: str = "") -> str:
    ((_, text),) = agreements(made(says, name)).items()
    return text


def strips(text: str) -> list[ET.Element]:
    return marks(text, "strip")


def places(strip: ET.Element, sign: str) -> list[tuple[float, float]]:
    """Where the sign stands in the strip."""
    found = [use for use in strip.iter(f"{SVG}use") if use.get("href") == f"#{sign}"]
    return [(float(use.get("x", "0")), float(use.get("y", "0"))) for use in found]


def test_one_picture_for_each_aspect_with_groups_to_show() -> None:
    """Where no group is large enough there is none."""
    shown = {level.aspect for level in book().playbook.levels if level.answers and level.answers.groups}
    assert set(agreements(book())) == {f"agreement-{aspect}.svg" for aspect in shown}
    assert agreements(made({"sponsors": [3] * 4})) == {}


def test_one_dot_an_answer_over_its_level() -> None:
    """Dots are counted column by column; the mark stands at the median."""
    (strip,) = strips(picture({"sponsors": [1, 1, 2, 4, 4, 4]}))
    columns = [round((x - 60) / 90) + 1 for x, _ in places(strip, "dot")]
    assert sorted(columns) == [1, 1, 2, 4, 4, 4]
    ((median, _),) = places(strip, "median")
    assert median == 60 + 2 * 90


def test_a_strip_says_its_figures_in_words() -> None:
    """For those who do not see dots."""
    (strip,) = strips(picture({"sponsors": [1, 1, 2, 4, 4, 4]}))
    assert [text.text for text in strip.iter(f"{SVG}text")] == ["Sponsors", "median 3.0 of 6"]
    assert strip.findtext(f"{SVG}title") == "2 at level 1, 1 at level 2, 3 at level 4"


def test_no_strip_for_a_group_below_the_minimum() -> None:
    """Neither its name nor a dot of it; folded groups have one strip together."""
    text = picture({"sponsors": [2] * 5, "finance": [5] * 4})
    assert len(strips(text)) == 1
    assert "Finance" not in text
    folded = picture({"sponsors": [2] * 5, "finance": [5] * 4, "project-managers": [1]})
    assert [strip.findtext(f"{SVG}text") for strip in strips(folded)] == [
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
    (strip,) = [mark for mark in chart.marks if mark.kind == "strip"]
    dots = [shape for shape in strip.shapes if isinstance(shape, Sign) and shape.name == "dot"]
    assert answers / each <= len(dots) <= ACROSS * MOST_ROWS
    key = [
        shape.text for mark in chart.marks if mark.kind == "key" for shape in mark.shapes if isinstance(shape, Words)
    ]
    assert ("one answer" if each == 1 else f"up to {each} answers") in key


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
    dots = [Box(x - 4.5, y - 4.5, x + 4.5, y + 4.5, "dot") for strip in strips(text) for x, y in places(strip, "dot")]
    medians = [Box(x - 6, y + 1, x + 6, y + 10, "median") for strip in strips(text) for x, y in places(strip, "median")]
    boxes = [*texts(text), *dots, *medians]
    assert [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])] == []
    _, _, wide, high = (float(number) for number in root.get("viewBox", "").split())
    assert [box for box in boxes if box.left < 0 or box.right > wide or box.top < 0 or box.bottom > high] == []


def test_hostile_names_are_text() -> None:
    """A group may be called anything; it never becomes markup."""
    text = picture({"sponsors": [1, 2, 3, 4, 5]}, HOSTILE)
    assert "<script" not in text
    assert HOSTILE.split("&")[0] in " ".join(found.text or "" for found in strips(text)[0].iter(f"{SVG}text"))


def test_pictures_speak_for_themselves_and_are_narrow_enough_for_a_phone() -> None:
    """Title, description, and letters of nine pixels at least when shown 360 pixels wide."""
    for text in agreements(book()).values():
        root = ET.fromstring(text)
        spoken = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert root.get("aria-labelledby", "").split() == [found.get("id") for found in spoken if found is not None]
        assert {"dot", "median"} <= set(signs_in(root))
        smallest = min(float(found.get("font-size", "14")) for found in root.iter(f"{SVG}text"))
        assert smallest * 360 / float(root.get("width", "0")) >= 9
