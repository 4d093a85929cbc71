"""Files of every kind as plain values: the example's, cut ones that still have every field, changed and generated ones."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from pmogen.model.workspace import CATALOGUE_KINDS
from tests.workspaces import ROOT, parsed

PLACES = {
    "playbook": "content/playbook.yml",
    "foundation": "content/foundation.yml",
    "assessment": "content/assessments/*.yml",
    "decisions": "content/decisions.yml",
    "roadmap": "content/roadmap.yml",
    "plan": "content/plan.yml",
    "scenarios": "content/scenarios.yml",
    "scenarios-plan": "content/scenarios-plan.yml",
    "catalogue": "catalog/**/*.yml",
}


def example_files(kind: str) -> list[Any]:
    """Values of the example's files of a kind."""
    return [parsed(path.read_text("utf-8")) for path in sorted(ROOT.glob(PLACES[kind]))]


def cut_files(kind: str) -> list[dict[str, Any]]:
    """The example's values of a kind, each list cut to entries with a key that none before them has.

    All files are taken as one; of the catalogue each entry is a file of its own.
    """
    joined: dict[str, Any] = {}
    for value in example_files(kind):
        joined |= {
            key: [*joined.get(key, []), *part] if isinstance(part, list) else part for key, part in value.items()
        }
    cut = {key: _cut(part) if isinstance(part, list) else part for key, part in joined.items()}
    if kind != "catalogue":
        return [cut]
    lists = {key: part for key, part in cut.items() if isinstance(part, list)}
    return [{"method": cut["method"]}, *({key: [entry]} for key, part in lists.items() for entry in part)]


def _cut(entries: list[Any]) -> list[Any]:
    kept: list[Any] = []
    known: set[str] = set()
    for entry in entries:
        keys = set(_paths_of_keys(entry))
        if not kept or not keys <= known:
            kept.append(entry)
            known |= keys
    return kept


def _paths_of_keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from (f"{key}.{below}" for below in _paths_of_keys(part))
    elif isinstance(value, list):
        for part in value:
            yield from _paths_of_keys(part)


def first_entries() -> dict[str, dict[str, Any]]:
    """A complete entry of each kind of the catalogue."""
    found: dict[str, dict[str, Any]] = {}
    for value in example_files("catalogue"):
        for kind in CATALOGUE_KINDS:
            if kind in value:
                found.setdefault(kind, value[kind][0])
    return found


Path = tuple[str | int, ...]

OTHERS: tuple[Any, ...] = (
    *(None, "", " ", "text", "a-b", "A b", "a\n", "a\u2028b", "https://example.org/", "https://a\u00a0b", "http:// x"),
    *([], {}, [[]], [None], ["text"], [{}], {"id": "text"}, {"text": None}),
    *(True, False, "true", 0, 1, 2, 3, 5, 6, 100, 101, -1, 10**17, 0.0, 1.0, 1.5, 4.5, 5.1, -0.1, 1e300, "1", "1.5"),
    *("2027-03-31", "2028-02-29", "2027-02-29", "2100-02-29", "2000-02-29", "2027-04-31", "2027-13-01", "0000-01-01"),
    *("2027-3-31", "2027-03-31\n", "2027-03-00", "31.3.2027", "2027-03-31T00:00:00"),
    *("x" * 60, "x" * 61, "x" * 301, "x" * 400, "x" * 401, "x" * 20_000, "x" * 20_001),
)
"""What to put in the place of any value."""


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Paths of all values, the whole file first; of a list only entries that are not like those before them."""
    yield here
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths(part, (*here, key))
    elif isinstance(value, list):
        for part in _cut(value):
            number = next(number for number, entry in enumerate(value) if entry is part)
            yield from paths(part, (*here, number))


def at(value: Any, path: Path) -> Any:
    """The value at a path."""
    for part in path:
        value = value[part]
    return value


def replaced(value: Any, path: Path, other: Any) -> Any:
    """A copy with another value at a path."""
    if not path:
        return other
    head, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {key: replaced(part, rest, other) if key == head else part for key, part in value.items()}
    return [replaced(part, rest, other) if number == head else part for number, part in enumerate(value)]


def changes_at(value: Any, path: Path) -> Iterator[Any]:
    """The file with its value at a path replaced, retyped, emptied, deleted, doubled or renamed."""
    here = at(value, path)
    yield from (replaced(value, path, other) for other in (*OTHERS, [here], {"text": here}, str(here)))
    if isinstance(here, list):
        yield replaced(value, path, {str(number): part for number, part in enumerate(here)})
        yield replaced(value, path, here[::-1])
        yield replaced(value, path, here * 2)
    if isinstance(here, dict):
        yield replaced(value, path, list(here.values()))
        yield replaced(value, path, {**here, "more": 1})
    if not path:
        return
    parent, key = at(value, path[:-1]), path[-1]
    if isinstance(parent, list):
        yield replaced(value, path[:-1], [part for number, part in enumerate(parent) if number != key])
        yield replaced(value, path[:-1], [*parent, copy.deepcopy(here)])
    else:
        yield replaced(value, path[:-1], {name: part for name, part in parent.items() if name != key})
        for name in (f"{key}x", str(key).upper(), f" {key}", "id", "name", "aspect", "service"):
            yield replaced(value, path[:-1], {(name if old == key else old): part for old, part in parent.items()})


def generated(annotation: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values that a field of a model takes, all optional ones coming and going."""
    arguments, origin = get_args(annotation), get_origin(annotation)
    metadata = tuple(
        part for given in metadata for part in (given.metadata if isinstance(given, FieldInfo) else [given])
    )
    if origin is Annotated:
        return generated(arguments[0], (*metadata, *arguments[1:]))
    if origin in (Union, UnionType):
        return st.one_of([generated(part, metadata) for part in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        low = _bound(metadata, "min_length", 0)
        return st.lists(generated(arguments[0]), min_size=low, max_size=_bound(metadata, "max_length", low + 2))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return model(annotation)
    return _scalar(annotation, metadata)


def model(shape: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Values that a model takes."""
    fields = {name: generated(field.annotation, tuple(field.metadata)) for name, field in shape.model_fields.items()}
    needed = {name for name, field in shape.model_fields.items() if field.is_required()}
    return st.fixed_dictionaries(
        {name: fields[name] for name in fields if name in needed},
        optional={name: fields[name] for name in fields if name not in needed},
    )


def _scalar(annotation: type, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if annotation is type(None):
        return st.none()
    if annotation is bool:
        return st.booleans()
    if annotation is dt.date:
        return st.dates().map(dt.date.isoformat)
    if annotation is str:
        form = next((part for part in metadata if isinstance(part, StringConstraints)), StringConstraints())
        if form.pattern:
            return st.from_regex(form.pattern, fullmatch=True).filter(
                lambda text: len(text) <= (form.max_length or 100)
            )
        return st.text(min_size=form.min_length or 0, max_size=30)
    low, high = _bound(metadata, "ge", _bound(metadata, "gt", 0)), _bound(metadata, "le", 1000)
    above = any(hasattr(part, "gt") for part in metadata)
    whole = st.integers(int(low) + above, int(high))
    return whole if annotation is int else whole | st.floats(low, high, exclude_min=above)


def _bound(metadata: tuple[Any, ...], name: str, otherwise: Any) -> Any:
    return next((getattr(part, name) for part in metadata if getattr(part, name, None) is not None), otherwise)
