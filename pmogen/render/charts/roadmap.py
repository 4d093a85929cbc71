"""Layout of the roadmap: waves side by side, swimlanes below each other, bars that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmogen.language import _, pgettext, spoken
from pmogen.model.catalogue import Service
from pmogen.model.roadmap import Wave
from pmogen.render.book import Book
from pmogen.render.charts.bars import NAME_LEADING, NAME_SIZE, SIGNS, Bar, Column, bar, piece, set_down, tracks
from pmogen.render.charts.lettering import Words, stacked, wrapped
from pmogen.render.charts.parts import MARGIN, SMALL, STRIPE, explained, heading, key_row
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Sign, Stroke, across
from pmogen.render.links import Links
from pmogen.render.markdown import day

NARROWEST, USUAL = 76, 464
"""Width of a column with many waves, and of all columns together with few."""

SMALL_LEADING = 15


@dataclass(frozen=True)
class Lane:
    """The bars of one dimension, below its name and the numbers of the waves."""

    marks: tuple[Mark, ...]
    bottom: float


def roadmap_chart(book: Book, links: Links) -> Chart:
    """The layout for a playbook."""
    columns = tuple(_columns(book.waves, top=66))
    top = max((word.y for column in columns for word in column.words), default=66) + 12
    lanes = tuple(_lanes(book, links, columns, top))
    height = (lanes[-1].bottom if lanes else top + 36) + MARGIN
    empty = Words(_("No service has a place in a wave yet."), MARGIN, top + 24, NAME_SIZE)
    stripes = tuple(
        Box(column.x, 62, column.width, height - 66, "text", tint=STRIPE) for column in columns if column.number % 2
    )
    heads = (Mark("wave", column.words, to=links.address("wave", column.wave.id)) for column in columns)
    return Chart(
        name="roadmap",
        title=_("Which service starts when"),
        description=_description(book),
        width=2 * MARGIN + sum(column.width for column in columns),
        height=height,
        marks=(
            Mark("stripes", stripes),
            _key(),
            *heads,
            *((mark for lane in lanes for mark in lane.marks) if lanes else (Mark("empty", (empty,)),)),
        ),
        signs={**SIGNS, "waves": tuple(_number(column) for column in columns)},
    )


def _key() -> Mark:
    y = 40

    def live(x: float) -> tuple[Shape, ...]:
        return piece(x, x + 20, y, live=True), Sign("live", x + 30, y), explained(_("live already"), x + 43, y)

    def pinned(x: float) -> tuple[Shape, ...]:
        return Sign("launch", x + 11, y), Sign("pin", x + 11, y), explained(_("pinned to a wave"), x + 27, y)

    entries = key_row(
        (8, lambda x: (piece(x, x + 24, y, live=False), explained(_("work"), x + 30, y))),
        (90, lambda x: (Sign("launch", x + 8, y), explained(_("launch"), x + 21, y))),
        (180, live),
        (321, pinned),
    )
    return Mark("key", (heading(_("Which service starts when")), *entries))


def _description(book: Book) -> str:
    placements = book.plan.placements
    live = sum(placement.frozen for placement in placements)
    pinned = sum(placement.pinned for placement in placements)
    first, last = book.waves[0], book.waves[-1]
    return _(
        "Services: {services}. Waves: {waves}, from {starts} to {ends}. "
        "Live already: {live}. Pinned to a wave by people: {pinned}. Each bar ends in the wave of its launch.",
        services=len(placements),
        waves=len(book.waves),
        starts=day(first.starts),
        ends=day(last.ends),
        live=live,
        pinned=pinned,
    )


def _columns(waves: tuple[Wave, ...], top: float) -> Iterator[Column]:
    each = max(NARROWEST, USUAL / len(waves))
    for number, wave in enumerate(waves, 1):
        x = MARGIN + (number - 1) * each
        yield Column(wave, number, x, each, tuple(_heading(wave, number, x + 4, each - 6, top)))


def _heading(wave: Wave, number: int, x: float, room: float, top: float) -> Iterator[Words]:
    """Number, name, dates and status below each other."""
    yield Words(_("Wave {number}", number=number), x, top + 16, 13, bold=True)
    y = top + 32
    running = wave.status == "running"
    for text, lines, bold, ink in (
        (wave.name, 5, False, "text"),
        (dates(wave), 3, False, "quiet"),
        (status_words()[wave.status], 1, running, "work" if running else "quiet"),
    ):
        broken = wrapped(text, room, SMALL, lines=lines, bold=bold)
        yield from stacked(broken, Words("", x, y, SMALL, bold=bold, ink=ink), SMALL_LEADING)
        y += len(broken) * SMALL_LEADING + 2


def status_words() -> Mapping[str, str]:
    """What each status of a wave is called where there is little room."""
    return {
        "finished": pgettext("status of a wave, in a narrow column", "finished"),
        "running": pgettext("status of a wave, in a narrow column", "running"),
        "planned": pgettext("status of a wave, in a narrow column", "planned"),
    }


def _number(column: Column) -> Words:
    return Words(_("wave {number}", number=column.number), column.x + 4, 0, SMALL, ink="quiet")


def dates(wave: Wave) -> str:
    """The stretch of a wave, short: Jul to Sep 2026."""
    start, end = spoken().short_month(wave.starts), spoken().short_month(wave.ends)
    first, last = wave.starts.year, wave.ends.year
    if first != last:
        return _("{start} {first} to {end} {last}", start=start, first=first, end=end, last=last)
    return f"{start} {last}" if start == end else _("{start} to {end} {year}", start=start, end=end, year=last)


def dimension_of(book: Book, service: Service) -> str:
    """Dimension of the aspect that the service is mainly for: its first primary one."""
    main = next((lift for lift in service.lifts if lift.strength == "primary"), service.lifts[0])
    aspect = book.aspect(main.aspect)
    return aspect.dimension if aspect else ""


def _lanes(book: Book, links: Links, columns: tuple[Column, ...], top: float) -> Iterator[Lane]:
    for dimension in (*book.catalogue.dimensions, None):
        identifier = dimension.id if dimension else ""
        placements = [
            placement
            for placement in book.plan.placements
            if dimension_of(book, book.workspace.service(placement.service)) == identifier
        ]
        if placements:
            in_order = sorted(placements, key=lambda placement: (book.wave_number(placement.wave), placement.service))
            bars = [
                bar(book.name("services", each.service), each, columns, links.address("service", each.service))
                for each in in_order
            ]
            lane = _lane(dimension.name if dimension else _("Other"), bars, columns, top)
            yield lane
            top = lane.bottom


def _lane(name: str, bars: list[Bar], columns: tuple[Column, ...], top: float) -> Lane:
    names = wrapped(name, columns[-1].right - MARGIN, 15, lines=2, bold=True)
    title = stacked(names, Words("", MARGIN, top + 19, 15, bold=True), NAME_LEADING)
    y = title[-1].y + 17
    line = Stroke(across(0, columns[-1].right + MARGIN, top), "quiet")
    marks = [Mark("lane", (line, *title, Sign("waves", 0, y)))]
    y += 4
    for track in tracks(bars):
        middle = y + max(len(each.words) for each in track) * NAME_LEADING + 20
        marks.extend(set_down(each, middle).mark for each in track)
        y = middle + 6
    return Lane(tuple(marks), y + 10)
