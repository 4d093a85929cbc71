"""The sections of the site, in the order of the navigation.

A section is a module with `pages(book)`, which yields its pages, and `nav(book)`, which yields its entries
of the navigation.
"""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.render.book import Book
from pmogen.render.page import Nav, Page
from pmogen.render.pages import (
    assessment,
    catalogue,
    foundation,
    gaps,
    hand_offs,
    hand_written,
    home,
    method,
    roadmap,
    services,
)

SECTIONS = (home, foundation, assessment, gaps, services, hand_offs, roadmap, catalogue, method, hand_written)


def all_pages(book: Book) -> Iterator[Page]:
    """Every page of the site."""
    for section in SECTIONS:
        yield from section.pages(book)


def all_nav(book: Book) -> Iterator[Nav]:
    """The whole navigation."""
    for section in SECTIONS:
        yield from section.nav(book)
