"""Hand-offs: what the PMO cannot close and asks of others, with one page for each unit that is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pmogen.analysis.gaps import Gap
from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.model.catalogue import Aspect
from pmogen.model.decisions import Entity, HandOff
from pmogen.render.book import Book
from pmogen.render.look_ups.customers import Expected
from pmogen.render.page import Nav, Page
from pmogen.render.pages.assessment import LevelCard, aspect_view, level_cards
from pmogen.render.pages.gaps import around
from pmogen.render.pages.service import expectations

SETTLED = ("done", "refused")


@dataclass(frozen=True)
class Why:
    """A gap behind a hand-off in plain words: what the levels of today and of the target mean."""

    gap: Gap
    aspect: Aspect
    today: tuple[LevelCard, ...]
    target: tuple[LevelCard, ...]
    beyond: bool


@dataclass(frozen=True)
class HandOffView:
    """A hand-off with the gaps it helps to close, the customers behind it, and whether it is late."""

    hand_off: HandOff
    gaps: tuple[Gap, ...]
    expected: tuple[Expected, ...]
    overdue: bool
    whys: tuple[Why, ...]


@dataclass(frozen=True)
class EntityView:
    """A unit outside the PMO with what it is asked for, the earliest due first."""

    entity: Entity
    hand_offs: tuple[HandOffView, ...]

    @property
    def waiting(self) -> tuple[HandOffView, ...]:
        """What is still to be done or answered."""
        return tuple(entry for entry in self.hand_offs if entry.hand_off.status not in SETTLED)

    @property
    def first_due(self) -> dt.date | None:
        """The first day on which something is due that is not late already."""
        return next((entry.hand_off.due for entry in self.waiting if not entry.overdue), None)


def why_of(book: Book, gap: Gap) -> Why | None:
    """The gap in plain words."""
    aspect = book.aspect(gap.aspect)
    if aspect is None:
        return None
    cards = level_cards(book, aspect_view(book, aspect))
    return Why(gap, aspect, around(cards, gap.current), around(cards, gap.target), aspect.pmo_can_close == "not")


def hand_off_view(book: Book, hand_off: HandOff) -> HandOffView:
    """The hand-off; it is late when its day has passed on the day the playbook stands for."""
    late = hand_off.due < book.settings.as_of and hand_off.status not in SETTLED
    gaps = tuple(gap for aspect in hand_off.aspects if (gap := book.gap(aspect)) is not None)
    whys = tuple(why for gap in gaps if (why := why_of(book, gap)) is not None)
    return HandOffView(hand_off, gaps, expectations(book, hand_off.aspects), late, whys)


def entity_view(book: Book, entity: Entity) -> EntityView:
    """The unit with its hand-offs."""
    return EntityView(entity, tuple(hand_off_view(book, entry) for entry in book.hand_offs_of(entity.id)))


def spans(book: Book, entity: str) -> tuple[Span, ...]:
    """Where the unit and its hand-offs stand."""
    entities, hand_offs = enumerate(book.decisions.entities), enumerate(book.decisions.hand_offs)
    own = tuple(book.span("decisions", "entities", number) for number, entry in entities if entry.id == entity)
    return own + tuple(
        book.span("decisions", "hand_offs", number) for number, entry in hand_offs if entry.entity == entity
    )


def pages(book: Book) -> Iterator[Page]:
    """The overview and one page a unit."""
    yield Page(
        path="hand-offs/index.md",
        title=_("Hand-offs"),
        template="pages/hand_offs/index.md.j2",
        values=lambda: {"views": tuple(entity_view(book, entity) for entity in book.decisions.entities)},
        sources=(book.span("decisions", "hand_offs"),),
        description=_("What the PMO cannot close by itself, and who is asked for it."),
    )
    for entity in book.decisions.entities:
        yield Page(
            path=f"hand-offs/{entity.id}.md",
            title=entity.name,
            template="pages/hand_offs/entity.md.j2",
            values=partial(_of_entity, book, entity),
            sources=(
                *spans(book, entity.id),
                book.span("foundation", "summary"),
                book.span("playbook", "contact"),
            ),
            description=_("What is asked of {unit}, by when and why.", unit=entity.name),
        )


def _of_entity(book: Book, entity: Entity) -> dict[str, Any]:
    return {"view": entity_view(book, entity)}


def nav(book: Book) -> Iterator[Nav]:
    """Hand-offs with the units that are asked."""
    children = tuple(Nav(entity.name, f"hand-offs/{entity.id}.md") for entity in book.decisions.entities)
    yield Nav(_("Hand-offs"), "hand-offs/index.md", children)
