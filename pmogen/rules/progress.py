"""PMO73x: services that were started, are live, or were dropped."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.services import decision_on, expected_days
from pmogen.diagnostics import Related
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.roadmap import Progress
from pmogen.model.terms import word
from pmogen.rules.rule import Facts, Finding, in_figures, rule


def _entries(facts: Facts) -> Iterator[tuple[int, Progress]]:
    yield from enumerate(facts.workspace.roadmap.progress)


@rule("PMO730", "error")
def dates_that_cannot_be(facts: Facts) -> Iterator[Finding]:
    """Dates of progress are in the wrong order, or outside their wave.

    Work starts before a service is live or dropped; a service of `launched` went live within its wave; and what was started
    in a wave says that this wave is running or finished.

    Wrong:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-02-01, dropped: 2027-01-20, why: No use.}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]

    Right:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-02-01, dropped: 2027-02-20, why: No use.}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]
    """
    for number, entry in _entries(facts):
        if entry.dropped is not None and entry.dropped < entry.started:
            place = facts.span("roadmap", "progress", number, "dropped")
            yield Finding(
                _("`{service}` was dropped before it was started", service=entry.service),
                place,
                _("correct one of the days"),
            )
        for wave in facts.workspace.roadmap.waves:
            if wave.status == "planned" and wave.starts <= entry.started <= wave.ends:
                place = facts.span("roadmap", "progress", number, "started")
                message = _(
                    "`{service}` was started in `{wave}`, which is only planned", service=entry.service, wave=wave.id
                )
                yield Finding(message, place, _("correct the day, or say `status: running` of the wave"))
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        for position, launched in enumerate(wave.launched):
            path = ("roadmap", "waves", number, "launched", position)
            if launched.live is not None and not wave.starts <= launched.live <= wave.ends:
                message = _(
                    "`{service}` went live on {live}, which is not within `{wave}`",
                    service=launched.service,
                    live=launched.live,
                    wave=wave.id,
                )
                yield Finding(message, facts.span(*path, "live"), _("move it to the wave of that day"))
            if launched.started is not None and launched.started > (launched.live or wave.ends):
                message = _("`{service}` was live before it was started", service=launched.service)
                yield Finding(message, facts.span(*path, "started"), _("correct one of the days"))


@rule("PMO731", "error")
def progress_told_twice(facts: Facts) -> Iterator[Finding]:
    """A service has two entries of progress, or is under way and live at once.

    `progress` is for what was started and is not live. When it goes live, its entry moves to `launched` of the wave.

    Wrong:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11}]
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              status: running
              launched: [{service: register, live: 2027-02-15}]

    Right:
        content/roadmap.yml:
          waves:
            - id: one
              name: One
              starts: 2027-01-01
              ends: 2027-03-31
              goal: Start.
              fte: 2
              status: running
              launched: [{service: register, started: 2027-01-11, live: 2027-02-15}]
    """
    known: dict[str, tuple[str | int, ...]] = {
        launched.service: ("roadmap", "waves", number, "launched", position, "service")
        for number, wave in enumerate(facts.workspace.roadmap.waves)
        for position, launched in enumerate(wave.launched)
    }
    for number, entry in _entries(facts):
        path = ("roadmap", "progress", number, "service")
        if entry.service in known:
            other = known[entry.service]
            live = other[1] == "waves"
            message = (
                _("`{service}` is live already", service=entry.service)
                if live
                else _("the progress of `{service}` is told twice", service=entry.service)
            )
            hint = _("delete this entry; the wave says the rest") if live else _("keep the newer one")
            yield Finding(message, facts.span(*path), hint, (Related(_("the other entry"), facts.span(*other)),))
        known.setdefault(entry.service, path)


@rule("PMO732", "error")
def dropped_and_wanted(facts: Facts) -> Iterator[Finding]:
    """A service was dropped, and yet it is pinned, due, or expected; or nobody says why it was dropped.

    Wrong:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11, dropped: 2027-02-15}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]

    Right:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11, dropped: 2027-02-15, who: Board, why: The old one will do.}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]
    """
    roadmap = facts.workspace.roadmap
    for number, entry in ((number, entry) for number, entry in _entries(facts) if entry.dropped is not None):
        place = facts.span("roadmap", "progress", number, "dropped")
        if entry.why is None:
            yield Finding(_("nobody says why `{service}` was dropped", service=entry.service), place, _("add `why`"))
        if entry.expected is not None:
            path = ("roadmap", "progress", number, "expected")
            yield Finding(
                _("`{service}` was dropped, so it is expected in no wave", service=entry.service),
                facts.span(*path),
                _("delete it"),
            )
        wanted = [("pins", position, pin.service, pin.wave) for position, pin in enumerate(roadmap.pins)]
        wanted += [("deadlines", position, due.service, due.wave) for position, due in enumerate(roadmap.deadlines)]
        for key, position, service, wave in wanted:
            if service == entry.service:
                said = _("`{service}` was dropped, and yet it is wanted in `{wave}`", service=service, wave=wave)
                related = (Related(_("dropped here"), place),)
                hint = _("delete this, or take `dropped` away")
                yield Finding(said, facts.span("roadmap", key, position, "service"), hint, related)


@rule("PMO733", "error")
def expected_in_the_past(facts: Facts) -> Iterator[Finding]:
    """A service that is under way is expected in a wave that is finished.

    Wrong:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-02-01, expected: one}]
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: finished}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2, status: running}

    Right:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-02-01, expected: two}]
          waves:
            - {id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: finished}
            - {id: two, name: Two, starts: 2027-04-01, ends: 2027-06-30, goal: Go on., fte: 2, status: running}
    """
    finished = {wave.id for wave in facts.workspace.roadmap.waves if wave.status == "finished"}
    for number, entry in _entries(facts):
        if entry.expected in finished:
            place = facts.span("roadmap", "progress", number, "expected")
            message = _(
                "`{service}` is expected in `{expected}`, which is finished",
                service=entry.service,
                expected=entry.expected,
            )
            yield Finding(
                message, place, _("say in which wave it is expected now, or move it to `launched` if it is live")
            )


@rule("PMO734", "warning")
def progress_against_the_decision(facts: Facts) -> Iterator[Finding]:
    """A service was dropped and is still offered, or is under way and was declined or deferred.

    The progress weighs more: what was dropped is not planned, whatever was decided. What is under way is not planned
    either when it was declined or deferred. The register of decisions should say what holds.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11, dropped: 2027-02-15, who: Board, why: The old one will do.}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: decline, who: Board, when: 2027-02-15, why: The old one will do.}]
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11, dropped: 2027-02-15, who: Board, why: The old one will do.}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]
    """
    for number, entry in _entries(facts):
        decision = decision_on(facts.workspace, entry.service)
        place = facts.span("roadmap", "progress", number, "service")
        if entry.dropped is not None and decision == "offer":
            yield Finding(
                _("`{service}` was dropped and is still offered", service=entry.service),
                place,
                _("decide to decline or defer it"),
            )
        if entry.dropped is None and decision in ("decline", "defer"):
            message = _(
                "work on `{service}` has begun, but it was {decision}: it is not planned",
                service=entry.service,
                decision=word("decision", decision),
            )
            yield Finding(message, place, _("decide to offer it, or say when it was dropped"))


@rule("PMO735", "note")
def estimate_is_used_up(facts: Facts) -> Iterator[Finding]:
    """A service that is under way has taken as much as was estimated, and nobody says how much is left.

    The plan takes what is left from the estimate, so this service costs nothing more in it. `left_days` says what is true.

    Wrong:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11, effort_days: 8}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]

    Right:
        content/roadmap.yml:
          progress: [{service: register, started: 2027-01-11, effort_days: 8, left_days: 3}]
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2, status: running}]
    """
    for number, entry in _entries(facts):
        estimate = expected_days(facts.workspace.service(entry.service).establish_days)
        if entry.dropped is None and entry.left_days is None and exact(entry.effort_days or 0) >= estimate > 0:
            place = facts.span("roadmap", "progress", number, "effort_days")
            message = _(
                "`{service}` has taken {taken} person-days of {estimate} that were estimated",
                service=entry.service,
                taken=in_figures(entry.effort_days or 0),
                estimate=in_figures(float(estimate), ".3g"),
            )
            yield Finding(message, place, _("say in `left_days` how many are still needed"))


RULES = (
    dates_that_cannot_be,
    progress_told_twice,
    dropped_and_wanted,
    expected_in_the_past,
    progress_against_the_decision,
    estimate_is_used_up,
)
