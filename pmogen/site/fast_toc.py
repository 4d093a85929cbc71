"""Contents of pages and links to anchors, as plain values that can be kept, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs.structure.toc import AnchorLink, TableOfContents

PlainLink = list[Any]
"""Title, anchor, level and the links below."""


def plain_contents(toc: Any) -> list[PlainLink]:
    """The contents of a page."""
    return [_plain(link) for link in toc]


def contents(links: list[PlainLink]) -> Any:
    """As MkDocs has them."""
    made = [_link(*link) for link in links]
    if made:
        made[0].active = True
    return TableOfContents(made)


def of_token(token: dict[str, Any]) -> PlainLink:
    """A heading as Python-Markdown tells it."""
    return [token["name"], token["id"], token["level"], [of_token(child) for child in token["children"]]]


def plain_anchors(found: Mapping[Any, Mapping[str, str]]) -> list[Any]:
    """The anchors that a page leads to, with the links themselves, by the file they are in."""
    return [[file.src_uri, [list(link) for link in links.items()]] for file, links in found.items()]


def _plain(link: Any) -> PlainLink:
    return [link.title, link.id, link.level, [_plain(child) for child in link.children]]


def _link(title: str, anchor: str, level: int, children: list[PlainLink]) -> Any:
    link = AnchorLink(title, anchor, level)
    link.children = [_link(*child) for child in children]
    return link
