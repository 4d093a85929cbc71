"""The page of one product or service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.loss import Loss
from pmogen.analysis.projection import Lifting
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.second_look import SecondLook
from pmogen.analysis.services import Candidate, NotApplicable, expected_days, liftings_of
from pmogen.diagnostics import Span
from pmogen.model.catalogue import Practice, Problem, Service, Step
from pmogen.model.decisions import ServiceDecision
from pmogen.model.roadmap import Launched
from pmogen.planning.plan import Absence, Placement
from pmogen.render.book import Book
from pmogen.render.look_ups.customers import Expected
from pmogen.render.page import Page
from pmogen.render.pages.money import CostLine, cost_line


@dataclass(frozen=True)
class ClosedGap:
    """A gap that the service closes a part of, alone; `ceiling` is set when it ends below the target."""

    gap: Gap
    closes: Fraction
    ceiling: Fraction | None


@dataclass(frozen=True)
class StepDays:
    """A step to establish the service, with its part of the expected effort in person-days."""

    step: Step
    days: Fraction


@dataclass(frozen=True)
class ServiceView:
    """A service with everything that is known about it here."""

    service: Service
    closed: tuple[ClosedGap, ...]
    expected: tuple[Expected, ...]
    decisions: tuple[ServiceDecision, ...]
    placement: Placement | None
    absence: Absence | None
    not_applicable: NotApplicable | None
    launched: Launched | None
    needed_by: tuple[Service, ...]
    days: Fraction
    steps: tuple[StepDays, ...]
    practices: tuple[Practice, ...]
    problems: tuple[Problem, ...]
    margin: Margin | None
    loss: Loss | None
    second_looks: tuple[SecondLook, ...]
    cost: CostLine | None

    @property
    def decision(self) -> str:
        """What holds now: offer, decline, defer, undecided."""
        return self.decisions[-1].decision if self.decisions else "undecided"

    @property
    def live(self) -> bool:
        """True when it was launched in a wave that is finished."""
        return self.placement is not None and self.placement.frozen


def closed_gaps(book: Book, candidate: Candidate | None, liftings: tuple[Lifting, ...]) -> Iterator[ClosedGap]:
    """The gaps that the service closes, by rank."""
    ceilings = {lifting.aspect: lifting.up_to for lifting in liftings}
    for aspect, closes in candidate.closes if candidate else ():
        gap = book.gap(aspect)
        if gap is not None:
            yield ClosedGap(gap, closes, ceilings[aspect] if ceilings[aspect] < gap.target else None)


def expectations(book: Book, aspects: tuple[str, ...]) -> tuple[Expected, ...]:
    """Customers' expectations that name one of the aspects, each once, the heaviest first."""
    found = {expected.benefit.id: expected for aspect in aspects for expected in book.benefits_for(aspect)}
    return tuple(sorted(found.values(), key=lambda expected: -expected.benefit.weight))


def step_days(service: Service) -> tuple[StepDays, ...]:
    """The steps with their part of the expected effort."""
    days = expected_days(service.establish_days)
    return tuple(StepDays(step, days * step.share / 100) for step in service.steps)


def service_view(book: Book, service: Service) -> ServiceView:
    """Everything the page of a service says."""
    liftings = liftings_of(service, book.method.lift)
    closed = tuple(closed_gaps(book, book.candidate(service.id), liftings))
    return ServiceView(
        service=service,
        closed=closed,
        expected=expectations(book, tuple(entry.gap.aspect for entry in closed)),
        decisions=tuple(entry for _place, entry in book.decisions_on(service.id)),
        placement=book.placement(service.id),
        absence=book.absence(service.id),
        not_applicable=book.not_applicable(service.id),
        launched=book.launched(service.id),
        needed_by=book.needed_by(service.id),
        days=expected_days(service.establish_days),
        steps=step_days(service),
        practices=tuple(entry for entry in book.catalogue.practices if service.id in entry.services),
        problems=tuple(entry for entry in book.catalogue.problems if service.id in entry.services),
        margin=book.margin(service.id),
        loss=book.loss(service.id),
        second_looks=book.second_looks("services", service.id),
        cost=cost_line(book, service),
    )


def decision_spans(book: Book, service: str) -> tuple[Span, ...]:
    """Where the decisions on the service stand."""
    return tuple(book.span("decisions", "services", place) for place, _entry in book.decisions_on(service))


def service_page(book: Book, service: Service) -> Page:
    """The page of a service."""
    return Page(
        path=f"services/{service.id}.md",
        title=service.name,
        template="pages/services/service.md.j2",
        values=lambda: {"view": service_view(book, service)},
        sources=(book.span("services", service.id), *decision_spans(book, service.id)),
        description=service.purpose,
        charts=(f"needs-{service.id}.svg",),
    )
