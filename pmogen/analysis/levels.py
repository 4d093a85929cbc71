"""Current and target level of each aspect, from what was stated and what people answered.

Source of the aggregation: the mean over respondent groups of the group's median, so that a large
group does not drown a small one (DESIGN, section 4).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median
from typing import Literal

from pmogen.analysis.trace import Trace, in_words
from pmogen.model.assessment import AspectAssessment, Respondent
from pmogen.model.base import exact
from pmogen.model.method import Method
from pmogen.model.workspace import DatedAssessment, Workspace

OTHER = "other"
"""Name of the group into which groups under the minimum are folded."""


@dataclass(frozen=True)
class GroupLevel:
    """What one respondent group says about an aspect. Never smaller than the minimum group."""

    group: str
    answers: int
    median: Fraction


@dataclass(frozen=True)
class Answers:
    """The answers about one aspect, aggregated.

    `level` and `target` are None when no group is large enough. `withheld` counts answers that no
    published figure contains, as their group is too small even when folded. `deviation` is the
    population standard deviation of all answers that count, in levels, to four digits.
    """

    level: Fraction | None
    target: Fraction | None
    importance: Fraction | None
    count: int
    groups: tuple[GroupLevel, ...]
    withheld: bool
    spread: Fraction
    deviation: Fraction
    do_not_know: int
    not_applicable: int


@dataclass(frozen=True)
class AspectLevel:
    """Where an aspect stands and where it should be, in one assessment.

    `current` is None while nobody could say. `talk_first` marks aspects on which people disagree so
    much that they should talk before planning.
    """

    aspect: str
    current: Fraction | None
    current_from: Literal["stated", "answers", "unknown"]
    target: Fraction
    target_from: Literal["stated", "answers", "default"]
    answers: Answers | None
    talk_first: bool
    trace: Trace


def group_medians(told: Iterable[tuple[str, int]], minimum: int) -> tuple[tuple[GroupLevel, ...], bool]:
    """Median per group, groups under the minimum folded into `other`; and whether any answer is withheld."""
    by_group: dict[str, list[int]] = {}
    for group, value in told:
        by_group.setdefault(group, []).append(value)
    large = {group: values for group, values in by_group.items() if len(values) >= minimum}
    folded = [value for group, values in by_group.items() if group not in large for value in values]
    if len(folded) >= minimum:
        large[OTHER] = large.get(OTHER, []) + folded
        folded = []
    levels = tuple(
        GroupLevel(group, len(values), Fraction(str(median(sorted(values))))) for group, values in sorted(large.items())
    )
    return levels, bool(folded)


def mean(numbers: Iterable[Fraction]) -> Fraction | None:
    """The arithmetic mean, exact; None of nothing."""
    listed = tuple(numbers)
    return sum(listed, Fraction(0)) / len(listed) if listed else None


def deviation_of(values: Iterable[int]) -> Fraction:
    """Population standard deviation to four digits: by integers, so the same on every machine."""
    listed = tuple(values)
    if not listed:
        return Fraction(0)
    variance = len(listed) * sum(value * value for value in listed) - sum(listed) ** 2
    return Fraction(math.isqrt(variance * 10**8) // len(listed), 10**4)


def aggregate(rows: Iterable[Respondent], method: Method) -> Answers:
    """The answers about one aspect, aggregated so that no small group can be seen."""
    minimum = method.privacy.minimum_group
    rows = tuple(rows)
    told = [(row.group, row.current) for row in rows if row.current is not None]
    groups, withheld = group_medians(told, minimum)
    targets, _ = group_medians([(row.group, row.target) for row in rows if row.target is not None], minimum)
    important, _ = group_medians([(row.group, row.importance) for row in rows if row.importance is not None], minimum)
    shown = {group.group for group in groups}
    counted = [value for group, value in told if group in shown or OTHER in shown]
    medians = [group.median for group in groups]
    return Answers(
        level=mean(medians),
        target=mean(group.median for group in targets),
        importance=mean(group.median for group in important),
        count=len(counted),
        groups=groups,
        withheld=withheld,
        spread=max(medians) - min(medians) if medians else Fraction(0),
        deviation=deviation_of(counted),
        do_not_know=sum(row.current_told == "do not know" for row in rows),
        not_applicable=sum(row.current_told == "not applicable" for row in rows),
    )


def _current(
    stated: AspectAssessment, answers: Answers | None
) -> tuple[Fraction | None, Literal["stated", "answers", "unknown"]]:
    if stated.current is not None:
        return exact(stated.current), "stated"
    if answers is not None and answers.level is not None:
        return answers.level, "answers"
    return None, "unknown"


def _target(
    stated: AspectAssessment, answers: Answers | None, method: Method
) -> tuple[Fraction, Literal["stated", "answers", "default"]]:
    if stated.target is not None:
        return exact(stated.target), "stated"
    if answers is not None and answers.target is not None:
        return answers.target, "answers"
    return Fraction(method.targets.default), "default"


def _steps(level: AspectLevel, names: Mapping[str, str]) -> tuple[str, ...]:
    answers, steps = level.answers, []
    if answers is not None and answers.groups:
        listed = ", ".join(
            f"{names.get(group.group, group.group)} {in_words(group.median)} ({group.answers} answers)"
            for group in answers.groups
        )
        steps.append(f"Group medians: {listed}.")
        steps.append(f"Mean of {len(answers.groups)} group medians: {in_words(answers.level or 0)}.")
        steps.append(f"Spread {in_words(answers.spread)}, standard deviation {in_words(answers.deviation)}.")
    if answers is not None and answers.withheld:
        steps.append("Some answers are withheld, as their group is too small to be shown.")
    current = "not known" if level.current is None else in_words(level.current)
    steps.append(
        f"Current level {current} ({level.current_from}), target {in_words(level.target)} ({level.target_from})."
    )
    return tuple(steps)


def level_of(
    stated: AspectAssessment, rows: tuple[Respondent, ...], method: Method, names: Mapping[str, str]
) -> AspectLevel:
    """Current and target level of one aspect, without its trace's sources; `names` are those of audiences."""
    answers = aggregate(rows, method) if rows else None
    current, current_from = _current(stated, answers)
    target, target_from = _target(stated, answers, method)
    limits = method.agreement
    talk_first = answers is not None and (
        answers.spread >= exact(limits.spread_from) or answers.deviation > exact(limits.deviation_above)
    )
    level = AspectLevel(
        stated.aspect, current, current_from, target, target_from, answers, talk_first, Trace("levels", ())
    )
    return replace(level, trace=Trace("levels", _steps(level, names)))


def levels_of(workspace: Workspace, dated: DatedAssessment) -> tuple[AspectLevel, ...]:
    """Levels of every aspect of one assessment, in the order of the catalogue."""
    by_aspect: dict[str, list[Respondent]] = {}
    for row in dated.answers:
        by_aspect.setdefault(row.aspect, []).append(row)
    order = {aspect.id: place for place, aspect in enumerate(workspace.catalogue.aspects)}
    names = {audience.id: audience.name.lower() for audience in workspace.catalogue.audiences}
    levels = []
    for number, stated in enumerate(dated.assessment.aspects):
        level = level_of(stated, tuple(by_aspect.get(stated.aspect, ())), workspace.catalogue.method, names)
        source = workspace.places.span("assessments", dated.name, "aspects", number)
        trace = Trace(level.trace.rule, level.trace.steps, (source,))
        levels.append(replace(level, trace=trace))
    return tuple(sorted(levels, key=lambda level: (order.get(level.aspect, len(order)), level.aspect)))
