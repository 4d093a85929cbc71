"""Rows of a linear program: sums of columns with factors, and limits for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Terms = dict[int, int]
"""Factor by column; whole numbers throughout, so that nothing is rounded before the solver has it."""


@dataclass(frozen=True)
class Row:
    """low <= sum of terms <= high; None where there is no limit."""

    terms: Terms
    low: float | None
    high: float | None


def plus(*parts: Mapping[int, int]) -> Terms:
    """The sum of terms, without those that cancel out.

    >>> plus({1: 2, 2: 1}, {1: 1, 2: -1})
    {1: 3}
    """
    total: Terms = {}
    for part in parts:
        for column, factor in part.items():
            total[column] = total.get(column, 0) + factor
    return {column: factor for column, factor in total.items() if factor}


def times(factor: int, terms: Mapping[int, int]) -> Terms:
    """Terms so many times.

    >>> times(3, {1: 2})
    {1: 6}
    """
    return {column: factor * number for column, number in terms.items()}
