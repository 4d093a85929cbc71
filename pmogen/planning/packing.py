"""Many small capacities in one whole number, so that one subtraction compares all of them.

Every amount has a field of its own, whose highest bit (the guard) is set in what is free and never in
what is asked. Where more is asked than is free, the subtraction borrows from the guard and clears it
(Lamport 1975, "Multiple byte processing with full-word instructions").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Fields:
    """So many fields of so many bits; `guard` has the highest bit of each, `plenty` is free where nothing is limited."""

    def __init__(self, count: int, largest: int) -> None:
        self._width = largest.bit_length() + 1
        self.guard = self.packed([1 << self._width - 1] * count)
        self.plenty = (1 << self._width * count) - 1

    def packed(self, amounts: Sequence[int]) -> int:
        """The amounts as one number, without guards."""
        total = 0
        for amount in reversed(amounts):
            total = (total << self._width) + amount
        return total

    def free(self, amounts: Iterable[int]) -> int:
        """What is free, with guards; nothing is free where a capacity is overdrawn."""
        return self.guard + self.packed([max(0, amount) for amount in amounts])
