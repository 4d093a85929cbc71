"""Layout of the agreement picture: one strip of dots for each respondent group of an aspect, one dot an answer.

It draws what analysis lets through: groups below the minimum are not among `Answers.groups`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.analysis.answers import Answers, GroupLevel
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, plain, stacked, width, wrapped
from pmogen.render.environment import level

WIDTH = 480
MARGIN = 8
FIRST_LEVEL, LEVEL_STEP = 60, 90

NAME_SIZE, SMALL = 14, 12
NAME_LEADING, SMALL_LEADING = 18, 14

DOT, DOT_STEP = 4.5, 12
ACROSS, MOST_ROWS = 6, 4
"""Dots side by side over one level, and rows of them; more answers than that share dots."""


@dataclass(frozen=True)
class Strip:
    """One group: its name and figures, its dots over a line, and the mark of its median below the line."""

    title: str
    words: tuple[Words, ...]
    y: float
    dots: tuple[tuple[float, float], ...]
    median: float


@dataclass(frozen=True)
class AgreementChart:
    """All places of the picture, in pixels."""

    title: str
    description: str
    width: float
    height: float
    levels: tuple[float, ...]
    axis: tuple[Words, ...]
    key: float
    key_text: str
    strips: tuple[Strip, ...]


def agreement_chart(book: Book, aspect: str, answers: Answers) -> AgreementChart:
    """The picture of the answers about one aspect."""
    each = answers_a_dot(answers)
    axis = tuple(_axis(book, 70))
    strips = []
    y = max(words.y for words in axis) + 8
    for group in answers.groups:
        strips.append(_strip(book, group, each, y))
        y = strips[-1].y + 14
    name = plain(book.name("aspects", aspect))
    return AgreementChart(
        title="Who answered what",
        description=f"{name}: answers on the scale from 1 to 5, group by group. The table below says the same.",
        width=WIDTH,
        height=y + 4,
        levels=tuple(_place(number) for number in range(1, 6)),
        axis=axis,
        key=46,
        key_text="one answer" if each == 1 else f"up to {each} answers",
        strips=tuple(strips),
    )


def answers_a_dot(answers: Answers) -> int:
    """How many answers share a dot, so that the fullest level of any group finds room: 1 for most."""
    fullest = max((count for group in answers.groups for count in group.told), default=0)
    return max(1, -(-fullest // (ACROSS * MOST_ROWS)))


def _place(number: float) -> float:
    return FIRST_LEVEL + LEVEL_STEP * (number - 1)


def _axis(book: Book, top: float) -> Iterator[Words]:
    for entry in book.method.levels:
        x = _place(entry.level)
        yield Words(str(entry.level), x, top, NAME_SIZE, "middle", bold=True)
        names = wrapped(entry.name, LEVEL_STEP - 4, SMALL, lines=2)
        yield from stacked(names, Words("", x, top + 16, SMALL, "middle", ink="quiet"), SMALL_LEADING)


def _strip(book: Book, group: GroupLevel, each: int, top: float) -> Strip:
    figures = f"median {level(group.median)} of {group.answers}"
    room = WIDTH - 2 * MARGIN - width(figures, SMALL) - 10
    names = wrapped(book.group_name(group.group), room, NAME_SIZE, lines=2)
    words = stacked(names, Words("", MARGIN, top + 16, NAME_SIZE), NAME_LEADING)
    rows = max(-(-shown // ACROSS) for shown in (-(-count // each) for count in group.told))
    y = words[-1].y + 8 + rows * DOT_STEP
    return Strip(
        title=_spoken(book, group),
        words=(*words, Words(figures, WIDTH - MARGIN, top + 16, SMALL, "end", ink="quiet")),
        y=y,
        dots=tuple(_dots(group, each, y)),
        median=_place(float(group.median)),
    )


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


def _spoken(book: Book, group: GroupLevel) -> str:
    told = ", ".join(f"{count} at level {number}" for number, count in enumerate(group.told, 1) if count)
    return f"{plain(book.group_name(group.group))}: {told}; median {level(group.median)}"
