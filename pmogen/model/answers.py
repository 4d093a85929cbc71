"""Rows of the answers file to what respondents say."""

from __future__ import annotations

from difflib import get_close_matches

from pmogen.diagnostics import Diagnostic
from pmogen.model.assessment import Respondent, Told
from pmogen.source.csv import Row, Table

NEEDED = ("respondent", "group", "aspect", "current")
OPTIONAL = ("target", "importance", "comment")

_DO_NOT_KNOW = {"dk", "don't know", "do not know", "dont know", "?"}
_NOT_APPLICABLE = {"na", "n/a", "not applicable"}


def read_answers(table: Table) -> tuple[tuple[Respondent, ...], tuple[Diagnostic, ...]]:
    """Answers in the order of the file; what cannot be understood is reported (PMO030) and left out.

    An empty current level counts as not answered. Comments stay in the file: they are not read.
    """
    found = _columns(table)
    if any(diagnostic.severity == "error" for diagnostic in found):
        return (), tuple(found)
    answers: list[Respondent] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        answer = _answer(table, row, found)
        if answer is None:
            continue
        key = (answer.respondent, answer.aspect)
        if key in seen:
            message = f"{answer.respondent} answers {answer.aspect} a second time (first in line {seen[key]})"
            found.append(_wrong(table, row, message, "keep one of the two rows"))
            continue
        seen[key] = row.line
        answers.append(answer)
    return tuple(answers), tuple(found)


def _columns(table: Table) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for column in NEEDED:
        if column not in table.columns:
            hint = f"the first row must name the columns {', '.join(NEEDED + OPTIONAL)}"
            found.append(
                Diagnostic("PMO030", "error", f"the column `{column}` is missing", table.span(Row(1, {})), hint)
            )
    for column in table.columns:
        if column and column not in NEEDED + OPTIONAL:
            near = get_close_matches(column, NEEDED + OPTIONAL, 1)
            hint = f"did you mean `{near[0]}`?" if near else "it is ignored"
            found.append(
                Diagnostic("PMO031", "warning", f"the column `{column}` is not known", table.span(Row(1, {})), hint)
            )
    return found


def _answer(table: Table, row: Row, found: list[Diagnostic]) -> Respondent | None:
    cells = row.cells
    missing = [column for column in ("respondent", "group", "aspect") if not cells[column]]
    if missing:
        found.append(_wrong(table, row, f"`{missing[0]}` is empty", "fill the cell or delete the row"))
        return None
    told = cells["current"].lower()
    kind: Told = "level"
    current: int | None = None
    if told in _DO_NOT_KNOW:
        kind = "do not know"
    elif told in _NOT_APPLICABLE:
        kind = "not applicable"
    elif told:
        current = _whole(table, row, "current", found)
    return Respondent(
        row=row.line,
        respondent=cells["respondent"],
        group=cells["group"],
        aspect=cells["aspect"],
        current_told=kind,
        current=current,
        target=_whole(table, row, "target", found),
        importance=_whole(table, row, "importance", found),
    )


def _whole(table: Table, row: Row, column: str, found: list[Diagnostic]) -> int | None:
    cell = row.cells.get(column, "")
    if not cell or cell.lower() in _DO_NOT_KNOW | _NOT_APPLICABLE:
        return None
    if cell in {"1", "2", "3", "4", "5"}:
        return int(cell)
    hint = "write a whole number from 1 to 5, `dk` (don't know) or `na` (not applicable)"
    found.append(_wrong(table, row, f"`{cell[:40]}` in column `{column}` is not a level", hint))
    return None


def _wrong(table: Table, row: Row, message: str, hint: str) -> Diagnostic:
    return Diagnostic("PMO030", "error", message, table.span(row), hint)
