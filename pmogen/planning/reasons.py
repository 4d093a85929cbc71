"""Why a plan moves a service against the one that people know, in one sentence."""

from __future__ import annotations

from pmogen.language import _, ngettext
from pmogen.model.workspace import Workspace
from pmogen.planning.moves import Move
from pmogen.planning.names import Names
from pmogen.planning.plan import Absence, Placement, Plan
from pmogen.planning.words import sentence


def why(workspace: Workspace, move: Move, plan: Plan) -> str:
    """The reason for a move: what was decided or has happened, else the limit that binds, else what it brings."""
    placed = next((entry for entry in plan.placements if entry.service == move.service), None)
    if placed is None:
        absent = next((entry for entry in plan.absences if entry.service == move.service), None)
        return _gone(workspace, move, absent)
    if placed.frozen or placed.pinned:
        return placed.why[0] if placed.frozen else _("It is pinned there.")
    was_earlier = next((entry for entry in placed.earlier if entry.wave == move.before), None)
    if was_earlier is None:
        return _brings(workspace, placed)
    name = Names(workspace).wave(was_earlier.wave)
    if was_earlier.why:
        return _("No longer in {wave}: {why}", wave=name, why=was_earlier.why[0])
    return _("It would still fit in {wave}, but the plan as a whole is better this way.", wave=name)


def _gone(workspace: Workspace, move: Move, absent: Absence | None) -> str:
    if absent is None:
        known = workspace.find("services", move.service) is not None
        return _("It closes no gap any more.") if known else _("It is not in the catalogue any more.")
    nearest = min((tried for tried in absent.tried if tried.why), key=lambda tried: len(tried.why), default=None)
    if nearest is None or absent.code not in ("no room", "black-out"):
        return sentence(absent.why[0])
    name = Names(workspace).wave(nearest.wave)
    return _("No room, not even in {wave}: {why}", wave=name, why=nearest.why[0])


def _brings(workspace: Workspace, placed: Placement) -> str:
    if placed.pulled_by:
        names = Names(workspace).services(placed.pulled_by, 2)
        return ngettext("{services} needs it.", "{services} need it.", len(placed.pulled_by), services=names)
    return placed.why[0]
