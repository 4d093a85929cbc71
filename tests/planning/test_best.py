"""The plans of tiny organisations beside the best possible ones, found by trying everything."""

from __future__ import annotations

import random
from itertools import product

from pmogen.planning.building import distribute
from pmogen.planning.check import violations
from pmogen.planning.scheduler import room_of, schedule
from tests.planning.builders import formulated, organisation, service, wave


def tiny(seed):
    """Five proposals for three waves in which not everything fits."""
    chance = random.Random(seed)
    names = ["a", "b", "c", "d", "e"]
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
    return organisation(
        *services,
        roadmap=tuple(wave(number, fte=chance.choice([0.5, 1])) for number in (1, 2, 3)),
        gaps={"risk": (1, 4, "H"), "cost": (2, 4, "M")},
        capacity={"build_waves": chance.choice([1, 2])},
    )


def value(problem, launches):
    return sum(
        gap.weight * gap.closed(sum(1 << problem.by_id[s].index for s, launch in launches.items() if launch <= wave))
        for wave in range(len(problem.waves))
        for gap in problem.aspects
    )


def best_value(problem):
    """The highest value of any schedule that the judge accepts."""
    names = [s.id for s in problem.services]
    best = 0
    for waves in product([None, 0, 1, 2], repeat=len(names)):
        launches = {name: wave for name, wave in zip(names, waves, strict=True) if wave is not None}
        if value(problem, launches) > best and not violations(problem, launches, distribute(problem, launches)):
            best = value(problem, launches)
    return best


def test_plans_are_close_to_the_best_and_never_above():
    shares = []
    for seed in range(40):
        problem = formulated(tiny(seed)).problem
        found = schedule(problem)
        reached, best = room_of(problem, found).value(), best_value(problem)
        assert reached == value(problem, found.launches)
        assert reached <= best
        shares.append(reached / best if best else 1)
    assert min(shares) >= 0.9
    assert sum(shares) / len(shares) >= 0.99
