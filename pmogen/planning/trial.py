"""A plan being tried out: launches by unit, what they leave of every capacity, and what they are worth.

The one mutable thing of the search. Every change is undone exactly by its opposite.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmogen.planning.building import fits
from pmogen.planning.compact import Compact, Unit
from pmogen.planning.staffing import Task, staffed

NOWHERE = -1
"""Wave of a unit that does not launch."""


class Trial:
    """Launch wave by unit; `steps` counts the waves that were looked at, the measure of all budgets."""

    __slots__ = ("compact", "demand", "effort", "free", "launch", "live", "room", "run", "steps", "units", "value")

    def __init__(self, compact: Compact) -> None:
        self.compact = compact
        self.units = compact.units
        self.steps = 0
        self.clear()

    def clear(self) -> None:
        """Back to history alone."""
        compact = self.compact
        self.launch = [NOWHERE] * len(compact.units)
        self.free = compact.free.copy()
        self.demand = compact.demand.copy()
        self.run = compact.run.copy()
        self.live = compact.live.copy()
        self.room = [compact.room(wave, self.run[wave]) for wave in range(compact.count)]
        self.value = compact.base_value
        self.effort = 0

    def fits(self, unit: Unit, wave: int) -> bool:
        """Whether it breaks no capacity in one of its waves; other units are not looked at."""
        free = self.free
        for cell, amount in unit.uses[wave]:
            if free[cell] < amount:
                return False
        return not (unit.days or unit.run) or self._can_build(unit, wave)

    def _can_build(self, unit: Unit, wave: int) -> bool:
        demand, room, compact = self.demand.copy(), self.room, self.compact
        demand[wave] += unit.days
        if unit.run:
            room = room[: wave + 1]
            room += [compact.room(later, self.run[later] + unit.run) for later in range(wave + 1, compact.count)]
        if not fits(demand, room, compact.problem.build_waves):
            return False
        return not compact.problem.roles or self._staffed(unit, wave, room)

    def _staffed(self, unit: Unit, wave: int, room: Sequence[int]) -> bool:
        launches = [(other, self.launch[other.index]) for other in self.units if other is not unit]
        launches = [*((other, when) for other, when in launches if when != NOWHERE), (unit, wave)]
        tasks = [Task(m.id, when, m.days, m.roles) for other, when in launches for m in other.members]
        problem = self.compact.problem
        return staffed(tasks, room, problem.roles, problem.build_waves) is not None

    def ready(self, unit: Unit) -> int:
        """The first wave that its prerequisites and what needs it allow; past the end when they never do."""
        first = 0
        for need, lag in unit.needs:
            live = self.launch[need]
            if live == NOWHERE:
                return self.compact.count
            first = max(first, live + lag)
        return self.compact.count if any(self.launch[other] != NOWHERE for other in unit.others) else first

    def due(self, unit: Unit) -> int:
        """The last wave that what needs it allows."""
        last = self.compact.count
        for other, lag in self.compact.needed_by[unit.index]:
            if self.launch[other] != NOWHERE:
                last = min(last, self.launch[other] - lag)
        return last

    def earliest(self, unit: Unit, after: int = 0) -> int:
        """The first wave from `after` on in which it fits; `NOWHERE` when there is none."""
        first = max(self.ready(unit), after)
        for wave in unit.waves:
            if wave >= first:
                self.steps += 1
                if self.fits(unit, wave):
                    return wave
        return NOWHERE

    def place(self, unit: Unit, wave: int) -> None:
        """Launch it, whether it fits or not."""
        self.value += self.gain(unit, wave)
        self.launch[unit.index] = wave
        self._apply(unit, wave, 1)

    def remove(self, unit: Unit) -> int:
        """Take the launch back; says in which wave it was."""
        wave = self.launch[unit.index]
        self.launch[unit.index] = NOWHERE
        self._apply(unit, wave, -1)
        self.value -= self.gain(unit, wave)
        return wave

    def _apply(self, unit: Unit, wave: int, sign: int) -> None:
        free, live = self.free, self.live
        for cell, amount in unit.uses[wave]:
            free[cell] -= sign * amount
        self.demand[wave] += sign * unit.days
        self.effort += sign * unit.effort[wave]
        for later in range(wave, len(live)):
            live[later] ^= unit.bits
        if unit.run:
            for later in range(wave + 1, len(self.run)):
                self.run[later] += sign * unit.run
                if later < len(live):
                    self.room[later] = self.compact.room(later, self.run[later])

    def gain(self, unit: Unit, wave: int) -> int:
        """Value that launching it in the wave adds (it must not be launched already)."""
        closed, bits, total = self.compact.closed, unit.bits, 0
        for gap in unit.gaps:
            for live in self.live[wave:]:
                total += closed(gap, live | bits) - closed(gap, live)
        return total

    def loss(self, unit: Unit) -> int:
        """Value that taking its launch back would cost."""
        closed, bits, total = self.compact.closed, unit.bits, 0
        for gap in unit.gaps:
            for live in self.live[self.launch[unit.index] :]:
                total += closed(gap, live) - closed(gap, live & ~bits)
        return total

    def needed(self, unit: Unit) -> bool:
        """Whether something that launches needs it."""
        return any(self.launch[other] != NOWHERE for other, _ in self.compact.needed_by[unit.index])

    def bring_in(self, unit: Unit, after: Sequence[int], only_if_useful: bool = True) -> bool:
        """Launch it and the prerequisites it misses in the earliest waves that fit, or change nothing.

        `after` has the first wave of every unit; says whether it launched.
        """
        placed: list[Unit] = []
        value = self.value
        for index in (*unit.before, unit.index):
            if self.launch[index] == NOWHERE:
                member = self.units[index]
                wave = self.earliest(member, after[index])
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
