"""What is best, as levels of a linear program: each counts only among the plans that are best in those before.

The order is that of `Search.score`, and the numbers are the same: the score of a plan says what it
reaches in a level, the terms say it to the solver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd

from pmogen.language import N_
from pmogen.planning.columns import Columns
from pmogen.planning.compact import Unit
from pmogen.planning.search import Score
from pmogen.planning.terms import Terms, plus, times
from pmogen.planning.trial import NOWHERE


@dataclass(frozen=True)
class Level:
    """A sum to maximise: `terms` plus `constant`; plans differ in it by multiples of `grain`.

    It is what a score has in the places `parts`, each with its factor. `name` is a message to be translated where it is
    shown.
    """

    name: str
    terms: Terms
    parts: tuple[tuple[int, int], ...]
    constant: int = 0
    grain: int = 1

    def reached(self, score: Score) -> int:
        """What a plan with this score reaches."""
        return sum(score[place] * factor for place, factor in self.parts)

    def most(self, m: Columns) -> int:
        """What no plan exceeds, from the bounds of the columns alone."""
        return self.constant + sum(factor * m.upper[column] for column, factor in self.terms.items() if factor > 0)


def levels_of(m: Columns) -> tuple[Level, Level, Level]:
    """Value less moves; least effort; and folded into one: fewest launches, most quick wins, what settles ties."""
    effort = _launching(m, lambda unit, wave: -unit.effort[wave])
    value = Level(N_("most value"), plus(closure(m), moves(m)), ((1, 1),), _constant(m), _grain(m))
    return value, Level(N_("least effort"), effort, ((2, 1),), grain=max(1, gcd(*effort.values()))), _rest(m)


def _rest(m: Columns) -> Level:
    """Launches count for more than all quick wins, a quick win for more than all that settles ties."""
    preference = _launching(m, lambda unit, wave: unit.preference[wave])
    quick = plus(*(m.launch(unit.index, m.open[0]) for unit in m.units if unit.quick))
    for_quick = 1 + sum(max((unit.preference[wave] for wave in unit.waves), default=0) for unit in m.units)
    for_launch = for_quick * (1 + len(quick))
    launches = _launching(m, lambda _unit, _wave: -for_launch)
    terms = plus(launches, times(for_quick, quick), preference)
    return Level(N_("one plan of equals"), terms, ((3, for_launch), (4, for_quick), (5, 1)))


def closure(m: Columns) -> Terms:
    """Priority-weighted closure, summed over the waves."""
    return {column: m.compact.problem.aspects[gap].weight for (gap, _), column in m.closure.items()}


def moves(m: Columns) -> Terms:
    """(13) moves against the published plan cost; a moved wave is one, coming and going all of them."""
    price, count, last = m.aim.a_move, m.compact.count, m.open[-1]
    planned = {unit.index for unit in m.units}
    parts: list[Terms] = []
    for unit, wave in m.aim.published.items():
        if unit not in planned or not price:
            continue
        stays = m.live(unit, last)
        parts.append(times(-price * count if wave == NOWHERE else price * count, stays))
        if wave != NOWHERE:
            parts += [times(-price * abs(other - wave), m.launch(unit, other)) for other in m.open]
    return plus(*parts)


def _launching(m: Columns, number: Callable[[Unit, int], int]) -> Terms:
    """So much for every launch of a unit in a wave."""
    return plus(*(times(number(unit, wave), m.launch(unit.index, wave)) for unit in m.units for wave in m.open))


def _constant(m: Columns) -> int:
    """Value that no column adds: closure in waves that are over, and the cost of dropping what was published."""
    compact, aim = m.compact, m.aim
    over = sum(
        compact.closed(gap, compact.live[wave])
        for gap in range(len(compact.problem.aspects))
        for wave in range(compact.count)
        if (gap, wave) not in m.closure
    )
    published = [unit for unit, wave in aim.published.items() if wave != NOWHERE]
    return over - aim.a_move * compact.count * len(published)


def _grain(m: Columns) -> int:
    """The smallest amount by which values of plans can differ."""
    found = m.aim.a_move
    for gap in m.compact.problem.aspects:
        numbers = [
            gap.target - gap.now,
            *(lift.by for lift in gap.lifts),
            *(lift.up_to - gap.now for lift in gap.lifts),
        ]
        found = gcd(found, *(gap.weight * number for number in numbers))
    return max(1, found)
