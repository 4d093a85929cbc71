"""Money: cost per service and wave, and what roles assume benefits to be worth. Only when the playbook asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.money import (
    NOTHING,
    Range,
    ServiceCost,
    cost_of,
    day_rate,
    days_a_year,
    in_words,
    range_of,
    total,
    work_cost,
)
from pmogen.model.catalogue import Service
from pmogen.model.money import BenefitAssumption
from pmogen.model.roadmap import Wave
from pmogen.planning.calendar import months
from pmogen.planning.plan import Placement
from pmogen.render.book import Book
from pmogen.render.page import Page

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class CostLine:
    """What a service costs, in words; `running` is for a year. None where nothing is counted."""

    service: str
    building: str | None
    running: str | None


@dataclass(frozen=True)
class WaveCost:
    """What a wave costs: building, and running what was live before it."""

    wave: Wave
    building: Range
    running: Range

    @property
    def both(self) -> Range:
        """All that the wave costs."""
        return self.building + self.running


@dataclass(frozen=True)
class Assumed:
    """A benefit assumption with its amount in words."""

    assumption: BenefitAssumption
    amount: str


def currency_of(book: Book) -> str:
    """The currency; empty while the playbook says nothing about money."""
    return book.settings.money.currency if book.settings.money else ""


def told(book: Book, amount: Range) -> str | None:
    """The amount in words; None when it is nothing."""
    return None if amount == NOTHING else in_words(amount, currency_of(book))


def cost_line(book: Book, service: Service) -> CostLine | None:
    """What the service costs; None when nothing is known about money."""
    cost: ServiceCost | None = cost_of(book.workspace, service)
    if cost is None or cost.building + cost.running == NOTHING:
        return None
    return CostLine(service.id, told(book, cost.building), told(book, cost.running))


def wave_costs(book: Book) -> tuple[WaveCost, ...]:
    """What each wave costs, in the order of the roadmap."""
    return tuple(WaveCost(wave, _building(book, wave), _running(book, wave)) for wave in book.waves)


def _building(book: Book, wave: Wave) -> Range:
    rate, parts = day_rate(book.workspace), []
    for work in book.wave_work(wave.id):
        service = book.workspace.service(work.placement.service)
        if rate is not None:
            parts.append(work_cost(service, work.days, _planned_days(work.placement), rate))
    once = (book.workspace.service(placement.service).cost for placement in book.wave_services(wave.id))
    return total((*parts, *(range_of(cost) for cost in once if cost is not None)))


def _planned_days(placement: Placement) -> Fraction:
    """Days that are planned for the service; 0 when they are spent already."""
    return Fraction(0) if placement.frozen else sum((work.days for work in placement.work), Fraction(0))


def _running(book: Book, wave: Wave) -> Range:
    rate, use = day_rate(book.workspace), book.use(wave.id)
    work = rate.times(use.run_fte * use.working_days) if rate and use else NOTHING
    number = book.wave_number(wave.id)
    before = (placement for placement in book.plan.placements if book.wave_number(placement.wave) < number)
    yearly = (book.workspace.service(placement.service).cost_a_year for placement in before)
    part = months(wave.starts, wave.ends) / MONTHS_A_YEAR
    return work + total(range_of(cost) for cost in yearly if cost is not None).times(part)


def assumed(book: Book) -> tuple[Assumed, ...]:
    """What roles assume, in the order of the file."""
    return tuple(
        Assumed(entry, in_words(range_of(entry), currency_of(book))) for entry in book.foundation.benefit_assumptions
    )


def money_pages(book: Book) -> Iterator[Page]:
    """The page about money, or nothing."""
    if book.settings.money is None:
        return
    waves = wave_costs(book)
    services = [book.workspace.service(placement.service) for placement in book.plan.placements]
    rate = day_rate(book.workspace)
    yield Page(
        "services/money.md",
        "Money",
        "pages/services/money.md.j2",
        {
            "lines": [line for service in services if (line := cost_line(book, service)) is not None],
            "waves": [(cost, told(book, cost.building), told(book, cost.running)) for cost in waves],
            "all": told(book, total(cost.both for cost in waves)),
            "rate": in_words(rate, currency_of(book)) if rate else None,
            "year": days_a_year(book.workspace),
            "assumed": assumed(book),
        },
        (book.span("playbook", "money"), book.span("foundation", "benefit_assumptions")),
        "What services and waves cost, as ranges, and what benefits are assumed to be worth.",
    )
