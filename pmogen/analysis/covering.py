"""The cheapest set of things that covers every need: a small exact search in whole numbers.

A need is an amount to which things add; a thing may require other things. The search branches on
single things. Each branch is bounded from below by Lagrangian relaxation (needs and requirements are
priced instead of enforced; Fisher 1981), improved by a few subgradient steps (`covering_prices`), and in
between what must be in or cannot be in is concluded directly (`covering_state`). All numbers are whole,
so that a bound is never wrong by rounding and the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pmogen.analysis.covering_greedy import greedy_cover
from pmogen.analysis.covering_prices import SCALE, Prices
from pmogen.analysis.covering_state import FREE, IN, OUT, Covering, Links, State

ROOT_ROUNDS, NODE_ROUNDS = 150, 10
LARGE = 400
"""A problem of more numbers (things, what they add and require; about a hundred things) is large: no search proves
anything about most of these, so that it starts from a good cover (`covering_greedy`) and ends soon."""
EXCHANGES, BOUNDS = 50_000, 150_000
"""How much work that is in a large problem: prices reckoned for exchanges, numbers looked at for bounds."""


@dataclass(frozen=True)
class Found:
    """The numbers of the chosen things; `proven` when nothing cheaper exists. `steps` counts branches."""

    chosen: tuple[int, ...]
    proven: bool
    steps: int


@lru_cache(maxsize=4)
def cheapest_cover(covering: Covering, limit: int) -> Found | None:
    """The cheapest set that meets all needs, the first found among equals; None when there is none.

    At most `limit` branches are looked at, fewer of a large problem; when they do not suffice, the best set found so
    far is given. The last few answers are remembered.
    """
    return _Search(covering, limit).run()


class _Search:
    """Depth first, the likelier side first."""

    def __init__(self, covering: Covering, limit: int) -> None:
        self.links = Links(covering)
        self.pricing = Prices(self.links)
        self.costs = covering.costs
        self.limit = limit
        self.steps = 0
        self.best: tuple[int, ...] | None = None
        self.best_cost = sum(covering.costs) + 1

    def run(self) -> Found | None:
        """Everything, from the start."""
        start = State(self.links)
        if not start.conclude_all():
            return None
        large = self.pricing.size > LARGE
        self.keep_pruned(range(len(self.costs)), start)
        if large:
            self.keep(greedy_cover(self.links, start, EXCHANGES))
        most = BOUNDS // self.pricing.size if large else ROOT_ROUNDS
        todo = [(start, self.pricing.none(), min(ROOT_ROUNDS, most))]
        while todo and self.steps < self.limit and not (large and self.pricing.work > BOUNDS):
            self.steps += 1
            todo.extend(self.branches(*todo.pop()))
        return Found(self.best or (), not todo, self.steps)

    def branches(self, state: State, prices: list[int], rounds: int) -> list[tuple[State, list[int], int]]:
        """What remains to be looked at below a state: two branches, or none."""
        prices, reduced, bound = self.pricing.bounded(state.told, prices, rounds, self.best_cost)
        if bound > (self.best_cost - 1) * SCALE:
            return []
        told = state.told
        spare = (self.best_cost - 1) * SCALE - bound
        free = [thing for thing, known in enumerate(told) if known == FREE]
        sure = [(thing, IN if reduced[thing] < 0 else OUT) for thing in free if abs(reduced[thing]) > spare]
        if not state.conclude(sure):
            return []
        free = [thing for thing in free if told[thing] == FREE]
        taken = [thing for thing, known in enumerate(told) if known == IN]
        if not free or state.met:
            self.keep(taken)
            return []
        self.keep_pruned([*taken, *(thing for thing in free if reduced[thing] <= 0)], state)
        chosen = max(free, key=lambda thing: (state.adds_to_open(thing), -abs(reduced[thing]), -thing))
        sides = (OUT, IN) if reduced[chosen] <= 0 else (IN, OUT)
        others = ((state.copy(), side) for side in sides)
        return [(other, prices, NODE_ROUNDS) for other, side in others if other.conclude([(chosen, side)])]

    def keep(self, things: Iterable[int]) -> None:
        """Remembers a set that meets all needs, when it is cheaper than the best so far."""
        chosen = tuple(sorted(things))
        cost = sum(self.costs[thing] for thing in chosen)
        if cost < self.best_cost:
            self.best, self.best_cost = chosen, cost

    def keep_pruned(self, liked: Iterable[int], state: State) -> None:
        """Remembers a good set at hand: what is liked, completed, and freed of the dearest that is not needed."""
        chosen = self.links.completed(set(liked), state.told)
        if chosen is not None:
            self.keep(self.links.pruned(chosen))
