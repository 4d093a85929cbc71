"""The long search: again and again part of the plan is taken out and put back in another order.

Ruin and recreate (Schrimpf et al. 2000; Shaw 1998 calls it large neighbourhood search): a few launches
of neighbouring waves are taken out, often to make room for one unit that is to come earlier, and then
they and some that do not launch are brought in again, one by one, in the earliest waves that fit; by
chance, or by what they close against the scarce capacities they take (`scarcity`). A worse plan is
accepted within a threshold that falls to nothing as the budget is used up (Dueck & Scheuer 1990).
The budget is counted in steps, never in seconds, and chance is our own, so the same problem gives the
same plan everywhere.
"""

from __future__ import annotations

from pmogen.planning.chance import Chance
from pmogen.planning.compact import Unit
from pmogen.planning.scarcity import Scarcity
from pmogen.planning.score import NOWHERE
from pmogen.planning.search import Search, Solution

MOST = 4, 8, 16
"""Launches taken out at a time, without what depends on them: so many, one more for each so many launches, never more
than the last; and any number from one to that."""
OTHERS = 10, 25, 40
"""Units that do not launch and are tried beside them: so many, one more for each so many units, and at most so many."""
TRIES = 60
"""Units looked at to find one that launches in certain waves."""
DELAYED = 20
"""One in so many plans has a unit that does not come as early as it fits."""
NEW_PRICES = 200
"""Plans after which capacities are priced anew."""
PARTS = 1000
"""Chance and thresholds are counted in so many parts."""


class Ruin:
    """One search; what is fixed while it runs. `calm` divides what a plan may be worse at first: the shorter, the calmer."""

    def __init__(self, search: Search, seed: int, calm: int = 1) -> None:
        self.search = search
        self.trial = search.trial
        self.aim = search.aim
        self.chance = Chance(seed)
        self.calm = calm
        units = self.trial.units
        able = [u for u in (units[number] for number in self.aim.open) if search.may_lead(u)]
        self.leaders = [u for u in able if all(units[number].waves for number in (*u.before, u.index))]
        few, each, most = OTHERS
        self.others = min(most, few + len(self.leaders) // each)
        self.most = MOST[0]
        self.scarcity = Scarcity(search.compact)
        self.cost = [1] * len(self.trial.units)
        self.after = [0] * len(self.trial.units)

    def improved(self, start: Solution, steps: int) -> Solution:
        """The best plan found from here with so many steps."""
        trial, search, chance = self.trial, self.search, self.chance
        search.load(start.launch)
        if not self.leaders or steps <= 0:
            return start
        launched = sum(trial.launch[unit.index] != NOWHERE for unit in self.leaders)
        few, each, most = MOST
        self.most = min(most, few + launched // each)
        threshold = trial.closure() // max(1, launched) // self.calm
        current = best = trial.worth
        best_launch, plans, begun = trial.launch.copy(), 0, trial.steps
        while (left := begun + steps - trial.steps) > 0:
            if plans % NEW_PRICES == 0:
                self.cost = self.scarcity.costs(trial)
            plans += 1
            saved = trial.save()
            self._change()
            found = trial.worth
            worse = threshold * left // steps * chance.below(PARTS) * chance.below(PARTS) // PARTS**2
            if found > current or found[0] > current[0] - worse:
                current = found
                if found > best:
                    best, best_launch = found, trial.launch.copy()
            else:
                trial.restore(saved)
        search.load(best_launch)
        return search.solution()

    def _change(self) -> None:
        """Take some launches out and put them back."""
        chance, trial = self.chance, self.trial
        target = self.leaders[chance.below(len(self.leaders))]
        was = trial.launch[target.index]
        force, cascade = chance.below(2) == 0, chance.below(10) < 7
        out: list[Unit] = []
        take = self._take_with_dependents if cascade else self._take_alone
        if force:
            for rival in target.others:
                self._take_with_dependents(trial.units[rival], out)
            take(target, out)
        for unit in self._near(self._wave(target, was, force)):
            take(unit, out)
        self._take_orphans(out)
        self._put_back(out, target if force and was == NOWHERE else None, cascade)

    def _wave(self, target: Unit, was: int, force: bool) -> int:
        """Around which wave to take launches out; `NOWHERE` is anywhere."""
        chance = self.chance
        if not force:
            kind = chance.below(10)
            near = self._launched(0, self.search.compact.count) if kind < 6 else None
            return NOWHERE if near is None else self.trial.launch[near.index]
        waves = [wave for wave in target.waves if wave < was] if was > target.waves[0] else target.waves
        return was if was == target.waves[0] else waves[chance.below(len(waves))]

    def _near(self, wave: int) -> list[Unit]:
        first, last = (0, self.search.compact.count) if wave == NOWHERE else (max(0, wave - 1), wave + 1)
        found = (self._launched(first, last) for _ in range(1 + self.chance.below(self.most)))
        return [unit for unit in found if unit is not None]

    def _launched(self, first: int, last: int) -> Unit | None:
        """Some unit that launches in these waves, if one is found soon."""
        launch, leaders, chance = self.trial.launch, self.leaders, self.chance
        for _ in range(TRIES):
            unit = leaders[chance.below(len(leaders))]
            if first <= launch[unit.index] <= last:
                return unit
        return None

    def _take_alone(self, unit: Unit, out: list[Unit]) -> None:
        if self.trial.launch[unit.index] != NOWHERE:
            self.trial.remove(unit)
            out.append(unit)

    def _take_with_dependents(self, unit: Unit, out: list[Unit]) -> None:
        trial, todo = self.trial, [unit]
        while todo:
            unit = todo.pop()
            if trial.launch[unit.index] != NOWHERE:
                trial.remove(unit)
                out.append(unit)
                todo.extend(trial.units[other] for other, _ in self.search.compact.needed_by[unit.index])

    def _take_orphans(self, out: list[Unit]) -> None:
        """What closes nothing and is needed no more."""
        trial = self.trial
        for unit in out:
            for number, _ in unit.needs:
                need = trial.units[number]
                launches = trial.launch[number] != NOWHERE and number not in self.aim.kept
                if launches and not need.lifts and not trial.needed(need):
                    trial.remove(need)
                    out.append(need)

    def _put_back(self, out: list[Unit], first: Unit | None, cascade: bool) -> None:
        trial = self.trial
        again = [unit for unit in out if not cascade or self.search.may_lead(unit)]
        again += self._others(again)
        delayed = self._delays(again)
        if first is not None and self.chance.below(2):
            self._bring_in(first)
        fallen: list[Unit] = []
        for unit in self._in_order(again):
            if trial.launch[unit.index] == NOWHERE and not self._back_below(unit, fallen):
                self._bring_in(unit)
        for unit in fallen:
            if trial.launch[unit.index] == NOWHERE:
                self._bring_in(unit)
        for unit in delayed:
            self.after[unit.index] = 0

    def _others(self, known: list[Unit]) -> list[Unit]:
        """Some units that do not launch and are not known."""
        seen, found = {unit.index for unit in known}, []
        for _ in range(self.others):
            other = self.leaders[self.chance.below(len(self.leaders))]
            if self.trial.launch[other.index] == NOWHERE and other.index not in seen:
                seen.add(other.index)
                found.append(other)
        return found

    def _back_below(self, unit: Unit, fallen: list[Unit]) -> bool:
        """Put a unit back below others that need it; where that fails, these fall."""
        trial = self.trial
        if not trial.needed(unit):
            return False
        wave = trial.earliest(unit, self.after[unit.index])
        if wave != NOWHERE:
            trial.place(unit, wave)
            return True
        for other, _ in self.search.compact.needed_by[unit.index]:
            self._take_with_dependents(trial.units[other], fallen)
        return False

    def _delays(self, units: list[Unit]) -> list[Unit]:
        """Now and then units are not to come as early as they fit, but where they were published or a little later."""
        chance, published, count = self.chance, self.aim.published, self.search.compact.count
        if published and chance.below(2):
            for unit in units:
                wave = published.get(unit.index, 0)
                self.after[unit.index] = count if wave == NOWHERE else wave
            return units
        if units and not chance.below(DELAYED):
            unit = units[chance.below(len(units))]
            self.after[unit.index] = unit.waves[chance.below(len(unit.waves))]
            return [unit]
        return []

    def _bring_in(self, unit: Unit) -> None:
        if self.search.may_lead(unit) and self.after[unit.index] < self.search.compact.count:
            self.trial.bring_in(unit, self.after, unit.index not in self.aim.kept)

    def _in_order(self, units: list[Unit]) -> list[Unit]:
        """Kept ones first; then by chance, or by closure (or its square) against cost, with some chance."""
        chance, kept = self.chance, self.aim.kept
        kind = chance.below(3)
        keys = []
        for unit in units:
            key = chance.below(PARTS) if kind == 0 else -self._density(unit, kind) * (PARTS + chance.below(2 * PARTS))
            keys.append((unit.index not in kept, key, unit.index))
        return [self.trial.units[number] for _, _, number in sorted(keys)]

    def _density(self, unit: Unit, power: int) -> int:
        """What it and all it still misses close when they launch at once, against what they cost."""
        trial = self.trial
        bundle = trial.missing(unit)
        closure = sum([trial.gain(member, member.waves[0]) for member in bundle if member.lifts])
        return int(closure**power) * PARTS // sum([self.cost[member.index] for member in bundle])
