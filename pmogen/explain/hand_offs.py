"""Which gaps a hand-off rests on, and whether it is late."""

from __future__ import annotations

from pmogen.explain.arithmetic import said, with_reasons
from pmogen.explain.gaps import amount_in_short
from pmogen.explain.known import Known
from pmogen.explain.tree import Computed
from pmogen.language import _
from pmogen.model.terms import word

RULE = "gaps"
SETTLED = ("done", "refused")


def hand_off(known: Known, identifier: str) -> Computed:
    """A hand-off: what is asked, of whom, by when, and the gaps behind it."""
    place, entry = known.hand_offs[identifier]
    span = known.span("decisions", "hand_offs", place)
    entity = next((unit.name for unit in known.workspace.decisions.entities if unit.id == entry.entity), entry.entity)
    as_of = known.workspace.settings.as_of
    late = entry.due < as_of and entry.status not in SETTLED
    when = _("{day}, late", day=entry.due) if late else str(entry.due)
    due = said(_("Due"), when, known.span("decisions", "hand_offs", place, "due"), RULE)
    today = said(_("The playbook speaks as of"), str(as_of), known.span("playbook", "as_of"), RULE)
    gaps = tuple(amount_in_short(known, aspect) for aspect in entry.aspects if aspect in known.gaps)
    shown = _("{status}, asked of {unit}", status=word("status", entry.status), unit=entity)
    line = Computed(entry.title, None, shown, RULE, "", (due, today, *gaps), (span,))
    return with_reasons(line, entry.asked)
