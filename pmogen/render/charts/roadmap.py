"""Layout of the roadmap: waves side by side, swimlanes below each other, bars that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.model.catalogue import Service
from pmogen.model.roadmap import Wave
from pmogen.planning.plan import Placement
from pmogen.render.book import Book
from pmogen.render.charts.bars import NAME_LEADING, NAME_SIZE, Bar, Column, bar, set_down, tracks
from pmogen.render.charts.lettering import Words, stacked, wrapped
from pmogen.render.markdown import day

MARGIN = 8
NARROWEST, USUAL = 76, 464
"""Width of a column with many waves, and of all columns together with few."""

SMALL, SMALL_LEADING = 12, 14


@dataclass(frozen=True)
class Lane:
    """The bars of one dimension, below its name and the numbers of the waves."""

    top: float
    words: tuple[Words, ...]
    bars: tuple[Bar, ...]
    bottom: float


@dataclass(frozen=True)
class RoadmapChart:
    """All places of the picture, in pixels."""

    title: str
    description: str
    width: float
    height: float
    key: float
    top: float
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    empty: Words | None


def roadmap_chart(book: Book) -> RoadmapChart:
    """The layout for a playbook."""
    columns = tuple(_columns(book.waves, top=66))
    top = max((word.y for column in columns for word in column.words), default=66) + 12
    lanes = tuple(_lanes(book, columns, top))
    empty = None if lanes else Words("No service has a place in a wave yet.", MARGIN, top + 24, NAME_SIZE)
    return RoadmapChart(
        title="Which service starts when",
        description=_description(book),
        width=2 * MARGIN + sum(column.width for column in columns),
        height=(lanes[-1].bottom if lanes else top + 36) + MARGIN,
        key=44,
        top=top,
        columns=columns,
        lanes=lanes,
        empty=empty,
    )


def _description(book: Book) -> str:
    placements = book.plan.placements
    live = sum(placement.frozen for placement in placements)
    pinned = sum(placement.pinned for placement in placements)
    first, last = book.waves[0], book.waves[-1]
    return (
        f"Services: {len(placements)}. Waves: {len(book.waves)}, from {day(first.starts)} to {day(last.ends)}. "
        f"Live already: {live}. Pinned to a wave by people: {pinned}. Each bar ends in the wave of its launch."
    )


def _columns(waves: tuple[Wave, ...], top: float) -> Iterator[Column]:
    each = max(NARROWEST, USUAL / len(waves))
    for number, wave in enumerate(waves, 1):
        x = MARGIN + (number - 1) * each
        yield Column(wave, number, x, each, tuple(_heading(wave, number, x + 4, each - 6, top)))


def _heading(wave: Wave, number: int, x: float, room: float, top: float) -> Iterator[Words]:
    """Number, name, dates and status below each other."""
    yield Words(f"Wave {number}", x, top + 16, 13, bold=True)
    y = top + 32
    running = wave.status == "running"
    for text, lines, bold, ink in (
        (wave.name, 5, False, "text"),
        (dates(wave), 3, False, "quiet"),
        (wave.status, 1, running, "work" if running else "quiet"),
    ):
        broken = wrapped(text, room, SMALL, lines=lines, bold=bold)
        yield from stacked(broken, Words("", x, y, SMALL, bold=bold, ink=ink), SMALL_LEADING)
        y += len(broken) * SMALL_LEADING + 2


def dates(wave: Wave) -> str:
    """The stretch of a wave, short: Jul to Sep 2026."""
    start, end = _MONTHS[wave.starts.month - 1], _MONTHS[wave.ends.month - 1]
    if wave.starts.year != wave.ends.year:
        return f"{start} {wave.starts.year} to {end} {wave.ends.year}"
    return f"{start} {wave.ends.year}" if start == end else f"{start} to {end} {wave.ends.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def dimension_of(book: Book, service: Service) -> str:
    """Dimension of the aspect that the service is mainly for: its first primary one."""
    main = next((lift for lift in service.lifts if lift.strength == "primary"), service.lifts[0])
    aspect = book.aspect(main.aspect)
    return aspect.dimension if aspect else ""


def _lanes(book: Book, columns: tuple[Column, ...], top: float) -> Iterator[Lane]:
    for dimension in (*book.catalogue.dimensions, None):
        identifier = dimension.id if dimension else ""
        placements = [
            placement
            for placement in book.plan.placements
            if dimension_of(book, book.workspace.service(placement.service)) == identifier
        ]
        if placements:
            lane = _lane(book, dimension.name if dimension else "Other", placements, columns, top)
            yield lane
            top = lane.bottom


def _lane(book: Book, name: str, placements: list[Placement], columns: tuple[Column, ...], top: float) -> Lane:
    names = wrapped(name, columns[-1].right - MARGIN, 15, lines=2, bold=True)
    heading = stacked(names, Words("", MARGIN, top + 19, 15, bold=True), NAME_LEADING)
    y = heading[-1].y + 17
    numbers = tuple(Words(f"wave {column.number}", column.x + 4, y, SMALL, ink="quiet") for column in columns)
    in_order = sorted(placements, key=lambda placement: (book.wave_number(placement.wave), placement.service))
    bars: list[Bar] = []
    y += 4
    for track in tracks(bar(book.name("services", each.service), each, columns) for each in in_order):
        middle = y + max(len(each.words) for each in track) * NAME_LEADING + 20
        bars.extend(set_down(each, middle) for each in track)
        y = middle + 6
    return Lane(top, (*heading, *numbers), tuple(bars), y + 10)
