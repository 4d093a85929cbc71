"""What fits on one slide: points and rows are shared out, type is made as large as it can be, and nothing overflows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pmogen.exchange.deck.look import Look
from pmogen.exchange.deck.slides import Slide
from pmogen.exchange.metrics import LEADING, height, lines, shortened, widest
from pmogen.exchange.parts.table import Cell, Table
from pmogen.exchange.parts.widths import column_widths
from pmogen.exchange.plain import one_line
from pmogen.language import _

POINT_SIZES = (20, 18, 16, 14)
TABLE_SIZES = (16, 15, 14, 13, 12)
MOST_LINES = 8
"""So many lines of one cell are shown; the whole text is in the notes."""
ACROSS, DOWN = 5.0, 3.0
"""Empty points in a cell, left and right, above and below."""
BETWEEN = 8.0
"""Points between two paragraphs."""
INDENT = 18.0
"""Points that the sign of a list takes from its lines, with what is empty beside them."""
FIGURES_HEIGHT, FIGURES_SPACE = 92.0, 12.0
FOOT_HEIGHT = 20.0


def fitting(slide: Slide, look: Look) -> Iterator[Slide]:
    """The slide, or several where its points or rows need more than one; each of them fits."""
    room = (
        look.body.height - (FIGURES_HEIGHT + FIGURES_SPACE if slide.figures else 0) - (FOOT_HEIGHT if slide.foot else 0)
    )
    if slide.table is not None:
        found = _tables(slide.table, look, room)
        widths = _widths(slide.table, look, found.size)
        told = tuple(
            replace(
                slide,
                table=replace(slide.table, rows=rows),
                notes=(*slide.notes, *cut),
                size=found.size,
                widths=widths,
            )
            for rows, cut in found.pages
        )
    elif slide.points:
        shared = share_points(slide.points, look.body.width * look.sure, room)
        told = tuple(replace(slide, points=points, notes=(*slide.notes, *cut)) for points, cut in shared)
    else:
        told = (slide,)
    for number, part in enumerate(told, 1):
        several = _("{title} ({part} of {parts})", title=slide.title, part=number, parts=len(told))
        yield replace(part, title=several if len(told) > 1 else slide.title)


def share_points(
    points: tuple[str, ...], wide: float, room: float
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The points of each slide, and those that had to be cut, as they are."""
    texts = tuple(one_line(point) for point in points)
    if point_size(texts, wide, room):
        yield texts, ()
        return
    size, used = POINT_SIZES[-1], 0.0
    page: list[str] = []
    cut: list[str] = []
    most = int(room // (size * LEADING))
    for whole in texts:
        text = shortened(whole, wide - INDENT, size, most)
        tall = height(text, wide - INDENT, size) + BETWEEN
        if page and used + tall > room:
            yield tuple(page), tuple(cut)
            page, cut, used = [], [], 0.0
        page.append(text)
        cut += [whole] if text != whole else []
        used += tall
    yield tuple(page), tuple(cut)


def point_size(points: tuple[str, ...], wide: float, room: float) -> int | None:
    """The largest size in which the points fit."""
    for size in POINT_SIZES:
        if sum(height(point, wide - INDENT, size) + BETWEEN for point in points) <= room:
            return size
    return None


def _widths(table: Table, look: Look, size: int) -> tuple[float, ...]:
    return column_widths(table, look.body.width, size / look.sure, 2 * ACROSS)


def _inner_widths(table: Table, look: Look, size: int) -> list[float]:
    """What of the columns' widths texts may take."""
    return [each * look.sure - 2 * ACROSS for each in _widths(table, look, size)]


@dataclass(frozen=True)
class _Pages:
    """A table shared out over slides: the rows of each, with what had to be cut from their cells."""

    size: int
    pages: tuple[tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]], ...]

    @property
    def cut(self) -> int:
        """How many cells do not show all of their text."""
        return sum(len(cut) for _rows, cut in self.pages)


def _tables(table: Table, look: Look, room: float) -> _Pages:
    """The table in as few parts as can be read, in the largest type that needs no more of them, none nearly empty."""
    best = _paged(table, look, room, TABLE_SIZES[-1])
    broken = _broken(table, look, TABLE_SIZES[-1])
    for size in TABLE_SIZES[:-1]:
        larger = _paged(table, look, room, size)
        more = len(larger.pages) > len(best.pages) or larger.cut > best.cut
        if not more and _broken(table, look, size) <= broken:
            best = larger
            break
    while len(best.pages) > 1 and room > 60:
        room -= 12
        tighter = _paged(table, look, room, best.size)
        if len(tighter.pages) > len(best.pages):
            break
        best = tighter
    return best


def _broken(table: Table, look: Look, size: int) -> int:
    """In how many cells a word is wider than the column, so that it is broken."""
    widths = _inner_widths(table, look, size)
    head = tuple(Cell(column.heading, bold=True) for column in table.columns)
    return sum(
        widest(cell.text, size, bold=cell.bold) > each
        for cells in (head, *table.rows)
        for cell, each in zip(cells, widths, strict=True)
    )


def _paged(table: Table, look: Look, room: float, size: int) -> _Pages:
    widths = _inner_widths(table, look, size)
    left = room - row_height(tuple(Cell(column.heading, bold=True) for column in table.columns), widths, size)
    most = min(MOST_LINES, max(1, int((left - 2 * DOWN) // (size * LEADING))))
    pages: list[tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]]] = []
    page: list[tuple[Cell, ...]] = []
    cut: list[str] = []
    used = 0.0
    for cells in table.rows:
        whole = tuple(replace(cell, text=one_line(cell.text)) for cell in cells)
        row = tuple(
            replace(cell, text=shortened(cell.text, each, size, most, bold=cell.bold))
            for cell, each in zip(whole, widths, strict=True)
        )
        tall = row_height(row, widths, size)
        if page and used + tall > left:
            pages.append((tuple(page), tuple(cut)))
            page, cut, used = [], [], 0.0
        page.append(row)
        cut += [
            f"{whole[0].text}: {cell.text}" for cell, shown in zip(whole, row, strict=True) if cell.text != shown.text
        ]
        used += tall
    return _Pages(size, (*pages, (tuple(page), tuple(cut))))


def row_height(cells: tuple[Cell, ...], widths: list[float], size: float) -> float:
    """How tall a row of a table is, in points."""
    most = max(lines(cell.text, each, size, bold=cell.bold) for cell, each in zip(cells, widths, strict=True))
    return most * size * LEADING + 2 * DOWN
