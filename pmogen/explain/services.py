"""What a service lifts and costs, what was decided about it, where it is placed, and why."""

from __future__ import annotations

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
    not_negative,
    rounded,
    said,
    stated,
    with_reasons,
)
from pmogen.explain.gaps import lift_of, lift_span
from pmogen.explain.known import Known, kept
from pmogen.explain.levels import level_in_short
from pmogen.explain.tree import DAYS, FTE, LEVEL, LEVELS, TIMES, Computed
from pmogen.language import _, pgettext
from pmogen.model.base import Strength, exact
from pmogen.model.roadmap import Progress
from pmogen.model.terms import word
from pmogen.planning.plan import AbsenceCode, Placement

RULE = "services"
EFFORT = "capacity"
TENTH, HUNDREDTH = Fraction(1, 10), Fraction(1, 100)


@kept
def effort(known: Known, service: str) -> Computed:
    """Expected person-days: three-point, or the middle of a range."""
    told = known.workspace.service(service).establish_days
    points = [
        (pgettext("an estimate", "Low"), "low", told.low),
        (pgettext("an estimate", "Most likely"), "likely", told.likely),
        (pgettext("an estimate", "High"), "high", told.high),
    ]
    parts = tuple(
        stated(name, exact(value), DAYS, known.span("services", service, "establish_days", field), EFFORT)
        for name, field, value in points
        if value is not None
    )
    low, *likely, high = (in_words(exact_value(part)) for part in parts)
    how = f"({low} + 4 {TIMES} {likely[0]} + {high}) / 6" if likely else f"({low} + {high}) / 2"
    found = calculated(_("Expected effort"), expected_days(told), DAYS, EFFORT, how=how, inputs=parts)
    source = known.workspace.service(service).estimate_source.rstrip(".")
    return with_reasons(found, _("Source of the estimate: {source}.", source=source))


def lift(known: Known, lifting: Lifting) -> Computed:
    """What a service closes of one aspect's gap alone."""
    parts = (_by(known, lifting), _ceiling(known, lifting))
    name = _("Closes alone: {aspect}", aspect=known.name("aspects", lifting.aspect))
    gap = known.gaps.get(lifting.aspect)
    nothing = _lifts_nothing(known, lifting)
    if gap is None or nothing:
        return calculated(name, Fraction(0), LEVELS, RULE, how=nothing, inputs=parts)._replace(
            spans=(lift_span(known, lifting),)
        )
    today, target = (level_in_short(known, lifting.aspect, target=wanted) for wanted in (False, True))
    amount = closed(gap.current, gap.target, (lifting,))
    numbers = (lifting.by, lifting.up_to - gap.current, gap.amount)
    by, ceiling, missing = (in_words(number) for number in numbers)
    how = _(
        "the smallest of: its step {step}, up to its ceiling {ceiling}, up to the target {target}",
        step=by,
        ceiling=ceiling,
        target=missing,
    )
    return about(calculated(name, amount, LEVELS, RULE, how=how, inputs=(*parts, today, target)), "gap", lifting.aspect)


def _lifts_nothing(known: Known, lifting: Lifting) -> str:
    """Why a service closes nothing of an aspect; empty where it may."""
    gap = known.gaps.get(lifting.aspect)
    if gap is None:
        return _("it is not assessed, or nobody knows its level")
    if gap.kind != "gap":
        return _("there is no gap")
    return _("the level of today contains what it lifts") if lifting.service in known.contained else ""


def _by(known: Known, lifting: Lifting) -> Computed:
    place, entry = lift_of(known, lifting)
    if entry.by is not None:
        span = known.span("services", lifting.service, "lifts", place, "by")
        return stated(_("Step"), lifting.by, LEVELS, span, RULE)
    return _usual_step(known, entry.strength, lifting.by)


@kept
def _usual_step(known: Known, strength: Strength, by: Fraction) -> Computed:
    if strength == "primary":
        how = _("default for what it serves in the first place")
    else:
        how = _("default for what it serves besides")
    return stated(_("Step"), by, LEVELS, known.method_span("lift", strength), RULE, how=how)


def _ceiling(known: Known, lifting: Lifting) -> Computed:
    place, entry = lift_of(known, lifting)
    if entry.up_to is not None:
        span = known.span("services", lifting.service, "lifts", place, "up_to")
        return stated(_("Ceiling"), lifting.up_to, LEVEL, span, RULE)
    return _usual_ceiling(known, known.workspace.service(lifting.service).tier, lifting.up_to)


@kept
def _usual_ceiling(known: Known, tier: str, up_to: Fraction) -> Computed:
    how = _("default for basic services") if tier == "basic" else _("default for advanced services")
    return stated(_("Ceiling"), up_to, LEVEL, known.method_span("lift", f"{tier}_up_to"), RULE, how=how)


def decision(known: Known, service: str) -> Computed:
    """What was decided, by whom, when and why."""
    if service not in known.decisions:
        span = known.span("decisions", "services")
        how = _("no entry: the plan may propose it")
        return Computed(_("Decision"), None, word("decision", "undecided"), RULE, how, (), (span,))
    place, entry = known.decisions[service]
    span = known.span("decisions", "services", place)
    line = said(_("Decision"), word("decision", entry.decision), span, RULE, f"{entry.who}, {entry.when}")
    return with_reasons(line, entry.why)


def work(known: Known, service: str) -> Computed:
    """Person-days of building by wave; what really happened replaces the estimate."""
    placement = known.placements[service]
    parts = [
        about(Computed(known.waves[part.wave][1].name, part.days, DAYS.say(part.days), EFFORT), "wave", part.wave)
        for part in placement.work
    ]
    return added(_("Building it"), parts, DAYS, EFFORT, _("no person-days"))._replace(
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
        real = stated(_("Really took"), exact(entry.effort_days or 0), DAYS, span, EFFORT)
        return rounded(real, TENTH, DAYS)
    return rounded(effort(known, service), TENTH, DAYS)


def _days_left(known: Known, entry: Progress) -> Computed:
    """The days that are left of what is under way, to tenths: as stated, or the estimate less what it has taken."""
    number = max(n for n, other in enumerate(known.workspace.roadmap.progress) if other.service == entry.service)
    if entry.left_days is not None:
        span = known.span("roadmap", "progress", number, "left_days")
        return rounded(stated(_("Still needed"), exact(entry.left_days), DAYS, span, EFFORT), TENTH, DAYS)
    estimate = effort(known, entry.service)
    if not entry.effort_days:
        return rounded(estimate, TENTH, DAYS)
    span = known.span("roadmap", "progress", number, "effort_days")
    taken = stated(_("Taken so far"), exact(entry.effort_days), DAYS, span, EFFORT)
    left = not_negative(difference(_("Still needed"), estimate, taken, DAYS, EFFORT), DAYS)
    return rounded(left, TENTH, DAYS)


def how_placed(placement: Placement) -> str:
    """Whether its wave is history, pinned by people, or planned."""
    if placement.frozen:
        return pgettext("how a service came into its wave", "history")
    if placement.pinned:
        return pgettext("how a service came into its wave", "pinned")
    return pgettext("how a service came into its wave", "planned")


def placement(known: Known, service: str) -> Computed:
    """The wave it launches in and why, or why it is in none and what it would take."""
    found, absent = known.placements.get(service), known.absences.get(service)
    if found is not None:
        place, entry = known.waves[found.wave]
        span = known.span("roadmap", "waves", place)
        line = Computed(_("Launch"), None, entry.name, "roadmap", how_placed(found), (work(known, service),), (span,))
        needed = [_("{service} needs it.", service=known.name("services", other)) for other in found.pulled_by]
        more = (reason for reason in needed if reason not in found.why)
        return about(with_reasons(line, *found.why, *more), "wave", found.wave)
    if absent is not None:
        takes = _("What it would take: {changes}", changes=absent.takes) if absent.takes else None
        code = _absence(absent.code)
        return with_reasons(Computed(_("Launch"), None, _("in no wave"), "roadmap", code), *absent.why, takes)
    other = known.not_applicable.get(service)
    reason = _("Not applicable here: {reason}", reason=other.reason) if other else None
    how = _("it closes no gap here")
    return with_reasons(Computed(_("Launch"), None, _("in no wave"), "roadmap", how), reason)


def _absence(code: AbsenceCode) -> str:
    """Why a service is in no wave, in a word or two."""
    return {
        "declined": pgettext("why a service is in no wave", "declined"),
        "deferred": pgettext("why a service is in no wave", "deferred"),
        "dropped": pgettext("why a service is in no wave", "dropped"),
        "redundant": pgettext("why a service is in no wave", "redundant"),
        "alternative": pgettext("why a service is in no wave", "alternative"),
        "prerequisite": pgettext("why a service is in no wave", "prerequisite"),
        "no room": pgettext("why a service is in no wave", "no room"),
        "black-out": pgettext("why a service is in no wave", "black-out"),
        "accepted": pgettext("why a service is in no wave", "accepted"),
        "not useful": pgettext("why a service is in no wave", "not useful"),
    }[code]


@kept
def running(known: Known, service: str) -> Computed:
    """FTE that running the service takes, as planning counts it: to hundredths."""
    told = known.workspace.service(service).run_fte
    span = known.span("services", service, "run_fte")
    whole = stated(_("Running it"), exact(told), FTE, span, EFFORT)
    return rounded(whole, HUNDREDTH, FTE)


def service(known: Known, identifier: str) -> Computed:
    """A service as a whole: decision, placement, what it closes, effort and running."""
    closes = tuple(lift(known, lifting) for lifting in known.liftings[identifier])
    planned, decided = placement(known, identifier), decision(known, identifier)
    parts = (decided, planned, *closes, effort(known, identifier), running(known, identifier))
    name, span = known.name("services", identifier), known.span("services", identifier)
    return Computed(name, None, f"{decided.shown}; {planned.shown}", RULE, "", parts, (span,))
