"""Hand-offs, as changes of content/decisions.yml: new ones, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmogen.edit.changes import Append, Change, Put
from pmogen.edit.decide import FILE
from pmogen.edit.ids import bare, known
from pmogen.language import _
from pmogen.model.decisions import Decisions, HandOff
from pmogen.model.workspace import Workspace

NEEDED = ("title", "entity", "asked", "aspects", "contact", "due")
"""What a new hand-off has to say."""


def hand_off(workspace: Workspace, identifier: str, said: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes that bring a hand-off up to date, or make a new one; `said` holds fields of `HandOff` as plain values.

    A new one is `proposed` unless it says something else. Raises `PmogenError` when units or aspects do not exist, or there
    is no such hand-off and too little is said for a new one.
    """
    identifier = bare(identifier, "hand-off")
    for aspect in said.get("aspects", ()):
        known(aspect, workspace.ids["aspects"], _("see the list of aspects in the playbook"))
    if "entity" in said:
        known(said["entity"], workspace.ids["entities"], _("add the unit to `entities` in {file} first", file=FILE))
    made = workspace.decisions.hand_offs
    order = tuple(HandOff.model_fields)
    for number, entry in enumerate(made):
        if entry.id == identifier:
            return tuple(Put(FILE, ("hand_offs", number, key), value, order) for key, value in said.items())
    if not set(NEEDED) <= set(said):
        missing = ", ".join(f"--{'aspect' if name == 'aspects' else name}" for name in NEEDED if name not in said)
        known(identifier, {entry.id for entry in made}, _("a new hand-off needs {options} too", options=missing))
    told = {"id": identifier, "status": "proposed", **said}
    new = {key: told[key] for key in order if key in told}
    if made:
        return (Append(FILE, ("hand_offs",), new),)
    return (Put(FILE, ("hand_offs",), [new], tuple(Decisions.model_fields)),)
