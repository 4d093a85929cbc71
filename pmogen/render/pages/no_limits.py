"""If money and time were no limit: the least effort that closes all that can be closed, beside what is planned."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.planning.plan import Placement
from pmogen.render.book import Book
from pmogen.render.page import Page


@dataclass(frozen=True)
class Totals:
    """What a set of services takes and brings: person-days still to be built, FTE to run all, gaps closed in full."""

    services: int
    days: Fraction
    run_fte: Fraction
    gaps: int


@dataclass(frozen=True)
class Missed:
    """A service that would be chosen without limits and is in no wave, with the first reason why."""

    service: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """A gap that the roadmap, or even everything together, does not close in full."""

    gap: Gap
    possible: Fraction
    planned: Fraction


@dataclass(frozen=True)
class Comparison:
    """Without limits beside the plan: what both have, what only one has, and the difference in levels."""

    ideal: Totals
    plan: Totals
    both: tuple[str, ...]
    missed: tuple[Missed, ...]
    extra: tuple[Placement, ...]
    differences: tuple[Difference, ...]

    @property
    def short(self) -> tuple[Difference, ...]:
        """Gaps on which the plan stays behind what is possible."""
        return tuple(entry for entry in self.differences if entry.planned < entry.possible)


def compared(book: Book) -> Comparison:
    """The two side by side."""
    ideal, planned = book.no_limits, {placement.service for placement in book.plan.placements}
    possible = dict(ideal.reached)
    reached = {gap.aspect: closure.reached for gap in book.gaps if (closure := book.closure(gap.aspect)) is not None}
    differences = tuple(
        Difference(gap, possible[gap.aspect], reached[gap.aspect])
        for gap in book.gaps
        if min(possible[gap.aspect], reached[gap.aspect]) < gap.target
    )
    return Comparison(
        ideal=Totals(len(ideal.services), ideal.days, ideal.run_fte, _closed(book, possible)),
        plan=Totals(len(planned), _planned_days(book), _planned_fte(book), _closed(book, reached)),
        both=tuple(service for service in ideal.services if service in planned),
        missed=tuple(_missed(book, service) for service in ideal.services if service not in planned),
        extra=tuple(placement for placement in book.plan.placements if placement.service not in ideal.services),
        differences=differences,
    )


def _closed(book: Book, reached: dict[str, Fraction]) -> int:
    return sum(reached[gap.aspect] >= gap.target for gap in book.gaps)


def _planned_days(book: Book) -> Fraction:
    open_placements = (placement for placement in book.plan.placements if not placement.frozen)
    return sum((work.days for placement in open_placements for work in placement.work), Fraction(0))


def _planned_fte(book: Book) -> Fraction:
    services = (book.workspace.service(placement.service) for placement in book.plan.placements)
    return sum((exact(service.run_fte) for service in services), Fraction(0))


def _missed(book: Book, service: str) -> Missed:
    absence = book.absence(service)
    return Missed(service, absence.why[0] if absence and absence.why else _("It is in no wave."))


def no_limits_page(book: Book) -> Page:
    """The page."""
    return Page(
        "services/no-limits.md",
        _("If money and time were no limit"),
        "pages/services/no_limits.md.j2",
        lambda: {"found": book.no_limits, "compared": compared(book)},
        book.no_limits.trace.sources,
        _("The least effort that closes everything services can close, and how the roadmap differs."),
    )
