"""The plans of tiny organisations beside the best possible ones, found by trying everything."""

from __future__ import annotations

import os
import random
from itertools import product

import pytest

from pmogen.planning.building import distribute
from pmogen.planning.check import violations
from pmogen.planning.exact import NODES, available
from pmogen.planning.scheduler import schedule
from pmogen.planning.solve import solve
from tests.planning.builders import formulated, organisation, service, wave

CASES = int(os.environ.get("PMOGEN_CASES", "150"))
MOST = int(os.environ.get("PMOGEN_SERVICES", "5"))
"""Cases, and services of a case at most: thousands, and seven, are tried by hand; they take minutes."""
needs_solver = pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")


def tiny(seed):
    """A few services for three waves in which not everything fits; some offered, pinned or bound to others."""
    chance = random.Random(seed)
    names = list("abcdefg"[: chance.randint(3, MOST)])
    services = [
        service(
            name,
            {chance.choice(["risk", "cost"]): chance.choice([0.4, 1, 2])},
            days=chance.choice([5, 20, 40, 70]),
            run=chance.choice([0, 0.1, 0.4]),
            asks={chance.choice(["managers", "sponsors"]): chance.choice(["low", "medium", "high"])},
            requires=[chance.choice(names[:number])] if number and chance.random() < 0.4 else [],
            up_to=chance.choice([3, 5]),
        )
        for number, name in enumerate(names)
    ]
    some = lambda share: chance.sample(names, 2) if chance.random() < share else []  # noqa: E731 - one line says it
    return organisation(
        *services,
        roadmap=tuple(wave(number, fte=chance.choice([0.5, 1])) for number in (1, 2, 3)),
        gaps={"risk": (1, 4, "H"), "cost": (2, 4, "M")},
        decided=dict.fromkeys(some(0.3), "offer"),
        pins={chance.choice(names): chance.choice(["w1", "w2", "w3"])} if chance.random() < 0.2 else {},
        deadlines={chance.choice(names): chance.choice(["w2", "w3"])} if chance.random() < 0.2 else {},
        together=[group] if (group := some(0.2)) else [],
        alternatives=[group] if (group := some(0.2)) else [],
        capacity={"build_waves": chance.choice([1, 2])},
    )


def value(problem, launches):
    return sum(
        gap.weight * gap.closed(sum(1 << problem.by_id[s].index for s, launch in launches.items() if launch <= wave))
        for wave in range(len(problem.waves))
        for gap in problem.aspects
    )


def effort(problem, launches):
    return sum(
        problem.by_id[s].days * 100 + problem.by_id[s].run * sum(w.working_days for w in problem.waves[wave + 1 :])
        for s, wave in launches.items()
    )


def best_of_all(problem, kept, unmet):
    """The highest value, and the least effort for it, of any schedule that the judge accepts and that has what is kept."""
    names = [s.id for s in problem.services]
    best = (-1, 0)
    for waves in product([None, 0, 1, 2], repeat=len(names)):
        launches = {name: wave for name, wave in zip(names, waves, strict=True) if wave is not None}
        if not kept <= launches.keys() or (score := (value(problem, launches), -effort(problem, launches))) <= best:
            continue
        if not violations(problem, launches, distribute(problem, launches), unmet):
            best = score
    return best


def unmet(found):
    return frozenset(missed.service for missed in found.unmet)


def test_plans_are_close_to_the_best_and_never_above():
    reached_best = 0
    for seed in range(CASES):
        problem = formulated(tiny(seed)).problem
        found = schedule(problem)
        assert not violations(problem, found.launches, found.work, unmet(found))
        reached = (value(problem, found.launches), -effort(problem, found.launches))
        best = best_of_all(problem, found.kept, unmet(found))
        assert reached <= best, seed
        reached_best += reached == best
    assert reached_best >= 0.98 * CASES


@needs_solver
def test_the_solver_reaches_the_best_value_and_least_effort_always():
    for seed in range(CASES):
        problem = formulated(tiny(seed)).problem
        found = solve(problem, nodes=NODES)
        launches, kept = found.schedule.launches, found.schedule.kept
        best = best_of_all(problem, kept, unmet(found.schedule))
        assert (value(problem, launches), -effort(problem, launches)) == best, seed
        assert found.bound == found.reached == best[0], seed
        assert found.least_effort
