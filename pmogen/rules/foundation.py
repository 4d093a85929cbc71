"""PMO2xx: who the PMO serves, why, and with what mandate."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.language import _
from pmogen.model.terms import word
from pmogen.rules.rule import Facts, Finding, rule


@rule("PMO201", "warning")
def blocking_question_open(facts: Facts) -> Iterator[Finding]:
    """A question that blocks the next phase has no answer yet.

    Scope, sponsor and customers must be settled (or at least assumed, and said to be) before gaps are
    worth discussing. The page of open questions shows them on top.

    Wrong:
        content/foundation.yml:
          answers: [{question: sponsor, state: open}]

    Right:
        content/foundation.yml:
          answers: [{question: sponsor, state: known, answer: The head of operations.}]
    """
    answered = {answer.question: answer for answer in facts.workspace.foundation.answers}
    for question in facts.workspace.catalogue.questions:
        answer = answered.get(question.id)
        if question.blocks and (answer is None or answer.state == "open"):
            number = next(
                (n for n, entry in enumerate(facts.workspace.foundation.answers) if entry.question == question.id), None
            )
            place = facts.span("foundation", "answers", *(() if number is None else (number,)))
            message = _(
                "the question `{question}` blocks the next phase and is open: {words}",
                question=question.id,
                words=question.question,
            )
            yield Finding(message, place, _("find out, or write an assumption down with who confirms it"))


@rule("PMO202", "error")
def answer_without_text(facts: Facts) -> Iterator[Finding]:
    """An answer that is known or assumed, but says nothing.

    Wrong:
        content/foundation.yml:
          answers: [{question: sponsor, state: known}]

    Right:
        content/foundation.yml:
          answers: [{question: sponsor, state: known, answer: The head of operations.}]
    """
    for number, answer in enumerate(facts.workspace.foundation.answers):
        if answer.state != "open" and not answer.answer:
            place = facts.span("foundation", "answers", number, "state")
            yield Finding(
                _(
                    "`{question}` is {state} but has no answer",
                    question=answer.question,
                    state=word("state", answer.state),
                ),
                place,
                _("write it, or set the state to open"),
            )


@rule("PMO203", "error")
def question_answered_twice(facts: Facts) -> Iterator[Finding]:
    """The same question is answered twice.

    Wrong:
        content/foundation.yml:
          answers:
            - {question: sponsor, state: known, answer: The head of operations.}
            - {question: sponsor, state: open}

    Right:
        content/foundation.yml:
          answers: [{question: sponsor, state: known, answer: The head of operations.}]
    """
    seen: set[str] = set()
    for number, answer in enumerate(facts.workspace.foundation.answers):
        if answer.question in seen:
            place = facts.span("foundation", "answers", number, "question")
            yield Finding(_("`{question}` is answered twice", question=answer.question), place, _("keep one answer"))
        seen.add(answer.question)


@rule("PMO204", "warning")
def no_customers(facts: Facts) -> Iterator[Finding]:
    """No customer of the PMO is named.

    Reasons for services begin with what customers expect; without customers every priority has to be
    stated by hand.

    Wrong:
        content/foundation.yml:
          customers: []

    Right:
        content/foundation.yml:
          customers:
            - id: boards
              name: Boards
              expects: [{id: no-surprises, benefit: No surprises., weight: 5, aspects: [visibility]}]
    """
    if not facts.workspace.foundation.customers:
        place = facts.span("foundation", "customers")
        yield Finding(_("no customers are named"), place, _("add at least the sponsors and the project managers"))


@rule("PMO205", "warning")
def open_without_owner(facts: Facts) -> Iterator[Finding]:
    """An open or assumed answer that nobody is going to settle.

    Wrong:
        content/foundation.yml:
          answers: [{question: sponsor, state: assumed, answer: The head of operations.}]

    Right:
        content/foundation.yml:
          answers:
            - {question: sponsor, state: assumed, answer: The head of operations., owner: Head of the PMO, due: 2027-03-31}
    """
    for number, answer in enumerate(facts.workspace.foundation.answers):
        if answer.state != "known" and not (answer.owner and answer.due):
            place = facts.span("foundation", "answers", number)
            message = _(
                "`{question}` is {state}, but it is not said who settles it by when",
                question=answer.question,
                state=word("state", answer.state),
            )
            yield Finding(message, place, _("add `owner:` and `due:`"))


RULES = (blocking_question_open, answer_without_text, question_answered_twice, no_customers, open_without_owner)
