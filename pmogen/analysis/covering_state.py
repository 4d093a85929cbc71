"""A covering problem with everything that is asked of it at hand, and what is told so far about its things."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FREE, IN, OUT = 0, 1, -1
MAX_SUMS = 4096


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


class Links:
    """Needs (strengthened) and requirements, from both sides."""

    def __init__(self, covering: Covering) -> None:
        self.costs = costs = covering.costs
        self.needs = tuple(strengthened(need) for need in covering.needs)
        self.requires = covering.requires
        self.edges = tuple((thing, other) for thing, others in enumerate(covering.requires) for other in others)
        self.needing: list[list[int]] = [[] for _ in costs]
        for thing, other in self.edges:
            self.needing[other].append(thing)
        self.adds: list[list[tuple[int, int]]] = [[] for _ in costs]
        """By thing: the needs to which it adds, and how much."""
        for number, need in enumerate(self.needs):
            for thing, part in need.adds:
                self.adds[thing].append((number, part))
        self._cheapest = [sorted(n.adds, key=lambda add: (costs[add[0]] / add[1], add[0])) for n in self.needs]

    def before(self) -> list[tuple[int, ...]]:
        """By thing: all that it requires, directly or through others, by number."""
        return [self._before(thing) for thing in range(len(self.costs))]

    def _before(self, thing: int) -> tuple[int, ...]:
        found, seen = [thing], {thing}
        for one in found:
            more = [other for other in self.requires[one] if other not in seen]
            seen.update(more)
            found += more
        return tuple(sorted(found[1:]))

    def completed(self, chosen: set[int], told: Sequence[int]) -> set[int] | None:
        """The set with what its needs and things miss, the cheapest first; None where that does not suffice."""
        for need, adds in zip(self.needs, self._cheapest, strict=True):
            missing = need.amount - sum([part for thing, part in need.adds if thing in chosen])
            if missing <= 0:
                continue
            for thing, part in adds:
                if missing > 0 and thing not in chosen and told[thing] != OUT:
                    chosen.add(thing)
                    missing -= part
        waiting = list(chosen)
        while waiting:
            more = [other for other in self.requires[waiting.pop()] if other not in chosen]
            chosen.update(more)
            waiting += more
        met = all(sum([part for thing, part in n.adds if thing in chosen]) >= n.amount for n in self.needs)
        return chosen if met else None

    def pruned(self, chosen: set[int]) -> set[int]:
        """The set without what it can do without: the dearest first, of equals that with the highest number."""
        costs = self.costs
        spare = [sum([part for thing, part in need.adds if thing in chosen]) - need.amount for need in self.needs]
        held = {thing: sum([needing in chosen for needing in self.needing[thing]]) for thing in chosen}
        heap = [(-costs[thing], -thing) for thing, by in held.items() if not by]
        heapq.heapify(heap)
        while heap:
            thing = -heapq.heappop(heap)[1]
            adds = self.adds[thing]
            if any(part > spare[need] for need, part in adds):
                continue
            chosen.remove(thing)
            for need, part in adds:
                spare[need] -= part
            for other in self.requires[thing]:
                held[other] -= 1
                if not held[other]:
                    heapq.heappush(heap, (-costs[other], -other))
        return chosen


class State:
    """What is told about each thing (in, out or free), and what that leaves of each need."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self.told = [FREE] * len(links.costs)
        self._missing = [need.amount for need in links.needs]
        self._loose = [sum(part for _, part in need.adds) for need in links.needs]
        """What the free things could add, by need."""

    def copy(self) -> State:
        """The same, to be told something else."""
        twin = object.__new__(State)
        twin._links, twin.told = self._links, self.told.copy()
        twin._missing, twin._loose = self._missing.copy(), self._loose.copy()
        return twin

    @property
    def met(self) -> bool:
        """Whether the things that are in meet all needs."""
        return max(self._missing, default=0) <= 0

    def adds_to_open(self, thing: int) -> bool:
        """Whether the thing adds to a need that is not met yet."""
        return any(self._missing[need] > 0 for need, _ in self._links.adds[thing])

    def conclude_all(self) -> bool:
        """Sets what follows before anything is told; False when that contradicts itself."""
        return self._conclude([], set(range(len(self._missing))))

    def conclude(self, said: Iterable[tuple[int, int]]) -> bool:
        """Sets what is said about free things, and what follows from that; False when it contradicts itself."""
        return self._conclude(list(said), set())

    def _conclude(self, said: list[tuple[int, int]], touched: set[int]) -> bool:
        while said or touched:
            while said:
                thing, side = said.pop()
                if self.told[thing] == FREE:
                    self._tell(thing, side, said, touched)
                elif self.told[thing] != side:
                    return False
            if touched and not self._look_at(touched.pop(), said):
                return False
        return True

    def _tell(self, thing: int, side: int, said: list[tuple[int, int]], touched: set[int]) -> None:
        links = self._links
        self.told[thing] = side
        for need, part in links.adds[thing]:
            self._loose[need] -= part
            if side == IN:
                self._missing[need] -= part
            touched.add(need)
        said.extend((other, side) for other in (links.requires if side == IN else links.needing)[thing])

    def _look_at(self, need: int, said: list[tuple[int, int]]) -> bool:
        """Says what a need cannot do without; False when it cannot be met."""
        missing = self._missing[need]
        if missing <= 0:
            return True
        spare = self._loose[need] - missing
        said.extend(
            (thing, IN) for thing, part in self._links.needs[need].adds if part > spare and self.told[thing] == FREE
        )
        return spare >= 0
