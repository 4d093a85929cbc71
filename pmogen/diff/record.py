"""A comparison for programs: JSON of a declared shape. Words in it are ids and what stands in the files; numbers are exact."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pmogen.diagnostics import Span
from pmogen.diff.changes import Change, Kind
from pmogen.diff.compare import Comparison
from pmogen.diff.edits import GENERATED, Edit
from pmogen.diff.side import Side
from pmogen.exchange.records import decimal
from pmogen.model.schema import FileKind, declared

Plain = bool | int | float | str | tuple[str, ...] | None


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MistakeRecord(_Record):
    """An error in a side."""

    code: str = Field(description="Code of the diagnostic.")
    message: str = Field(description="What is wrong.")
    file: str = Field(description="File it stands in.")
    line: int = Field(description="Line in it.")


class SideRecord(_Record):
    """One side of the comparison."""

    name: str = Field(description="What people call it: a revision, a folder, a file.")
    version: str | None = Field(description="Version of the playbook; null while mistakes are in the way.")
    as_of: dt.date | None = Field(description="The day it speaks as of.")
    mistakes: tuple[MistakeRecord, ...] = Field(description="Errors that are in the way of computing anything.")


class PlaceRecord(_Record):
    """A line of a file."""

    file: str = Field(description="File.")
    line: int = Field(description="Line, from 1.")


class EditRecord(_Record):
    """A value that was edited."""

    number: int = Field(description="Number, by which changes name their causes.")
    part: str = Field(description="Part of the workspace, or kind of the catalogue.")
    path: tuple[str, ...] = Field(description="The way to the value; entries of lists by what identifies them.")
    old: str | None = Field(description="What stood there, as JSON; null where nothing did. Never rows of answers.")
    new: str | None = Field(description="What stands there now, as JSON.")
    old_place: PlaceRecord | None = Field(description="Where it stood.")
    new_place: PlaceRecord | None = Field(description="Where it stands.")


class ChangeRecord(_Record):
    """Something the playbook says otherwise."""

    kind: Kind = Field(description="What it is about.")
    id: str = Field(description="Id of the thing.")
    field: str = Field(description="What of it.")
    wave: str | None = Field(description="Id of the wave, where it is about one.")
    old: Plain = Field(description="Before; null where there was no such thing.")
    new: Plain = Field(description="Now.")
    importance: Literal[1, 2, 3] = Field(description="3: somebody has to act or decide; 1: a detail.")
    causes: tuple[int, ...] = Field(description="Numbers of the edits that lead to it.")
    place: PlaceRecord | None = Field(description="The line to comment on: that of the first cause.")


class DiffRecord(_Record):
    """Two states of a playbook compared."""

    format: Literal[1] = Field(description="Changes when a reader of the last form could misunderstand the new one.")
    old: SideRecord = Field(description="The older side.")
    new: SideRecord = Field(description="The newer side.")
    traced: bool = Field(description="Whether the causes could be looked for: the files of both sides are known.")
    changes: tuple[ChangeRecord, ...] = Field(description="What differs, the most important first.")
    edits: tuple[EditRecord, ...] = Field(description="What was edited.")


def record(comparison: Comparison) -> DiffRecord:
    """The comparison as a record."""
    ordered = sorted(comparison.edits, key=lambda edit: edit.part in GENERATED)
    numbers = {edit: number for number, edit in enumerate(ordered, 1)}
    return DiffRecord(
        format=1,
        old=_side(comparison.old),
        new=_side(comparison.new),
        traced=comparison.is_traced,
        changes=tuple(_change(change, numbers) for change in comparison.changes),
        edits=tuple(_edit(edit, number) for edit, number in numbers.items()),
    )


def diff_json(comparison: Comparison) -> str:
    """The comparison as JSON: sorted keys, one newline at the end."""
    told = record(comparison).model_dump(mode="json")
    text = json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False).replace(
        "##[", "##\\u005b"
    )  # logs would obey it
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def diff_schema() -> str:
    """The text of the JSON Schema (draft-07) of `pmogen diff --format json`."""
    about = "Two states of a playbook compared: what was edited, what changes because of it, and what leads to what."
    schema = declared(FileKind("diff", "pmogen diff --format json", DiffRecord, about), lambda _kind: {})
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _side(side: Side) -> SideRecord:
    about = side.document.playbook if side.document else None
    mistakes = tuple(
        MistakeRecord(code=found.code, message=found.message, file=found.span.file, line=found.span.line)
        for found in side.mistakes
    )
    return SideRecord(
        name=side.name,
        version=about.version if about else None,
        as_of=about.as_of if about else None,
        mistakes=mistakes,
    )


def _change(change: Change, numbers: dict[Edit, int]) -> ChangeRecord:
    return ChangeRecord(
        kind=change.key.kind,
        id=change.key.id,
        field=change.key.field,
        wave=change.key.wave or None,
        old=_plain(change.old),
        new=_plain(change.new),
        importance=change.importance,
        causes=tuple(numbers[cause] for cause in change.causes),
        place=_place(change.place),
    )


def _plain(value: object) -> Plain:
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value  # type: ignore[return-value]  # what is left of a fact's values is plain


def _place(span: Span | None) -> PlaceRecord | None:
    return None if span is None else PlaceRecord(file=span.file, line=span.line)


def _edit(edit: Edit, number: int) -> EditRecord:
    return EditRecord(
        number=number,
        part=edit.part,
        path=tuple(map(str, edit.path)),
        old=_as_json(edit.old),
        new=_as_json(edit.new),
        old_place=_place(edit.old_place),
        new_place=_place(edit.new_place),
    )


def _as_json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
