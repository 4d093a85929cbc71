"""Which services may be planned at all, and why the others may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pmogen.analysis.progress import dropped
from pmogen.analysis.services import Choice, DecisionState, decision_on, decisions_made
from pmogen.language import _
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import Absence
from pmogen.planning.problem import Rank

State = DecisionState | Literal["dropped"]
"""The decision on a service, or that it was started and given up, which weighs more."""


@dataclass(frozen=True)
class Selection:
    """Services that may be planned with their rank, and the absences that are settled before planning."""

    plannable: Mapping[str, Rank]
    absences: tuple[Absence, ...]


def select(workspace: Workspace, choice: Choice, live: Iterable[str], pinned: Iterable[str]) -> Selection:
    """Offered services, undecided candidates, what is pinned, and all that these need.

    What is live already is history and left out here. Declined, deferred and dropped services stay out whatever
    needs them; so does what needs them, directly or through others.
    """
    live = frozenset(live)
    decisions = decisions_on(workspace, choice)
    closing = frozenset(candidate.service for candidate in choice.candidates)
    pinned = frozenset(service for service in pinned if decisions.get(service) in ("offer", "undecided"))
    wanted = {s for s, state in decisions.items() if state == "offer" or (state == "undecided" and s in closing)}
    wanted = (wanted | pinned) - live
    useful = {service for service in wanted if service in closing or service in pinned}
    hindrances = Hindrances(workspace, decisions, live)
    hindered = {service: reason for service in sorted(useful) if (reason := hindrances.of(service))}
    free = (service for service, state in decisions.items() if state in ("offer", "undecided"))
    allowed = frozenset(service for service in free if not hindrances.of(service))
    needed = _with_prerequisites(workspace, useful - hindered.keys(), live, allowed)
    reasons = {entry.service: entry.reason for entry in reversed(choice.not_applicable)}
    absences = [
        *(refusal for service, state in decisions.items() if (refusal := _refusal(workspace, service, state, live))),
        *(Absence(service, "prerequisite", (reason,)) for service, reason in hindered.items()),
        *(_useless(service, reasons.get(service)) for service in wanted - useful - needed),
    ]
    plannable: dict[str, Rank] = dict.fromkeys(sorted(needed), "prerequisite")
    for service in needed & closing:
        plannable[service] = "offered" if decisions[service] == "offer" else "proposed"
    return Selection(plannable, tuple(sorted(absences, key=lambda absence: absence.service)))


def decisions_on(workspace: Workspace, choice: Choice) -> dict[str, State]:
    """The decision on every service of the catalogue, in the order of ids."""
    given_up = dropped(workspace)
    known = {entry.service: entry.decision for entry in choice.candidates}
    known |= {entry.service: entry.decision for entry in choice.not_applicable}
    ids = sorted(service.id for service in workspace.catalogue.services)
    decided = {service: known.get(service) or decision_on(workspace, service) for service in ids}
    return {service: "dropped" if service in given_up else state for service, state in decided.items()}


def _refusal(workspace: Workspace, service: str, state: State, live: frozenset[str]) -> Absence | None:
    if state == "dropped":
        return Absence(service, "dropped", (_given_up(workspace, service),))
    if state not in ("decline", "defer") or service in live:
        return None
    made = decisions_made(workspace).get(service)
    if state == "decline":
        why = _("Declined by {who}: {why}", who=made.who, why=made.why) if made else _("Declined.")
        return Absence(service, "declined", (why,))
    why = _("Deferred by {who}: {why}", who=made.who, why=made.why) if made else _("Deferred.")
    return Absence(service, "deferred", (why,))


def _given_up(workspace: Workspace, service: str) -> str:
    entry = dropped(workspace)[service]
    said = {"started": entry.started, "dropped": entry.dropped, "who": entry.who, "why": entry.why}
    if entry.who:
        if entry.why:
            return _("Started on {started}, dropped on {dropped} by {who}: {why}", **said)
        return _("Started on {started}, dropped on {dropped} by {who}.", **said)
    if entry.why:
        return _("Started on {started}, dropped on {dropped}: {why}", **said)
    return _("Started on {started}, dropped on {dropped}.", **said)


def _useless(service: str, reason: str | None) -> Absence:
    why = _("It closes no gap here: {why}", why=reason) if reason is not None else _("It closes no gap here.")
    return Absence(service, "not useful", (why,))


def _with_prerequisites(
    workspace: Workspace, services: Iterable[str], live: frozenset[str], allowed: frozenset[str]
) -> set[str]:
    """The services, all they need that is not live (nothing of it may be hindered), and mates that are allowed."""
    mates: dict[str, list[str]] = {}
    for group in workspace.roadmap.together:
        for service in group.services:
            mates.setdefault(service, []).extend(group.services)
    found: set[str] = set()
    todo = sorted(services)
    while todo:
        service = todo.pop()
        if service not in found and service not in live:
            found.add(service)
            entry = workspace.service(service)
            todo.extend((*entry.requires, *entry.requires_same_wave))
            todo.extend(mate for mate in mates.get(service, ()) if mate in allowed)
    return found


class Hindrances:
    """Why a service can never launch because of what it needs, in words."""

    def __init__(self, workspace: Workspace, decisions: Mapping[str, State], live: frozenset[str]) -> None:
        self._workspace = workspace
        self._decisions = decisions
        self._live = live
        self._known: dict[str, str] = {}

    def of(self, service: str) -> str:
        """A sentence such as "It needs A, which needs B, which is declined."; empty when nothing is in the way."""
        reason = self._of(service, ())
        return _("It needs {service}.", service=reason) if reason else ""

    def _of(self, service: str, path: tuple[str, ...]) -> str:
        """What it needs, and what is the matter with that."""
        if service not in self._known:
            found = [reason for need in self._needs(service) if (reason := self._because(need, (*path, service)))]
            self._known[service] = found[0] if found else ""
        return self._known[service]

    def _needs(self, service: str) -> tuple[str, ...]:
        entry = self._workspace.service(service)
        return tuple(dict.fromkeys((*entry.requires, *entry.requires_same_wave)))

    def _because(self, need: str, path: tuple[str, ...]) -> str:
        name = self._workspace.name_of("services", need)
        if need in self._live:
            return ""
        if need in path:
            return _("{service}, and the prerequisites go round in a circle", service=name)
        if ruled_out := _ruled_out(name, self._decisions.get(need)):
            return ruled_out
        deeper = self._of(need, path)
        return _("{service}, which needs {other}", service=name, other=deeper) if deeper else ""


def _ruled_out(name: str, state: State | None) -> str:
    """A service that is not there or was decided against; empty when it may be planned."""
    match state:
        case None:
            return _("{service}, which is not in the catalogue", service=name)
        case "decline":
            return _("{service}, which is declined", service=name)
        case "defer":
            return _("{service}, which is deferred", service=name)
        case "dropped":
            return _("{service}, which was dropped", service=name)
    return ""
