"""The planning problem as flat lists of whole numbers: what the search reads a hundred thousand times.

A `Unit` is what launches in one wave: a service, or several that launch together. Every capacity of
one wave is a cell; a launch takes so much of some cells. Building is kept apart, as it spreads over
waves (`building`). History is in the cells from the start. What is asked of the audiences is there a
second time, packed (`packing`), for whoever asks often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pmogen.planning.building import history_work, run_by_wave
from pmogen.planning.closure import Closures
from pmogen.planning.packing import Fields
from pmogen.planning.problem import FTE, PlanService, Problem
from pmogen.planning.uniqueness import preference

Cells = tuple[tuple[int, int], ...]
"""Cells with the amount that is taken of each."""


@dataclass(frozen=True)
class Unit:
    """Services that launch together; numbers are sums over them.

    `waves` are those in which nothing fixed is in the way. `needs` are other units with their lag, `before` all units that have to be live, prerequisites first. `effort` by
    wave is building, and running to the end of the last wave, in thousandths of a person-day. `preference`
    by wave settles ties (`uniqueness`). `here` and `tail` are change points and high changes in the launch
    wave and in the next, packed; `lifts` says where the launch wave stands in the state of each gap.
    """

    index: int
    members: tuple[PlanService, ...]
    bits: int
    days: int
    run: int
    waves: tuple[int, ...]
    effort: tuple[int, ...]
    preference: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]
    before: tuple[int, ...]
    gaps: tuple[int, ...]
    others: tuple[int, ...]
    offered: bool
    wanted: bool
    forced: bool
    quick: bool
    here: int
    tail: int
    lifts: tuple[tuple[int, int], ...]


class _Rooms(dict[int, int]):
    """`Compact.room` of one wave by what running takes; remembered."""

    def __init__(self, compact: Compact, wave: int) -> None:
        super().__init__()
        self._compact = compact
        self._wave = wave

    def __missing__(self, run: int) -> int:
        found = self[run] = self._compact.room(self._wave, run)
        return found


class Compact:
    """A problem made ready for searching; `unmet` are services whose pin or deadline is given up."""

    def __init__(self, problem: Problem, unmet: frozenset[str] = frozenset()) -> None:
        self.problem = problem
        self.unmet = unmet
        self.count = len(problem.waves)
        self.groups = problem.companies
        self._unit_of = {service.id: number for number, group in enumerate(self.groups) for service in group}
        history = {s.id: s.launched for s in problem.services if s.launched is not None}
        self.run = run_by_wave(problem, history)
        self.free = self._cells(history)
        self.past = [0] * self.count
        for work in history_work(problem).values():
            for wave, days in work.items():
                self.past[wave] += days
        self.demand = [0] * self.count
        self.rooms = tuple(_Rooms(self, wave) for wave in range(self.count))
        self.live = [
            sum(1 << s.index for s in problem.services if s.launched is not None and s.launched <= wave and s.lifting)
            for wave in range(self.count)
        ]
        self.spare = tuple(self._spare(wave) for wave in range(self.count))
        bits = [sum(1 << member.index for member in group if member.lifting) for group in self.groups]
        self.closures = Closures(problem, self.live, bits)
        asked = [(self._asked(group, True), self._asked(group, False)) for group in self.groups]
        largest = max(0, *self.free, *(amount for pair in asked for amounts in pair for amount in amounts))
        self.fields = Fields(2 * len(problem.audiences), largest)
        self._left = [sum(w.working_days for w in problem.waves[wave + 1 :]) for wave in range(self.count)]
        self._changes = [self.change(wave) for wave in range(self.count + 1)]
        self._run_left = list(accumulate(reversed(self.free[-self.count - 1 :]), min))[::-1]
        """FTE that running may take from each wave on, to the last one and after."""
        self._black_outs = [{n for n, why in enumerate(a.black_out) if why is not None} for a in problem.audiences]
        self._packed = [(self.fields.packed(here), self.fields.packed(tail)) for here, tail in asked]
        self._needs = [self._needs_of(number) for number in range(len(self.groups))]
        self.units = tuple(self._unit(number) for number in range(len(self.groups)))
        needed_by: list[list[tuple[int, int]]] = [[] for _ in self.units]
        for unit in self.units:
            for need, lag in unit.needs:
                needed_by[need].append((unit.index, lag))
        self.needed_by = tuple(tuple(found) for found in needed_by)

    def unit_of(self, service: str) -> int:
        """The unit of a service that is not history."""
        return self._unit_of[service]

    def room(self, wave: int, run: int) -> int:
        """Person-days (tenths) that building may still use in the wave when running takes so many FTE."""
        limits = self.problem.waves[wave]
        return max(0, limits.build_limit(run) - self.past[wave]) if limits.open else 0

    def closed(self, aspect: int, live: int) -> int:
        """What the live services close of a gap, times its weight."""
        return self.closures.closed(aspect, live)

    def change(self, wave: int) -> int:
        """Change points and high changes that history leaves to the audiences, packed; plenty after the last wave."""
        if wave == self.count:
            return self.fields.plenty
        return self.fields.free(self.free[wave : 2 * len(self.problem.audiences) * self.count : self.count])

    def _spare(self, wave: int) -> int:
        """The most FTE that running may take without building having less room."""
        limits = self.problem.waves[wave]
        most, low, high = self.room(wave, 0), 0, limits.fte
        if not most:
            return sum(service.run for service in self.problem.services)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.room(wave, middle) == most else (low, middle - 1)
        return low

    def _asked(self, members: Iterable[PlanService], here: bool) -> Sequence[int]:
        """Change points, then high changes, by audience: in the launch wave or in the next."""
        count = len(self.problem.audiences)
        found = [0] * (2 * count)
        for ask in (ask for member in members for ask in member.asks):
            found[ask.audience] += ask.points if here else ask.tail
            found[count + ask.audience] += ask.highs if here else 0
        return found

    @cached_property
    def base_value(self) -> int:
        """Closure by history alone, summed over the waves."""
        return sum(self.closed(a, live) for live in self.live for a in range(len(self.problem.aspects)))

    def _cells(self, history: Mapping[str, int]) -> list[int]:
        """Change points, then high changes, by audience and wave; then FTE for running by wave."""
        problem = self.problem
        free = [c - b for a in problem.audiences for c, b in zip(a.capacity, a.background, strict=True)]
        free += [problem.high_per_wave] * len(free)
        free += [problem.run_cap(wave) - self.run[wave] for wave in range(self.count + 1)]
        for service, wave in history.items():
            for cell, amount in self._change_of((problem.by_id[service],), wave):
                free[cell] -= amount
        return free

    def _change_of(self, members: Iterable[PlanService], wave: int) -> Cells:
        found: dict[int, int] = {}
        highs = len(self.problem.audiences) * self.count
        for ask in (ask for member in members for ask in member.asks):
            here = ask.audience * self.count + wave
            for cell, amount in ((here, ask.points), (highs + here, ask.highs)):
                found[cell] = found.get(cell, 0) + amount
            if wave + 1 < self.count:
                found[here + 1] = found.get(here + 1, 0) + ask.tail
        return tuple(sorted((cell, amount) for cell, amount in found.items() if amount))

    def uses(self, unit: Unit, wave: int) -> Cells:
        """The cells that a launch in the wave takes something of."""
        first = 2 * len(self.problem.audiences) * self.count
        running = tuple((first + later, unit.run) for later in range(wave + 1, self.count + 1)) if unit.run else ()
        return (*self._change_of(unit.members, wave), *running)

    def _unit(self, number: int) -> Unit:
        problem, members = self.problem, self.groups[number]
        bits = sum(1 << member.index for member in members if member.lifting)
        excluded = bool(problem.alternatives) and problem.excluded(members)
        days, run = sum([member.days for member in members]), sum([member.run for member in members])
        before = self._before(number)
        impossible = excluded or before is None
        return Unit(
            index=number,
            members=members,
            bits=bits,
            days=days,
            run=run,
            waves=() if impossible else tuple(w for w in self._allowed(members) if self._has_room(number, run, w)),
            effort=tuple([days * FTE + run * days_left for days_left in self._left]),
            preference=tuple([sum([preference(member.id, wave.id) for member in members]) for wave in problem.waves]),
            needs=self._needs[number],
            before=before or (),
            gaps=tuple(gap for gap, _ in self.closures.lifts[number]),
            others=self._others(number),
            offered=any(member.rank == "offered" for member in members),
            wanted=any(member.rank != "prerequisite" for member in members),
            forced=any(member.latest is not None and member.id not in self.unmet for member in members),
            quick=all(member.quick for member in members),
            here=self._packed[number][0],
            tail=self._packed[number][1],
            lifts=self.closures.lifts[number],
        )

    def _allowed(self, members: tuple[PlanService, ...]) -> tuple[int, ...]:
        """The waves from which nothing keeps them that is fixed: dates, black-outs, history, needs among themselves."""
        first, closed = 0, set[int]()
        for member in members:
            first = max(first, member.not_before)
            closed.update(*[self._black_outs[ask.audience] for ask in member.asks])
            for need in member.requires:
                live = self.problem.by_id[need.service].launched
                if live is not None:
                    first = max(first, live + need.lag)
                elif need.lag and self._unit_of[need.service] == self._unit_of[member.id]:
                    return ()
        held = [member for member in members if member.latest is not None and member.id not in self.unmet]
        return tuple(
            wave
            for wave in self.problem.open_waves
            if wave >= first and wave not in closed and all(member.may_launch(wave) for member in held)
        )

    def _has_room(self, number: int, run: int, wave: int) -> bool:
        """Whether history leaves the audiences room for the unit, and for running it."""
        (here, tail), guard = self._packed[number], self.fields.guard
        fits = (self._changes[wave] - here) & guard == guard and (self._changes[wave + 1] - tail) & guard == guard
        return fits and (not run or run <= self._run_left[wave + 1])

    def _needs_of(self, number: int) -> tuple[tuple[int, int], ...]:
        lags: dict[int, int] = {}
        for need in (need for member in self.groups[number] for need in member.requires):
            if self.problem.by_id[need.service].launched is None:
                other = self._unit_of[need.service]
                if other != number:
                    lags[other] = max(lags.get(other, 0), need.lag)
        return tuple(sorted(lags.items()))

    def _before(self, number: int) -> tuple[int, ...] | None:
        """All units it needs, prerequisites first; None when they go round in a circle."""
        found: dict[int, None] = {}
        path = [(number, [need for need, _ in self._needs[number]])]
        on_path = {number}
        while path:
            unit, waiting = path[-1]
            if not waiting:
                path.pop()
                on_path.discard(unit)
                found[unit] = None
                continue
            need = waiting.pop(0)
            if need in on_path:
                return None
            if need not in found:
                on_path.add(need)
                path.append((need, [deeper for deeper, _ in self._needs[need]]))
        return tuple(found)[:-1]

    def _others(self, number: int) -> tuple[int, ...]:
        """Units of which none may launch when this one does."""
        mine = {member.id for member in self.groups[number]}
        others = {
            self._unit_of[other]
            for group in self.problem.alternatives
            if mine & set(group)
            for other in group
            if other in self._unit_of and other not in mine
        }
        return tuple(sorted(others))
