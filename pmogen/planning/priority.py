"""Priority rules: in which order services are tried.

A rule weighs what a service closes, together with the prerequisites it still misses, against what
all of them use; both are taken anew after each placement. So an enabler inherits the value of what it
enables, and a closure that others have taken counts no more. Running effort is part of the cost, or
services that are cheap to start and hungry to run would come first. As trifles have fine ratios,
some rules give size more weight than the ratio does; the scheduler keeps whichever plan is best.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pmogen.planning.bundle import bring_in, missing
from pmogen.planning.problem import FTE, PlanService, Problem
from pmogen.planning.room import Room

DAYS_A_POINT = 3
"""A change point is worth three person-days in the cost (default of the method, domain research 4.2)."""

Cost = Callable[[Problem, PlanService], int]


def in_days(problem: Problem, service: PlanService) -> int:
    """Building, running for a wave, and three days a change point; in hundredths of a person-day."""
    longest = max((wave.working_days for wave in problem.waves), default=0)
    points = sum(ask.points for ask in service.asks)
    return service.days * 10 + service.run * longest * 10 // FTE + DAYS_A_POINT * points


def in_shares(problem: Problem, service: PlanService) -> int:
    """Shares of what all open waves offer of each capacity, added up; in millionths."""
    waves = [problem.waves[number] for number in problem.open_waves]
    build = sum(wave.build_cap for wave in waves)
    run = sum(wave.run_cap for wave in waves)
    parts = 1_000_000 * service.days // max(1, build) + 1_000_000 * service.run * len(waves) // max(1, run)
    for ask in service.asks:
        capacity = sum(problem.audiences[ask.audience].capacity[number] for number in problem.open_waves)
        parts += 1_000_000 * (ask.points + ask.tail) // max(1, capacity)
    return parts


@dataclass(frozen=True)
class Rule:
    """Closure to the power of `size`, divided by cost."""

    size: int
    cost: Cost


RULES = (Rule(1, in_days), Rule(2, in_days), Rule(4, in_days), Rule(1, in_shares), Rule(2, in_shares))


def order_by(room: Room, rule: Rule) -> tuple[PlanService, ...]:
    """Services that close a gap, in the order of the rule, which launches them in the room as it goes.

    What was offered comes before what is only proposed.
    """
    problem = room.problem
    cost = [rule.cost(problem, service) for service in problem.services]
    order: list[PlanService] = []
    for rank in ("offered", "proposed"):
        waiting = [s for s in problem.services if s.rank == rank and s.launched is None]
        while waiting:
            best = max(waiting, key=lambda s: (_worth(room, s, rule, cost), -s.index))
            waiting.remove(best)
            order.append(best)
            bring_in(room, best, only_if_useful=True)
    return tuple(order)


def _worth(room: Room, service: PlanService, rule: Rule, cost: list[int]) -> int:
    bundle = missing(room, service)
    live = room.live_after(len(room.problem.waves) - 1)
    bits = 0
    for member in bundle:
        bits |= 1 << member.index
    gaps = {gap.id: gap for member in bundle for gap in room.problem.gaps_of[member.index]}
    closure = sum(gap.weight * (room.closed(gap, live | bits) - room.closed(gap, live)) for gap in gaps.values())
    return int(10**18 * closure**rule.size // max(1, sum(cost[member.index] for member in bundle)))
