"""The next release problem as a roadmap of one wave: python benchmarks/planning_nrp.py DATA [--steps N] [--nodes N].

A requirement is a service with its cost as effort; a customer is one without effort that needs all it
asked for, in the same wave, and closes a gap of its own weighing its profit. The optima are known
(published.csv; the budget is rounded half up). DATA is the folder with nrp1.txt and the like.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path

from pmogen.planning.check import violations
from pmogen.planning.problem import AspectGap, LevelLift, PlanService, Prerequisite, Problem, WaveLimits
from pmogen.planning.scheduler import Wishes
from pmogen.planning.solve import solve


def as_roadmap(path: Path, percent: int) -> Problem:
    """The instance with a budget of so many percent of all costs."""
    words = iter(int(word) for word in path.read_text().split())
    costs = [next(words) for _ in range(next(words)) for _ in range(next(words))]
    needs: list[list[int]] = [[] for _ in costs]
    for _ in range(next(words)):
        before, after = next(words), next(words)
        needs[after - 1].append(before - 1)
    customers = []
    for _ in range(next(words)):
        profit = next(words)
        customers.append((profit, [next(words) - 1 for _ in range(next(words))]))
    budget = (2 * sum(costs) * percent + 100) // 200
    nodes = [(cost, 0, need) for cost, need in zip(costs, needs, strict=True)]
    nodes += [(0, profit, wanted) for profit, wanted in customers]
    services = tuple(
        PlanService(
            f"n{n:05}",
            n,
            cost,
            0,
            (),
            tuple(Prerequisite(f"n{need:05}", 0) for need in sorted(set(need_of))),
            rank="proposed" if profit else "prerequisite",
        )
        for n, (cost, profit, need_of) in enumerate(nodes)
    )
    gaps = tuple(
        AspectGap(f"g{n:05}", profit, 0, 1, (LevelLift(1 << n, 1, 1),))
        for n, (_, profit, _) in enumerate(nodes)
        if profit
    )
    wave = WaveLimits("w", "w", True, budget, 100, budget, 0)
    return Problem((wave,), (), gaps, services, build_waves=1, high_per_wave=1, level_unit=1)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--steps", type=int, default=None)
    options.add_argument("--nodes", type=int, default=0)
    given = options.parse_args()
    if not (given.data / "published.csv").is_file():
        sys.exit(f"{given.data} has no published.csv: nothing to measure")
    print("| instance | budget | optimum | reached | share | bound | broken rules | seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with (given.data / "published.csv").open() as rows:
        for row in csv.DictReader(rows):
            problem = as_roadmap(given.data / f"{row['instance']}.txt", int(row["budget"]))
            begun = time.perf_counter()
            found = solve(problem, Wishes(steps=given.steps), given.nodes)
            took = time.perf_counter() - begun
            wrong = violations(problem, found.schedule.launches, found.schedule.work)
            part = f"{100 * found.reached / int(row['opt']):.2f} % | {found.bound or ''}"
            print(
                f"| {row['instance']} | {row['budget']} % | {row['opt']} | {found.reached} | {part} | {len(wrong)} | {took:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
