"""What people edited: values of the workspace's files that differ, entry by entry, wherever an entry stands in its file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pmogen.diagnostics import Span
from pmogen.model.load import Loaded
from pmogen.source.files import Sources
from pmogen.source.kept import Exactly
from pmogen.source.layers import Entry, Origin
from pmogen.source.yaml import Document

Path = tuple[str | int, ...]

GENERATED = frozenset({"plan", "scenarios-plan"})
"""Files in content/ that a command writes: what differs in them follows from other edits."""
_NAMES = ("id", "question", "service", "aspect", "audience", "wave", "rule", "role", "group", "who", "date")
"""Keys by which an entry of a list is known again, the first that all entries have and that tells them apart."""


@dataclass(frozen=True)
class Edit:
    """A value that differs. `part` is the file's part of the workspace or the kind of the catalogue, `path` the way to it.

    Entries of lists are named by what identifies them: `("aspects", "pm-skills", "target")`. A side where there is no
    such value has no place. Of answers, pages and documents only the number of lines is told, never the lines.
    """

    part: str
    path: Path
    old: Any
    new: Any
    old_place: Span | None
    new_place: Span | None

    def __hash__(self) -> int:
        return hash((self.part, self.path))

    @property
    def place(self) -> Span:
        """Where people can look at it: as it is now, or as it was."""
        place = self.new_place or self.old_place
        return place if place is not None else Span(self.part)

    def mirrored(self) -> Edit:
        """The same from the other side."""
        return Edit(self.part, self.path, self.new, self.old, self.new_place, self.old_place)


@dataclass(frozen=True)
class Edited:
    """An edit, and the places on each side that belong to it.

    `at` are the starts of the value and of the entries it stands in; `within` are the lines, first and last by file, of a
    value that came or went as a whole.
    """

    edit: Edit
    at: frozenset[tuple[str, int, int]]
    within: tuple[tuple[str, int, int], ...]

    def holds(self, place: Span) -> bool:
        """True when the place belongs to the edit."""
        if (place.file, place.line, place.column) in self.at:
            return True
        return any(place.file == name and first <= place.line <= last for name, first, last in self.within)


@dataclass(frozen=True)
class _Value:
    """A value on one side with the way to its place."""

    origin: Origin | Entry
    path: Path
    value: Any

    def below(self, step: str | int, value: Any) -> _Value:
        return _Value(self.origin, (*self.path, step), value)

    @property
    def span(self) -> Span:
        return self.origin.span(*self.path)

    @property
    def lines(self) -> tuple[str, int, int]:
        """File, first and last line."""
        place = self.span
        if isinstance(self.origin, Entry):
            field = str(self.path[0]) if self.path else ""
            origin = self.origin.origins.get(field)
            first = self.origin.first
            document, path = (origin.document, (*origin.path, *self.path)) if origin else (first.document, first.path)
        else:
            document, path = self.origin.document, (*self.origin.path, *self.path)
        return place.file, place.line, max(place.line, document.last_line(path))


def edits_between(old: tuple[Sources, Loaded], new: tuple[Sources, Loaded]) -> tuple[Edited, ...]:
    """All edits, in the order of parts and paths."""
    found = (
        *_contents(old[1], new[1]),
        *_catalogue(old[1], new[1]),
        *_methods(old[1], new[1]),
        *_plain(old[0], new[0]),
    )
    return tuple(sorted(found, key=lambda edited: (edited.edit.part, [str(step) for step in edited.edit.path])))


def _contents(old: Loaded, new: Loaded) -> Iterator[Edited]:
    """Files of content/."""
    before, after = (
        {name: origin for name, origin in side.places.contents.items() if name != "method"} for side in (old, new)
    )
    for part in sorted({*before, *after}):
        sides = (_whole(before.get(part)), _whole(after.get(part)))
        if not _same_text(before.get(part), after.get(part)):
            yield from _compared(part, (), *sides)


def _whole(origin: Origin | None) -> _Value | None:
    return None if origin is None else _Value(origin, (), origin.document.value)


def _same_text(old: Origin | None, new: Origin | None) -> bool:
    return old is not None and new is not None and old.document.source.text == new.document.source.text


def _catalogue(old: Loaded, new: Loaded) -> Iterator[Edited]:
    """Entries of the catalogue, its layers laid over each other."""
    for kind in sorted({*old.places.entries, *new.places.entries}):
        before, after = old.places.entries.get(kind, {}), new.places.entries.get(kind, {})
        for identifier in sorted({*before, *after}):
            sides = (_entry(before.get(identifier)), _entry(after.get(identifier)))
            yield from _compared(kind, (identifier,), *sides)


def _entry(entry: Entry | None) -> _Value | None:
    return None if entry is None else _Value(entry, (), dict(entry.values))


def _methods(old: Loaded, new: Loaded) -> Iterator[Edited]:
    """What the layers of the catalogue say about the method; what the playbook changes of it is in its own file."""
    for name in sorted({*old.documents, *new.documents}):
        sides = (_method(old.documents.get(name)), _method(new.documents.get(name)))
        yield from _compared("method", (), *sides)


def _method(document: Document | None) -> _Value | None:
    if document is None or document.name.startswith("content/") or not isinstance(document.value, dict):
        return None
    if "method" not in document.value:
        return None
    return _Value(Origin(document, ("method",)), (), document.value["method"])


def _plain(old: Sources, new: Sources) -> Iterator[Edited]:
    """Files that are no YAML: answers, hand-written pages, documents of the catalogue."""
    for name in sorted({*old.files, *new.files}):
        before, after = old.files.get(name), new.files.get(name)
        if before == after or name.endswith((".yml", ".yaml")):
            continue
        kind = "answers" if name.endswith(".csv") else "pages" if name.startswith("content/pages/") else "documents"
        lines = [None if raw is None else raw.decode("utf-8", "replace").splitlines() for raw in (before, after)]
        first = _first_difference(lines[0] or [], lines[1] or [])
        places = [None if told is None else Span(name, max(1, min(first, len(told)))) for told in lines]
        counts = [None if told is None else len(told) for told in lines]
        edit = Edit(kind, (name,), counts[0], counts[1], places[0], places[1])
        yield Edited(edit, frozenset(), ((name, 1, max(count or 1 for count in counts)),))


def _first_difference(old: list[str], new: list[str]) -> int:
    return next(
        (number for number, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b), min(len(old), len(new)) + 1
    )


def _compared(part: str, named: Path, old: _Value | None, new: _Value | None) -> Iterator[Edited]:
    """Edits of a value and all below it."""
    if old is None or new is None:
        if old is not new:
            yield _edited(part, named, old, new)
    elif _same(old.value, new.value):
        return
    elif isinstance(old.value, dict) and isinstance(new.value, dict):
        for key in dict.fromkeys((*old.value, *new.value)):
            before, after = (side.below(key, side.value[key]) if key in side.value else None for side in (old, new))
            yield from _compared(part, (*named, key), before, after)
    elif isinstance(old.value, list) and isinstance(new.value, list) and _is_entries(old.value, new.value):
        for name, before, after in _paired(old, new):
            yield from _compared(part, (*named, name), before, after)
    else:
        yield _edited(part, named, old, new)


def _same(old: Any, new: Any) -> bool:
    """Whether two values are the same: 1 and true are not, 1 and 1.0 are."""
    if isinstance(old, dict | list) or isinstance(old, bool) != isinstance(new, bool):
        return Exactly(old) == Exactly(new)
    return bool(old == new)


def _is_entries(old: list[Any], new: list[Any]) -> bool:
    return all(isinstance(entry, dict) for entry in (*old, *new))


def _paired(old: _Value, new: _Value) -> Iterator[tuple[str | int, _Value | None, _Value | None]]:
    """Entries of two lists that are the same one, by what identifies them, otherwise by their likeness and place."""
    key = next((name for name in _NAMES if _tells_apart(name, old.value) and _tells_apart(name, new.value)), None)
    if key is None:
        yield from _by_likeness(old, new)
        return
    before, after = (
        {str(entry[key]): side.below(place, entry) for place, entry in enumerate(side.value)} for side in (old, new)
    )
    for name in dict.fromkeys((*before, *after)):
        yield name, before.get(name), after.get(name)


def _tells_apart(key: str, entries: list[dict[str, Any]]) -> bool:
    names = [str(entry[key]) for entry in entries if isinstance(entry.get(key), str | int)]
    return len(names) == len(entries) == len(set(names))


def _by_likeness(old: _Value, new: _Value) -> Iterator[tuple[int, _Value | None, _Value | None]]:
    texts = [[json.dumps(entry, sort_keys=True, default=str) for entry in side.value] for side in (old, new)]
    for what, a, b, c, d in SequenceMatcher(a=texts[0], b=texts[1], autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for step in range(max(b - a, d - c)):
            before = old.below(a + step, old.value[a + step]) if a + step < b else None
            after = new.below(c + step, new.value[c + step]) if c + step < d else None
            yield (c if after else a) + step + 1, before, after


def _edited(part: str, named: Path, old: _Value | None, new: _Value | None) -> Edited:
    sides = [side for side in (old, new) if side is not None]
    edit = Edit(
        part,
        named,
        None if old is None else old.value,
        None if new is None else new.value,
        None if old is None else old.span,
        None if new is None else new.span,
    )
    at = frozenset((span.file, span.line, span.column) for side in sides for span in _above(side))
    whole = [side for side in sides if len(sides) == 1 or isinstance(side.value, dict | list)]
    return Edited(edit, at, tuple(side.lines for side in whole))


def _above(side: _Value) -> Iterable[Span]:
    """The place of a value, and of the entries around it, but not of the whole file."""
    places = [side.span]
    around = (length for length in range(1, len(side.path)) if isinstance(side.path[length], str))
    places += [side.origin.span(*side.path[:length]) for length in around]
    if isinstance(side.origin, Entry):
        places.append(side.origin.span())
    return places


def by_part(edits: Iterable[Edited]) -> Mapping[str, tuple[Edited, ...]]:
    """Edits by their part."""
    found: dict[str, tuple[Edited, ...]] = {}
    for edited in edits:
        found[edited.edit.part] = (*found.get(edited.edit.part, ()), edited)
    return found
