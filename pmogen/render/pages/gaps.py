"""Gap analysis: the register of gaps, and one page for each gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from pmogen.analysis.closure import Closure, How
from pmogen.analysis.gaps import Gap
from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import Closing, liftings_of
from pmogen.language import _
from pmogen.model.assessment import AspectAssessment
from pmogen.model.base import Size
from pmogen.model.catalogue import Aspect
from pmogen.model.decisions import AcceptedGap, HandOff
from pmogen.planning.plan import Placement, Projected
from pmogen.render.book import Book
from pmogen.render.look_ups.customers import Expected
from pmogen.render.page import Nav, Page
from pmogen.render.pages.assessment import LevelCard, aspect_view, level_cards

SIZES: tuple[Size, ...] = ("H", "M", "L")
"""The order in which people read a matrix."""

HOW: tuple[How, ...] = ("fully", "partly", "hand-off", "accepted", "open")
"""How gaps are closed, from the best answer to none."""


@dataclass(frozen=True)
class Closer:
    """A service that lifts the aspect of a gap: what it adds, how much it closes alone, and its launch if any."""

    lifting: Lifting
    closes: Fraction
    decision: str
    placement: Placement | None


@dataclass(frozen=True)
class GapView:
    """A gap with everything that stands against it.

    `planned` is the level at the end of the last wave, `remains` how many levels are then still missing.
    """

    gap: Gap
    aspect: Aspect
    stated: AspectAssessment
    closing: Closing
    closure: Closure
    closers: tuple[Closer, ...]
    benefits: tuple[Expected, ...]
    projected: Projected | None
    hand_offs: tuple[HandOff, ...]
    accepted: AcceptedGap | None

    @property
    def planned(self) -> Fraction:
        """Level at the end of the last wave, or today's level when nothing is planned."""
        return self.closure.reached

    @property
    def remains(self) -> Fraction:
        """Levels still missing at the end of the last wave; 0 when the target is reached."""
        return self.closure.remains

    @property
    def taken_by(self) -> str:
        """Who takes what remains: `nobody` is needed, a `hand-off`, an acceptance (`accepted`), or it is `open`."""
        return self.closure.rest

    @property
    def asked(self) -> tuple[HandOff, ...]:
        """Hand-offs that were not refused."""
        return tuple(entry for entry in self.hand_offs if entry.status != "refused")


def closers_of(book: Book, aspect: str) -> tuple[Closer, ...]:
    """Services for the aspect: planned ones in the order of waves, then the others, the most helpful first."""
    found = []
    for lifted in book.services_for(aspect):
        service = lifted.service
        lifting = next(entry for entry in liftings_of(service, book.method.lift) if entry.aspect == aspect)
        state = book.decision_state(service.id)
        found.append(Closer(lifting, lifted.closes, state, book.placement(service.id)))
    last = len(book.waves) + 1
    return tuple(
        sorted(found, key=lambda closer: book.wave_number(closer.placement.wave) if closer.placement else last)
    )


def gap_view(book: Book, gap: Gap) -> GapView:
    """The gap of an aspect with services, hand-offs, acceptance and plan."""
    aspect, stated, closing = book.aspect(gap.aspect), book.stated(gap.aspect), book.closing(gap.aspect)
    closure = book.closure(gap.aspect)
    if aspect is None or stated is None or closing is None or closure is None:
        raise KeyError(gap.aspect)
    return GapView(
        gap=gap,
        aspect=aspect,
        stated=stated,
        closing=closing,
        closure=closure,
        closers=closers_of(book, gap.aspect),
        benefits=book.benefits_for(gap.aspect),
        projected=book.projected(gap.aspect),
        hand_offs=book.hand_offs_for(gap.aspect),
        accepted=book.accepted(gap.aspect),
    )


def index_page(book: Book) -> Page:
    """The register: chart, table, matrix, strengths, accepted gaps and what stays open."""
    return Page(
        path="gaps/index.md",
        title=_("Gap analysis"),
        template="pages/gaps/index.md.j2",
        values=lambda: _register(book),
        sources=(
            book.span("assessments", book.workspace.current.name, "aspects"),
            book.span("decisions", "accepted_gaps"),
        ),
        description=_("What is missing between today and the target, how much it matters, and who closes it."),
    )


def _register(book: Book) -> dict[str, Any]:
    views = [gap_view(book, gap) for gap in book.gaps]
    return {
        "views": views,
        "sizes": SIZES,
        "others": [gap for gap in book.playbook.gaps if gap.kind != "gap"],
        "unknown": [level for level in book.playbook.levels if level.current is None],
        "left": [view for view in views if view.remains],
        "counts": [(how, [view for view in views if view.closure.how == how]) for how in HOW],
    }


def around(cards: tuple[LevelCard, ...], level: Fraction) -> tuple[LevelCard, ...]:
    """The level descriptions that a level stands on or between."""
    return tuple(card for card in cards if abs(card.number - level) < 1)


def gap_values(book: Book, gap: Gap) -> dict[str, Any]:
    """What the page of a gap needs: the gap, and what the levels of today and of the target mean."""
    view = gap_view(book, gap)
    cards = level_cards(book, aspect_view(book, view.aspect))
    return {
        "view": view,
        "today": around(cards, view.gap.current),
        "target": around(cards, view.gap.target),
    }


def pages(book: Book) -> Iterator[Page]:
    """The register and one page a gap."""
    yield index_page(book)
    for gap in book.gaps:
        name = book.name("aspects", gap.aspect)
        yield Page(
            path=f"gaps/{gap.aspect}.md",
            title=_("Gap: {aspect}", aspect=name),
            template="pages/gaps/gap.md.j2",
            values=partial(gap_values, book, gap),
            sources=(*gap.trace.sources, book.span("aspects", gap.aspect)),
            description=_("What is missing in {aspect}, what closes it and when.", aspect=name),
        )


def nav(book: Book) -> Iterator[Nav]:
    """Gap analysis with the gaps by rank."""
    children = tuple(Nav(book.name("aspects", gap.aspect), f"gaps/{gap.aspect}.md") for gap in book.gaps)
    yield Nav(_("Gap analysis"), "gaps/index.md", children)
