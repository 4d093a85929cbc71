"""Python-Markdown's search for inline marks, without most of its calls: a text in which a pattern finds nothing needs none.

Nothing is changed in a Python-Markdown that has another such step than the one that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
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

_BEGIN = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": "`",
    r"\\(.)": "\\",
    r"(?<!\!)\[": "[",
    r"\!\[": "[",
    "<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>": "<",
    "<([^<> !]+@[^@<> ]+)>": "<",
    r"  \n": "\n",
    r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)": "&",
    r"\*|_": "*_",
}
"""By pattern: the characters of which it finds nothing without one."""

Search = Callable[..., Any]


def install() -> None:
    """Takes the place of the step, in this process."""
    if all(source_hash(getattr(InlineProcessor, name, None)) == known for name, known in _KNOWN.items()):
        setattr(InlineProcessor, _STEP, _handle)


@dataclass(frozen=True)
class _Marks:
    """The patterns in their order, and how each is searched for: None for one that has to be asked itself."""

    patterns: list[Any]
    searches: list[Search | None]
    any_of_them: Search
    """Finds something in each text in which one of the patterns does."""


def _handle(self: Any, data: Any, number: int = 0) -> Any:
    """The text with placeholders for the marks in it, from the pattern of this number on."""
    marks = _marks(self)
    if isinstance(data, AtomicString) or marks.any_of_them(data) is None:
        return data
    patterns, searches = marks.patterns, marks.searches
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


def _marks(self: Any) -> _Marks:
    if "pmogen_marks" not in vars(self):
        patterns = list(self.inlinePatterns)
        found = [one.getCompiledRegExp() if isinstance(one, Mark) else None for one in patterns]
        begins = [None if one is None else _BEGIN.get(one.pattern) for one in found]
        characters = "".join(one for one in begins if one is not None)
        anything = re.compile("" if None in begins else f"[{re.escape(characters)}]")
        self.pmogen_marks = _Marks(patterns, [None if one is None else one.search for one in found], anything.search)
    marks: _Marks = self.pmogen_marks
    return marks
