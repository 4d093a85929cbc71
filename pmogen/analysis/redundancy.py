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


@dataclass(frozen=True)
class Needs:
    """Who needs whom among some services."""

    by: Mapping[str, tuple[str, ...]]
    """The services that require one, directly."""

    @classmethod
    def among(cls, workspace: Workspace, services: Iterable[str]) -> Needs:
        """The needs of these services."""
        found: dict[str, list[str]] = {}
        for service in services:
            for needed in prerequisites(workspace.service(service)):
                found.setdefault(needed, []).append(service)
        return cls({needed: tuple(by) for needed, by in found.items()})

    def dependents(self, service: str) -> tuple[str, ...]:
        """Services that need this one, directly or through others, by id."""
        found, waiting = {service}, [service]
        while waiting:
            more = [other for other in self.by.get(waiting.pop(), ()) if other not in found]
            found.update(more)
            waiting += more
        return tuple(sorted(found - {service}))


def by_aspect(
    services: Iterable[str], liftings: Mapping[str, tuple[Lifting, ...]]
) -> Mapping[str, tuple[Lifting, ...]]:
    """What services add, by aspect, in the order of the services."""
    found: dict[str, list[Lifting]] = {}
    for service in services:
        for lifting in liftings[service]:
            found.setdefault(lifting.aspect, []).append(lifting)
    return {aspect: tuple(listed) for aspect, listed in found.items()}


def margins(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> tuple[Margin, ...]:
    """The margin of every candidate, in the order of the candidates."""
    offered, liftings = offered_services(workspace), liftings_here(workspace)
    needs, lifting = Needs.among(workspace, offered), by_aspect(sorted(offered), liftings)
    known = {gap.aspect: gap for gap in gaps}
    found = []
    for candidate in choice.candidates:
        own = by_aspect((candidate.service,), liftings)
        adds, covered = [], []
        for aspect, _ in candidate.closes:
            gap = known[aspect]
            others = tuple(one for one in lifting.get(aspect, ()) if one.service != candidate.service)
            before = closed(gap.current, gap.target, others)
            more = closed(gap.current, gap.target, (*others, *own.get(aspect, ()))) - before
            if more:
                adds.append((aspect, more))
            else:
                covered.append((aspect, _strongest(gap, others)))
        found.append(Margin(candidate.service, tuple(adds), tuple(covered), needs.dependents(candidate.service)))
    return tuple(found)


def _strongest(gap: Gap, liftings: Iterable[Lifting]) -> tuple[str, ...]:
    """The services that lift the aspect beyond today's level, the strongest first."""
    own = [lifting for lifting in liftings if lifting.up_to > gap.current]
    return tuple(lifting.service for lifting in sorted(own, key=lambda lifting: (-lifting.by, lifting.service)))
