"""What-if: other decisions, and other dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from pmogen.analysis.as_if import WHO, AsIf, Asked, Made
from pmogen.analysis.launched import live_services
from pmogen.analysis.progress import dropped
from pmogen.analysis.services import decision_on
from pmogen.model.decisions import ServiceDecision
from pmogen.model.roadmap import Deadline, NotBefore, Pin
from pmogen.model.workspace import Workspace


def decided(decision: Literal["offer", "decline", "defer"]) -> Made:
    """A decision on a service; what is not offered loses its pin and deadline."""

    def made(before: AsIf, asked: Asked) -> AsIf:
        service, workspace = to_come(before.workspace, asked, asked.value), before.workspace
        entry = ServiceDecision(
            service=service, decision=decision, who=WHO, when=workspace.settings.as_of, why=f"{WHO}."
        )
        services = (*(other for other in workspace.decisions.services if other.service != service), entry)
        decisions = workspace.decisions.model_copy(update={"services": services})
        after = replace(before, workspace=replace(workspace, decisions=decisions))
        return after if decision == "offer" else after.with_roadmap(**_without_dates(workspace, service, FORCING))

    return made


FORCING = ("pins", "deadlines")
DATES = (*FORCING, "not_before")


def _without_dates(workspace: Workspace, service: str, lists: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(e for e in getattr(workspace.roadmap, name) if e.service != service) for name in lists}


def to_come(workspace: Workspace, asked: Asked, identifier: str) -> str:
    """The service, which must not be live."""
    service = asked.known(identifier, (entry.id for entry in workspace.catalogue.services), "services")
    if service in live_services(workspace):
        raise asked.refused(f"`{service}` is live already", "what has happened stays; name one that is not live")
    return service


def dated(name: str, shape: type[Pin | NotBefore | Deadline]) -> Made:
    """A pin, a first wave or a deadline: an entry of this list of the roadmap."""
    key = name.removesuffix("s").replace("_", "-")

    def made(before: AsIf, asked: Asked) -> AsIf:
        identifier, named = asked.pair(f"{key}=ID@WAVE")
        service = to_come(before.workspace, asked, identifier)
        wave = asked.open_wave(before.workspace, named)
        state = decision_on(before.workspace, service)
        if shape is not NotBefore and state in ("decline", "defer"):
            said = "declined" if state == "decline" else "deferred"
            raise asked.refused(f"`{service}` is {said}", f"offer it first: offer={service} {asked.change}")
        who = {} if shape is NotBefore else {"who": WHO}
        entry = shape(service=service, wave=wave.id, why=f"{WHO}.", **who)
        others = _without_dates(before.workspace, service, (name,))[name]
        return before.with_roadmap(**{name: (*others, entry)})

    return made


def free(lists: tuple[str, ...], what: str) -> Made:
    """A service without its entries in these lists of the roadmap."""

    def made(before: AsIf, asked: Asked) -> AsIf:
        roadmap = before.workspace.roadmap
        dated = sorted({entry.service for name in lists for entry in getattr(roadmap, name)})
        service = to_come(before.workspace, asked, asked.value)
        if service not in dated:
            known = f"with one are {', '.join(dated)}" if dated else f"nothing has a {what}"
            raise asked.refused(f"`{service}` has no {what}", known)
        return before.with_roadmap(**_without_dates(before.workspace, service, lists))

    return made


def resumed(before: AsIf, asked: Asked) -> AsIf:
    """What was dropped goes on from where it was left, and is offered."""
    workspace = before.workspace
    service = to_come(workspace, asked, asked.value)
    given_up = dropped(workspace)
    if service not in given_up:
        hint = f"dropped are {', '.join(sorted(given_up))}" if given_up else "nothing was"
        raise asked.refused(f"`{service}` was not dropped", hint)
    goes_on = {"dropped": None, "who": None, "why": None}
    entries = (e.model_copy(update=goes_on) if e.service == service else e for e in workspace.roadmap.progress)
    return decided("offer")(before.with_roadmap(progress=tuple(entries)), asked)


def unaccepted(before: AsIf, asked: Asked) -> AsIf:
    """A gap that is to be closed after all."""
    decisions = before.workspace.decisions
    accepted = {entry.aspect for entry in decisions.accepted_gaps}
    aspect = asked.known(asked.value, (entry.id for entry in before.workspace.catalogue.aspects), "aspects")
    if aspect not in accepted:
        hint = f"accepted are {', '.join(sorted(accepted))}" if accepted else "none is"
        raise asked.refused(f"the gap in `{aspect}` is not accepted", hint)
    kept = tuple(entry for entry in decisions.accepted_gaps if entry.aspect != aspect)
    changed = decisions.model_copy(update={"accepted_gaps": kept})
    return replace(before, workspace=replace(before.workspace, decisions=changed))
