"""Layout of the heat map: how much change each group of people goes through in each wave."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.planning.plan import ChangeLoad
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, width, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, heading
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Sign
from pmogen.render.environment import number
from pmogen.render.links import Links

NARROWEST = 72
HIGH = 28

BANDS: dict[str, tuple[str, str]] = {
    "calm": ("c", "good"),
    "busy": ("b", "medium"),
    "full": ("f", "high"),
    "over": ("o", "high"),
    "black-out": ("X", "quiet"),
}
"""Letter and ink of each band."""

KEY = (("calm", 8), ("busy", 80), ("full", 152), ("over", 216), ("black-out", 334))
KEY_WORDS = {"over": "over the limit"}


def heat_chart(book: Book, links: Links) -> Chart:
    """The layout for a plan that asks something of somebody."""
    title = "How much change people can take"
    each = max(NARROWEST, (WIDTH - 2 * MARGIN) / len(book.waves))
    wide = 2 * MARGIN + each * len(book.waves)
    marks = [Mark("key", (heading(title), *_key()))]
    for place, wave in enumerate(book.waves):
        head = Words(f"wave {place + 1}", MARGIN + (place + 0.5) * each, 80, 13, "middle", bold=True)
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
            **{band: tuple(_sign(letter, ink, band)) for band, (letter, ink) in BANDS.items()},
            **{f"cell-{band}": tuple(_ground(band, each)) for band in (*BANDS, "none")},
        },
    )


def _key() -> Iterator[Shape]:
    for band, x in KEY:
        yield Sign(band, x + 9, 42)
        yield Words(KEY_WORDS.get(band, band), x + 22, 47, 13)


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
    _, ink = BANDS[band]
    yield Box(2, -HIGH / 2, wide - 4, HIGH, ink, tint=0.15, round=3)
    yield Sign(band, 14, 0)


def _cell(load: ChangeLoad, left: float, middle: float, wide: float) -> Iterator[Shape]:
    if not load.points and load.black_out is None:
        yield Sign("cell-none", left, middle)
        return
    yield Sign(f"cell-{band_of(load)}", left, middle)
    points, both = number(load.points), f"{number(load.points)}/{number(load.capacity)}"
    fitting = [(said, size) for said in (both, points) for size in (13, 12) if width(said, size) <= wide - 31]
    said, size = fitting[0] if fitting else (points, 12)
    yield Words(said, left + wide - 5, middle + 5, size, "end")


def _spoken(loads: list[ChangeLoad | None]) -> str:
    return ", ".join(
        f"wave {place} {band_of(load)}"
        for place, load in enumerate(loads, 1)
        if load is not None and (load.points or load.black_out is not None)
    )


def _description(book: Book) -> str:
    counts = {band: sum(band_of(load) == band for load in book.plan.loads) for band in BANDS}
    told = ", ".join(f"{band} {count}" for band, count in counts.items() if count and band != "calm")
    return (
        f"Points of change against what people can take, for {len(book.audiences)} groups in {len(book.waves)} waves. "
        f"{'Not calm: ' + told if told else 'All calm'}. The table says the same."
    )
