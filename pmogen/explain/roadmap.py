"""What a wave offers and uses, and how much change an audience goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from pmogen.analysis.progress import started
from pmogen.explain.arithmetic import (
    about,
    added,
    brief,
    calculated,
    cut,
    difference,
    exact_value,
    least,
    multiplied,
    not_negative,
    rounded,
    said,
    share,
    stated,
    with_reasons,
)
from pmogen.explain.closing import level_after
from pmogen.explain.known import Known, kept
from pmogen.explain.services import HUNDREDTH, TENTH, decision, how_placed, running
from pmogen.explain.tree import DAYS, FTE, MINUS, MONTHS, PLAIN, POINTS, TIMES, WORKING_DAYS, Computed
from pmogen.language import N_, _, ngettext, pgettext
from pmogen.model.base import Load, exact
from pmogen.model.roadmap import AudienceLimit
from pmogen.model.terms import word
from pmogen.planning.calendar import months, weekdays
from pmogen.planning.plan import LoadPart

RULE = "capacity"
CHANGE = "change"


def _band(band: str) -> str:
    return {
        "calm": pgettext("how much changes in a wave", "calm"),
        "busy": pgettext("how much changes in a wave", "busy"),
        "full": pgettext("how much changes in a wave", "full"),
        "over": pgettext("how much changes in a wave", "over the limit"),
    }[band]


@kept
def working_days(known: Known, wave: str) -> Computed:
    """Days that one full-time person is there for: weekdays less the rate of absence, to tenths."""
    place, entry = known.waves[wave]
    starts, ends = (
        said(name, str(day), known.span("roadmap", "waves", place, field), RULE)
        for name, field, day in ((_("Starts"), "starts", entry.starts), (_("Ends"), "ends", entry.ends))
    )
    count = Fraction(weekdays(entry.starts, entry.ends))
    days = calculated(_("Weekdays"), count, WORKING_DAYS, RULE, how=_("Mondays to Fridays"), inputs=(starts, ends))
    span = known.method_span("capacity", "absence_rate")
    absent = share(_("Holidays, leave and illness"), exact(known.method.capacity.absence_rate), span, RULE)
    present = Computed(
        _("Part that is there"),
        1 - exact_value(absent),
        f"{PLAIN.say(100 * (1 - exact_value(absent)))} %",
        RULE,
        f"100 % {MINUS} {absent.shown}",
        (absent,),
    )
    return rounded(multiplied(_("Working days"), (days, present), WORKING_DAYS, RULE), TENTH, WORKING_DAYS)


@kept
def team(known: Known, wave: str) -> Computed:
    """FTE of the PMO in the wave."""
    place, entry = known.waves[wave]
    span = known.span("roadmap", "waves", place, "fte")
    return rounded(stated(_("PMO team"), exact(entry.fte), FTE, span, RULE), HUNDREDTH, FTE)


@kept
def run_fte(known: Known, wave: str) -> Computed:
    """FTE for running what is live before the wave."""
    number = known.in_time.index(wave)
    live = (p.service for p in known.playbook.plan.placements if known.in_time.index(p.wave) < number)
    return _running(known, _("Running live services"), live)


def run_after_all(known: Known) -> Computed:
    """FTE for running once everything in the plan is live, the launches of the last wave included."""
    return _running(known, _("Running once everything is live"), (p.service for p in known.playbook.plan.placements))


def _running(known: Known, name: str, services: Iterable[str]) -> Computed:
    parts = [about(running(known, s)._replace(name=known.name("services", s)), "service", s) for s in sorted(services)]
    return added(name, parts, FTE, RULE, _("nothing is live"))


def run_limit(known: Known, wave: str) -> Computed:
    """FTE that running may take at most, down to hundredths."""
    span = known.method_span("capacity", "run_share")
    part = share(_("Part for running"), exact(known.method.capacity.run_share), span, RULE)
    return cut(multiplied(_("Limit for running"), (part, team(known, wave)), FTE, RULE), HUNDREDTH, FTE)


def build_limit(known: Known, wave: str) -> Computed:
    """Person-days that building may take: its part of the team's days, and what running leaves; down to tenths."""
    days, people = brief(working_days(known, wave)), brief(team(known, wave))
    span = known.method_span("capacity", "build_share")
    part = share(_("Part for building"), exact(known.method.capacity.build_share), span, RULE)
    most = cut(multiplied(_("At most"), (part, people, days), DAYS, RULE), TENTH, DAYS)
    free = not_negative(difference(_("Beside running"), people, brief(run_fte(known, wave)), FTE, RULE), FTE)
    beside = cut(multiplied(_("What running leaves"), (free, days), DAYS, RULE), TENTH, DAYS)
    return least(_("Limit for building"), (most, beside), DAYS, RULE)


def build_days(known: Known, wave: str) -> Computed:
    """Person-days of building in the wave, service by service."""
    parts = [
        about(Computed(known.name("services", p.service), work.days, DAYS.say(work.days), RULE), "service", p.service)
        for p in known.playbook.plan.placements
        for work in p.work
        if work.wave == wave and work.days
    ]
    spanned = (
        part._replace(spans=(known.span("services", part.about.id, "establish_days"),)) for part in parts if part.about
    )
    return added(_("Building"), (*spanned, *_spent(known, wave)), DAYS, RULE, _("nothing is built"))


def _spent(known: Known, wave: str) -> Iterator[Computed]:
    """What went into services that were started in the wave and are not live yet, or were dropped."""
    entry, entries = known.waves[wave][1], started(known.workspace)
    for number, begun in enumerate(known.workspace.roadmap.progress):
        in_it = entry.starts <= begun.started <= entry.ends
        if in_it and begun.effort_days and entries.get(begun.service) is begun:
            name = _("{service}, taken so far", service=known.name("services", begun.service))
            span = known.span("roadmap", "progress", number, "effort_days")
            taken = stated(name, exact(begun.effort_days), DAYS, span, RULE)
            yield about(rounded(taken, TENTH, DAYS), "service", begun.service)


def capacity(known: Known, wave: str) -> tuple[Computed, ...]:
    """What the PMO offers in the wave, and what is used of it."""
    return (
        working_days(known, wave),
        team(known, wave),
        build_days(known, wave),
        build_limit(known, wave),
        run_fte(known, wave),
        run_limit(known, wave),
    )


@kept
def change_capacity(known: Known, audience: str, wave: str) -> Computed:
    """Points that an audience can take in a wave, by its length; to hundredths."""
    method, entry = known.method.change, known.waves[wave][1]
    length = months(entry.starts, entry.ends)
    span, how = known.span("roadmap", "waves", known.waves[wave][0]), _("to the nearest half month")
    long = Computed(_("Length of the wave"), length, MONTHS.say(length), CHANGE, how, (), (span,))
    span = known.method_span("change", "wave_months")
    usual = stated(_("Months it is stated for"), method.wave_months, PLAIN, span, CHANGE)
    base = _stated_capacity(known, audience)
    value = exact_value(base) * length / method.wave_months
    how = f"{PLAIN.say(exact_value(base))} {TIMES} {PLAIN.say(length)} / {method.wave_months}"
    whole = calculated(_("Can take"), value, POINTS, CHANGE, how=how, inputs=(base, long, usual))
    return rounded(whole, HUNDREDTH, POINTS)


def _limits(known: Known, audience: str) -> tuple[tuple[int, AudienceLimit], ...]:
    limits = enumerate(known.workspace.roadmap.audiences)
    return tuple((place, limit) for place, limit in limits if limit.audience == audience)


def _stated_capacity(known: Known, audience: str) -> Computed:
    own = [(place, limit.capacity) for place, limit in _limits(known, audience) if limit.capacity is not None]
    if own:
        place, points = own[-1]
        span = known.span("roadmap", "audiences", place, "capacity")
        return stated(_("Points"), points, POINTS, span, CHANGE)
    span = known.method_span("change", "capacity")
    return stated(_("Points"), known.method.change.capacity, POINTS, span, CHANGE, how=_("default of the method"))


def load(known: Known, audience: str, wave: str) -> Computed:
    """Change points of an audience in a wave, part by part, against what it can take."""
    found = known.loads[audience, wave]
    parts = tuple(_part(known, audience, wave, part) for part in found.parts)
    total = added(_("Change load"), parts, POINTS, CHANGE, _("nothing changes"))
    limit = change_capacity(known, audience, wave)
    shown = _(
        "{number} of {points}, {band}",
        number=PLAIN.say(exact_value(total)),
        points=POINTS.say(exact_value(limit)),
        band=_band(found.band),
    )
    black_outs = tuple(
        said(_("Black-out"), entry.why, known.span("roadmap", "audiences", place, "black_outs", number), CHANGE)
        for place, limits in _limits(known, audience)
        for number, entry in enumerate(limits.black_outs)
        if entry.wave == wave
    )
    return total._replace(shown=shown, inputs=(*parts, limit, *black_outs))


def _part(known: Known, audience: str, wave: str, part: LoadPart) -> Computed:
    if part.source == "background":
        spans = (
            known.span("roadmap", "audiences", place, "background", number)
            for place, limits in _limits(known, audience)
            for number, entry in enumerate(limits.background)
            if entry.wave == wave and entry.why == part.what
        )
        shown, how = POINTS.say(part.points), _("other change")
        return Computed(part.what.rstrip("."), part.points, shown, CHANGE, how, (), tuple(spans))
    return _of_service(known, audience, part)


def _of_service(known: Known, audience: str, part: LoadPart) -> Computed:
    service = known.workspace.service(part.what)
    sizes = [entry.load for entry in service.audiences if entry.audience == audience]
    places = (place for place, entry in enumerate(service.audiences) if entry.audience == audience)
    asked = [_asked(known, size, tail=part.source == "tail") for size in sizes]
    name = _("{service} (still settling in)", service=service.name) if part.source == "tail" else service.name
    whole = rounded(asked[0] if len(asked) == 1 else added(name, asked, POINTS, CHANGE), HUNDREDTH, POINTS)
    spans = tuple(known.span("services", service.id, "audiences", place) for place in places)
    return about(whole._replace(name=name, spans=(*spans, *whole.spans)), "service", service.id)


@kept
def _asked(known: Known, size: Load, *, tail: bool) -> Computed:
    """Points of one change of this size, or what of it still counts in the wave after."""
    change = known.method.change
    whole = exact(getattr(change.points, size))
    points = stated(_("Points"), whole, POINTS, known.method_span("change", "points", size), CHANGE, how=_(ONE[size]))
    if not tail:
        return points
    where = known.method_span("change", "tail", size)
    later = share(_("Part in the wave after"), exact(getattr(change.tail, size)), where, CHANGE)
    return multiplied(_("Still settling in"), (points, later), POINTS, CHANGE)


ONE: dict[Load, str] = {
    "low": N_("a low change"),
    "medium": N_("a medium change"),
    "high": N_("a high change"),
}


def happens(known: Known, audience: str, wave: str) -> bool:
    """True when something changes for the audience in the wave, or nothing may."""
    found = known.loads[audience, wave]
    return bool(found.points) or found.black_out is not None


def loads(known: Known, *, audience: str | None = None, wave: str | None = None) -> tuple[Computed, ...]:
    """Change loads of an audience by wave, or of a wave by audience; only where something happens."""
    found = []
    for who, when in known.loads:
        if who == (audience or who) and when == (wave or when) and happens(known, who, when):
            one = load(known, who, when)
            name = known.waves[when][1].name if audience else known.name("audiences", who)
            kind, identifier = ("wave", when) if audience else ("audience", who)
            found.append(about(one._replace(name=name), kind, identifier))
    return tuple(found)


def _group(name: str, parts: Iterable[Computed], rule: str, how: str = "") -> tuple[Computed, ...]:
    listed = tuple(parts)
    return (Computed(name, None, "", rule, how, listed),) if listed else ()


def launches(known: Known, wave: str) -> tuple[Computed, ...]:
    """What launches in the wave, each with decision and reasons."""
    found = []
    for placement in known.playbook.plan.placements:
        if placement.wave == wave:
            decided = decision(known, placement.service)
            name = known.name("services", placement.service)
            line = Computed(name, None, decided.shown, "roadmap", how_placed(placement), (), decided.spans)
            found.append(about(with_reasons(line, *placement.why), "service", placement.service))
    return tuple(found)


def raised(known: Known, wave: str) -> tuple[Computed, ...]:
    """Levels that are higher at the end of the wave than before it."""
    number, found = known.in_time.index(wave), []
    for aspect, projected in known.projected.items():
        before = projected.after[number - 1][1] if number else projected.now
        if projected.after[number][1] > before:
            level = level_after(known, aspect, wave)._replace(name=known.name("aspects", aspect))
            found.append(about(level, "aspect", aspect))
    return tuple(found)


def wave(known: Known, identifier: str) -> Computed:
    """A wave as a whole: capacity, launches, change loads, and levels at its end."""
    place, entry = known.waves[identifier]
    parts = (
        *capacity(known, identifier),
        *_group(_("Launches"), launches(known, identifier), "roadmap"),
        *_group(_("Change load"), loads(known, wave=identifier), CHANGE),
        *_group(_("Levels at its end"), raised(known, identifier), "projection"),
    )
    status = word("status", entry.status)
    shown = _("{starts} to {ends}, {status}", starts=entry.starts, ends=entry.ends, status=status)
    span = known.span("roadmap", "waves", place)
    return with_reasons(Computed(entry.name, None, shown, "roadmap", "", parts, (span,)), entry.goal)


def audience(known: Known, identifier: str) -> Computed:
    """An audience: its change load, wave by wave."""
    parts = loads(known, audience=identifier)
    shown = ngettext("change in {count} wave", "change in {count} waves", len(parts))
    name, span = known.name("audiences", identifier), known.span("audiences", identifier)
    return Computed(name, None, shown, CHANGE, "", parts, (span,))


def costs(known: Known, _identifier: str = "") -> Computed:
    """What the whole roadmap takes: building and running, wave by wave."""
    waves = [
        about(brief(build_days(known, wave)._replace(name=known.waves[wave][1].name)), "wave", wave)
        for wave in known.in_time
    ]
    building = added(_("Building in all waves"), waves, DAYS, RULE, _("there is no wave"))
    teams = [about(team(known, wave)._replace(name=known.waves[wave][1].name), "wave", wave) for wave in known.in_time]
    parts = (building, run_after_all(known), *_group(_("PMO team"), teams, RULE))
    return Computed(_("What the roadmap takes"), None, "", RULE, "", parts)
