"""What a unit costs in scarce capacities.

Each share of a capacity that it takes counts by how full a plan makes that capacity: what stays half
empty costs next to nothing, however much of it a unit takes (prices that make one constraint of many,
as in surrogate relaxation; Pirkul 1987, Naval Research Logistics 34, 161-172).
"""

from __future__ import annotations

from pmogen.planning.compact import Compact, Unit
from pmogen.planning.score import NOWHERE
from pmogen.planning.trial import Trial

SHARE = 1_000_000
"""Shares that units take are counted in millionths."""
FULL = 1000
"""How full a capacity is, is counted in thousandths; its price is the third power of that."""


class Scarcity:
    """Capacities over all open waves: change points and high changes of every audience, running, building."""

    def __init__(self, compact: Compact) -> None:
        self._compact = compact
        waves, audiences = compact.problem.open_waves, len(compact.problem.audiences)
        fields = range(0, 2 * audiences * compact.count, compact.count)
        run = len(compact.free) - compact.count - 1
        self._total = [sum(max(0, compact.free[field + wave]) for wave in waves) for field in fields]
        self._total.append(sum(max(0, compact.free[run + wave + 1]) for wave in waves))
        self._total.append(sum(compact.room(wave, compact.run[wave]) for wave in waves))
        self._takes = [self._of(unit) for unit in compact.units]
        self._shares = [
            [(kind, SHARE * amount // max(1, self._total[kind])) for kind, amount in enumerate(takes) if amount]
            for takes in self._takes
        ]

    def _of(self, unit: Unit) -> list[int]:
        """What it takes of each capacity, when it runs for half of the waves."""
        audiences = len(self._compact.problem.audiences)
        takes = [0] * (2 * audiences + 2)
        for ask in (ask for member in unit.members for ask in member.asks):
            takes[ask.audience] += ask.points + ask.tail
            takes[audiences + ask.audience] += ask.highs
        takes[-2] = unit.run * (len(self._compact.problem.open_waves) + 1) // 2
        takes[-1] = unit.days
        return takes

    def costs(self, trial: Trial) -> list[int]:
        """Cost of each unit at the prices of the plan on trial, at least 1."""
        waves = self._compact.problem.open_waves
        used = [0] * len(self._total)
        for unit, wave in zip(self._compact.units, trial.launch, strict=True):
            if wave != NOWHERE:
                for kind, amount in enumerate(self._takes[unit.index]):
                    used[kind] += amount
                used[-2] += unit.run * sum(later >= wave for later in waves) - self._takes[unit.index][-2]
        total = [*self._total[:-1], trial.room]
        full = [min(FULL, FULL * part // max(1, whole)) for part, whole in zip(used, total, strict=True)]
        price = [1 + part**3 // FULL**2 for part in full]
        return [1 + sum(price[kind] * share for kind, share in shares) // FULL for shares in self._shares]
