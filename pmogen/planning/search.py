"""Plans from lists of priority, plans measured, and plans improved until no single launch could be better.

`decode` launches units in the order of a list, each together with the prerequisites it misses, in the
earliest waves that fit (serial schedule generation, Kolisch 1996). `polished` is a local search over
single launches. What is between them, the long search, is in `ruin`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pmogen.planning.compact import Compact, Unit
from pmogen.planning.score import NOWHERE, Aim, Score, stakes
from pmogen.planning.trial import Trial

__all__ = ["Aim", "Score", "Search", "Solution"]


@dataclass(frozen=True)
class Solution:
    """A plan, wave by unit; the greater score is better."""

    score: Score
    launch: tuple[int, ...]


class Search:
    """Searches one problem; `trial.steps` says how much of the budget is used."""

    def __init__(self, compact: Compact, aim: Aim) -> None:
        self.compact = compact
        self.aim = aim
        self.trial = Trial(compact, stakes(compact, aim))
        self._first = compact.problem.open_waves[:1]
        self._open = frozenset(aim.open)

    def score(self) -> Score:
        """How good the plan on trial is."""
        launched = [(unit, wave) for unit, wave in zip(self.trial.units, self.trial.launch, strict=True) if wave >= 0]
        everything = len(self.trial.units)
        absent = (unit for unit in self.trial.units if self.trial.launch[unit.index] == NOWHERE)
        return (
            -sum(self.aim.missing(unit, everything) for unit in absent),
            self.trial.closure() - self.aim.a_move * self.moves(),
            -sum(unit.effort[wave] for unit, wave in launched),
            -len(launched),
            sum(unit.quick and (wave,) == self._first for unit, wave in launched),
            sum(unit.preference[wave] for unit, wave in launched),
        )

    def moves(self) -> int:
        """Waves by which units are moved against the published plan; coming and going count as all waves."""
        return sum(
            self.aim.moved(unit, self.trial.launch[unit], self.compact.count) for unit in sorted(self.aim.published)
        )

    def solution(self) -> Solution:
        """The plan on trial."""
        return Solution(self.score(), tuple(self.trial.launch))

    def load(self, launch: Iterable[int]) -> None:
        """Put a plan on trial."""
        self.trial.clear()
        for number, wave in enumerate(launch):
            if wave != NOWHERE:
                self.trial.place(self.trial.units[number], wave)

    def decode(self, order: Iterable[int], after: Sequence[int]) -> Solution:
        """The plan that a list and first waves give, without what turns out to bring nothing."""
        trial = self.trial
        trial.clear()
        for number in order:
            if trial.launch[number] == NOWHERE and after[number] < self.compact.count:
                unit = trial.units[number]
                if unit.waves and self.may_lead(unit):
                    trial.bring_in(unit, after, number not in self.aim.kept)
        self._prune()
        return self.solution()

    def may_lead(self, unit: Unit) -> bool:
        """Whether it may launch for its own sake, not only because others need it."""
        return unit.wanted or unit.index in self.aim.kept

    def _prune(self) -> None:
        trial, kept = self.trial, self.aim.kept
        placed = [unit for unit in trial.units if trial.launch[unit.index] != NOWHERE and unit.index not in kept]
        for unit in sorted(placed, key=lambda unit: (-unit.days, -unit.run, -unit.index)):
            if not trial.needed(unit) and not trial.loss(unit):
                trial.remove(unit)

    def polished(self, start: Solution) -> Solution:
        """The plan after every change of a single launch that makes it better: then no single one could be."""
        trial = self.trial
        self.load(start.launch)
        changed = True
        while changed:
            changed = False
            for unit in trial.units:
                changed = self._settle(unit) or changed
        return self.solution()

    def _settle(self, unit: Unit) -> bool:
        """Move one unit to the wave that makes the plan best, or take it out; says whether that changed anything."""
        was = self.trial.launch[unit.index]
        if unit.index not in self._open or (was == NOWHERE and not self.may_lead(unit)):
            return False
        return self._brought_in(unit) if was == NOWHERE else self._moved(unit, was)

    def _brought_in(self, unit: Unit) -> bool:
        trial = self.trial
        bundle, before = trial.missing(unit), trial.worth
        if not trial.bring_in(unit, (0,) * len(trial.launch), only_if_useful=False):
            return False
        if trial.worth > before:
            return True
        for member in reversed(bundle):
            trial.remove(member)
        return False

    def _moved(self, unit: Unit, was: int) -> bool:
        trial = self.trial
        best, best_wave = trial.worth, was
        trial.remove(unit)
        if unit.index not in self.aim.kept and not trial.needed(unit) and trial.worth > best:
            best, best_wave = trial.worth, NOWHERE
        first, last = trial.ready(unit), trial.due(unit)
        for wave in unit.waves:
            if first <= wave <= last and wave != was:
                trial.steps += 1
                if trial.fits(unit, wave):
                    trial.place(unit, wave)
                    if trial.worth > best:
                        best, best_wave = trial.worth, wave
                    trial.remove(unit)
        if best_wave != NOWHERE:
            trial.place(unit, best_wave)
        return best_wave != was
