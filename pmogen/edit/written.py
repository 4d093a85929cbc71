"""Values as YAML text, in the style of the file that they are written into."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmogen.source.text import SourceText
from pmogen.source.yaml import parse_yaml

WIDTH = 118
"""Longer lines are folded."""

Lines = list[str]

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_UNFIT = re.compile(r"^[^\S\n]|[^\S\n]$|[^\S \n]|\A\n|\n\Z", re.MULTILINE)
"""What keeps a text of several lines from standing as it is."""
_UNEVEN = re.compile(r"^\s|\s$|\s\s|[^\S ]")


@dataclass(frozen=True)
class Style:
    """How far a file indents: a mapping in a mapping, the dash of a list in a mapping, and an entry behind its dash."""

    step: int = 2
    dash: int = 2
    behind_dash: int = 2

    def entry(self, key: str, value: Any, column: int) -> Lines:
        """`key: value` as lines, the key in this column."""
        head = f"{' ' * column}{_key(key)}:"
        first, rest = self.value(value, column, WIDTH - len(head) - 1)
        return [f"{head} {first}" if first else head, *rest]

    def mapping(self, value: Mapping[str, Any], column: int) -> Lines:
        """All entries of a mapping, from this column on."""
        return [line for key, inner in value.items() for line in self.entry(key, inner, column)]

    def item(self, value: Any, column: int) -> Lines:
        """An entry of a list, its dash in this column."""
        head, inside = f"{' ' * column}-{' ' * (self.behind_dash - 1)}", column + self.behind_dash
        if isinstance(value, Mapping) and value:
            lines = self.mapping(value, inside)
            return [head + lines[0][inside:], *lines[1:]]
        first, rest = self.value(value, inside, WIDTH - inside)
        return [head + first, *rest] if first else [head + flow(value)]

    def value(self, value: Any, column: int, room: int, like: str | None = None) -> tuple[str, Lines]:
        """What stands behind `key:`, and the lines that follow; `like` is the quotation mark that the old value had."""
        if isinstance(value, Mapping) and value:
            return "", self.mapping(value, column + self.step)
        if _is_list(value):
            short = flow(value)
            if not any(isinstance(item, Mapping) for item in value) and len(short) <= room:
                return short, []
            return "", [line for item in value for line in self.item(item, column + self.dash)]
        if isinstance(value, str):
            return _text(value, column + self.step, room, like)
        return flow(value), []


def flow(value: Any) -> str:
    """The value on one line, as it may stand within brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if _is_list(value):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, str):
        return value if _reads_back(f"[{value}]", [value]) else _quoted(value)
    return _bare(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _text(text: str, column: int, room: int, like: str | None) -> tuple[str, Lines]:
    plain = _reads_back(f"k: {text}", {"k": text})
    single = "'" + text.replace("'", "''") + "'"
    if "\n" in text and not _UNFIT.search(text):
        return "|-", [f"{' ' * column}{line}".rstrip() for line in text.split("\n")]
    if like == "'" and len(single) <= room and "\n" not in text:
        return single, []
    if like == '"' and len(_quoted(text)) <= room:
        return _quoted(text), []
    if len(text) > room and not _UNEVEN.search(text):
        return ">-", [" " * column + line for line in _folded(text, WIDTH - column)]
    return (text if plain else _quoted(text)), []


def _folded(text: str, width: int) -> Lines:
    """The words of a text on lines; a word that is longer than a line has one of its own."""
    lines: Lines = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) and _reads_back(f"{key}: 1", {key: 1}) else _quoted(key)


def _bare(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if value == int(value) else repr(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _reads_back(yaml: str, value: Any) -> bool:
    """Whether the text means just this, and surprises nobody."""
    document, found = parse_yaml(SourceText("", yaml))
    return not found and bool(document.value == value)
