"""What a service lifts and costs, what was decided about it, where it is placed, and why."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pmogen.analysis.progress import under_way
from pmogen.analysis.projection import Lifting, closed
from pmogen.analysis.services import expected_days
from pmogen.analysis.trace import in_words
from pmogen.explain.arithmetic import (
    about,
    added,
    calculated,
    difference,
    exact_value,
    rounded,
    said,
    stated,
    with_reasons,
)
from pmogen.explain.gaps import lift_of, lift_span
from pmogen.explain.known import Known
from pmogen.explain.levels import level_in_short
from pmogen.explain.tree import DAYS, FTE, LEVEL, LEVELS, TIMES, Computed
from pmogen.model.base import exact
from pmogen.model.roadmap import Progress

RULE = "services"
EFFORT = "capacity"
TENTH, HUNDREDTH = Fraction(1, 10), Fraction(1, 100)
DECIDED = {"offer": "offered", "decline": "declined", "defer": "deferred"}


def effort(known: Known, service: str) -> Computed:
    """Expected person-days: three-point, or the middle of a range."""
    told = known.workspace.service(service).establish_days
    points = [("Low", "low", told.low), ("Most likely", "likely", told.likely), ("High", "high", told.high)]
    parts = tuple(
        stated(name, exact(value), DAYS, known.span("services", service, "establish_days", field), EFFORT)
        for name, field, value in points
        if value is not None
    )
    low, *likely, high = (part.shown.split()[0] for part in parts)
    how = f"({low} + 4 {TIMES} {likely[0]} + {high}) / 6" if likely else f"({low} + {high}) / 2"
    found = calculated("Expected effort", expected_days(told), DAYS, EFFORT, how=how, inputs=parts)
    return with_reasons(
        found, f"Source of the estimate: {known.workspace.service(service).estimate_source.rstrip('.')}."
    )


def lift(known: Known, lifting: Lifting) -> Computed:
    """What a service closes of one aspect's gap alone."""
    parts = (_by(known, lifting), _ceiling(known, lifting))
    name = f"Closes alone: {known.name('aspects', lifting.aspect)}"
    gap = known.gaps.get(lifting.aspect)
    nothing = _lifts_nothing(known, lifting)
    if gap is None or nothing:
        return replace(
            calculated(name, Fraction(0), LEVELS, RULE, how=nothing, inputs=parts), spans=(lift_span(known, lifting),)
        )
    today, target = (level_in_short(known, lifting.aspect, target=wanted) for wanted in (False, True))
    amount = closed(gap.current, gap.target, (lifting,))
    numbers = (lifting.by, lifting.up_to - gap.current, gap.amount)
    by, ceiling, missing = (in_words(number) for number in numbers)
    how = f"the smallest of: its step {by}, up to its ceiling {ceiling}, up to the target {missing}"
    return about(calculated(name, amount, LEVELS, RULE, how=how, inputs=(*parts, today, target)), "gap", lifting.aspect)


def _lifts_nothing(known: Known, lifting: Lifting) -> str:
    """Why a service closes nothing of an aspect; empty where it may."""
    gap = known.gaps.get(lifting.aspect)
    if gap is None:
        return "it is not assessed, or nobody knows its level"
    if gap.kind != "gap":
        return "there is no gap"
    return "the level of today contains what it lifts" if lifting.service in known.contained else ""


def _by(known: Known, lifting: Lifting) -> Computed:
    place, entry = lift_of(known, lifting)
    if entry.by is not None:
        return stated("Step", lifting.by, LEVELS, known.span("services", lifting.service, "lifts", place, "by"), RULE)
    how = f"default for what it serves {'in the first place' if entry.strength == 'primary' else 'besides'}"
    return stated("Step", lifting.by, LEVELS, known.method_span("lift", entry.strength), RULE, how=how)


def _ceiling(known: Known, lifting: Lifting) -> Computed:
    place, entry = lift_of(known, lifting)
    if entry.up_to is not None:
        span = known.span("services", lifting.service, "lifts", place, "up_to")
        return stated("Ceiling", lifting.up_to, LEVEL, span, RULE)
    tier = known.workspace.service(lifting.service).tier
    how = f"default for {tier} services"
    return stated("Ceiling", lifting.up_to, LEVEL, known.method_span("lift", f"{tier}_up_to"), RULE, how=how)


def decision(known: Known, service: str) -> Computed:
    """What was decided, by whom, when and why."""
    if service not in known.decisions:
        span = known.span("decisions", "services")
        return Computed("Decision", None, "undecided", RULE, "no entry: the plan may propose it", (), (span,))
    place, entry = known.decisions[service]
    span = known.span("decisions", "services", place)
    line = said("Decision", DECIDED[entry.decision], span, RULE, f"{entry.who}, {entry.when}")
    return with_reasons(line, entry.why)


def work(known: Known, service: str) -> Computed:
    """Person-days of building by wave; what really happened replaces the estimate."""
    placement = known.placements[service]
    parts = [
        about(Computed(known.waves[part.wave][1].name, part.days, DAYS.say(part.days), EFFORT), "wave", part.wave)
        for part in placement.work
    ]
    return replace(
        added("Building it", parts, DAYS, EFFORT, "no person-days"),
        inputs=(*parts, _days_that_count(known, service)),
    )


def _days_that_count(known: Known, service: str) -> Computed:
    """The days that planning spreads over the waves, to tenths."""
    begun = under_way(known.workspace).get(service)
    if begun is not None:
        return _days_left(known, begun)
    happened = known.launched.get(service)
    if happened is not None and happened[2].effort_days is not None:
        wave, place, entry = happened
        span = known.span("roadmap", "waves", known.waves[wave][0], "launched", place, "effort_days")
        real = stated("Really took", exact(entry.effort_days or 0), DAYS, span, EFFORT)
        return rounded(real, TENTH, DAYS)
    return rounded(effort(known, service), TENTH, DAYS)


def _days_left(known: Known, entry: Progress) -> Computed:
    """The days that are left of what is under way, to tenths: as stated, or the estimate less what it has taken."""
    number = max(n for n, other in enumerate(known.workspace.roadmap.progress) if other.service == entry.service)
    if entry.left_days is not None:
        span = known.span("roadmap", "progress", number, "left_days")
        return rounded(stated("Still needed", exact(entry.left_days), DAYS, span, EFFORT), TENTH, DAYS)
    estimate = effort(known, entry.service)
    if not entry.effort_days:
        return rounded(estimate, TENTH, DAYS)
    span = known.span("roadmap", "progress", number, "effort_days")
    taken = stated("Taken so far", exact(entry.effort_days), DAYS, span, EFFORT)
    left = difference("Still needed", estimate, taken, DAYS, EFFORT)
    if exact_value(left) < 0:
        left = replace(left, value=Fraction(0), shown=DAYS.say(Fraction(0)), how=f"{left.how}, never below 0")
    return rounded(left, TENTH, DAYS)


def placement(known: Known, service: str) -> Computed:
    """The wave it launches in and why, or why it is in none and what it would take."""
    found, absent = known.placements.get(service), known.absences.get(service)
    if found is not None:
        how = "history" if found.frozen else "pinned" if found.pinned else "planned"
        place = known.span("roadmap", "waves", known.waves[found.wave][0])
        line = Computed(
            "Launch", None, known.waves[found.wave][1].name, "roadmap", how, (work(known, service),), (place,)
        )
        needed = [f"{known.name('services', other)} needs it." for other in found.pulled_by]
        return about(
            with_reasons(line, *found.why, *(said for said in needed if said not in found.why)), "wave", found.wave
        )
    if absent is not None:
        takes = f"What it would take: {absent.takes}" if absent.takes else None
        return with_reasons(Computed("Launch", None, "in no wave", "roadmap", absent.code), *absent.why, takes)
    other = known.not_applicable.get(service)
    reason = f"Not applicable here: {other.reason}" if other else None
    return with_reasons(Computed("Launch", None, "in no wave", "roadmap", "it closes no gap here"), reason)


def running(known: Known, service: str) -> Computed:
    """FTE that running the service takes, as planning counts it: to hundredths."""
    told = known.workspace.service(service).run_fte
    span = known.span("services", service, "run_fte")
    whole = stated("Running it", exact(told), FTE, span, EFFORT)
    return rounded(whole, HUNDREDTH, FTE)


def service(known: Known, identifier: str) -> Computed:
    """A service as a whole: decision, placement, what it closes, effort and running."""
    closes = tuple(lift(known, lifting) for lifting in known.liftings[identifier])
    planned, decided = placement(known, identifier), decision(known, identifier)
    parts = (decided, planned, *closes, effort(known, identifier), running(known, identifier))
    name, span = known.name("services", identifier), known.span("services", identifier)
    return Computed(name, None, f"{decided.shown}; {planned.shown}", RULE, "", parts, (span,))
