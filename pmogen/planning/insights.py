"""What the plan as a whole says: what each pin costs, and what falls out first when there is less capacity.

Each answer is a plan of a changed problem, found by the same search (with `nodes`: by the solver). A
search may miss the very best, so a price is what the best plan that was found would gain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from pmogen.planning.problem import Problem, WaveLimits
from pmogen.planning.scheduler import Schedule, Wishes, room_of
from pmogen.planning.solve import solve


@dataclass(frozen=True)
class Price:
    """A pin or deadline, and the value-waves that the plan would gain without it; never negative."""

    service: str
    wave: str
    value_waves: Fraction


def prices(problem: Problem, found: Schedule, nodes: int = 0) -> tuple[Price, ...]:
    """The price of every pin and deadline that the plan keeps, by service."""
    here = room_of(problem, found).value()
    given_up = {missed.service for missed in found.unmet}
    priced = []
    for service in problem.services:
        if service.latest is None or service.launched is not None or service.id in given_up:
            continue
        free = replace(service, pin=None, deadline=None)
        freed = replace(problem, services=tuple(free if s is service else s for s in problem.services))
        there = room_of(freed, solve(freed, Wishes(a_move=0), nodes).schedule).value()
        gain = Fraction(max(0, there - here), problem.level_unit)
        priced.append(Price(service.id, problem.waves[service.latest].id, gain))
    return tuple(priced)


def first_to_fall(problem: Problem, found: Schedule, nodes: int = 0) -> tuple[str, ...]:
    """Services that launch no more when the PMO has a tenth less capacity in every wave to come, by id.

    Everything else moves as little as it can: the plan is the one that people know.
    """
    waves = tuple(_a_tenth_less(wave) if wave.open else wave for wave in problem.waves)
    known: dict[str, int | None] = dict(found.launches)
    left = solve(replace(problem, waves=waves), Wishes(known), nodes).schedule.launches
    return tuple(sorted(found.launches.keys() - left.keys()))


def _a_tenth_less(wave: WaveLimits) -> WaveLimits:
    return replace(wave, fte=wave.fte * 9 // 10, build_cap=wave.build_cap * 9 // 10, run_cap=wave.run_cap * 9 // 10)
