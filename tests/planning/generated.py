"""Ten generated organisations, from small to 60 services and 8 waves, with everything a roadmap may hold."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from pmogen.model.catalogue import Role
from pmogen.model.workspace import Workspace
from tests.planning.builders import launched, limit, organisation, roles, service, wave

SIZES = ((6, 2), (9, 3), (12, 4), (16, 4), (20, 5), (25, 5), (30, 6), (40, 6), (50, 7), (60, 8))
SEEDS = tuple(range(len(SIZES)))
AUDIENCES = ("managers", "sponsors")


@cache
def generated(seed: int) -> Workspace:
    """The organisation of this seed; the same on every machine."""
    chance = random.Random(seed)
    count, waves = SIZES[seed]
    names = [f"s{number:02}" for number in range(count)]
    aspects = [f"a{number:02}" for number in range(max(3, count // 2))]
    planned = [f"w{number}" for number in range(2, waves + 1)]
    history = names[:2]
    services = [
        service(
            name,
            {aspect: chance.choice([0.4, 1, 1.5]) for aspect in chance.sample(aspects, chance.choice([1, 2, 3]))},
            days=chance.choice([3, 8, 12.5, 20, 33, 45]),
            run=chance.choice([0, 0.05, 0.1, 0.25, 0.4]),
            asks={a: chance.choice(["low", "medium", "high"]) for a in chance.sample(AUDIENCES, chance.choice([1, 2]))},
            requires=chance.sample(names[:number], min(number, chance.choice([0, 0, 1, 1, 2]))),
            same_wave=chance.sample(names[:number], min(number, chance.choice([0, 0, 0, 1]))),
            up_to=chance.choice([3, 4, 5]),
            by=chance.choice([("coach",), ("planner",), ("coach", "planner"), ("pmo-head",)]),
        )
        for number, name in enumerate(names)
    ]
    free = names[2:]
    decided = {
        name: chance.choice(["offer", "offer", "offer", "decline", "defer"]) for name in chance.sample(free, count // 2)
    }
    fte = max(0.5, count / waves / 9)
    made = organisation(
        *services,
        roadmap=(
            wave(1, fte=fte, status="finished", launched=tuple(launched(name) for name in history)),
            *(
                wave(
                    number,
                    fte=fte,
                    roles=roles(coach=fte * 0.4, planner=fte * 0.4) if seed % 2 else (),
                )
                for number in range(2, waves + 1)
            ),
        ),
        gaps={
            aspect: (chance.choice([1, 1.5, 2]), chance.choice([3, 4, 5]), chance.choice("LMH")) for aspect in aspects
        },
        decided=decided,
        limits=[
            limit(
                audience,
                chance.choice([8, 12, 20]),
                {chance.choice(planned): chance.choice([2, 5])},
                {chance.choice(planned): "Closing."} if chance.random() < 0.5 else {},
            )
            for audience in AUDIENCES
        ],
        not_before=dict.fromkeys(chance.sample(free, 1 + count // 15), planned[-1]),
        deadlines={chance.choice(free): planned[-1]},
        together=[chance.sample(free, 2)] if seed % 3 == 0 else [],
        alternatives=[chance.sample(free, 2) for _ in range(1 + count // 8)],
        accepted=chance.sample(aspects, 1 + count // 20),
        capacity={"build_waves": 1 + seed % 3, "build_share": 0.6, "run_share": 0.5, "absence_rate": 0.1},
        change={"high_per_wave": 1},
    )
    roles_here = tuple(
        Role(id=name, name=name, side="pmo", purpose="-", tasks=("-", "-")) for name in ("coach", "planner")
    )
    return replace(made, catalogue=made.catalogue.model_copy(update={"roles": roles_here}))
