"""What respondents say about one aspect, aggregated: exact, and only from groups that may be shown.

The level of an aspect is the weighted mean over respondent groups of the group's median, so that a large
group does not drown a small one (DESIGN, section 4). analysis/privacy.py says who may be shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from pmogen.analysis.privacy import OTHER, cells, cells_of
from pmogen.model.assessment import Respondent

SAME = Fraction(1)
"""Weight of a group that has none of its own, and of small groups taken together."""


@dataclass(frozen=True)
class GroupLevel:
    """What one respondent group says about an aspect. Never smaller than the minimum group.

    `told` are the numbers of answers at level 1 to 5.
    """

    group: str
    answers: int
    median: Fraction
    weight: Fraction = SAME
    told: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answers:
    """The answers about one aspect, aggregated; every figure is made from the groups shown and from nothing else.

    `level`, `target` and `importance` are None when no group is large enough. `withheld` says that groups of
    the assessment are not shown here, whatever they said or did not say. `deviation` is the
    population standard deviation of all answers that count, in levels, to four digits. `quotations` are the comments
    that a moderator released, from any group.
    """

    level: Fraction | None
    target: Fraction | None
    importance: Fraction | None
    count: int
    groups: tuple[GroupLevel, ...]
    targets: tuple[GroupLevel, ...]
    withheld: bool
    spread: Fraction
    deviation: Fraction
    do_not_know: int
    not_applicable: int
    quotations: tuple[str, ...] = ()


Weights = Mapping[str, Fraction]
"""Weights of groups that do not weigh the same as the others."""


def group_medians(
    told: Iterable[tuple[str, int]], minimum: int, weights: Weights | None = None
) -> tuple[tuple[GroupLevel, ...], bool]:
    """Median per group, groups under the minimum folded into `other`; and whether any answer is withheld."""
    by_group: dict[str, list[int]] = {}
    for group, value in told:
        by_group.setdefault(group, []).append(value)
    shown = cells({group: len(values) for group, values in by_group.items()}, minimum)
    by_cell: dict[str, list[int]] = {}
    for group, cell in shown.items():
        by_cell.setdefault(cell, []).extend(by_group[group])
    levels = (_group(cell, values, weights or {}) for cell, values in sorted(by_cell.items()))
    return tuple(levels), len(shown) < len(by_group)


def _group(name: str, values: list[int], weights: Weights) -> GroupLevel:
    weight = SAME if name == OTHER else weights.get(name, SAME)
    told = tuple(values.count(level) for level in range(1, 6))
    return GroupLevel(name, len(values), Fraction(median(sorted(map(Fraction, values)))), weight, told)


def weighted_mean(groups: Iterable[GroupLevel]) -> Fraction | None:
    """The mean of the groups' medians by their weights, exact; None of nothing."""
    groups = tuple(groups)
    whole = sum((group.weight for group in groups), Fraction(0))
    return sum((group.weight * group.median for group in groups), Fraction(0)) / whole if groups else None


def deviation_of(values: Iterable[int]) -> Fraction:
    """Population standard deviation to four digits: by integers, so the same on every machine."""
    listed = tuple(values)
    if not listed:
        return Fraction(0)
    variance = len(listed) * sum(value * value for value in listed) - sum(listed) ** 2
    return Fraction(math.isqrt(variance * 10**8) // len(listed), 10**4)


def aggregate(rows: Iterable[Respondent], minimum: int, weights: Weights, everybody: frozenset[str]) -> Answers:
    """The answers about one aspect, aggregated so that no small group can be seen.

    `everybody` are the groups of all respondents of the assessment, asked about this aspect or not.
    """
    rows = tuple(rows)
    shown = cells_of(rows, minimum)
    counted = [row for row in rows if row.group in shown]
    values = [row.current for row in counted if row.current is not None]
    groups, _ = group_medians(((row.group, row.current) for row in rows if row.current is not None), minimum, weights)
    targets, _ = group_medians(((row.group, row.target) for row in rows if row.target is not None), minimum, weights)
    important, _ = group_medians(
        ((row.group, row.importance) for row in rows if row.importance is not None), minimum, weights
    )
    medians = [group.median for group in groups]
    return Answers(
        level=weighted_mean(groups),
        target=weighted_mean(targets),
        importance=weighted_mean(important),
        count=len(values),
        groups=groups,
        targets=targets,
        withheld=OTHER not in shown.values() and not everybody <= shown.keys(),
        spread=max(medians) - min(medians) if medians else Fraction(0),
        deviation=deviation_of(values),
        do_not_know=sum(row.current_told == "do not know" for row in counted),
        not_applicable=sum(row.current_told == "not applicable" for row in counted),
        quotations=tuple(sorted({row.quotation for row in rows if row.quotation})),
    )
