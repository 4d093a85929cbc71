"""Pieces that several charts have: heading, key, scale of levels, letters in boxes, places on a row of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, wrapped
from pmogen.render.charts.shapes import Box, Shape, Stroke, across, down

WIDTH, MARGIN = 480, 8
"""Charts are this wide where they can, so that words stay readable on a phone."""

STRIPE = 0.06
"""How much of the text's ink tints a stripe."""

INKS: Mapping[str | None, str] = {"H": "high", "M": "medium", "L": "low"}

LETTERS: Mapping[str, tuple[Shape, ...]] = {
    "H": (
        Box(-11, -10, 22, 20, "high", filled=True, round=3),
        Words("H", 0, 5, 14, "middle", bold=True, ink="inverse"),
    ),
    "M": (
        Box(-10, -9, 20, 18, "medium", thickness=2.5, round=3),
        Words("M", 0, 5, 14, "middle", bold=True, ink="medium"),
    ),
    "L": (Box(-10, -9, 20, 18, "low", round=3), Words("L", 0, 5, 14, "middle", bold=True, ink="low")),
}
"""A letter in a box: H is filled, M has a thick frame, L a thin one."""


SMALL = 13
"""Size of the smallest words: shown on a phone 360 pixels wide they are still as high as the small print of a page."""

KEY_GAP = 10
"""What is free at least between two entries of a key."""

Entry = Callable[[float], Iterable[Shape]]
"""An entry of a key, from its left edge on."""


def heading(text: str) -> Words:
    """The title, in the chart itself."""
    return Words(text, MARGIN, 20, 15, bold=True)


def key_row(*entries: tuple[float, Entry]) -> Iterator[Shape]:
    """Entries of a key on one line, each in its place or, where the words before it are longer, right of them."""
    free = 0.0
    for place, entry in entries:
        shapes = tuple(entry(max(place, free)))
        free = max(shape.right for shape in shapes if isinstance(shape, Words)) + KEY_GAP
        yield from shapes


def explained(text: str, x: float, y: float) -> Words:
    """What a sign of the key means; `y` is the middle of the sign."""
    return Words(text, x, y + 4, 13)


def banner(text: str, top: float, width: float) -> tuple[Shape, ...]:
    """A heading on a stripe."""
    return Box(0, top, width, 24, "text", tint=STRIPE), Words(text, MARGIN, top + 17, 14, bold=True)


def level_axis(book: Book, top: float, place: Callable[[int], float], step: float) -> Iterator[Words]:
    """Numbers and names of the levels."""
    for entry in book.method.levels:
        x = place(entry.level)
        yield Words(str(entry.level), x, top, 14, "middle", bold=True)
        names = wrapped(entry.name, step - 4, SMALL, lines=2)
        yield from stacked(names, Words("", x, top + 16, SMALL, "middle", ink="quiet"), 15)


def scale(places: Iterable[float], y: float = 0, half: float = 8) -> Stroke:
    """A level line with a tick at each place."""
    listed = list(places)
    return Stroke(across(listed[0], listed[-1], y) + "".join(down(x, y - half, y + half) for x in listed), "line")


def letters() -> dict[str, tuple[Shape, ...]]:
    """The letters as signs of a chart."""
    return dict(LETTERS)
