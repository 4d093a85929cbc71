"""What was edited, in words: the thing, what of it, before and now."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import takewhile
from typing import Any

from pmogen.analysis.trace import in_words
from pmogen.diff.changes import Kind
from pmogen.diff.edits import Edit
from pmogen.diff.facts import COMPUTED
from pmogen.diff.fields import entry_word, field_word
from pmogen.diff.names import Names, short
from pmogen.diff.tables import Row, Table, Telling, is_edited_only
from pmogen.diff.words import NONE
from pmogen.language import _, ngettext, spoken
from pmogen.model.terms import KINDS, word
from pmogen.model.workspace import CATALOGUE_KINDS

FEW = 8
"""Edits up to which they are listed before anything else."""
_LONGEST = 160
_WHOLE = 320
_AROUND = 40
"""Letters before the first difference of two long texts that are told."""
_COUNTED = frozenset({"answers", "pages", "documents"})
"""Parts of which only lines are counted."""
_KINDS_OF_LISTS = {
    "accepted_gaps": "aspects",
    "alternatives": "services",
    "answers": "questions",
    "background": "waves",
    "black_outs": "waves",
    "deadlines": "services",
    "expects": "benefits",
    "groups": "audiences",
    "launched": "services",
    "left_out": "aspects",
    "lifts": "aspects",
    "not_before": "services",
    "pins": "services",
    "progress": "services",
    "people": "audiences",
    "team": "roles",
}
"""Kinds of the things by whose ids entries of a list are named, where the list is called otherwise."""
_KINDS_OF_FIELDS = {
    "accountable": "roles",
    "aspect": "aspects",
    "aspects": "aspects",
    "audience": "audiences",
    "benefits": "benefits",
    "consulted": "roles",
    "dimension": "dimensions",
    "entity": "entities",
    "expected": "waves",
    "informed": "roles",
    "question": "questions",
    "requires": "services",
    "requires_same_wave": "services",
    "responsible": "roles",
    "role": "roles",
    "service": "services",
    "services": "services",
    "templates": "templates",
    "wave": "waves",
}
"""Kinds of the things that a field names."""
_WORDS_OF_FIELDS = {
    "decision": ("decision",),
    "influence": ("influence",),
    "load": ("load",),
    "priority": ("size",),
    "stance": ("stance",),
    "state": ("state", "post"),
    "status": ("status",),
}
_NAMING = ("title", "name", "term", "topic", "role", "objective", "benefit", "step", "measure")
"""Fields that name a thing of which no side knows the name."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def edits_table(telling: Telling) -> Table:
    """What was edited, line by line, and how much follows from it."""
    columns: tuple[str, ...] = (_("About"), _("What"), _("Before"), _("Now"), _("What follows"), _("Line"))
    follows = _following(telling)
    rows = tuple(
        Row(
            (
                *about(edit, telling.names),
                *before_and_now(edit, telling.names),
                _follows(follows[edit]),
                f"{edit.place.file}:{edit.place.line}",
            ),
            (telling.number(edit),),
        )
        for edit in telling.edits
    )
    if not telling.comparison.is_traced:
        columns, rows = _without(columns, rows, 4)
    return Table("edits", _("What was edited"), columns, rows, is_detail=len(rows) > FEW)


def _following(telling: Telling) -> Mapping[Edit, set[tuple[Kind, str]]]:
    """The things that are computed otherwise because of each edit, by kind and id."""
    found: dict[Edit, set[tuple[Kind, str]]] = {edit: set() for edit in telling.edits}
    for change in telling.comparison.changes:
        if change.key.kind in COMPUTED and not is_edited_only(change):
            for cause in change.causes:
                found.get(cause, set()).add((change.key.kind, change.key.id))
    return found


def _follows(things: set[tuple[Kind, str]]) -> str:
    """What follows, counted."""
    counts = Counter(kind for kind, _identifier in things)
    said = (
        ngettext("{count} gap", "{count} gaps", counts["gap"]) if counts["gap"] else "",
        ngettext("{count} launch", "{count} launches", counts["launch"]) if counts["launch"] else "",
        ngettext("{count} group of people", "{count} groups of people", counts["load"]) if counts["load"] else "",
        ngettext("{count} level to come", "{count} levels to come", counts["projected"]) if counts["projected"] else "",
    )
    return ", ".join(filter(None, said)) or (_("details") if things else _("nothing computed"))


def _without(columns: tuple[str, ...], rows: tuple[Row, ...], number: int) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The table less one column."""
    cut = tuple(Row((*row.cells[:number], *row.cells[number + 1 :]), row.edits, row.importance) for row in rows)
    return (*columns[:number], *columns[number + 1 :]), cut


def about(edit: Edit, names: Names) -> tuple[str, str]:
    """The thing that was edited by its name, and what of it."""
    path = tuple(map(str, edit.path))
    if edit.part in _COUNTED:
        return path[0], _("Rows") if edit.part == "answers" else _("Text")
    if edit.part in CATALOGUE_KINDS:
        kind, identifier, *rest = edit.part, *path
    elif len(path) > 1 and _is_list(edit.part, path[0]):
        kind, identifier, *rest = path
    else:
        return _part(edit.part), ": ".join(map(field_word, path)) or _("File")
    name = names(_KINDS_OF_LISTS.get(kind, kind), identifier)
    if name == identifier and not rest:
        name = _own_name(edit) or name
    return name, _fields(kind, rest, names)


def _is_list(part: str, name: str) -> bool:
    """Whether what stands under this key is a list of things, not a group of fields."""
    return part not in ("method", "playbook") and name != "culture_change"


def _fields(kind: str, rest: list[str], names: Names) -> str:
    """What of an entry: its fields, entries of lists in it by their names."""
    if not rest:
        return entry_word(kind)
    return ": ".join(_steps(kind, rest, names))


def _steps(kind: str, rest: list[str], names: Names) -> Iterator[str]:
    before = ""
    for step in rest:
        listed = _KINDS_OF_LISTS.get(before, before)
        if before and (name := names(listed, step)) != step:
            yield name
        else:
            yield _("No. {number}", number=step) if step.isdecimal() else field_word(step, kind)
        before = step


def _part(part: str) -> str:
    """A file of the workspace as people call it."""
    folder, slash, day = part.partition("/")
    if slash and folder == "assessments":
        return _("Assessment of {day}", day=_spoken(day))
    return {
        "decisions": _("Decisions"),
        "foundation": _("Foundation"),
        "method": _("Method"),
        "playbook": _("This playbook"),
        "roadmap": _("Roadmap"),
        "scenarios": _("Scenarios"),
    }.get(part, part.replace("-", " "))


def _own_name(edit: Edit) -> str:
    value = edit.new if edit.new is not None else edit.old
    found = (value.get(name) for name in _NAMING) if isinstance(value, dict) else ()
    return next((short(text, 80) for text in found if isinstance(text, str)), "")


def before_and_now(edit: Edit, names: Names) -> tuple[str, str]:
    """What stood and what stands there; of long texts the piece that differs."""
    if edit.part in _COUNTED:
        counts = (None if side is None else int(str(side)) for side in (edit.old, edit.new))
        return tuple(NONE if count is None else _lines(count) for count in counts)  # type: ignore[return-value]  # two of them
    field = str(edit.path[-1]) if edit.path else ""
    if edit.path[:1] == ("hand_offs",) and len(edit.path) == 2 and None in (edit.old, edit.new):
        return (NONE, _("new")) if edit.old is None else (_("gone"), NONE)  # the table of hand-offs says it
    old, new = (_value(field, side, names) for side in (edit.old, edit.new))
    return excerpts(old, new) if edit.old is not None and edit.new is not None else (old, new)


def _lines(count: int) -> str:
    return ngettext("{count} line", "{count} lines", count)


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts, or where they are long, the pieces from shortly before the first difference."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    begin = max(0, same - _AROUND)
    begin = old.rfind(" ", 0, begin) + 1 if begin else 0
    cut = ("…" if begin else "") + "{}"
    return short(cut.format(old[begin:]), _LONGEST), short(cut.format(new[begin:]), _LONGEST)


def _value(field: str, value: Any, names: Names) -> str:
    """A value of a file as people read it."""
    if value is None:
        return NONE
    if isinstance(value, dict):
        return short("; ".join(_parts(field, value, names)), _WHOLE) or _("there")
    if isinstance(value, list):
        return _list(field, value, names)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return in_words(Fraction(str(value)), 4)
    return _text(field, str(value), names)


def _list(field: str, value: list[Any], names: Names) -> str:
    if all(isinstance(entry, str) for entry in value):
        return "; ".join(_text(field, entry, names) for entry in value) or NONE
    return ngettext("{count} entry", "{count} entries", len(value))


def _text(field: str, value: str, names: Names) -> str:
    for kind in _WORDS_OF_FIELDS.get(field, ()):
        if value in KINDS[kind]():
            return word(kind, value)
    if field in _KINDS_OF_FIELDS:
        return names(_KINDS_OF_FIELDS[field], value)
    return _spoken(value)


def _spoken(text: str) -> str:
    """The text on one line; a day as people say it."""
    if _DAY.fullmatch(text):
        try:
            return spoken().day(dt.date.fromisoformat(text))
        except ValueError:
            return text
    return " ".join(text.split())


def _parts(field: str, value: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Fields of a whole entry: `Unit: IT operations`. What names it is said beside, but not of a whole file."""
    named = next((name for name in _NAMING if field and name in value), "")
    for name, part in value.items():
        if name not in ("id", named) and part is not None:
            yield _(
                "{field}: {value}", field=field_word(str(name)), value=short(_value(str(name), part, names), _LONGEST)
            )
