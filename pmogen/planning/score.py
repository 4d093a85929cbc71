"""What a search is after: the levels by which plans are compared, and their parts that are mere sums over launches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmogen.planning.compact import Compact, Unit
from pmogen.planning.uniqueness import STRENGTH

NOWHERE = -1
"""Wave of a unit that does not launch."""

Score = tuple[int, int, int, int, int, int]
"""Launches missing that are forced or kept (negative), value less what moves cost, effort and number of launches
(both negative), quick wins in the first wave, preference among equals: in this order."""


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

    def moved(self, unit: int, wave: int, count: int) -> int:
        """Waves by which a unit is moved that launches there; coming and going count as all of the `count` waves."""
        was = self.published.get(unit, wave)
        return abs(wave - was) if NOWHERE not in (wave, was) else count * (wave != was)

    def missing(self, unit: Unit, units: int) -> int:
        """How much it weighs that a unit does not launch; one that is forced weighs more than all `units` that are kept."""
        return (unit.index in self.kept) + units * unit.forced


Sums = tuple[tuple[int, ...], ...]
"""Whole numbers by unit and wave, the last one for "nowhere" (the index `NOWHERE`)."""


@dataclass(frozen=True)
class Stakes:
    """What adds to value (moves and what is missing take from it), and what decides among plans of the same value.

    `ties` are effort, number of launches, quick wins and preference in one number each.
    """

    value: Sums
    ties: Sums


def stakes(compact: Compact, aim: Aim) -> Stakes:
    """The levels of `Score` as two: one that is missing takes more than all closure and all moves could bring."""
    units, count = compact.units, compact.count
    services = 1 + sum(len(unit.members) for unit in units)
    most = sum(gap.weight * max(0, gap.target - gap.now) for gap in compact.problem.aspects) * count
    worst = 1 + most + aim.a_move * count * len(units)
    quick = STRENGTH * services
    launched = quick * services
    effort = launched * services
    first = compact.problem.open_waves[:1]

    def value(unit: Unit, wave: int) -> int:
        missing = aim.missing(unit, len(units)) if wave == NOWHERE else 0
        return -worst * missing - aim.a_move * aim.moved(unit.index, wave, count)

    def tie(unit: Unit, wave: int) -> int:
        early = quick * (unit.quick and (wave,) == first)
        return -effort * unit.effort[wave] - launched + early + unit.preference[wave]

    return Stakes(
        tuple((*(value(unit, wave) for wave in range(count)), value(unit, NOWHERE)) for unit in units),
        tuple((*(tie(unit, wave) for wave in range(count)), 0) for unit in units),
    )
