"""How wide words are, and where a long name breaks, without fonts at hand.

Widths are those of DejaVu Sans, the widest face a reader is likely to have: what fits there fits everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from pmogen.render.markdown import one_line

_ASCII = (
    *(318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636),
    *(636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775),
    *(752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390),
    *(337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612),
    *(635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838),
)
"""Widths of the characters from blank to tilde, in thousandths of the letter size."""

_WIDE, _OTHER = 1400, 900
_BOLD = 1.2
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text on one line, without what an XML file cannot hold."""
    return one_line(_NOT_IN_XML.sub("", text))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in pixels, rather too much than too little."""
    return _all_thousandths(text) * size * (_BOLD if bold else 1) / 1000


@lru_cache(maxsize=8192)  # names stand in many charts, and are measured again and again where they have to fit
def _all_thousandths(text: str) -> int:
    return sum(map(_thousandths, text))


@lru_cache(maxsize=1024)
def _thousandths(character: str) -> int:
    base = unicodedata.normalize("NFD", character)[0]
    if " " <= base <= "~":
        return _ASCII[ord(base) - 32]
    if unicodedata.combining(base):
        return 0
    return _WIDE if unicodedata.east_asian_width(base) in "WF" else _OTHER


def wrapped(text: str, room: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """The text on at most so many lines (one at least), none wider than `room` pixels; dots stand for what did not fit."""
    done: list[str] = []
    rest = plain(text)
    while rest:
        fitting = _fitting(rest, room, size, bold=bold)
        if len(done) == lines - 1 and fitting < len(rest):
            shortest = _characters(rest, room - width("…", size, bold=bold), size, bold=bold)
            return (*done, rest[:shortest].rstrip() + "…")
        done.append(rest[:fitting].rstrip())
        rest = rest[fitting:].lstrip()
    return tuple(done) or ("",)


def _fitting(text: str, room: float, size: float, *, bold: bool) -> int:
    """How many characters go on a line: up to the last blank that fits; of a word that is too long, up to its hyphen."""
    most = _characters(text, room, size, bold=bold)
    if most == len(text):
        return most
    blank = text.rfind(" ", 0, most + 1)
    return blank if blank > 0 else text.rfind("-", 1, most) + 1 or most


def _characters(text: str, room: float, size: float, *, bold: bool) -> int:
    if width(text, size, bold=bold) < room - 1:  # as most are, and for certain
        return len(text)
    used = 0.0
    for number, character in enumerate(text):
        used += width(character, size, bold=bold)
        if used > room:
            return max(1, number)
    return len(text)


@dataclass(frozen=True)
class Words:
    """A line of text in a picture: `x` is its left edge, its middle or its right edge, `y` the line it stands on."""

    text: str
    x: float
    y: float
    size: int
    anchor: str = "start"
    bold: bool = False
    ink: str = ""
    kind: ClassVar = "words"

    @property
    def width(self) -> float:
        return width(self.text, self.size, bold=self.bold)

    @property
    def left(self) -> float:
        """The outermost pixel on the left."""
        return self.x - {"start": 0, "middle": self.width / 2, "end": self.width}[self.anchor]

    @property
    def right(self) -> float:
        """The outermost pixel on the right."""
        return self.left + self.width


def stacked(lines: tuple[str, ...], first: Words, leading: float) -> tuple[Words, ...]:
    """The lines under each other, looking like `first`, so many pixels apart."""
    x, y, size, anchor, bold, ink = first.x, first.y, first.size, first.anchor, first.bold, first.ink
    return tuple(Words(line, x, y + number * leading, size, anchor, bold, ink) for number, line in enumerate(lines))
