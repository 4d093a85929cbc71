"""The playbook as pages see it: everything computed, with the look-ups that templates need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from pmogen.analysis.closure import Closure
from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.loss import Loss
from pmogen.analysis.no_limits import NoLimits, without_limits
from pmogen.analysis.privacy import OTHER
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.second_look import SecondLook
from pmogen.analysis.services import Candidate, Closing, DecisionState, NotApplicable, expected_days
from pmogen.analysis.trend import Trend
from pmogen.diagnostics import Span
from pmogen.explain import Computed, Explanations
from pmogen.language import _
from pmogen.model.assessment import AspectAssessment, Assessment
from pmogen.model.catalogue import Aspect, Audience, Catalogue, Dimension, Service
from pmogen.model.decisions import AcceptedGap, Decisions, Entity, HandOff, ServiceDecision
from pmogen.model.foundation import Answer, Customer, ExpectedBenefit, Foundation
from pmogen.model.method import LevelName, Method
from pmogen.model.playbook import Settings
from pmogen.model.roadmap import Launched, Roadmap, Wave
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import Absence, ChangeLoad, Placement, Plan, Projected, WaveUse
from pmogen.playbook import Playbook
from pmogen.render.repository import Repository, repository_of

K = TypeVar("K")
T = TypeVar("T")


def _by(entries: Iterable[T], attribute: str) -> dict[str, T]:
    return {getattr(entry, attribute): entry for entry in entries}


def _first(entries: Iterable[T], attribute: str) -> dict[str, T]:
    """The same, of several the first."""
    found: dict[str, T] = {}
    for entry in entries:
        found.setdefault(getattr(entry, attribute), entry)
    return found


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """What belongs to each key, in order."""
    found: dict[K, list[T]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def _lifted(service: Service) -> Iterable[str]:
    """The aspects that the service lifts, each once."""
    return dict.fromkeys(lift.aspect for lift in service.lifts)


@dataclass(frozen=True)
class Lifted:
    """A service that closes part of a gap: by how many levels, alone."""

    service: Service
    closes: Fraction


@dataclass(frozen=True)
class Expected:
    """An expected benefit and the customer who expects it."""

    customer: Customer
    benefit: ExpectedBenefit


@dataclass(frozen=True)
class WorkOn:
    """Person-days of building one service in one wave."""

    placement: Placement
    days: Fraction


@dataclass(frozen=True)
class Book:
    """A playbook with its look-ups. Look-ups by id give None (or nothing) for what does not exist.

    `templates` are the site templates by name, which charts need; pages get theirs from the environment. `commit` is
    the state of the repository that links to the sources lead to; without it they lead to the branch.
    """

    playbook: Playbook
    templates: Mapping[str, str | bytes] = field(default_factory=dict, repr=False)
    commit: str | None = None

    # what it is made of

    @cached_property
    def repository(self) -> Repository | None:
        """Where the sources are on the web, when that is known."""
        return repository_of(self.settings, self.commit)

    @property
    def workspace(self) -> Workspace:
        return self.playbook.workspace

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @property
    def catalogue(self) -> Catalogue:
        return self.workspace.catalogue

    @property
    def method(self) -> Method:
        return self.catalogue.method

    @property
    def foundation(self) -> Foundation:
        return self.workspace.foundation

    @property
    def assessment(self) -> Assessment:
        """The current assessment."""
        return self.workspace.current.assessment

    @property
    def decisions(self) -> Decisions:
        return self.workspace.decisions

    @property
    def roadmap(self) -> Roadmap:
        return self.workspace.roadmap

    @property
    def plan(self) -> Plan:
        return self.playbook.plan

    @cached_property
    def explanations(self) -> Explanations:
        return Explanations(self.playbook)

    def explanation(self, kind: str, identifier: str = "") -> Computed | None:
        """Where the figures of a gap, an aspect, a service, ... come from; None for what has none."""
        return self.explanations.of(kind, identifier) if self.explanations.has(kind, identifier) else None

    def name(self, kind: str, identifier: str) -> str:
        """What people call an entry of the catalogue: `name("aspects", "planning")`."""
        return self.workspace.name_of(kind, identifier)

    def span(self, *path: str | int) -> Span:
        """Where a value stands: `span("services", "pm-training", "name")`."""
        return self.workspace.places.span(*path)

    @cached_property
    def plan_from(self) -> tuple[Span, ...]:
        """Where the roadmap comes from: its waves, the decisions, and the published plan where there is one."""
        published = () if self.workspace.published is None else (self.span("plan"),)
        return (self.span("roadmap", "waves"), self.span("decisions", "services"), *published)

    def files_of(self, kind: str) -> tuple[Span, ...]:
        """Where the entries of a kind of the catalogue begin: one place a file."""
        first: dict[str, Span] = {}
        for entry in getattr(self.catalogue, kind):
            place = self.span(kind, entry.id)
            first.setdefault(place.file, place)
        return tuple(first.values())

    # assessment and gaps

    def aspect(self, identifier: str) -> Aspect | None:
        found: Aspect | None = self.workspace.find("aspects", identifier)
        return found

    def dimension(self, identifier: str) -> Dimension | None:
        found: Dimension | None = self.workspace.find("dimensions", identifier)
        return found

    @cached_property
    def _levels(self) -> dict[str, AspectLevel]:
        return _by(self.playbook.levels, "aspect")

    def level(self, aspect: str) -> AspectLevel | None:
        return self._levels.get(aspect)

    @cached_property
    def _stated(self) -> dict[str, AspectAssessment]:
        return _by(self.assessment.aspects, "aspect")

    def stated(self, aspect: str) -> AspectAssessment | None:
        """What the current assessment says about the aspect."""
        return self._stated.get(aspect)

    def earlier(self, aspect: str) -> tuple[tuple[str, AspectLevel], ...]:
        """Levels of the aspect in earlier assessments, with their dates, oldest first."""
        return tuple(
            (date, level) for date, levels in self.playbook.earlier for level in levels if level.aspect == aspect
        )

    @cached_property
    def _trends(self) -> dict[str, Trend]:
        return _by(self.playbook.trends, "aspect")

    def trend(self, aspect: str) -> Trend | None:
        """How the aspect has changed; None while there is only one assessment."""
        return self._trends.get(aspect)

    def group_name(self, group: str) -> str:
        """What people call a respondent group; groups folded together are called so."""
        return _("Small groups, taken together") if group == OTHER else self.name("audiences", group)

    @cached_property
    def _gaps(self) -> dict[str, Gap]:
        return _by(self.playbook.gaps, "aspect")

    def gap(self, aspect: str) -> Gap | None:
        """The entry of the gap register; it may be a strength or no gap."""
        return self._gaps.get(aspect)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps by rank, without strengths and what is no gap."""
        return tuple(gap for gap in self.playbook.gaps if gap.kind == "gap")

    @cached_property
    def _closings(self) -> dict[str, Closing]:
        return _by(self.playbook.choice.closings, "aspect")

    def closing(self, aspect: str) -> Closing | None:
        return self._closings.get(aspect)

    @cached_property
    def _closures(self) -> dict[str, Closure]:
        return _by(self.playbook.closures, "aspect")

    def closure(self, aspect: str) -> Closure | None:
        """How the gap is closed by what is planned."""
        return self._closures.get(aspect)

    def accepted(self, aspect: str) -> AcceptedGap | None:
        return self._accepted.get(aspect)

    @cached_property
    def _accepted(self) -> dict[str, AcceptedGap]:
        return _first(self.decisions.accepted_gaps, "aspect")

    def level_name(self, number: int) -> LevelName:
        """The step of the scale, 1 to 5."""
        return next(entry for entry in self.method.levels if entry.level == number)

    # services

    def service(self, identifier: str) -> Service | None:
        found: Service | None = self.workspace.find("services", identifier)
        return found

    @cached_property
    def _candidates(self) -> dict[str, Candidate]:
        return _by(self.playbook.choice.candidates, "service")

    def candidate(self, service: str) -> Candidate | None:
        return self._candidates.get(service)

    @cached_property
    def _margins(self) -> dict[str, Margin]:
        return _by(self.playbook.margins, "service")

    def margin(self, service: str) -> Margin | None:
        """What a candidate adds to all that is offered."""
        return self._margins.get(service)

    @cached_property
    def _losses(self) -> dict[str, Loss]:
        return _by(self.playbook.losses, "service")

    def loss(self, service: str) -> Loss | None:
        """What is lost without the service."""
        return self._losses.get(service)

    def second_looks(self, part: str, about: str) -> tuple[SecondLook, ...]:
        """Why the decision on a service (`services`) or an accepted gap (`accepted_gaps`) is to be looked at again."""
        return self._second_looks.get((part, about), ())

    @cached_property
    def _second_looks(self) -> dict[tuple[str, str], tuple[SecondLook, ...]]:
        return _grouped(((look.part, look.about), look) for look in self.playbook.second_looks)

    @cached_property
    def no_limits(self) -> NoLimits:
        """What would be chosen if money and time were no limit."""
        return self.playbook.no_limits or without_limits(self.workspace, self.playbook.gaps)

    @cached_property
    def _not_applicable(self) -> dict[str, NotApplicable]:
        return _by(self.playbook.choice.not_applicable, "service")

    def not_applicable(self, service: str) -> NotApplicable | None:
        return self._not_applicable.get(service)

    @cached_property
    def _decided(self) -> dict[str, ServiceDecision]:
        return _by(self.decisions.services, "service")

    def decision(self, service: str) -> ServiceDecision | None:
        """The decision on the service (the last in the file counts), or None while it is undecided."""
        return self._decided.get(service)

    def decision_state(self, service: str) -> DecisionState:
        decision = self.decision(service)
        return decision.decision if decision else "undecided"

    def decisions_on(self, service: str) -> tuple[tuple[int, ServiceDecision], ...]:
        """All decisions on the service with their places in the file."""
        return self._decisions.get(service, ())

    @cached_property
    def _decisions(self) -> dict[str, tuple[tuple[int, ServiceDecision], ...]]:
        return _grouped((entry.service, (place, entry)) for place, entry in enumerate(self.decisions.services))

    @cached_property
    def declined(self) -> tuple[ServiceDecision, ...]:
        """Decisions not to offer a service, in the order of the file."""
        return tuple(entry for entry in self._decided.values() if entry.decision == "decline")

    def expected_days(self, service: str) -> Fraction:
        """Expected person-days to establish the service."""
        return expected_days(self.workspace.service(service).establish_days)

    def services_for(self, aspect: str) -> tuple[Lifted, ...]:
        """Candidates that close part of the gap, the most first; declined ones are among them."""
        return tuple(sorted(self._closers.get(aspect, ()), key=lambda lifted: (-lifted.closes, lifted.service.id)))

    @cached_property
    def _closers(self) -> dict[str, tuple[Lifted, ...]]:
        return _grouped(
            (aspect, Lifted(self.workspace.service(candidate.service), closes))
            for candidate in self.playbook.choice.candidates
            for aspect, closes in candidate.closes
        )

    def lifting(self, aspect: str) -> tuple[Service, ...]:
        """Services that lift the aspect, in the order of the catalogue."""
        return self._lifting.get(aspect, ())

    @cached_property
    def _lifting(self) -> dict[str, tuple[Service, ...]]:
        services = self.catalogue.services
        return _grouped((aspect, service) for service in services for aspect in _lifted(service))

    def planned_for(self, aspect: str) -> tuple[Placement, ...]:
        """Placements of services that lift the aspect, in the order of waves."""
        return self._planned.get(aspect, ())

    @cached_property
    def _planned(self) -> dict[str, tuple[Placement, ...]]:
        services = ((placement, self.workspace.service(placement.service)) for placement in self.plan.placements)
        return _grouped((aspect, placement) for placement, service in services for aspect in _lifted(service))

    def needed_by(self, service: str) -> tuple[Service, ...]:
        """Services that require this one, in an earlier or the same wave."""
        return self._needed_by.get(service, ())

    @cached_property
    def _needed_by(self) -> dict[str, tuple[Service, ...]]:
        services = self.catalogue.services
        needs = ((other, dict.fromkeys((*other.requires, *other.requires_same_wave))) for other in services)
        return _grouped((needed, other) for other, all_needed in needs for needed in all_needed)

    # customers

    @cached_property
    def benefits(self) -> tuple[ExpectedBenefit, ...]:
        """All expected benefits, in the order of the customers."""
        return tuple(benefit for customer in self.foundation.customers for benefit in customer.expects)

    @cached_property
    def _expected(self) -> dict[str, Expected]:
        return {
            benefit.id: Expected(customer, benefit)
            for customer in self.foundation.customers
            for benefit in customer.expects
        }

    def expected(self, benefit: str) -> Expected | None:
        """The expected benefit and its customer."""
        return self._expected.get(benefit)

    def benefits_for(self, aspect: str) -> tuple[Expected, ...]:
        """Who expects what of the aspect, the heaviest first."""
        return tuple(sorted(self._hoped.get(aspect, ()), key=lambda expected: -expected.benefit.weight))

    @cached_property
    def _hoped(self) -> dict[str, tuple[Expected, ...]]:
        all_expected = self._expected.values()
        return _grouped(
            (aspect, expected) for expected in all_expected for aspect in dict.fromkeys(expected.benefit.aspects)
        )

    def customer(self, identifier: str) -> Customer | None:
        return next((entry for entry in self.foundation.customers if entry.id == identifier), None)

    def customers_for(self, service: str) -> tuple[Customer, ...]:
        """Customers with an expectation on an aspect whose gap the service closes."""
        candidate = self.candidate(service)
        aspects = {aspect for aspect, _ in candidate.closes} if candidate else set()
        return tuple(
            customer
            for customer in self.foundation.customers
            if any(aspects.intersection(benefit.aspects) for benefit in customer.expects)
        )

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Answers of the foundation by question."""
        return _by(self.foundation.answers, "question")

    # hand-offs

    def entity(self, identifier: str) -> Entity | None:
        return next((entry for entry in self.decisions.entities if entry.id == identifier), None)

    def hand_off(self, identifier: str) -> HandOff | None:
        return next((entry for entry in self.decisions.hand_offs if entry.id == identifier), None)

    def hand_offs_for(self, aspect: str) -> tuple[HandOff, ...]:
        return self._handed_off.get(aspect, ())

    @cached_property
    def _handed_off(self) -> dict[str, tuple[HandOff, ...]]:
        hand_offs = self.decisions.hand_offs
        return _grouped((aspect, entry) for entry in hand_offs for aspect in dict.fromkeys(entry.aspects))

    def hand_offs_of(self, entity: str) -> tuple[HandOff, ...]:
        """Hand-offs to the entity, the earliest due first."""
        found = [entry for entry in self.decisions.hand_offs if entry.entity == entity]
        return tuple(sorted(found, key=lambda entry: (entry.due, entry.id)))

    # roadmap

    @property
    def waves(self) -> tuple[Wave, ...]:
        return self.roadmap.waves

    def wave(self, identifier: str) -> Wave | None:
        return self._waves.get(identifier)

    @cached_property
    def _waves(self) -> dict[str, Wave]:
        return _first(self.waves, "id")

    def wave_number(self, identifier: str) -> int:
        """The wave's place, from 1."""
        return self._wave_numbers[identifier]

    @cached_property
    def _wave_numbers(self) -> dict[str, int]:
        return {wave: place for place, wave in enumerate(self._waves, 1)}

    @cached_property
    def next_wave(self) -> Wave | None:
        """The first wave that is not finished: running, or the next to start."""
        return next((wave for wave in self.waves if wave.status != "finished"), None)

    @cached_property
    def _placements(self) -> dict[str, Placement]:
        return _by(self.plan.placements, "service")

    def placement(self, service: str) -> Placement | None:
        return self._placements.get(service)

    @cached_property
    def _absences(self) -> dict[str, Absence]:
        return _by(self.plan.absences, "service")

    def absence(self, service: str) -> Absence | None:
        return self._absences.get(service)

    def wave_services(self, wave: str) -> tuple[Placement, ...]:
        """What launches in the wave."""
        return self._launches.get(wave, ())

    @cached_property
    def _launches(self) -> dict[str, tuple[Placement, ...]]:
        return _grouped((placement.wave, placement) for placement in self.plan.placements)

    def wave_work(self, wave: str) -> tuple[WorkOn, ...]:
        """What is built in the wave, with its person-days there, launches of the wave first."""
        found = [
            WorkOn(placement, work.days)
            for placement in self.plan.placements
            for work in placement.work
            if work.wave == wave and work.days
        ]
        return tuple(sorted(found, key=lambda work: (work.placement.wave != wave, work.placement.service)))

    def launched(self, service: str) -> Launched | None:
        """What really happened with a service that went live."""
        return self._launched.get(service)

    @cached_property
    def _launched(self) -> dict[str, Launched]:
        return _first((entry for wave in self.waves for entry in wave.launched), "service")

    @cached_property
    def live(self) -> tuple[Placement, ...]:
        """Services that are live: launched in a finished wave."""
        finished = {wave.id for wave in self.waves if wave.status == "finished"}
        return tuple(placement for placement in self.plan.placements if placement.wave in finished)

    @cached_property
    def _uses(self) -> dict[str, WaveUse]:
        return _by(self.plan.uses, "wave")

    def use(self, wave: str) -> WaveUse | None:
        return self._uses.get(wave)

    def loads(self, wave: str) -> tuple[ChangeLoad, ...]:
        """Change load of every audience in the wave."""
        return self._loads.get(wave, ())

    @cached_property
    def _loads(self) -> dict[str, tuple[ChangeLoad, ...]]:
        return _grouped((load.wave, load) for load in self.plan.loads)

    def load(self, wave: str, audience: str) -> ChangeLoad | None:
        return next((load for load in self.loads(wave) if load.audience == audience), None)

    @cached_property
    def audiences(self) -> tuple[Audience, ...]:
        """Audiences that something is asked of in some wave, in the order of the catalogue."""
        touched = {load.audience for load in self.plan.loads if load.points or load.black_out}
        return tuple(audience for audience in self.catalogue.audiences if audience.id in touched)

    @cached_property
    def _projected(self) -> dict[str, Projected]:
        return _by(self.plan.projected, "aspect")

    def projected(self, aspect: str) -> Projected | None:
        return self._projected.get(aspect)

    def level_after(self, aspect: str, wave: str) -> Fraction | None:
        """Projected level of the aspect at the end of the wave."""
        projected = self.projected(aspect)
        return dict(projected.after).get(wave) if projected else None

    # the rest of the catalogue

    def find(self, kind: str, identifier: str) -> Any:
        """An entry of the catalogue by kind (`roles`, `practices`, ...), or None."""
        return self.workspace.find(kind, identifier)
