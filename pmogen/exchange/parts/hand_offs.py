"""What is asked of others."""

from __future__ import annotations

from pmogen.exchange.parts.table import Cell, Column, Table, row
from pmogen.exchange.told import Told, day
from pmogen.language import _
from pmogen.model.decisions import HandOff
from pmogen.model.terms import word

SETTLED = ("done", "refused")


def is_late(told: Told, entry: HandOff) -> bool:
    """Whether its day has passed on the day the playbook speaks of."""
    return entry.due < told.as_of and entry.status not in SETTLED


def due_in_words(told: Told, entry: HandOff) -> str:
    """The day it is due, and whether that has passed."""
    return _("{day}, late", day=day(entry.due)) if is_late(told, entry) else day(entry.due)


def hand_off_table(told: Told) -> Table:
    """All hand-offs, the earliest due first."""
    entries = sorted(told.document.hand_offs, key=lambda entry: (entry.due, entry.id))
    rows = tuple(
        row(
            Cell(entry.title, bold=True),
            told.entity(entry.entity),
            entry.contact,
            due_in_words(told, entry),
            word("status", entry.status),
            told.names("aspects", entry.aspects),
        )
        for entry in entries
    )
    columns = (
        Column(_("What is asked"), 3),
        Column(_("Unit"), 2),
        Column(_("Who answers for it"), 2),
        Column(_("Due"), 1.4),
        Column(_("State"), 1.1),
        Column(_("For the gaps"), 2),
    )
    sources = (told.source("decisions", "hand_offs"),)
    return Table(_("What is asked of others"), columns, rows, sources, _("Nothing is asked of others."))
