"""The sheets of the workbook that people fill in, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pmogen.exchange.told import Told
from pmogen.exchange.workbook.form import Form, Row
from pmogen.exchange.workbook.sheets import assessment, decisions, foundation, hand_offs, roadmap
from pmogen.model.workspace import Workspace


@dataclass(frozen=True)
class Sheet:
    """A form, and the rows that a playbook shows in it."""

    name: str
    form: Callable[[Workspace], Form]
    rows: Callable[[Told, Form], Iterable[Row]]


SHEETS = (
    Sheet("foundation", foundation.answers_form, foundation.answers_rows),
    Sheet("expectations", foundation.benefits_form, foundation.benefits_rows),
    Sheet("assessment", assessment.form, assessment.rows),
    Sheet("decisions", decisions.services_form, decisions.services_rows),
    Sheet("acceptances", decisions.gaps_form, decisions.gaps_rows),
    Sheet("units", hand_offs.units_form, hand_offs.units_rows),
    Sheet("hand-offs", hand_offs.form, hand_offs.rows),
    Sheet("waves", roadmap.waves_form, roadmap.waves_rows),
    Sheet("wishes", roadmap.wishes_form, roadmap.wishes_rows),
    Sheet("limits", roadmap.limits_form, roadmap.limits_rows),
)
