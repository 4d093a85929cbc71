"""A workbook that came back, as changes of the YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from pmogen.edit import Change
from pmogen.exchange.workbook.form import Cells, Form, Part
from pmogen.exchange.workbook.identify import Found
from pmogen.exchange.workbook.merge import Conflict, Merged, Side, merge
from pmogen.exchange.workbook.pen import Path, Pen
from pmogen.exchange.workbook.read import Returned
from pmogen.exchange.workbook.sheets import SHEETS
from pmogen.language import _
from pmogen.model.decisions import Entity
from pmogen.model.workspace import Workspace


@dataclass(frozen=True)
class Entry:
    """An entry of a file that a row changes: its place in the workbook, and its path once everything is written."""

    place: str
    file: str
    path: Path


@dataclass(frozen=True)
class Taken:
    """What a workbook changes, and everything there is to say about it."""

    changes: tuple[Change, ...]
    found: tuple[Found, ...]
    conflicts: tuple[Conflict, ...]
    entries: tuple[Entry, ...]
    edited: int
    since: int

    @property
    def broken(self) -> bool:
        """Whether something has to be mended before anything can be written."""
        return bool(self.conflicts) or any(found.severity == "error" for found in self.found)


def take(returned: Returned, workspace: Workspace, written: Mapping[str, Any], side: Side = "stop") -> Taken:
    """What a workbook changes in a workspace, which was read in the language of the workbook.

    `written` are the values of the YAML files by name. Both sides changed the same cell: that is a conflict, unless `side`
    says whose word counts.
    """
    found: list[Found] = [
        Found(title, "error", _("this sheet is in the workbook twice"), _("delete the copy"))
        for title in returned.twice
    ]
    told = _as_assessed(workspace, returned, found)
    pen = Pen(written, returned.state.language, workspace.settings.language)
    merged: list[Merged] = []
    forms: list[Form] = []
    for sheet in SHEETS:
        base = returned.state.base.get(sheet.name)
        if base is None:
            continue
        form = sheet.form(told)
        page = returned.pages.get(sheet.name)
        if page is None:
            found.append(Found(form.tab, "warning", _("the sheet is missing: nothing is changed there")))
            continue
        own = merge(form, base, page, side)
        merged.append(own)
        forms.append(form)
        if sheet.name == "units":
            told = _with_new_units(told, own)
    found += _strange(returned)
    for form, own in zip(forms, merged, strict=True):
        found += own.found
        _write(pen, form, own)
    entries = _entries(pen, forms, merged)
    conflicts = tuple(conflict for own in merged for conflict in own.conflicts)
    edited, since = sum(own.edited for own in merged), sum(own.since for own in merged)
    return Taken(tuple(pen.changes), tuple(found), conflicts, entries, edited, since)


def _as_assessed(workspace: Workspace, returned: Returned, found: list[Found]) -> Workspace:
    """The workspace with the assessment that the workbook is about as its newest."""
    names = [dated.name for dated in workspace.assessments]
    wanted = returned.state.assessment
    if wanted not in names:
        message = _("the workbook is about the assessment {name}, which is not there any more", name=wanted)
        found.append(Found(_("Assessment"), "error", message, _("export the workbook anew")))
        return workspace
    if wanted != names[-1]:
        message = _("the workbook is about the assessment {name}, and there is a newer one", name=wanted)
        found.append(Found(_("Assessment"), "warning", message, _("what was filled in goes to the older one")))
    return replace(workspace, assessments=workspace.assessments[: names.index(wanted) + 1])


def _strange(returned: Returned) -> Iterable[Found]:
    """Sheets that claim to be one of ours."""
    known = [sheet.name for sheet in SHEETS]
    for name, page in returned.pages.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = _("did you mean `{near}`?", near=near[0]) if near else ""
            yield Found(page.name, "warning", _("this sheet is not known, so it is ignored"), hint)


def _with_new_units(workspace: Workspace, merged: Merged) -> Workspace:
    """The workspace with the units that the workbook adds, so that hand-offs can name them."""
    known = {entity.id for entity in workspace.decisions.entities}
    new = [
        Entity(id=identifier, name=cells["unit.name"], description=cells["unit.description"])
        for (_part, identifier), cells in merged.wanted.items()
        if cells and identifier not in known
    ]
    decisions = workspace.decisions.model_copy(update={"entities": (*workspace.decisions.entities, *new)})
    return replace(workspace, decisions=decisions) if new else workspace


def _write(pen: Pen, form: Form, merged: Merged) -> None:
    """What is wanted of a form, as changes: fields first, then what is taken out, in the order of the sheet."""
    for (name, identifier), cells in merged.wanted.items():
        if cells is not None:
            part = form.part(name)
            pen.set(part, identifier, _fields(form, part, identifier, cells))
    for (name, identifier), cells in merged.wanted.items():
        if cells is None:
            pen.take_out(form.part(name), identifier)


def _fields(form: Form, part: Part, identifier: str, cells: Cells) -> dict[str, Any]:
    """Values for YAML by field; only those that differ, for an entry that is there."""
    ours = form.values.get(identifier, {})
    there = identifier in form.known(part.name)
    return {
        column.field: column.kind.plain(cells[column.name]) if cells[column.name] else None
        for column in form.columns_of(part.name)
        if column.name in cells and (not there or cells[column.name] != ours.get(column.name, ""))
    }


def _entries(pen: Pen, forms: Iterable[Form], merged: Iterable[Merged]) -> tuple[Entry, ...]:
    found = []
    for form, own in zip(forms, merged, strict=True):
        for (name, identifier), place in own.places.items():
            part = form.part(name)
            path = pen.find(part, identifier)
            if path is not None:
                found.append(Entry(place, part.file, path))
    return tuple(found)
