"""Collected answers as rows of an answers file: behind those that are there, which stay as they are, byte by byte."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmogen.diagnostics import has_errors
from pmogen.errors import PmogenError
from pmogen.exchange.plain import harmless
from pmogen.exchange.survey.collected import Anonymous
from pmogen.exchange.survey.marks import PARTS
from pmogen.exchange.survey.replies import Answer
from pmogen.language import _
from pmogen.model.answers import NEEDED, OPTIONAL, WHO, is_wide, read_answers
from pmogen.source.csv import Table, parse_csv, separator_of
from pmogen.source.text import decode

COLUMNS = (*NEEDED, *OPTIONAL)
_NUMBERED = re.compile(r"r([0-9]{1,9})")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Merged:
    """An answers file with new rows: its bytes, who is new in it, and how many were in it already."""

    content: bytes
    new: tuple[Anonymous, ...]
    known: int
    rows: int


def merged(name: str, raw: bytes | None, people: Sequence[Anonymous], order: Sequence[str]) -> Merged:
    """The answers file with those people added who are not in it; `order` is that of aspects.

    Somebody who gave the same answers in the same group is taken for the same person, as somebody of whom nothing else is
    known can only be known by that: a form is downloaded again when more people have answered. Raises `PmogenError` when
    the file cannot be read.
    """
    table = _table(name, raw)
    new = _unknown(people, table, raw or b"")
    if not new:
        return Merged(raw or b"", (), len(people), 0)
    first = _first_number(table)
    rows = [row for number, person in enumerate(new) for row in _rows(f"r{first + number:02}", person, order, table)]
    content = _appended(raw, table, rows)
    return Merged(content, new, len(people) - len(new), len(rows))


def _table(name: str, raw: bytes | None) -> Table | None:
    if not (raw or b"").strip():
        return None
    source, found = decode(name, raw or b"")
    if source is not None:
        table, wrong = parse_csv(source)
        found = (*wrong, *read_answers(table)[1])
        if not has_errors(found):
            return table
    worst = next(each for each in found if each.severity == "error")
    raise PmogenError(
        _("{place}: {message}, so the file is not changed", place=worst.span, message=worst.message),
        _("mend it first: see `pmogen check`"),
    )


# who is in it already

Signature = tuple[str, frozenset[tuple[str, str, str | int | None, int | None, int | None]]]


def _unknown(people: Sequence[Anonymous], table: Table | None, raw: bytes) -> tuple[Anonymous, ...]:
    there = Counter(_signatures(table)) if table else Counter[Signature]()
    text = raw.decode("utf-8-sig", "replace")
    new = []
    for person in people:
        signature = _signature(person)
        if there[signature] > 0:
            there[signature] -= 1
        elif signature[1] or not all(harmless(answer.comment) in text for answer in person.answers.values()):
            new.append(person)
    return tuple(new)


def _signatures(table: Table) -> Iterator[Signature]:
    by_person: dict[tuple[str, str], set[tuple[str, str, str | int | None, int | None, int | None]]] = {}
    for told in read_answers(table)[0]:
        kind = {"do not know": "dk", "not applicable": "na"}.get(told.current_told, "level")
        own = by_person.setdefault((told.respondent, told.group), set())
        if kind != "level" or (told.current, told.target, told.importance) != (None, None, None):
            own.add((told.aspect, kind, told.current, told.target, told.importance))
    for (_respondent, group), said in by_person.items():
        yield group, frozenset(said)


def _signature(person: Anonymous) -> Signature:
    return person.group, frozenset(
        (aspect, answer.current, None, _number(answer.target), _number(answer.importance))
        if answer.current in ("dk", "na")
        else (aspect, "level", _number(answer.current), _number(answer.target), _number(answer.importance))
        for aspect, answer in person.answers.items()
        if answer.current or answer.target or answer.importance
    )


def _number(level: str) -> int | None:
    return int(level) if level else None


def _first_number(table: Table | None) -> int:
    codes = (row.cells["respondent"] for row in table.rows) if table else ()
    return max((int(found[1]) for code in codes if (found := _NUMBERED.fullmatch(code))), default=0) + 1


# the rows


def _rows(code: str, person: Anonymous, order: Sequence[str], table: Table | None) -> Iterator[dict[str, str]]:
    """Cells by column: one row an answer, or one for all of a person where the file is so."""
    who = dict(zip(WHO, (code, person.group), strict=True))
    answers = [(aspect, person.answers[aspect]) for aspect in order if aspect in person.answers]
    if table is not None and is_wide(table.columns):
        wide = dict(cell for aspect, answer in answers for cell in _cells(answer, f"{aspect}:"))
        yield who | {column.removesuffix(":current"): cell for column, cell in wide.items()}
    else:
        for aspect, answer in answers:
            yield {**who, "aspect": aspect, **dict(_cells(answer, ""))}


def _cells(answer: Answer, before: str) -> Iterator[tuple[str, str]]:
    for part in PARTS:
        cell = getattr(answer, part)
        if cell:
            yield before + part, harmless(cell)


def _appended(raw: bytes | None, table: Table | None, rows: Iterable[Mapping[str, str]]) -> bytes:
    rows = list(rows)
    if table is None or raw is None:
        return (_line(COLUMNS, ",", "\n") + "".join(_line(_in(COLUMNS, row), ",", "\n") for row in rows)).encode()
    end = "\r\n" if raw.count(b"\r\n") * 2 > raw.count(b"\n") else "\n"
    separator = separator_of(table.source.text)
    missing = dict.fromkeys(column for row in rows for column in row if column not in table.columns)
    columns = (*table.columns, *missing)
    text = raw.removeprefix(_BOM).decode()
    if missing:
        first = text.split("\n", 1)[0].removesuffix("\r")
        text = first + separator + _line(tuple(missing), separator, "") + text[len(first) :]
    text += "" if text.endswith("\n") else end
    text += "".join(_line(_in(columns, row), separator, end) for row in rows)
    return (_BOM if raw.startswith(_BOM) else b"") + text.encode()


def _in(columns: Sequence[str], row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in columns)


def _line(cells: Sequence[str], separator: str, end: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerow(cells)
    return text.getvalue()
