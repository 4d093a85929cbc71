"""A service with all that has to come with it: what launches together with it, and what it still needs."""

from __future__ import annotations

from pmogen.planning.problem import PlanService, Problem
from pmogen.planning.room import Room

Unit = tuple[PlanService, ...]
"""Services that launch together, or one alone; the one that is asked about is the first."""


def unit_of(problem: Problem, service: PlanService) -> Unit:
    """The service, then what launches together with it, by id."""
    mates = problem.company_of.get(service.id, ()) if problem.together else ()
    return (service, *(mate for mate in mates if mate is not service))


def missing(room: Room, service: PlanService) -> tuple[Unit, ...]:
    """What has not launched yet of the service and all it needs: prerequisites first, itself last."""
    found: dict[frozenset[str], Unit] = {}

    def needs(unit: Unit, path: frozenset[str]) -> None:
        names = frozenset(member.id for member in unit)
        if names in found or names & path:
            return
        for member in unit:
            for need in member.requires:
                if need.service not in room.launches and need.service not in names:
                    needs(unit_of(room.problem, room.problem.by_id[need.service]), path | names)
        found[names] = unit

    needs(unit_of(room.problem, service), frozenset())
    return tuple(found.values())


def as_far_as_possible(room: Room, service: PlanService) -> tuple[Room, PlanService]:
    """A copy of the room with the missing prerequisites in it, up to the first that fits nowhere; the room if none is.

    Also returns that prerequisite, or the service itself when all of them fit: the one to ask about.
    """
    *before, _ = missing(room, service)
    trial = room.copy() if before else room
    for unit in before:
        wave = trial.earliest(*unit)
        if wave is None:
            return trial, unit[0]
        for member in unit:
            trial.launch(member, wave)
    return trial, service
