"""Rows of the answers file to what respondents say, in either of its two forms.

Long: one row an answer, columns `respondent, group, aspect, current`. Wide: one row a respondent, one column
an aspect, as survey tools export it. The header tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pmogen.diagnostics import Diagnostic, Severity
from pmogen.language import _, grouped
from pmogen.model.assessment import Respondent, Told
from pmogen.model.base import ID_PATTERN
from pmogen.source.csv import Row, Table

WHO = ("respondent", "group")
NEEDED = (*WHO, "aspect", "current")
OPTIONAL = ("target", "importance", "comment", "publish")
"""Columns of the long form; in the wide form they stand behind the aspect: `governance:target`."""

MAX_ANSWERS = 400_000
"""More than this in one file is no survey."""

_DO_NOT_KNOW = {"dk", "don't know", "do not know", "dont know", "?"}
_NOT_APPLICABLE = {"na", "n/a", "not applicable"}
_NO_LEVEL = _DO_NOT_KNOW | _NOT_APPLICABLE
_WHOLE = re.compile(r"([1-5])(?:[.,]0*)?")
_BETWEEN = re.compile(r"[1-4][.,][0-9]+")
_YES, _NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class _Cells:
    """What one respondent says about one aspect: cells by column of the long form, and what those columns are called."""

    row: Row
    aspect: str
    cells: Mapping[str, str]
    called: Mapping[str, str]


def read_answers(table: Table) -> tuple[tuple[Respondent, ...], tuple[Diagnostic, ...]]:
    """Answers in the order of the file; what cannot be understood is reported (PMO030) and left out.

    An empty current level counts as not answered. A comment is only read when the column `publish` says
    yes beside it; all others stay in the file.
    """
    wide = is_wide(table.columns)
    found = list(_wide_columns(table) if wide else _long_columns(table))
    if any(diagnostic.severity == "error" for diagnostic in found):
        return (), tuple(found)
    layout = _layout(table.columns) if wide else {}
    answers: list[Respondent] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        missing = next((column for column in (*WHO, *(() if wide else ("aspect",))) if not row.cells[column]), None)
        if missing is not None:
            found.append(_wrong(table, row, _("`{name}` is empty", name=missing), _("fill the cell or delete the row")))
            continue
        told = tuple(_by_aspect(row, layout)) if wide else (_Cells(row, row.cells["aspect"], row.cells, {}),)
        twice = next((each.aspect for each in told if (row.cells["respondent"], each.aspect) in seen), None)
        if twice is not None:
            first = seen[row.cells["respondent"], twice]
            message = (
                _("this respondent answers a second time (first in line {line})", line=first)
                if wide
                else _(
                    "this respondent answers {aspect} a second time (first in line {line})", aspect=twice, line=first
                )
            )
            found.append(_wrong(table, row, message, _("keep one of the two rows")))
            continue
        seen.update({(row.cells["respondent"], each.aspect): row.line for each in told})
        answers += [answer for each in told if (answer := _answer(table, each, found)) is not None]
        if len(answers) > MAX_ANSWERS:
            found.append(
                _wrong(
                    table, row, _("more than {limit} answers", limit=grouped(MAX_ANSWERS)), _("is this the right file?")
                )
            )
            break
    return tuple(answers), tuple(found)


def is_wide(columns: tuple[str, ...]) -> bool:
    """True for one row a respondent: the header has neither `aspect` nor `current`, but other columns than the long form."""
    others = set(columns) - {*NEEDED, *OPTIONAL, ""}
    return not {"aspect", "current"} & set(columns) and any(_parts(column)[0] not in OPTIONAL for column in others)


def _parts(column: str) -> tuple[str, str]:
    """Aspect and column of the long form that a column of the wide form stands for."""
    aspect, _colon, what = column.partition(":")
    return aspect.strip(), what.strip() or "current"


def _layout(columns: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    """Columns of the wide form: for each aspect, in order, what they stand for and what they are called."""
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        if column and column not in WHO:
            aspect, what = _parts(column)
            found.setdefault(aspect, {})[what] = column
    return found


def _by_aspect(row: Row, layout: Mapping[str, Mapping[str, str]]) -> Iterator[_Cells]:
    """A row of the wide form, aspect by aspect; an aspect with empty cells was not asked."""
    for aspect, called in layout.items():
        cells = {what: row.cells[column] for what, column in called.items()}
        if any(cells.values()):
            yield _Cells(row, aspect, cells, called)


def _long_columns(table: Table) -> Iterator[Diagnostic]:
    for column in NEEDED:
        if column not in table.columns:
            hint = _(
                "the first row must name the columns {columns}; or {who} and aspects",
                columns=", ".join(NEEDED + OPTIONAL),
                who=", ".join(WHO),
            )
            yield _in_header(table, "PMO030", _("the column `{column}` is missing", column=column), hint)
    for column in table.columns:
        if column and column not in NEEDED + OPTIONAL:
            near = get_close_matches(column, NEEDED + OPTIONAL, 1)
            hint = _("did you mean `{near}`?", near=near[0]) if near else _("it is ignored")
            yield _in_header(table, "PMO031", _("the column `{column}` is not known", column=column), hint)


def _wide_columns(table: Table) -> Iterator[Diagnostic]:
    for column in WHO:
        if column not in table.columns:
            hint = _("the first row must name {who}, then one aspect a column", who=", ".join(WHO))
            yield _in_header(table, "PMO030", _("the column `{column}` is missing", column=column), hint)
    for column in table.columns:
        aspect, what = _parts(column)
        near = get_close_matches(what, OPTIONAL, 1)
        if not column or column in WHO:
            continue
        if column in OPTIONAL:
            hint = _("in a table with one row a respondent, name the aspect: `governance:{column}`", column=column)
            yield _in_header(
                table, "PMO030", _("the column `{column}` does not say which aspect it is about", column=column), hint
            )
        elif not re.fullmatch(ID_PATTERN, aspect):
            hint = _("name the column by the id of the aspect, as in `governance`, or delete it")
            yield _in_header(table, "PMO030", _("the column `{column}` is no aspect", column=column[:60]), hint)
        elif what not in (*OPTIONAL, "current"):
            hint = (
                _("did you mean `{near}`?", near=f"{aspect}:{near[0]}")
                if near
                else _("known are {names}", names=", ".join(OPTIONAL))
            )
            yield _in_header(
                table, "PMO030", _("the column `{column}` asks for something unknown", column=column[:60]), hint
            )
    told = [_parts(column) for column in table.columns if column and column not in WHO]
    for aspect, what in sorted({parts for parts in told if told.count(parts) > 1}):
        yield _in_header(
            table,
            "PMO030",
            _("`{aspect}` has two columns for `{what}`", aspect=aspect, what=what),
            _("keep one of the two"),
        )


def _answer(table: Table, told: _Cells, found: list[Diagnostic]) -> Respondent | None:
    """What the cells say; None when they say nothing that is read."""
    cell = told.cells.get("current", "").lower()
    kind: Told = "level"
    if cell in _DO_NOT_KNOW:
        kind = "do not know"
    elif cell in _NOT_APPLICABLE:
        kind = "not applicable"
    current = _whole(table, told, "current", found)
    target, importance = _whole(table, told, "target", found), _whole(table, told, "importance", found)
    quotation = _quotation(table, told, found)
    if kind == "level" and (current, target, importance, quotation) == (None, None, None, None):
        return None
    return Respondent(
        row=told.row.line,
        respondent=told.row.cells["respondent"],
        group=told.row.cells["group"],
        aspect=told.aspect,
        current_told=kind,
        current=current,
        target=target,
        importance=importance,
        quotation=quotation,
    )


def _whole(table: Table, told: _Cells, column: str, found: list[Diagnostic]) -> int | None:
    """A whole level, also as spreadsheets write it: 3, 3.0 or 3,0."""
    cell = told.cells.get(column, "")
    if not cell or cell.lower() in _NO_LEVEL:
        return None
    whole = _WHOLE.fullmatch(cell)
    if whole:
        return int(whole[1])
    hint = _("write a whole number from 1 to 5, `dk` (don't know) or `na` (not applicable)")
    if _BETWEEN.fullmatch(cell):
        hint = _("people answer in whole levels from 1 to 5; a level between two is stated in the YAML file")
    message = _("`{cell}` in column `{column}` is not a level", cell=cell[:40], column=told.called.get(column, column))
    found.append(_wrong(table, told.row, message, hint))
    return None


def _quotation(table: Table, told: _Cells, found: list[Diagnostic]) -> str | None:
    """The comment, if a moderator says that it is to be published."""
    publish = told.cells.get("publish", "")
    if publish.lower() in _YES:
        return " ".join(told.cells.get("comment", "").split()) or None
    if publish.lower() not in _NO:
        message = _(
            "`{cell}` in column `{column}` is neither yes nor no",
            cell=publish[:40],
            column=told.called.get("publish", "publish"),
        )
        found.append(_wrong(table, told.row, message, _("write yes to publish the comment, or leave it empty")))
    return None


def _in_header(table: Table, code: str, message: str, hint: str) -> Diagnostic:
    severity: Severity = "warning" if code == "PMO031" else "error"
    return Diagnostic(code, severity, message, table.span(Row(1, {})), hint)


def _wrong(table: Table, row: Row, message: str, hint: str) -> Diagnostic:
    return Diagnostic("PMO030", "error", message, table.span(row), hint)
