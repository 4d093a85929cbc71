"""The variables of the linear program, and what launches and is live in their terms."""

from __future__ import annotations

from collections.abc import Sequence

from pmogen.planning.compact import Compact
from pmogen.planning.search import Aim
from pmogen.planning.terms import Terms, plus
from pmogen.planning.trial import NOWHERE


class Columns:
    """All columns with their bounds, made once.

    `by` has z[u,w] by unit and open wave, `closure` y[a,w] by gap and open wave, `room` B[w], and `work` the
    days of a service (by its index) in an open wave, where it has roles. `units` are those that may launch.
    """

    def __init__(self, compact: Compact, aim: Aim) -> None:
        self.compact = compact
        self.aim = aim
        self.open = compact.problem.open_waves
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.whole: list[bool] = []
        candidates = set(aim.open)
        self.units = tuple(unit for unit in compact.units if unit.index in candidates and unit.waves)
        self.by = {(unit.index, wave): self._new(1) for unit in self.units for wave in self.open}
        self.closure = {
            (number, wave): self._new(gap.target - gap.now, whole=False)
            for number, gap in enumerate(compact.problem.aspects)
            if gap.weight and gap.target > gap.now and any(number in unit.gaps for unit in self.units)
            for wave in self.open
        }
        self.room = {wave: self._new(compact.room(wave, compact.run[wave])) for wave in self.open}
        self.work = {
            (member.index, wave): self._new(member.days, whole=False)
            for unit in self.units
            for member in unit.members
            if member.roles
            for wave in self.open
        }

    def _new(self, upper: int, whole: bool = True) -> int:
        self.lower.append(0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def live(self, unit: int, wave: int) -> Terms:
        """Terms of "live by the end of the wave"."""
        waves = [number for number in self.open if number <= wave]
        column = self.by.get((unit, waves[-1])) if waves else None
        return {} if column is None else {column: 1}

    def launch(self, unit: int, wave: int) -> Terms:
        """Terms of "launches in the wave"."""
        return plus(self.live(unit, wave), dict.fromkeys(self.live(unit, wave - 1), -1))

    def of(self, launch: Sequence[int]) -> dict[int, float]:
        """Values of z in a plan (waves by unit), to start from."""
        return {column: float(NOWHERE != launch[unit] <= wave) for (unit, wave), column in self.by.items()}

    def waves_in(self, values: Sequence[float]) -> tuple[int, ...]:
        """The plan of a solution: waves by unit."""
        found = [NOWHERE] * len(self.compact.units)
        for unit in self.units:
            live = [wave for wave in self.open if values[self.by[unit.index, wave]] > 0.5]
            found[unit.index] = live[0] if live else NOWHERE
        return tuple(found)
