"""How good and how fast plans of generated problems are: python benchmarks/planning_sizes.py [--nodes N] [SIZE ...].

A size is SERVICESxWAVES, such as 60x8. The problems are made here from a seed and are the same everywhere.
"""

from __future__ import annotations

import argparse
import resource
import time

from pmogen.planning.chance import Chance
from pmogen.planning.check import violations
from pmogen.planning.exact import Budget
from pmogen.planning.problem import (
    Ask,
    AspectGap,
    AudienceLimits,
    LevelLift,
    PlanService,
    Prerequisite,
    Problem,
    WaveLimits,
)
from pmogen.planning.scheduler import Wishes, schedule
from pmogen.planning.solve import launch_of, score_of, search_of, solve

SEEDS = (1, 2, 3)
POINTS = ((100, 0, 0), (300, 60, 0), (800, 320, 1))
"""Points, tail and high changes of a low, medium and high change."""


def generated(count: int, waves: int, seed: int) -> Problem:
    """A problem in which about half of the services fit."""
    chance = Chance(seed)
    aspects, audiences = max(4, count // 3), 9
    lifts: list[list[LevelLift]] = [[] for _ in range(aspects)]
    services = []
    for index in range(count):
        for aspect in {chance.below(aspects) for _ in range(1 + chance.below(3))}:
            lifts[aspect].append(LevelLift(1 << index, (2, 5)[chance.below(2)], (15, 15, 25)[chance.below(3)]))
        needs = {chance.below(index) for _ in range(chance.below(3))} if index > 5 and chance.below(2) else set()
        asked = {chance.below(audiences) for _ in range(1 + chance.below(2))}
        services.append(
            PlanService(
                id=f"s{index:04}",
                index=index,
                days=50 + 10 * chance.below(40),
                run=(0, 5, 10, 20, 30)[chance.below(5)],
                asks=tuple(Ask(audience, *POINTS[(0, 0, 1, 1, 2)[chance.below(5)]]) for audience in sorted(asked)),
                requires=tuple(Prerequisite(f"s{need:04}", 1 - (not chance.below(5))) for need in sorted(needs)),
            )
        )
    fte = max(100, 100 * count // (3 * waves) + 100)
    limits = tuple(
        WaveLimits(f"w{n}", f"Wave {n}", True, 550, fte, 6 * fte * 550 // 1000, 85 * fte // 100) for n in range(waves)
    )
    capacity = tuple(max(1000, 100 * (count * 3) // (2 * waves * 2)) for _ in range(waves))
    empty = (0,) * waves
    people = tuple(AudienceLimits(f"a{n}", f"A{n}", capacity, empty, (None,) * waves) for n in range(audiences))
    gaps = tuple(
        AspectGap(
            f"g{n:03}",
            1 + chance.below(3),
            5,
            10 + 5 * chance.below(3),
            tuple(sorted(found, key=lambda lift: (lift.up_to, lift.bit))),
        )
        for n, found in enumerate(lifts)
    )
    return Problem(limits, people, gaps, tuple(services), 3, max(1, count // 60), 5)


def measure(size: str, seed: int, nodes: int) -> str:
    """One row of the table: value, seconds, and the distance to the bound or the best plan known."""
    count, waves = (int(part) for part in size.split("x"))
    problem = generated(count, waves, seed)
    begun = time.perf_counter()
    found = schedule(problem)
    took = time.perf_counter() - begun
    wrong = violations(problem, found.launches, found.work)
    search = search_of(problem, found, Wishes())
    value = score_of(search, launch_of(search.compact, found))[1]
    row = f"| {size} | {seed} | {len(found.launches)} | {took:.2f} s | {value} | {len(wrong)} |"
    if nodes:
        begun = time.perf_counter()
        proved = solve(problem, budget=Budget(nodes))
        took = time.perf_counter() - begun
        below = 100 * (proved.reached - value) / proved.reached
        gap = 100 * ((proved.bound or 0) - proved.reached) / proved.reached
        row += f" {proved.reached} | {below:.2f} % | {gap:.2f} % | {took:.1f} s |"
    return row


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", default=["60x8"])
    options.add_argument("--nodes", type=int, default=0)
    given = options.parse_args()
    for size in given.sizes:
        for seed in SEEDS:
            print(measure(size, seed, given.nodes), flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
