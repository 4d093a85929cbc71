"""PMO7xx: waves, pins and capacity."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.analysis.services import Candidate, expected_days
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace
from pmogen.rules.rule import Facts, Finding, first_of, in_figures, rule

QUICK_DAYS = 15
"""Person-days that a quick win takes at most."""

_ORDER = {"finished": 0, "running": 1, "planned": 2}


@rule("PMO701", "error")
def waves_out_of_order(facts: Facts) -> Iterator[Finding]:
    """Waves overlap, stand in the wrong order, or end before they start.

    Wrong:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-03-01, ends: 2027-06-30, goal: Go on., fte: 2}

    Right:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
    """
    before = None
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        if wave.ends < wave.starts:
            place = facts.span("roadmap", "waves", number, "ends")
            yield Finding(_("the wave `{wave}` ends before it starts", wave=wave.id), place, _("correct the dates"))
        if before is not None and wave.starts <= before.ends:
            place = facts.span("roadmap", "waves", number, "starts")
            yield Finding(
                _("the wave `{wave}` starts before `{before}` ends", wave=wave.id, before=before.id),
                place,
                _("waves follow each other"),
            )
        if before is not None and _ORDER[wave.status] < _ORDER[before.status]:
            place = facts.span("roadmap", "waves", number, "status")
            message = _(
                "the wave `{wave}` is {status}, but `{before}` before it is {earlier}",
                wave=wave.id,
                status=word("status", wave.status),
                before=before.id,
                earlier=word("status", before.status),
            )
            yield Finding(message, place, _("finished waves come first"))
        before = wave


@rule("PMO702", "error")
def pin_into_finished_wave(facts: Facts) -> Iterator[Finding]:
    """A service is pinned to a wave that is finished, or pinned twice.

    Wrong:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: finished}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
          pins: [{service: register, wave: one, who: Board, why: Wanted.}]

    Right:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: finished}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
          pins: [{service: register, wave: two, who: Board, why: Wanted.}]
    """
    waves = {wave.id: wave for wave in facts.workspace.roadmap.waves}
    seen: set[str] = set()
    for number, pin in enumerate(facts.workspace.roadmap.pins):
        place = facts.span("roadmap", "pins", number, "wave")
        if waves[pin.wave].status == "finished":
            yield Finding(
                _("`{service}` is pinned to `{wave}`, which is finished", service=pin.service, wave=pin.wave),
                place,
                _("pin it to a later wave"),
            )
        if pin.service in seen:
            yield Finding(_("`{service}` is pinned twice", service=pin.service), place, _("keep one pin"))
        seen.add(pin.service)


@rule("PMO703", "error")
def pinned_but_declined(facts: Facts) -> Iterator[Finding]:
    """A service is pinned to a wave, or has to be live by the end of one, but is declined or deferred.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: decline, who: Board, when: 2027-01-10, why: No.}]
        content/roadmap.yml:
          pins: [{service: register, wave: one, who: Board, why: Wanted.}]

    Right:
        content/roadmap.yml:
          pins: [{service: register, wave: one, who: Board, why: Wanted.}]
    """
    refused = {made.service for made in facts.workspace.decisions.services if made.decision != "offer"}
    for number, pin in enumerate(facts.workspace.roadmap.pins):
        if pin.service in refused:
            place = facts.span("roadmap", "pins", number, "service")
            yield Finding(
                _("`{service}` is pinned, but not offered", service=pin.service),
                place,
                _("offer it, or delete the pin"),
            )
    for number, deadline in enumerate(facts.workspace.roadmap.deadlines):
        if deadline.service in refused:
            place = facts.span("roadmap", "deadlines", number, "service")
            yield Finding(
                _("`{service}` has a deadline, but is not offered", service=deadline.service),
                place,
                _("offer it, or delete the deadline"),
            )


@rule("PMO704", "error")
def pin_into_black_out(facts: Facts) -> Iterator[Finding]:
    """A service is pinned to a wave in which one of its audiences has a black-out.

    Wrong:
        content/roadmap.yml:
          pins: [{service: register, wave: one, who: Board, why: Wanted.}]
          audiences: [{audience: sponsors, black_outs: [{wave: one, why: Year end.}]}]

    Right:
        content/roadmap.yml:
          pins: [{service: register, wave: one, who: Board, why: Wanted.}]
          audiences: [{audience: sponsors, black_outs: []}]
    """
    closed = {
        (limit.audience, out.wave): out.why for limit in facts.workspace.roadmap.audiences for out in limit.black_outs
    }
    for number, pin in enumerate(facts.workspace.roadmap.pins):
        for change in facts.workspace.service(pin.service).audiences:
            why = closed.get((change.audience, pin.wave))
            if why:
                place = facts.span("roadmap", "pins", number, "wave")
                message = _(
                    "`{service}` is pinned to `{wave}`, a black-out for `{audience}`: {why}",
                    service=pin.service,
                    wave=pin.wave,
                    audience=change.audience,
                    why=why,
                )
                yield Finding(message, place, _("pin it to another wave"))


@rule("PMO705", "warning")
def wave_without_capacity(facts: Facts) -> Iterator[Finding]:
    """A planned wave has no PMO capacity, so nothing can be built in it.

    Wrong:
        content/roadmap.yml:
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 0}]

    Right:
        content/roadmap.yml:
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}]
    """
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        if wave.fte == 0 and wave.status != "finished":
            place = facts.span("roadmap", "waves", number, "fte")
            yield Finding(
                _("the wave `{wave}` has no capacity", wave=wave.id), place, _("say how many FTE the PMO has")
            )


@rule("PMO706", "error")
def launched_before_its_time(facts: Facts) -> Iterator[Finding]:
    """A planned wave lists services as launched, or a service is launched twice.

    Wrong:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, launched: [{service: register}]}

    Right:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              status: finished
              launched: [{service: register}]
    """
    seen: set[str] = set()
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        for place, launched in enumerate(wave.launched):
            span = facts.span("roadmap", "waves", number, "launched", place, "service")
            if wave.status == "planned":
                yield Finding(
                    _(
                        "`{service}` is launched in `{wave}`, which is only planned",
                        service=launched.service,
                        wave=wave.id,
                    ),
                    span,
                    _("use a pin instead"),
                )
            if launched.service in seen:
                yield Finding(_("`{service}` is launched twice", service=launched.service), span, _("keep the first"))
            seen.add(launched.service)


@rule("PMO707", "error")
def pin_before_prerequisite(facts: Facts) -> Iterator[Finding]:
    """A service is pinned to a wave in which its prerequisites cannot be live yet.

    Prerequisites launch in an earlier wave, and they may have prerequisites of their own.

    Wrong:
        content/roadmap.yml:
          pins: [{service: reporting, wave: one, who: Board, why: Wanted.}]

    Right:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
          pins: [{service: reporting, wave: two, who: Board, why: Wanted.}]
    """
    place_of = {wave.id: number for number, wave in enumerate(facts.workspace.roadmap.waves)}
    earliest = earliest_waves(facts.workspace)
    for number, pin in enumerate(facts.workspace.roadmap.pins):
        first = earliest[pin.service]
        if place_of[pin.wave] < first and facts.workspace.roadmap.waves[place_of[pin.wave]].status != "finished":
            place = facts.span("roadmap", "pins", number, "wave")
            waves = facts.workspace.roadmap.waves
            then = f"`{waves[first].id}`" if first < len(waves) else _("a wave after the last one")
            yield Finding(
                _(
                    "`{service}` cannot be live in `{wave}`: with its prerequisites, {then} is the first",
                    service=pin.service,
                    wave=pin.wave,
                    then=then,
                ),
                place,
            )


@rule("PMO708", "warning")
def background_fills_a_wave(facts: Facts) -> Iterator[Finding]:
    """Other changes alone use up what an audience can take in a wave.

    Nothing can launch for these people then. If that is meant, a black-out says it more clearly.

    Wrong:
        content/roadmap.yml:
          audiences: [{audience: sponsors, background: [{wave: one, points: 12, why: New ledger.}]}]

    Right:
        content/roadmap.yml:
          audiences: [{audience: sponsors, background: [{wave: one, points: 4, why: New ledger.}]}]
    """
    for number, limit in enumerate(facts.workspace.roadmap.audiences):
        capacity = limit.capacity if limit.capacity is not None else facts.workspace.catalogue.method.change.capacity
        for place, background in enumerate(limit.background):
            if background.points >= capacity:
                span = facts.span("roadmap", "audiences", number, "background", place, "points")
                message = _(
                    "other changes fill `{wave}` for `{audience}` ({points} of {capacity} points)",
                    wave=background.wave,
                    audience=limit.audience,
                    points=background.points,
                    capacity=capacity,
                )
                yield Finding(message, span, _("make it a black-out, or correct the points"))


@rule("PMO709", "error")
def audience_limited_twice(facts: Facts) -> Iterator[Finding]:
    """The limits of an audience are given twice.

    Wrong:
        content/roadmap.yml:
          audiences: [{audience: sponsors, capacity: 8}, {audience: sponsors, capacity: 9}]

    Right:
        content/roadmap.yml:
          audiences: [{audience: sponsors, capacity: 8}]
    """
    seen: set[str] = set()
    for number, limit in enumerate(facts.workspace.roadmap.audiences):
        if limit.audience in seen:
            place = facts.span("roadmap", "audiences", number, "audience")
            yield Finding(
                _("the limits of `{audience}` are given twice", audience=limit.audience),
                place,
                _("put them into one entry"),
            )
        seen.add(limit.audience)


@rule("PMO710", "error")
def pin_before_its_date(facts: Facts) -> Iterator[Finding]:
    """A service is pinned to a wave before the one it must wait for.

    Wrong:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
          pins: [{service: register, wave: one, who: Board, why: Wanted.}]
          not_before: [{service: register, wave: two, why: The tool comes then.}]

    Right:
        content/roadmap.yml:
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2}
          pins: [{service: register, wave: two, who: Board, why: Wanted.}]
          not_before: [{service: register, wave: two, why: The tool comes then.}]
    """
    order = {wave.id: number for number, wave in enumerate(facts.workspace.roadmap.waves)}
    waits = {entry.service: entry.wave for entry in facts.workspace.roadmap.not_before}
    for number, pin in enumerate(facts.workspace.roadmap.pins):
        if pin.service in waits and order[pin.wave] < order[waits[pin.service]]:
            place = facts.span("roadmap", "pins", number, "wave")
            yield Finding(
                _(
                    "`{service}` is pinned to `{wave}`, but not before `{earliest}`",
                    service=pin.service,
                    wave=pin.wave,
                    earliest=waits[pin.service],
                ),
                place,
                _("change one"),
            )


@rule("PMO711", "warning")
def roles_beyond_the_team(facts: Facts) -> Iterator[Finding]:
    """The roles of a wave add up to more than its FTE.

    Wrong:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 1
              roles: [{role: pmo-head, fte: 2}]

    Right:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              roles: [{role: pmo-head, fte: 2}]
    """
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        total = sum((exact(role.fte) for role in wave.roles), Fraction(0))
        if total > exact(wave.fte):
            place = facts.span("roadmap", "waves", number, "roles")
            yield Finding(
                _(
                    "the roles of `{wave}` add up to {total} FTE, the wave has {fte}",
                    wave=wave.id,
                    total=in_figures(float(total)),
                    fte=in_figures(wave.fte),
                ),
                place,
                _("correct one"),
            )


@rule("PMO712", "note")
def no_quick_win(facts: Facts) -> Iterator[Finding]:
    """No quick win is on offer for a customer.

    A quick win is a service that is not declined, needs nothing that is not live, asks little of people
    (low load), takes at most 15 person-days, and lifts an aspect with a gap that this customer's expected
    benefits name. Trust in a new PMO begins with something visible in the first 90 days.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: decline, who: Board, when: 2027-01-10, why: No.}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
    """
    quick = {aspect for candidate in facts.choice.candidates for aspect in _quickly_lifted(facts, candidate)}
    for number, customer in enumerate(facts.workspace.foundation.customers):
        named = {aspect for benefit in customer.expects for aspect in benefit.aspects}
        open_gaps = named & {gap.aspect for gap in facts.gaps if gap.kind == "gap"}
        if open_gaps and not open_gaps & quick:
            place = facts.span("foundation", "customers", number, "id")
            hint = _("offer something small for one of {aspects}", aspects=first_of(sorted(open_gaps)))
            yield Finding(_("there is no quick win on offer for `{customer}`", customer=customer.id), place, hint)


def _quickly_lifted(facts: Facts, candidate: Candidate) -> tuple[str, ...]:
    service = facts.workspace.service(candidate.service)
    live = {launched.service for wave in facts.workspace.roadmap.waves for launched in wave.launched}
    small = expected_days(service.establish_days) <= QUICK_DAYS and all(c.load == "low" for c in service.audiences)
    ready = all(needed in live for needed in service.requires)
    if candidate.decision in ("decline", "defer") or not small or not ready:
        return ()
    return tuple(aspect for aspect, _part in candidate.closes)


def earliest_waves(workspace: Workspace) -> dict[str, int]:
    """Number of the first wave (from 0) in which each service can be live, by prerequisites alone.

    What is launched counts from its wave; everything else starts in the first wave that is not finished.
    """
    waves = workspace.roadmap.waves
    begin = next((number for number, wave in enumerate(waves) if wave.status != "finished"), len(waves))
    earliest = {launched.service: number for number, wave in enumerate(waves) for launched in wave.launched}

    def first(service: str) -> int:
        if service not in earliest:
            earliest[service] = begin
            entry = workspace.service(service)
            earlier = [first(needed) + 1 for needed in entry.requires]
            same = [first(needed) for needed in entry.requires_same_wave]
            earliest[service] = max([begin, *earlier, *same])
        return earliest[service]

    for service in workspace.catalogue.services:
        first(service.id)
    return earliest


RULES = (
    waves_out_of_order,
    pin_into_finished_wave,
    pinned_but_declined,
    pin_into_black_out,
    wave_without_capacity,
    launched_before_its_time,
    pin_before_prerequisite,
    background_fills_a_wave,
    audience_limited_twice,
    pin_before_its_date,
    roles_beyond_the_team,
    no_quick_win,
)
