"""A plan being tried out: launches by unit, what they leave of every capacity, and what they are worth.

The one mutable thing of the search, and what it does most, so it does little each time:

- the audiences' capacities of a wave are one packed number (`packing`);
- what a gap's closure is worth is looked up by the launch waves of what lifts it (`closure`);
- building is checked by Hall's condition. With D(j) the days of all launches up to wave j, R(j) the room
  up to it and S the waves that building may spread over, it says D(j) - R(j) <= D(i+S-2) - R(i-1) for all
  i <= j; the right side is 0 at the first i. `_due` has the left sides, `_can` the right sides. So d days
  more in wave w fit exactly when they are no more than the least of `_can` up to w-S+1 less the
  greatest of `_due` from w on. Only where running more takes room from building, waves are gone
  through one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from pmogen.planning.compact import Compact, Unit
from pmogen.planning.score import NOWHERE, Stakes
from pmogen.planning.staffing import Task, staffed

__all__ = ["NOWHERE", "Saved", "Trial"]


CHANGE = 8
"""Steps that a change of the plan counts, beside one for every wave."""


class Saved(NamedTuple):
    """What changes in a trial, to go back to."""

    launch: list[int]
    state: list[int]
    change: list[int]
    demand: list[int]
    run: list[int]
    free_run: list[int]
    room: list[int]
    live: int
    value: int
    ties: int


class Trial:
    """Launch wave by unit. `worth` says how good it is: closure and `stakes`, in two levels.

    `steps` counts the waves that were looked at or brought up to date, the measure of all budgets.
    `live` are the services that are live in the end, as a bit set.
    """

    __slots__ = (
        "_can",
        "_change",
        "_count",
        "_demand",
        "_due",
        "_free_run",
        "_guard",
        "_most",
        "_most_of_all",
        "_room",
        "_rooms",
        "_run",
        "_spare",
        "_stakes",
        "_stale",
        "_state",
        "_sums",
        "compact",
        "launch",
        "live",
        "steps",
        "ties",
        "units",
        "value",
    )

    def __init__(self, compact: Compact, stakes: Stakes | None = None) -> None:
        nothing = ((0,) * (compact.count + 1),) * len(compact.units)
        self.compact = compact
        self.units = compact.units
        self.steps = 0
        self._count = compact.count
        self._guard = compact.fields.guard
        self._rooms = compact.rooms
        self._spare = compact.spare
        self._sums = compact.closures.sums
        self._stakes = stakes or Stakes(nothing, nothing)
        self.clear()

    def clear(self) -> None:
        """Back to history alone."""
        compact = self.compact
        self.launch = [NOWHERE] * len(compact.units)
        self._state = [0] * len(compact.problem.aspects)
        self._change = [compact.change(wave) for wave in range(compact.count + 1)]
        self._demand = compact.demand.copy()
        self._run = compact.run.copy()
        self._free_run = compact.free[-compact.count - 1 :]
        self._room = [self._rooms[wave][self._run[wave]] for wave in range(compact.count)]
        self.live = compact.live[-1] if compact.live else 0
        self.value = compact.base_value + sum(worth[NOWHERE] for worth in self._stakes.value)
        self.ties = 0
        self._stale = True

    def save(self) -> Saved:
        """All that changes, to be restored later."""
        return Saved(
            self.launch.copy(),
            self._state.copy(),
            self._change.copy(),
            self._demand.copy(),
            self._run.copy(),
            self._free_run.copy(),
            self._room.copy(),
            self.live,
            self.value,
            self.ties,
        )

    def restore(self, saved: Saved) -> None:
        """Back to what was saved; it can be restored again."""
        self.launch = saved.launch.copy()
        self._state = saved.state.copy()
        self._change = saved.change.copy()
        self._demand = saved.demand.copy()
        self._run = saved.run.copy()
        self._free_run = saved.free_run.copy()
        self._room = saved.room.copy()
        self.live, self.value, self.ties = saved.live, saved.value, saved.ties
        self._stale = True

    @property
    def worth(self) -> tuple[int, int]:
        """Value with what moves and missing launches take from it, then what settles ties; the greater is better."""
        return self.value, self.ties

    def fits(self, unit: Unit, wave: int) -> bool:
        """Whether it breaks no capacity in one of its waves; other units are not looked at."""
        change, guard = self._change, self._guard
        if (change[wave] - unit.here) & guard != guard or (change[wave + 1] - unit.tail) & guard != guard:
            return False
        if unit.run and min(self._free_run[wave + 1 :]) < unit.run:
            return False
        if self._stale:
            self._refresh()
        return not (unit.days or unit.run) or (unit.days <= self._most[wave] and self._can_build(unit, wave))

    def earliest(self, unit: Unit, after: int = 0) -> int:
        """The first wave from `after` on in which it fits beside all that launches; `NOWHERE` when there is none."""
        first, last = max(self.ready(unit), after), self.due(unit)
        change, guard, here, tail = self._change, self._guard, unit.here, unit.tail
        run, days = unit.run, unit.days
        if run:
            for later in range(self._count, first, -1):
                if self._free_run[later] < run:
                    first = later
                    break
        self.steps += 1
        if self._stale:
            self._refresh()
        if first > last or days > self._most_of_all:
            return NOWHERE
        most = self._most
        for wave in unit.waves:
            if wave < first:
                continue
            if wave > last:
                break
            self.steps += 1
            if (
                days <= most[wave]
                and (change[wave] - here) & guard == guard
                and (change[wave + 1] - tail) & guard == guard
                and (not (days or run) or self._can_build(unit, wave))
            ):
                return wave
        return NOWHERE

    def _refresh(self) -> None:
        """Both sides of Hall's condition, and the days that still fit in each wave while running stays as it is."""
        span, count = self.compact.problem.build_waves, self._count
        built, room = list(accumulate(self._demand)), list(accumulate(self._room))
        ahead = (built + built[-1:] * span)[span - 1 :]
        self._due = due = list(map(sub, built, room))
        self._can = can = [0, *map(sub, ahead, room)][:count]
        least = [0] * min(count, span - 1) + list(accumulate(can[: max(0, count - span + 1)], min))
        greatest = list(accumulate(reversed(due), max))[::-1]
        self._most = list(map(sub, least, greatest))
        self._most_of_all = max(self._most, default=0)
        self.steps += count + CHANGE
        self._stale = False

    def _can_build(self, unit: Unit, wave: int) -> bool:
        """Whether so many days fit that fit while running stays as it is."""
        more = unit.run
        if more:
            run, spare = self._run, self._spare
            for later in range(wave + 1, self._count):
                if run[later] + more > spare[later]:
                    if not self._can_build_beside(unit, wave, later):
                        return False
                    break
        return not self.compact.problem.roles or self._staffed(unit, wave)

    def _can_build_beside(self, unit: Unit, wave: int, first: int) -> bool:
        """The same where running the unit takes room from building, from the wave `first` on."""
        run, due, can, room, rooms, more = self._run, self._due, self._can, self._room, self._rooms, unit.run
        start = max(1, wave - self.compact.problem.build_waves + 2)
        least = min(min(can[:start]) - unit.days, *can[start : wave + 1], 0)
        taken = 0
        for later in range(wave + 1, self._count):
            least = min(least, can[later] + taken)
            if later >= first:
                taken += room[later] - rooms[later][run[later] + more]
            if due[later] + taken > least:
                return False
        return True

    def _staffed(self, unit: Unit, wave: int) -> bool:
        run = [self._run[later] + unit.run * (later > wave) for later in range(self._count)]
        room = [self._rooms[later][taken] for later, taken in enumerate(run)]
        launches = [(other, self.launch[other.index]) for other in self.units if other is not unit]
        launches = [*((other, when) for other, when in launches if when != NOWHERE), (unit, wave)]
        tasks = [Task(m.id, when, m.days, m.roles) for other, when in launches for m in other.members]
        problem = self.compact.problem
        self.steps += len(tasks)
        return staffed(tasks, room, problem.roles, problem.build_waves) is not None

    def ready(self, unit: Unit) -> int:
        """The first wave that its prerequisites and alternatives allow; past the end when they never do."""
        launch, first = self.launch, 0
        for need, lag in unit.needs:
            live = launch[need]
            if live == NOWHERE:
                return self._count
            first = max(first, live + lag)
        for other in unit.others:
            if launch[other] != NOWHERE:
                return self._count
        return first

    def due(self, unit: Unit) -> int:
        """The last wave that what needs it allows."""
        launch, last = self.launch, self._count - 1
        for other, lag in self.compact.needed_by[unit.index]:
            wave = launch[other]
            if wave != NOWHERE and wave - lag < last:
                last = wave - lag
        return last

    def place(self, unit: Unit, wave: int) -> None:
        """Launch it, whether it fits or not; while something does not, `fits` says nothing of use."""
        number = unit.index
        self.launch[number] = wave
        worth = self._stakes.value[number]
        self.value += self._closing(unit, wave + 1) + worth[wave] - worth[NOWHERE]
        self.ties += self._stakes.ties[number][wave]
        self.live ^= unit.bits
        self._change[wave] -= unit.here
        self._change[wave + 1] -= unit.tail
        self._demand[wave] += unit.days
        self._stale = True
        if unit.run:
            self._run_more(wave + 1, unit.run)

    def remove(self, unit: Unit) -> int:
        """Take the launch back; says in which wave it was."""
        number = unit.index
        wave = self.launch[number]
        self.launch[number] = NOWHERE
        worth = self._stakes.value[number]
        self.value += self._closing(unit, -wave - 1) + worth[NOWHERE] - worth[wave]
        self.ties -= self._stakes.ties[number][wave]
        self.live ^= unit.bits
        self._change[wave] += unit.here
        self._change[wave + 1] += unit.tail
        self._demand[wave] -= unit.days
        self._stale = True
        if unit.run:
            self._run_more(wave + 1, -unit.run)
        return wave

    def _closing(self, unit: Unit, digit: int) -> int:
        """What it adds to closure that the digit of the unit grows by so much."""
        state, sums, more = self._state, self._sums, 0
        for gap, shift in unit.lifts:
            was, known = state[gap], sums[gap]
            state[gap] = now = was + (digit << shift)
            more += known[now] - known[was]
        return more

    def _run_more(self, first: int, more: int) -> None:
        """So many more FTE for running from a wave on."""
        run, spare, room, free = self._run, self._spare, self._room, self._free_run
        for later in range(first, self._count):
            run[later] = taken = run[later] + more
            free[later] -= more
            if taken > spare[later] or taken - more > spare[later]:
                room[later] = self._rooms[later][taken]
        free[self._count] -= more

    @property
    def room(self) -> int:
        """Person-days (tenths) for building that running leaves, in all waves together."""
        return sum(self._room)

    def closure(self) -> int:
        """Closure times weight, summed over the gaps and waves."""
        return sum([self._sums[gap][state] for gap, state in enumerate(self._state)])

    def gain(self, unit: Unit, wave: int) -> int:
        """Closure that launching it in the wave adds (it must not be launched already)."""
        total, state, sums, digit = 0, self._state, self._sums, wave + 1
        for gap, shift in unit.lifts:
            was, known = state[gap], sums[gap]
            total += known[was + (digit << shift)] - known[was]
        return total

    def loss(self, unit: Unit) -> int:
        """Closure that taking its launch back would cost."""
        total, state, sums, digit = 0, self._state, self._sums, self.launch[unit.index] + 1
        for gap, shift in unit.lifts:
            was, known = state[gap], sums[gap]
            total += known[was] - known[was - (digit << shift)]
        return total

    def needed(self, unit: Unit) -> bool:
        """Whether something that launches needs it."""
        launch = self.launch
        return any(launch[other] != NOWHERE for other, _ in self.compact.needed_by[unit.index])

    def missing(self, unit: Unit) -> list[Unit]:
        """What has not launched yet of all it needs and itself, prerequisites first."""
        launch, units = self.launch, self.units
        found = [units[need] for need in unit.before if launch[need] == NOWHERE]
        found.append(unit)
        return found

    def bring_in(self, unit: Unit, after: Sequence[int], only_if_useful: bool = True) -> bool:
        """Launch it and the prerequisites it misses in the earliest waves that fit, or change nothing.

        `after` has the first wave of every unit; says whether it launched.
        """
        bundle = self.missing(unit)
        if len(bundle) > 1 and not self._might_fit(bundle):
            return False
        placed: list[Unit] = []
        value = self.value
        for member in bundle:
            wave = self.earliest(member, after[member.index])
            if wave == NOWHERE:
                break
            self.place(member, wave)
            placed.append(member)
        else:
            if not only_if_useful or self.value > value:
                return True
        for member in reversed(placed):
            self.remove(member)
        return False

    def _might_fit(self, bundle: Sequence[Unit]) -> bool:
        """Whether all of it could be built and run at all, whenever it launches."""
        if self._stale:
            self._refresh()
        days, run = sum([unit.days for unit in bundle]), sum([unit.run for unit in bundle])
        return (not days or days <= -self._due[-1]) and (not run or run <= self._free_run[-1])
