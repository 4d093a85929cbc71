"""The assessment: levels of today, targets and priorities."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.exchange.told import Told
from pmogen.exchange.workbook.form import Column, Form, Part, Row, editable
from pmogen.exchange.workbook.kinds import Day, Number, Several, Words
from pmogen.exchange.workbook.sheets import offered
from pmogen.language import _
from pmogen.model.assessment import AspectAssessment, LeftOut
from pmogen.model.workspace import Workspace


def form(workspace: Workspace) -> Form:
    """One row an aspect of the newest assessment."""
    current = workspace.current
    file = workspace.places.span("assessments", current.name).file
    stated = Part("stated", file, current.assessment, "aspects", "aspect", AspectAssessment, bare=True, instead="left")
    left = Part("left", file, current.assessment, "left_out", "aspect", LeftOut, head="reason")
    return Form(
        "assessment",
        _("Assessment: {title}", title=current.assessment.title),
        _("Assessment"),
        _(
            "Choose the level whose description fits what is seen today, then the target and the priority. An empty level is "
            "taken from the answers. A level that differs from them, a target above {level} and a priority need a reason.",
            level=workspace.catalogue.method.targets.reason_above,
        ),
        (stated, left),
        (
            Column("aspect", _("Aspect"), Words(), 20),
            Column("levels", _("Question, and what each level looks like"), Words(long=True), 56),
            Column("answers", _("Level by the answers"), Number(1, 5), 10, badge=True),
            Column("people", _("Answers"), Number(0, 10_000_000, whole=True), 9, badge=True),
            Column("talk", _("Talk first?"), Words(), 9, badge=True),
            editable(
                "stated.current", _("Level today"), offered.LEVEL, 8, _("1 to 5; empty: as answered."), badge=True
            ),
            editable("stated.current_source", _("Settled by"), offered.origins(), 12, _("How the level came about.")),
            editable(
                *("stated.current_reason", _("Why this level"), Words(long=True), 30),
                _("Needed when it differs from what people answered."),
            ),
            editable("stated.target", _("Target"), offered.LEVEL, 8, _("Level wanted, 1 to 5."), badge=True),
            editable("stated.target_reason", _("Why this target"), Words(long=True), 30, _("Needed for high targets.")),
            editable("stated.target_owner", _("Who wants it"), Words(), 16, _("A role, never a name.")),
            editable("stated.target_by", _("By when"), Day(), 12),
            editable(
                "stated.priority",
                _("Priority"),
                offered.sizes(),
                11,
                _("Empty: proposed from expectations."),
                badge=True,
            ),
            editable(
                "stated.priority_reason", _("Why this priority"), Words(long=True), 28, _("Needed with a priority.")
            ),
            editable("stated.evidence", _("What was seen"), Several(), 36, _("One thing a line (Alt+Enter).")),
            editable("stated.comment", _("Comment"), Words(long=True), 34, _("It is published, so no names.")),
            editable("left.reason", _("Not assessed, because"), Words(), 26, _("Only where the rest stays empty.")),
        ),
        (),
        frozen=2,
        id_width=18,
    )


def rows(told: Told, _form: Form) -> Iterator[Row]:
    shown = {entry.id: entry for entry in told.document.assessment.aspects}
    order = {dimension.id: number for number, dimension in enumerate(told.workspace.catalogue.dimensions)}
    for aspect in sorted(told.workspace.catalogue.aspects, key=lambda aspect: order.get(aspect.dimension, len(order))):
        record = shown.get(aspect.id)
        answers = record.answers if record else None
        levels = "\n".join(f"{number}  {text}" for number, text in enumerate(aspect.levels, 1))
        computed = {
            "aspect": aspect.name,
            "levels": f"{aspect.question}\n{levels}",
            "answers": level(answers.level if answers else None),
            "people": str(answers.count) if answers else "",
            "talk": _("yes") if record and record.talk_first else "",
        }
        yield Row(aspect.id, computed)


def level(value: Fraction | None) -> str:
    """The plain form of a computed number."""
    return "" if value is None else Number(-1e9, 1e9).told(float(value))
