"""Priority rules: in which order units are tried.

A rule weighs what a unit closes, together with the prerequisites it still misses, against what
all of them use; both are taken anew after each placement. So an enabler inherits the value of what it
enables, and a closure that others have taken counts no more. Running effort is part of the cost, or
services that are cheap to start and hungry to run would come first. As trifles have fine ratios,
some rules give size more weight than the ratio does; the search starts from whichever plan is best.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pmogen.planning.compact import Compact
from pmogen.planning.problem import FTE, PlanService, Problem
from pmogen.planning.trial import NOWHERE, Trial

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


def by_position(compact: Compact, units: Iterable[int]) -> tuple[int, ...]:
    """The units by what they close alone and together with all they enable (Helgeson & Birnie 1961)."""
    alone = [sum(compact.closed(gap, unit.bits) for gap in unit.gaps) if unit.gaps else 0 for unit in compact.units]
    total = list(alone)
    for unit in compact.units:
        for need in unit.before:
            total[need] += alone[unit.index]
    return tuple(sorted(units, key=lambda unit: (-total[unit], unit)))


def order_by(compact: Compact, rule: Rule, units: Iterable[int], kept: frozenset[int]) -> tuple[int, ...]:
    """The units in the order of the rule, those that are `kept` first; each is launched on the way if it fits."""
    ranking = _Ranking(compact, rule)
    listed = tuple(units)
    order = ranking.take(tuple(unit for unit in listed if unit in kept))
    return order + ranking.take(tuple(unit for unit in listed if unit not in kept))


class _Ranking:
    """Takes units by worth; a worth is reckoned again when its unit comes up, as others may have changed it."""

    def __init__(self, compact: Compact, rule: Rule) -> None:
        self._trial = Trial(compact)
        self._rule = rule
        self._anywhere = (0,) * len(compact.units)
        self._cost = [sum(rule.cost(compact.problem, member) for member in unit.members) for unit in compact.units]
        self._enables: list[list[int]] = [[] for _ in compact.units]
        for unit in compact.units:
            for need in unit.before:
                self._enables[need].append(unit.index)

    def take(self, units: tuple[int, ...]) -> tuple[int, ...]:
        waiting = set(units)
        order: list[int] = []
        heap = [(-self._worth(unit), unit) for unit in units]
        heapq.heapify(heap)
        while heap:
            said, number = heapq.heappop(heap)
            if number not in waiting:
                continue
            now = -self._worth(number)
            if now > said:
                heapq.heappush(heap, (now, number))
                continue
            waiting.discard(number)
            order.append(number)
            for enabled in self._launched(number):
                if enabled in waiting:
                    heapq.heappush(heap, (-self._worth(enabled), enabled))
        return tuple(order)

    def _launched(self, number: int) -> list[int]:
        """Launch it if it fits; what became cheaper by it."""
        trial = self._trial
        unit = trial.units[number]
        missing = [index for index in (*unit.before, number) if trial.launch[index] == NOWHERE]
        if missing and unit.waves and trial.bring_in(unit, self._anywhere):
            return [enabled for index in missing for enabled in self._enables[index]]
        return []

    def _worth(self, number: int) -> int:
        trial = self._trial
        unit = trial.units[number]
        bundle = trial.missing(unit)
        live, bits = trial.live, 0
        for member in bundle:
            bits |= member.bits
        closed = trial.compact.closures.closed
        gaps = {gap for member in bundle for gap in member.gaps}
        closure = sum([closed(gap, live | bits) - closed(gap, live) for gap in gaps])
        return int(10**18 * closure**self._rule.size // max(1, sum([self._cost[member.index] for member in bundle])))
