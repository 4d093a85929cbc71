"""Layout of the heat map: how much change each group of people goes through in each wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pmogen.language import _, ngettext, pgettext
from pmogen.model.terms import word
from pmogen.planning.plan import ChangeLoad
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, width, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, heading, key_row
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Sign
from pmogen.render.environment import number
from pmogen.render.links import Links

NARROWEST = 72
HIGH = 28

BANDS = {"calm": "good", "busy": "medium", "full": "high", "over": "high", "black-out": "quiet"}
"""Ink of each band."""

KEY = (("calm", 8), ("busy", 80), ("full", 152), ("over", 216), ("black-out", 334))
"""Where each band stands in the key."""


def band_words() -> Mapping[str, str]:
    """What each band is called."""
    return {
        "calm": pgettext("change load of people in a wave", "calm"),
        "busy": pgettext("change load of people in a wave", "busy"),
        "full": pgettext("change load of people in a wave", "full"),
        "over": pgettext("change load of people in a wave", "over"),
        "black-out": pgettext("change load of people in a wave", "black-out"),
    }


def heat_chart(book: Book, links: Links) -> Chart:
    """The layout for a plan that asks something of somebody."""
    title = _("How much change people can take")
    each = max(NARROWEST, (WIDTH - 2 * MARGIN) / len(book.waves))
    wide = 2 * MARGIN + each * len(book.waves)
    marks = [Mark("key", (heading(title), *_key()))]
    for place, wave in enumerate(book.waves):
        head = Words(_("wave {number}", number=place + 1), MARGIN + (place + 0.5) * each, 80, 13, "middle", bold=True)
        marks.append(Mark("wave", (head,), to=links.address("wave", wave.id)))
    y = 88.0
    for audience in book.audiences:
        names = wrapped(audience.name, wide - 2 * MARGIN, 14, lines=2)
        words = stacked(names, Words("", MARGIN, y + 18, 14), 17)
        y = words[-1].y + 6
        loads = [book.load(wave.id, audience.id) for wave in book.waves]
        cells = [
            shape
            for place, load in enumerate(loads)
            if load is not None
            for shape in _cell(load, MARGIN + place * each, y + HIGH / 2, each)
        ]
        marks.append(Mark("row", (*words, *cells), _spoken(loads), links.address("audience", audience.id)))
        y += HIGH + 6
    return Chart(
        name="load",
        title=title,
        description=_description(book),
        width=wide,
        height=y + MARGIN,
        letters=13,
        marks=tuple(marks),
        signs={
            **{band: tuple(_sign(word("band", band), ink, band)) for band, ink in BANDS.items()},
            **{f"cell-{band}": tuple(_ground(band, each)) for band in (*BANDS, "none")},
        },
    )


def _key() -> Iterator[Shape]:
    words = {**band_words(), "over": pgettext("change load of people in a wave", "over the limit")}

    def entry(band: str, x: float) -> tuple[Shape, ...]:
        return Sign(band, x + 9, 42), Words(words[band], x + 22, 47, 13)

    yield from key_row(*((x, partial(entry, band)) for band, x in KEY))


def _sign(letter: str, ink: str, band: str) -> Iterator[Shape]:
    """The letter in a box: filled when over the limit, framed thicker the fuller, dashed in a black-out."""
    if band == "over":
        yield Box(-9, -10, 18, 20, ink, filled=True, round=3)
        yield Words(letter, 0, 5, 14, "middle", bold=True, ink="inverse")
        return
    thickness = {"calm": 1.0, "busy": 2.0, "full": 3.0, "black-out": 1.5}[band]
    yield Box(-9, -10, 18, 20, ink, thickness=thickness, dashed=band == "black-out", round=3)
    yield Words(letter, 0, 5, 14, "middle", bold=True, ink=ink)


def band_of(load: ChangeLoad) -> str:
    """The band as it is shown: a black-out hides all others."""
    return "black-out" if load.black_out is not None else load.band


def _ground(band: str, wide: float) -> Iterator[Shape]:
    """A cell without its numbers; the middle of its left edge is where it is placed."""
    if band == "none":
        yield Box(2, -HIGH / 2, wide - 4, HIGH, "line", round=3)
        yield Words("0", wide / 2, 5, 13, "middle", ink="quiet")
        return
    ink = BANDS[band]
    yield Box(2, -HIGH / 2, wide - 4, HIGH, ink, tint=0.15, round=3)
    yield Sign(band, 12, 0)


def _cell(load: ChangeLoad, left: float, middle: float, wide: float) -> Iterator[Shape]:
    if not load.points and load.black_out is None:
        yield Sign("cell-none", left, middle)
        return
    yield Sign(f"cell-{band_of(load)}", left, middle)
    points, both = number(load.points), f"{number(load.points)}/{number(load.capacity)}"
    said = both if width(both, 13) <= wide - 27 else points
    yield Words(said, left + wide - 4, middle + 5, 13, "end")


def _spoken(loads: list[ChangeLoad | None]) -> str:
    words = band_words()
    return ", ".join(
        _("wave {number} {band}", number=place, band=words[band_of(load)])
        for place, load in enumerate(loads, 1)
        if load is not None and (load.points or load.black_out is not None)
    )


def _description(book: Book) -> str:
    counts = {band: sum(band_of(load) == band for load in book.plan.loads) for band in BANDS}
    told = ", ".join(f"{band_words()[band]} {count}" for band, count in counts.items() if count and band != "calm")
    groups = ngettext("{count} group", "{count} groups", len(book.audiences))
    waves = ngettext("{count} wave", "{count} waves", len(book.waves))
    if not told:
        return _(
            "Points of change against what people can take, for {groups} in {waves}. All calm. The table says the same.",
            groups=groups,
            waves=waves,
        )
    return _(
        "Points of change against what people can take, for {groups} in {waves}. Not calm: {bands}. "
        "The table says the same.",
        groups=groups,
        waves=waves,
        bands=told,
    )
