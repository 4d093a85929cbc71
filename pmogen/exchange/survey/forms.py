"""Tables of Microsoft Forms and Google Forms: one row a respondent, the questions as columns; and our own table.

Nothing depends on the language of the form, or on the place of a column: questions are known by their marks, a column of
mail addresses and one of times by what stands in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from pmogen.errors import PmogenError
from pmogen.exchange.survey.handed import Grid
from pmogen.exchange.survey.marks import CURRENT, GROUP, PARTS, Mark, mark_of
from pmogen.exchange.survey.replies import Answers, Read, Reply, not_understood, strange_marks
from pmogen.exchange.survey.table import HEADS
from pmogen.language import _, ngettext

Fits = Callable[[str], bool]
"""Whether a cell looks like something."""

_HEAD_ROWS = 10
_SHOWN = 8
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TIME = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)[ T]+(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([AaPp]\.?[Mm]\.?)?.*")
_SIGNS = tuple(sign.strip("[]") for sign in HEADS.values())
_SIGN = re.compile(rf"\W*\[({'|'.join(_SIGNS)})\]")


def recognised(row: Sequence[str]) -> int:
    """How many cells of a row are questions of a form, or signs of our own table."""
    return sum(mark_of(cell) is not None or _SIGN.match(cell) is not None for cell in row)


def read_grid(grid: Grid, aspects: frozenset[str]) -> Read:
    """The replies in a table. Raises `PmogenError` when no question has a mark, or answers are computed by formulas."""
    rows = grid.rows[:_HEAD_ROWS]
    head = max(range(len(rows)), key=lambda number: recognised(rows[number]), default=None)
    if head is None or not recognised(rows[head]):
        raise PmogenError(
            _("{file}: no question has its sign in brackets, as in [governance]", file=grid.name),
            _("the signs have to stay before the questions: see `pmogen export survey`"),
        )
    if any(_SIGN.match(cell) for cell in rows[head]):
        return _own_table(grid, head, aspects)
    return _respondents(grid, head, aspects)


# one row a respondent


@dataclass(frozen=True)
class _Columns:
    """Columns of a table by what stands in them."""

    marks: dict[int, Mark]
    who: int | None
    when: int | None


def _respondents(grid: Grid, head: int, aspects: frozenset[str]) -> Read:
    questions = grid.rows[head]
    marks = {number: mark for number, cell in enumerate(questions) if (mark := mark_of(cell)) is not None}
    good = {
        number: mark
        for number, mark in marks.items()
        if mark.aspect == GROUP or (mark.aspect in aspects and mark.part in PARTS)
    }
    ignored = list(strange_marks(grid.name, (mark for number, mark in marks.items() if number not in good)))
    _refuse_formulas(grid, head, good)
    below = [row for row in grid.rows[head + 1 :] if any(row)]
    others = [number for number in range(len(questions)) if number not in marks]
    columns = _Columns(good, _first(below, others, _is_mail), _last(below, others, _is_time))
    ignored += _not_kept(grid.name, [questions[number] for number in others])
    replies, unread, twice = [], Counter[str](), 0
    for row in below:
        answers = Answers()
        twice += _fill(answers, row, good)
        unread.update(answers.unread)
        replies.append(_reply(grid.name, row, columns, answers))
    ignored += not_understood(grid.name, unread, twice)
    return Read(tuple(replies), tuple(ignored))


def _not_kept(file: str, questions: Sequence[str]) -> Iterator[str]:
    names = tuple(dict.fromkeys(f"`{question[:40]}`" for question in questions if question))
    if len(names) > _SHOWN:
        yield ngettext(
            "{file}: columns that are not kept: {names}, and {count} more",
            "{file}: columns that are not kept: {names}, and {count} more",
            len(names) - _SHOWN,
            file=file,
            names=", ".join(names[:_SHOWN]),
        )
    elif names:
        yield _("{file}: columns that are not kept: {names}", file=file, names=", ".join(names))


def _fill(answers: Answers, row: Sequence[str], marks: dict[int, Mark]) -> int:
    """Reads a row; the number of questions that were answered in two different ways (in two sections of a form)."""
    twice = 0
    for number, mark in marks.items():
        if mark.aspect != GROUP and number < len(row):
            twice += not answers.put(mark.aspect, mark.part, row[number])
    return twice


def _reply(file: str, row: Sequence[str], columns: _Columns, answers: Answers) -> Reply:
    groups = [row[number] for number, mark in columns.marks.items() if mark.aspect == GROUP and number < len(row)]
    who = _cell(row, columns.who).lower()
    return Reply(
        file=file,
        group=next(filter(None, groups), ""),
        answers=answers.done(),
        who=who if _is_mail(who) else "",
        when=_time(_cell(row, columns.when)),
    )


def _cell(row: Sequence[str], number: int | None) -> str:
    return row[number] if number is not None and number < len(row) else ""


def _first(rows: Sequence[Sequence[str]], columns: Sequence[int], fits: Fits) -> int | None:
    return next(_fitting(rows, columns, fits), None)


def _last(rows: Sequence[Sequence[str]], columns: Sequence[int], fits: Fits) -> int | None:
    """The last column that fits: forms write first when somebody began, then when somebody was done."""
    found = list(_fitting(rows, columns, fits))
    return found[-1] if found else None


def _fitting(rows: Sequence[Sequence[str]], columns: Sequence[int], fits: Fits) -> Iterator[int]:
    """Columns in which most cells that are filled look so."""
    for number in columns:
        filled = [row[number] for row in rows if number < len(row) and row[number]]
        if filled and sum(map(fits, filled)) * 2 > len(filled):
            yield number


def _is_mail(cell: str) -> bool:
    return _MAIL.fullmatch(cell) is not None


def _is_time(cell: str) -> bool:
    return bool(_time(cell))


def _time(cell: str) -> str:
    """A time that sorts as text; empty where the order of day and month would be a guess."""
    found = _TIME.fullmatch(cell[:60])
    if found is None:
        return ""
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    afternoon = (found[7] or "").lower()
    if afternoon:
        hour = hour % 12 + (12 if afternoon.startswith("p") else 0)
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"


# our own table: one row a question


def _own_table(grid: Grid, head: int, aspects: frozenset[str]) -> Read:
    columns = {found[1].lower(): number for number, cell in enumerate(grid.rows[head]) if (found := _SIGN.match(cell))}
    if CURRENT not in columns:
        raise PmogenError(
            _("{file}: the column [CURRENT] is missing", file=grid.name), _("use the table as it was exported")
        )
    _refuse_formulas(grid, head, columns.values())
    answers, group, strange, twice = Answers(), "", [], 0
    for row in grid.rows[head + 1 :]:
        mark = next((mark for cell in row[:1] if (mark := mark_of(cell)) is not None), None)
        if mark is None:
            continue
        if mark.aspect == GROUP:
            group = _cell(row, columns[CURRENT])
        elif mark.aspect not in aspects:
            strange.append(mark)
        else:
            for part, number in columns.items():
                twice += not answers.put(mark.aspect, part, _unguarded(_cell(row, number)))
    ignored = (*strange_marks(grid.name, strange), *not_understood(grid.name, Counter(answers.unread), twice))
    return Read((Reply(grid.name, group, answers.done()),), ignored)


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'")


# what was left out


def _refuse_formulas(grid: Grid, head: int, columns: Collection[int]) -> None:
    found = [address for row, column, address in grid.formulas if row > head and column in columns]
    if found:
        raise PmogenError(
            ngettext(
                "{file}: {count} answer is computed by a formula, at {places}",
                "{file}: {count} answers are computed by formulas, at {places}",
                len(found),
                file=grid.name,
                places=", ".join(found[:5]),
            ),
            _("answers are typed; if they are right, paste them as values"),
        )
