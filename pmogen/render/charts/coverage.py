"""Layout of the coverage matrix: which service closes how much of which gap, one chart a dimension."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.language import _
from pmogen.model.terms import word
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, plain, stacked, wrapped
from pmogen.render.charts.parts import MARGIN, SMALL, STRIPE, WIDTH, heading, letters
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Sign
from pmogen.render.coverage import Cover, CoverageTable
from pmogen.render.environment import level
from pmogen.render.links import Links

NAMES = 190
"""Room for the names of the services."""

NARROWEST = 52
FULL = 2
"""Levels from which a cell is as dark as cells get."""


def coverage_chart(book: Book, links: Links, table: CoverageTable) -> Chart:
    """The layout of one dimension."""
    said = _("What closes gaps: {dimension}", dimension=table.dimension.name)
    title = wrapped(said, WIDTH - 2 * MARGIN, 15, lines=1, bold=True)[0]
    each = max(NARROWEST, (WIDTH - 2 * MARGIN - NAMES) / len(table.gaps))
    wide = 2 * MARGIN + NAMES + each * len(table.gaps)
    legend, y = _legend(book, links, table)
    marks = [Mark("key", (heading(title),)), *legend]
    marks.append(Mark("columns", tuple(_columns(table, each, y))))
    y += 26
    for candidate, covers in table.rows:
        name = book.name("services", candidate.service)
        if candidate.decision == "decline":
            name = f"{name} ({word('decision', 'decline')})"
        mark, y = _row(name, links.address("service", candidate.service), covers, each, y)
        marks.append(mark)
    marks.append(Mark("all", tuple(_together(book, table, each, y))))
    return Chart(
        name=f"coverage-{table.dimension.id}",
        title=title,
        description=_description(table),
        width=wide,
        height=y + 42 + MARGIN,
        letters=13,
        marks=tuple(marks),
        signs=letters(),
        template="coverage",
    )


def _legend(book: Book, links: Links, table: CoverageTable) -> tuple[list[Mark], float]:
    """The gaps by number, one a line: the columns have no room for names."""
    marks = []
    y = 30.0
    for gap in table.gaps:
        name = f"{gap.rank}. {book.name('aspects', gap.aspect)}"
        said = _("{aspect}: {levels} levels to go", aspect=name, levels=level(gap.amount))
        broken = wrapped(said, WIDTH - 2 * MARGIN - 34, 13, lines=2)
        words = stacked(broken, Words("", MARGIN + 32, y + 16, 13), 16)
        mark = Mark("gap", (Sign(gap.size or "L", MARGIN + 12, y + 12), *words), "", links.address("gap", gap.aspect))
        marks.append(mark)
        y = words[-1].y + 8
    return marks, y


def _middle(place: int, each: float) -> float:
    return MARGIN + NAMES + (place + 0.5) * each


def _columns(table: CoverageTable, each: float, top: float) -> Iterator[Shape]:
    yield Words(_("levels closed, alone"), MARGIN, top + 18, SMALL, ink="quiet")
    for place, gap in enumerate(table.gaps):
        yield Words(f"{gap.rank}.", _middle(place, each), top + 18, 14, "middle", bold=True)


def _row(name: str, to: str, covers: tuple[Cover | None, ...], each: float, top: float) -> tuple[Mark, float]:
    """A service: its name, and a cell wherever it helps."""
    words = stacked(wrapped(name, NAMES - 10, 13, lines=3), Words("", MARGIN, top + 17, 13), 16)
    high = max(28.0, words[-1].y + 8 - top)
    cells = tuple(
        shape
        for place, cover in enumerate(covers)
        if cover
        for shape in _cell(cover, _middle(place, each), each, top, high)
    )
    return Mark("row", (*words, *cells), "", to), top + high


def _cell(cover: Cover, middle: float, each: float, top: float, high: float) -> Iterator[Shape]:
    """The darker the more; a ceiling below the target is said below the number's line, or in it where there is room."""
    tint = 0.08 + 0.12 * min(1.0, float(cover.closes) / FULL)
    yield Box(middle - each / 2 + 2, top + 2, each - 4, high - 4, "work", tint=round(tint, 2), round=3)
    said = level(cover.closes)
    ceiling = f"{said} ≤ {level(cover.ceiling)}" if cover.ceiling is not None else said
    fits = Words(ceiling, 0, 0, 13).width <= each - 8
    yield Words(ceiling if fits else said, middle, top + high / 2 + 5, 13, "middle")


def _together(book: Book, table: CoverageTable, each: float, top: float) -> Iterator[Shape]:
    wide = MARGIN + NAMES + each * len(table.gaps) + MARGIN
    yield Box(0, top + 4, wide, 38, "text", tint=STRIPE)
    names = wrapped(_("All that are not declined, together"), NAMES - 10, 13, lines=2, bold=True)
    yield from stacked(names, Words("", MARGIN, top + 20, 13, bold=True), 16)
    for place, gap in enumerate(table.gaps):
        closing = book.closing(gap.aspect)
        closed = closing.reachable - gap.current if closing else Fraction(0)
        yield Words(level(closed), _middle(place, each), top + 28, 14, "middle", bold=True)


def _description(table: CoverageTable) -> str:
    return _(
        "Gaps in {dimension}: {gaps}. Services that close some of them: {services}. "
        "The number is the levels a service closes alone; “≤ 3” says that it lifts no further than level 3.",
        dimension=plain(table.dimension.name),
        gaps=len(table.gaps),
        services=len(table.rows) + table.more,
    )
