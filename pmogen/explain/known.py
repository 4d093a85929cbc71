"""Look-ups in a playbook that explanations need, by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from pydantic import BaseModel

from pmogen.analysis.gaps import Gap
from pmogen.analysis.launched import live_services
from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import Candidate, Closing, NotApplicable, liftings_of
from pmogen.diagnostics import Span
from pmogen.language import spoken
from pmogen.model.assessment import AspectAssessment
from pmogen.model.decisions import AcceptedGap, HandOff, ServiceDecision
from pmogen.model.method import Method
from pmogen.model.roadmap import Launched, Wave
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import Absence, ChangeLoad, Placement, Projected, WaveUse
from pmogen.playbook import Playbook

T = TypeVar("T")
P = ParamSpec("P")


def _by(entries: Iterable[T], attribute: str) -> dict[str, T]:
    return {getattr(entry, attribute): entry for entry in entries}


def _placed(entries: Iterable[T], attribute: str) -> dict[str, tuple[int, T]]:
    """Entries with their place in the list, by id; of two with one id the last."""
    return {getattr(entry, attribute): (place, entry) for place, entry in enumerate(entries)}


@dataclass(frozen=True)
class Known:
    """A playbook with its look-ups; what does not exist is missing in them."""

    playbook: Playbook
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was looked up or explained before."""

    @property
    def workspace(self) -> Workspace:
        return self.playbook.workspace

    @property
    def method(self) -> Method:
        return self.workspace.catalogue.method

    def name(self, kind: str, identifier: str) -> str:
        """What people call an entry of the catalogue."""
        return self.workspace.name_of(kind, identifier)

    def span(self, *path: str | int) -> Span:
        """Where a value stands."""
        found: Span | None = self.kept.get(path)
        if found is None:
            found = self.kept[path] = self.workspace.places.span(*path)
        return found

    def method_span(self, *path: str) -> Span:
        """Where a value of the method stands: in the workspace where it is changed there, else in the catalogue."""
        changes: Any = self.workspace.settings.method
        for part in path:
            if not isinstance(changes, BaseModel) or part not in changes.model_fields_set:
                return self.span("method", *path)
            changes = getattr(changes, part)
        return self.span("playbook", "method", *path)

    @cached_property
    def liftings(self) -> dict[str, tuple[Lifting, ...]]:
        """What every service of the catalogue lifts."""
        services = self.workspace.catalogue.services
        return {service.id: liftings_of(service, self.method.lift) for service in services}

    @cached_property
    def planned_liftings(self) -> dict[str, tuple[tuple[int, Lifting], ...]]:
        """What the plan lifts and no assessed level contains, by aspect, with the place of its wave."""
        found: dict[str, list[tuple[int, Lifting]]] = {}
        for placement in self.playbook.plan.placements:
            for lifting in () if placement.service in self.contained else self.liftings[placement.service]:
                found.setdefault(lifting.aspect, []).append((self.in_time.index(placement.wave), lifting))
        return {aspect: tuple(liftings) for aspect, liftings in found.items()}

    @cached_property
    def contained(self) -> frozenset[str]:
        """Services whose effect the assessed levels contain already."""
        return frozenset(live.service for live in live_services(self.workspace).values() if not live.lifts)

    @cached_property
    def levels(self) -> dict[str, AspectLevel]:
        return _by(self.playbook.levels, "aspect")

    @cached_property
    def stated(self) -> dict[str, tuple[int, AspectAssessment]]:
        """What the current assessment says about each aspect, with its place in the file."""
        return _placed(self.workspace.current.assessment.aspects, "aspect")

    def stated_span(self, aspect: str, *path: str) -> Span:
        """Where the current assessment says something about the aspect."""
        return self.span("assessments", self.workspace.current.name, "aspects", self.stated[aspect][0], *path)

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        return _by(self.playbook.gaps, "aspect")

    @cached_property
    def closings(self) -> dict[str, Closing]:
        return _by(self.playbook.choice.closings, "aspect")

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        return _by(self.playbook.choice.candidates, "service")

    @cached_property
    def not_applicable(self) -> dict[str, NotApplicable]:
        return _by(self.playbook.choice.not_applicable, "service")

    @cached_property
    def decisions(self) -> dict[str, tuple[int, ServiceDecision]]:
        """The decision that holds for each service, with its place in the file."""
        return _placed(self.workspace.decisions.services, "service")

    @cached_property
    def accepted(self) -> dict[str, tuple[int, AcceptedGap]]:
        return _placed(self.workspace.decisions.accepted_gaps, "aspect")

    @cached_property
    def hand_offs(self) -> dict[str, tuple[int, HandOff]]:
        return _placed(self.workspace.decisions.hand_offs, "id")

    @cached_property
    def placements(self) -> dict[str, Placement]:
        return _by(self.playbook.plan.placements, "service")

    @cached_property
    def absences(self) -> dict[str, Absence]:
        return _by(self.playbook.plan.absences, "service")

    @cached_property
    def waves(self) -> dict[str, tuple[int, Wave]]:
        """The waves with their place in the file."""
        return _placed(self.workspace.roadmap.waves, "id")

    @cached_property
    def in_time(self) -> tuple[str, ...]:
        """The ids of the waves, by their start."""
        return tuple(wave.id for wave in sorted(self.workspace.roadmap.waves, key=lambda wave: wave.starts))

    @cached_property
    def launched(self) -> dict[str, tuple[str, int, Launched]]:
        """What really went live: wave, place in its list, entry; where a service is listed first."""
        found: dict[str, tuple[str, int, Launched]] = {}
        for identifier in self.in_time:
            wave = self.waves[identifier][1]
            for place, entry in enumerate(wave.launched if wave.status != "planned" else ()):
                found.setdefault(entry.service, (identifier, place, entry))
        return found

    @cached_property
    def uses(self) -> dict[str, WaveUse]:
        return _by(self.playbook.plan.uses, "wave")

    @cached_property
    def loads(self) -> dict[tuple[str, str], ChangeLoad]:
        """Change load by audience and wave."""
        return {(load.audience, load.wave): load for load in self.playbook.plan.loads}

    @cached_property
    def projected(self) -> dict[str, Projected]:
        return _by(self.playbook.plan.projected, "aspect")


def kept(explain: Callable[Concatenate[Known, P], T]) -> Callable[Concatenate[Known, P], T]:
    """Explains a thing once for each playbook and language: many others rest on it."""

    @wraps(explain)
    def explained(known: Known, /, *about: P.args, **named: P.kwargs) -> T:
        key = (explain, spoken().code, about, *named.items())
        if key not in known.kept:
            known.kept[key] = explain(known, *about, **named)
        found: T = known.kept[key]
        return found

    return explained
