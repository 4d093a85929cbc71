"""Layout of the trend: where each aspect stood before and where it stands today."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.analysis.trend import Trend
from pmogen.language import N_, _
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, width, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, banner, explained, heading, key_row, level_axis, scale
from pmogen.render.charts.shapes import Box, Chart, Disc, Mark, Shape, Sign, Stroke
from pmogen.render.environment import level, number
from pmogen.render.links import Links

FIRST_LEVEL, LEVEL_STEP = 60, 90

GROUPS = (("rose", N_("Rose"), "good"), ("fell", N_("Fell"), "high"), ("same", N_("Stayed"), "quiet"))


def has_changes(book: Book) -> bool:
    """Whether there is anything to show: nothing while no aspect was assessed twice."""
    shown = {direction for direction, *_names in GROUPS}
    return any(trend.direction in shown for trend in book.playbook.trends)


def trend_chart(book: Book, links: Links) -> Chart:
    """The layout for a playbook."""
    title = _("What has changed between assessments")
    axis = tuple(level_axis(book, 70, _place, LEVEL_STEP))
    marks = [Mark("key", (heading(title), *_key())), Mark("axis", axis)]
    y = max(words.y for words in axis) + 10
    for direction, name, ink in GROUPS:
        trends = sorted(
            (trend for trend in book.playbook.trends if trend.direction == direction),
            key=lambda trend: -abs(trend.change or Fraction(0)),
        )
        if trends:
            marks.append(Mark("part", banner(f"{_(name)} ({len(trends)})", y, WIDTH)))
            y += 30
        for trend in trends:
            mark, y = _row(book, trend, ink, y, links.address("aspect", trend.aspect))
            marks.append(mark)
    return Chart(
        name="trend",
        title=title,
        description=_description(book),
        width=WIDTH,
        height=y + MARGIN,
        marks=tuple(marks),
        signs={
            "scale": (scale([LEVEL_STEP * place for place in range(5)], half=6),),
            **{f"before-{ink}": (Disc(0, 0, 5, ink, filled=False, thickness=2),) for *_names, ink in GROUPS},
            **{f"today-{ink}": (Disc(0, 0, 5.5, ink),) for *_names, ink in GROUPS},
        },
    )


def _place(number: Fraction | int) -> float:
    return FIRST_LEVEL + LEVEL_STEP * float(number - 1)


def _key() -> Iterator[Shape]:
    yield from key_row(
        (8, lambda x: (Sign("before-quiet", x + 6, 40), explained(_("before"), x + 18, 40))),
        (94, lambda x: (Sign("today-quiet", x + 6, 40), explained(_("today"), x + 18, 40))),
    )


def _row(book: Book, trend: Trend, ink: str, top: float, to: str) -> tuple[Mark, float]:
    before, now = (trend.before.current if trend.before else None), trend.now.current
    figures = f"{level(before)} → {level(now)} ({signed(trend.change or Fraction(0))})"
    room = WIDTH - 2 * MARGIN - width(figures, 14) - 10
    words = stacked(wrapped(book.name("aspects", trend.aspect), room, 14, lines=3), Words("", MARGIN, top + 12, 14), 18)
    y = words[-1].y + 14
    shapes: list[Shape] = [*words, Words(figures, WIDTH - MARGIN, top + 12, 14, "end", ink="quiet")]
    shapes.append(Sign("scale", FIRST_LEVEL, y))
    if before is not None and now is not None:
        shapes += _change(_place(before), _place(now), ink, y)
    return Mark("row", tuple(shapes), to=to), y + 20


def _change(before: float, now: float, ink: str, y: float) -> Iterator[Shape]:
    """The bar between both dots, with an arrow head in its middle where there is room."""
    left, right = min(before, now) + 6, max(before, now) - 6
    if right > left:
        yield Box(left, y - 1.5, right - left, 3, ink, filled=True)
    if right - left > 14:
        middle, turn = (left + right) / 2, 5 if now > before else -5
        yield Stroke(
            f"M{middle - turn:.0f} {y - 6:.0f}L{middle + turn:.0f} {y:.0f}L{middle - turn:.0f} {y + 6:.0f}z",
            ink,
            filled=True,
        )
    if before != now:
        yield Sign(f"before-{ink}", before, y)
    yield Sign(f"today-{ink}", now, y)


def signed(change: Fraction) -> str:
    """A difference with its sign."""
    return f"+{number(change)}" if change > 0 else f"\u2212{number(-change)}" if change < 0 else "0"


def _description(book: Book) -> str:
    counts = {
        direction: sum(trend.direction == direction for trend in book.playbook.trends) for direction, *_names in GROUPS
    }
    return _(
        "Levels that rose: {rose}, fell: {fell}, stayed: {stayed}. The table says the same.",
        rose=counts["rose"],
        fell=counts["fell"],
        stayed=counts["same"],
    )
