"""Plans filled wave by wave, for problems in which nearly everything has to fit.

Of the units that may launch in a wave, the subsets that are worth most together are searched for, depth
first within a limit, so that waves are filled to the brim (Hoffmann 1963, Management Science 9, 551-562;
weights that also count what a unit enables: Sternatz 2014, European Journal of Operational Research 235,
740-754). The best partial plans are kept and gone on with (beam search; Ow & Morton 1988). Waves are
filled from the first to the last, or from the last to the first with what nothing else waits for
(Fleszar & Hindi 2003).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.planning.compact import Unit
from pmogen.planning.score import NOWHERE
from pmogen.planning.search import Search, Solution
from pmogen.planning.trial import Saved

LOOKS = 300
"""Units tried at most for one wave of one partial plan."""
WIDTH = 5
"""Partial plans kept after each wave."""
WHOLE = 1000
"""Weights count what a unit closes in so many parts; `SHARES` says how many of them what it enables counts."""
SHARES = (0, 20)


Subset = tuple[int, tuple[Unit, ...]]
"""Units to launch together in a wave, and what they weigh."""


@dataclass(frozen=True)
class _Partial:
    """Units launched so far (as bits), what they weigh, and the trial with them."""

    units: int
    weight: int
    saved: Saved


def filled(search: Search) -> Iterator[Solution]:
    """Plans by rising effort to find them; stops after one in which everything launches."""
    for share in SHARES:
        for backward in (False, True):
            found = _Filling(search, share, backward).plan()
            yield found
            if all(found.launch[number] != NOWHERE for number in search.aim.open):
                return


class _Filling:
    def __init__(self, search: Search, share: int, backward: bool) -> None:
        self.search = search
        self.trial = search.trial
        self.backward = backward
        self.weight = self._weights(share)
        units = [self.trial.units[number] for number in search.aim.open]
        self.todo = [unit for unit in units if unit.waves and self.weight[unit.index] > 0]
        self.todo.sort(key=self._rank)
        self.able = {unit.index for unit in self.todo}
        self.frees: list[list[Unit]] = [[] for _ in self.trial.units]
        for unit in self.todo:
            for need, lag in unit.needs:
                if lag or need not in self.able:
                    continue
                if backward:
                    self.frees[unit.index].append(self.trial.units[need])
                else:
                    self.frees[need].append(unit)

    def _rank(self, unit: Unit) -> tuple[int, int]:
        return -self.weight[unit.index], unit.index

    def _weights(self, share: int) -> list[int]:
        units, sums = self.trial.units, self.search.compact.closures.sums
        alone = [sum(sums[gap][1 << at] - sums[gap][0] for gap, at in u.lifts) for u in units]
        weight = [WHOLE * closure for closure in alone]
        for unit in units:
            for need in unit.before:
                before, after = (need, unit.index) if self.backward else (unit.index, need)
                weight[after] += share * alone[before]
        most = 1 + sum(weight)
        return [worth + most * (number in self.search.aim.kept) for number, worth in enumerate(weight)]

    def plan(self) -> Solution:
        """The best plan of the beam."""
        self.trial.clear()
        beam = [_Partial(0, 0, self.trial.save())]
        waves = self.search.compact.problem.open_waves
        for wave in reversed(waves) if self.backward else waves:
            beam = self._widened(beam, wave)
        self.trial.restore(beam[0].saved)
        self._take_unfounded()
        return self.search.solution()

    def _widened(self, beam: list[_Partial], wave: int) -> list[_Partial]:
        """The best partial plans with one wave more."""
        found: dict[int, tuple[int, Saved, tuple[Unit, ...]]] = {}
        for partial in beam:
            self.trial.restore(partial.saved)
            for weight, subset in self._subsets(wave):
                units = partial.units + sum(1 << unit.index for unit in subset)
                if units not in found:
                    found[units] = partial.weight + weight, partial.saved, subset
        wider = []
        for units, (weight, saved, subset) in sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:WIDTH]:
            self.trial.restore(saved)
            for unit in subset:
                self.trial.place(unit, wave)
            wider.append(_Partial(units, weight, self.trial.save()))
        return wider

    def _subsets(self, wave: int) -> list[Subset]:
        """The best subsets to which nothing can be added, as far as the limit goes; the trial is as before in the end."""
        trial, found, placed = self.trial, dict[int, Subset](), list[Unit]()
        waiting = [[unit for unit in self.todo if self._may_launch(unit, wave)]]
        places, looks, grown = [0], 0, False
        while waiting:
            listed, place = waiting[-1], places[-1]
            while place < len(listed) and not trial.fits(listed[place], wave):
                place += 1
            looks += place + 1 - places[-1]
            places[-1] = place + 1
            if place < len(listed):
                unit = listed[place]
                trial.place(unit, wave)
                placed.append(unit)
                freed = [other for other in self.frees[unit.index] if self._may_launch(other, wave)]
                rest = listed[place + 1 :]
                waiting.append(sorted(rest + freed, key=self._rank) if freed else rest)
                places.append(0)
                grown = True
                continue
            if grown:
                found[sum(1 << unit.index for unit in placed)] = self._subset(placed)
                grown = False
            waiting.pop()
            places.pop()
            if placed:
                trial.remove(placed.pop())
            if looks > LOOKS:
                break
        while placed:
            trial.remove(placed.pop())
        trial.steps += looks
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        return [subset for _, subset in ranked[:WIDTH]] or [(0, ())]

    def _subset(self, units: list[Unit]) -> Subset:
        return sum(self.weight[unit.index] for unit in units), tuple(units)

    def _may_launch(self, unit: Unit, wave: int) -> bool:
        """Whether nothing but capacity keeps it out of the wave."""
        trial = self.trial
        launch = trial.launch
        if launch[unit.index] != NOWHERE or wave not in unit.waves:
            return False
        if not self.backward:
            return trial.ready(unit) <= wave
        if any(launch[other] != NOWHERE for other in unit.others):
            return False
        for other, lag in self.search.compact.needed_by[unit.index]:
            if (launch[other] == NOWHERE and other in self.able) or NOWHERE < launch[other] < wave + lag:
                return False
        return True

    def _take_unfounded(self) -> None:
        """Filled backward, some may launch without what they need."""
        trial = self.trial
        todo = [u for u in trial.units if trial.launch[u.index] != NOWHERE and trial.ready(u) > trial.launch[u.index]]
        while todo:
            unit = todo.pop()
            if trial.launch[unit.index] != NOWHERE:
                trial.remove(unit)
                todo.extend(trial.units[other] for other, _ in self.search.compact.needed_by[unit.index])
