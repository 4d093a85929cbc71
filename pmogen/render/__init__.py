"""A playbook becomes Markdown, charts and navigation: the only place that knows Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pmogen.playbook import Playbook
from pmogen.render.assets import Templates
from pmogen.render.draft import Draft, drafted
from pmogen.render.tree import Tree

__all__ = ("Draft", "Rendered", "drafted", "render")


@dataclass(frozen=True)
class Rendered:
    """The emitted files: path below the workspace root to their full content."""

    files: Mapping[str, str | bytes]


def render(
    playbook: Playbook,
    templates: Templates,
    commit: str | None = None,
    tree: Tree | None = None,
    data: Callable[[], str] | None = None,
    *,
    offered: Mapping[str, Callable[[], bytes]] | None = None,
) -> Rendered:
    """Everything a site builder needs: Markdown pages, charts, assets, data, the theme's overrides and the navigation.

    What it takes is as for `drafted`, which gives single files.
    """
    return Rendered(drafted(playbook, templates, commit, tree, data, offered=offered).files())
