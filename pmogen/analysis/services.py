"""Which products and services close which gaps, and what is not applicable here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeVar

from pmogen.analysis.gaps import Gap
from pmogen.analysis.ladders import closed_together
from pmogen.analysis.launched import live_services
from pmogen.analysis.once import once
from pmogen.analysis.projection import Lifting, closed
from pmogen.language import _, spoken
from pmogen.model.base import Strength, exact
from pmogen.model.catalogue import Effort, Service
from pmogen.model.decisions import ServiceDecision
from pmogen.model.method import LiftMethod
from pmogen.model.workspace import Workspace

DecisionState = Literal["offer", "decline", "defer", "undecided"]


@dataclass(frozen=True)
class Candidate:
    """A service that lifts an aspect with a gap beyond its current level, whatever it costs.

    `closes` says per aspect with a gap how many levels of it the service closes alone.
    """

    service: str
    decision: DecisionState
    closes: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class NotApplicable:
    """A service of the catalogue that closes no gap here, and why."""

    service: str
    decision: DecisionState
    reason: str


Entry = TypeVar("Entry", Candidate, NotApplicable)


@dataclass(frozen=True)
class Closing:
    """How far a gap can be closed, before any thought of cost.

    `reachable` is the level with all services that are not declined, `remains` what is then missing. `how` is
    `fully` or `partly` by services, or `hand-off`, `accepted`, `open` when services bring nothing. What the
    catalogue says a PMO cannot close (`beyond_pmo`) is never closed by services: they may help (`reachable`
    says how far), but the gap is a hand-off, accepted, or open. `hand_offs` are those that were not
    refused; `accepted` is true until the day on which somebody wants to look again has passed.
    """

    aspect: str
    liftings: tuple[Lifting, ...]
    reachable: Fraction
    remains: Fraction
    how: Literal["fully", "partly", "hand-off", "accepted", "open"]
    hand_offs: tuple[str, ...]
    accepted: bool
    beyond_pmo: bool = False


@dataclass(frozen=True)
class Choice:
    """Everything that can be said about services before planning."""

    candidates: tuple[Candidate, ...]
    not_applicable: tuple[NotApplicable, ...]
    closings: tuple[Closing, ...]


def expected_days(effort: Effort) -> Fraction:
    """Expected person-days: the three-point (PERT) estimate, or the middle of a range.

    Source: Malcolm, Roseboom, Clark & Fazar 1959, the usual beta approximation (low + 4 likely + high) / 6.
    """
    return _expected(effort.low, effort.likely, effort.high)


@lru_cache(maxsize=1 << 12)
def _expected(low: float, likely: float | None, high: float) -> Fraction:
    if likely is None:
        return (exact(low) + exact(high)) / 2
    return (exact(low) + 4 * exact(likely) + exact(high)) / 6


def liftings_of(service: Service, method: LiftMethod) -> tuple[Lifting, ...]:
    """What the service adds to each aspect, with the method's defaults filled in."""
    ceiling = method.basic_up_to if service.tier == "basic" else method.advanced_up_to
    return tuple(
        _lifting(
            service.id,
            lift.aspect,
            lift.strength,
            lift.by if lift.by is not None else getattr(method, lift.strength),
            lift.up_to if lift.up_to is not None else ceiling,
        )
        for lift in service.lifts
    )


@lru_cache(maxsize=1 << 16)
def _lifting(service: str, aspect: str, strength: Strength, by: float, up_to: float) -> Lifting:
    return Lifting(service, aspect, strength, exact(by), exact(up_to))


@once
def liftings_here(workspace: Workspace) -> Mapping[str, tuple[Lifting, ...]]:
    """What every service still adds here, by id; nothing when the assessed levels contain its effect."""
    live, method = live_services(workspace), workspace.catalogue.method.lift
    return {
        service.id: () if service.id in live and not live[service.id].lifts else liftings_of(service, method)
        for service in sorted(workspace.catalogue.services, key=lambda service: service.id)
    }


@once
def decisions_made(workspace: Workspace) -> Mapping[str, ServiceDecision]:
    """The decision on each service on which there is one; the last in the file counts."""
    return {entry.service: entry for entry in workspace.decisions.services}


def decision_on(workspace: Workspace, service: str) -> DecisionState:
    """What was decided about a service."""
    made = decisions_made(workspace).get(service)
    return made.decision if made else "undecided"


def _why_not(service: Service, gaps: dict[str, Gap], workspace: Workspace, live: bool) -> str:
    if live:
        return _("It was live before the assessment, so the levels of today contain what it lifts.")
    reasons = []
    for lifting in liftings_of(service, workspace.catalogue.method.lift):
        name = workspace.name_of("aspects", lifting.aspect)
        gap = gaps.get(lifting.aspect)
        if gap is None:
            reasons.append(_("{aspect} is not assessed", aspect=name))
        elif gap.kind != "gap":
            reasons.append(_("{aspect} has no gap", aspect=name))
        else:
            level = f"{float(gap.current):.1f}".replace(".", spoken().point)
            reasons.append(_("{aspect} is at level {level} already, beyond what it lifts to", aspect=name, level=level))
    return "; ".join(reasons) + "."


def _closing(workspace: Workspace, gap: Gap, liftings: tuple[Lifting, ...], others: _Others) -> Closing:
    reachable = gap.current + closed_together(gap, liftings)
    hand_offs, accepted = tuple(others.hand_offs.get(gap.aspect, ())), gap.aspect in others.accepted
    aspect = workspace.find("aspects", gap.aspect)
    beyond = aspect is not None and aspect.pmo_can_close == "not"
    how: Literal["fully", "partly", "hand-off", "accepted", "open"]
    if reachable > gap.current and not beyond:
        how = "fully" if reachable >= gap.target else "partly"
    else:
        how = "hand-off" if hand_offs else "accepted" if accepted else "open"
    return Closing(gap.aspect, liftings, reachable, gap.target - reachable, how, hand_offs, accepted, beyond)


def _closing_alone(gaps: tuple[Gap, ...]) -> Callable[[Lifting], Fraction]:
    """How many levels a lifting closes of its gap, if it is one; each kind of lifting of an aspect is reckoned once."""
    real = {gap.aspect: gap for gap in gaps if gap.kind == "gap"}
    known: dict[tuple[str, tuple[int, int], tuple[int, int]], Fraction] = {}

    def closes(lifting: Lifting) -> Fraction:
        gap = real.get(lifting.aspect)
        if gap is None:
            return Fraction(0)
        kind = lifting.aspect, lifting.by.as_integer_ratio(), lifting.up_to.as_integer_ratio()
        if kind not in known:
            known[kind] = closed(gap.current, gap.target, (lifting,))
        return known[kind]

    return closes


class _Others:
    """By aspect: hand-offs that were not refused; and aspects whose acceptance holds."""

    def __init__(self, workspace: Workspace) -> None:
        self.hand_offs: dict[str, list[str]] = {}
        for entry in workspace.decisions.hand_offs:
            for aspect in dict.fromkeys(entry.aspects) if entry.status != "refused" else ():
                self.hand_offs.setdefault(aspect, []).append(entry.id)
        today = workspace.settings.as_of
        self.accepted = {entry.aspect for entry in workspace.decisions.accepted_gaps if entry.until >= today}


def choose(workspace: Workspace, gaps: tuple[Gap, ...]) -> Choice:
    """Candidates for the gaps, how far each gap can be closed, and the rest of the catalogue with reasons.

    Candidates come in the order of the best-ranked gap they close, then by how much they close, then id.
    """
    known, closes_alone = {gap.aspect: gap for gap in gaps}, _closing_alone(gaps)
    candidates: list[tuple[tuple[int, Fraction, str], Candidate]] = []
    rest: list[NotApplicable] = []
    for identifier, liftings in liftings_here(workspace).items():
        service = workspace.service(identifier)
        decision = decision_on(workspace, service.id)
        helped = {lifting.aspect: amount for lifting in liftings if (amount := closes_alone(lifting))}
        if not helped:
            rest.append(NotApplicable(service.id, decision, _why_not(service, known, workspace, live=not liftings)))
            continue
        closes = tuple(sorted(helped.items(), key=lambda item: (known[item[0]].rank, item[0])))
        key = (known[closes[0][0]].rank, -sum(helped.values(), Fraction(0)), service.id)
        candidates.append((key, Candidate(service.id, decision, closes)))
    ordered = tuple(candidate for _key, candidate in sorted(candidates, key=lambda pair: pair[0]))
    return Choice(ordered, tuple(rest), tuple(_closings(workspace, gaps, ordered)))


def decided_otherwise(workspace: Workspace, choice: Choice) -> Choice:
    """The choice with the decisions of a workspace that has the same catalogue, levels and live services.

    It does not say how far each gap can be closed then, which planning does not ask.
    """

    def with_decision(entry: Entry) -> Entry:
        decision = decision_on(workspace, entry.service)
        return entry if decision == entry.decision else replace(entry, decision=decision)

    return Choice(tuple(map(with_decision, choice.candidates)), tuple(map(with_decision, choice.not_applicable)), ())


def _closings(workspace: Workspace, gaps: tuple[Gap, ...], candidates: tuple[Candidate, ...]) -> Iterator[Closing]:
    """How far each gap can be closed by candidates that are not declined, by rank."""
    liftings, others = liftings_here(workspace), _Others(workspace)
    by_aspect: dict[str, list[Lifting]] = {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.service):
        helped = dict(candidate.closes)
        for lifting in liftings[candidate.service] if candidate.decision != "decline" else ():
            if lifting.aspect in helped:
                by_aspect.setdefault(lifting.aspect, []).append(lifting)
    for gap in gaps:
        if gap.kind == "gap":
            yield _closing(workspace, gap, tuple(by_aspect.get(gap.aspect, ())), others)
