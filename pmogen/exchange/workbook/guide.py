"""The first sheet: what the workbook is for, and how to work with it."""

from __future__ import annotations

from collections.abc import Iterable

from pmogen.exchange.told import Told, day
from pmogen.exchange.workbook.computed import Reading
from pmogen.exchange.workbook.form import Form
from pmogen.language import _


def tab() -> str:
    """Name of the sheet."""
    return _("How to use")


def facts(told: Told) -> tuple[tuple[str, str], ...]:
    """What the workbook was made from."""
    current = told.workspace.current.assessment
    return (
        (_("Playbook"), told.settings.title),
        (_("Organisation"), told.settings.organisation),
        (_("State of"), day(told.as_of)),
        (_("Version"), told.settings.version),
        (_("Assessment"), f"{current.title} ({day(current.date)})"),
        (_("Owner"), told.settings.owner),
    )


def steps() -> tuple[str, ...]:
    """How to work with it."""
    return (
        _(
            "Fill in the tinted cells. White and grey cells are computed or belong to the catalogue: they are locked, and what "
            "is changed there is not taken over."
        ),
        _(
            "Choose from the list where a cell offers one. Days are dates, numbers are numbers; several lines in one cell are "
            "made with Alt+Enter."
        ),
        _(
            "Column A holds the ids by which rows are found again. Rows can be filtered; without the protection, which has "
            "no password, they can be sorted and moved, too. The ids stay with their rows."
        ),
        _(
            "New hand-offs, units and expectations go into the empty rows at the end of their sheets. Leave their id empty, or "
            "choose one of small letters, digits and hyphens."
        ),
        _(
            "To take something back, empty its cells and leave the row where it is. A row that is deleted changes nothing."
        ),
        _("Write roles and units, never names of people: what stands here is published."),
        _(
            "Save it as .xlsx and give it back to the owner of the playbook, who sees every change before it is written: "
            "pmogen import workbook FILE"
        ),
    )


def legend() -> tuple[tuple[str, str], ...]:
    """Kinds of cells, and what they mean."""
    return (
        ("fill", _("to be filled in")),
        ("locked", _("computed, or from the catalogue")),
        ("id", _("id of the row")),
    )


def contents(forms: Iterable[Form], readings: Iterable[Reading]) -> tuple[tuple[str, str], ...]:
    """The sheets and what they are for."""
    filled = ((form.tab, form.title) for form in forms)
    read = ((sheet.tab, _("{title} (only to be read)", title=sheet.title)) for sheet in readings)
    return (*filled, *read)
