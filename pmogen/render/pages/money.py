"""Money: cost per service and wave, and what roles assume benefits to be worth. Only when the playbook asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

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
from pmogen.analysis.progress import started, under_way
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.catalogue import Service
from pmogen.model.money import BenefitAssumption
from pmogen.model.roadmap import Progress, Wave
from pmogen.planning.calendar import months
from pmogen.planning.plan import Placement
from pmogen.render.book import Book
from pmogen.render.look_ups.roadmap import WorkOn
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
class Spent:
    """Person-days that a service has taken which is not live, and what they cost."""

    progress: Progress
    wave: Wave
    days: Fraction
    cost: Range


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
    rate, begun = day_rate(book.workspace), under_way(book.workspace).get(service.id)
    building = cost.building
    if begun is not None and rate is not None:
        building = cost.once + rate.times(exact(begun.effort_days or 0)) + _left(service, begun).times(rate)
    return CostLine(service.id, told(book, building), told(book, cost.running))


def _left(service: Service, begun: Progress) -> Range:
    """Person-days that are left of what is under way: as stated, or the estimate less what it has taken."""
    if begun.left_days is not None:
        days = exact(begun.left_days)
        return Range(days, days, days)
    estimate, spent = range_of(service.establish_days), exact(begun.effort_days or 0)
    none = Fraction(0)
    return Range(*(max(none, days - spent) for days in (estimate.low, estimate.likely, estimate.high)))


def wave_costs(book: Book) -> tuple[WaveCost, ...]:
    """What each wave costs, in the order of the roadmap."""
    return tuple(WaveCost(wave, _building(book, wave), _running(book, wave)) for wave in book.waves)


def _building(book: Book, wave: Wave) -> Range:
    rate = day_rate(book.workspace)
    parts = [_work(book, work, rate) for work in book.wave_work(wave.id)] if rate else []
    parts += [entry.cost for entry in spent_in(book, wave)]
    once = (book.workspace.service(placement.service).cost for placement in book.wave_services(wave.id))
    return total((*parts, *(range_of(cost) for cost in once if cost is not None)))


def _work(book: Book, work: WorkOn, rate: Range) -> Range:
    service, planned = book.workspace.service(work.placement.service), _planned_days(work.placement)
    begun = under_way(book.workspace).get(service.id)
    if begun is None:
        return work_cost(service, work.days, planned, rate)
    return _left(service, begun).times(rate).times(work.days / planned)


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


def spent_in(book: Book, wave: Wave) -> tuple[Spent, ...]:
    """What was spent on services that were started in the wave and are not live; nothing without a day rate."""
    rate = day_rate(book.workspace)
    entries = (entry for entry in started(book.workspace).values() if wave.starts <= entry.started <= wave.ends)
    days = ((entry, exact(entry.effort_days or 0)) for entry in entries)
    return tuple(Spent(entry, wave, number, rate.times(number)) for entry, number in days if rate and number)


def assumed(book: Book) -> tuple[Assumed, ...]:
    """What roles assume, in the order of the file."""
    return tuple(
        Assumed(entry, in_words(range_of(entry), currency_of(book))) for entry in book.foundation.benefit_assumptions
    )


def money_pages(book: Book) -> Iterator[Page]:
    """The page about money, or nothing."""
    if book.settings.money is None:
        return
    yield Page(
        "services/money.md",
        _("Money"),
        "pages/services/money.md.j2",
        lambda: _values(book),
        (book.span("playbook", "money"), book.span("foundation", "benefit_assumptions"), *book.plan_from),
        _("What services and waves cost, as ranges, and what benefits are assumed to be worth."),
    )


def _values(book: Book) -> dict[str, Any]:
    waves = wave_costs(book)
    services = [book.workspace.service(placement.service) for placement in book.plan.placements]
    rate = day_rate(book.workspace)
    return {
        "lines": [line for service in services if (line := cost_line(book, service)) is not None],
        "waves": [(cost, told(book, cost.building), told(book, cost.running)) for cost in waves],
        "spent": [(spent, told(book, spent.cost)) for wave in book.waves for spent in spent_in(book, wave)],
        "all": told(book, total(cost.both for cost in waves)),
        "origin": (book.span("playbook", "money"), *book.plan_from),
        "rate": in_words(rate, currency_of(book)) if rate else None,
        "year": days_a_year(book.workspace),
        "assumed": assumed(book),
    }
