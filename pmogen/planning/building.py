"""Building spread over waves: which person-days fall into which wave.

A service that launches in wave w may be built in w and the waves before it, `build_waves` in all. Only
the launch waits for prerequisites: building may start before they are live. Which waves the days fall
into is not decided service by service: filling the waves from the last to the first, the latest
launches first, finds a distribution whenever there is one (earliest deadline first, seen backwards;
Horn 1974), so "no room to build" holds however the days are moved about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pmogen.planning.problem import PlanService, Problem
from pmogen.planning.staffing import Task, staffed

Work = dict[int, int]
"""Person-days (tenths) by wave."""


def spread(demand: Sequence[int], room: Sequence[int], span: int) -> tuple[dict[int, Work], bool]:
    """Days of each launch wave spread over the `span` waves ending with it, and whether all of them fit.

    `demand` are the days of what launches in a wave, `room` the days free in a wave.
    """
    left = list(demand)
    taken: dict[int, Work] = {}
    for wave in range(len(left) - 1, -1, -1):
        free = room[wave]
        for launch in range(min(len(left) - 1, wave + span - 1), wave - 1, -1):
            days = min(free, left[launch])
            if days > 0:
                left[launch] -= days
                free -= days
                taken.setdefault(launch, {})[wave] = days
    return taken, not any(left)


def fits(demand: Sequence[int], room: Sequence[int], span: int) -> bool:
    """Whether all days can be built: `spread` without its result."""
    left = list(demand)
    last = len(left) - 1
    for wave in range(last, -1, -1):
        free = room[wave]
        for launch in range(min(last, wave + span - 1), wave - 1, -1):
            days = left[launch]
            if days >= free:
                left[launch] = days - free
                break
            left[launch] = 0
            free -= days
        due = wave + span - 1
        if due <= last and left[due]:
            return False
    return not any(left)


@dataclass(frozen=True)
class Shortage:
    """Days missing for a launch in one wave, and days missing for other launches (wave, days), if any.

    `days` more in the launch wave would do, and not one unit less.
    """

    days: int
    elsewhere: tuple[int, int] | None


def shortage(demand: Sequence[int], room: Sequence[int], span: int, wave: int) -> Shortage:
    """What is missing when something new launches in `wave`.

    What must be built within the waves a to b cannot exceed their room, for any a and b: this is the
    condition for a spread to exist (Hall). `room` may be negative where history has overdrawn it.
    """
    count = len(demand)
    built, open_days = [0, *accumulate(demand)], [0, *accumulate(max(0, days) for days in room)]
    due = [built[last + 1] - open_days[last + 1] for last in range(count)]
    can = [0, *(built[min(count, first + span - 1)] - open_days[first] for first in range(1, count))]
    start = max(0, wave - span + 1)
    missing = max(due[wave:]) - min(can[: start + 1])
    here = missing - min(0, room[wave]) if missing > 0 else 0
    there: tuple[int, int] | None = None
    before, all_waves = _greatest_from(due[:wave]), _greatest_from(due)
    for first in range(count):
        ends = before if first <= start else all_waves
        last = ends[first] if first < len(ends) else first
        missing = due[last] - can[first] if first < len(ends) else 0
        if missing > 0 and (there is None or missing > there[1]):
            there = (last, missing)
    return Shortage(here, there)


def _greatest_from(numbers: Sequence[int]) -> list[int]:
    """For each place, where the first of the greatest numbers from there on is."""
    places = list(range(len(numbers)))
    for place in reversed(places[:-1]):
        if numbers[places[place + 1]] > numbers[place]:
            places[place] = places[place + 1]
    return places


def history_work(problem: Problem) -> dict[str, Work]:
    """Days of services launched in history: as far as there was room in their wave, then in those before it.

    What does not fit counts in the launch wave all the same: it happened.
    """
    launched = sorted((s for s in problem.services if s.launched is not None), key=lambda s: (s.launched or 0, s.id))
    run = run_by_wave(problem, {s.id: s.launched for s in launched if s.launched is not None})
    free = [wave.build_limit(run[number]) - wave.extra_days for number, wave in enumerate(problem.waves)]
    return {service.id: _history_of(service, free, problem.build_waves) for service in launched}


def _history_of(service: PlanService, free: list[int], span: int) -> Work:
    wave = service.launched or 0
    left, work = service.days, {}
    for number in range(wave, max(-1, wave - span), -1):
        days = min(max(0, free[number]), left)
        if days:
            work[number] = days
            free[number] -= days
            left -= days
    if left:
        work[wave] = work.get(wave, 0) + left
        free[wave] -= left
    return work


def run_by_wave(problem: Problem, launches: Mapping[str, int]) -> list[int]:
    """FTE that running services take in each wave, and after the last one: those launched earlier."""
    run = [0] * (len(problem.waves) + 1)
    for service, wave in launches.items():
        for number in range(wave + 1, len(run)):
            run[number] += problem.by_id[service].run
    return run


def distribute(problem: Problem, launches: Mapping[str, int]) -> dict[str, Work]:
    """Days by service and wave. Small services are built in their launch wave, large ones reach back."""
    work = history_work(problem)
    run = run_by_wave(problem, launches)
    room = [wave.build_limit(run[number]) if wave.open else 0 for number, wave in enumerate(problem.waves)]
    for past in work.values():
        for number, days in past.items():
            room[number] -= days
    planned = sorted((problem.by_id[s] for s in launches if s not in work), key=lambda s: (s.days, s.id))
    if problem.roles:
        tasks = [Task(s.id, launches[s.id], s.days, s.roles) for s in planned]
        by_role = staffed(tasks, [max(0, days) for days in room], problem.roles, problem.build_waves)
        if by_role is not None:
            return work | by_role
    demand = [0] * len(room)
    for service in planned:
        demand[launches[service.id]] += service.days
    taken, _ = spread(demand, [max(0, days) for days in room], problem.build_waves)
    for service in planned:
        work[service.id] = _share(service.days, taken.get(launches[service.id], {}))
    return work


def _share(days: int, taken: Work) -> Work:
    """So many days out of what was reserved for the launch wave, the latest waves first."""
    work = {}
    for number in sorted(taken, reverse=True):
        part = min(days, taken[number])
        if part:
            work[number] = part
            taken[number] -= part
            days -= part
    return work
