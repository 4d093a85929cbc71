"""The chapters of the document: foundation, gaps, services, roadmap, and a page for each unit that is asked for something."""

from __future__ import annotations

from pmogen.exchange.parts.asked import asked_table
from pmogen.exchange.parts.gaps import coverage_table, gap_table
from pmogen.exchange.parts.hand_offs import due_in_words, hand_off_table
from pmogen.exchange.parts.risks import risk_table
from pmogen.exchange.parts.roadmap import later_table, load_table, plan_sources
from pmogen.exchange.parts.services import candidate_table, decision_table, kind_of, planned_table, tier_of
from pmogen.exchange.parts.table import Cell, Column, Table, row
from pmogen.exchange.told import Told, day, days, number
from pmogen.exchange.word.paper import Paper
from pmogen.language import _
from pmogen.model.decisions import Entity, HandOff
from pmogen.model.terms import word


def foundation(told: Told, paper: Paper) -> None:
    """Why the PMO exists, for whom, and what is still open."""
    said = told.workspace.foundation
    paper.heading(_("Foundation"), 1, new_page=True)
    paper.text(said.summary)
    paper.heading(_("Customers and what they expect"), 2)
    paper.table(_expectations(told))
    if said.objectives:
        paper.heading(_("Objectives"), 2)
        columns = (
            Column(_("Objective"), 3),
            Column(_("Measure"), 2.5),
            Column(_("Today"), 1.6),
            Column(_("Target"), 1.6),
            Column(_("By"), 1.3),
        )
        rows = tuple(
            row(Cell(entry.objective, bold=True), entry.measure, entry.baseline, entry.target, day(entry.by))
            for entry in said.objectives
        )
        paper.table(Table(_("Objectives"), columns, rows))
    paper.heading(_("Questions and answers"), 2)
    questions = {question.id: question for question in told.workspace.catalogue.questions}
    for answer in told.document.foundation:
        question = questions.get(answer.question)
        paper.heading(question.question if question else answer.question, 3)
        paper.said(_("State"), word("state", answer.state))
        paper.text(answer.answer or _("Nobody has answered it yet."))
    if said.stakeholders:
        paper.heading(_("Stakeholders"), 2)
        columns = (
            Column(_("Role"), 2),
            Column(_("Influence"), 1),
            Column(_("Stance"), 1.1),
            Column(_("At stake"), 3),
            Column(_("How the PMO deals with them"), 3),
        )
        rows = tuple(
            row(
                Cell(entry.role, bold=True),
                word("influence", entry.influence),
                word("stance", entry.stance),
                entry.interest,
                entry.approach,
            )
            for entry in said.stakeholders
        )
        paper.table(Table(_("Stakeholders"), columns, rows))
    paper.sources((told.source("foundation"),))


def _expectations(told: Told) -> Table:
    rows = tuple(
        row(
            Cell(customer.name, bold=True), benefit.benefit, str(benefit.weight), told.names("aspects", benefit.aspects)
        )
        for customer in told.document.customers
        for benefit in customer.expects
    )
    columns = (
        Column(_("Customer"), 1.8),
        Column(_("Expected benefit"), 4),
        Column(_("Weight"), 0.8, "right"),
        Column(_("Aspects"), 3),
    )
    return Table(_("Customers and what they expect"), columns, rows, nothing=_("No customer is named yet."))


def gaps(told: Told, paper: Paper) -> None:
    """The gap register, who closes what, and what stays open on purpose."""
    paper.heading(_("Gaps"), 1, new_page=True)
    assessment = told.document.assessment
    paper.text(_("From: {title}, {day}", title=assessment.title, day=day(assessment.date)))
    table = gap_table(told)
    paper.table(table)
    paper.heading(_("Who closes which gap"), 2)
    paper.table(coverage_table(told))
    if told.document.accepted_gaps:
        paper.heading(_("Gaps that stay open on purpose"), 2)
        columns = (Column(_("Aspect"), 2), Column(_("Why"), 5), Column(_("Who"), 1.6), Column(_("Until"), 1.4))
        rows = tuple(
            row(Cell(told.name("aspects", entry.aspect), bold=True), entry.why, entry.who, day(entry.until))
            for entry in told.document.accepted_gaps
        )
        paper.table(Table(_("Gaps that stay open on purpose"), columns, rows))
    paper.sources(table.sources)


def services(told: Told, paper: Paper) -> None:
    """What is planned, each of it, what else would help, and what was decided."""
    paper.heading(_("Products and services"), 1, new_page=True)
    paper.table(planned_table(told))
    for place in told.document.plan.placements:
        record, service = told.services[place.service], told.workspace.service(place.service)
        paper.heading(record.name, 2)
        kind = _("{kind}, {tier}", kind=kind_of(record), tier=tier_of(record))
        when = _("launches in {wave}", wave=told.wave(place.wave))
        effort = _("{days} to establish, {fte} FTE to run", days=days(record.expected_days), fte=number(record.run_fte))
        paper.text(f"{kind} · {when} · {effort}")
        paper.text(service.purpose)
        paper.text(service.description)
        paper.said(_("What is there once it is established"), "; ".join(service.deliverables))
        paper.said(_("How to request it"), service.request)
        paper.said(_("What can be relied on"), service.service_level)
        paper.said(_("What the customer gives"), service.customer_gives)
        paper.said(_("First measure"), f"{service.kpi.name}. {service.kpi.measure}")
    for table in (candidate_table(told), decision_table(told)):
        paper.heading(table.title, 2)
        paper.table(table)
    paper.sources((told.source("decisions", "services"), told.source("roadmap", "waves")))


def roadmap(told: Told, paper: Paper) -> None:
    """The waves, one after the other, what people have to take, and what has to wait."""
    paper.heading(_("Roadmap"), 1, new_page=True)
    stated = {wave.id: wave for wave in told.workspace.roadmap.waves}
    paper.table(_waves(told))
    for wave in told.document.plan.waves:
        paper.heading(wave.name, 2)
        paper.text(wave.goal)
        launches = told.launched_in(wave.id)
        paper.said(_("Launches"), told.names("services", launches) or _("Nothing launches."))
        for label, lines in (
            (_("Before it starts"), stated[wave.id].entry),
            (_("Before the next one starts"), stated[wave.id].exit),
            (_("Who hears what"), stated[wave.id].communication),
            (_("Who learns what"), stated[wave.id].training),
        ):
            if lines:
                paper.label(label)
                paper.points(lines)
        paper.said(_("Learned"), stated[wave.id].learned)
    for table in (load_table(told), later_table(told), asked_table(told), risk_table(told)):
        paper.heading(table.title, 2)
        paper.table(table)
    paper.sources(plan_sources(told))


def _waves(told: Told) -> Table:
    rows = tuple(
        row(
            Cell(wave.name, bold=True),
            _("{first} to {last}", first=day(wave.starts), last=day(wave.ends)),
            word("status", wave.status),
            str(len(told.launched_in(wave.id))),
            _("{used} of {limit}", used=number(wave.use.build_days, 1), limit=number(wave.use.build_limit, 1)),
            _("{used} of {limit}", used=number(wave.use.run_fte), limit=number(wave.use.run_limit)),
        )
        for wave in told.document.plan.waves
    )
    columns = (
        Column(_("Wave"), 2.4),
        Column(_("When"), 2.8),
        Column(_("State"), 1.1),
        Column(_("Launches"), 1, "right"),
        Column(_("Person-days of building"), 1.5, "right"),
        Column(_("FTE for running"), 1.4, "right"),
    )
    return Table(_("The waves"), columns, rows)


def hand_offs(told: Told, paper: Paper) -> None:
    """All that is asked of others, then a page for each unit."""
    paper.heading(_("Hand-offs"), 1, new_page=True)
    table = hand_off_table(told)
    paper.table(table)
    paper.sources(table.sources)
    for entity in told.document.entities:
        hand_off_page(told, paper, entity, level=2)


def hand_off_page(told: Told, paper: Paper, entity: Entity, level: int = 1) -> None:
    """One page for a unit: what is asked of it, why, by when, and what the PMO does for it."""
    paper.heading(entity.name, level, new_page=True)
    paper.text(entity.description)
    entries = sorted(
        (entry for entry in told.document.hand_offs if entry.entity == entity.id),
        key=lambda entry: (entry.due, entry.id),
    )
    if not entries:
        paper.text(_("Nothing is asked of this unit at present."))
    for entry in entries:
        _hand_off(told, paper, entry, level + 1)
    paper.sources((told.source("decisions", "hand_offs"),))


def _hand_off(told: Told, paper: Paper, entry: HandOff, level: int) -> None:
    paper.heading(entry.title, level)
    paper.text(entry.asked)
    paper.said(_("Due"), due_in_words(told, entry))
    paper.said(_("State"), word("status", entry.status))
    paper.said(_("Who answers for it"), entry.contact)
    paper.said(_("What the PMO does"), entry.pmo_part)
    paper.said(_("What has happened"), entry.note)
    paper.said(_("How the PMO follows up"), entry.follow_up)
    rows = []
    for aspect in entry.aspects:
        gap = told.gaps.get(aspect)
        if gap is not None:
            size = word("size", gap.size) if gap.size else ""
            rows.append(
                row(
                    Cell(told.name("aspects", aspect), bold=True),
                    number(gap.current),
                    number(gap.target),
                    number(gap.amount),
                    size,
                )
            )
    columns = (
        Column(_("For the gap"), 4),
        Column(_("Today"), 1, "right"),
        Column(_("Target"), 1, "right"),
        Column(_("Gap"), 1, "right"),
        Column(_("Size"), 1.2),
    )
    paper.table(Table(_("For the gaps"), columns, tuple(rows), nothing=_("The aspects behind it were not assessed.")))
