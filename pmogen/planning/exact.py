"""A better plan, or the proof that there is none: HiGHS on the linear model, when it is installed.

What is best is proven level by level (`aims`), each among the plans that are best in the levels before.
What a plan reaches is never read off the solver but counted anew in whole numbers, and a plan that the
caller does not let pass is cut off. In the end it is proven that there is no second plan as good, so
neither the version of the solver nor the order of the input can matter then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import floor, inf, isfinite

from pmogen.planning.aims import Level, levels_of
from pmogen.planning.columns import Columns
from pmogen.planning.compact import Compact
from pmogen.planning.highs import Answer, Program, available, maximise
from pmogen.planning.linear import rows_of
from pmogen.planning.search import Aim, Score, Search
from pmogen.planning.terms import Row
from pmogen.planning.uniqueness import STRENGTH

NODES = 4_000
"""Nodes that are searched at most by default, all levels together."""
PLENTY = 1_000_000
"""Nodes for whoever wants to wait."""
FEW_COLUMNS = 600
"""A brief proof of a problem with more columns is about the value only: the later levels take several times as long."""
BRIEF_NODES, BRIEF_COLUMNS = 1_000, 3_000
"""A brief proof of more columns than `FEW_COLUMNS` searches so many nodes up to so many columns; of twice as many, a quarter."""
FEWEST_NODES = 80
"""Where that leaves fewer nodes, there is no brief proof: to begin alone takes minutes."""
ATTEMPTS = 100
"""Plans that may be found and cut off in a level before it is given up."""
NEARLY = 1e-4
"""What a solver's number may be off by, in the smallest amount by which plans differ."""


@dataclass(frozen=True)
class Progress:
    """How far the proof is: what is being proven (a message); value less the cost of moves; and the nodes so far.

    `best` is the value of the best plan known and `bound` what none exceeds, both in levels times weight.
    """

    stage: str
    best: Fraction
    bound: Fraction
    nodes: int

    @property
    def gap(self) -> Fraction:
        """By which share of the best plan's value the bound exceeds it; the bound itself where there is no value yet."""
        above = self.bound - self.best
        return above / self.best if self.best > 0 else above


Told = Callable[[Progress], None]


@dataclass(frozen=True)
class Budget:
    """How long to go on, with which seed of the solver, and who is told; the last two change no proven plan.

    A `brief` proof ends within a minute or so whatever the size of the problem.
    """

    nodes: int = NODES
    seed: int = 0
    told: Told | None = None
    brief: bool = False

    def only_value(self, columns: int) -> bool:
        """Whether the proof of a problem of so many columns is about its value only."""
        return self.brief and columns > FEW_COLUMNS

    def nodes_of(self, columns: int) -> int:
        """Nodes that are searched of a problem of so many columns; none where it is too large for a brief proof."""
        if not self.only_value(columns):
            return self.nodes
        most = BRIEF_NODES * BRIEF_COLUMNS**2 // max(columns, BRIEF_COLUMNS) ** 2
        return min(self.nodes, most) if most >= FEWEST_NODES else 0


@dataclass(frozen=True)
class Proof:
    """What the solver says.

    `launch` has the waves by unit of the best plan known. No plan's value (less the cost of moves) can
    exceed `bound`. It is proven that no plan has more value (`best`), none of this value takes less effort
    (`least_effort`), and no other is as good in all that counts (`unique`). `stopped` is true when a person ended the proof.
    """

    launch: tuple[int, ...]
    bound: int
    best: bool
    least_effort: bool
    unique: bool
    nodes: int
    stopped: bool


def prove(
    compact: Compact,
    aim: Aim,
    start: tuple[int, ...],
    budget: Budget = Budget(),
    holds: Callable[[tuple[int, ...]], bool] = lambda _launch: True,
) -> Proof | None:
    """The best plan, as far as the budget goes. None when highspy is missing, no wave is open, or the budget allows nothing.

    `start` is a plan to begin with, waves by unit; `holds` says whether a plan that the solver finds breaks no rule.
    """
    if not available() or not compact.problem.open_waves:
        return None
    columns = Columns(compact, aim)
    nodes = budget.nodes_of(len(columns.upper))
    return _Proving(columns, start, replace(budget, nodes=nodes), holds).proof() if nodes > 0 else None


class _Proving:
    """The state of a proof: the best plan so far, and the rows that keep what it has reached."""

    def __init__(
        self,
        columns: Columns,
        start: tuple[int, ...],
        budget: Budget,
        holds: Callable[[tuple[int, ...]], bool],
    ) -> None:
        self.columns = columns
        self.rows = list(rows_of(columns))
        self.search = Search(columns.compact, columns.aim)
        self.best = start
        self.budget = budget
        self.holds = holds
        self.nodes = 0
        self.stopped = False
        self.value, self.effort, self.rest = levels_of(self.columns)
        self.bound = self.value.most(self.columns)

    def proof(self) -> Proof:
        """Level by level, as long as each is proven and the budget is for more."""
        self.bound = self._climbed(self.value)
        best = self._proven(self.value, self.bound)
        more = best and not self.budget.only_value(len(self.columns.upper))
        least = more and not self._spent() and self._proven(self.effort, self._climbed(self.effort))
        unique = least and self._alone()
        bound = max(self.bound, self._reached(self.value))
        return Proof(self.best, bound, best, least, unique, self.nodes, self.stopped)

    def _climbed(self, level: Level) -> int:
        """The bound of the level; the best plan may become a better one. What does not hold is cut off."""
        bound, rows = level.most(self.columns), len(self.rows)
        for _ in range(ATTEMPTS if self._reached(level) < bound else 0):
            answer = self._asked(level, self.rows, self.columns.of(self.best))
            if answer.infeasible and len(self.rows) > rows:
                bound = self._reached(level)
            elif answer.bound is not None:
                bound = min(bound, max(_whole(level, answer.bound), self._reached(level)))
            if answer.values is None:
                break
            found = self.columns.waves_in(answer.values)
            self._adopt(found)
            if self._reached(level) >= min(bound, level.reached(self._score(found))) or self._spent():
                break
            self.rows.append(self._other_than(found))
        self._tell(level, bound - level.constant, 0, -inf)
        return bound

    def _proven(self, level: Level, bound: int) -> bool:
        """Whether the best plan reaches the bound; from then on only plans that do so are looked at."""
        reached = self._reached(level)
        if reached >= bound and level.terms:
            self.rows.append(Row(level.terms, reached - level.constant - level.grain / 2, None))
        return reached >= bound

    def _alone(self) -> bool:
        """Whether the best plan, or a better one that is found, beats every other in the last level.

        Plans are cut off once they are known; when what remains is worse than the best of them, that is the only one.
        """
        self.rows.append(self._other_than(self.best))
        for _ in range(ATTEMPTS):
            if self._spent():
                return False
            reached = self._reached(self.rest)
            as_good = Row(self.rest.terms, reached - self.rest.constant - STRENGTH, None)
            answer = self._asked(self.rest, [*self.rows, as_good], {})
            if answer.infeasible or (answer.bound is not None and _whole(self.rest, answer.bound) < reached):
                return True
            if answer.values is None:
                return False
            found = self.columns.waves_in(answer.values)
            if not self._adopt(found) and self.holds(found):
                return False
            self.rows.append(self._other_than(found))
        return False

    def _adopt(self, found: tuple[int, ...]) -> bool:
        """Go on with this plan when it is strictly better and holds; says whether it is."""
        better = self._score(found) > self._score(self.best) and self.holds(found)
        if better:
            self.best = found
        return better

    def _asked(self, level: Level, rows: Sequence[Row], start: dict[int, float]) -> Answer:
        program = Program(self.columns.upper, self.columns.whole, rows, level.terms, level.grain)
        hear = partial(self._tell, level) if self.budget.told else None
        answer = maximise(program, start, self.budget.nodes - self.nodes, self.budget.seed, hear)
        self.nodes += answer.nodes
        self.stopped = self.stopped or answer.stopped
        return answer

    def _tell(self, level: Level, bound: float, nodes: int, reached: float) -> None:
        """Pass on what the solver says of a level; of value its words count, in later levels it is settled."""
        if not self.budget.told:
            return
        best, most = self._reached(self.value), max(self.bound, self._reached(self.value))
        if level is self.value:
            best = max(best, round(reached) + level.constant) if isfinite(reached) else best
            most = max(best, min(most, _whole(level, bound)))
        unit = self.columns.compact.problem.level_unit
        self.budget.told(Progress(level.name, Fraction(best, unit), Fraction(most, unit), self.nodes + nodes))

    def _spent(self) -> bool:
        return self.stopped or self.nodes >= self.budget.nodes

    def _score(self, launch: tuple[int, ...]) -> Score:
        self.search.load(launch)
        return self.search.score()

    def _reached(self, level: Level) -> int:
        return level.reached(self._score(self.best))

    def _other_than(self, launch: tuple[int, ...]) -> Row:
        """At least one launch is another than in this plan."""
        values = self.columns.of(launch)
        terms = {column: -1 if value else 1 for column, value in values.items()}
        return Row(terms, 1 - sum(value > 0 for value in values.values()), None)


def _whole(level: Level, bound: float) -> int:
    """The bound of a level in whole numbers, as plans differ by multiples of its grain."""
    return floor(bound / level.grain + NEARLY) * level.grain + level.constant
