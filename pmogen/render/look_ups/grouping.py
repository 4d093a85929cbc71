"""Entries by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


def by(entries: Iterable[T], attribute: str) -> dict[str, T]:
    return {getattr(entry, attribute): entry for entry in entries}


def first(entries: Iterable[T], attribute: str) -> dict[str, T]:
    """The same, of several the first."""
    found: dict[str, T] = {}
    for entry in entries:
        found.setdefault(getattr(entry, attribute), entry)
    return found


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """What belongs to each key, in order."""
    found: dict[K, list[T]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}
