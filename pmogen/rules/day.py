"""What becomes wrong by itself as days go by: rules that compare a date with the day the playbook stands for."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.language import _
from pmogen.rules.rule import Facts, Finding, rule

A_YEAR = 366
"""Days after which an assessment has to be made again."""


@rule("PMO206", "warning")
def answer_overdue(facts: Facts) -> Iterator[Finding]:
    """An answer is still open or assumed after the day by which it was to be settled.

    The day compared is `as_of` of the playbook.

    Wrong:
        content/foundation.yml:
          answers:
            - {question: sponsor, state: assumed, answer: The head of operations., owner: Head of the PMO, due: 2026-12-31}

    Right:
        content/foundation.yml:
          answers:
            - {question: sponsor, state: assumed, answer: The head of operations., owner: Head of the PMO, due: 2027-12-31}
    """
    for number, answer in enumerate(facts.workspace.foundation.answers):
        if answer.state != "known" and answer.due is not None and answer.due < facts.workspace.settings.as_of:
            yield Finding(
                _("`{question}` was to be settled by {due}", question=answer.question, due=answer.due),
                facts.span("foundation", "answers", number, "due"),
                _("ask who settles it, then write the answer or a new date"),
            )


@rule("PMO317", "warning")
def assessment_too_old(facts: Facts) -> Iterator[Finding]:
    """The newest assessment is more than a year old.

    Levels move, and people change. The day compared is `as_of` of the playbook.

    Wrong:
        content/playbook.yml: {as_of: 2028-06-30}

    Right:
        content/playbook.yml: {as_of: 2027-06-30}
    """
    current, today = facts.workspace.current, facts.workspace.settings.as_of
    age = (today - current.assessment.date).days
    if age > A_YEAR:
        yield Finding(
            _("on {today} the newest assessment is {age} days old", today=today, age=age),
            facts.span("assessments", current.name, "date"),
            _("assess again, at least the aspects with the largest gaps"),
        )


@rule("PMO713", "warning")
def wave_ended(facts: Facts) -> Iterator[Finding]:
    """A wave has ended, but nobody says what it brought.

    Its status becomes `finished`, and `launched` says what went live. The day compared is `as_of` of the playbook.

    Wrong:
        content/playbook.yml: {as_of: 2027-04-30}

    Right:
        content/playbook.yml: {as_of: 2027-03-30}
    """
    today = facts.workspace.settings.as_of
    for number, wave in enumerate(facts.workspace.roadmap.waves):
        if wave.status != "finished" and wave.ends < today:
            yield Finding(
                _("`{wave}` ended on {day}, and is not finished", wave=wave.id, day=wave.ends),
                facts.span("roadmap", "waves", number, "ends"),
                _("write what went live into `launched`, and set the status"),
            )


RULES = (answer_overdue, assessment_too_old, wave_ended)

OF_THE_DAY = frozenset((*(each.code for each in RULES), "PMO404", "PMO604", "PMO611"))
"""Rules whose findings come by themselves: hand-offs past due, acceptances and decisions that ended, and those above."""
