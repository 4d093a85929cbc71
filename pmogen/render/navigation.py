"""build/playbook.yml: what mkdocs.yml inherits. Themes do not escape titles, so they are escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import yaml

from pmogen.render.markdown import one_line
from pmogen.render.page import Nav

DOCS = "build/playbook"
"""Folder of the emitted Markdown, below the workspace root."""


def navigation(title: str, entries: Iterable[Nav]) -> str:
    """The text of build/playbook.yml."""
    settings = {"site_name": _escaped(title), "docs_dir": DOCS, "nav": [_entry(entry) for entry in entries]}
    dumped: str = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=10_000)
    return f"# Written by pmogen: do not edit, change content/ instead.\n{dumped}"


def _entry(entry: Nav) -> dict[str, Any]:
    if not entry.children:
        return {_escaped(entry.title): entry.path}
    own: list[Any] = [entry.path] if entry.path else []
    return {_escaped(entry.title): own + [_entry(child) for child in entry.children]}


def _escaped(title: str) -> str:
    return html.escape(one_line(title))
