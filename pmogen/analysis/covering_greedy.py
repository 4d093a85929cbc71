"""A good cover of many things, soon: the cheapest for what they add first, then one after the other exchanged.

What a thing adds is weighed against its cost and that of all it still requires (Chvatal 1979, A greedy heuristic for the
set-covering problem, Mathematics of Operations Research 4, 233-235). Then each thing in turn is taken out with all that
requires it, and what is missing is filled up without it; what is cheaper is kept.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from pmogen.analysis.covering_state import IN, OUT, Links, State

SHARE = 1 << 20
"""What a thing adds to a need is counted in this part of the need."""


class Cover:
    """A set of things, with what it leaves of each need. `log` has what was done to it, to be undone."""

    def __init__(self, links: Links, state: State) -> None:
        self.links = links
        self._told = state.told
        self._before = links.before()
        self.there = [False] * len(links.costs)
        self.spare = [-need.amount for need in links.needs]
        self._held = [0] * len(links.costs)
        self.cost = self.work = 0
        self.log: list[int] = []
        for thing, told in enumerate(state.told):
            if told == IN:
                self.turn(thing)
        self._sure = self.there.copy()

    def turn(self, thing: int) -> None:
        """Take the thing in, or out when it is in."""
        links, there = self.links, not self.there[thing]
        self.there[thing] = there
        sign = 1 if there else -1
        self.cost += sign * links.costs[thing]
        for need, part in links.adds[thing]:
            self.spare[need] += sign * part
        for other in links.requires[thing]:
            self._held[other] += sign
        self.log.append(thing)

    def undo(self) -> None:
        """Take back all that the log has."""
        done, self.log = self.log, []
        for thing in reversed(done):
            self.turn(thing)
        self.log = []

    def fill(self, without: int = OUT) -> bool:
        """Take in what is missing, the cheapest for what it adds first; False when all of it does not suffice."""
        adds = self.links.needs
        waiting = {thing for need, left in enumerate(self.spare) if left < 0 for thing, _ in adds[need].adds}
        banned = {without, *self._requiring(without)} if without >= 0 else frozenset[int]()
        heap = [
            (price, thing)
            for thing in waiting
            if not self.there[thing]
            and self._told[thing] != OUT
            and thing not in banned
            and (price := self._price(thing)) is not None
        ]
        heapq.heapify(heap)
        while heap:
            said, thing = heapq.heappop(heap)
            now = None if self.there[thing] else self._price(thing)
            if now is None:
                continue
            if now > said:
                heapq.heappush(heap, (now, thing))
                continue
            for other in (*self._before[thing], thing):
                if not self.there[other]:
                    self.turn(other)
        return min(self.spare, default=0) >= 0

    def _price(self, thing: int) -> int | None:
        """Cost for what it adds to open needs, all that it still requires included; None when it adds nothing."""
        links, spare = self.links, self.spare
        cost, adds = 1, dict[int, int]()
        for other in (*self._before[thing], thing):
            if not self.there[other]:
                cost += links.costs[other]
                for need, part in links.adds[other]:
                    if spare[need] < 0:
                        adds[need] = adds.get(need, 0) + part
        self.work += len(adds) + 1
        shares = sum([SHARE * min(part, -spare[need]) // links.needs[need].amount for need, part in adds.items()])
        return SHARE * cost // shares if shares else None

    def prune(self, things: Iterable[int]) -> None:
        """Take out of these, and of what they require, what nothing needs: the dearest first."""
        links, costs = self.links, self.links.costs
        heap = [(-costs[thing], -thing) for thing in things if self.there[thing] and not self._held[thing]]
        heapq.heapify(heap)
        while heap:
            thing = -heapq.heappop(heap)[1]
            if not self.there[thing] or self._sure[thing]:
                continue
            if any(part > self.spare[need] for need, part in links.adds[thing]):
                continue
            self.turn(thing)
            for other in links.requires[thing]:
                if self.there[other] and not self._held[other]:
                    heapq.heappush(heap, (-costs[other], -other))

    def exchange(self, thing: int) -> bool:
        """Take it out, with what requires it, and fill up without it; back again unless that is cheaper."""
        before, self.log = self.cost, []
        for other in (thing, *self._requiring(thing)):
            if self.there[other]:
                self.turn(other)
        gone = self.log.copy()
        if self.fill(thing):
            added = (other for other in self.log if self.there[other])
            near = {
                other for new in added for need, _ in self.links.adds[new] for other, _ in self.links.needs[need].adds
            }
            self.prune(near.union(other for lost in gone for other in self.links.requires[lost]))
        if self.cost < before and min(self.spare, default=0) >= 0:
            return True
        self.undo()
        return False

    def _requiring(self, thing: int) -> list[int]:
        """All that requires it, directly or through others."""
        found, seen = [thing], {thing}
        for one in found:
            more = [other for other in self.links.needing[one] if other not in seen]
            seen.update(more)
            found += more
        return found[1:]

    def things(self) -> tuple[int, ...]:
        """What is in."""
        return tuple(thing for thing, there in enumerate(self.there) if there)


def greedy_cover(links: Links, state: State, work: int) -> tuple[int, ...]:
    """A cover that goes with the state, which nothing contradicts; exchanges end when so many prices were reckoned."""
    cover = Cover(links, state)
    cover.fill()
    cover.prune(range(len(links.costs)))
    better = True
    while better:
        better = False
        for thing in sorted(cover.things(), key=lambda thing: (-links.costs[thing], thing)):
            if cover.work > work:
                return cover.things()
            if cover.there[thing] and state.told[thing] != IN:
                better = cover.exchange(thing) or better
    return cover.things()
