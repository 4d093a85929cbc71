"""PMO7xx: waves, pins and capacity."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.rules.rule import Facts, Finding, rule

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
            yield Finding(f"the wave `{wave.id}` ends before it starts", place, "correct the dates")
        if before is not None and wave.starts <= before.ends:
            place = facts.span("roadmap", "waves", number, "starts")
            yield Finding(f"the wave `{wave.id}` starts before `{before.id}` ends", place, "waves follow each other")
        if before is not None and _ORDER[wave.status] < _ORDER[before.status]:
            place = facts.span("roadmap", "waves", number, "status")
            message = f"the wave `{wave.id}` is {wave.status}, but `{before.id}` before it is {before.status}"
            yield Finding(message, place, "finished waves come first")
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
                f"`{pin.service}` is pinned to `{pin.wave}`, which is finished", place, "pin it to a later wave"
            )
        if pin.service in seen:
            yield Finding(f"`{pin.service}` is pinned twice", place, "keep one pin")
        seen.add(pin.service)


@rule("PMO703", "error")
def pinned_but_declined(facts: Facts) -> Iterator[Finding]:
    """A service is pinned to a wave, but declined or deferred.

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
            yield Finding(f"`{pin.service}` is pinned, but not offered", place, "offer it, or delete the pin")


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
                message = f"`{pin.service}` is pinned to `{pin.wave}`, a black-out for `{change.audience}`: {why}"
                yield Finding(message, place, "pin it to another wave")


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
            yield Finding(f"the wave `{wave.id}` has no capacity", place, "say how many FTE the PMO has")


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
                    f"`{launched.service}` is launched in `{wave.id}`, which is only planned", span, "use a pin instead"
                )
            if launched.service in seen:
                yield Finding(f"`{launched.service}` is launched twice", span, "keep the first")
            seen.add(launched.service)


RULES = (
    waves_out_of_order,
    pin_into_finished_wave,
    pinned_but_declined,
    pin_into_black_out,
    wave_without_capacity,
    launched_before_its_time,
)
