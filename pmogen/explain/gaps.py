"""How a gap, its size, priority and rank came about, and how far it can be closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.projection import Lifting, projected_level
from pmogen.analysis.trace import in_words
from pmogen.diagnostics import Span
from pmogen.explain.arithmetic import (
    about,
    added,
    difference,
    exact_value,
    judged,
    multiplied,
    stated,
    with_reasons,
)
from pmogen.explain.known import Known
from pmogen.explain.levels import current_level, level_in_short, target_level
from pmogen.explain.tree import LEVEL, LEVELS, PLAIN, About, Computed
from pmogen.model.base import exact
from pmogen.model.catalogue import Lift
from pmogen.model.method import Points

RULE = "gaps"


def gap_amount(known: Known, aspect: str) -> Computed:
    """Target less today's level; negative for a strength."""
    target, current = target_level(known, aspect), current_level(known, aspect)
    return difference("Gap", target, current, LEVELS, RULE)


def amount_in_short(known: Known, aspect: str) -> Computed:
    """The gap without what is below it, leading to its own explanation."""
    gap = known.gaps[aspect]
    parts = (level_in_short(known, aspect, target=True), level_in_short(known, aspect))
    short = difference(known.name("aspects", aspect), *parts, LEVELS, RULE)
    spans = tuple(dict.fromkeys(span for part in parts for span in part.spans))
    return replace(short, inputs=(), spans=spans, about=About("gap" if gap.kind == "gap" else "aspect", aspect))


def gap_size(known: Known, aspect: str) -> Computed:
    """L, M or H by the limits of the method."""
    gap, method = known.gaps[aspect], known.method.gap
    limits = tuple(
        stated(f"{word} from", exact(value), LEVELS, known.method_span("gap", field), RULE)
        for word, field, value in (
            ("M", "medium_from", method.medium_from),
            ("H", "high_from", method.high_from),
        )
    )
    how = (
        f"{in_words(gap.amount)} against {in_words(exact(method.medium_from))} and {in_words(exact(method.high_from))}"
    )
    return judged("Size", gap.size or "none", RULE, how, limits)


def proposed_priority(known: Known, aspect: str) -> Computed:
    """The priority that the weights of customers' expectations propose."""
    gap, method = known.gaps[aspect], known.method.gap
    weights = []
    for customer_place, customer in enumerate(known.workspace.foundation.customers):
        for place, benefit in enumerate(customer.expects):
            if aspect in benefit.aspects:
                path = ("foundation", "customers", customer_place, "expects", place, "weight")
                name = f"{customer.name}: {benefit.benefit.rstrip('.')}"
                weights.append(stated(name, benefit.weight, PLAIN, known.span(*path), RULE, how="weight"))
    total = added("Weight of expectations", weights, PLAIN, RULE, "nobody expects a benefit from it")
    limits = tuple(
        stated(f"{word} from", value, PLAIN, known.method_span("gap", field), RULE)
        for word, field, value in (
            ("M", "priority_medium_from", method.priority_medium_from),
            ("H", "priority_high_from", method.priority_high_from),
        )
    )
    how = f"{in_words(exact_value(total))} against {method.priority_medium_from} and {method.priority_high_from}"
    return judged("Proposed priority", gap.proposed_priority, RULE, how, (total, *limits))


def priority(known: Known, aspect: str) -> Computed:
    """The priority that holds, and the proposed one beside it."""
    gap, entry = known.gaps[aspect], known.stated[aspect][1]
    proposed = proposed_priority(known, aspect)
    if gap.priority_from != "stated":
        return replace(proposed, name="Priority", how=f"proposed: {proposed.how}")
    span = known.stated_span(aspect, "priority")
    return with_reasons(
        Computed("Priority", None, gap.priority, RULE, "stated by people", (proposed,), (span,)), entry.priority_reason
    )


def _points(known: Known, name: str, field: str, table: Points, letter: str) -> Computed:
    return stated(f"{name} {letter}", getattr(table, letter), PLAIN, known.method_span("gap", field, letter), RULE)


def score(known: Known, gap: Gap) -> Computed:
    """Size points times priority weight; 0 for what is no gap."""
    method = known.method.gap
    if gap.size is None:
        return Computed("Score", Fraction(0), "0", RULE, "no gap, no points")
    parts = (
        _points(known, "Points for size", "size_points", method.size_points, gap.size),
        _points(known, "Weight of priority", "priority_weight", method.priority_weight, gap.priority),
    )
    return multiplied("Score", parts, PLAIN, RULE)


def rank(known: Known, aspect: str) -> Computed:
    """The place among all gaps, with the neighbours that decide it."""
    gap = known.gaps[aspect]
    real = [other for other in known.playbook.gaps if other.kind == "gap"]
    if gap.kind != "gap":
        return judged("Rank", "none", RULE, "it is no gap", ())
    before = real[gap.rank - 2] if gap.rank > 1 else None
    after = real[gap.rank] if gap.rank < len(real) else None
    told = [_neighbour(known, "Just before it", before), _neighbour(known, "Just after it", after)]
    how = "by score, then by the larger gap, then by id"
    return with_reasons(judged("Rank", f"{gap.rank} of {len(real)}", RULE, how, (score(known, gap),)), *told)


def _neighbour(known: Known, where: str, gap: Gap | None) -> str | None:
    if gap is None:
        return None
    return f"{where}: {known.name('aspects', gap.aspect)}, score {gap.score}, gap {in_words(gap.amount)}."


def lifted(
    known: Known, name: str, current: Computed, liftings: Iterable[Lifting], rule: str = "projection"
) -> Computed:
    """The level after services are applied one by one, the lowest ceiling first."""
    level, steps = exact_value(current), [current]
    for lifting in sorted(liftings, key=lambda lifting: lifting.up_to):
        after = projected_level(level, (lifting,))
        steps.append(_step(known, lifting, level, after))
        level = after
    how = "services one by one, the lowest ceiling first" if len(steps) > 1 else "no service lifts it"
    return Computed(name, level, LEVEL.say(level), rule, how, tuple(steps))


def _step(known: Known, lifting: Lifting, before: Fraction, after: Fraction) -> Computed:
    plain = f"{in_words(before)} + {in_words(lifting.by)}"
    if after == before:
        how = f"{in_words(before)} is not below its ceiling {in_words(lifting.up_to)}"
    elif after < before + lifting.by:
        how = f"{plain}, not beyond its ceiling {in_words(lifting.up_to)}"
    else:
        how = plain
    span = lift_span(known, lifting)
    name = known.name("services", lifting.service)
    return about(Computed(name, after, LEVEL.say(after), "projection", how, spans=(span,)), "service", lifting.service)


def lift_of(known: Known, lifting: Lifting) -> tuple[int, Lift]:
    """The entry of the catalogue behind a lifting, with its place in the service's list."""
    lifts = known.workspace.service(lifting.service).lifts
    return next((place, lift) for place, lift in enumerate(lifts) if lift.aspect == lifting.aspect)


def lift_span(known: Known, lifting: Lifting) -> Span:
    """Where the catalogue says that the service lifts the aspect."""
    return known.span("services", lifting.service, "lifts", lift_of(known, lifting)[0])
