"""Layout of the capacity bars: what building and running take in each wave, against their limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.language import _, ngettext
from pmogen.planning.plan import WaveUse
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, explained, heading, key_row
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Sign, Stroke, across, down
from pmogen.render.environment import number
from pmogen.render.links import Links

LONGEST = WIDTH - 2 * MARGIN - 4
BAR = 10


@dataclass(frozen=True)
class Bar:
    """A bar with its limit, as parts of `most`; `said` says both."""

    used: Fraction
    limit: Fraction
    most: Fraction
    said: str


def capacity_chart(book: Book, links: Links) -> Chart:
    """The layout for a plan with waves."""
    title = _("What the PMO can build and run")
    uses = book.plan.uses
    days = max((max(use.build_days, use.build_limit) for use in uses), default=Fraction(1)) or Fraction(1)
    fte = max((max(use.run_fte, use.run_limit) for use in uses), default=Fraction(1)) or Fraction(1)
    marks = [Mark("key", (heading(title), *_key()))]
    y = 60.0
    for place, use in enumerate(uses, 1):
        wave = book.wave(use.wave)
        name = f"{place}. {wave.name if wave else use.wave}"
        shapes = tuple(_wave(name, _bars(use, days, fte), y))
        marks.append(Mark("wave", shapes, _spoken(use), links.address("wave", use.wave)))
        y += 112
    return Chart(
        name="capacity",
        title=title,
        description=_description(book),
        width=WIDTH,
        height=y + MARGIN,
        letters=13,
        marks=tuple(marks),
        signs={"limit": (Stroke(down(0, -4, BAR + 4), "text", thickness=2.5),)},
    )


def _key() -> Iterator[Shape]:
    yield from key_row(
        (8, lambda x: (Box(x, 35, 24, BAR, "work", filled=True), explained(_("in use"), x + 30, 40))),
        (106, lambda x: (Sign("limit", x + 2, 35), explained(_("limit"), x + 12, 40))),
        (176, lambda x: (Box(x, 35, 24, BAR, "high", thickness=3), explained(_("over the limit"), x + 32, 40))),
    )


def _wave(name: str, bars: tuple[Bar, ...], top: float) -> Iterator[Shape]:
    yield Words(wrapped(name, WIDTH - 2 * MARGIN, 14, lines=1, bold=True)[0], MARGIN, top + 16, 14, bold=True)
    y = top + 20
    for bar in bars:
        yield Words(bar.said, MARGIN, y + 15, 13)
        yield from _bar(bar, y + 22)
        y += 42


def _bars(use: WaveUse, days: Fraction, fte: Fraction) -> tuple[Bar, ...]:
    days_used, days_free = number(use.build_days, 0), number(use.build_limit, 0)
    fte_used, fte_free = number(use.run_fte, 2), number(use.run_limit, 2)
    build = _("building: {days} of {limit} person-days", days=days_used, limit=days_free)
    run = _("running: {fte} of {limit} full-time equivalents", fte=fte_used, limit=fte_free)
    return Bar(use.build_days, use.build_limit, days, build), Bar(use.run_fte, use.run_limit, fte, run)


def _bar(bar: Bar, top: float) -> Iterator[Shape]:
    """The bar on its line, and its limit."""
    yield Stroke(across(MARGIN, MARGIN + LONGEST, top + BAR / 2), "line")
    long = LONGEST * float(bar.used / bar.most)
    if bar.used > bar.limit:
        yield Box(MARGIN + 1.5, top, long, BAR, "high", thickness=3)
    elif bar.used:
        yield Box(MARGIN, top, long, BAR, "work", filled=True, round=2)
    yield Sign("limit", MARGIN + LONGEST * float(bar.limit / bar.most), top)


def _spoken(use: WaveUse) -> str:
    match use.build_days > use.build_limit, use.run_fte > use.run_limit:
        case True, True:
            return _("building and running over the limit")
        case True, False:
            return _("building over the limit")
        case False, True:
            return _("running over the limit")
    return _("within the limits")


def _description(book: Book) -> str:
    over = sum(use.build_days > use.build_limit or use.run_fte > use.run_limit for use in book.plan.uses)
    return _(
        "Person-days of building and full-time equivalents (FTE) of running in {waves}, each against its limit. "
        "Waves over a limit: {over}. The table says the same.",
        waves=ngettext("{count} wave", "{count} waves", len(book.plan.uses)),
        over=over,
    )
