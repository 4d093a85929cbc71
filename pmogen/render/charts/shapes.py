"""What charts are made of: a few kinds of shapes, and marks, which are shapes that say one thing together.

Colours are inks by name (see `drawing`); an empty name takes over the ink of what is around.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from pmogen.render.charts.lettering import Words


@dataclass(frozen=True)
class Box:
    """A rectangle. `tint` fills it with that share of its ink, under words; otherwise it is filled or framed."""

    x: float
    y: float
    width: float
    height: float
    ink: str = ""
    filled: bool = False
    tint: float = 0
    thickness: float = 1
    dashed: bool = False
    round: float = 0
    kind: ClassVar = "box"


@dataclass(frozen=True)
class Disc:
    """A dot, or a ring when it is not filled."""

    x: float
    y: float
    radius: float
    ink: str = ""
    filled: bool = True
    thickness: float = 1
    kind: ClassVar = "disc"


@dataclass(frozen=True)
class Stroke:
    """A line or an outline in the notation of SVG paths; `filled` makes an area of it."""

    path: str
    ink: str = ""
    filled: bool = False
    thickness: float = 1
    dashed: bool = False
    kind: ClassVar = "stroke"


@dataclass(frozen=True)
class Sign:
    """A small picture that is drawn once (`Chart.signs`) and shown in many places, its middle at `x` and `y`."""

    name: str
    x: float
    y: float
    kind: ClassVar = "sign"


Shape = Box | Disc | Stroke | Words | Sign


@dataclass(frozen=True)
class Mark:
    """Shapes that say one thing: a row, a bar, a cell.

    `title` says what its words do not, for those who do not see the rest; `to` is the page about it (below the playbook's root), where there is one: it becomes a
    link once the chart stands in a page.
    """

    kind: str
    shapes: tuple[Shape, ...]
    title: str = ""
    to: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart that is laid out, in pixels: `marks` in the order in which they are read.

    `template` is the template that may replace the standard one, `name` the name of the file.
    """

    name: str
    title: str
    description: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    signs: Mapping[str, tuple[Shape, ...]] = field(default_factory=dict)
    template: str = ""
    letters: int = 14
    """Size of most words in it."""


def across(x1: float, x2: float, y: float) -> str:
    """The path of a level line."""
    return f"M{pixels(x1)} {pixels(y)}H{pixels(x2)}"


def down(x: float, y1: float, y2: float) -> str:
    """The path of an upright line."""
    return f"M{pixels(x)} {pixels(y1)}V{pixels(y2)}"


def curve(wide: float, high: float) -> str:
    """A part of a path: to a point so far to the right and below, leaving and arriving level."""
    if not high:
        return f"h{pixels(wide)}"
    half = pixels(wide / 2)
    return f"c{half} 0 {half} {pixels(high)} {pixels(wide)} {pixels(high)}".replace(" -", "-")


@lru_cache(maxsize=8192)  # most lengths of a chart are those of others
def pixels(value: float) -> str:
    """A length with at most one digit behind the point: the same on every machine."""
    tenths = int(abs(value) * 10 + 0.5 + 1e-6)
    whole, rest = divmod(tenths, 10)
    sign = "-" if value < 0 and tenths else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
