"""The sections of the site, in the order of the navigation.

A section is a module with `pages(book)`, which yields its pages, and `nav(book)`, which yields its entries
of the navigation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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

SECTIONS = {
    "": home,
    "foundation": foundation,
    "assessment": assessment,
    "gaps": gaps,
    "services": services,
    "hand-offs": hand_offs,
    "roadmap": roadmap,
    "knowledge": catalogue,
    "method": method,
    "more": hand_written,
}
"""Sections by the name that hand-written pages call them by."""


def all_pages(book: Book) -> Iterator[Page]:
    """Every page of the site."""
    for section in SECTIONS.values():
        yield from section.pages(book)


def all_nav(book: Book) -> Iterator[Nav]:
    """The whole navigation; hand-written pages that name a section stand at its end."""
    for name, section in SECTIONS.items():
        own = hand_written.under(book, name) if name else ()
        for entry in section.nav(book):
            yield replace(entry, children=entry.children + own) if own else entry
