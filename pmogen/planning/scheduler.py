"""The list scheduler: services in an order of priority, each in the earliest waves that fit.

Four steps, all in whole numbers and with ids to break ties, so that the same problem always gives the
same schedule:

1. pins, each with the prerequisites that are missing;
2. an order of priority from each of several rules (`priority`);
3. `decode`: services in that order, each together with its missing prerequisites or not at all, what
   was offered before what is only proposed; then proposals that add nothing are taken out, everything
   that fits earlier moves earlier, and what fits now comes in, until nothing changes;
4. of all orders the best schedule counts, and single services are moved to the front or the end of
   its order as long as that helps.

Better means: more value (priority-weighted gap closure summed over the waves), then fewer offered
services left out for lack of room, then less effort. Source of the scheme: serial schedule generation
(Kolisch 1996) over strategic release planning (van den Akker et al. 2008). A preference for a visible
quick win in the first wave is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pmogen.planning.blockers import Blocker
from pmogen.planning.building import Work, distribute
from pmogen.planning.bundle import as_far_as_possible, bring_in
from pmogen.planning.priority import RULES, order_by
from pmogen.planning.problem import FTE, PlanService, Problem
from pmogen.planning.room import Room

TRIALS = 100
"""Orders that are decoded at most while improving: what keeps planning well under a second."""


@dataclass(frozen=True)
class UnmetPin:
    """A pin that does not hold: which service does not fit (itself or a prerequisite), and what is in the way.

    The blockers are those of launching `stuck` in `wave` beside `launches`: history and the pins before
    it only, not the rest of the plan.
    """

    service: str
    stuck: str
    wave: int
    blockers: tuple[Blocker, ...]
    launches: Mapping[str, int]


@dataclass(frozen=True)
class Schedule:
    """Launch wave by service (history included), person-days (tenths) by service and wave, and unmet pins."""

    launches: Mapping[str, int]
    work: Mapping[str, Work]
    unmet: tuple[UnmetPin, ...] = ()


@dataclass(frozen=True)
class _Decoded:
    """A schedule with the order it came from; the greater score (see the module's text) is the better one."""

    order: tuple[PlanService, ...]
    room: Room
    score: tuple[int, int, int]


def room_of(problem: Problem, found: Schedule) -> Room:
    """The room that a schedule leaves, for questions about it."""
    room = Room(problem)
    for missed in found.unmet:
        room.pins.pop(missed.service)
    for service, wave in found.launches.items():
        if problem.by_id[service].launched is None:
            room.launch(problem.by_id[service], wave)
    return room


def schedule(problem: Problem) -> Schedule:
    """A schedule that breaks no limit of the problem; see the module's text for what makes it good."""
    base, unmet = with_pins(problem)
    orders = dict.fromkeys(order_by(base.copy(), rule) for rule in RULES)
    best = max((decode(base, order) for order in orders), key=lambda decoded: decoded.score)
    best = _improved(base, best)
    launches = dict(sorted(best.room.launches.items()))
    return Schedule(launches, distribute(problem, launches), unmet)


def with_pins(problem: Problem) -> tuple[Room, tuple[UnmetPin, ...]]:
    """History and pins, and the pins that do not fit; those services are then tried in any wave."""
    room = Room(problem)
    unmet: list[UnmetPin] = []
    pinned = [(s.pin, s.id, s) for s in problem.services if s.pin is not None and s.launched is None]
    for wave, name, service in sorted(pinned, key=lambda pin: pin[:2]):
        if name not in room.launches and not bring_in(room, service):
            unmet.append(_unmet(room, service, wave))
            del room.pins[name]
    for missed in unmet:
        bring_in(room, problem.by_id[missed.service])
    return room, tuple(unmet)


def _unmet(room: Room, service: PlanService, wave: int) -> UnmetPin:
    trial, stuck = as_far_as_possible(room, service)
    if stuck is not service:
        wave = max((number for number in room.problem.open_waves if number < wave), default=wave)
    return UnmetPin(service.id, stuck.id, wave, tuple(trial.blockers(stuck, wave)), trial.launches)


def decode(base: Room, order: tuple[PlanService, ...]) -> _Decoded:
    """The schedule that an order of priority gives on top of history and pins."""
    room = base.copy()
    fixed = set(base.launches)
    for rank in ("offered", "proposed"):
        waiting = [service for service in order if service.rank == rank]
        _fill(room, waiting)
        movable = {s.id for s in room.problem.services if s.rank in (rank, "prerequisite")} - fixed
        while _prune(room, movable) or _shift(room) or _fill(room, waiting):
            continue
    return _Decoded(order, room, _score(room))


def _fill(room: Room, waiting: Iterable[PlanService]) -> bool:
    """Bring in what adds value and fits; says whether anything came."""
    before = len(room.launches)
    first = room.problem.open_waves[:1]
    for service in waiting:
        if service.id not in room.launches and first and room.gain(service, first[0]):
            bring_in(room, service, only_if_useful=True)
    return len(room.launches) > before


def _prune(room: Room, movable: set[str]) -> bool:
    """Take out what adds no value and is not needed, the most effort first; says whether anything went."""
    before = len(room.launches)
    for service in sorted(room.problem.services, key=lambda s: (-s.days, -s.run, s.id)):
        if service.id not in room.launches or service.id not in movable or _needed(room, service):
            continue
        wave = room.withdraw(service)
        if room.gain(service, wave):
            room.launch(service, wave)
    return len(room.launches) < before


def _needed(room: Room, service: PlanService) -> bool:
    launched = room.launches
    return any(
        need.service == service.id
        for other in room.problem.services
        if other.id in launched and other.launched is None
        for need in other.requires
    )


def _shift(room: Room) -> bool:
    """Move single services to the earliest wave that fits, with everything else where it is."""
    moved = False
    for service in sorted(room.problem.services, key=lambda s: (room.launches.get(s.id, 0), s.id)):
        if service.launched is not None or service.id not in room.launches:
            continue
        wave = room.withdraw(service)
        earlier = room.earliest(service)
        room.launch(service, wave if earlier is None else earlier)
        moved = moved or room.launches[service.id] < wave
    return moved


def _score(room: Room) -> tuple[int, int, int]:
    problem = room.problem
    last = len(problem.waves) - 1
    missed = sum(s.rank == "offered" and s.id not in room.launches and room.gain(s, last) > 0 for s in problem.services)
    return room.value(), -missed, -sum(_effort(problem, service, wave) for service, wave in room.launches.items())


def _effort(problem: Problem, service: str, wave: int) -> int:
    """Building, and running to the end of the last wave, in thousandths of a person-day."""
    entry = problem.by_id[service]
    days_left = sum(limits.working_days for limits in problem.waves[wave + 1 :])
    return entry.days * FTE + entry.run * days_left


def _improved(base: Room, best: _Decoded) -> _Decoded:
    """Single services to the front or the end of the order, as long as that gives something better."""
    trials = 0
    changed = True
    while changed:
        changed = False
        for service in best.order:
            others = tuple(other for other in best.order if other is not service)
            for order in ((service, *others), (*others, service)):
                if order == best.order:
                    continue
                if trials == TRIALS:
                    return best
                trials += 1
                trial = decode(base, order)
                if trial.score > best.score:
                    best, changed = trial, True
    return best
