"""Decisions on services and gaps, as changes of content/decisions.yml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pmogen.edit.changes import Append, Change, Delete, Put
from pmogen.edit.ids import bare, known
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.model.decisions import AcceptedGap, Decisions, ServiceDecision
from pmogen.model.workspace import Workspace

FILE = "content/decisions.yml"

Verdict = Literal["offer", "decline", "defer", "accept", "undecided"]


@dataclass(frozen=True)
class Reason:
    """Who decided, when and why, and until when it holds."""

    who: str
    when: dt.date
    why: str
    until: dt.date | None = None


def decide(workspace: Workspace, subject: str, verdict: Verdict, reason: Reason | None) -> tuple[Change, ...]:
    """The changes that record a decision on a service (`pm-training`) or a gap (`gap:pm-skills`).

    A new decision takes the place of the one that was made before, all of it; `undecided` takes it away. Only then there
    is no reason. Raises `PmogenError` when the service or the aspect does not exist, or cannot be decided on in this way.
    """
    if subject.startswith("gap:"):
        return tuple(_gap(workspace, bare(subject, "gap"), verdict, reason))
    if verdict == "accept":
        hint = _("for a gap: {command}", command=f"pmogen decide gap:{subject} accept")
        raise PmogenError(_("a service cannot be accepted: offer, decline or defer it"), hint)
    return tuple(_service(workspace, bare(subject, "service"), verdict, reason))


def _service(workspace: Workspace, service: str, verdict: Verdict, reason: Reason | None) -> Sequence[Change]:
    known(service, workspace.ids["services"], _("see the list of services in the playbook"))
    made = workspace.decisions.services
    number = next((number for number, entry in enumerate(made) if entry.service == service), None)
    if verdict == "undecided" or reason is None:
        return () if number is None else (Delete(FILE, ("services", number)),)
    entry = {"service": service, "decision": verdict, **_told(reason)}
    if number is not None:
        return _anew(("services", number), entry, tuple(ServiceDecision.model_fields))
    alike = [place for place, other in enumerate(made) if other.decision == verdict]
    return _added(workspace, "services", entry, alike[-1] if alike else None)


def _gap(workspace: Workspace, aspect: str, verdict: Verdict, reason: Reason | None) -> Sequence[Change]:
    known(aspect, workspace.ids["aspects"], _("see the list of aspects in the playbook"))
    accepted = workspace.decisions.accepted_gaps
    number = next((number for number, entry in enumerate(accepted) if entry.aspect == aspect), None)
    if verdict == "undecided" or reason is None:
        return () if number is None else (Delete(FILE, ("accepted_gaps", number)),)
    if verdict != "accept":
        hint = _("to take an acceptance back: {command}", command=f"pmogen decide gap:{aspect} undecided")
        raise PmogenError(_("a gap can be accepted, and nothing else be decided on it"), hint)
    if reason.until is None:
        raise PmogenError(_("a gap is accepted until a day on which that is looked at again"), _("say --until"))
    entry = {"aspect": aspect, **_told(reason)}
    if number is not None:
        return _anew(("accepted_gaps", number), entry, tuple(AcceptedGap.model_fields))
    return _added(workspace, "accepted_gaps", entry, None)


def _told(reason: Reason) -> dict[str, str]:
    until = {} if reason.until is None else {"until": reason.until.isoformat()}
    return {"who": reason.who, "when": reason.when.isoformat(), "why": reason.why, **until}


def _anew(path: tuple[str | int, ...], entry: dict[str, str], order: tuple[str, ...]) -> Sequence[Change]:
    """The entry replaces the one at the path: what it does not say is taken out."""
    changes: list[Change] = [Put(FILE, (*path, key), value, order) for key, value in entry.items()]
    if "until" not in entry:
        changes.append(Delete(FILE, (*path, "until")))
    return changes


def _added(workspace: Workspace, part: str, entry: dict[str, str], after: int | None) -> Sequence[Change]:
    if getattr(workspace.decisions, part):
        return (Append(FILE, (part,), entry, after),)
    return (Put(FILE, (part,), [entry], tuple(Decisions.model_fields)),)
