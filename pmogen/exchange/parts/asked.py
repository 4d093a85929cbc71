"""What the board is asked to decide, found in the data: nobody has to write it down twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pmogen.exchange.parts.hand_offs import is_late
from pmogen.exchange.parts.table import Cell, Column, Table, row
from pmogen.exchange.told import Told, day
from pmogen.language import _
from pmogen.model.terms import word

AHEAD = dt.timedelta(days=92)
"""What ends within so many days is brought up now."""

Asked = tuple[str, str, str]
"""What is to be decided, why now, and where it stands."""


def asked_table(told: Told) -> Table:
    """Everything that waits for a decision, what presses most first."""
    found = (
        *_open_gaps(told),
        *_planned_undecided(told),
        *_hand_offs(told),
        *_ending(told),
        *_second(told),
        *_open(told),
    )
    rows = tuple(row(Cell(what, bold=True), why, place) for what, why, place in found)
    columns = (Column(_("Decision asked for"), 4), Column(_("Why now"), 5), Column(_("Where it is written"), 2.6))
    return Table(
        _("Decisions asked for"),
        columns,
        rows,
        tuple(dict.fromkeys(place for *_rest, place in found)),
        _("Nothing waits for a decision."),
    )


def _open_gaps(told: Told) -> Iterator[Asked]:
    """Large and pressing gaps that nobody closes."""
    place = told.workspace.current.name
    for gap in told.ranked_gaps:
        if told.closings[gap.aspect].how == "open":
            name = told.name("aspects", gap.aspect)
            why = _(
                "A gap of size {size} with priority {priority} that nobody closes.",
                size=word("size", gap.size or ""),
                priority=word("size", gap.priority),
            )
            yield (
                _("{aspect}: offer a service, hand it over or accept it", aspect=name),
                why,
                told.source("assessments", place),
            )


def _planned_undecided(told: Told) -> Iterator[Asked]:
    for placed in told.document.plan.placements:
        if told.services[placed.service].decision == "undecided" and not placed.frozen:
            name = told.name("services", placed.service)
            why = _("The roadmap proposes it for {wave}; nobody has decided on it.", wave=told.wave(placed.wave))
            yield _("Offer {service}?", service=name), why, told.source("decisions", "services")


def _hand_offs(told: Told) -> Iterator[Asked]:
    for number, entry in enumerate(told.document.hand_offs):
        place = told.source("decisions", "hand_offs", number)
        unit = told.entity(entry.entity)
        if entry.status == "proposed":
            why = _("It was proposed to {unit} and is due on {day}; it is not agreed.", unit=unit, day=day(entry.due))
            yield _("Agree on: {hand_off}", hand_off=entry.title), why, place
        elif entry.status == "refused":
            why = _("{unit} refused it, so the gap stays open.", unit=unit)
            yield _("What instead of: {hand_off}", hand_off=entry.title), why, place
        elif is_late(told, entry):
            why = _("{unit} was to do it by {day}.", unit=unit, day=day(entry.due))
            yield _("Help with: {hand_off}", hand_off=entry.title), why, place


def _ending(told: Told) -> Iterator[Asked]:
    """Acceptances and decisions whose day has come, or comes soon."""
    last = told.as_of + AHEAD
    for number, accepted in enumerate(told.document.accepted_gaps):
        if accepted.until <= last:
            name = told.name("aspects", accepted.aspect)
            why = _("{who} accepted the gap until {day}.", who=accepted.who, day=day(accepted.until))
            yield (
                _("Keep accepting the gap: {aspect}?", aspect=name),
                why,
                told.source("decisions", "accepted_gaps", number),
            )
    newest = {made.service: number for number, made in enumerate(told.document.decisions)}
    for number, made in enumerate(told.document.decisions):
        if made.until and made.until <= last and newest[made.service] == number:
            name = told.name("services", made.service)
            why = _(
                "{who} decided ({decision}) until {day}.",
                who=made.who,
                decision=word("decision", made.decision),
                day=day(made.until),
            )
            yield _("Look again at {service}", service=name), why, told.source("decisions", "services", number)


def _second(told: Told) -> Iterator[Asked]:
    """Decisions that the data of today puts into question."""
    reasons = {
        "redundant": _("Everything it closes is closed by other services that are offered."),
        "only closer": _("It is not offered, and nothing else closes a large and pressing gap."),
        "older": _("It was decided before the newest assessment."),
    }
    for look in told.playbook.second_looks:
        if look.reason in reasons:
            name = told.name("services" if look.part == "services" else "aspects", look.about)
            place = told.source("decisions", look.part, look.number)
            yield _("Look again at {service}", service=name), reasons[look.reason], place


def _open(told: Told) -> Iterator[Asked]:
    """Open questions of the foundation that block the next step."""
    questions = {entry.id: entry for entry in told.workspace.catalogue.questions}
    for number, answer in enumerate(told.document.foundation):
        question = questions.get(answer.question)
        if answer.state == "open" and question is not None and question.blocks:
            why = _("The question is open, and the next step waits for it.")
            yield question.question, why, told.source("foundation", "answers", number)
