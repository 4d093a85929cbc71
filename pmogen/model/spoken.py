"""Texts for people in a model, as they stand in their file: in one language, or in several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from pmogen.diagnostics import Span
from pmogen.model.base import Spoken

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Untranslated:
    """A text that is missing in a language of the site."""

    language: str
    span: Span


def texts_for_people(read: BaseModel, value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every text of a model that may be given in several languages: its path, and what was written there."""
    for name in type(read).model_fields:
        if isinstance(value, Mapping) and name in value:
            spoken = name in spoken_fields(type(read))
            yield from _below(getattr(read, name), value[name], (*path, name), spoken=spoken)


def _below(read: Any, written: Any, path: Path, *, spoken: bool) -> Iterator[tuple[Path, Any]]:
    if isinstance(read, BaseModel):
        yield from texts_for_people(read, written, path)
    elif isinstance(read, tuple) and isinstance(written, Sequence):
        for number, (entry, own) in enumerate(zip(read, written, strict=False)):
            yield from _below(entry, own, (*path, number), spoken=spoken)
    elif spoken and isinstance(read, str):
        yield path, written


@cache
def spoken_fields(model: type[BaseModel]) -> frozenset[str]:
    """Fields that hold texts for people, or lists of them."""
    fields = model.model_fields.items()
    return frozenset(name for name, field in fields if _is_spoken(field.annotation, tuple(field.metadata)))


def _is_spoken(annotation: Any, metadata: tuple[Any, ...] = ()) -> bool:
    if any(isinstance(mark, Spoken) for mark in metadata):
        return True
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _is_spoken(arguments[0], arguments[1:])
    return any(_is_spoken(part) for part in arguments)
