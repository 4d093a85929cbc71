"""Home: one page that a sponsor reads on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pmogen.analysis.gaps import Gap
from pmogen.language import _
from pmogen.model.catalogue import AudienceChange, Service
from pmogen.model.decisions import HandOff
from pmogen.model.foundation import Customer
from pmogen.model.roadmap import Wave
from pmogen.planning.plan import Placement
from pmogen.render.book import Book
from pmogen.render.look_ups.customers import Expected
from pmogen.render.page import Nav, Page
from pmogen.render.pages.money import told, wave_costs

SHOWN_GAPS = 3
SHOWN_ELSEWHERE = 3
"""So many of each kind stand on the first page; the others are a click away, so that it stays one sheet of paper."""


@dataclass(frozen=True)
class GapCard:
    """One of the biggest gaps: who suffers from it, and what closes it."""

    gap: Gap
    expected: Expected | None
    placements: tuple[Placement, ...]
    hand_offs: tuple[HandOff, ...]


@dataclass(frozen=True)
class LaunchCard:
    """A service of the next wave, and which customers it is for."""

    service: Service
    customers: tuple[Customer, ...]


@dataclass(frozen=True)
class Ask:
    """What a launch of the next wave asks of an audience."""

    service: Service
    change: AudienceChange


@dataclass(frozen=True)
class Result:
    """What is reached when the roadmap is done: gaps closed in full, in part, and all of them."""

    fully: int
    partly: int
    gaps: int


@dataclass(frozen=True)
class Cost:
    """What the roadmap takes: person-days of building, and FTE for running once everything is live."""

    done_days: Fraction
    next_days: Fraction
    later_days: Fraction
    fte_now: Fraction
    run_fte: Fraction
    build_share: Fraction


def gap_card(book: Book, gap: Gap) -> GapCard:
    """A gap with its heaviest expectation and the services of the plan that lift its aspect."""
    expected = book.benefits_for(gap.aspect)
    lifting = {lifted.service.id for lifted in book.services_for(gap.aspect)}
    placements = tuple(place for place in book.planned_for(gap.aspect) if place.service in lifting)
    return GapCard(gap, expected[0] if expected else None, placements, book.hand_offs_for(gap.aspect))


def launch_cards(book: Book, wave: Wave | None) -> tuple[LaunchCard, ...]:
    """What the wave brings."""
    placements = book.wave_services(wave.id) if wave else ()
    services = [book.workspace.service(placement.service) for placement in placements]
    return tuple(LaunchCard(service, book.customers_for(service.id)) for service in services)


def asks(book: Book, wave: Wave | None) -> dict[str, tuple[Ask, ...]]:
    """What the wave's launches ask, by audience, where it is more than a little."""
    found: dict[str, tuple[Ask, ...]] = {}
    for card in launch_cards(book, wave):
        for change in card.service.audiences:
            if change.load != "low":
                found[change.audience] = (*found.get(change.audience, ()), Ask(card.service, change))
    return found


def cost(book: Book) -> Cost:
    """Person-days before, in and after the next wave, and the FTE."""
    next_wave = book.next_wave
    number = book.wave_number(next_wave.id) if next_wave else len(book.waves) + 1
    days = [(book.wave_number(use.wave), use.build_days) for use in book.plan.uses]
    last = book.plan.uses[-1] if book.plan.uses else None
    use = book.use(next_wave.id) if next_wave else last
    return Cost(
        done_days=sum((day for wave, day in days if wave < number), Fraction(0)),
        next_days=sum((day for wave, day in days if wave == number), Fraction(0)),
        later_days=sum((day for wave, day in days if wave > number), Fraction(0)),
        fte_now=use.fte if use else Fraction(0),
        run_fte=book.explanations.run_after_all().value or Fraction(0),
        build_share=Fraction(str(book.method.capacity.build_share)),
    )


def result(book: Book) -> Result:
    """How many gaps the roadmap closes."""
    how = [closure.how for gap in book.gaps if (closure := book.closure(gap.aspect)) is not None]
    return Result(how.count("fully"), how.count("partly"), len(book.gaps))


def open_hand_offs(book: Book) -> tuple[HandOff, ...]:
    """Hand-offs that are neither done nor refused, the earliest due first."""
    found = [entry for entry in book.decisions.hand_offs if entry.status not in ("done", "refused")]
    return tuple(sorted(found, key=lambda entry: (entry.due, entry.id)))


def exclusions(book: Book) -> str | None:
    """What the PMO does not do, as the foundation says it."""
    answer = book.answers.get("exclusions")
    return answer.answer if answer else None


def money_of(book: Book, wave: Wave | None) -> str | None:
    """What the wave costs in money; None where money is not counted."""
    if book.settings.money is None or wave is None:
        return None
    return next((told(book, cost.both) for cost in wave_costs(book) if cost.wave.id == wave.id), None)


def pages(book: Book) -> Iterator[Page]:
    """The first page."""
    yield Page(
        path="index.md",
        title=book.settings.title,
        template="pages/home.md.j2",
        values=lambda: _values(book),
        sources=(book.span("playbook"), book.span("foundation", "summary"), book.span("roadmap", "waves")),
        description=_("What the PMO of {organisation} does first, and why.", organisation=book.settings.organisation),
        hide=("navigation", "toc"),
    )


def _values(book: Book) -> dict[str, Any]:
    wave = book.next_wave
    return {
        "wave": wave,
        "later": book.waves[book.wave_number(wave.id) :] if wave else (),
        "gaps": tuple(gap_card(book, gap) for gap in book.gaps[:SHOWN_GAPS]),
        "launches": launch_cards(book, wave),
        "asks": asks(book, wave),
        "cost": cost(book),
        "result": result(book),
        "money": money_of(book, wave),
        "hand_offs": open_hand_offs(book),
        "exclusions": exclusions(book),
        "shown": SHOWN_ELSEWHERE,
    }


def nav(_book: Book) -> Iterator[Nav]:
    """Home comes first."""
    yield Nav(_("Home"), "index.md")
