"""How much of a plan stays when it is made again: python benchmarks/planning_stability.py [--seeds N] [SIZE].

A size is SERVICESxWAVES, such as 60x8. For each seed a problem is made (as in planning_sizes), planned, and planned
again against that plan: with unchanged input, with one new service that closes what nothing else does, and with a service
that is a wave late. What is counted are published services that are in another wave, or in none, and services that came in; the new service
itself and the late one do not count.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from statistics import mean

from planning_sizes import generated

from pmogen.planning.check import violations
from pmogen.planning.problem import AspectGap, LevelLift, PlanService, Problem
from pmogen.planning.scheduler import Schedule, Wishes, schedule
from pmogen.planning.solve import launch_of, score_of, search_of

PRICES = (0, 1, 3, 10)
WEIGHT = 3


def with_one_more(problem: Problem) -> Problem:
    """The problem with a new service of middle size and the gap that it alone closes."""
    index = len(problem.services)
    like = sorted(problem.services, key=lambda service: (service.days, service.id))[index // 2]
    new = PlanService(f"s{index:04}", index, like.days, like.run, like.asks, ())
    gap = AspectGap("g-new", WEIGHT, problem.level_unit, 3 * problem.level_unit, (LevelLift(1 << index, 10, 15),))
    return replace(problem, services=(*problem.services, new), aspects=(*problem.aspects, gap))


def with_a_late_one(problem: Problem, found: Schedule) -> tuple[Problem, str]:
    """The problem in which the first launch that others wait for is a wave late; and the name of that service."""
    waited_for = {need.service for s in problem.services if s.id in found.launches for need in s.requires}
    late = min((wave, service) for service, wave in found.launches.items() if service in waited_for)
    services = (replace(s, not_before=late[0] + 1) if s.id == late[1] else s for s in problem.services)
    return replace(problem, services=tuple(services)), late[1]


def moves(before: Mapping[str, int], after: Mapping[str, int], but: str = "") -> int:
    """How many services are elsewhere, gone, or came in."""
    return sum(before.get(s) != after.get(s) for s in before.keys() | after.keys() if s != but)


def again(problem: Problem, known: Mapping[str, int | None], price: int) -> tuple[Schedule, int]:
    """The plan made again, and its value alone; `known` is what was published."""
    found = schedule(problem, Wishes(known, price))
    wrong = violations(problem, found.launches, found.work, frozenset(missed.service for missed in found.unmet))
    if wrong:
        raise SystemExit(f"the plan breaks a rule: {wrong[0]}")
    return found, value_of(problem, found)


def value_of(problem: Problem, found: Schedule) -> int:
    """Closure over the waves, moves left aside."""
    search = search_of(problem, found, Wishes())
    return score_of(search, launch_of(search.compact, found))[1]


def row(size: str, seeds: int, price: int) -> str:
    """One row of the table."""
    count, waves = (int(part) for part in size.split("x"))
    same, more, late, kept, worth = [], [], [], 0, []
    for seed in range(1, seeds + 1):
        problem = generated(count, waves, seed)
        published = schedule(problem)
        known = {service.id: published.launches.get(service.id) for service in problem.services}
        same.append(moves(published.launches, again(problem, known, price)[0].launches))
        bigger = with_one_more(problem)
        found, value = again(bigger, known, price)
        new = bigger.services[-1].id
        kept += new in found.launches
        more.append(moves(published.launches, found.launches, new))
        worth.append(value / value_of(problem, published))
        shifted, name = with_a_late_one(problem, published)
        late.append(moves(published.launches, again(shifted, known, price)[0].launches, name))
    figures = f"{sum(same)} | {mean(more):.1f} | {kept} of {seeds} | {mean(worth):.3f} | {mean(late):.1f}"
    return f"| {size} | {price} | {figures} |"


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", default=["60x8"])
    options.add_argument("--seeds", type=int, default=10)
    given = options.parse_args()
    print(
        "| Size | `a_move` | Moves, unchanged | Mean moves, one new | New one planned | Value | Mean moves, one late |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in given.sizes:
        for price in PRICES:
            print(row(size, given.seeds, price), flush=True)


if __name__ == "__main__":
    main()
