"""Layout of the agreement picture: one strip of dots for each respondent group of an aspect, one dot an answer.

It draws what analysis lets through: groups below the minimum are not among `Answers.groups`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.answers import Answers, GroupLevel
from pmogen.language import _, ngettext
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, plain, stacked, width, wrapped
from pmogen.render.charts.parts import MARGIN, SMALL, WIDTH, explained, heading, key_row, level_axis, scale
from pmogen.render.charts.shapes import Chart, Disc, Mark, Shape, Sign, Stroke
from pmogen.render.environment import level

FIRST_LEVEL, LEVEL_STEP = 60, 90

NAME_SIZE, NAME_LEADING = 14, 18

DOT, DOT_STEP = 4.5, 12
ACROSS, MOST_ROWS = 6, 4
"""Dots side by side over one level, and rows of them; more answers than that share dots."""


def agreement_chart(book: Book, aspect: str, answers: Answers) -> Chart:
    """The chart of the answers about one aspect."""
    each = answers_a_dot(answers)
    axis = tuple(level_axis(book, 70, _place, LEVEL_STEP))
    strips = []
    y = max(words.y for words in axis) + 8
    for group in answers.groups:
        strip, bottom = _strip(book, group, each, y)
        strips.append(strip)
        y = bottom + 14
    name = plain(book.name("aspects", aspect))
    return Chart(
        name=f"agreement-{aspect}",
        title=_("Who answered what"),
        description=_(
            "{aspect}: answers on the scale from 1 to 5, group by group. The table below says the same.", aspect=name
        ),
        width=WIDTH,
        height=y + 4,
        marks=(_key(each), Mark("axis", axis), *strips),
        signs={
            "dot": (Disc(0, 0, DOT, "work"),),
            "median": (Stroke("M0 1l6 9 -12 0z", filled=True),),
        },
        template="agreement",
    )


def _key(each: int) -> Mark:
    meaning = _("one answer") if each == 1 else ngettext("up to {count} answer", "up to {count} answers", each)
    entries = key_row(
        (8, lambda x: (Sign("dot", x + 6, 41), explained(meaning, x + 18, 42))),
        (174, lambda x: (Sign("median", x + 6, 36), explained(_("middle answer of the group (median)"), x + 20, 42))),
    )
    return Mark("key", (heading(_("Who answered what")), *entries))


def answers_a_dot(answers: Answers) -> int:
    """How many answers share a dot, so that the fullest level of any group finds room: 1 for most."""
    fullest = max((count for group in answers.groups for count in group.told), default=0)
    return max(1, -(-fullest // (ACROSS * MOST_ROWS)))


def _place(number: float) -> float:
    return FIRST_LEVEL + LEVEL_STEP * (number - 1)


def _strip(book: Book, group: GroupLevel, each: int, top: float) -> tuple[Mark, float]:
    """One group: its name and figures, dots over a line, the mark of the median below it; and where the line is."""
    figures = _("median {level} of {answers}", level=level(group.median), answers=group.answers)
    room = WIDTH - 2 * MARGIN - width(figures, SMALL) - 10
    names = wrapped(book.group_name(group.group), room, NAME_SIZE, lines=2)
    words = stacked(names, Words("", MARGIN, top + 16, NAME_SIZE), NAME_LEADING)
    rows = max(-(-shown // ACROSS) for shown in (-(-count // each) for count in group.told))
    y = words[-1].y + 8 + rows * DOT_STEP
    shapes: list[Shape] = [*words, Words(figures, WIDTH - MARGIN, top + 16, SMALL, "end", ink="quiet")]
    shapes.append(scale([MARGIN, *(_place(number) for number in range(1, 6)), WIDTH - MARGIN], y, 4))
    shapes += [Sign("dot", x, dot) for x, dot in _dots(group, each, y)]
    shapes.append(Sign("median", _place(float(group.median)), y))
    return Mark("strip", tuple(shapes), _spoken(group)), y


def _dots(group: GroupLevel, each: int, y: float) -> Iterator[tuple[float, float]]:
    """Dots stand over their level, row upon row, each row in the middle."""
    for number, count in enumerate(group.told, 1):
        left = -(-count // each)
        row = 0
        while left > 0:
            here = min(left, ACROSS)
            start = _place(number) - (here - 1) * DOT_STEP / 2
            yield from ((start + place * DOT_STEP, y - DOT_STEP * (row + 0.5) - 1) for place in range(here))
            left, row = left - here, row + 1


def _spoken(group: GroupLevel) -> str:
    """What the words of the strip do not say."""
    return ", ".join(
        _("{count} at level {level}", count=count, level=number) for number, count in enumerate(group.told, 1) if count
    )
