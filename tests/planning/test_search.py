"""The parts of the search: waves filled to the brim, ruin and recreate, and costs of what is scarce."""

from __future__ import annotations

import pytest

from pmogen.planning.compact import Compact
from pmogen.planning.filling import filled
from pmogen.planning.problem import AspectGap, LevelLift, PlanService, Prerequisite, Problem, WaveLimits
from pmogen.planning.ruin import Ruin
from pmogen.planning.scarcity import Scarcity
from pmogen.planning.scheduler import schedule
from pmogen.planning.score import NOWHERE, Aim
from pmogen.planning.search import Search


def line(times, room, waves, needs=()):
    """An assembly line: a wave has room for so many days, every service closes a gap of its own as large as its days."""
    required = [
        tuple(Prerequisite(f"s{n:02}", 0) for n, other in needs if other == number) for number in range(len(times))
    ]
    services = tuple(
        PlanService(f"s{n:02}", n, days, 0, (), needed)
        for n, (days, needed) in enumerate(zip(times, required, strict=True))
    )
    gaps = tuple(AspectGap(f"g{n:02}", 1, 0, days, (LevelLift(1 << n, days, days),)) for n, days in enumerate(times))
    limits = tuple(WaveLimits(f"w{n}", f"w{n}", True, room, 100, room, 0) for n in range(waves))
    return Problem(limits, (), gaps, services, build_waves=1, high_per_wave=1, level_unit=1)


def search_of(problem, kept=(), published=None, a_move=0):
    compact = Compact(problem)
    return Search(compact, Aim(tuple(range(len(compact.units))), frozenset(kept), published or {}, a_move))


BRIM = line([7, 6, 6, 5, 5, 4, 4, 3], room=20, waves=2)
"""Largest first gives 7 + 6 + 6 and leaves one day of the first wave over; all of both waves is needed."""


def test_filling_finds_subsets_that_leave_nothing_over():
    found = list(filled(search_of(BRIM)))
    assert NOWHERE not in found[-1].launch


def test_filling_stops_once_everything_launches():
    assert len(list(filled(search_of(line([1, 1], room=9, waves=2))))) == 1


def test_filled_backward_nothing_launches_before_what_it_needs():
    problem = line([5, 5, 5, 5, 5], room=10, waves=2, needs=[(0, 1), (1, 2), (2, 3), (3, 4)])
    search = search_of(problem)
    for plan in filled(search):
        for unit in search.compact.units:
            wave = plan.launch[unit.index]
            assert wave == NOWHERE or all(NOWHERE != plan.launch[need] <= wave - lag for need, lag in unit.needs)


def test_where_nearly_everything_fits_everything_is_fitted_in():
    assert len(schedule(BRIM).launches) == 8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_search_never_gives_a_worse_plan_and_ends_with_its_budget(seed):
    search = search_of(line([9, 8, 7, 7, 6, 5, 5, 4, 3, 2], room=11, waves=3))
    start = search.decode(range(10), (0,) * 10)
    before = search.trial.steps
    found = Ruin(search, seed).improved(start, 5_000)
    assert found.score > start.score
    assert found.score == search.score()
    assert search.trial.steps - before < 6_000
    assert Ruin(search, seed).improved(start, 0) == start


def test_what_is_kept_launches_however_little_it_is_worth():
    problem = line([10, 10, 1], room=10, waves=2)
    search = search_of(problem, kept=[2])
    found = Ruin(search, 1).improved(search.decode([2, 0, 1], (0, 0, 0)), 2_000)
    assert found.launch[2] != NOWHERE


@pytest.mark.parametrize(("a_move", "stays"), [(0, False), (100, True)])
def test_a_published_service_moves_only_where_that_gains_its_price(a_move, stays):
    search = search_of(line([5, 4], room=9, waves=3), published={0: 1, 1: 1}, a_move=a_move)
    start = search.decode([0, 1], (1, 1))
    found = search.polished(Ruin(search, 1).improved(start, 2_000))
    assert (found.launch == (1, 1)) == stays


def test_what_stays_half_empty_costs_little():
    problem = line([5, 5, 5, 1], room=10, waves=2)
    search = search_of(problem)
    scarcity = Scarcity(search.compact)
    empty = scarcity.costs(search.trial)
    search.decode([0, 1, 2, 3], (0,) * 4)
    full = scarcity.costs(search.trial)
    assert empty[0] < full[3] < full[0]
    assert full[0] == full[1]
