"""The workbook for workshops: out of a playbook, and back as changes of its YAML.

Nobody edits the playbook in a spreadsheet: what comes back is compared with what the workbook said when it was made, and
with what the YAML says by now, cell by cell.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pmogen.errors import PmogenError
from pmogen.exchange.told import Told
from pmogen.exchange.workbook.computed import READINGS
from pmogen.exchange.workbook.form import Form
from pmogen.exchange.workbook.identify import Found
from pmogen.exchange.workbook.merge import Conflict
from pmogen.exchange.workbook.read import Returned, read_returned
from pmogen.exchange.workbook.sheets import SHEETS, Sheet
from pmogen.exchange.workbook.state import State, base_of
from pmogen.exchange.workbook.take import Taken, take
from pmogen.exchange.workbook.write import write_workbook
from pmogen.language import _
from pmogen.playbook import Playbook

__all__ = ("Conflict", "Found", "Returned", "Taken", "read_returned", "take", "workbook_of")


def workbook_of(playbook: Playbook, language: str | None = None, only: Collection[str] = ()) -> bytes:
    """The workbook of a playbook, in the language that is spoken; `language` is the one its texts were read in.

    `only` names the sheets to fill in, by default all; what is computed stands beside them only when all are there. Raises `PmogenError` when
    there is no such sheet, or XlsxWriter is not installed.
    """
    told = Told(playbook)
    names = [sheet.name for sheet in SHEETS]
    for name in only:
        if name not in names:
            raise PmogenError(
                _("the workbook has no sheet `{name}`", name=name), _("known are {names}", names=", ".join(names))
            )
    wanted = [sheet for sheet in SHEETS if not only or sheet.name in only]
    forms = tuple(_filled(told, sheet.form(told.workspace), sheet) for sheet in wanted)
    state = State(
        language or told.settings.language,
        told.workspace.current.name,
        told.as_of.isoformat(),
        {form.name: base_of(form) for form in forms},
    )
    readings = () if only else tuple(reading(told) for reading in READINGS)
    return write_workbook(told, forms, readings, state)


def _filled(told: Told, form: Form, sheet: Sheet) -> Form:
    return replace(form, rows=tuple(sheet.rows(told, form)))
