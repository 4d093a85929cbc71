"""Writes what is wanted of entries down as changes of files, each with the path of its moment."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pmogen.edit import Append, Change, Delete, Put
from pmogen.exchange.workbook.form import Part
from pmogen.model.spoken import spoken_fields

Path = tuple[str | int, ...]


class Pen:
    """Changes so far, and what the files say after them. `main` is the language of texts that name none."""

    def __init__(self, values: Mapping[str, Any], language: str, main: str) -> None:
        self.values = {name: deepcopy(value) if isinstance(value, dict) else {} for name, value in values.items()}
        self.language, self.main = language, main
        self.changes: list[Change] = []

    def set(self, part: Part, identifier: str, said: Mapping[str, Any]) -> None:
        """Gives fields of an entry these values; what is None is taken out. An entry that is not there yet is made."""
        place = self.find(part, identifier)
        order, spoken = tuple(part.model.model_fields), spoken_fields(part.model)
        if place is None:
            entry = {
                name: self._in_language(None, said[name], name in spoken)
                for name in order
                if said.get(name) is not None
            }
            self._add(part, identifier, {part.key: identifier.rpartition("/")[2], **entry})
            return
        entry = self._at(part.file, place)
        for name in (name for name in order if name in said):
            if said[name] is None:
                self._delete(part.file, (*place, name))
            elif name in spoken and isinstance(entry.get(name), dict):
                self._put(part.file, (*place, name, self.language), said[name], ())
            else:
                self._put(
                    part.file, (*place, name), self._in_language(entry.get(name), said[name], name in spoken), order
                )

    def take_out(self, part: Part, identifier: str) -> None:
        """Takes an entry out, and the one around it when nothing else is said there."""
        place = self.find(part, identifier)
        if place is None:
            return
        if len(self._at(part.file, place[:-1])) > 1:
            self._delete(part.file, place)
        elif part.child and self._says_nothing_else(part, place[:-2]):
            self._delete(part.file, place[:-2] if len(self._at(part.file, place[:-3])) > 1 else place[:-3])
        else:
            self._delete(part.file, place[:-1])

    def _says_nothing_else(self, part: Part, place: Path) -> bool:
        """Whether the entry around a list is there for the list alone, and not needed for anything."""
        if part.parent_model is None or part.parent_model.model_fields[part.child].is_required():
            return False
        return set(self._at(part.file, place)) <= {part.parent, part.child}

    def find(self, part: Part, identifier: str) -> Path | None:
        """Where an entry stands now."""
        outer, _slash, inner = identifier.rpartition("/")
        number = _number(
            self.values[part.file].get(part.path), part.parent or part.key, outer if part.child else identifier
        )
        if number is None or not part.child:
            return None if number is None else (part.path, number)
        entries = self.values[part.file][part.path][number].get(part.child)
        position = _number(entries, part.key, inner)
        return None if position is None else (part.path, number, part.child, position)

    def _add(self, part: Part, identifier: str, entry: Mapping[str, Any]) -> None:
        root = self.values[part.file]
        if not part.child:
            order = tuple(type(part.root).model_fields)
            self._append(part.file, (part.path,), entry, _alike(root.get(part.path), part, entry), order)
            return
        outer = identifier.rpartition("/")[0]
        number = _number(root.get(part.path), part.parent, outer)
        if number is None:
            order = tuple(type(part.root).model_fields)
            self._append(part.file, (part.path,), {part.parent: outer, part.child: [entry]}, None, order)
        else:
            order = tuple(part.parent_model.model_fields) if part.parent_model else ()
            self._append(part.file, (part.path, number, part.child), entry, None, order)

    def _append(
        self, file: str, path: Path, entry: Mapping[str, Any], after: int | None, order: tuple[str, ...] = ()
    ) -> None:
        entries = self._at(file, path[:-1]).get(path[-1])
        if not entries:
            self._put(file, path, [dict(entry)], order)
            return
        self.changes.append(Append(file, path, dict(entry), after))
        entries.insert(len(entries) if after is None else after + 1, dict(entry))

    def _put(self, file: str, path: Path, value: Any, order: tuple[str, ...]) -> None:
        self.changes.append(Put(file, path, value, order))
        self._at(file, path[:-1])[path[-1]] = deepcopy(value)

    def _delete(self, file: str, path: Path) -> None:
        above = self._at(file, path[:-1])
        if isinstance(above, dict) and path[-1] not in above:
            return
        self.changes.append(Delete(file, path))
        del above[path[-1]]

    def _at(self, file: str, path: Path) -> Any:
        found = self.values[file]
        for part in path:
            found = found[part]
        return found

    def _in_language(self, written: Any, value: Any, spoken: bool) -> Any:
        """The value as it is written: in a language of its own beside what other languages say."""
        if not spoken:
            return value
        if isinstance(value, list):
            known = {_said(one, self.language, self.main): one for one in written or () if isinstance(one, str | dict)}
            return [known.get(one, self._in_language(None, one, True)) for one in value]
        if self.language == self.main:
            return value
        return {**({self.main: written} if isinstance(written, str) else {}), self.language: value}


def _said(text: str | Mapping[str, str], language: str, main: str) -> str:
    if isinstance(text, str):
        return text
    return next((text[code] for code in (language, main) if code in text), next(iter(text.values())))


def _number(entries: Any, key: str, identifier: str) -> int | None:
    if not isinstance(entries, list):
        return None
    return next(
        (n for n, entry in enumerate(entries) if isinstance(entry, dict) and entry.get(key) == identifier), None
    )


def _alike(entries: Any, part: Part, entry: Mapping[str, Any]) -> int | None:
    """The last entry with the same decision, where entries have one: a new one goes behind it."""
    if part.head != "decision" or not entries:
        return None
    alike = [number for number, other in enumerate(entries) if other.get(part.head) == entry.get(part.head)]
    return alike[-1] if alike else None
