"""Tables and charts before anything draws them: slides and documents show the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Shade = Literal["none", "calm", "busy", "full", "over"]
"""How strongly a cell is coloured. What the colour means stands in its text as well."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, how wide it is compared to the others, and where its texts stand."""

    heading: str
    width: float = 1
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True)
class Cell:
    """A text with a shade."""

    text: str
    shade: Shade = "none"
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """A table for people; `sources` are the places its figures come from, `nothing` is said when it has no row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[str, ...] = ()
    nothing: str = ""


@dataclass(frozen=True)
class Series:
    """Values of one kind, one for each category of its chart."""

    name: str
    values: tuple[Fraction, ...]


@dataclass(frozen=True)
class Chart:
    """Bars: side by side, or stacked where the values of a category add up to something."""

    title: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    across: bool = True
    """Bars lie, so that long names can be read."""
    sources: tuple[str, ...] = ()


def row(*texts: str | Cell) -> tuple[Cell, ...]:
    """A row; plain texts become cells."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)
