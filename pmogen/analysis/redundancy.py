"""What each candidate adds to all that is offered; nothing means that it is redundant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.launched import live_services
from pmogen.analysis.no_limits import prerequisites
from pmogen.analysis.projection import Lifting, closed
from pmogen.analysis.services import Choice, decision_on, liftings_here
from pmogen.model.workspace import Workspace


@dataclass(frozen=True)
class Margin:
    """What a candidate adds to all other services that are offered or live.

    `adds` are levels by aspect, gaps by rank. `covered` names, for each aspect to which it adds nothing
    although it could alone, the offered services that lift it as far already. `needed_by` are offered
    services that need it, directly or through others.
    """

    service: str
    adds: tuple[tuple[str, Fraction], ...]
    covered: tuple[tuple[str, tuple[str, ...]], ...]
    needed_by: tuple[str, ...]

    @property
    def redundant(self) -> bool:
        """True when nothing would be lost without it while everything else that is offered is there."""
        return not self.adds and not self.needed_by


def offered_services(workspace: Workspace) -> frozenset[str]:
    """Services that are offered, or live already."""
    offered = {entry.service for entry in workspace.decisions.services}
    return frozenset(live_services(workspace)) | {s for s in offered if decision_on(workspace, s) == "offer"}


def dependents(workspace: Workspace, service: str, among: Iterable[str]) -> tuple[str, ...]:
    """Services among these that need the service, directly or through others, by id."""
    waiting, found = sorted(set(among) - {service}), {service}
    grown = True
    while grown:
        more = {s for s in waiting if s not in found and found.intersection(prerequisites(workspace.service(s)))}
        found |= more
        grown = bool(more)
    return tuple(sorted(found - {service}))


def closed_by(gap: Gap, services: Iterable[str], liftings: Mapping[str, tuple[Lifting, ...]]) -> Fraction:
    """Levels of the gap that the services close together."""
    own = [lifting for service in services for lifting in liftings[service] if lifting.aspect == gap.aspect]
    return closed(gap.current, gap.target, own)


def margins(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> tuple[Margin, ...]:
    """The margin of every candidate, in the order of the candidates."""
    offered, liftings = offered_services(workspace), liftings_here(workspace)
    known = {gap.aspect: gap for gap in gaps}
    found = []
    for candidate in choice.candidates:
        others = sorted(offered - {candidate.service})
        adds, covered = [], []
        for aspect, _ in candidate.closes:
            before = closed_by(known[aspect], others, liftings)
            more = closed_by(known[aspect], (*others, candidate.service), liftings) - before
            if more:
                adds.append((aspect, more))
            else:
                covered.append((aspect, _lifting(known[aspect], others, liftings)))
        needed_by = dependents(workspace, candidate.service, offered)
        found.append(Margin(candidate.service, tuple(adds), tuple(covered), needed_by))
    return tuple(found)


def _lifting(gap: Gap, services: Iterable[str], liftings: Mapping[str, tuple[Lifting, ...]]) -> tuple[str, ...]:
    """The services that lift the aspect beyond today's level, the strongest first."""
    own = [
        lifting
        for service in services
        for lifting in liftings[service]
        if lifting.aspect == gap.aspect and lifting.up_to > gap.current
    ]
    return tuple(lifting.service for lifting in sorted(own, key=lambda lifting: (-lifting.by, lifting.service)))
