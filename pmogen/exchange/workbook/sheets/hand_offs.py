"""Hand-offs, and the units that take them."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.told import Told
from pmogen.exchange.workbook.form import Form, Part, Row, editable
from pmogen.exchange.workbook.kinds import Day, Several, Words
from pmogen.exchange.workbook.sheets import offered
from pmogen.exchange.workbook.sheets.decisions import FILE
from pmogen.language import _
from pmogen.model.decisions import Entity, HandOff
from pmogen.model.workspace import Workspace


def units_form(workspace: Workspace) -> Form:
    """One row a unit outside the PMO."""
    return Form(
        "units",
        _("Units that take hand-offs"),
        _("Units"),
        _("Units outside the PMO that are asked to close what the PMO cannot close. New ones go into the empty rows."),
        (Part("unit", FILE, workspace.decisions, "entities", model=Entity),),
        (
            editable("unit.name", _("Unit"), Words(), 34, _("What the unit is called.")),
            editable("unit.description", _("What it does"), Words(long=True), 80, _("In a sentence or two.")),
        ),
        (),
        spare=6,
        id_width=24,
    )


def units_rows(told: Told, _form: Form) -> Iterator[Row]:
    for entity in told.workspace.decisions.entities:
        yield Row(entity.id)


def form(workspace: Workspace) -> Form:
    """One row a hand-off."""
    return Form(
        "hand-offs",
        _("Hand-offs: what is asked of others"),
        _("Hand-offs"),
        _(
            "What the PMO cannot close itself: who is asked, for what, and until when. New ones go into the empty rows; the "
            "id may stay empty there."
        ),
        (Part("hand-off", FILE, workspace.decisions, "hand_offs", model=HandOff),),
        (
            editable("hand-off.title", _("What is asked"), Words(), 28, _("In a few words.")),
            editable("hand-off.entity", _("Unit"), offered.units(workspace), 22, _("Choose the unit that is asked.")),
            editable(
                *("hand-off.aspects", _("Gaps it helps to close"), Several(offered.aspects(workspace)), 24),
                _("One a line: names or ids of aspects."),
            ),
            editable("hand-off.asked", _("What exactly is asked"), Words(long=True), 48),
            editable("hand-off.pmo_part", _("What the PMO contributes"), Words(long=True), 34),
            editable("hand-off.contact", _("Who answers for it"), Words(), 18, _("A role, never a name.")),
            editable("hand-off.due", _("Due"), Day(), 12, _("By when it is needed.")),
            editable(
                *("hand-off.status", _("Status"), offered.progress(), 13, _("How far it is.")),
                badge=True,
                default="proposed",
            ),
            editable("hand-off.agreed_on", _("Agreed on"), Day(), 12),
            editable("hand-off.note", _("What has happened"), Words(long=True), 34),
            editable(
                "hand-off.follow_up", _("How the PMO follows up"), Words(long=True), 34, _("Who asks, when, what then.")
            ),
        ),
        (),
        spare=10,
        id_width=24,
    )


def rows(told: Told, _form: Form) -> Iterator[Row]:
    for entry in told.workspace.decisions.hand_offs:
        yield Row(entry.id)
