"""Iterated local search over lists of priority (Lourenço, Martin & Stützle 2003).

A plan is written as a list of units and a first wave for each; `decode` launches them in that order,
each together with the prerequisites it misses, in the earliest waves that fit (serial schedule
generation, Kolisch 1996). The first waves make every plan reachable: as running services take from
building, as early as possible is not always best. The search changes list and first waves at random
and keeps what is no worse. Its budget is counted in steps, never in seconds, and its chance is its
own, so the same problem gives the same plan everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pmogen.planning.chance import Chance
from pmogen.planning.compact import Compact, Unit
from pmogen.planning.trial import NOWHERE, Trial

PATIENCE = 600
"""Changes without success after which the search goes back to the best plan."""
SHAKE = 150
"""Changes without success after which it also makes bigger ones."""

Score = tuple[int, int, int, int, int]
"""Launches missing that are forced or kept (negative), value less what moves cost, effort and number of launches
(both negative), quick wins in the first wave: in this order."""


@dataclass(frozen=True)
class Aim:
    """What counts beside value: `kept` units must launch, `open` ones may, and moves against `published` cost.

    `published` has the wave of every unit that was published (`NOWHERE` when it was left out),
    `a_move` the value that moving one unit by one wave must gain at least.
    """

    open: tuple[int, ...]
    kept: frozenset[int]
    published: Mapping[int, int]
    a_move: int


@dataclass(frozen=True)
class Solution:
    """A plan with the list and first waves it came from; the greater score is better."""

    score: Score
    order: tuple[int, ...]
    after: tuple[int, ...]
    launch: tuple[int, ...]


class Search:
    """Searches one problem; `trial.steps` says how much of the budget is used."""

    def __init__(self, compact: Compact, aim: Aim) -> None:
        self.compact = compact
        self.aim = aim
        self.trial = Trial(compact)
        self._first = compact.problem.open_waves[:1]

    def score(self) -> Score:
        """How good the plan on trial is."""
        trial, aim = self.trial, self.aim
        launch = trial.launch
        missing = sum(launch[unit] == NOWHERE for unit in aim.kept)
        missing += len(launch) * sum(launch[unit.index] == NOWHERE for unit in trial.units if unit.forced)
        quick = sum(unit.quick for unit in trial.units if self._first and launch[unit.index] == self._first[0])
        launched = len(launch) - launch.count(NOWHERE)
        return -missing, trial.value - aim.a_move * self.moves(), -trial.effort, -launched, quick

    def moves(self) -> int:
        """Waves by which units are moved against the published plan; coming and going count as all waves."""
        count, total = self.compact.count, 0
        for unit, wave in self.aim.published.items():
            now = self.trial.launch[unit]
            total += abs(now - wave) if NOWHERE not in (now, wave) else count * (now != wave)
        return total

    def decode(self, order: Iterable[int], after: tuple[int, ...]) -> Solution:
        """The plan that a list and first waves give, without what turns out to bring nothing."""
        trial, aim = self.trial, self.aim
        trial.clear()
        order = tuple(order)
        for number in order:
            if trial.launch[number] == NOWHERE and after[number] < self.compact.count:
                unit = trial.units[number]
                trial.steps += 1
                if unit.waves and (number in aim.kept or unit.wanted):
                    trial.bring_in(unit, after, number not in aim.kept)
        self._prune()
        return Solution(self.score(), order, after, tuple(trial.launch))

    def _prune(self) -> None:
        trial, kept = self.trial, self.aim.kept
        placed = [unit for unit in trial.units if trial.launch[unit.index] != NOWHERE and unit.index not in kept]
        for unit in sorted(placed, key=lambda unit: (-unit.days, -unit.run, -unit.index)):
            if not trial.loss(unit) and not trial.needed(unit):
                trial.remove(unit)

    def improve(self, start: Solution, seed: int, steps: int) -> Solution:
        """The best plan found from here with so many steps more."""
        chance = Chance(seed)
        best = current = start
        stall, limit = 0, self.trial.steps + steps
        while self.trial.steps < limit and len(start.order) > 1:
            order, after = self._changed(current, chance)
            if stall > SHAKE and chance.below(10) < 3:
                for _ in range(4):
                    order.insert(chance.below(len(order)), order.pop(chance.below(len(order))))
            found = self.decode(order, after)
            stall = 0 if found.score > current.score else stall + 1
            if found.score >= current.score:
                current = found
            if found.score > best.score:
                best = found
            if stall > PATIENCE:
                current, stall = best, 0
        return best

    def _changed(self, current: Solution, chance: Chance) -> tuple[list[int], tuple[int, ...]]:
        order, after = list(current.order), current.after
        kind = chance.below(100)
        if kind < 45:
            late = [number for number in order if self._could_be_earlier(current, number)] or order
            number = late[chance.below(len(late))]
            _move(order, order.index(number), chance.below(order.index(number) + 1))
            return order, _with(after, number, 0)
        first = chance.below(len(order))
        number = order[first]
        if kind < 65:
            _move(order, first, first + chance.below(len(order) - first))
        elif kind < 78:
            second = chance.below(len(order))
            order[first], order[second] = order[second], order[first]
        elif kind < 86 and self.aim.published:
            wave = self.aim.published.get(number, 0)
            _move(order, first, chance.below(first + 1))
            after = _with(after, number, self.compact.count if wave == NOWHERE else wave)
        elif kind < 94:
            waves = self.trial.units[number].waves
            later = waves[chance.below(len(waves))] if waves else 0
            after = _with(after, number, 0 if after[number] else later)
        else:
            count = self.compact.count
            after = _with(after, number, 0 if after[number] == count else count)
        return order, after

    def _could_be_earlier(self, current: Solution, number: int) -> bool:
        waves = self.trial.units[number].waves
        return bool(waves) and (current.launch[number] == NOWHERE or current.launch[number] > waves[0])

    def polished(self, start: Solution) -> Solution:
        """The plan after every change of a single launch that makes it better: then no single one could be."""
        trial = self.trial
        self.load(start.launch)
        changed = True
        while changed:
            changed = False
            for unit in trial.units:
                changed = self._settle(unit) or changed
        return Solution(self.score(), start.order, start.after, tuple(trial.launch))

    def load(self, launch: Iterable[int]) -> None:
        """Put a plan on trial."""
        self.trial.clear()
        for number, wave in enumerate(launch):
            if wave != NOWHERE:
                self.trial.place(self.trial.units[number], wave)

    def _settle(self, unit: Unit) -> bool:
        """Move one unit to the wave that makes the plan best, or take it out; says whether that changed anything."""
        trial, before, was = self.trial, self.score(), self.trial.launch[unit.index]
        if unit.index not in self.aim.open or (was == NOWHERE and not (unit.wanted or unit.index in self.aim.kept)):
            return False
        if was == NOWHERE:
            launch = tuple(trial.launch)
            if trial.bring_in(unit, (0,) * len(launch), only_if_useful=False) and self.score() > before:
                return True
            self.load(launch) if tuple(trial.launch) != launch else None
            return False
        trial.remove(unit)
        best = max(self._choices(unit, was), key=lambda choice: choice[0])
        if best[1] != NOWHERE:
            trial.place(unit, best[1])
        return best[1] != was

    def _choices(self, unit: Unit, was: int) -> Iterator[tuple[Score, int]]:
        trial = self.trial
        first, last = trial.ready(unit), trial.due(unit)
        for wave in (was, *(wave for wave in unit.waves if first <= wave <= last and wave != was)):
            trial.steps += 1
            if wave == was or trial.fits(unit, wave):
                trial.place(unit, wave)
                yield self.score(), wave
                trial.remove(unit)
        if unit.index not in self.aim.kept and not trial.needed(unit):
            yield self.score(), NOWHERE


def _move(order: list[int], start: int, end: int) -> None:
    order.insert(end, order.pop(start))


def _with(after: tuple[int, ...], number: int, wave: int) -> tuple[int, ...]:
    return (*after[:number], wave, *after[number + 1 :])
