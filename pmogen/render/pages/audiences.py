"""What changes for me: an overview, and one page an audience, wave by wave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.model.catalogue import Audience
from pmogen.model.foundation import Customer
from pmogen.model.roadmap import Wave
from pmogen.planning.plan import ChangeLoad
from pmogen.render.book import Book
from pmogen.render.page import Nav, Page
from pmogen.render.pages.deployment import (
    LATER,
    SOON,
    Adopted,
    AudienceInWave,
    adoption_of,
    audiences_in,
    objections,
)

OVERVIEW = "roadmap/audiences.md"


@dataclass(frozen=True)
class AudienceWave:
    """What one wave means for an audience; `part` is None where nothing is asked of it."""

    wave: Wave
    part: AudienceInWave | None
    load: ChangeLoad | None
    adopted: tuple[Adopted, ...]


@dataclass(frozen=True)
class AudienceView:
    """What the whole roadmap means for an audience; `waves` are those in which something happens to it."""

    audience: Audience
    waves: tuple[AudienceWave, ...]
    customers: tuple[Customer, ...]

    @property
    def ahead(self) -> tuple[AudienceWave, ...]:
        """Waves that are running or still to come."""
        return tuple(entry for entry in self.waves if entry.wave.status != "finished")

    @property
    def next(self) -> AudienceWave | None:
        """The first wave ahead that asks something."""
        return next((entry for entry in self.ahead if entry.part is not None and entry.part.changes), None)


def counts(load: ChangeLoad) -> bool:
    """True when something happens to the audience in the wave, or nothing may."""
    return bool(load.points) or load.black_out is not None


def audience_wave(book: Book, wave: Wave, audience: str) -> AudienceWave:
    """What the wave means for the audience."""
    part = next((entry for entry in audiences_in(book, wave) if entry.audience == audience), None)
    load = book.load(wave.id, audience)
    services = [change.service for change in part.changes] if part else []
    return AudienceWave(
        wave, part, load if load and counts(load) else None, tuple(adoption_of(service) for service in services)
    )


def audience_view(book: Book, audience: Audience) -> AudienceView:
    """Everything the page of an audience says."""
    waves = (audience_wave(book, wave, audience.id) for wave in book.waves)
    customers = tuple(customer for customer in book.foundation.customers if customer.audience == audience.id)
    return AudienceView(audience, tuple(entry for entry in waves if entry.part or entry.load), customers)


def in_order(book: Book) -> tuple[Audience, ...]:
    """All audiences: those to whom something happens first, then in the order of the catalogue."""
    touched = {load.audience for load in book.plan.loads if counts(load)}
    touched |= {plan.audience for wave in book.waves for plan in wave.people}
    launched = (book.workspace.service(placement.service) for placement in book.plan.placements)
    touched |= {change.audience for service in launched for change in service.audiences}
    return tuple(sorted(book.catalogue.audiences, key=lambda audience: audience.id not in touched))


def views(book: Book) -> tuple[AudienceView, ...]:
    """What the roadmap means for all audiences."""
    return tuple(audience_view(book, audience) for audience in in_order(book))


def spans(book: Book, audience: str) -> tuple[Span, ...]:
    """Where the audience, what it can take, and how it is won are written."""
    limits = enumerate(book.roadmap.audiences)
    plans = (
        book.span("roadmap", "waves", number, "people", place)
        for number, wave in enumerate(book.waves)
        for place, plan in enumerate(wave.people)
        if plan.audience == audience
    )
    own = (book.span("roadmap", "audiences", number) for number, limit in limits if limit.audience == audience)
    return (book.span("audiences", audience), *own, *plans)


def pages(book: Book) -> Iterator[Page]:
    """The overview and one page an audience."""
    yield Page(
        path=OVERVIEW,
        title=_("What changes for whom, and when"),
        template="pages/audiences/index.md.j2",
        values=lambda: {"views": views(book)},
        sources=(book.span("roadmap", "audiences"),),
        description=_("What changes for each group of people, wave by wave."),
    )
    for audience in in_order(book):
        yield Page(
            path=f"audiences/{audience.id}.md",
            title=_("What changes for me: {group}", group=audience.name),
            template="pages/audiences/audience.md.j2",
            values=partial(_of_audience, book, audience),
            sources=spans(book, audience.id),
            description=_("What the roadmap means for {group}, wave by wave.", group=audience.name),
        )


def _of_audience(book: Book, audience: Audience) -> dict[str, Any]:
    culture = book.foundation.culture_change
    return {
        "view": audience_view(book, audience),
        "objections": lambda plan: objections(book, plan),
        "soon": SOON,
        "later": LATER,
        "stays": culture.stays if culture else (),
    }


def nav(book: Book) -> Iterator[Nav]:
    """The overview with the audiences below it."""
    children = tuple(Nav(audience.name, f"audiences/{audience.id}.md") for audience in in_order(book))
    yield Nav(_("What changes for me"), OVERVIEW, children)
