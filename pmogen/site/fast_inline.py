"""Python-Markdown's search for inline marks, without most of its calls: a text in which a pattern finds nothing needs none.

Nothing is changed in a Python-Markdown that has another such step than the one that is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown.inlinepatterns import InlineProcessor as Mark  # type: ignore[import-untyped]  # it carries no types
from markdown.treeprocessors import InlineProcessor  # type: ignore[import-untyped]  # it carries no types
from markdown.util import AtomicString  # type: ignore[import-untyped]  # it carries no types

from pmogen.site.fast_prints import source_hash

_STEP = "_InlineProcessor__handleInline"
_KNOWN = {
    _STEP: "fe27babc114aed0ad06af7b99ad449f4bcf2cadab8ee03065a61d3a1f85caa5b",
    "_InlineProcessor__applyPattern": "8862b35197c0e6141513cea1ccb124e1d0565027073c8c84795f184ee0387596",
}

Search = Callable[..., Any]


def install() -> None:
    """Takes the place of the step, in this process."""
    if all(source_hash(getattr(InlineProcessor, name, None)) == known for name, known in _KNOWN.items()):
        setattr(InlineProcessor, _STEP, _handle)


def _handle(self: Any, data: Any, number: int = 0) -> Any:
    """The text with placeholders for the marks in it, from the pattern of this number on."""
    if isinstance(data, AtomicString):
        return data
    patterns, searches = _patterns(self)
    start = 0
    while number < len(patterns):
        search = searches[number]
        if search is not None and search(data, start) is None:
            number, start = number + 1, 0
            continue
        data, matched, start = self._InlineProcessor__applyPattern(patterns[number], data, number, start)
        if not matched:
            number += 1
    return data


def _patterns(self: Any) -> tuple[list[Any], list[Search | None]]:
    """The patterns in their order, and how each is searched for: None for one that has to be asked itself."""
    registry = self.inlinePatterns
    if "pmogen_patterns" not in vars(self):
        patterns = list(registry)
        searches = [one.getCompiledRegExp().search if isinstance(one, Mark) else None for one in patterns]
        self.pmogen_patterns = patterns, searches
    known: tuple[list[Any], list[Search | None]] = self.pmogen_patterns
    return known
