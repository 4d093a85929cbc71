"""What people filled in, compared with what the workbook said at first and with what the YAML says by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pmogen.exchange.workbook.form import Cells, Column, Form, Part
from pmogen.exchange.workbook.identify import Found, Rows
from pmogen.exchange.workbook.kinds import Unclear, as_text
from pmogen.exchange.workbook.read import Cell, Line, Page
from pmogen.exchange.workbook.state import COMPUTED
from pmogen.language import _

Side = Literal["stop", "workbook", "files"]
"""Whose word counts where both changed the same: nobody's, the workbook's, or that of the YAML."""
_FEW = 5


@dataclass(frozen=True)
class Conflict:
    """A cell that was changed in the workbook and in the YAML, to different things; plain forms as people read them."""

    place: str
    what: str
    base: str
    theirs: str
    ours: str


@dataclass
class Merged:
    """What has to be written for one form: fields by part and entry, `None` where an entry is taken out."""

    wanted: dict[tuple[str, str], Cells | None] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    edited: int = 0
    since: int = 0
    """Cells that the YAML says differently than the workbook did at first."""


def merge(form: Form, base: Mapping[str, Cells], page: Page, side: Side) -> Merged:
    """What a sheet changes. Nothing in it is trusted: each cell is read and checked by its kind."""
    rows = Rows(form, base, page)
    merged = Merged(
        found=[*_missing_columns(form, page), *_doubled_columns(form, page), *rows.found], since=_since(form, base)
    )
    for identifier, line in rows.lines.items():
        _Row(form, side, merged, identifier, line, base.get(identifier)).merge()
    for cell in page.beside[:_FEW]:
        merged.found.append(Found(cell.place, "note", _("this column is not known, so it is ignored")))
    return merged


def _missing_columns(form: Form, page: Page) -> list[Found]:
    hint = _("the hidden row 3 holds the names of the columns")
    return [
        Found(
            page.name,
            "warning",
            _("the column `{column}` is missing: nothing is changed there", column=column.heading),
            hint,
        )
        for column in form.columns
        if column.editable and column.name not in page.columns
    ]


def _doubled_columns(form: Form, page: Page) -> list[Found]:
    return [
        Found(
            page.name, "error", _("the column `{column}` is there twice", column=column.heading), _("delete the copy")
        )
        for column in form.columns
        if page.columns.count(column.name) > 1
    ]


def _since(form: Form, base: Mapping[str, Cells]) -> int:
    names = [column.name for column in form.columns if column.part]
    return sum(
        base.get(identifier, {}).get(name, "") != form.values.get(identifier, {}).get(name, "")
        for identifier in {*base, *form.values}
        for name in names
    )


@dataclass
class _Row:
    """A row with what it said at first (`base`, None for a new one) and says now (`theirs`)."""

    form: Form
    side: Side
    merged: Merged
    identifier: str
    line: Line
    base: Cells | None
    theirs: Cells = field(default_factory=dict)

    @property
    def before(self) -> Cells:
        return self.base or {}

    @property
    def ours(self) -> Mapping[str, str]:
        return self.form.values.get(self.identifier, {})

    def merge(self) -> None:
        """Reads all cells; where they can be understood, merges each part."""
        wrong = self._errors()
        for column in self.form.columns:
            cell = self.line.cells.get(column.name)
            if cell is not None and column.part:
                self.theirs[column.name] = self._read(column, cell)
            elif cell is not None and self.base is not None:
                self._computed(column, cell)
        if self._errors() > wrong:
            return
        for part in self.form.parts:
            self._part(part)
        for part in self.form.parts:
            if part.instead:
                self._instead(part)

    def _errors(self) -> int:
        return sum(found.severity == "error" for found in self.merged.found)

    def _say(self, place: str, message: str, hint: str = "") -> None:
        self.merged.found.append(Found(place, "error", message, hint))

    def _place(self, column: Column) -> str:
        cell = self.line.cells.get(column.name)
        return cell.place if cell else self.line.id.place

    # cells

    def _read(self, column: Column, cell: Cell) -> str:
        """The plain form of a cell; what cannot be understood is said, and counts as unchanged."""
        if cell.formula:
            self._say(cell.place, _("a formula cannot be taken over"), _("paste its value in its place"))
        elif cell.error:
            message = _("`{value}` is an error of the spreadsheet", value=as_text(cell.value)[:40])
            self._say(cell.place, message, _("type what is meant"))
        else:
            try:
                return column.kind.read(cell.value)
            except Unclear as unclear:
                self._say(cell.place, unclear.message, unclear.hint)
        return self.before.get(column.name, "")

    def _computed(self, column: Column, cell: Cell) -> None:
        """Says so when somebody changed what is computed."""
        base = self.before.get(COMPUTED + column.name, "")
        try:
            told, was = column.kind.read(cell.value), column.kind.read(column.kind.shown(base))
        except (Unclear, ValueError):
            told, was = as_text(cell.value), base
        if told != was:
            message = _("`{column}` is not filled in here, so it is ignored", column=column.heading)
            self.merged.found.append(Found(cell.place, "warning", message))

    # parts

    def _part(self, part: Part) -> None:
        names = [column.name for column in self.form.columns_of(part.name)]
        edited = [name for name in names if name in self.theirs and self.theirs[name] != self.before.get(name, "")]
        if not edited:
            return
        self.merged.edited += len(edited)
        ours = {name: self.ours.get(name, "") for name in names}
        result = ours | {name: self._decided(self.form.by_name[name]) for name in edited}
        there = self.identifier in self.form.known(part.name)
        if not there and any(self.before.get(name) for name in names):  # taken out of the YAML since
            if self.side != "workbook" or not any(self.theirs.get(name) for name in names):
                return
            result = {name: self.theirs.get(name, "") for name in names}
        if not there and any(result.values()):
            result = {name: told or self.form.by_name[name].default for name, told in result.items()}
        if result != ours:
            self._want(part, result, taken_back=bool(part.head) and f"{part.name}.{part.head}" in edited)

    def _decided(self, column: Column) -> str:
        """What a cell that was changed shall say."""
        base, now, own = (side.get(column.name, "") for side in (self.before, self.theirs, self.ours))
        if own in (base, now) or self.side == "workbook":
            return now
        if self.side == "stop":
            shown = [_shown(column, told) for told in (base, now, own)]
            what = f"{self.identifier}, {column.heading}"
            self.merged.conflicts.append(Conflict(self._place(column), what, *shown))
        return own

    def _want(self, part: Part, result: Cells, *, taken_back: bool) -> None:
        """Notes what an entry shall say, unless something is missing in it."""
        key = (part.name, self.identifier)
        there = self.identifier in self.form.known(part.name)
        emptied = taken_back and there and not result[f"{part.name}.{part.head}"]
        if emptied or not (any(result.values()) or part.bare):
            if part.fixed:
                self._say(self.line.id.place, _("`{id}` cannot be taken out here", id=self.identifier))
            elif there:
                self.merged.wanted[key] = None
                self.merged.places[key] = self.line.id.place
            return
        columns = self.form.columns_of(part.name)
        missing = [column for column in columns if part.needed(column.field) and not result[column.name]]
        headings = ", ".join(column.heading for column in columns)
        for column in missing:
            hint = _("fill it in, or empty all of: {columns}", columns=headings)
            self._say(self._place(column), _("`{column}` is missing", column=column.heading), hint)
        if not missing:
            self.merged.wanted[key] = result
            self.merged.places[key] = self.line.id.place

    def _instead(self, part: Part) -> None:
        """Takes an entry out where another part has one in its place, and brings it back where that is gone."""
        key, other = (part.name, self.identifier), (part.instead, self.identifier)
        wanted = self.merged.wanted
        if other not in wanted:
            return
        names = [column.name for column in self.form.columns_of(part.name)]
        ours = {name: self.ours.get(name, "") for name in names}
        if wanted[other] is None:
            wanted.setdefault(key, ours)
            self.merged.places.setdefault(key, self.line.id.place)
        elif any((wanted.get(key) or ours).values()):
            column = self.form.columns_of(part.instead)[0]
            message = _("`{column}` is only said where the rest of the row stays empty", column=column.heading)
            self._say(self._place(column), message, _("empty one or the other"))
        elif self.identifier in self.form.known(part.name):
            wanted[key] = None
        else:
            wanted.pop(key, None)


def _shown(column: Column, told: str) -> str:
    try:
        value = column.kind.shown(told)
    except ValueError:  # of a hidden sheet that somebody made up
        value = told
    return _("(empty)") if value is None else as_text(value).replace("\n", " / ")
