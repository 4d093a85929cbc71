"""Chance that is the same on every machine and with every version of Python."""

from __future__ import annotations

_MASK = (1 << 64) - 1


class Chance:
    """A 64-bit linear congruential generator with the constants of Knuth's MMIX; the high bits are used."""

    def __init__(self, seed: int) -> None:
        self._state = (seed * 2862933555777941757 + 3037000493) & _MASK

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1.

        >>> chance = Chance(1)
        >>> [chance.below(10) for _ in range(5)]
        [4, 0, 9, 5, 0]
        """
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return ((self._state >> 33) * limit) >> 31
