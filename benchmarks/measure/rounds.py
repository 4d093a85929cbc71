"""The arithmetic of figures that were measured in turns (a b c, a b c, ...)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """The middle one of several figures, the lowest and the highest."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.3g}"


def spread(figures: Sequence[float]) -> Spread:
    """The spread of figures, of which there is at least one."""
    return Spread(median(figures), min(figures), max(figures))


def ratio(of: Sequence[float], to: Sequence[float]) -> Spread:
    """How many times as much one took as the other, round by round: what slows a whole round down does not count.

    Of what was run in fewer rounds, these are compared.
    """
    return spread([one / other for one, other in zip(of, to, strict=False)])


def exponent(sizes: Sequence[float], figures: Sequence[float]) -> float:
    """How a figure grows with the size: the slope of the straight line that fits best on doubly logarithmic paper.

    1 is as the size, 2 is four times as much for twice the size.
    """
    across, up = [math.log(size) for size in sizes], [math.log(figure) for figure in figures]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )
