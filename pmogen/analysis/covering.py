"""The cheapest set of things that covers every need: a small exact search in whole numbers.

A need is an amount to which things add; a thing may require other things. The search branches on
single things. Each branch is bounded from below by Lagrangian relaxation (needs and requirements are
priced instead of enforced; Fisher 1981), improved by a few subgradient steps, and in between what
must be in or cannot be in is concluded directly. All numbers are whole, so that a bound is never
wrong by rounding and the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FREE, IN, OUT = 0, 1, -1
SCALE = 1 << 10
"""Prices are given in this part of a unit of cost."""

ROOT_ROUNDS, NODE_ROUNDS = 150, 10
MAX_SUMS = 4096

State = list[int]


@dataclass(frozen=True)
class Need:
    """An amount that must be reached, and what each thing adds to it."""

    amount: int
    adds: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Covering:
    """Things by number with their cost (0 or more), needs, and what each thing requires."""

    costs: tuple[int, ...]
    needs: tuple[Need, ...]
    requires: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Found:
    """The numbers of the chosen things; `proven` when nothing cheaper exists. `steps` counts branches."""

    chosen: tuple[int, ...]
    proven: bool
    steps: int


def cheapest_cover(covering: Covering, limit: int) -> Found | None:
    """The cheapest set that meets all needs, the first found among equals; None when there is none.

    At most `limit` branches are looked at; when they do not suffice, the best set found so far is given.
    """
    return _Search(covering, limit).run()


def strengthened(need: Need) -> Need:
    """The same need, said as sharply as whole things allow.

    Nothing counts for more than the amount, and the amount grows to the smallest sum of parts that
    reaches it. Every set of things meets the one exactly when it meets the other.
    """
    if need.amount <= 0:
        return Need(0, ())
    adds = tuple((thing, min(part, need.amount)) for thing, part in need.adds)
    sums = {0}
    for _, part in adds:
        sums |= {known + part for known in sums}
        if len(sums) > MAX_SUMS:
            return Need(need.amount, adds)
    reached = min((total for total in sums if total >= need.amount), default=need.amount)
    return Need(reached, tuple((thing, min(part, reached)) for thing, part in need.adds))


class _Search:
    """Depth first, the likelier side first."""

    def __init__(self, covering: Covering, limit: int) -> None:
        self.costs = covering.costs
        self.needs = tuple(strengthened(need) for need in covering.needs)
        self.edges = tuple((thing, other) for thing, others in enumerate(covering.requires) for other in others)
        self.limit = limit
        self.steps = 0
        self.best: tuple[int, ...] | None = None
        self.best_cost = sum(covering.costs) + 1

    def run(self) -> Found | None:
        """Everything, from the start."""
        start = [FREE] * len(self.costs)
        if not self.conclude(start):
            return None
        self.keep_pruned(range(len(self.costs)), start)
        prices = [0] * (len(self.needs) + len(self.edges))
        todo = [(start, prices, ROOT_ROUNDS)]
        while todo and self.steps < self.limit:
            self.steps += 1
            todo.extend(self.branches(*todo.pop()))
        return Found(self.best or (), not todo, self.steps)

    def branches(self, state: State, prices: list[int], rounds: int) -> list[tuple[State, list[int], int]]:
        """What remains to be looked at below a state: two branches, or none."""
        prices, reduced, bound = self.bounded(state, prices, rounds)
        if bound > (self.best_cost - 1) * SCALE:
            return []
        free = [thing for thing, told in enumerate(state) if told == FREE]
        for thing in free:
            if bound + abs(reduced[thing]) > (self.best_cost - 1) * SCALE:
                state[thing] = IN if reduced[thing] < 0 else OUT
        if not self.conclude(state):
            return []
        free = [thing for thing in free if state[thing] == FREE]
        taken = [thing for thing, told in enumerate(state) if told == IN]
        if not free or all(self.reached(need, state) >= need.amount for need in self.needs):
            self.keep(taken)
            return []
        self.keep_pruned([*taken, *(thing for thing in free if reduced[thing] <= 0)], state)
        chosen = max(free, key=lambda thing: (self.open_needs(thing, state), -abs(reduced[thing]), -thing))
        sides = (OUT, IN) if reduced[chosen] <= 0 else (IN, OUT)
        return [
            (other, prices, NODE_ROUNDS) for side in sides if (other := self.with_told(state, chosen, side)) is not None
        ]

    def with_told(self, state: State, thing: int, told: int) -> State | None:
        """The state with one more thing in or out, and all that follows; None when that cannot be."""
        other = list(state)
        other[thing] = told
        return other if self.conclude(other) else None

    def open_needs(self, thing: int, state: State) -> bool:
        """Whether the thing adds to a need that is not met yet."""
        return any(
            part[0] == thing for need in self.needs if self.reached(need, state) < need.amount for part in need.adds
        )

    @staticmethod
    def reached(need: Need, state: State) -> int:
        """What the things that are in add to the need."""
        return sum(part for thing, part in need.adds if state[thing] == IN)

    def conclude(self, state: State) -> bool:
        """Sets what follows from what is told already; False when it contradicts itself."""
        changed = True
        while changed:
            changed = False
            for thing, other in self.edges:
                if state[thing] == IN and state[other] != IN:
                    if state[other] == OUT:
                        return False
                    state[other], changed = IN, True
                elif state[other] == OUT and state[thing] == FREE:
                    state[thing], changed = OUT, True
            for need in self.needs:
                missing = need.amount - sum(part for thing, part in need.adds if state[thing] == IN)
                if missing <= 0:
                    continue
                spare = sum(part for thing, part in need.adds if state[thing] == FREE) - missing
                if spare < 0:
                    return False
                for thing, part in need.adds:
                    if state[thing] == FREE and part > spare:
                        state[thing], changed = IN, True
        return True

    def bounded(self, state: State, prices: list[int], rounds: int) -> tuple[list[int], list[int], int]:
        """Prices, reduced costs and the best lower bound (times `SCALE`) after some subgradient rounds."""
        best_prices, best_reduced, best_bound = prices, *self.priced(state, prices)
        reduced, bound, part, failures = best_reduced, best_bound, 2 * SCALE, 0
        for _ in range(rounds):
            if best_bound > (self.best_cost - 1) * SCALE:
                break
            slopes = self.slopes(state, reduced)
            length = sum(slope * slope for slope in slopes)
            if not length:
                break
            step = part * (self.best_cost * SCALE - bound) // SCALE
            prices = [max(0, price + step * slope // length) for price, slope in zip(prices, slopes, strict=True)]
            reduced, bound = self.priced(state, prices)
            if bound > best_bound:
                best_prices, best_reduced, best_bound, failures = prices, reduced, bound, 0
            else:
                failures += 1
                if failures == 5:
                    part, failures = part * 2 // 3, 0
        return best_prices, best_reduced, best_bound

    def priced(self, state: State, prices: Sequence[int]) -> tuple[list[int], int]:
        """Reduced costs at these prices, and the lower bound they prove."""
        reduced = [cost * SCALE for cost in self.costs]
        bound = 0
        for need, price in zip(self.needs, prices, strict=False):
            if price:
                bound += price * need.amount
                for thing, part in need.adds:
                    reduced[thing] -= price * part
        for (thing, other), price in zip(self.edges, prices[len(self.needs) :], strict=True):
            if price:
                reduced[other] -= price
                reduced[thing] += price
        for told, value in zip(state, reduced, strict=True):
            if told == IN or (told == FREE and value < 0):
                bound += value
        return reduced, bound

    def slopes(self, state: State, reduced: list[int]) -> list[int]:
        """By how much the relaxed choice misses each need and requirement."""
        taken = [told == IN or (told == FREE and value < 0) for told, value in zip(state, reduced, strict=True)]
        missed = [need.amount - sum(part for thing, part in need.adds if taken[thing]) for need in self.needs]
        return missed + [taken[thing] - taken[other] for thing, other in self.edges]

    def keep(self, things: Iterable[int]) -> None:
        """Remembers a set that meets all needs, when it is cheaper than the best so far."""
        chosen = tuple(sorted(things))
        cost = sum(self.costs[thing] for thing in chosen)
        if cost < self.best_cost:
            self.best, self.best_cost = chosen, cost

    def keep_pruned(self, liked: Iterable[int], state: State) -> None:
        """Remembers a good set at hand: what is liked, completed, and freed of the dearest that is not needed."""
        chosen = set(liked)
        for need in self.needs:
            missing = need.amount - sum(part for thing, part in need.adds if thing in chosen)
            for thing, part in sorted(need.adds, key=lambda add: (self.costs[add[0]] / add[1], add[0])):
                if missing > 0 and thing not in chosen and state[thing] != OUT:
                    chosen.add(thing)
                    missing -= part
        grown = True
        while grown:
            more = {other for thing, other in self.edges if thing in chosen} - chosen
            chosen |= more
            grown = bool(more)
        if not all(sum(part for thing, part in need.adds if thing in chosen) >= need.amount for need in self.needs):
            return
        while spare := [thing for thing in chosen if self.can_do_without(thing, chosen)]:
            chosen.remove(max(spare, key=lambda thing: (self.costs[thing], thing)))
        self.keep(chosen)

    def can_do_without(self, thing: int, chosen: set[int]) -> bool:
        """Whether all needs and requirements hold without the thing."""
        if any(other == thing and needing in chosen for needing, other in self.edges):
            return False
        for need in self.needs:
            parts = dict(need.adds)
            if thing in parts and sum(parts[each] for each in chosen if each in parts) - parts[thing] < need.amount:
                return False
        return True
