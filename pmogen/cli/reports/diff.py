"""A comparison on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.cli.reports.text import visible
from pmogen.diff.tables import Row, Table
from pmogen.diff.told import Told, because
from pmogen.diff.words import NONE
from pmogen.language import _

ARROW = "\N{RIGHTWARDS ARROW}"


def lines_of(told: Told) -> Iterator[str]:
    """The sentence, remarks, and each table as a list; no line begins with words of the workspace."""
    about = _("Compared: {old} with {new}.", old=told.old, new=told.new)
    yield _inert(about)
    yield f"= {_inert(told.sentence)}"
    for remark in told.remarks:
        yield f"! {_inert(remark)}"
    for table in told.tables:
        yield ""
        yield table.heading
        yield from (f"  - {_inert(_line(table, row))}" for row in table.rows)
    if told.is_numbered:
        yield ""
        yield f"[1] {because()}"


def _inert(text: str) -> str:
    """The text with nothing in it that a terminal, or a program that reads logs, would obey."""
    return visible(text).replace("##[", "## [")


def _line(table: Table, row: Row) -> str:
    numbers = ", ".join(map(str, row.edits))
    if table.id == "edits":
        return f"[{numbers}] {_told(table, row)}"
    return f"{_told(table, row)}{f' [{numbers}]' if numbers else ''}"


def _told(table: Table, row: Row) -> str:
    """What it is about, before and now, and what else there is to say; of other tables only cells in which something changed."""
    before = _("Before")
    if before not in table.columns:
        listed = list(zip(table.columns[1:], row.cells[1:], strict=True))
        changed = [f"{name} {value}" for name, value in listed if ARROW in value]
        return f"{row.cells[0]}: {'; '.join(changed or row.cells[1:])}"
    at = table.columns.index(before)
    about = ", ".join(row.cells[:at])
    rest = "; ".join(cell for cell in row.cells[at + 2 :] if cell != NONE)
    return f"{about}: {row.cells[at]} {ARROW} {row.cells[at + 1]}{f'. {rest}' if rest else ''}"
