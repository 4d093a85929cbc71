"""PMO4xx: gaps that nobody closes."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.language import _
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO401", "error")
def important_gap_left_open(facts: Facts) -> Iterator[Finding]:
    """A gap of size M or H with priority H has no service, hand-off or acceptance.

    What matters most must be answered: by a product or service that is not declined, by a hand-off to
    somebody who can, or by an acceptance with a reason.

    Wrong:
        content/decisions.yml:
          services:
            - {service: register, decision: decline, who: Board, when: 2027-01-10, why: No.}
            - {service: reporting, decision: decline, who: Board, when: 2027-01-10, why: No.}
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 1, current_source: workshop, target: 3, priority: H, priority_reason: Asked for.}

    Right:
        content/decisions.yml:
          accepted_gaps: [{aspect: visibility, who: Board, when: 2027-01-10, why: Not now., until: 2028-01-10}]
          services:
            - {service: register, decision: decline, who: Board, when: 2027-01-10, why: No.}
            - {service: reporting, decision: decline, who: Board, when: 2027-01-10, why: No.}
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 1, current_source: workshop, target: 3, priority: H, priority_reason: Asked for.}
    """
    how = {closing.aspect: closing for closing in facts.choice.closings}
    for gap in facts.gaps:
        if gap.size in ("M", "H") and gap.priority == "H" and how[gap.aspect].how == "open":
            place = facts.span("assessments", facts.workspace.current.name, "aspects", _number(facts, gap.aspect))
            hint = _("offer a service that lifts it, hand it off, or accept it with a reason (content/decisions.yml)")
            if how[gap.aspect].beyond_pmo:
                hint = _("a PMO cannot close it: hand it off, or accept it with a reason (content/decisions.yml)")
            yield Finding(
                _("nothing closes the gap in `{aspect}` (size {size}, priority H)", aspect=gap.aspect, size=gap.size),
                place,
                hint,
            )


@rule("PMO402", "warning")
def most_gaps_beyond_reach(facts: Facts) -> Iterator[Finding]:
    """More than a third of the gaps are beyond what a PMO can close.

    Then the discussion drifts to what others should do. Focus it on what a PMO can close.

    Wrong:
        catalog/own.yml:
          aspects: [{id: visibility, pmo_can_close: not}]

    Right:
        catalog/own.yml:
          aspects: [{id: visibility, pmo_can_close: fully}]
    """
    real = [gap.aspect for gap in facts.gaps if gap.kind == "gap"]
    beyond = [aspect for aspect in real if facts.workspace.find("aspects", aspect).pmo_can_close == "not"]
    if len(beyond) * 3 > len(real):
        place = facts.span("assessments", facts.workspace.current.name, "aspects", key=True)
        yield Finding(
            _("{beyond} of {gaps} gaps are beyond the PMO's reach", beyond=len(beyond), gaps=len(real)),
            place,
            _("focus on what a PMO can close"),
        )


@rule("PMO403", "warning")
def acceptance_without_gap(facts: Facts) -> Iterator[Finding]:
    """A gap is accepted that is none.

    Wrong:
        content/decisions.yml:
          accepted_gaps: [{aspect: visibility, who: Board, when: 2027-01-10, why: Not now., until: 2028-01-10}]
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 3, current_source: workshop, target: 3}]

    Right:
        content/decisions.yml:
          accepted_gaps: [{aspect: visibility, who: Board, when: 2027-01-10, why: Not now., until: 2028-01-10}]
    """
    real = {gap.aspect for gap in facts.gaps if gap.kind == "gap"}
    for number, accepted in enumerate(facts.workspace.decisions.accepted_gaps):
        if accepted.aspect not in real:
            place = facts.span("decisions", "accepted_gaps", number, "aspect")
            yield Finding(
                _("`{aspect}` is accepted, but has no gap", aspect=accepted.aspect), place, _("delete the acceptance")
            )


def _number(facts: Facts, aspect: str) -> int:
    stated = facts.workspace.current.assessment.aspects
    return next(number for number, entry in enumerate(stated) if entry.aspect == aspect)


@rule("PMO404", "warning")
def acceptance_ended(facts: Facts) -> Iterator[Finding]:
    """A gap was accepted until a day that has passed.

    The day compared is `as_of` of the playbook.

    Wrong:
        content/decisions.yml:
          accepted_gaps: [{aspect: visibility, who: Board, when: 2026-01-10, why: Not now., until: 2026-12-31}]

    Right:
        content/decisions.yml:
          accepted_gaps: [{aspect: visibility, who: Board, when: 2026-01-10, why: Not now., until: 2027-12-31}]
    """
    for number, accepted in enumerate(facts.workspace.decisions.accepted_gaps):
        if accepted.until < facts.workspace.settings.as_of:
            place = facts.span("decisions", "accepted_gaps", number, "until")
            yield Finding(
                _("the gap in `{aspect}` is no longer accepted", aspect=accepted.aspect), place, _("decide again")
            )


@rule("PMO405", "note")
def priority_far_from_expectations(facts: Facts) -> Iterator[Finding]:
    """A stated priority is far from what the customers' expected benefits propose.

    Low where the customers' weights say high, or the other way round. The stated priority holds; the
    page of the gap shows both.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 2, current_source: workshop, target: 3, priority: L, priority_reason: Later.}
        content/foundation.yml:
          customers:
            - id: boards
              name: Boards
              expects:
                - {id: no-surprises, benefit: No surprises., weight: 5, aspects: [visibility]}
                - {id: one-list, benefit: One list., weight: 5, aspects: [visibility]}

    Right:
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 2, current_source: workshop, target: 3, priority: M, priority_reason: Later.}
    """
    for gap in facts.gaps:
        if gap.kind == "gap" and {gap.priority, gap.proposed_priority} == {"L", "H"}:
            place = facts.span(
                "assessments", facts.workspace.current.name, "aspects", _number(facts, gap.aspect), "priority"
            )
            message = _(
                "priority {priority} is stated for `{aspect}`, the customers' weights propose {proposed}",
                priority=gap.priority,
                aspect=gap.aspect,
                proposed=gap.proposed_priority,
            )
            yield Finding(message, place, _("talk to the customers, or let the priority be proposed"))


@rule("PMO406", "warning")
def nobody_asked_for_what_is_beyond_reach(facts: Facts) -> Iterator[Finding]:
    """A gap that a PMO cannot close is handed to nobody.

    The catalogue says of the aspect that a PMO cannot close it (`pmo_can_close: not`). Services may help,
    but a gap of size M or H needs somebody who can act: a hand-off, or an acceptance with a reason. With
    priority H this is an error (PMO401).

    Wrong:
        catalog/own.yml:
          aspects: [{id: visibility, pmo_can_close: not}]

    Right:
        catalog/own.yml:
          aspects: [{id: visibility, pmo_can_close: not}]
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
              status: proposed
    """
    how = {closing.aspect: closing for closing in facts.choice.closings}
    for gap in facts.gaps:
        if gap.size not in ("M", "H") or gap.priority == "H":
            continue
        if how[gap.aspect].beyond_pmo and how[gap.aspect].how == "open":
            place = facts.span("assessments", facts.workspace.current.name, "aspects", _number(facts, gap.aspect))
            hint = _("hand it off, or accept it with a reason (content/decisions.yml)")
            yield Finding(
                _("the gap in `{aspect}` is beyond a PMO's reach, and nobody is asked", aspect=gap.aspect), place, hint
            )


RULES = (
    important_gap_left_open,
    most_gaps_beyond_reach,
    acceptance_without_gap,
    acceptance_ended,
    priority_far_from_expectations,
    nobody_asked_for_what_is_beyond_reach,
)
