"""Which entry a row is about: rows are known by the id in column A, wherever they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from pmogen.exchange.workbook.form import Cells, Form
from pmogen.exchange.workbook.kinds import Choice, Unclear, as_text
from pmogen.exchange.workbook.read import Line, Page
from pmogen.language import _
from pmogen.model.base import ID_PATTERN

Severity = Literal["error", "warning", "note"]
_LONGEST = 60
_SHOWN = 60


@dataclass(frozen=True)
class Found:
    """Something about the workbook that people should know: where, how bad, what, and what to do about it."""

    place: str
    severity: Severity
    message: str
    hint: str = ""


@dataclass
class Rows:
    """The rows of a sheet by id, and what is wrong with ids."""

    form: Form
    base: Mapping[str, Cells]
    page: Page
    lines: dict[str, Line] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        for line in self.page.lines:
            identifier = self._identifier(line)
            if identifier is not None:
                self.lines[identifier] = line
        self.found += self._gone()

    def _gone(self) -> Iterator[Found]:
        for identifier in self.base:
            if identifier not in self.lines:
                message = _("the row of `{id}` is missing: nothing is changed there", id=identifier)
                yield Found(self.page.name, "note", message)

    @property
    def _known(self) -> set[str]:
        return {*self.base, *self.form.values}

    def _wrong(self, line: Line, message: str, hint: str = "") -> None:
        self.found.append(Found(line.id.place, "error", message, hint))

    def _identifier(self, line: Line) -> str | None:
        """The id of a line; None when it is none, or stands there a second time."""
        text = as_text(line.id.value)
        if line.id.formula or line.id.error:
            self._wrong(line, _("an id cannot be computed"), _("paste it as a value"))
        elif not text:
            return self._made(line)
        elif text in self.lines:
            first = self.lines[text].id.place
            message = _("`{id}` stands here a second time, first in {place}", id=text[:_SHOWN], place=first)
            self._wrong(line, message, _("keep one of the two rows"))
        elif text in self._known:
            return text
        else:
            return self._unknown(line, text)
        return None

    def _unknown(self, line: Line, text: str) -> str | None:
        """An id that is not known: a new entry where there can be some, else a slip."""
        near = get_close_matches(text, sorted(self._known), 1)
        there = {as_text(other.id.value) for other in self.page.lines}
        if not self.form.spare or (near and near[0] not in there):
            hint = _("did you mean `{near}`?", near=near[0]) if near else _("rows cannot be added to this sheet")
            self._wrong(line, _("there is no `{id}`", id=text[:_SHOWN]), hint)
            return None
        if not self._is_id(text):
            hint = _("use small letters, digits and hyphens, or leave it empty")
            self._wrong(line, _("`{id}` is no id for a new row", id=text[:_SHOWN]), hint)
            return None
        self.found.append(Found(line.id.place, "note", _("new: `{id}`", id=text)))
        return text

    def _is_id(self, text: str) -> bool:
        outer, slash, inner = text.rpartition("/")
        parents = self.form.new_parents
        fits = outer in parents.labels if isinstance(parents, Choice) else not slash
        return fits and len(inner) <= _LONGEST and bool(re.fullmatch(ID_PATTERN, inner))

    def _made(self, line: Line) -> str | None:
        """An id for a row that has none, from its first text."""
        if not self.form.spare:
            hint = _("rows cannot be added to this sheet; put the id back")
            self._wrong(line, _("this row has no id"), hint)
            return None
        above = self._parent(line)
        first = next((line.cells.get(column.name) for column in self.form.columns if column.part), None)
        made = slug(as_text(first.value) if first else "")
        if above is None:
            return None
        if not made:
            self._wrong(line, _("this row has no id, and no text to make one of"))
            return None
        taken = {*self._known, *self.lines}
        numbers = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
        identifier = next(name for number in numbers if (name := f"{above}{made}{number}") not in taken)
        self.found.append(Found(line.id.place, "note", _("new: `{id}`", id=identifier)))
        return identifier

    def _parent(self, line: Line) -> str | None:
        """The first half of an id of two, from the cell where it is chosen; empty where ids have none."""
        column = next((column for column in self.form.columns if column.new_only), None)
        if column is None:
            return ""
        cell = line.cells.get(column.name)
        try:
            chosen = column.kind.read(cell.value) if cell else ""
        except Unclear as unclear:
            self.found.append(Found(cell.place if cell else line.id.place, "error", unclear.message, unclear.hint))
            return None
        if not chosen:
            place = cell.place if cell else line.id.place
            message, hint = _("`{column}` is missing", column=column.heading), _("choose from the list in the cell")
            self.found.append(Found(place, "error", message, hint))
            return None
        return f"{chosen}/"


def slug(text: str) -> str:
    """An id from the first words of a text.

    >>> slug("Größe der Lücke, neu bewerten & mehr")
    'groesse-der-luecke-neu-bewerten'
    """
    text = text.lower()
    for sign, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("æ", "ae"), ("ø", "oe"), ("ł", "l")):
        text = text.replace(sign, plain)
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", folded)[:5])[:50].strip("-")
