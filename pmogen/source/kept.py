"""What a process that reads again and again keeps: results of the last round, each given again while its origin is the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from operator import is_
from typing import Any, TypeVar, cast

T = TypeVar("T")

Name = tuple[Hashable, ...]


@dataclass(frozen=True)
class _Result:
    """What a step gave, what it was made from, and the steps within it."""

    value: Any
    origin: Any
    steps: tuple[Name, ...]


class Kept:
    """Results of steps by name. What is made from the same once more is the same object, not an equal one.

    A round begins with `begin`, which forgets what the round before did not ask for: never more is kept than one round needs.
    """

    def __init__(self) -> None:
        self._results: dict[Name, _Result] = {}
        self._asked: dict[Name, None] = {}

    def begin(self) -> None:
        """Begins another round."""
        asked, waiting = set[Name](), list(self._asked)
        while waiting:
            name = waiting.pop()
            if name not in asked and name in self._results:
                asked.add(name)
                waiting += self._results[name].steps
        self._results = {name: result for name, result in self._results.items() if name in asked}
        self._asked = {}

    def once(self, name: Name, origin: object, make: Callable[[], T]) -> T:
        """What `make` gives, or gave when it was last asked for by this name, if that was from an equal origin.

        Steps that `make` asks for on its way are kept as long as its own result is.
        """
        known = self._results.get(name)
        if known is None or known.origin != origin:
            outside, self._asked = self._asked, {}
            try:
                value = make()
                self._results[name] = known = _Result(value, origin, tuple(self._asked))
            finally:
                self._asked = outside
        self._asked[name] = None
        return cast("T", known.value)  # each name has one kind of value

    def __len__(self) -> int:
        return len(self._results)


class Exactly:
    """A plain value that equals another only when that has the same types, too: 1, 1.0 and true are three values."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exactly) and _is_same(self.value, other.value)

    __hash__ = None  # type: ignore[assignment]  # values are lists and mappings


def _is_same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return one == other if one else repr(one) == repr(other)  # of zeros there are two


class Same:
    """Objects that are the same as others only when each is the very same one."""

    def __init__(self, *objects: object) -> None:
        self.objects = objects

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same) or len(self.objects) != len(other.objects):
            return False
        return all(map(is_, self.objects, other.objects))

    __hash__ = None  # type: ignore[assignment]  # only compared
