"""How a gap, its size, priority and rank came about, and how far it can be closed."""

from __future__ import annotations

from collections.abc import Iterable
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
from pmogen.language import N_, _, pgettext
from pmogen.model.base import exact
from pmogen.model.catalogue import Lift
from pmogen.model.method import Points

RULE = "gaps"


def gap_amount(known: Known, aspect: str) -> Computed:
    """Target less today's level; negative for a strength."""
    target, current = target_level(known, aspect), current_level(known, aspect)
    return difference(_("Gap"), target, current, LEVELS, RULE)


def amount_in_short(known: Known, aspect: str) -> Computed:
    """The gap without what is below it, leading to its own explanation."""
    gap = known.gaps[aspect]
    parts = (level_in_short(known, aspect, target=True), level_in_short(known, aspect))
    short = difference(known.name("aspects", aspect), *parts, LEVELS, RULE)
    spans = tuple(dict.fromkeys(span for part in parts for span in part.spans))
    return short._replace(inputs=(), spans=spans, about=About("gap" if gap.kind == "gap" else "aspect", aspect))


def gap_size(known: Known, aspect: str) -> Computed:
    """L, M or H by the limits of the method."""
    gap, method = known.gaps[aspect], known.method.gap
    limits = tuple(
        stated(_("{size} from", size=size), exact(value), LEVELS, known.method_span("gap", field), RULE)
        for size, field, value in (
            ("M", "medium_from", method.medium_from),
            ("H", "high_from", method.high_from),
        )
    )
    bounds = (exact(method.medium_from), exact(method.high_from))
    return judged(_("Size"), gap.size or _none(), RULE, _against(gap.amount, *bounds), limits)


def _none() -> str:
    return pgettext("size of a gap, or its priority", "none")


def _against(value: Fraction, medium: Fraction | int, high: Fraction | int) -> str:
    """What a size or a priority is judged by."""
    return _("{value} against {medium} and {high}", value=in_words(value), medium=in_words(medium), high=in_words(high))


def proposed_priority(known: Known, aspect: str) -> Computed:
    """The priority that the weights of customers' expectations propose."""
    gap, method = known.gaps[aspect], known.method.gap
    weights = []
    for customer_place, customer in enumerate(known.workspace.foundation.customers):
        for place, benefit in enumerate(customer.expects):
            if aspect in benefit.aspects:
                path = ("foundation", "customers", customer_place, "expects", place, "weight")
                name = f"{customer.name}: {benefit.benefit.rstrip('.')}"
                weights.append(stated(name, benefit.weight, PLAIN, known.span(*path), RULE, how=_("weight")))
    total = added(_("Weight of expectations"), weights, PLAIN, RULE, _("nobody expects a benefit from it"))
    limits = tuple(
        stated(_("{size} from", size=size), value, PLAIN, known.method_span("gap", field), RULE)
        for size, field, value in (
            ("M", "priority_medium_from", method.priority_medium_from),
            ("H", "priority_high_from", method.priority_high_from),
        )
    )
    how = _against(exact_value(total), method.priority_medium_from, method.priority_high_from)
    return judged(_("Proposed priority"), gap.proposed_priority, RULE, how, (total, *limits))


def priority(known: Known, aspect: str) -> Computed:
    """The priority that holds, and the proposed one beside it."""
    gap, entry = known.gaps[aspect], known.stated[aspect][1]
    proposed = proposed_priority(known, aspect)
    if gap.priority_from != "stated":
        return proposed._replace(name=_("Priority"), how=_("proposed: {how}", how=proposed.how))
    span = known.stated_span(aspect, "priority")
    line = Computed(_("Priority"), None, gap.priority, RULE, _("stated by people"), (proposed,), (span,))
    return with_reasons(line, entry.priority_reason)


def _points(known: Known, name: str, field: str, table: Points, letter: str) -> Computed:
    return stated(name, getattr(table, letter), PLAIN, known.method_span("gap", field, letter), RULE)


def score(known: Known, gap: Gap) -> Computed:
    """Size points times priority weight; 0 for what is no gap."""
    method = known.method.gap
    if gap.size is None:
        return Computed(_("Score"), Fraction(0), "0", RULE, _("no gap, no points"))
    size, weight = _("Points for size {size}", size=gap.size), _("Weight of priority {size}", size=gap.priority)
    parts = (
        _points(known, size, "size_points", method.size_points, gap.size),
        _points(known, weight, "priority_weight", method.priority_weight, gap.priority),
    )
    return multiplied(_("Score"), parts, PLAIN, RULE)


def rank(known: Known, aspect: str) -> Computed:
    """The place among all gaps, with the neighbours that decide it."""
    gap = known.gaps[aspect]
    real = [other for other in known.playbook.gaps if other.kind == "gap"]
    if gap.kind != "gap":
        return judged(_("Rank"), pgettext("rank of what is no gap", "none"), RULE, _("it is no gap"), ())
    before = real[gap.rank - 2] if gap.rank > 1 else None
    after = real[gap.rank] if gap.rank < len(real) else None
    told = [_neighbour(known, _BEFORE, before), _neighbour(known, _AFTER, after)]
    how = _("by score, then by the larger gap, then by id")
    shown = _("{number} of {count}", number=gap.rank, count=len(real))
    return with_reasons(judged(_("Rank"), shown, RULE, how, (score(known, gap),)), *told)


_BEFORE = N_("Just before it: {aspect}, score {score}, gap {gap}.")
_AFTER = N_("Just after it: {aspect}, score {score}, gap {gap}.")


def _neighbour(known: Known, where: str, gap: Gap | None) -> str | None:
    if gap is None:
        return None
    return _(where, aspect=known.name("aspects", gap.aspect), score=gap.score, gap=in_words(gap.amount))


def lifted(
    known: Known, name: str, current: Computed, liftings: Iterable[Lifting], rule: str = "projection"
) -> Computed:
    """The level after services are applied one by one, the lowest ceiling first."""
    level, steps = exact_value(current), [current]
    for lifting in sorted(liftings, key=lambda lifting: lifting.up_to):
        after = projected_level(level, (lifting,))
        steps.append(_step(known, lifting, level, after))
        level = after
    how = _("services one by one, the lowest ceiling first") if len(steps) > 1 else _("no service lifts it")
    return Computed(name, level, LEVEL.say(level), rule, how, tuple(steps))


def _step(known: Known, lifting: Lifting, before: Fraction, after: Fraction) -> Computed:
    plain, ceiling = f"{in_words(before)} + {in_words(lifting.by)}", in_words(lifting.up_to)
    if after == before:
        how = _("{level} is not below its ceiling {ceiling}", level=in_words(before), ceiling=ceiling)
    elif after < before + lifting.by:
        how = _("{arithmetic}, not beyond its ceiling {ceiling}", arithmetic=plain, ceiling=ceiling)
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
