"""A deck before it is drawn: what each slide says, and what is told about it in the notes."""

from __future__ import annotations

from dataclasses import dataclass

from pmogen.exchange.parts.table import Chart, Table


@dataclass(frozen=True)
class Figure:
    """A number that stands large on a slide, and what it counts."""

    number: str
    what: str


@dataclass(frozen=True)
class Slide:
    """A slide; tables and points that do not fit on one go on on the next.

    `notes` are what the speaker says besides, `sources` the places that the figures come from.
    """

    title: str
    points: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    foot: str = ""
    """A line below the body, on each of its slides."""
    size: int = 12
    """Size of the type of its table, in points."""
    widths: tuple[float, ...] = ()
    """Widths of the columns of its table, in points, once they are known."""


@dataclass(frozen=True)
class Deck:
    """A whole deck: its first slide, and the others."""

    title: str
    subtitle: tuple[str, ...]
    slides: tuple[Slide, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
