"""Python-Markdown's search for the beginnings of blocks, without most of it: a text that lacks a few characters has none.

Each block of a page is asked whether it is of each kind. Nothing is changed for a kind that is searched for by another pattern
than the one that is known.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import blockprocessors  # type: ignore[import-untyped]  # it carries no types
from markdown.extensions import admonition  # type: ignore[import-untyped]  # it carries no types
from pymdownx import blocks, details  # type: ignore[import-untyped]  # it carries no types

BEGINNINGS: tuple[tuple[Any, str, str, str], ...] = (
    (
        *(admonition.AdmonitionProcessor, "RE", "!!!"),
        r'(?:^|\n)!!! ?([\w\-]+(?: +[\w\-]+)*)(?: +"(.*?)")? *(?:\n|$)',
    ),
    (
        *(details.DetailsProcessor, "START", "???"),
        r'(?:^|\n)\?{3}(\+)? ?(?:([\w\-]+(?: +[\w\-]+)*?)?(?: +"(.*?)")|([\w\-]+(?: +[\w\-]+)*?)) *(?:\n|$)',
    ),
    (
        *(blocks, "RE_START", "///"),
        r"(?:^|\n)[ ]{0,3}(/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?(?:\n|$)",
    ),
    (
        *(blockprocessors.HashHeaderProcessor, "RE", "#"),
        r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)",
    ),
    (
        *(blockprocessors.BlockQuoteProcessor, "RE", ">"),
        r"(^|\n)[ ]{0,3}>[ ]?(.*)",
    ),
)
"""Where the pattern of a kind is, what it finds nothing without, and the pattern."""


class Beginning:
    """A pattern that looks first whether there can be anything to find."""

    def __init__(self, pattern: re.Pattern[str], needed: str) -> None:
        self._pattern = pattern
        self._search = pattern.search
        self._needed = needed

    def search(self, text: str) -> re.Match[str] | None:
        """In place of the pattern's own."""
        return self._search(text) if self._needed in text else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)


def install() -> None:
    """Takes the place of the patterns, in this process."""
    for holder, name, needed, known in BEGINNINGS:
        pattern = getattr(holder, name, None)
        if isinstance(pattern, re.Pattern) and pattern.pattern == known and pattern.flags == re.UNICODE:
            setattr(holder, name, Beginning(pattern, needed))
