"""A sheet that people fill in: its columns, its rows, and where in the YAML its values stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from pmogen.exchange.workbook.kinds import Kind

Cells = dict[str, str]
"""Plain forms of the values of a row, by column."""


@dataclass(frozen=True)
class Part:
    """A list in a YAML file: its entries are known by `key`, and each is a `model`.

    With `child`, it is a list within the entries of the list at `path`, which are known by `parent`; ids are `parent/key`.
    Without its `head` there is no entry. `fixed` entries are never taken out. Entries that are `bare` may say nothing but their
    id; they are there unless there is one with the same id in the part `instead`.
    """

    name: str
    file: str
    root: BaseModel = field(repr=False)
    path: str = ""
    key: str = "id"
    model: type[BaseModel] = BaseModel
    head: str = ""
    parent: str = ""
    child: str = ""
    parent_model: type[BaseModel] | None = None
    fixed: bool = False
    bare: bool = False
    instead: str = ""

    def entries(self) -> Iterator[tuple[str, BaseModel]]:
        """Entries of the workspace with their ids."""
        for outer in getattr(self.root, self.path):
            if not self.child:
                yield getattr(outer, self.key), outer
                continue
            for inner in getattr(outer, self.child):
                yield f"{getattr(outer, self.parent)}/{getattr(inner, self.key)}", inner

    def needed(self, name: str) -> bool:
        """Whether every entry has to say this."""
        found = self.model.model_fields.get(name)
        return found is not None and found.is_required()


@dataclass(frozen=True)
class Column:
    """A column. With a `part` it is filled in by people: the field of that name of the part's entries."""

    name: str
    heading: str
    kind: Kind
    width: float
    help: str = ""
    part: str = ""
    field: str = ""
    new_only: bool = False
    """Filled in for new rows only."""
    badge: bool = False
    """Short, and set in the middle."""
    default: str = ""
    """Plain form of what a new entry says where the cell is empty."""

    @property
    def editable(self) -> bool:
        return bool(self.part) or self.new_only


@dataclass(frozen=True)
class Row:
    """A row: its id, the plain forms of what is computed, and cells that are locked although their column is not."""

    id: str
    computed: Mapping[str, str] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    shade: str = ""


@dataclass(frozen=True)
class Form:
    """A sheet that people fill in. `spare` empty rows at its end take new entries."""

    name: str
    title: str
    tab: str
    about: str
    parts: tuple[Part, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    spare: int = 0
    frozen: int = 2
    """Columns that stay in sight."""
    id_width: float = 14
    new_parents: Kind | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    def part(self, name: str) -> Part:
        """The part with this name."""
        return next(part for part in self.parts if part.name == name)

    def columns_of(self, part: str) -> tuple[Column, ...]:
        """Columns that belong to a part."""
        return tuple(column for column in self.columns if column.part == part)

    @cached_property
    def values(self) -> Mapping[str, Cells]:
        """What the workspace says in the columns that people fill in, by id; only what is not empty."""
        found: dict[str, Cells] = {}
        for part in self.parts:
            columns = self.columns_of(part.name)
            for identifier, entry in part.entries():
                own = found.setdefault(identifier, {})
                for column in columns:
                    told = column.kind.told(getattr(entry, column.field))
                    if told:
                        own[column.name] = told
        return found

    def known(self, part: str) -> frozenset[str]:
        """Ids of the entries that a part has."""
        return frozenset(identifier for identifier, _entry in self.part(part).entries())


def editable(name: str, heading: str, kind: Kind, width: float, about: str = "", **more: Any) -> Column:
    """A column that people fill in; its name is `part.field`."""
    part, _dot, field_name = name.partition(".")
    return Column(name, heading, kind, width, about, part=part, field=field_name, **more)
