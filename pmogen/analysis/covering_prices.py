"""Lower bounds of a covering problem: needs and requirements are priced instead of enforced."""

from __future__ import annotations

from collections.abc import Sequence

from pmogen.analysis.covering_state import FREE, IN, Links

SCALE = 1 << 10
"""Prices are given in this part of a unit of cost."""

Bounded = tuple[list[int], list[int], int]
"""Prices, reduced costs, and the lower bound they prove (times `SCALE`)."""


class Prices:
    """Prices of needs, then of requirements. One round looks at `size` numbers, `work` counts those of all rounds so far."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._edges = links.edges
        self._amounts = [need.amount for need in links.needs]
        self.size = len(links.costs) + len(links.edges) + sum(len(need.adds) for need in links.needs)
        self.work = 0

    def none(self) -> list[int]:
        """All prices zero."""
        return [0] * (len(self._amounts) + len(self._edges))

    def bounded(self, told: Sequence[int], prices: list[int], rounds: int, best_cost: int) -> Bounded:
        """The best of some subgradient rounds; fewer where the bound shows that nothing beats the best cost."""
        free = [thing for thing, known in enumerate(told) if known == FREE]
        taken = [thing for thing, known in enumerate(told) if known == IN]
        reduced = self._reduced(prices)
        bound = self._bound(prices, reduced, free, taken)
        best, part, failures = (prices, reduced, bound), 2 * SCALE, 0
        self.work += self.size
        for _ in range(rounds):
            if best[2] > (best_cost - 1) * SCALE:
                break
            slopes = self._slopes(reduced, free, taken)
            length = sum([slope * slope for slope in slopes])
            if not length:
                break
            step = part * (best_cost * SCALE - bound) // SCALE
            prices, reduced = prices.copy(), reduced.copy()
            self._move(prices, reduced, slopes, step, length)
            bound = self._bound(prices, reduced, free, taken)
            self.work += self.size
            if bound > best[2]:
                best, failures = (prices, reduced, bound), 0
            else:
                failures += 1
                if failures == 5:
                    part, failures = part * 2 // 3, 0
        return best

    def _reduced(self, prices: Sequence[int]) -> list[int]:
        """Costs of things less what they earn at these prices."""
        reduced = [cost * SCALE for cost in self._links.costs]
        self._charge(reduced, [(number, price) for number, price in enumerate(prices) if price])
        return reduced

    def _charge(self, reduced: list[int], changes: list[tuple[int, int]]) -> None:
        """What prices that rise by so much do to reduced costs."""
        needs, edges, count = self._links.needs, self._edges, len(self._amounts)
        for number, change in changes:
            if number < count:
                for thing, part in needs[number].adds:
                    reduced[thing] -= change * part
            else:
                thing, other = edges[number - count]
                reduced[thing] += change
                reduced[other] -= change

    def _move(self, prices: list[int], reduced: list[int], slopes: list[int], step: int, length: int) -> None:
        """Prices along the slopes, never below zero, and what that does to reduced costs."""
        changes = []
        for number, slope in enumerate(slopes):
            if slope:
                was = prices[number]
                now = max(0, was + step * slope // length)
                if now != was:
                    prices[number] = now
                    changes.append((number, now - was))
        self._charge(reduced, changes)

    def _bound(self, prices: list[int], reduced: list[int], free: list[int], taken: list[int]) -> int:
        paid = sum([price * amount for price, amount in zip(prices, self._amounts, strict=False)])
        chosen = sum([reduced[thing] for thing in taken])
        return paid + chosen + sum([value for thing in free if (value := reduced[thing]) < 0])

    def _slopes(self, reduced: list[int], free: list[int], taken: list[int]) -> list[int]:
        """By how much the relaxed choice misses each need and requirement."""
        adds, missed = self._links.adds, self._amounts.copy()
        there = [0] * len(reduced)
        for thing in (*taken, *[thing for thing in free if reduced[thing] < 0]):
            there[thing] = 1
            for need, part in adds[thing]:
                missed[need] -= part
        return missed + [there[thing] - there[other] for thing, other in self._edges]
