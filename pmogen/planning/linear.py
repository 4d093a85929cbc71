"""The planning problem as a mixed-integer linear program.

The model is the one of docs/planning.md, with its numbers: `by` variables z[u,w] = 1 when unit u is
live by the end of wave w (Lambert et al. 2014), closure y[a,w] below the closed form of DESIGN,
section 4, and B[w], the days that building may use in wave w. In rare corners of history (a running
wave that overdrew its days) it is a little more generous than the rules, never stricter: so its bound
always holds, and what it finds is believed only after the independent checker has passed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import gcd

from pmogen.planning.compact import Compact
from pmogen.planning.problem import FTE, AspectGap
from pmogen.planning.search import Aim
from pmogen.planning.trial import NOWHERE

Terms = dict[int, float]


@dataclass(frozen=True)
class Row:
    """low <= sum of terms <= high; None where there is no limit."""

    terms: Terms
    low: float | None
    high: float | None


class Model:
    """Variables, bounds and rows; written once, then solved for value and for effort."""

    def __init__(self, compact: Compact, aim: Aim) -> None:
        self.compact = compact
        self.aim = aim
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[Row] = []
        self.open = compact.problem.open_waves
        self.units = tuple(unit for unit in compact.units if unit.index in set(aim.open) and unit.waves)
        self.by = {(unit.index, wave): self._new(0, 1, True) for unit in self.units for wave in self.open}
        self.closure = dict(self._closures())
        self.value: Terms = {column: compact.problem.aspects[gap].weight for (gap, _), column in self.closure.items()}
        self._only_in_its_waves()
        self._kept()
        self._prerequisites()
        self._alternatives()
        self._capacities()
        self._building()
        self._staffing()
        self._saturation()
        self._moves()

    def _new(self, lower: float, upper: float, whole: bool) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def live(self, unit: int, wave: int, times: float = 1) -> Terms:
        """Terms of "live by the end of the wave"."""
        waves = [number for number in self.open if number <= wave]
        column = self.by.get((unit, waves[-1])) if waves else None
        return {} if column is None else {column: times}

    def launch(self, unit: int, wave: int, times: float = 1) -> Terms:
        """Terms of "launches in the wave"."""
        return plus(self.live(unit, wave, times), self.live(unit, wave - 1, -times))

    def _row(self, terms: Terms, low: float | None, high: float | None) -> None:
        terms = {column: factor for column, factor in terms.items() if factor}
        if terms:
            self.rows.append(Row(terms, low, high))

    def _only_in_its_waves(self) -> None:
        """(1) what is live stays live; (2) a launch only in a wave that pins, dates, black-outs and history allow."""
        for unit in self.units:
            for wave in self.open:
                same = wave not in unit.waves
                self._row(self.launch(unit.index, wave), 0, 0 if same else None)

    def _kept(self) -> None:
        """(3) what is kept must launch."""
        for unit in self.units:
            if unit.index in self.aim.kept:
                self.lower[self.by[unit.index, self.open[-1]]] = 1

    def _prerequisites(self) -> None:
        """(4) live only when each prerequisite is, `lag` waves earlier."""
        for unit in self.units:
            for need, lag in unit.needs:
                for wave in self.open:
                    self._row(plus(self.live(unit.index, wave), self.live(need, wave - lag, -1)), None, 0)

    def _alternatives(self) -> None:
        """(5) of alternatives at most one."""
        last = self.open[-1]
        for group in self.compact.problem.alternatives:
            units = {self.compact.unit_of(s) for s in group if self.compact.problem.by_id[s].launched is None}
            self._row(plus(*(self.live(number, last) for number in sorted(units))), None, 1)

    def _capacities(self) -> None:
        """(6) change points, (7) high changes, (8) running: no cell takes more than is free in it."""
        cells: dict[int, Terms] = {}
        for unit in self.units:
            for wave in unit.waves:
                for cell, amount in unit.uses[wave]:
                    cells[cell] = plus(cells.get(cell, {}), self.launch(unit.index, wave, amount))
        for cell, terms in sorted(cells.items()):
            self._row(terms, None, self.compact.free[cell])

    def _building(self) -> None:
        """(9) what launches within a stretch of waves is built in it; (10) a wave has so much room beside running."""
        span = self.compact.problem.build_waves
        room = {wave: self._room(wave) for wave in self.open}
        for first in self.open:
            for last in (wave for wave in self.open if wave >= first):
                start = first if first == self.open[0] else first + span - 1
                must = plus(*(self.launch(u.index, w, u.days) for u in self.units for w in range(start, last + 1)))
                spent = {room[wave]: -1.0 for wave in range(first, last + 1) if wave in room}
                if any(must.values()):
                    self._row(plus(must, spent), None, 0)

    def _staffing(self) -> None:
        """(10a) a role builds no more than it can in a wave; work only in the waves that end with the launch."""
        problem = self.compact.problem
        takes: dict[tuple[int, int], Terms] = {}
        for member, owner in ((m, unit) for unit in self.units for m in unit.members if m.roles):
            work = {wave: self._new(0, member.days, False) for wave in self.open}
            spent = dict.fromkeys(work.values(), 1.0)
            self._row(plus(spent, self.live(owner.index, self.open[-1], -member.days)), 0, 0)
            for wave, column in work.items():
                ends = range(wave, min(wave + problem.build_waves, self.compact.count))
                near = plus(*(self.launch(owner.index, end, -member.days) for end in ends))
                self._row(plus({column: 1.0}, near), None, 0)
                for role in member.roles:
                    takes[role, wave] = plus(takes.get((role, wave), {}), {column: 1 / len(member.roles)})
        for (role, wave), terms in sorted(takes.items()):
            self._row(terms, None, problem.roles[role].days[wave])

    def _room(self, wave: int) -> int:
        compact, limits = self.compact, self.compact.problem.waves[wave]
        base = compact.run[wave]
        column = self._new(0, compact.room(wave, base), True)
        runs = plus(*(self.live(u.index, wave - 1, u.run * limits.working_days) for u in self.units if u.run))
        spare = (limits.fte - base) * limits.working_days
        if runs and not compact.past[wave] and not limits.extra_days:
            self._row(plus(runs, {column: FTE}), None, spare)
        return column

    def _closures(self) -> Iterator[tuple[tuple[int, int], int]]:
        for number, gap in enumerate(self.compact.problem.aspects):
            if gap.weight and gap.target > gap.now and any(number in unit.gaps for unit in self.units):
                for wave in self.open:
                    yield (number, wave), self._new(0, gap.target - gap.now, False)

    def _saturation(self) -> None:
        """(11) closure is no more than k - now + sum of what is live and lifts beyond k, for every ceiling k."""
        for (number, wave), column in self.closure.items():
            gap = self.compact.problem.aspects[number]
            for ceiling in sorted({gap.now} | {lift.up_to for lift in gap.lifts if gap.now < lift.up_to < gap.target}):
                constant, terms = self._lifted(gap, ceiling, wave)
                self._row(plus({column: 1.0}, terms), None, ceiling - gap.now + constant)

    def _lifted(self, gap: AspectGap, ceiling: int, wave: int) -> tuple[int, Terms]:
        """What history adds beyond a ceiling, and the terms of what may add to it (negative)."""
        constant, terms = 0, Terms()
        for lift in gap.lifts:
            if lift.up_to <= ceiling:
                continue
            most = min(lift.by, lift.up_to - ceiling, gap.target - ceiling)
            if self.compact.live[wave] & lift.bit:
                constant += most
            for unit in self.units:
                if unit.bits & lift.bit:
                    terms = plus(terms, self.live(unit.index, wave, -most))
        return constant, terms

    def _moves(self) -> None:
        """(12) moves against the published plan cost; a moved wave is one, coming and going all of them."""
        price, count, last = self.aim.a_move, self.compact.count, self.open[-1]
        for number, wave in self.aim.published.items() if price else ():
            if (number, last) not in self.by:
                continue
            if wave == NOWHERE:
                self.value = plus(self.value, self.live(number, last, -price * count))
                continue
            self.value = plus(self.value, self.live(number, last, price * count))
            for other in self.open:
                self.value = plus(self.value, self.launch(number, other, -price * abs(other - wave)))

    @property
    def constant(self) -> int:
        """Value that no variable adds: closure in waves that are over, and the cost of dropping what was published."""
        compact, aim = self.compact, self.aim
        over = sum(
            compact.closed(a, compact.live[w])
            for a in range(len(compact.problem.aspects))
            for w in range(compact.count)
            if (a, w) not in self.closure
        )
        published = [n for n, wave in aim.published.items() if wave != NOWHERE]
        return over - aim.a_move * compact.count * len(published)

    @property
    def effort(self) -> Terms:
        """Effort of what launches, in thousandths of a person-day, negative."""
        return plus(*(self.launch(u.index, w, -u.effort[w]) for u in self.units for w in self.open))

    @property
    def grain(self) -> int:
        """The smallest amount by which values of plans can differ."""
        found = self.aim.a_move
        for gap in self.compact.problem.aspects:
            numbers = [
                gap.target - gap.now,
                *(lift.by for lift in gap.lifts),
                *(lift.up_to - gap.now for lift in gap.lifts),
            ]
            found = gcd(found, *(gap.weight * number for number in numbers))
        return max(1, found)

    def columns_of(self, launch: tuple[int, ...]) -> dict[int, float]:
        """Values of the whole variables in a plan, to start from."""
        return {column: float(NOWHERE != launch[unit] <= wave) for (unit, wave), column in self.by.items()}

    def launch_of(self, columns: list[float]) -> tuple[int, ...]:
        """The waves of a solution."""
        found = [NOWHERE] * len(self.compact.units)
        for unit in self.units:
            live = [wave for wave in self.open if columns[self.by[unit.index, wave]] > 0.5]
            found[unit.index] = live[0] if live else NOWHERE
        return tuple(found)


def plus(*parts: Mapping[int, float]) -> Terms:
    """The sum of terms.

    >>> plus({1: 2.0}, {1: 1.0, 2: 1.0})
    {1: 3.0, 2: 1.0}
    """
    total: Terms = {}
    for part in parts:
        for column, factor in part.items():
            total[column] = total.get(column, 0) + factor
    return total
