"""What a PMO can do, as a facilitator opens the talk about services: a page that can be shown slide by slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.analysis.gaps import Gap
from pmogen.language import _
from pmogen.model.catalogue import Dimension, Service
from pmogen.render.book import Book
from pmogen.render.page import Page
from pmogen.render.pages.service_groups import service_groups

A_SLIDE = 6
"""So many services fit on one slide and can still be read from the last row."""


@dataclass(frozen=True)
class Shown:
    """A service on a slide, with the gaps it would help to close, the most pressing first."""

    service: Service
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Slide:
    """Services of one dimension and tier; `part` of `parts` where they need more than one slide."""

    dimension: Dimension
    tier: str
    services: tuple[Shown, ...]
    part: int
    parts: int


def shown(book: Book, service: Service) -> Shown | None:
    """The service, when it would close a part of a gap here."""
    candidate = book.candidate(service.id)
    if candidate is None:
        return None
    gaps = (gap for aspect, _closes in candidate.closes if (gap := book.gap(aspect)) is not None)
    return Shown(service, tuple(sorted(gaps, key=lambda gap: gap.rank)))


def slides(book: Book) -> Iterator[Slide]:
    """The services that help with the gaps found, by dimension, basic ones before advanced ones."""
    for group in service_groups(book):
        for tier, services in (("basic", group.basic), ("advanced", group.advanced)):
            found = [entry for service in services if (entry := shown(book, service)) is not None]
            parts = [tuple(found[start : start + A_SLIDE]) for start in range(0, len(found), A_SLIDE)]
            for number, part in enumerate(parts, 1):
                yield Slide(group.dimension, tier, part, number, len(parts))


def presentation_page(book: Book) -> Page:
    """The page; scripts make slides of its sections, without them it reads from top to bottom."""
    return Page(
        "services/presentation.md",
        _("What a PMO can do"),
        "pages/services/presentation.md.j2",
        lambda: {"slides": tuple(slides(book)), "others": len(book.playbook.choice.not_applicable)},
        book.files_of("services"),
        _("What a PMO can do, filtered to the gaps found here: to open the talk about products and services."),
        ("toc",),
    )
