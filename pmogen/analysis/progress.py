"""What was started and is not live: under way, or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pmogen.analysis.launched import live_services
from pmogen.analysis.once import once
from pmogen.analysis.services import expected_days
from pmogen.model.base import exact
from pmogen.model.roadmap import Progress, Wave
from pmogen.model.workspace import Workspace


@once
def started(workspace: Workspace) -> Mapping[str, Progress]:
    """What was started, by service; what is live is no longer among it, and of two entries the last counts."""
    live = live_services(workspace)
    entries = workspace.roadmap.progress
    return {e.service: e for e in entries if e.service not in live and workspace.find("services", e.service)}


def under_way(workspace: Workspace) -> Mapping[str, Progress]:
    """What was started and will be live, by service."""
    return {service: entry for service, entry in started(workspace).items() if entry.dropped is None}


@once
def dropped(workspace: Workspace) -> Mapping[str, Progress]:
    """What was started and given up, by service."""
    return {service: entry for service, entry in started(workspace).items() if entry.dropped is not None}


def days_left(workspace: Workspace, entry: Progress) -> Fraction:
    """Person-days still needed: as stated, or the estimate less what it has taken, never below 0."""
    if entry.left_days is not None:
        return exact(entry.left_days)
    estimate = expected_days(workspace.service(entry.service).establish_days)
    return max(Fraction(0), estimate - exact(entry.effort_days or 0))


def days_spent(workspace: Workspace, wave: Wave) -> tuple[Fraction, ...]:
    """Person-days taken so far by each service that was started in the wave and is not live."""
    entries = (entry for entry in started(workspace).values() if wave.starts <= entry.started <= wave.ends)
    return tuple(exact(entry.effort_days or 0) for entry in entries)
