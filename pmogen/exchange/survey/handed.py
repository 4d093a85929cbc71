"""What was handed in, as text or as a table: from bytes in whatever encoding and with whatever separators."""

from __future__ import annotations

import csv
import email
import email.policy
import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from pmogen.errors import PmogenError
from pmogen.exchange.office import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, ZIP, guarded_workbook, is_formula, rows_of, text_of
from pmogen.exchange.office import OLD as OLD_WORKBOOK
from pmogen.language import _

MAX_BYTES = 10_000_000
"""Larger files are no answers."""

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^>]*>", re.IGNORECASE)
_LOOKED_AT = 50
"""Rows from which the separator is told."""


@dataclass(frozen=True)
class Handed:
    """A file that was handed in: its name as people know it, and what is in it."""

    name: str
    raw: bytes


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, white space around them removed. `formulas` are addresses of cells that compute something."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: tuple[tuple[int, int, str], ...] = ()
    """Row and column counted from 0, and the address as `Sheet1!B2`."""


def is_workbook(file: Handed) -> bool:
    """Whether the file is a workbook, of whatever age."""
    return file.raw.startswith((ZIP, OLD_WORKBOOK))


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, or Windows' own encoding, as programs write them. Raises nothing."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").replace("\0", "")
    if raw[:200].count(0) > len(raw[:200]) // 4:  # UTF-16 that does not say so: every other byte of Latin letters is 0
        order = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
        return raw.decode(order, "replace").replace("\0", "")
    try:
        return raw.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").replace("\0", "")


def mail_text(file: Handed) -> str:
    """The words of a saved mail; the text as it is when it is none."""
    if not re.match(rb"[A-Za-z-]+:[^\n]*\n", file.raw) or b"\n\n" not in file.raw.replace(b"\r\n", b"\n"):
        return decoded(file.raw)
    message = email.message_from_bytes(file.raw, policy=email.policy.default)
    body = message.get_body(("plain", "html")) if "mime-version" in message else None
    if body is None:
        return decoded(file.raw)
    try:
        text = str(body.get_content())
    except (LookupError, ValueError, TypeError):
        payload = body.get_payload(decode=True)
        return decoded(payload if isinstance(payload, bytes) else b"")
    return text if body.get_content_type() == "text/plain" else html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def grid_of(file: Handed, known: Callable[[tuple[str, ...]], int]) -> Grid:
    """The table in a file. `known` counts the cells of a row that are recognised: it tells which separator is right.

    Raises `PmogenError` when it is too large, or is none.
    """
    if is_workbook(file):
        return _of_workbook(file, known)
    text = decoded(file.raw)
    found = [_parsed(file.name, text, separator) for separator in _separators(text)]
    return max(found, key=lambda grid: (max(map(known, grid.rows[:10]), default=0), _evenness(grid)))


def _separators(text: str) -> tuple[str, ...]:
    said = _SEPARATOR_LINE.match(text)
    return (said[1],) if said and said[1] in _SEPARATORS else _SEPARATORS


def _evenness(grid: Grid) -> tuple[float, int]:
    """The share of rows that are as long as the longest, and how long that is."""
    widths = [len(row) for row in grid.rows[:_LOOKED_AT]]
    widest = max(widths, default=0)
    return (widths.count(widest) / len(widths) if widest > 1 else 0.0), widest


def _parsed(name: str, text: str, separator: str) -> Grid:
    reader = csv.reader(io.StringIO(_SEPARATOR_LINE.sub("", text, count=1), newline=""), delimiter=separator)
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in reader:
            rows.append(tuple(cell.strip() for cell in row))
            cells += len(row)
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS * 5:
                raise PmogenError(_("{file} is too large a table", file=name), _("is it the right file?"))
    except csv.Error as error:
        raise PmogenError(
            _("{file}: line {line} cannot be read as a table", file=name, line=reader.line_num),
            _("save the table again as CSV"),
        ) from error
    return Grid(name, tuple(rows))


def _of_workbook(file: Handed, known: Callable[[tuple[str, ...]], int]) -> Grid:
    """The sheet in which most is recognised."""
    book = guarded_workbook(file.raw, file.name)
    best: tuple[int, Grid] | None = None
    for sheet in book.worksheets:
        rows: list[tuple[str, ...]] = []
        formulas: list[tuple[int, int, str]] = []
        for number, row in enumerate(rows_of(sheet, file.name)):
            rows.append(tuple(text_of(cell).strip() for cell in row))
            formulas += (
                (number, column, f"{sheet.title}!{cell.coordinate}")
                for column, cell in enumerate(row)
                if is_formula(cell)
            )
        score = max(map(known, rows[:10]), default=0)
        if best is None or score > best[0]:
            best = score, Grid(file.name, tuple(rows), tuple(formulas))
    if best is None:
        raise PmogenError(_("{file} has no sheet", file=file.name))
    return best[1]
