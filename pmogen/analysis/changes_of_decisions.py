"""What-if: other decisions, and other dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from pmogen.analysis.as_if import WHO, AsIf, Asked, Made
from pmogen.analysis.launched import live_services
from pmogen.analysis.progress import dropped
from pmogen.analysis.services import decision_on
from pmogen.errors import PmogenError
from pmogen.language import N_, _
from pmogen.model.decisions import ServiceDecision
from pmogen.model.roadmap import Deadline, NotBefore, Pin
from pmogen.model.workspace import Workspace


def decided(decision: Literal["offer", "decline", "defer"]) -> Made:
    """A decision on a service; what is not offered loses its pin and deadline."""

    def made(before: AsIf, asked: Asked) -> AsIf:
        service, workspace = to_come(before.workspace, asked, asked.value), before.workspace
        when, who = workspace.settings.as_of, _(WHO)
        entry = ServiceDecision(service=service, decision=decision, who=who, when=when, why=f"{who}.")
        services = (*(other for other in workspace.decisions.services if other.service != service), entry)
        decisions = workspace.decisions.model_copy(update={"services": services})
        after = replace(before, workspace=replace(workspace, decisions=decisions))
        return after if decision == "offer" else after.with_roadmap(**_without_dates(workspace, service, FORCING))

    return made


FORCING = ("pins", "deadlines")
DATES = (*FORCING, "not_before")


REFUSED = {"decline": N_("`{service}` is declined"), "defer": N_("`{service}` is deferred")}


def _without_dates(workspace: Workspace, service: str, lists: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(e for e in getattr(workspace.roadmap, name) if e.service != service) for name in lists}


def to_come(workspace: Workspace, asked: Asked, identifier: str) -> str:
    """The service, which must not be live."""
    service = asked.known(identifier, (entry.id for entry in workspace.catalogue.services), _("services"))
    if service in live_services(workspace):
        message = _("`{service}` is live already", service=service)
        raise asked.refused(message, _("what has happened stays; name one that is not live"))
    return service


def dated(name: str, shape: type[Pin | NotBefore | Deadline]) -> Made:
    """A pin, a first wave or a deadline: an entry of this list of the roadmap."""
    key = name.removesuffix("s").replace("_", "-")

    def made(before: AsIf, asked: Asked) -> AsIf:
        identifier, named = asked.pair(f"{key}=ID@WAVE")
        service = to_come(before.workspace, asked, identifier)
        wave = asked.open_wave(before.workspace, named)
        state = decision_on(before.workspace, service)
        if shape is not NotBefore and state in REFUSED:
            hint = _("offer it first: {changes}", changes=f"offer={service} {asked.change}")
            raise asked.refused(_(REFUSED[state], service=service), hint)
        who = {} if shape is NotBefore else {"who": _(WHO)}
        entry = shape(service=service, wave=wave.id, why=f"{_(WHO)}.", **who)
        others = _without_dates(before.workspace, service, (name,))[name]
        return before.with_roadmap(**{name: (*others, entry)})

    return made


def free(lists: tuple[str, ...]) -> Made:
    """A service without its entries in these lists of the roadmap."""

    def made(before: AsIf, asked: Asked) -> AsIf:
        roadmap = before.workspace.roadmap
        dated = sorted({entry.service for name in lists for entry in getattr(roadmap, name)})
        service = to_come(before.workspace, asked, asked.value)
        if service not in dated:
            raise _nothing_to_free(asked, lists, service, dated)
        return before.with_roadmap(**_without_dates(before.workspace, service, lists))

    return made


def _nothing_to_free(asked: Asked, lists: tuple[str, ...], service: str, dated: list[str]) -> PmogenError:
    if lists == DATES:
        message = _("`{service}` has no pin, deadline or first wave", service=service)
        none = _("nothing has a pin, deadline or first wave")
    else:
        message = _("`{service}` has no pin", service=service)
        none = _("nothing has a pin")
    return asked.refused(message, _("with one are {services}", services=", ".join(dated)) if dated else none)


def resumed(before: AsIf, asked: Asked) -> AsIf:
    """What was dropped goes on from where it was left, and is offered."""
    workspace = before.workspace
    service = to_come(workspace, asked, asked.value)
    given_up = dropped(workspace)
    if service not in given_up:
        services = ", ".join(sorted(given_up))
        hint = _("dropped are {services}", services=services) if given_up else _("nothing was")
        raise asked.refused(_("`{service}` was not dropped", service=service), hint)
    goes_on = {"dropped": None, "who": None, "why": None}
    entries = (e.model_copy(update=goes_on) if e.service == service else e for e in workspace.roadmap.progress)
    return decided("offer")(before.with_roadmap(progress=tuple(entries)), asked)


def unaccepted(before: AsIf, asked: Asked) -> AsIf:
    """A gap that is to be closed after all."""
    decisions = before.workspace.decisions
    accepted = {entry.aspect for entry in decisions.accepted_gaps}
    aspect = asked.known(asked.value, (entry.id for entry in before.workspace.catalogue.aspects), _("aspects"))
    if aspect not in accepted:
        hint = _("accepted are {aspects}", aspects=", ".join(sorted(accepted))) if accepted else _("none is")
        raise asked.refused(_("the gap in `{aspect}` is not accepted", aspect=aspect), hint)
    kept = tuple(entry for entry in decisions.accepted_gaps if entry.aspect != aspect)
    changed = decisions.model_copy(update={"accepted_gaps": kept})
    return replace(before, workspace=replace(before.workspace, decisions=changed))
