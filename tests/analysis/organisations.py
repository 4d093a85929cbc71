"""Small organisations for the tests of gaps and services: aspects with levels, services with what they lift."""

from __future__ import annotations

from typing import Any

from pmogen.model.workspace import Workspace
from pmogen.playbook import Playbook, compute
from tests.workspaces import SMALL, Changes, parsed, service, workspace

BOARD = {"who": "Board", "when": "2027-01-31", "why": "Because."}

NONE: dict[str, Any] = {"id": "register", "ignore": True, "reason": "Not here."}


def lifting(identifier: str, *lifts: tuple[str, float], **changes: Any) -> dict[str, Any]:
    """A service that lifts aspects by so many levels, in exactly `days` person-days (5 by default)."""
    days = changes.pop("days", 5)
    told = [{"aspect": aspect, "strength": "primary", "by": by} for aspect, by in lifts]
    return service(identifier, lifts=told, establish_days={"low": days, "high": days}, **changes)


def organisation(
    gaps: dict[str, tuple[float, float]],
    services: list[dict[str, Any]],
    decisions: dict[str, Any] | None = None,
    **files: Any,
) -> Workspace:
    """A workspace with these gaps (current, target), these services only, and these decisions."""
    stated = [
        {"aspect": aspect, "current": current, "current_source": "workshop", "target": target}
        | ({"target_reason": "Wanted."} if target > 3 else {})
        for aspect, (current, target) in gaps.items()
    ]
    closable = files.pop("pmo_can_close", {})
    aspects = [
        parsed(SMALL["standard/aspects.yml"])["aspects"][0]
        | {"id": aspect, "name": aspect.capitalize(), "pmo_can_close": closable.get(aspect, "fully")}
        for aspect in gaps
    ]
    priorities = files.pop("priorities", {})
    for entry in stated:
        if entry["aspect"] in priorities:
            entry |= {"priority": priorities[entry["aspect"]], "priority_reason": "Said so."}
    changes: Changes = {
        "standard/services.yml": {"services": services},
        "standard/aspects.yml": {"aspects": aspects},
        "content/assessments/2027-01-31.yml": {"aspects": stated},
        "content/foundation.yml": {"customers": []},
        "content/decisions.yml": decisions or {},
        **files.pop("others", {}),
    }
    return workspace(changes)


def decided(**decisions: str) -> dict[str, Any]:
    """Decisions on services, today: `decided(register="offer")`; `_` stands for a hyphen."""
    return {
        "services": [
            {"service": name.replace("_", "-"), "decision": decision, **BOARD} for name, decision in decisions.items()
        ]
    }


def computed(made: Workspace) -> Playbook:
    """Everything that follows from the workspace."""
    return compute(made)
