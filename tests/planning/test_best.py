"""The plans of tiny organisations beside the best possible ones, found by trying everything."""

from __future__ import annotations

import pytest

from pmogen.planning.check import violations
from pmogen.planning.exact import Budget, available
from pmogen.planning.scheduler import schedule
from pmogen.planning.solve import launch_of, score_of, search_of, solve
from tests.planning.everything import best_of_all
from tests.planning.tiny import CASES, cases

needs_solver = pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")


def best(case, found):
    unmet = frozenset(missed.service for missed in found.unmet)
    return best_of_all(case.problem, found.kept, unmet, case.wishes.published, case.a_move)


def score(case, found):
    """What the engine takes a plan to be worth; nothing that has to launch is missing."""
    search = search_of(case.problem, found, case.wishes)
    missing, *rest = score_of(search, launch_of(search.compact, found))
    assert missing == 0, case.seed
    return tuple(rest)


def test_plans_of_the_search_hold_and_are_close_to_the_best_and_never_above():
    reached_best = 0
    for case in cases():
        found = schedule(case.problem, case.wishes)
        unmet = frozenset(missed.service for missed in found.unmet)
        assert not violations(case.problem, found.launches, found.work, unmet)
        reached, possible = score(case, found), best(case, found).score
        assert reached <= possible, case.seed
        reached_best += reached[:2] == possible[:2]
    assert reached_best >= 0.98 * CASES


@needs_solver
def test_the_solver_finds_the_best_plan_of_all_and_knows_it():
    for case in cases():
        found = solve(case.problem, case.wishes, budget=Budget())
        possible = best(case, found.schedule)
        assert score(case, found.schedule) == possible.score, case.seed
        assert found.bound == found.reached == possible.score[0], case.seed
        assert found.least_effort, case.seed
        assert found.unique == (possible.equals == 1), case.seed
        assert not found.unique or found.schedule.launches == possible.launches, case.seed
