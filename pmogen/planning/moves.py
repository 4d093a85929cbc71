"""What a new plan changes about the published one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pmogen.planning.plan import Plan


@dataclass(frozen=True)
class Move:
    """A service that is in another wave than before, new in the plan, or gone from it; waves are ids."""

    service: str
    kind: Literal["moved", "added", "dropped"]
    before: str | None
    now: str | None


def moves(before: Mapping[str, str | None], plan: Plan) -> tuple[Move, ...]:
    """Every difference to the waves that people know, by service; none when nothing moved."""
    now = {placement.service: placement.wave for placement in plan.placements}
    found = []
    for service in sorted(before.keys() | now.keys()):
        was, is_now = before.get(service), now.get(service)
        if was == is_now:
            continue
        kind: Literal["moved", "added", "dropped"] = (
            "added" if was is None else "dropped" if is_now is None else "moved"
        )
        found.append(Move(service, kind, was, is_now))
    return tuple(found)
