"""The foundation: answers to its questions, and what customers expect."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.told import Told
from pmogen.exchange.workbook.form import Column, Form, Part, Row, editable
from pmogen.exchange.workbook.kinds import Day, Several, Words
from pmogen.exchange.workbook.sheets import offered
from pmogen.language import _
from pmogen.model.foundation import Answer, Customer, ExpectedBenefit
from pmogen.model.workspace import Workspace

FILE = "content/foundation.yml"


def answers_form(workspace: Workspace) -> Form:
    """One row a question of the catalogue."""
    part = Part("answer", FILE, workspace.foundation, "answers", "question", Answer)
    return Form(
        "foundation",
        _("Foundation: what the PMO rests on"),
        _("Foundation"),
        _(
            "One answer a row. Known, assumed (works until somebody proves it wrong) or open; open and assumed ones need "
            "somebody who settles them, and a day."
        ),
        (part,),
        (
            Column("topic", _("Topic"), Words(), 14),
            Column("question", _("Question"), Words(), 30),
            Column("help", _("What a good answer contains"), Words(long=True), 38),
            editable("answer.state", _("State"), offered.states(), 11, _("Choose known, assumed or open."), badge=True),
            editable(
                "answer.answer", _("Answer"), Words(long=True), 52, _("May stay empty only while the state is open.")
            ),
            editable("answer.source", _("Where it comes from"), Words(), 22),
            editable("answer.owner", _("Who settles it"), Words(), 18, _("A role, never a name.")),
            editable("answer.due", _("By when"), Day(), 12),
        ),
        (),
        frozen=3,
        id_width=18,
    )


def answers_rows(told: Told, _form: Form) -> Iterator[Row]:
    for question in told.workspace.catalogue.questions:
        computed = {"topic": question.topic, "question": question.question, "help": question.help}
        yield Row(question.id, computed)


def benefits_form(workspace: Workspace) -> Form:
    """One row an expected benefit."""
    part = Part(
        *("benefit", FILE, workspace.foundation, "customers"),
        model=ExpectedBenefit,
        parent="id",
        child="expects",
        parent_model=Customer,
    )
    return Form(
        "expectations",
        _("Expectations: what customers want from the PMO"),
        _("Expectations"),
        _(
            "In the customers' own words. The weight, 1 to 5, says how much it matters to them; weights raise the priority "
            "of the gaps they name. New ones go into the empty rows at the end."
        ),
        (part,),
        (
            Column(
                "customer",
                _("Customer"),
                offered.customers(workspace),
                22,
                _("Choose whose expectation it is."),
                new_only=True,
            ),
            editable("benefit.benefit", _("Expected benefit"), Words(), 46, _("In the customer's own words.")),
            editable("benefit.weight", _("Weight"), offered.WEIGHT, 9, _("How much it matters, 1 to 5."), badge=True),
            editable(
                *("benefit.aspects", _("Aspects that have to improve"), Several(offered.aspects(workspace)), 30),
                _("One a line: names or ids of aspects, as on the sheet of the assessment."),
            ),
            editable("benefit.noticed_by", _("How they will notice it"), Words(), 44),
        ),
        (),
        spare=10,
        id_width=30,
        new_parents=offered.customers(workspace),
    )


def benefits_rows(told: Told, _form: Form) -> Iterator[Row]:
    for customer in told.workspace.foundation.customers:
        for benefit in customer.expects:
            yield Row(f"{customer.id}/{benefit.id}", {"customer": customer.id})
