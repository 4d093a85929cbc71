"""YAML as PyYAML writes it, without asking PyYAML about each of many texts that can only be read as texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

_WIDTH = 10_000
_LONGEST_KEY = 100
_TEXT = re.compile(r"[A-Za-z]\w*(:?) (?:[\w ,.;/()&?\u2013\u2019-]|&#)*[\w.)?]")
"""Two words or more, and no sign that means something in YAML; but for a colon after the first, which asks for quotes."""
_WORD_OR_PATH = re.compile(r"[A-Z][a-z]{5,}|[a-z][a-z0-9-]*(?:/[a-z0-9-]+)*\.md")
"""A word that is longer than any which means something, or the path of a page."""


def dumped(values: Mapping[str, Any]) -> str:
    """A mapping as a block, its keys in their order."""
    return "".join(_entry(key, value) for key, value in values.items())


def _entry(key: str, value: Any) -> str:
    text = _scalar(value) if isinstance(value, str) else None
    if text is not None and len(text) < _WIDTH:
        return f"{key}: {text}\n"
    lines = _nested(value, "") if _is_tree(value) else None
    return _by_pyyaml({key: value}) if lines is None else f"{key}:\n{lines}"


def _by_pyyaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text


def _scalar(text: str) -> str | None:
    """The text as it stands in YAML; None where that is not known without PyYAML."""
    if _WORD_OR_PATH.fullmatch(text):
        return text
    found = _TEXT.fullmatch(text)
    return found and (f"'{text}'" if found[1] else text)


def _is_tree(value: Any) -> bool:
    """A list of entries of a navigation: paths, or a title with a path or such a list."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _nested(entries: Sequence[Any], indent: str) -> str | None:
    lines = list(_lines(entries, indent))
    return None if None in lines else "".join(line for line in lines if line is not None)


def _lines(entries: Sequence[Any], indent: str) -> Iterator[str | None]:
    """Lines of a navigation; None where PyYAML has to be asked about all of it."""
    for entry in entries:
        if isinstance(entry, str):
            path = _scalar(entry)
            yield path and f"{indent}- {path}\n"
            continue
        if len(entry) != 1:
            yield None
            continue
        ((title, below),) = entry.items()
        key = _key(title)
        if isinstance(below, str):
            path = _scalar(below)
            yield key and path and f"{indent}- {key}: {path}\n"
        elif below:
            yield key and f"{indent}- {key}:\n"
            yield from _lines(below, f"{indent}  ")
        else:
            yield None


def _key(title: str) -> str | None:
    if not title or len(title) > _LONGEST_KEY:
        return None
    text = _by_pyyaml({title: 0}).removesuffix(": 0\n") if _scalar(title) is None else _scalar(title)
    return None if text is None or "\n" in text or text.startswith("? ") else text
