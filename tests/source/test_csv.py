"""CSV as spreadsheets save it."""

from __future__ import annotations

import pytest

from pmogen.source.csv import parse_csv
from pmogen.source.text import SourceText


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    """Comma, semicolon and tab are told apart by the first row."""
    table, found = parse_csv(SourceText("a.csv", f"a{delimiter}b\n1{delimiter} x \n"))
    assert not found
    assert [row.cells for row in table.rows] == [{"a": "1", "b": "x"}]


def test_lines_count_quoted_line_breaks() -> None:
    """A row knows its line even after a cell with line breaks; empty rows are left out."""
    table, found = parse_csv(SourceText("a.csv", 'a,b\n"x\ny",1\n\nz,2\n'))
    assert not found
    assert [row.line for row in table.rows] == [2, 5]


def test_ragged_rows() -> None:
    """Missing cells are empty; too many are reported with their line."""
    table, found = parse_csv(SourceText("a.csv", "a,b\n1\n1,2,3\n"))
    assert table.rows[0].cells == {"a": "1", "b": ""}
    assert [(diagnostic.span.line, diagnostic.code) for diagnostic in found] == [(3, "PMO004")]


def test_column_given_twice() -> None:
    """A column named twice is reported."""
    _, found = parse_csv(SourceText("a.csv", "a,a\n1,2\n"))
    assert "twice" in found[0].message


def test_rows_ended_by_carriage_returns_alone() -> None:
    """Older spreadsheets on a Mac write them."""
    table, wrong = parse_csv(SourceText("a.csv", "a,b\r1,2\r3,4\r"))
    assert [(row.line, row.cells) for row in table.rows] == [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": "4"})]
    assert not wrong
