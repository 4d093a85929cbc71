"""The least that would bring a service in or forward: found by granting what is short, and asking whether it fits then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pmogen.planning.bundle import Unit, missing, unit_of
from pmogen.planning.grants import Grant, granted, grants_for, merged
from pmogen.planning.problem import PlanService, Problem
from pmogen.planning.room import Room

MOST = 6
"""So many changes at once are named at most; beyond that it is another roadmap."""
LOOKS = 2
"""Arrangements with the fewest shortages that are looked at closely: the first that holds is taken."""
SPARE = 2
"""So many shortages more than `MOST` are looked at: what is granted for one can lift another."""
ROUNDS = 3
"""What is short can show itself only after something else was granted; so often it is asked."""

Launches = tuple[tuple[Unit, int], ...]
"""What launches where, prerequisites first."""


@dataclass(frozen=True)
class Way:
    """Changes, and what launches then beside the rest of the plan: what the service still needs, and itself.

    `helps` is true when the service itself closes something there.
    """

    wave: int
    grants: tuple[Grant, ...]
    launches: Mapping[str, int]
    helps: bool


def way_in(room: Room, service: PlanService, first: int = 0, *, useful: bool = True) -> Way | None:
    """The fewest changes found with which the service fits, in the first wave where these do.

    It launches in the wave `first` or later. With `useful` it has to close something there. What it still needs comes with it: each part in the first wave that
    takes the fewest changes, as early, or as late as the order allows, whichever takes the fewest in all.
    """
    units = tuple(_not_yet(room, unit) for unit in missing(room, service))
    most = MOST + SPARE
    found: list[tuple[int, int, int, Launches, tuple[Grant, ...], bool]] = []
    for launches in _arrangements(room, units, first):
        helps = _helps(room, launches)
        grants = _short(room, launches, most) if helps or not useful else None
        if grants is not None:
            most = min(most, len(grants) + 1)
            found.append((len(grants), launches[-1][1], len(found), launches, grants, helps))
    found.sort(key=lambda entry: entry[:3])
    ways = (_way(room, launches, grants, helps=helps) for *_, launches, grants, helps in found[:LOOKS])
    return next((way for way in ways if way), None)


def way_forward(room: Room, unit: Unit, wave: int) -> Way | None:
    """The fewest changes found with which services that launch later fit in the wave (the room is without them).

    What they need and launches too late for that comes forward with them, no further than it must.
    """
    late = _too_late(room, unit, wave)
    if late is None:
        return None
    trial = room.copy()
    for members, _ in late[:-1]:
        for member in members:
            trial.withdraw(member)
    grants = _short(trial, late, MOST + SPARE)
    return None if grants is None else _way(trial, late, grants, helps=_helps(trial, late))


def _not_yet(room: Room, unit: Unit) -> Unit:
    """Those that have not launched yet; the others hold them to their wave."""
    return tuple(member for member in unit if member.id not in room.launches)


def _helps(room: Room, launches: Launches) -> bool:
    """Whether the last of them closes something beside the others."""
    trial = room.copy()
    for unit, wave in launches[:-1]:
        for member in unit:
            trial.launch(member, wave)
    unit, wave = launches[-1]
    return trial.gain(unit[0], wave, *unit[1:]) > 0


def _way(room: Room, launches: Launches, grants: tuple[Grant, ...], *, helps: bool) -> Way | None:
    """The least of these grants with which all of these fit where they are."""
    least = _least(room, launches, grants)
    if len(least) > MOST or _laid(room, launches, least) is None:
        return None
    waves = {member.id: number for members, number in launches for member in members}
    return Way(launches[-1][1], least, waves, helps)


# where what is missing could launch


def _arrangements(room: Room, units: tuple[Unit, ...], first: int) -> Iterator[Launches]:
    """Waves for what is missing, in several ways, with the last of it in each wave from `first` on; none twice."""
    early = _as_early(room, units)
    if early is None:
        return
    found: set[tuple[int, ...]] = set()
    *before, last = units
    fewest = _one_by_one(room, tuple(before))
    for wave in room.problem.open_waves:
        if wave < max(first, early[-1][1]):
            continue
        for launches in (fewest, _as_late(room, units, wave), early):
            every = (*launches[: len(before)], (last, wave)) if launches is not None else ()
            waves = tuple(number for _, number in every)
            if every and waves not in found:
                found.add(waves)
                yield every


def _one_by_one(room: Room, units: tuple[Unit, ...]) -> Launches | None:
    """Each in the first wave that takes the fewest changes after those before it."""
    trial, launches = room.copy(), []
    for unit in units:
        step = _step(trial, unit)
        if step is None:
            return None
        wave, grants = step
        trial.problem = granted(trial.problem, grants)
        for member in unit:
            trial.launch(member, wave)
        launches.append((unit, wave))
    return tuple(launches)


def _step(room: Room, unit: Unit) -> tuple[int, tuple[Grant, ...]] | None:
    found: list[tuple[int, int, tuple[Grant, ...]]] = []
    for wave in room.problem.open_waves:
        grants = grants_for(room.problem, room.blockers(unit[0], wave, *unit[1:]), wave)
        if grants == ():
            return wave, ()
        if grants is not None and len(grants) <= MOST:
            found.append((len(grants), wave, grants))
    return min(found, key=lambda step: step[:2])[1:] if found else None


def _as_late(room: Room, units: tuple[Unit, ...], wave: int) -> Launches | None:
    """As late as the last one may wait when it launches in the wave."""
    waves: dict[str, int] = {member.id: wave for member in units[-1]}
    launches = []
    for unit in reversed(units):
        latest = min(waves.get(member.id, wave) for member in unit)
        launches.append((unit, latest))
        for member in unit:
            for need in member.requires:
                waves[need.service] = min(waves.get(need.service, wave), latest - need.lag)
                for mate in room.problem.mates(need.service):
                    waves[mate] = min(waves.get(mate, wave), waves[need.service])
    if any(number not in room.problem.open_waves for _, number in launches):
        return None
    return tuple(reversed(launches))


def _as_early(room: Room, units: tuple[Unit, ...]) -> Launches | None:
    """Each in the first open wave after all that it needs."""
    waves, launches = dict(room.launches), []
    for unit in units:
        needs = [waves[need.service] + need.lag for member in unit for need in member.requires if need.service in waves]
        number = next((n for n in room.problem.open_waves if n >= max(needs, default=0)), None)
        if number is None:
            return None
        waves |= {member.id: number for member in unit}
        launches.append((unit, number))
    return tuple(launches)


def _too_late(room: Room, unit: Unit, wave: int) -> Launches | None:
    """The services in the wave, after what has to come forward for that; None where something cannot."""
    waves: dict[frozenset[str], tuple[Unit, int]] = {}
    todo = [(unit, wave)]
    while todo:
        members, number = todo.pop()
        names = frozenset(member.id for member in members)
        if number not in room.problem.open_waves or any(member.launched is not None for member in members):
            return None
        if names in waves and waves[names][1] <= number:
            continue
        waves[names] = (members, number)
        for member in members:
            for need in member.requires:
                last, there = number - need.lag, room.launches.get(need.service)
                if need.service in names:
                    continue
                if there is None:
                    return None
                if there > last:
                    todo.append((unit_of(room.problem, room.problem.by_id[need.service]), last))
    own = waves.pop(frozenset(member.id for member in unit))
    depth = {s.id: len(room.problem.ancestors.get(s.id, ())) for members, _ in waves.values() for s in members}
    before = sorted(
        waves.values(), key=lambda entry: (entry[1], max(depth[member.id] for member in entry[0]), entry[0][0].id)
    )
    return (*before, own)


# what is short there


def _short(room: Room, launches: Launches, most: int) -> tuple[Grant, ...] | None:
    """What has to be granted for all of these to launch where they are; None where more is no answer, or too much is."""
    trial = room.copy()
    grants: tuple[Grant, ...] = ()
    for unit, wave in launches:
        members = _again(trial, unit)
        for _ in range(ROUNDS):
            blockers = tuple(trial.blockers(members[0], wave, *members[1:]))
            several = any(blocker.kind == "role" and not blocker.short for blocker in blockers)
            rest = (blocker for blocker in blockers if not several or blocker.kind != "role")
            more = grants_for(trial.problem, rest, wave)
            if more is None:
                return None
            more = (*more, *(_of_roles(trial.problem, members, wave) if several else ()))
            if not more:
                break
            grants = (*grants, *more)
            if len(merged(grants)) > most:
                return None
            trial.problem = granted(trial.problem, more)
        for member in members:
            trial.launch(member, wave)
    return merged(grants)


def _of_roles(problem: Problem, members: Unit, wave: int) -> Iterator[Grant]:
    """All the days they need of every role that builds them, in every wave in which they could be built."""
    days = sum(member.days for member in members)
    for number in range(max(0, wave - problem.build_waves + 1), wave + 1):
        for role in sorted({role for member in members for role in member.roles}):
            if problem.waves[number].open and problem.roles[role].days[number] is not None:
                yield Grant("role", number, problem.roles[role].id, days)


def _again(room: Room, unit: Unit) -> Unit:
    """The same services, as the problem of the room has them."""
    return tuple(room.problem.by_id[member.id] for member in unit)


def _laid(room: Room, launches: Launches, grants: Iterable[Grant]) -> Room | None:
    """The room after these launches when so much is granted; None when they do not fit."""
    trial = room.copy()
    trial.problem = granted(room.problem, grants)
    for unit, wave in launches:
        members = _again(trial, unit)
        if not trial.fits(members[0], wave, *members[1:]):
            return None
        for member in members:
            trial.launch(member, wave)
    return trial


def _least(room: Room, launches: Launches, grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """The same grants without what is not needed, and no unit more of any than the others leave necessary."""
    for number in range(len(grants)):
        kept = _lowered(room, launches, grants, number)
        grants = (*grants[:number], *kept, *grants[number + 1 :])
        if len(kept) == 0:
            return _least(room, launches, grants)
    return grants


def _lowered(room: Room, launches: Launches, grants: tuple[Grant, ...], number: int) -> tuple[Grant, ...]:
    grant = grants[number]

    def holds(*kept: Grant) -> bool:
        return _laid(room, launches, (*grants[:number], *kept, *grants[number + 1 :])) is not None

    if holds():
        return ()
    if not grant.counts or holds(replace(grant, amount=grant.amount - 1)) is False:
        return (grant,)
    low, high = 1, grant.amount - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(replace(grant, amount=middle)) else (middle + 1, high)
    return (replace(grant, amount=low),)
