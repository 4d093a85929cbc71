"""A service together with the prerequisites it still misses."""

from __future__ import annotations

from pmogen.planning.problem import PlanService
from pmogen.planning.room import Room


def bring_in(room: Room, service: PlanService, only_if_useful: bool = False) -> bool:
    """Launch the service and its missing prerequisites in the earliest waves that fit, or change nothing.

    With `only_if_useful` the service itself has to add value in its wave; says whether it launched.
    """
    placed: list[PlanService] = []
    for member in missing(room, service):
        wave = room.earliest(member)
        if wave is None or (only_if_useful and member is service and not room.gain(service, wave)):
            for done in reversed(placed):
                room.withdraw(done)
            return False
        room.launch(member, wave)
        placed.append(member)
    return True


def missing(room: Room, service: PlanService) -> tuple[PlanService, ...]:
    """What has not launched yet of the service and all it needs, prerequisites first, itself last."""
    return tuple(s for s in (*room.problem.ancestors[service.id], service) if s.id not in room.launches)


def as_far_as_possible(room: Room, service: PlanService) -> tuple[Room, PlanService]:
    """A copy of the room with the missing prerequisites in it, up to the first that fits nowhere.

    Also returns that prerequisite, or the service itself when all of them fit: the one to ask about.
    """
    trial = room.copy()
    for member in missing(room, service):
        wave = trial.earliest(member)
        if member is service or wave is None:
            return trial, member
        trial.launch(member, wave)
    return trial, service
