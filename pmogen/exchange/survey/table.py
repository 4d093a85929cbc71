"""The survey as a table to be filled in, one row a question: for people without a form, or who want to discuss it first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pmogen.exchange.plain import harmless
from pmogen.exchange.survey.marks import (
    COMMENT,
    CURRENT,
    DIGITS,
    DO_NOT_KNOW,
    GROUP,
    IMPORTANCE,
    NOT_APPLICABLE,
    TARGET,
)
from pmogen.exchange.survey.questions import Survey
from pmogen.language import _, spoken

HEADS = {CURRENT: "[CURRENT]", TARGET: "[TARGET]", IMPORTANCE: "[IMPORTANCE]", COMMENT: "[COMMENT]"}
"""Signs of the columns that are filled in."""
ID = "[ID]"


def survey_csv(survey: Survey) -> bytes:
    """The table, with semicolons where the language writes decimals with a comma, as its spreadsheets expect."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if spoken().point == "," else ",", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in _rows(survey))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _rows(survey: Survey) -> Iterator[tuple[str, ...]]:
    beside = {TARGET: _("where should it be, 1 to 5"), IMPORTANCE: _("how important, 1 to 5"), COMMENT: _("comment")}
    columns = {CURRENT: _("today: 1 to 5"), **{part: beside[part] for part in survey.beside}}
    empty = ("",) * len(columns)
    yield (
        f"{ID} " + _("leave this column as it is"),
        _("question"),
        *(_("level {number}: {name}", number=number, name=name) for number, name in enumerate(survey.levels, 1)),
        *(f"{HEADS[part]} {said}" for part, said in columns.items()),
        _("who is asked"),
    )
    yield (
        f"[{GROUP}]",
        _("To which group do you belong?") + " " + _("Write its sign in the column {column}.", column=HEADS[CURRENT]),
        *("",) * len(survey.levels),
        *((survey.groups[0].id,) if len(survey.groups) == 1 else ("",)),
        *empty[1:],
        " | ".join(f"{group.id}: {group.name}" for group in survey.groups),
    )
    other = _(
        "{dk} when you do not know, {na} when it does not apply to you",
        dk=DIGITS[DO_NOT_KNOW],
        na=DIGITS[NOT_APPLICABLE],
    )
    yield ("", other, *("",) * len(survey.levels), *empty, "")
    for aspect in survey.aspects:
        asked = (group.name for group in survey.groups if group.id in aspect.ask)
        yield (f"[{aspect.id}]", aspect.question, *aspect.levels, *empty, ", ".join(asked))
