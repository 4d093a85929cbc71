"""The problem as if what people ruled out were allowed: what would a decision bring in?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pmogen.analysis.as_if import WHO
from pmogen.analysis.changes import as_if
from pmogen.analysis.services import decided_otherwise
from pmogen.errors import PmogenError
from pmogen.model.decisions import ServiceDecision
from pmogen.model.roadmap import Pin
from pmogen.model.workspace import Workspace
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.problem import Problem
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, room_of


@dataclass(frozen=True)
class Allowed:
    """A room in which everything that was declined, deferred or found useless may launch; `refused` by id.

    `forced` are services that are not in the plan and would have to be, were what they need not refused.
    """

    room: Room
    refused: frozenset[str]
    forced: frozenset[str]

    def needed(self, service: str) -> tuple[str, ...]:
        """What has to be offered or resumed after all for the service to launch: what it needs, and itself, by id."""
        needs = self.room.problem.ancestors.get(service, ())
        return tuple(sorted(self.refused & {service, *(need.id for need in needs)}))

    def asked(self, offered: Iterable[str]) -> Room:
        """The room for a question about these: what launches together does so only where all of it may."""
        problem, names = self.room.problem, set(offered)
        if not problem.together:
            return self.room
        free = {s.id for s in problem.services if s.launched is not None or set(self.needed(s.id)) <= names}
        groups = (tuple(name for name in group if name in free) for group in problem.together)
        room = self.room.copy()
        room.problem = replace(problem, together=tuple(group for group in groups if len(group) > 1))
        return room

    def woken(self, offered: Iterable[str]) -> frozenset[str]:
        """What would have to launch too if these were offered: it was forced, or launches with what is in the plan."""
        names, live = set(offered), self.room.launches.keys()
        groups = (group for group in self.room.problem.together if live & set(group))
        held = {name for group in groups for name in group if name not in live and self.needed(name)}
        return frozenset(name for name in self.forced | held if set(self.needed(name)) <= names)


def allowed(workspace: Workspace, formulation: Formulation, schedule: Schedule, without: Iterable[str] = ()) -> Allowed:
    """The plan as it is, in the problem as if all these absences had been decided otherwise; `without` stay declined."""
    live = schedule.launches.keys()
    decisions = workspace.decisions.services
    given_up = frozenset(absence.service for absence in formulation.absences if absence.code == "dropped")
    declined = frozenset(e.service for e in decisions if e.decision in ("decline", "defer") and e.service not in live)
    refused = (declined | given_up) - set(without)
    useless = frozenset(absence.service for absence in formulation.absences if absence.code == "not useful")
    free = (refused | useless) - {pin.service for pin in workspace.roadmap.pins}
    when, last = workspace.settings.as_of, max(workspace.roadmap.waves, key=lambda wave: wave.starts).id
    offers = (ServiceDecision(service=s, decision="offer", who=WHO, when=when, why=f"{WHO}.") for s in sorted(refused))
    kept = (entry for entry in decisions if entry.service not in refused)
    pins = (Pin(service=name, wave=last, who=WHO, why=f"{WHO}.") for name in sorted(free))
    workspace = as_if(workspace, [f"resume={name}" for name in sorted(given_up)]).workspace
    freed = replace(
        workspace,
        decisions=workspace.decisions.model_copy(update={"services": (*kept, *offers)}),
        roadmap=workspace.roadmap.model_copy(update={"pins": (*workspace.roadmap.pins, *pins)}),
    )
    gaps = tuple(formulation.gaps.values())
    problem = formulate(freed, gaps, decided_otherwise(freed, formulation.choice)).problem
    services = tuple(replace(s, pin=None) if s.id in free else s for s in problem.services)
    problem = replace(problem, services=services)
    let_go = {missed.service for missed in schedule.unmet}
    forced = frozenset(s.id for s in services if s.latest is not None and s.id not in live and s.id not in let_go)
    return Allowed(_launched(problem, schedule), refused, forced)


def otherwise(workspace: Workspace, waves: int, without: Iterable[str] = ()) -> Workspace | None:
    """The workspace with so many waves more after the last one, and these declined; None where the calendar ends."""
    changes = [f"waves=+{waves}"] if waves else []
    try:
        return as_if(workspace, [*changes, *(f"decline={name}" for name in without)]).workspace
    except PmogenError:
        return None


def as_planned(workspace: Workspace, formulation: Formulation, schedule: Schedule) -> Room:
    """The plan as it is, in the problem of another workspace with the same gaps; what may not be there is left out."""
    gaps = tuple(formulation.gaps.values())
    return _launched(formulate(workspace, gaps, decided_otherwise(workspace, formulation.choice)).problem, schedule)


def _launched(problem: Problem, schedule: Schedule) -> Room:
    launches = {name: wave for name, wave in schedule.launches.items() if name in problem.by_id}
    return room_of(problem, replace(schedule, launches=launches))


def can_be_spared(formulation: Formulation, schedule: Schedule, service: str) -> bool:
    """Whether the plan holds without a service: it is not live, launches alone, and nothing in the plan needs it."""
    problem = formulation.problem
    needing = (other for other, _ in problem.needed_by(service))
    alone = problem.by_id[service].launched is None and not problem.mates(service)
    return alone and schedule.launches.keys().isdisjoint(needing)
