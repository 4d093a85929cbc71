"""Layers: entries with the same id laid over each other, each field keeping the place it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pmogen.diagnostics import Diagnostic, Related, Span
from pmogen.language import _
from pmogen.source.yaml import Document


@dataclass(frozen=True)
class Origin:
    """Where a value stands: a document and the path in it."""

    document: Document
    path: tuple[str | int, ...]

    def span(self, *path: str | int, key: bool = False) -> Span:
        """The place of a value below this one."""
        return self.document.span((*self.path, *path), key=key)


@dataclass(frozen=True)
class Entry:
    """An entry of the catalogue, merged: its fields, and the entry of a layer that each field came from."""

    identifier: str
    values: Mapping[str, Any]
    origins: Mapping[str, Origin] = field(compare=False)
    first: Origin = field(compare=False)

    def span(self, *path: str | int, key: bool = False) -> Span:
        """The place of a field, or of the entry."""
        if path and isinstance(path[0], str) and path[0] in self.origins:
            return self.origins[path[0]].span(*path, key=key and len(path) == 1)
        return self.first.span()


Layer = tuple[str, tuple[Document, ...]]


@dataclass(frozen=True)
class Laid:
    """Entries of one kind over all layers, and where ids were taken away with `ignore`."""

    entries: tuple[Entry, ...]
    ignored: Mapping[str, Span]
    diagnostics: tuple[Diagnostic, ...]


def lay(kind: str, layers: Iterable[Layer]) -> Laid:
    """Entries of one kind over all layers, lowest first, in the order in which ids first appear.

    An entry with a new id adds; one with a known id changes the fields it names; `ignore: true` with a
    `reason` takes it away. The same id twice in one layer is an error (PMO010).
    """
    merged: dict[str, Entry] = {}
    ignored: dict[str, Span] = {}
    found: list[Diagnostic] = []
    for _name, documents in layers:
        in_this_layer: dict[str, Origin] = {}
        for origin, values in _listed(kind, documents, found):
            identifier = values.get("id")
            if not isinstance(identifier, str):
                found.append(
                    _wrong(
                        origin.span(), _("an entry of `{kind}` has no id", kind=kind), _("add `id:` with a short name")
                    )
                )
                continue
            if identifier in in_this_layer:
                first = Related(_("the other one"), in_this_layer[identifier].span("id"))
                found.append(
                    _wrong(
                        origin.span("id"), _("the id `{id}` is given twice", id=identifier), _("rename one"), (first,)
                    )
                )
                continue
            in_this_layer[identifier] = origin
            if values.get("ignore") is True:
                ignored[identifier] = origin.span("ignore", key=True)
            else:
                ignored.pop(identifier, None)
            _lay_one(merged, identifier, values, origin, found)
    return Laid(tuple(merged.values()), ignored, tuple(found))


def _listed(
    kind: str, documents: tuple[Document, ...], found: list[Diagnostic]
) -> Iterable[tuple[Origin, Mapping[str, Any]]]:
    for document in documents:
        if not isinstance(document.value, dict) or kind not in document.value:
            continue
        entries = document.value[kind]
        if not isinstance(entries, list):
            place = document.span((kind,))
            found.append(
                _wrong(place, _("`{kind}` must be a list of entries", kind=kind), _("start each entry with `- id:`"))
            )
            continue
        for number, entry in enumerate(entries):
            origin = Origin(document, (kind, number))
            if isinstance(entry, dict):
                yield origin, entry
            else:
                found.append(
                    _wrong(
                        origin.span(), _("an entry of `{kind}` must have keys", kind=kind), _("start it with `- id:`")
                    )
                )


def _lay_one(
    merged: dict[str, Entry], identifier: str, values: Mapping[str, Any], origin: Origin, found: list[Diagnostic]
) -> None:
    known = merged.get(identifier)
    if values.get("ignore") is True:
        if known is None:
            near = get_close_matches(identifier, sorted(merged), 1)
            hint = _("did you mean `{near}`?", near=near[0]) if near else _("check the id")
            found.append(
                _wrong(origin.span("id"), _("`{id}` is ignored but no lower layer has it", id=identifier), hint)
            )
        if not isinstance(values.get("reason"), str) or not values["reason"].strip():
            found.append(
                _wrong(origin.span(), _("`{id}` is ignored without a reason", id=identifier), _("add `reason:`"))
            )
        merged.pop(identifier, None)
        return
    own = dict.fromkeys(values, origin)
    if known is None:
        merged[identifier] = Entry(identifier, dict(values), own, origin)
    else:
        merged[identifier] = Entry(identifier, {**known.values, **values}, {**known.origins, **own}, known.first)


def _wrong(place: Span, message: str, hint: str, related: tuple[Related, ...] = ()) -> Diagnostic:
    return Diagnostic("PMO010", "error", message, place, hint, related)
