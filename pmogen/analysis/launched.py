"""What is live already, as the waves of the roadmap say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmogen.analysis.once import once
from pmogen.model.workspace import Workspace


@dataclass(frozen=True)
class Live:
    """A service that was launched in a wave that is finished or running.

    `lifts` is false when the wave had ended by the day of the current assessment: then the assessed
    levels contain its effect already, and it must not count twice.
    """

    service: str
    wave: str
    lifts: bool


@once
def live_services(workspace: Workspace) -> Mapping[str, Live]:
    """Live services by id; a service counts where it is listed first."""
    assessed = workspace.current.assessment.date
    found: dict[str, Live] = {}
    for wave in sorted(workspace.roadmap.waves, key=lambda wave: wave.starts):
        for entry in wave.launched if wave.status != "planned" else ():
            found.setdefault(entry.service, Live(entry.service, wave.id, wave.ends > assessed))
    return found
