"""Risks that the data shows."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.parts.hand_offs import is_late
from pmogen.exchange.parts.table import Cell, Column, Table, row
from pmogen.exchange.told import Told, day, number
from pmogen.language import _, ngettext

FULL = ("full", "over")

Risk = tuple[str, str, str]
"""What may go wrong, how it shows, and where that stands."""


def risk_table(told: Told) -> Table:
    """What may go wrong and how it shows, the plan first."""
    found = (*_of_the_plan(told), *_load(told), *_late(told), *_unsure(told), *_problems(told))
    rows = tuple(row(Cell(what, bold=True), how, place) for what, how, place in found)
    columns = (Column(_("Risk"), 3.4), Column(_("How it shows"), 5.6), Column(_("Where it is written"), 2.6))
    return Table(
        _("Risks that the data shows"),
        columns,
        rows,
        tuple(dict.fromkeys(place for *_rest, place in found)),
        _("The data shows none. That is not proof that there is none."),
    )


def _of_the_plan(told: Told) -> Iterator[Risk]:
    plan = told.document.plan
    place = told.source("plan") if told.workspace.published else told.source("roadmap", "waves")
    if told.document.plan_state == "stale":
        yield _("People know another roadmap than this one"), _("content/plan.yml is out of date."), place
    for problem in plan.problems:
        yield _("A wish for the roadmap cannot be met"), problem, told.source("roadmap")
    running = [wave for wave in plan.waves if wave.status != "finished" and wave.use.build_limit > 0]
    for wave in running:
        if wave.use.build_days * 10 >= wave.use.build_limit * 9:
            how = _(
                "{used} of at most {limit} person-days of building are planned.",
                used=number(wave.use.build_days, 1),
                limit=number(wave.use.build_limit, 1),
            )
            yield _("No slack in {wave}", wave=wave.name), how, told.source("roadmap", "waves")


def _load(told: Told) -> Iterator[Risk]:
    ended = {wave.id for wave in told.document.plan.waves if wave.status == "finished"}
    for load in told.document.plan.loads:
        if load.band in FULL and load.wave not in ended:
            what = _("Too much change for {audience}", audience=told.name("audiences", load.audience))
            how = _(
                "{used} of {limit} change points in {wave}.",
                used=number(load.points, 1),
                limit=number(load.capacity, 1),
                wave=told.wave(load.wave),
            )
            yield what, how, told.source("roadmap", "audiences")


def _late(told: Told) -> Iterator[Risk]:
    for place, entry in enumerate(told.document.hand_offs):
        if is_late(told, entry):
            how = _("{unit} was to do it by {day}.", unit=told.entity(entry.entity), day=day(entry.due))
            yield _("Late: {hand_off}", hand_off=entry.title), how, told.source("decisions", "hand_offs", place)


def _unsure(told: Told) -> Iterator[Risk]:
    talk = [aspect.name for aspect in told.document.assessment.aspects if aspect.talk_first]
    if talk:
        how = ngettext("{count} aspect: {names}", "{count} aspects: {names}", len(talk), names=", ".join(talk))
        place = told.source("assessments", told.workspace.current.name, "aspects")
        yield _("People do not agree on where things stand"), how, place
    assumed = [answer for answer in told.document.foundation if answer.state != "known"]
    if assumed:
        how = ngettext(
            "{count} answer of the foundation is assumed or open.",
            "{count} answers of the foundation are assumed or open.",
            len(assumed),
        )
        yield _("The foundation is not settled"), how, told.source("foundation", "answers")


def _problems(told: Told) -> Iterator[Risk]:
    """Common problems of which the data shows signs."""
    for problem in told.document.problems:
        if problem.likely:
            signs = (f"{_about(told, sign.kind, sign.about)} {sign.found}" for sign in problem.signs)
            yield problem.name, "; ".join(signs), told.source("problems", problem.id)


def _about(told: Told, kind: str, about: str) -> str:
    if kind == "aspect":
        return told.name("aspects", about)
    question = told.workspace.find("questions", about)
    return question.topic if question else about
