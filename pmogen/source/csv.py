"""CSV text to rows with places: comma, semicolon or tab; quotes as spreadsheets write them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from pmogen.diagnostics import Diagnostic, Span
from pmogen.language import _, grouped
from pmogen.source.text import SourceText

MAX_ROWS = 200_000


@dataclass(frozen=True)
class Row:
    """One row: its line in the file and its cells by column name, white space around them removed."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A CSV file."""

    source: SourceText
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def span(self, row: Row) -> Span:
        """The place of a row."""
        return Span(self.source.name, row.line)


def parse_csv(source: SourceText) -> tuple[Table, tuple[Diagnostic, ...]]:
    """The table in a text, and everything about its form that is wrong (PMO004)."""
    found: list[Diagnostic] = []
    text = source.text.replace("\r", "\n")  # older spreadsheets on a Mac end rows so
    reader = csv.reader(io.StringIO(text), delimiter=separator_of(text), strict=True)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    line = 1
    try:
        for number, cells in enumerate(reader):
            start, line = line, reader.line_num + 1
            if number == 0:
                columns = tuple(cell.strip() for cell in cells)
                found += _header(source.name, columns)
            elif any(cell.strip() for cell in cells):
                if len(cells) > len(columns):
                    found.append(
                        _wrong(
                            Span(source.name, start),
                            _(
                                "the row has {cells} cells, the first row {columns}",
                                cells=len(cells),
                                columns=len(columns),
                            ),
                        )
                    )
                filled = [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))
                rows.append(Row(start, dict(zip(columns, filled, strict=False))))
            if len(rows) > MAX_ROWS:
                found.append(_wrong(Span(source.name, start), _("more than {limit} rows", limit=grouped(MAX_ROWS))))
                break
    except csv.Error as error:
        found.append(_wrong(Span(source.name, line), _("the row cannot be read: {reason}", reason=error)))
    return Table(source, columns, tuple(rows)), tuple(found)


def separator_of(text: str) -> str:
    """What parts the columns of a table: comma, semicolon or tab, as its first row says."""
    return max((",", ";", "\t"), key=text.replace("\r", "\n").split("\n", 1)[0].count)


def _header(name: str, columns: tuple[str, ...]) -> list[Diagnostic]:
    twice = sorted({column for column in columns if columns.count(column) > 1})
    return [_wrong(Span(name), _("the column `{column}` is given twice", column=column)) for column in twice]


def _wrong(place: Span, message: str) -> Diagnostic:
    return Diagnostic("PMO004", "error", message, place, _("save the table again as CSV, UTF-8"))
