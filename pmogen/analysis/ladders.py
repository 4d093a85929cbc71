"""What many services close together, and what they close without one of them, in whole numbers and few additions.

Services with the same ceiling count together, as their order does not matter (`projection`): the level grows by the sum of
what they add, but not beyond their ceiling. So each question is one sum for each ceiling, however many services there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from pmogen.analysis.gaps import Gap
from pmogen.analysis.projection import Lifting

Sums = dict[int, int]
"""What services add together below each ceiling."""


def whole(number: Fraction, unit: int) -> int:
    """The number in parts of which there are so many in one; the number must be whole in these."""
    return number.numerator * (unit // number.denominator)


class Ladder:
    """One gap, and what may lift its aspect."""

    def __init__(self, gap: Gap, liftings: Iterable[Lifting]) -> None:
        listed = [lifting for lifting in liftings if lifting.up_to > gap.current]
        numbers = (gap.current, gap.target, *(number for lifting in listed for number in (lifting.by, lifting.up_to)))
        self._unit = lcm(*{number.denominator for number in numbers})
        self._now, self._target = whole(gap.current, self._unit), whole(gap.target, self._unit)
        self._steps: dict[str, list[tuple[int, int]]] = {}
        """By service: its ceilings, with what it adds below them."""
        for lifting in listed:
            self._steps.setdefault(lifting.service, []).append(
                (whole(lifting.up_to, self._unit), whole(lifting.by, self._unit))
            )
        self._levels: dict[int, Fraction] = {}

    def count(self, sums: Sums, service: str, sign: int = 1) -> None:
        """Count a service in, or with -1 out again; one that lifts nothing here adds nothing."""
        for ceiling, by in self._steps.get(service, ()):
            sums[ceiling] = sums.get(ceiling, 0) + sign * by

    def closed(self, sums: Sums) -> int:
        """How much of the gap is closed: never more than the gap."""
        level = self._now
        for ceiling in sorted(sums):
            if ceiling > level:
                level = min(level + sums[ceiling], ceiling)
        return max(0, min(self._target, level) - self._now)

    def levels(self, number: int) -> Fraction:
        """So much, in levels."""
        known = self._levels.get(number)
        if known is None:
            known = self._levels[number] = Fraction(number, self._unit)
        return known


def closed_together(gap: Gap, liftings: Iterable[Lifting]) -> Fraction:
    """How much of the gap these close together, in levels."""
    listed, sums = tuple(liftings), Sums()
    ladder = Ladder(gap, listed)
    for service in {lifting.service for lifting in listed}:
        ladder.count(sums, service)
    return ladder.levels(ladder.closed(sums))


class Present:
    """Services that are there together; `liftings` is what every service adds, by its id."""

    def __init__(self, gaps: Iterable[Gap], liftings: Mapping[str, Iterable[Lifting]], present: frozenset[str]) -> None:
        known = {gap.aspect: gap for gap in gaps}
        lifting: dict[str, list[Lifting]] = {aspect: [] for aspect in known}
        for one in (one for listed in liftings.values() for one in listed if one.aspect in lifting):
            lifting[one.aspect].append(one)
        self._present = present
        self._ladders = {aspect: Ladder(known[aspect], listed) for aspect, listed in lifting.items()}
        self._sums: dict[str, Sums] = {aspect: {} for aspect in known}
        for aspect, listed in lifting.items():
            for service in {one.service for one in listed} & present:
                self._ladders[aspect].count(self._sums[aspect], service)

    def closed(self, aspect: str, *more: str, without: Iterable[str] = ()) -> int:
        """What those that are present close together with `more`, and without some of them."""
        ladder, sums = self._ladders[aspect], self._sums[aspect].copy()
        for service in set(more) - self._present:
            ladder.count(sums, service)
        for service in self._present.intersection(without):
            ladder.count(sums, service, -1)
        return ladder.closed(sums)

    def levels(self, aspect: str, number: int) -> Fraction:
        """So much of what is closed there, in levels."""
        return self._ladders[aspect].levels(number)
