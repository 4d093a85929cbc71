"""Layout of the projected levels: how each aspect with a gap should rise from wave to wave."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.language import N_, _
from pmogen.planning.plan import Projected
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, width, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, explained, heading, key_row
from pmogen.render.charts.shapes import Chart, Disc, Mark, Shape, Sign, Stroke, across, pixels
from pmogen.render.environment import level
from pmogen.render.links import Links

NARROWEST = 66
LEVEL = 12
"""Pixels that a level rises."""

NOTHING = N_("no planned change")


def levels_chart(book: Book, links: Links) -> Chart:
    """The layout for a plan."""
    title = _("Levels as they should develop")
    each = max(NARROWEST, (WIDTH - 2 * MARGIN) / (len(book.waves) + 1))
    wide = 2 * MARGIN + each * (len(book.waves) + 1)
    marks = [Mark("key", (heading(title), *_key()))]
    for place, wave in enumerate(book.waves, 1):
        words = Words(_("wave {number}", number=place), MARGIN + (place + 0.5) * each, 72, 13, "middle", bold=True)
        marks.append(Mark("wave", (words,), to=links.address("wave", wave.id)))
    marks.append(Mark("today", (Words(_("today"), MARGIN + each / 2, 72, 13, "middle", bold=True),)))
    places = [MARGIN + (place + 0.5) * each for place in range(len(book.waves) + 1)]
    y = 82.0
    for gap in book.gaps:
        projected = book.projected(gap.aspect)
        if projected is not None:
            name = f"{gap.rank}. {book.name('aspects', gap.aspect)}"
            mark, y = _row(projected, name, places, y, links.address("gap", gap.aspect))
            marks.append(mark)
    return Chart(
        name="levels",
        title=title,
        description=_description(book),
        width=wide,
        height=y + MARGIN,
        marks=tuple(marks),
        signs={
            "target": (Stroke(across(places[0], places[-1], 0), "good", thickness=1.5, dashed=True),),
            "step": (Disc(0, 0, 4, "work"),),
            "start": (Disc(0, 0, 4, "work", filled=False, thickness=2),),
        },
    )


def _key() -> Iterator[Shape]:
    def target(x: float) -> tuple[Shape, ...]:
        return Stroke(across(x, x + 30, 40), "good", thickness=1.5, dashed=True), explained(_("target"), x + 38, 40)

    yield from key_row(
        (10, lambda x: (Sign("start", x + 4, 40), explained(_("today"), x + 14, 40))),
        (84, lambda x: (Sign("step", x + 4, 40), explained(_("level at the end of a wave"), x + 14, 40))),
        (296, target),
    )


def _row(projected: Projected, name: str, places: list[float], top: float, to: str) -> tuple[Mark, float]:
    """Name and target, below them the line through the waves, and below that the level wherever it changes."""
    edge = places[-1] + places[0]
    target = _("target {level}", level=level(projected.target))
    broken = wrapped(name, edge - 2 * MARGIN - width(target, 14) - 10, 14, lines=2)
    words = stacked(broken, Words("", MARGIN, top + 18, 14), 17)
    levels = [projected.now, *(reached for _wave, reached in projected.after)]
    lowest, highest = min(levels), max(projected.target, *levels)
    ground = words[-1].y + 16 + LEVEL * float(highest - lowest)
    shapes: list[Shape] = [*words, Words(target, edge - MARGIN, top + 18, 14, "end", ink="good")]
    shapes.append(Sign("target", 0, ground - LEVEL * float(projected.target - lowest)))
    points = [(x, ground - LEVEL * float(reached - lowest)) for x, reached in zip(places, levels, strict=True)]
    shapes += _line(levels, points, ground + 18)
    if len(set(levels)) == 1:
        shapes.append(Words(_(NOTHING), places[0] + 34, ground + 18, 14, ink="quiet"))
    return Mark("row", tuple(shapes), to=to), ground + 24


def _line(levels: list[Fraction], points: list[tuple[float, float]], below: float) -> Iterator[Shape]:
    """The line, with a dot and a number wherever the level changes."""
    bends = [
        point
        for number, point in enumerate(points)
        if number in (0, len(points) - 1) or len(set(levels[number - 1 : number + 2])) > 1
    ]
    yield Stroke("M" + " ".join(f"{pixels(x)} {pixels(y)}" for x, y in bends), "work", thickness=2)
    before: Fraction | None = None
    for reached, (x, y) in zip(levels, points, strict=True):
        if reached != before:
            yield Sign("start" if before is None else "step", x, y)
            yield Words(level(reached), x, below, 14, "middle")
        before = reached


def _description(book: Book) -> str:
    found = [projected for gap in book.gaps if (projected := book.projected(gap.aspect)) is not None]
    still = sum(all(reached == projected.now for _wave, reached in projected.after) for projected in found)
    there = sum(bool(projected.after) and projected.after[-1][1] >= projected.target for projected in found)
    return _(
        "Aspects with a gap: {gaps}. At their target after the last wave: {reached}. Without planned change: {unchanged}. "
        "The table says the same.",
        gaps=len(found),
        reached=there,
        unchanged=still,
    )
