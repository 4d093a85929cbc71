"""What services cost in money: ranges stay ranges, and what nobody has given is not counted.

Building a service costs its person-days times the day rate, and what is paid once. Running it costs, a
year, its full-time equivalents times the working days of a year times the day rate, and what is paid
each year. Low goes with low, likely with likely, high with high.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pmogen.language import _, grouped
from pmogen.model.base import exact
from pmogen.model.catalogue import Effort, Service
from pmogen.model.money import Amount, BenefitAssumption
from pmogen.model.workspace import Workspace

WEEKDAYS_A_YEAR = 260
"""52 weeks of five days; the method's absence rate is taken off."""


@dataclass(frozen=True)
class Range:
    """An amount from low over likely to high, in the currency of the playbook (or in person-days)."""

    low: Fraction
    likely: Fraction
    high: Fraction

    def __add__(self, other: Range) -> Range:
        """Low with low, likely with likely, high with high: the widest reading."""
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, factor: Range | Fraction) -> Range:
        """The product, part by part."""
        by = factor if isinstance(factor, Range) else Range(factor, factor, factor)
        return Range(self.low * by.low, self.likely * by.likely, self.high * by.high)


NOTHING = Range(Fraction(0), Fraction(0), Fraction(0))


@dataclass(frozen=True)
class ServiceCost:
    """What a service costs: to build it once, and to run it a year.

    `work` and `run_work` are the parts that come from the day rate, None when there is no day rate.
    """

    service: str
    work: Range | None
    once: Range
    run_work: Range | None
    a_year: Range

    @property
    def building(self) -> Range:
        """All that it takes to have it."""
        return (self.work or NOTHING) + self.once

    @property
    def running(self) -> Range:
        """All that it takes a year once it is live."""
        return (self.run_work or NOTHING) + self.a_year


def range_of(amount: Amount | Effort | BenefitAssumption) -> Range:
    """The amount as a range; without a likely value the middle counts."""
    low, high = exact(amount.low), exact(amount.high)
    return Range(low, (low + high) / 2 if amount.likely is None else exact(amount.likely), high)


def total(ranges: Iterable[Range]) -> Range:
    """The sum."""
    return sum(ranges, NOTHING)


def day_rate(workspace: Workspace) -> Range | None:
    """What a person-day costs, or None when nobody has said so."""
    money = workspace.settings.money
    if money is None or money.day_rate is None:
        return None
    if isinstance(money.day_rate, Amount):
        return range_of(money.day_rate)
    rate = exact(money.day_rate)
    return Range(rate, rate, rate)


def days_a_year(workspace: Workspace) -> Fraction:
    """Days one full-time person works in a year."""
    return WEEKDAYS_A_YEAR * (1 - exact(workspace.catalogue.method.capacity.absence_rate))


def cost_of(workspace: Workspace, service: Service) -> ServiceCost | None:
    """What the service costs; None while the playbook says nothing about money."""
    if workspace.settings.money is None:
        return None
    rate = day_rate(workspace)
    fte = exact(service.run_fte)
    return ServiceCost(
        service=service.id,
        work=range_of(service.establish_days).times(rate) if rate else None,
        once=range_of(service.cost) if service.cost else NOTHING,
        run_work=rate.times(fte * days_a_year(workspace)) if rate else None,
        a_year=range_of(service.cost_a_year) if service.cost_a_year else NOTHING,
    )


def work_cost(service: Service, days: Fraction, planned: Fraction, rate: Range) -> Range:
    """What a part of building a service costs: of its range as many as of its `planned` days; exactly `days` when
    that is 0, as then they were really spent.
    """
    if not planned:
        return rate.times(days)
    return range_of(service.establish_days).times(rate).times(days / planned)


def in_words(amount: Range, currency: str) -> str:
    """`EUR 11,600 to 23,200, most likely 15,500`: three digits that count, the rest are noughts.

    >>> in_words(Range(Fraction(11640), Fraction(15500), Fraction(23199)), "EUR")
    'EUR 11,600 to 23,200, most likely 15,500'
    """
    low, likely, high = (rounded(number) for number in (amount.low, amount.likely, amount.high))
    if low == high:
        return _("{currency} {amount}", currency=currency, amount=grouped(low))
    if likely == rounded((amount.low + amount.high) / 2):
        return _("{currency} {low} to {high}", currency=currency, low=grouped(low), high=grouped(high))
    return _(
        "{currency} {low} to {high}, most likely {likely}",
        currency=currency,
        low=grouped(low),
        high=grouped(high),
        likely=grouped(likely),
    )


def rounded(number: Fraction) -> int:
    """The number to three digits that count, half up.

    >>> rounded(Fraction(23150)), rounded(Fraction(999, 2))
    (23200, 500)
    """
    whole = abs(number)
    unit = int("1" + "0" * max(0, len(str(int(whole))) - 3))
    nearest = int(whole / unit + Fraction(1, 2)) * unit
    return nearest if number >= 0 else -nearest
