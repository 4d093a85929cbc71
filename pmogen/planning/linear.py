"""The limits of a roadmap as rows of a mixed-integer linear program: one function for each of docs/planning.md.

`by` variables z[u,w] = 1 when unit u is live by the end of wave w (Lambert et al. 2014), closure y[a,w]
below the closed form of DESIGN, section 4, and B[w], the days that building may use in wave w. The rows
are never stricter than the rules, so a bound from them always holds. With roles they are a little more
generous (any distribution of the days will do), so what is found counts only after the checker has passed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import lcm

from pmogen.planning.columns import Columns
from pmogen.planning.compact import Unit
from pmogen.planning.problem import FTE, AspectGap
from pmogen.planning.terms import Row, Terms, plus, times


def rows_of(m: Columns) -> tuple[Row, ...]:
    """Every row of the model; those that say nothing are left out."""
    return tuple(row for limit in LIMITS for row in limit(m) if row.terms)


def stays_live(m: Columns) -> Iterator[Row]:
    """(1) what is live stays live."""
    for unit in m.units:
        for wave in m.open:
            yield Row(m.launch(unit.index, wave), 0, None)


def dates(m: Columns) -> Iterator[Row]:
    """(2) a launch only in a wave that pins, dates, black-outs and history allow."""
    for unit in m.units:
        for wave in m.open:
            if wave not in unit.waves:
                yield Row(m.launch(unit.index, wave), None, 0)


def kept(m: Columns) -> Iterator[Row]:
    """(3) what has to launch."""
    for unit in m.units:
        if unit.index in m.aim.kept:
            yield Row(m.live(unit.index, m.open[-1]), 1, None)


def prerequisites(m: Columns) -> Iterator[Row]:
    """(4) live only when each prerequisite is, `lag` waves earlier."""
    for unit in m.units:
        for need, lag in unit.needs:
            for wave in m.open:
                yield Row(plus(m.live(unit.index, wave), times(-1, m.live(need, wave - lag))), None, 0)


def alternatives(m: Columns) -> Iterator[Row]:
    """(5) of alternatives at most one."""
    problem = m.compact.problem
    for group in problem.alternatives:
        units = {m.compact.unit_of(s) for s in group if problem.by_id[s].launched is None}
        yield Row(plus(*(m.live(number, m.open[-1]) for number in sorted(units))), None, 1)


def change_points(m: Columns) -> Iterator[Row]:
    """(6) an audience takes no more points in a wave than it can, tails included."""
    return _cells(m, 0, len(m.compact.problem.audiences) * m.compact.count)


def high_changes(m: Columns) -> Iterator[Row]:
    """(7) an audience takes no more high changes in a wave than it can."""
    cells = len(m.compact.problem.audiences) * m.compact.count
    return _cells(m, cells, 2 * cells)


def running(m: Columns) -> Iterator[Row]:
    """(8) running takes no more than it may, in every wave and after the last."""
    return _cells(m, 2 * len(m.compact.problem.audiences) * m.compact.count, len(m.compact.free))


def _cells(m: Columns, first: int, end: int) -> Iterator[Row]:
    """No cell (`Compact`) takes more than is free in it."""
    uses: dict[int, list[Terms]] = {}
    for unit in m.units:
        for wave in unit.waves:
            for cell, amount in m.compact.uses(unit, wave):
                if first <= cell < end:
                    uses.setdefault(cell, []).append(times(amount, m.launch(unit.index, wave)))
    for cell, parts in sorted(uses.items()):
        yield Row(plus(*parts), None, m.compact.free[cell])


def building(m: Columns) -> Iterator[Row]:
    """(9) what launches within a stretch of waves is built in it."""
    span, count = m.compact.problem.build_waves, m.compact.count
    for first in range(m.open[0], count):
        start = first if first == m.open[0] else first + span - 1
        for last in range(max(first, start), count):
            must = plus(*(times(u.days, m.launch(u.index, w)) for u in m.units for w in range(start, last + 1)))
            spent = {m.room[wave]: -1 for wave in m.open if first <= wave <= last}
            if must:
                yield Row(plus(must, spent), None, 0)


def room(m: Columns) -> Iterator[Row]:
    """(10) building has so much room beside running; left out where running or history may overdraw a wave."""
    first = 2 * len(m.compact.problem.audiences) * m.compact.count
    for wave, column in m.room.items():
        limits, days = m.compact.problem.waves[wave], m.compact.problem.waves[wave].working_days
        beside = max(0, limits.fte - m.compact.run[wave]) * days
        more = (limits.extra_days - limits.spent - m.compact.past[wave]) * FTE
        runs = plus(*(times(u.run, m.live(u.index, wave - 1)) for u in m.units))
        most = max(0, min(sum(u.run for u in m.units), m.compact.free[first + wave]))
        if runs and beside - most * days + min(0, more) >= 0:
            yield Row(plus(times(days, runs), {column: FTE}), None, beside + more)


def staffing(m: Columns) -> Iterator[Row]:
    """(11) a role builds no more than it can in a wave; work only in the waves that end with the launch."""
    roles, last = m.compact.problem.roles, m.open[-1]
    members = [(member, unit) for unit in m.units for member in unit.members if member.roles]
    parts = lcm(*(len(member.roles) for member, _ in members))
    takes: dict[tuple[int, int], Terms] = {}
    for member, unit in members:
        work = {wave: m.work[member.index, wave] for wave in m.open}
        yield Row(plus(dict.fromkeys(work.values(), 1), times(-member.days, m.live(unit.index, last))), 0, 0)
        for wave, column in work.items():
            yield Row(plus({column: 1}, times(-member.days, _launches_soon(m, unit, wave))), None, 0)
            for role in member.roles:
                takes.setdefault((role, wave), {})[column] = parts // len(member.roles)
    for (role, wave), terms in sorted(takes.items()):
        most = roles[role].days[wave]
        yield Row(terms, None, None if most is None else parts * most)


def _launches_soon(m: Columns, unit: Unit, wave: int) -> Terms:
    """Launches in one of the waves for which building may happen in this one."""
    span = m.compact.problem.build_waves
    return plus(*(m.launch(unit.index, end) for end in range(wave, min(wave + span, m.compact.count))))


def saturation(m: Columns) -> Iterator[Row]:
    """(12) closure is no more than k - now + sum of what is live and lifts beyond k, for every ceiling k."""
    for (number, wave), column in m.closure.items():
        gap = m.compact.problem.aspects[number]
        for ceiling in sorted({gap.now} | {lift.up_to for lift in gap.lifts if gap.now < lift.up_to < gap.target}):
            constant, terms = _lifted(m, gap, ceiling, wave)
            yield Row(plus({column: 1}, times(-1, terms)), None, ceiling - gap.now + constant)


def _lifted(m: Columns, gap: AspectGap, ceiling: int, wave: int) -> tuple[int, Terms]:
    """What history adds beyond a ceiling, and the terms of what may add to it."""
    constant, parts = 0, []
    for lift in gap.lifts:
        most = min(lift.by, lift.up_to - ceiling, gap.target - ceiling)
        if most > 0 and m.compact.live[wave] & lift.bit:
            constant += most
        elif most > 0:
            parts += [times(most, m.live(unit.index, wave)) for unit in m.units if unit.bits & lift.bit]
    return constant, plus(*parts)


LIMITS: tuple[Callable[[Columns], Iterator[Row]], ...] = (
    stays_live,
    dates,
    kept,
    prerequisites,
    alternatives,
    change_points,
    high_changes,
    running,
    building,
    room,
    staffing,
    saturation,
)
"""In the order of their numbers."""
