"""Layout of the matrix: gaps by size and priority, the pressing ones at the top left."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.gaps import Gap
from pmogen.language import _, ngettext
from pmogen.model.base import Size
from pmogen.model.terms import word
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, heading, letters
from pmogen.render.charts.shapes import Box, Chart, Mark, Sign
from pmogen.render.links import Links

SIZES: tuple[Size, ...] = ("H", "M", "L")
SIDE = 30
"""Room for the letters of the rows."""

COLUMN = (WIDTH - MARGIN - SIDE) / 3
MOST = 12
"""More gaps than that in one cell are counted, not named."""

TINTS = {9: 0.14, 6: 0.11, 4: 0.08, 3: 0.08, 2: 0.05, 1: 0.02}
"""How much ink a cell has, by size points times priority weight of the usual 1, 2, 3."""

NAME_SIZE, LEADING = 13, 16


def matrix_chart(book: Book, links: Links) -> Chart:
    """The layout for a playbook with gaps."""
    title = _("How large each gap is, and how much it matters")
    marks = [Mark("key", (heading(title), *_axis()))]
    top = 84.0
    for size in SIZES:
        cells = [[gap for gap in book.gaps if gap.size == size and gap.priority == priority] for priority in SIZES]
        entries = [_entries(book, links, cell, _left(number), top) for number, cell in enumerate(cells)]
        height = max(44, *(bottom - top + 10 for _listed, bottom in entries))
        marks.append(Mark("size", (*_cells(size, top, height), Sign(size, MARGIN + 11, top + 22))))
        marks.extend(mark for listed, _bottom in entries for mark in listed)
        top += height
    return Chart(
        name="matrix",
        title=title,
        description=_description(book),
        width=WIDTH,
        height=top + MARGIN,
        letters=13,
        marks=tuple(marks),
        signs=letters(),
    )


def _left(number: int) -> float:
    return MARGIN + SIDE + number * COLUMN


def _axis() -> Iterator[Words | Sign]:
    yield Words(_("size of the gap ↓"), MARGIN, 44, 13, ink="quiet")
    yield Words(_("priority →"), MARGIN + SIDE + COLUMN, 44, 13, ink="quiet")
    for number, size in enumerate(SIZES):
        yield Sign(size, _left(number) + 18, 68)
        yield Words(word("size", size), _left(number) + 36, 73, 14)


def _cells(size: Size, top: float, height: float) -> Iterator[Box]:
    weights = {"H": 3, "M": 2, "L": 1}
    for number, priority in enumerate(SIZES):
        tint = TINTS[weights[size] * weights[priority]]
        yield Box(_left(number) + 1, top + 1, COLUMN - 2, height - 2, "text", tint=tint, round=3)


def _entries(book: Book, links: Links, gaps: list[Gap], left: float, top: float) -> tuple[list[Mark], float]:
    """The names in a cell, each on lines of its own, and where they end."""
    marks = []
    y = top + 4
    for gap in gaps[:MOST]:
        name = f"{gap.rank}. {book.name('aspects', gap.aspect)}"
        broken = wrapped(name, COLUMN - 14, NAME_SIZE, lines=3)
        words = stacked(broken, Words("", left + 8, y + LEADING, NAME_SIZE), LEADING)
        said = _("size {size}, priority {priority}", size=gap.size, priority=gap.priority)
        marks.append(Mark("gap", words, said, links.address("gap", gap.aspect)))
        y = words[-1].y + 6
    if len(gaps) > MOST:
        rest = ngettext("and {count} more", "and {count} more", len(gaps) - MOST)
        more = Words(rest, left + 8, y + LEADING, NAME_SIZE, ink="quiet")
        marks.append(Mark("more", (more,)))
        y = more.y + 6
    return marks, y


def _description(book: Book) -> str:
    pressing = sum(gap.size == "H" and gap.priority == "H" for gap in book.gaps)
    return _(
        "Gaps: {gaps}. Large and of high priority: {pressing}; they stand at the top left.",
        gaps=len(book.gaps),
        pressing=pressing,
    )
