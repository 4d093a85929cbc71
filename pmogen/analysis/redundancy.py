"""What each candidate adds to all that is offered; nothing means that it is redundant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.ladders import Present
from pmogen.analysis.launched import live_services
from pmogen.analysis.no_limits import prerequisites
from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import Choice, decisions_made, liftings_here
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
    made = decisions_made(workspace).values()
    return frozenset(live_services(workspace)) | {entry.service for entry in made if entry.decision == "offer"}


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
    there = Present((gap for gap in gaps if gap.kind == "gap"), liftings, offered)
    strongest = {gap.aspect: _strongest(gap, lifting.get(gap.aspect, ())) for gap in gaps}
    found = []
    for candidate in choice.candidates:
        service, adds, covered = candidate.service, [], []
        for aspect, _ in candidate.closes:
            more = there.closed(aspect, service) - there.closed(aspect, without=(service,))
            if more:
                adds.append((aspect, there.levels(aspect, more)))
            else:
                covered.append((aspect, tuple(other for other in strongest[aspect] if other != service)))
        found.append(Margin(service, tuple(adds), tuple(covered), needs.dependents(service)))
    return tuple(found)


def _strongest(gap: Gap, liftings: Iterable[Lifting]) -> tuple[str, ...]:
    """The services that lift the aspect beyond today's level, the strongest first."""
    own = [lifting for lifting in liftings if lifting.up_to > gap.current]
    return tuple(lifting.service for lifting in sorted(own, key=lambda lifting: (-lifting.by, lifting.service)))
