"""Systematic damage to YAML values: what a slip, a bad merge or a broken tool does to a file."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[str | int, ...]
Mutation = tuple[str, Path, Any]
"""What was done, where, and the damaged document."""


def places_in(value: Any, path: Path = ()) -> Iterator[Path]:
    """Paths of all values below a document, parents first."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from places_in(entry, (*path, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from places_in(entry, (*path, number))


def _delete(parent: Any, part: str | int) -> None:
    del parent[part]


def _duplicate(parent: Any, part: str | int) -> None:
    if isinstance(parent, list):
        parent.insert(int(part), copy.deepcopy(parent[int(part)]))
    else:
        parent[f"{part}-again"] = copy.deepcopy(parent[part])


def _rename(parent: Any, part: str | int) -> None:
    if isinstance(parent, dict):
        parent[str(part)[:-1] + "x"] = parent.pop(part)


def _reverse(parent: Any, part: str | int) -> None:
    value = parent[part]
    if isinstance(value, list):
        value.reverse()
    elif isinstance(value, dict):
        parent[part] = dict(reversed(value.items()))
    elif isinstance(value, str):
        parent[part] = value[::-1]


def _set(value: Any) -> Callable[[Any, str | int], None]:
    def replace(parent: Any, part: str | int) -> None:
        parent[part] = copy.deepcopy(value)

    return replace


DAMAGE: dict[str, Callable[[Any, str | int], None]] = {
    "delete": _delete,
    "duplicate": _duplicate,
    "rename": _rename,
    "reverse": _reverse,
    "null": _set(None),
    "text": _set("x"),
    "empty text": _set(""),
    "odd text": _set("\u202e<script>alert(1)</script> {{ 7*7 }} | [x](javascript:alert(1))\n\n# y"),
    "long text": _set("x" * 30_000),
    "number": _set(7),
    "minus": _set(-1),
    "zero": _set(0),
    "huge number": _set(10**17),
    "fraction": _set(0.1),
    "true": _set(True),
    "list": _set([]),
    "nested list": _set([[["x"]]]),
    "mapping": _set({}),
    "mapping with id": _set({"id": "x"}),
}


def mutations_of(document: Any) -> Iterator[Mutation]:
    """Every damage at every place of a document."""
    for path in places_in(document):
        for name, damage in DAMAGE.items():
            yield name, path, damaged(document, path, damage)


def damaged(document: Any, path: Path, damage: Callable[[Any, str | int], None]) -> Any:
    """A copy of the document with one damage at one place."""
    changed = copy.deepcopy(document)
    parent = changed
    for part in path[:-1]:
        parent = parent[part]
    damage(parent, path[-1])
    return changed
