"""The charts that pmogen wrote, read again when a site builder puts them into pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PAGES = "build/playbook"
"""The folder of the pages, below the workspace, which builders are started in."""
PAGES_VARIABLE = "PMOGEN_PAGES"
"""Names another folder, while pages in another language are built."""
BELOW = "assets/charts"
"""Where charts are below the pages."""
CHARTS = f"{PAGES}/{BELOW}"

MAX_BYTES = 1_000_000

_noted: list[dict[str, str | None]] = []
_given: list[Callable[[str], str | None]] = []


@contextmanager
def charts_read() -> Iterator[dict[str, str | None]]:
    """The charts that are read meanwhile, by name."""
    _noted.append({})
    try:
        yield _noted[-1]
    finally:
        _noted.pop()


@contextmanager
def charts_from(read: Callable[[str], str | None]) -> Iterator[None]:
    """Meanwhile charts are those that `read` gives by their name, not those on disk."""
    _given.append(read)
    try:
        yield
    finally:
        _given.pop()


def read_chart(name: str) -> str | None:
    """The text of a chart by its file name; None where there is none, or something else stands in its place."""
    text = _given[-1](name) if _given else _read(name)
    for noted in _noted:
        noted[name] = text
    return text


def _read(name: str) -> str | None:
    path = Path(os.environ.get(PAGES_VARIABLE, PAGES), BELOW, name)
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
