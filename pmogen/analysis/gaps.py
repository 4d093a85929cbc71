"""Gaps: target minus current level, with size, priority and rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.trace import Trace, in_words
from pmogen.language import N_, _
from pmogen.model.assessment import AspectAssessment
from pmogen.model.base import Size, exact
from pmogen.model.method import GapMethod
from pmogen.model.workspace import Workspace


@dataclass(frozen=True)
class BenefitForAspect:
    """An expected benefit that names an aspect: the reason for its priority."""

    customer: str
    benefit: str
    weight: int


@dataclass(frozen=True)
class Gap:
    """What lies between today and the target of one aspect.

    `amount` is in levels and negative for a strength. `rank` counts from 1 over the gaps; it is 0
    where there is no gap. `score` is size points times priority weight.
    """

    aspect: str
    current: Fraction
    target: Fraction
    amount: Fraction
    kind: Literal["gap", "none", "strength"]
    size: Size | None
    priority: Size
    priority_from: Literal["stated", "benefits"]
    proposed_priority: Size
    benefits: tuple[BenefitForAspect, ...]
    score: int
    rank: int
    trace: Trace


def size_of(amount: Fraction, method: GapMethod) -> Size | None:
    """L, M or H; None when there is no gap."""
    if amount <= 0:
        return None
    if amount >= exact(method.high_from):
        return "H"
    return "M" if amount >= exact(method.medium_from) else "L"


def proposed_priority(weight: int, method: GapMethod) -> Size:
    """The priority that the weights of the expected benefits naming an aspect propose."""
    if weight >= method.priority_high_from:
        return "H"
    return "M" if weight >= method.priority_medium_from else "L"


def benefits_for(workspace: Workspace, aspect: str) -> tuple[BenefitForAspect, ...]:
    """Expected benefits that name the aspect, the heaviest first."""
    named = [
        BenefitForAspect(customer.id, benefit.id, benefit.weight)
        for customer in workspace.foundation.customers
        for benefit in customer.expects
        if aspect in benefit.aspects
    ]
    return tuple(sorted(named, key=lambda benefit: (-benefit.weight, benefit.customer, benefit.benefit)))


def gap_of(workspace: Workspace, level: AspectLevel, stated: AspectAssessment) -> Gap | None:
    """The gap of one aspect, not yet ranked; None while its current level is not known."""
    if level.current is None:
        return None
    method = workspace.catalogue.method.gap
    amount = level.target - level.current
    size = size_of(amount, method)
    benefits = benefits_for(workspace, level.aspect)
    weight = sum(benefit.weight for benefit in benefits)
    proposed = proposed_priority(weight, method)
    priority = stated.priority or proposed
    points = getattr(method.size_points, size) if size else 0
    score = points * getattr(method.priority_weight, priority)
    target, current, missing = (in_words(number) for number in (level.target, level.current, amount))
    given = (
        N_("Priority {priority} is stated.") if stated.priority else N_("No priority is stated, so {priority} holds.")
    )
    by = getattr(method.priority_weight, priority)
    steps = (
        _("Target {target} minus current {current} is {gap}.", target=target, current=current, gap=missing),
        _(
            "Expected benefits that name it weigh {weight} in all: priority {priority} is proposed.",
            weight=weight,
            priority=proposed,
        ),
        _(given, priority=priority),
        _(
            "Size points {points} x priority weight {weight} = score {score}.",
            points=points,
            weight=by,
            score=score,
        ),
    )
    return Gap(
        aspect=level.aspect,
        current=level.current,
        target=level.target,
        amount=amount,
        kind="gap" if amount > 0 else "strength" if amount < 0 else "none",
        size=size,
        priority=priority,
        priority_from="stated" if stated.priority else "benefits",
        proposed_priority=proposed,
        benefits=benefits,
        score=score,
        rank=0,
        trace=Trace("gap", steps, level.trace.sources),
    )


def find_gaps(workspace: Workspace, levels: tuple[AspectLevel, ...]) -> tuple[Gap, ...]:
    """The gap register: gaps by rank (score, then raw gap, then id), then what is no gap, by id."""
    stated = {aspect.aspect: aspect for aspect in workspace.current.assessment.aspects}
    found = [gap for level in levels if (gap := gap_of(workspace, level, stated[level.aspect])) is not None]
    real = sorted((gap for gap in found if gap.kind == "gap"), key=lambda gap: (-gap.score, -gap.amount, gap.aspect))
    rest = sorted((gap for gap in found if gap.kind != "gap"), key=lambda gap: gap.aspect)
    return tuple(replace(gap, rank=number) for number, gap in enumerate(real, 1)) + tuple(rest)
