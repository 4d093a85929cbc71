"""What-if: changes to a workspace, written in a few characters each.

pmo_fte=+1                        one full-time equivalent more in every wave that is not over; 4 makes it four
audience.sponsors.capacity=12     what an audience can take in a wave of usual length
decline=ID   offer=ID             a decision
pin=ID@WAVE                       a service in one particular wave
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Literal

from pmogen.errors import PmogenError
from pmogen.model.decisions import ServiceDecision
from pmogen.model.roadmap import AudienceLimit, Pin, Roadmap
from pmogen.model.workspace import Workspace

EXAMPLES = "pmo_fte=+1, audience.ID.capacity=12, decline=ID, offer=ID, pin=ID@WAVE"
WHO = "What if"


def with_changes(workspace: Workspace, changes: Iterable[str]) -> Workspace:
    """The workspace as if all changes had been made, in their order.

    Raises `PmogenError` when one cannot be read or names what does not exist.
    """
    for change in changes:
        workspace = with_change(workspace, change)
    return workspace


def with_change(workspace: Workspace, change: str) -> Workspace:
    """The workspace as if one change had been made; raises `PmogenError`."""
    key, equals, value = (part.strip() for part in change.partition("="))
    if not equals or not value:
        raise PmogenError(f"`{change}` is not a change", f"write one of {EXAMPLES}")
    if key == "pmo_fte":
        return _more_people(workspace, change, value)
    if key in ("decline", "offer"):
        return _decided(workspace, _known(workspace, "services", value), "decline" if key == "decline" else "offer")
    if key == "pin":
        return _pinned(workspace, change, value)
    if found := re.fullmatch(r"audience\.([a-z0-9-]+)\.capacity", key):
        return _can_take(workspace, change, found.group(1), value)
    raise PmogenError(f"`{key}` cannot be changed in a what-if", f"write one of {EXAMPLES}")


def _number(change: str, value: str, pattern: str, example: str) -> float:
    if not re.fullmatch(pattern, value):
        raise PmogenError(f"`{change}`: `{value}` is not such a number", f"write for example {example}")
    return float(value)


def _known(workspace: Workspace, kind: str, identifier: str) -> str:
    known = [wave.id for wave in workspace.roadmap.waves]
    if kind != "waves":
        known = [entry.id for entry in getattr(workspace.catalogue, kind)]
    if identifier in known:
        return identifier
    near = get_close_matches(identifier, sorted(known), 1)
    hint = (
        f"did you mean `{near[0]}`?"
        if near
        else f"`pmogen explain` lists the {kind}"
        if kind != "waves"
        else f"the waves are {', '.join(known)}"
    )
    raise PmogenError(f"there is no `{identifier}` among the {kind}", hint)


def _with_roadmap(workspace: Workspace, roadmap: Roadmap) -> Workspace:
    return replace(workspace, roadmap=roadmap)


def _more_people(workspace: Workspace, change: str, value: str) -> Workspace:
    number = _number(change, value, r"[+-]?[0-9]{1,3}(\.[0-9]{1,2})?", "pmo_fte=+1, pmo_fte=-0.5 or pmo_fte=4")
    relative = value[0] in "+-"
    waves = tuple(
        wave
        if wave.status == "finished"
        else wave.model_copy(update={"fte": round(min(100.0, max(0.0, number + wave.fte * relative)), 2)})
        for wave in workspace.roadmap.waves
    )
    return _with_roadmap(workspace, workspace.roadmap.model_copy(update={"waves": waves}))


def _can_take(workspace: Workspace, change: str, audience: str, value: str) -> Workspace:
    points = int(_number(change, value, r"[0-9]{1,4}", "audience.sponsors.capacity=12"))
    _known(workspace, "audiences", audience)
    limits = tuple(
        limit.model_copy(update={"capacity": points}) if limit.audience == audience else limit
        for limit in workspace.roadmap.audiences
    )
    if all(limit.audience != audience for limit in limits):
        limits = (*limits, AudienceLimit(audience=audience, capacity=points))
    return _with_roadmap(workspace, workspace.roadmap.model_copy(update={"audiences": limits}))


def _decided(workspace: Workspace, service: str, decision: Literal["offer", "decline"]) -> Workspace:
    made = ServiceDecision(service=service, decision=decision, who=WHO, when=workspace.settings.as_of, why=f"{WHO}.")
    services = (*(entry for entry in workspace.decisions.services if entry.service != service), made)
    return replace(workspace, decisions=workspace.decisions.model_copy(update={"services": services}))


def _pinned(workspace: Workspace, change: str, value: str) -> Workspace:
    service, at, wave = (part.strip() for part in value.partition("@"))
    if not at:
        raise PmogenError(f"`{change}` names no wave", "write for example pin=pm-training@2027-q2")
    made = Pin(
        service=_known(workspace, "services", service), wave=_known(workspace, "waves", wave), who=WHO, why=f"{WHO}."
    )
    pins = (*(pin for pin in workspace.roadmap.pins if pin.service != service), made)
    return _with_roadmap(workspace, workspace.roadmap.model_copy(update={"pins": pins}))
