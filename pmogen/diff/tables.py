"""Rows and tables of plain text, and what all tables of one comparison are made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pmogen.diff.changes import Change, Kind
from pmogen.diff.compare import Comparison
from pmogen.diff.edits import GENERATED, Edit
from pmogen.diff.words import value_in_words
from pmogen.exchange.records import Document
from pmogen.language import _


@dataclass(frozen=True)
class Row:
    """One line of a table: cells, and the numbers of the edits that lead to it."""

    cells: tuple[str, ...]
    edits: tuple[int, ...] = ()
    importance: int = 1


@dataclass(frozen=True)
class Table:
    """Rows under a heading; `is_detail`: it is folded where that is possible. `note` says what the figures mean."""

    id: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_detail: bool = False
    note: str = ""


SHOWN_AT_MOST = 15
"""Rows of a table that are shown at once; more are folded."""
_SHORT = 8
"""Rows up to which details are shown beside what matters."""


def folded(table: Table, *, matters: bool) -> Iterator[Table]:
    """The rows that are shown, then the others, folded.

    What matters comes first. Details are shown only in a table that `matters` by itself, and only while it is short.
    """
    rows = sorted(table.rows, key=lambda row: -row.importance)
    important = sum(row.importance > 1 for row in rows)
    shown = min(max(important, _SHORT if matters else 0), SHOWN_AT_MOST)
    if shown == 0 or not rows:
        yield replace(table, rows=tuple(rows), is_detail=True)
        return
    yield replace(table, rows=tuple(rows[:shown]))
    if rows[shown:]:
        more = _("{heading}: more", heading=table.heading)
        yield replace(table, id=f"{table.id}-more", heading=more, rows=tuple(rows[shown:]), is_detail=True)


class Telling:
    """One comparison, and the numbers by which its edits are named."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.names = comparison.names
        self.edits = tuple(edit for edit in comparison.edits if edit.part not in GENERATED)
        self._numbers = {edit: number for number, edit in enumerate(self.edits, 1)}

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[Change, ...]]:
        """The changes by kind."""
        found: dict[Kind, list[Change]] = {}
        for change in self.comparison.changes:
            found.setdefault(change.key.kind, []).append(change)
        return {kind: tuple(changes) for kind, changes in found.items()}

    @cached_property
    def waves(self) -> Mapping[str, str]:
        """Names of waves by id, in the order of time."""
        found: dict[str, str] = {}
        for document in self.documents[::-1]:
            for wave in document.plan.waves if document else ():
                found.setdefault(wave.id, wave.name)
        return found

    @property
    def documents(self) -> tuple[Document | None, Document | None]:
        """What either side says."""
        return self.comparison.old.document, self.comparison.new.document

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """The changes of some kinds, kind by kind."""
        return tuple(change for kind in kinds for change in self.by_kind.get(kind, ()))

    def grouped(
        self, kind: Kind, name: Callable[[Change], tuple[str, str]]
    ) -> Mapping[tuple[str, str], dict[str, Change]]:
        """The changes of a kind by what they are about, then by field."""
        found: dict[tuple[str, str], dict[str, Change]] = {}
        for change in self.by_kind.get(kind, ()):
            found.setdefault(name(change), {})[change.key.field] = change
        return found

    def row(self, cells: Sequence[str], changes: Iterable[Change]) -> Row:
        """A row with the numbers of the edits that lead to its changes."""
        listed = tuple(changes)
        numbers = {self._numbers[cause] for change in listed for cause in change.causes if cause in self._numbers}
        return Row(tuple(cells), tuple(sorted(numbers)), max(change.importance for change in listed))

    def said(self, change: Change) -> tuple[str, str]:
        """The value before and now, in words."""
        return value_in_words(change.key, change.old, self.names), value_in_words(change.key, change.new, self.names)

    def number(self, edit: Edit) -> int:
        """The number of an edit."""
        return self._numbers[edit]


def is_edited_only(change: Change) -> bool:
    """Whether the change says no more than its edit: no fact differs."""
    return "/" in change.key.id
