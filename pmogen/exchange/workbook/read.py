"""Reads a workbook that comes back: the state it was made from, and what stands in its cells now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmogen.errors import PmogenError
from pmogen.exchange.office import MAX_HIDDEN_ROWS, guarded_workbook, is_formula, rows_of, unreadable
from pmogen.exchange.workbook.state import SHEET, State, state_from
from pmogen.exchange.workbook.write import HEADINGS, KEYS, MARK, letters
from pmogen.language import _

_HIDDEN = MAX_HIDDEN_ROWS, 5 * MAX_HIDDEN_ROWS
"""Rows of the hidden sheet at most, which has one for each cell that can be filled in; and cells with something in them."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where, as in `Assessment!H7`."""

    value: Any
    place: str
    formula: bool = False
    error: bool = False

    @property
    def empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True)
class Line:
    """A row: its id and its cells by column."""

    id: Cell
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Page:
    """A sheet that was found: lines by the order they stand in, columns it has, and what was written beside them."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    beside: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Returned:
    """A workbook that came back."""

    state: State
    pages: Mapping[str, Page]
    twice: tuple[str, ...] = ()
    """Sheets of which there is an earlier one."""


def read_returned(raw: bytes, file: str) -> Returned:
    """The workbook in a file. Raises `PmogenError` when it is none of ours, damaged, or could do harm."""
    book = guarded_workbook(raw, file)
    with unreadable(file):
        titles = list(book.sheetnames)
    if SHEET not in titles:
        raise PmogenError(
            _("{file} is not a workbook of `pmogen export workbook`: its hidden sheet is missing", file=file),
            _("copy what was filled in into a workbook made by that command"),
        )
    hidden = ([cell.value for cell in row] for row in rows_of(book[SHEET], file, *_HIDDEN))
    state = state_from(([_as_text(value) for value in row if value is not None] for row in hidden), file)
    pages: dict[str, Page] = {}
    twice: list[str] = []
    for title in titles:
        if title == SHEET or not hasattr(book[title], "reset_dimensions"):
            continue
        name, page = _page(title, rows_of(book[title], file))
        if page is None:
            continue
        if name in pages:
            twice.append(title)
        else:
            pages[name] = page
    return Returned(state, pages, tuple(twice))


def _page(title: str, rows: Iterator[tuple[Any, ...]]) -> tuple[str, Page | None]:
    """The form that a sheet shows, by its row of keys; None when it has none."""
    keys: dict[int, str] = {}
    name = ""
    lines: list[Line] = []
    beside: list[Cell] = []
    for number, row in enumerate(rows):
        if number < KEYS:
            continue
        if number == KEYS:
            texts = [_as_text(cell.value) for cell in row]
            name = texts[0].removeprefix(MARK) if texts and texts[0].startswith(MARK) else ""
            if not name:
                return "", None
            keys = {column: text for column, text in enumerate(texts) if text and column}
            continue
        if number == HEADINGS:
            continue
        cells = {column: _cell(title, number, column, cell) for column, cell in enumerate(row)}
        own = {key: cells[column] for column, key in keys.items() if column in cells}
        first = cells.get(0, Cell(None, _place(title, number, 0)))
        beside += (cell for column, cell in cells.items() if column and column not in keys and not cell.empty)
        if not first.empty or any(not cell.empty for cell in own.values()):
            lines.append(Line(first, own))
    if not keys:
        return "", None
    return name, Page(title, tuple(keys.values()), tuple(lines), tuple(beside))


def _cell(title: str, row: int, column: int, cell: Any) -> Cell:
    return Cell(
        cell.value, _place(title, row, column), is_formula(cell), cell.value is not None and cell.data_type == "e"
    )


def _place(title: str, row: int, column: int) -> str:
    """A cell as people find it, rows and columns counted from 0."""
    plain = title.replace("-", "").replace("_", "").isalnum() and "-" not in title
    shown = title if plain else f"'{title}'"
    return f"{shown}!{letters(column)}{row + 1}"


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)
