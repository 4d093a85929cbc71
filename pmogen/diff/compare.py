"""From two sides to the changes between them, with their causes and with how much they matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args

from pmogen.diff.causes import Causes
from pmogen.diff.changes import Change, Importance, Key, Kind, Value
from pmogen.diff.edits import GENERATED, Edit, Edited, edits_between
from pmogen.diff.facts import KINDS_FROM_EDITS, LAST
from pmogen.diff.names import Names
from pmogen.diff.side import Side

_KIND_OF_PART: Mapping[str, Kind] = {
    **KINDS_FROM_EDITS,
    "method": "method",
    "foundation": "foundation",
    "decisions": "decision",
    "roadmap": "wave",
    "playbook": "playbook",
    "scenarios": "plan",
    "answers": "level",
}
"""Under which kind an edit is told that changes no fact."""
_BETTER_FROM_EDITS = frozenset({"catalogue", "method"})
"""Kinds that are told by what was edited where that is known."""
_ORDER = {kind: number for number, kind in enumerate(get_args(Kind))}


@dataclass(frozen=True)
class Comparison:
    """What differs between two states of a playbook, the most important first.

    `edits` are what people changed in the files, `changes` what the playbook says otherwise because of it. Without
    sources on both sides there are no edits and no causes.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    names: Names = field(repr=False)

    @property
    def is_traced(self) -> bool:
        """Whether causes could be looked for."""
        return all(side.sources is not None and side.playbook is not None for side in (self.old, self.new))

    def following(self, edit: Edit) -> tuple[Change, ...]:
        """The changes that an edit leads to."""
        return tuple(change for change in self.changes if edit in change.causes)


def compare(old: Side, new: Side) -> Comparison:
    """The comparison of two sides. While one has mistakes, only what was edited is compared."""
    edited: tuple[Edited, ...] = ()
    if old.sources and old.loaded and new.sources and new.loaded:
        edited = edits_between((old.sources, old.loaded), (new.sources, new.loaded))
    edits = tuple(entry.edit for entry in edited)
    differing = dict(_differing(old, new)) if old.document and new.document else {}
    moved = [key.id for key in differing if key.kind == "launch"]
    if edited and old.playbook and new.playbook:
        causes = Causes(old, new, edited, moved)
        differing = {key: values for key, values in differing.items() if key.kind not in _BETTER_FROM_EDITS}
        changes = [
            Change(key, *values, importance_of(key, *values), causes.of(key)) for key, values in differing.items()
        ]
    else:
        changes = [Change(key, *values, importance_of(key, *values)) for key, values in differing.items()]
    changes += _edited_only(edits, changes)
    return Comparison(old, new, tuple(sorted(changes, key=_order)), edits, Names.of(old, new))


def _order(change: Change) -> tuple[int, int, Key]:
    return -change.importance, _ORDER[change.key.kind], change.key


def _differing(old: Side, new: Side) -> Iterator[tuple[Key, tuple[Value, Value]]]:
    before, after = old.facts, new.facts
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield key, (before.get(key), after.get(key))


def _edited_only(edits: tuple[Edit, ...], changes: list[Change]) -> Iterator[Change]:
    """Edits that are changes of their own: of the catalogue, the method and pages, and whatever changes no fact."""
    known = {cause for change in changes for cause in change.causes}
    for edit in edits:
        kind = "method" if _is_of_method(edit) else _KIND_OF_PART.get(edit.part, "target")
        if edit.part in GENERATED or (edit in known and edit.part not in KINDS_FROM_EDITS and kind != "method"):
            continue
        first, *rest = [str(step) for step in edit.path] or [edit.part]
        computes = kind == "method" and not isinstance(edit.new if edit.new is not None else edit.old, str)
        importance: Importance = 2 if computes or (edit.part == "services" and not rest) else 1
        yield Change(
            Key(kind, f"{edit.part}/{first}", ".".join(rest)), _shown(edit.old), _shown(edit.new), importance, (edit,)
        )


def _is_of_method(edit: Edit) -> bool:
    """Whether it is about the method, in the catalogue or where the playbook changes it."""
    return edit.part == "method" or (edit.part == "playbook" and edit.path[:1] == ("method",))


def _shown(value: object) -> Value:
    """A value as a fact: words as they are, what has parts only as being there."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return str(value)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    return "…"


_URGENT_BANDS = {"full", "over"}
_ASKS_SOMETHING = {"asked", "due", "entity", "status", "contact"}
_IMPORTANT: Mapping[tuple[Kind, str], Importance] = {
    ("closing", "how"): 2,
    ("decision", "decision"): 3,
    ("gap", "amount"): 2,
    ("gap", "size"): 2,
    ("launch", "wave"): 2,
    ("launch", "pinned"): 2,
    ("level", "current"): 2,
    ("load", "band"): 2,
    ("load", "black_out"): 2,
    ("plan", "conflicts"): 3,
    ("plan", "state"): 3,
    ("playbook", "notice"): 2,
    ("playbook", "title"): 2,
    ("target", "target"): 2,
    ("wave", "starts"): 2,
    ("wave", "ends"): 2,
}
"""Facts that are no detail."""
_ALWAYS_IMPORTANT = frozenset({"priority", "acceptance", "method", "customer", "foundation"})


def importance_of(key: Key, old: Value, new: Value) -> Importance:
    """How much a change asks of people, the same in both directions."""
    if _is_urgent(key, {old, new}):
        return 3
    if key.kind in _ALWAYS_IMPORTANT or (key.kind == "projected" and key.wave == LAST):
        return 2
    return _IMPORTANT.get((key.kind, key.field), 2 if key.kind == "wave" and None in (old, new) else 1)


def _is_urgent(key: Key, sides: set[Value]) -> bool:
    """Whether somebody has to act: more than people can take, something asked of others, a service that comes or goes."""
    if key.kind == "load":
        return key.field == "band" and bool(_URGENT_BANDS & sides)
    if key.kind == "hand-off":
        return None in sides or key.field in _ASKS_SOMETHING
    named = {("launch", "wave"): None, ("gap", "size"): "H", ("closing", "how"): "open"}
    return (key.kind, key.field) in named and named[key.kind, key.field] in sides
