"""Tiny organisations from a seed: everything a roadmap may hold, in so little that all plans can be tried."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pmogen.planning.problem import Problem
from pmogen.planning.scheduler import Wishes
from tests.planning.builders import formulated, launched, limit, organisation, roles, service, wave

CASES = int(os.environ.get("PMOGEN_CASES", "150"))
FIRST = int(os.environ.get("PMOGEN_FIRST", "0"))
MOST = int(os.environ.get("PMOGEN_SERVICES", "5"))
"""Cases, the seed of the first, and services of a case at most: thousands, and seven, are tried by hand."""
WAVES = ("w1", "w2", "w3")


@dataclass(frozen=True)
class Case:
    """A problem, and what the search is told beside it."""

    seed: int
    problem: Problem
    wishes: Wishes

    @property
    def a_move(self) -> int:
        """What a move costs, in level units."""
        return self.wishes.a_move * self.problem.level_unit


def cases(count: int = CASES) -> Iterator[Case]:
    """So many cases."""
    return (tiny(seed) for seed in range(FIRST, FIRST + count))


def tiny(seed: int, most: int = MOST) -> Case:
    """A few services for three waves in which not everything fits, with some of all that makes planning hard."""
    chance = random.Random(seed)
    names = list("abcdefg"[: chance.randint(3, most)])
    staffed, past = chance.random() < 0.25, chance.random() < 0.25
    history = chance.sample(names, 1) if past and chance.random() < 0.7 else []
    services = [_service(chance, name, names[:number], staffed) for number, name in enumerate(names)]
    problem = formulated(
        organisation(
            *services,
            roadmap=tuple(_wave(chance, number, past, staffed, history) for number in (1, 2, 3)),
            gaps={"risk": (1, 4, "H"), "cost": (2, chance.choice([3, 4]), "M")},
            decided=dict.fromkeys(_two(chance, names, 0.3), "offer"),
            pins=_dated(chance, names),
            deadlines=_dated(chance, names),
            not_before=_dated(chance, names),
            together=[group] if (group := _two(chance, names, 0.2)) else [],
            alternatives=[group] if (group := _two(chance, names, 0.2)) else [],
            accepted=["cost"] if chance.random() < 0.1 else [],
            limits=[_limit(chance, audience) for audience in ("managers", "sponsors")],
            capacity={"build_waves": chance.choice([1, 2, 3]), "build_share": chance.choice([0.6, 1])},
            change={"high_per_wave": chance.choice([0, 1, 1, 2])},
        )
    ).problem
    if chance.random() < 0.15:
        problem = _with_extra_days(problem, chance.randrange(3), chance.choice([50, 300]))
    published = {s.id: chance.choice([None, 0, 1, 2]) for s in problem.services if chance.random() < 0.8}
    return Case(seed, problem, Wishes(published if chance.random() < 0.4 else {}, chance.choice([0, 1, 3])))


def _service(chance: random.Random, name: str, earlier: list[str], staffed: bool):
    aspects = chance.sample(["risk", "cost"], chance.choice([1, 1, 2]))
    audiences = chance.sample(["managers", "sponsors"], chance.choice([1, 1, 2]))
    return service(
        name,
        {aspect: chance.choice([0.4, 1, 2]) for aspect in aspects},
        days=chance.choice([0, 5, 20, 40, 70]),
        run=chance.choice([0, 0.1, 0.4]),
        asks={audience: chance.choice(["low", "medium", "high"]) for audience in audiences},
        requires=[chance.choice(earlier)] if earlier and chance.random() < 0.4 else [],
        same_wave=[chance.choice(earlier)] if earlier and chance.random() < 0.2 else [],
        up_to=chance.choice([3, 5]),
        by=chance.choice([("coach",), ("planner",), ("coach", "planner"), ("pmo-head",)]) if staffed else ("pmo-head",),
    )


def _wave(chance: random.Random, number: int, past: bool, staffed: bool, history: list[str]):
    """With a past the first wave is over and the second is running."""
    return wave(
        number,
        fte=chance.choice([0.5, 1]),
        status=("finished", "running", "planned")[number - 1] if past else "planned",
        launched=tuple(launched(name, chance.choice([None, 5, 50])) for name in history) if number == 1 else (),
        roles=roles(coach=chance.choice([0.2, 0.6]), planner=0.4) if staffed and chance.random() < 0.8 else (),
    )


def _limit(chance: random.Random, audience: str):
    return limit(
        audience,
        chance.choice([None, None, 6]),
        {chance.choice(WAVES): chance.choice([2, 5])} if chance.random() < 0.3 else {},
        {chance.choice(WAVES): "Year end"} if chance.random() < 0.2 else {},
    )


def _two(chance: random.Random, names: list[str], share: float) -> list[str]:
    return chance.sample(names, 2) if chance.random() < share else []


def _dated(chance: random.Random, names: list[str]) -> Mapping[str, str]:
    return {chance.choice(names): chance.choice(WAVES)} if chance.random() < 0.2 else {}


def _with_extra_days(problem: Problem, number: int, days: int) -> Problem:
    waves = (replace(limits, extra_days=days) if n == number else limits for n, limits in enumerate(problem.waves))
    return replace(problem, waves=tuple(waves))
