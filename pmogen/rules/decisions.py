"""PMO6xx: decisions that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.launched import live_services
from pmogen.diagnostics import Related
from pmogen.language import _
from pmogen.model.terms import word
from pmogen.rules.rule import NAMED, Facts, Finding, first_of, rule


@rule("PMO601", "error")
def decided_twice(facts: Facts) -> Iterator[Finding]:
    """Two decisions on the same service.

    Keep the one that holds; git remembers the other.

    Wrong:
        content/decisions.yml:
          services:
            - {service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
            - {service: register, decision: decline, who: Board, when: 2027-02-10, why: No.}

    Right:
        content/decisions.yml:
          services:
            - {service: register, decision: decline, who: Board, when: 2027-02-10, why: No.}
    """
    first: dict[str, int] = {}
    for number, made in enumerate(facts.workspace.decisions.services):
        if made.service in first:
            related = Related(_("the other one"), facts.span("decisions", "services", first[made.service]))
            place = facts.span("decisions", "services", number, "service")
            yield Finding(
                _("`{service}` is decided twice", service=made.service),
                place,
                _("keep the decision that holds"),
                (related,),
            )
        first.setdefault(made.service, number)


@rule("PMO602", "error")
def declined_prerequisite(facts: Facts) -> Iterator[Finding]:
    """A service is offered, but one that it requires is declined or put off.

    Wrong:
        content/decisions.yml:
          services:
            - {service: reporting, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
            - {service: register, decision: decline, who: Board, when: 2027-01-10, why: No.}

    Right:
        content/decisions.yml:
          services:
            - {service: reporting, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
            - {service: register, decision: offer, who: Board, when: 2027-01-10, why: Needed.}
    """
    made = {entry.service: (number, entry.decision) for number, entry in enumerate(facts.workspace.decisions.services)}
    for service, (number, decision) in made.items():
        if decision != "offer":
            continue
        entry = facts.workspace.service(service)
        for needed in (*entry.requires, *entry.requires_same_wave):
            other, state = made.get(needed, (0, "undecided"))
            if state in ("decline", "defer"):
                related = Related(
                    _("`{service}` is {decision} here", service=needed, decision=word("decision", state)),
                    facts.span("decisions", "services", other),
                )
                place = facts.span("decisions", "services", number, "service")
                message = _(
                    "`{service}` is offered, but it requires `{needed}`, which is not", service=service, needed=needed
                )
                yield Finding(
                    message,
                    place,
                    _("offer `{needed}` too, or defer `{service}`", needed=needed, service=service),
                    (related,),
                )


@rule("PMO603", "warning")
def offered_without_gap(facts: Facts) -> Iterator[Finding]:
    """A service is offered that lifts no gap and that no offered service requires.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 3, current_source: workshop, target: 3}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
    """
    candidates = {candidate.service for candidate in facts.choice.candidates} | live_services(facts.workspace).keys()
    offered = [entry.service for entry in facts.workspace.decisions.services if entry.decision == "offer"]
    needed = {
        other
        for service in offered
        for other in (*facts.workspace.service(service).requires, *facts.workspace.service(service).requires_same_wave)
    }
    for number, made in enumerate(facts.workspace.decisions.services):
        if made.decision == "offer" and made.service not in candidates | needed:
            place = facts.span("decisions", "services", number, "service")
            yield Finding(
                _("`{service}` is offered, but lifts no gap here", service=made.service),
                place,
                _("decline it, or look at the targets again"),
            )


@rule("PMO604", "warning")
def hand_off_overdue(facts: Facts) -> Iterator[Finding]:
    """A hand-off is due, but not done.

    The day compared is `as_of` of the playbook.

    Wrong:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay in 30 days.
              contact: Head of finance
              due: 2026-12-31
              status: agreed

    Right:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay in 30 days.
              contact: Head of finance
              due: 2026-12-31
              status: done
    """
    for number, hand_off in enumerate(facts.workspace.decisions.hand_offs):
        if hand_off.due < facts.workspace.settings.as_of and hand_off.status not in ("done", "refused"):
            place = facts.span("decisions", "hand_offs", number, "due")
            yield Finding(
                _("the hand-off `{hand_off}` was due on {due}", hand_off=hand_off.id, due=hand_off.due),
                place,
                _("ask, then set the status or a new date"),
            )


@rule("PMO605", "warning")
def hand_off_refused(facts: Facts) -> Iterator[Finding]:
    """A hand-off was refused, so its gap is open again.

    Wrong:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay in 30 days.
              contact: Head of finance
              due: 2027-06-30
              status: refused

    Right:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay in 30 days.
              contact: Head of finance
              due: 2027-06-30
              status: agreed
    """
    for number, hand_off in enumerate(facts.workspace.decisions.hand_offs):
        if hand_off.status == "refused":
            place = facts.span("decisions", "hand_offs", number, "status")
            hint = _("find another owner, or accept the gap with a reason")
            yield Finding(_("the hand-off `{hand_off}` is refused", hand_off=hand_off.id), place, hint)


@rule("PMO606", "note")
def hand_off_without_gap(facts: Facts) -> Iterator[Finding]:
    """Something is handed off for an aspect that has no gap.

    Wrong:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay in 30 days.
              contact: Head of finance
              due: 2027-06-30
              status: agreed
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 3, current_source: workshop, target: 3}]

    Right:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay in 30 days.
              contact: Head of finance
              due: 2027-06-30
              status: agreed
    """
    real = {gap.aspect for gap in facts.gaps if gap.kind == "gap"}
    for number, hand_off in enumerate(facts.workspace.decisions.hand_offs):
        for place, aspect in enumerate(hand_off.aspects):
            if aspect not in real:
                span = facts.span("decisions", "hand_offs", number, "aspects", place)
                yield Finding(
                    _(
                        "`{hand_off}` is handed off for `{aspect}`, which has no gap",
                        hand_off=hand_off.id,
                        aspect=aspect,
                    ),
                    span,
                    _("take the aspect out"),
                )


@rule("PMO607", "warning")
def decided_in_the_future(facts: Facts) -> Iterator[Finding]:
    """A decision is dated after the day the playbook stands for.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2029-01-10, why: Wanted.}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]
    """
    today = facts.workspace.settings.as_of
    for part in ("services", "accepted_gaps"):
        for number, made in enumerate(getattr(facts.workspace.decisions, part)):
            if made.when > today:
                place = facts.span("decisions", part, number, "when")
                yield Finding(
                    _("this is decided on {day}, after the playbook's own day ({today})", day=made.when, today=today),
                    place,
                    _("correct the date"),
                )


@rule("PMO608", "note")
def decided_before_the_assessment(facts: Facts) -> Iterator[Finding]:
    """A decision is older than the assessment it rests on.

    The newest assessment may say something else than what people had before them when they decided. What
    is live already is not looked at again.

    Wrong:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}]

    Right:
        content/decisions.yml:
          services: [{service: register, decision: offer, who: Board, when: 2027-01-31, why: Wanted.}]
    """
    assessed = facts.workspace.current.assessment.date
    for look in facts.second_looks:
        if look.reason == "older":
            made = getattr(facts.workspace.decisions, look.part)[look.number]
            place = facts.span("decisions", look.part, look.number, "when")
            message = _(
                "the decision on `{about}` of {day} is older than the assessment of {assessed}",
                about=look.about,
                day=made.when,
                assessed=assessed,
            )
            yield Finding(message, place, _("look at it again, and date it anew if it still holds"))


@rule("PMO609", "warning")
def declined_what_only_closes(facts: Facts) -> Iterator[Finding]:
    """A service is declined that alone would close a gap of size M or H and priority H.

    Nothing else that is not declined lifts the aspect, nobody has accepted the gap, and no hand-off for it
    is agreed.

    Wrong:
        content/decisions.yml:
          services:
            - {service: register, decision: decline, who: Board, when: 2027-01-31, why: No.}
            - {service: reporting, decision: decline, who: Board, when: 2027-01-31, why: No.}
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 1, current_source: workshop, target: 3, priority: H, priority_reason: Asked for.}

    Right:
        content/decisions.yml:
          services:
            - {service: reporting, decision: decline, who: Board, when: 2027-01-31, why: No.}
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 1, current_source: workshop, target: 3, priority: H, priority_reason: Asked for.}
    """
    for look in facts.second_looks:
        if look.reason == "only closer":
            place = facts.span("decisions", "services", look.number, "decision")
            hint = _("offer it, agree on a hand-off, or accept the gap with a reason")
            yield Finding(
                _(
                    "`{service}` is declined, but nothing else closes the gap in {aspects}",
                    service=look.about,
                    aspects=first_of([f"`{aspect}`" for aspect in look.aspects]),
                ),
                place,
                hint,
            )


@rule("PMO610", "note")
def offered_though_redundant(facts: Facts) -> Iterator[Finding]:
    """Services are offered that close nothing beyond what the others close.

    Each of them closes gaps alone, but all other services that are offered close them as far already,
    and none of these needs it. There may be other reasons to offer it; if there are none, it is effort for
    nothing. Two of them may stand in for each other, so look at them one by one. One finding names them, where there
    are many the first ten.

    Wrong:
        content/decisions.yml:
          services:
            - {service: register, decision: offer, who: Board, when: 2027-01-31, why: Wanted.}
            - {service: reporting, decision: offer, who: Board, when: 2027-01-31, why: Wanted.}

    Right:
        content/decisions.yml:
          services:
            - {service: register, decision: offer, who: Board, when: 2027-01-31, why: Wanted.}
    """
    looks = [look for look in facts.second_looks if look.reason == "redundant"]
    if looks:
        found = looks[:NAMED]
        places = [facts.span("decisions", "services", look.number, "service") for look in found]
        related = tuple(
            Related(_("`{service}` is another", service=look.about), place)
            for look, place in zip(found[1:], places[1:], strict=True)
        )
        message = _(
            "offered, though the others that are offered already close all that it would: {services}",
            services=first_of([f"`{look.about}`" for look in looks]),
        )
        yield Finding(message, places[0], _("keep what has another reason; look at them one by one"), related)


@rule("PMO611", "warning")
def decision_ended(facts: Facts) -> Iterator[Finding]:
    """A decision on a service was to be looked at again on a day that has passed.

    The day compared is `as_of` of the playbook. What is live already is not looked at again.

    Wrong:
        content/decisions.yml:
          services:
            - {service: register, decision: defer, who: Board, when: 2026-01-10, why: Not now., until: 2026-12-31}

    Right:
        content/decisions.yml:
          services:
            - {service: register, decision: defer, who: Board, when: 2026-01-10, why: Not now., until: 2027-12-31}
    """
    for look in facts.second_looks:
        if look.reason == "ended" and look.part == "services":
            made = facts.workspace.decisions.services[look.number]
            place = facts.span("decisions", "services", look.number, "until")
            yield Finding(
                _("the decision on `{service}` holds until {until}", service=look.about, until=made.until),
                place,
                _("decide again"),
            )


RULES = (
    decided_twice,
    declined_prerequisite,
    offered_without_gap,
    hand_off_overdue,
    hand_off_refused,
    hand_off_without_gap,
    decided_in_the_future,
    decided_before_the_assessment,
    declined_what_only_closes,
    offered_though_redundant,
    decision_ended,
)
