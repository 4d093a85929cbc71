"""build/playbook.yml: what mkdocs.yml inherits. Themes do not escape titles, so they are escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from pmogen.render.markdown import one_line
from pmogen.render.page import Nav
from pmogen.render.tree import Tree
from pmogen.render.yaml_text import dumped

DOCS = Tree().docs
"""Folder of the emitted Markdown of the main language, below the workspace root."""


def navigation(
    title: str, entries: Iterable[Nav], look: Mapping[str, Any] | None = None, tree: Tree | None = None
) -> str:
    """The text of build/playbook.yml, or of its like for another tree; `look` are settings of the theme, escaped already."""
    text = dumped(settings(title, entries, look, tree))
    return f"# Written by pmogen: do not edit, change content/ instead.\n{text}"


def settings(
    title: str, entries: Iterable[Nav], look: Mapping[str, Any] | None = None, tree: Tree | None = None
) -> Mapping[str, Any]:
    """What that file says."""
    nav = [_entry(entry) for entry in entries]
    tree = tree or Tree()
    return {"site_name": escaped(title), "docs_dir": tree.docs, **_over(tree, look or {}), "nav": nav}


def _over(tree: Tree, look: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the tree and those of the look, with what both say about the theme."""
    own = tree.settings()
    theme = {**own.get("theme", {}), **look.get("theme", {})}
    return {**own, **look, **({"theme": theme} if theme else {})}


def _entry(entry: Nav) -> dict[str, Any]:
    if not entry.children:
        return {escaped(entry.title): entry.path}
    own: list[Any] = [entry.path] if entry.path else []
    return {escaped(entry.title): own + [_entry(child) for child in entry.children]}


def escaped(title: str) -> str:
    """A title for themes, which do not escape."""
    return html.escape(one_line(title))
