"""What planning says: which service launches in which wave, what it costs, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

AbsenceCode = Literal["declined", "deferred", "redundant", "prerequisite", "no room", "not useful"]


@dataclass(frozen=True)
class Work:
    """Person-days of building that fall into one wave."""

    wave: str
    days: Fraction


@dataclass(frozen=True)
class Earlier:
    """Why a service is not in an earlier wave, with everything else where it is.

    `why` has a sentence for each limit that moving it there would break, all of them; none when it
    would fit there. `takes` says what would make room, where one thing more would.
    """

    wave: str
    why: tuple[str, ...]
    takes: str = ""


@dataclass(frozen=True)
class Placement:
    """A service with its launch wave.

    `frozen` is true for launches in finished waves, which are history. `why` says in plain words why
    it is in this wave: what it closes and what kept it from being earlier; `earlier` is complete on that. `pulled_by` names services
    that need it, when that is the reason it is there.
    """

    service: str
    wave: str
    work: tuple[Work, ...]
    frozen: bool
    pinned: bool
    why: tuple[str, ...]
    pulled_by: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Absence:
    """A service that is in no wave, and why; `takes` says what it would take, where that is known."""

    service: str
    code: AbsenceCode
    why: tuple[str, ...]
    takes: str = ""


@dataclass(frozen=True)
class WaveUse:
    """Use of the PMO's capacity in one wave, in person-days, and FTE for running services.

    `working_days` are those of one full-time person, absences taken off. `build_limit` is
    what building may use after the running services took their part.
    """

    wave: str
    working_days: Fraction
    build_days: Fraction
    build_limit: Fraction
    run_fte: Fraction
    run_limit: Fraction
    fte: Fraction


@dataclass(frozen=True)
class LoadPart:
    """One thing that asks an audience to change in a wave.

    `what` is the service's id for a launch and a tail, and the reason as written for the background.
    """

    source: Literal["background", "launch", "tail"]
    what: str
    points: Fraction


@dataclass(frozen=True)
class ChangeLoad:
    """Change points of one audience in one wave against what it can take."""

    audience: str
    wave: str
    points: Fraction
    capacity: Fraction
    parts: tuple[LoadPart, ...]
    black_out: str | None
    band: Literal["calm", "busy", "full", "over"]


@dataclass(frozen=True)
class Projected:
    """Level of an aspect now and at the end of each wave."""

    aspect: str
    now: Fraction
    target: Fraction
    after: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Plan:
    """The roadmap: placements in the order of waves, absences by id, and what the plan uses.

    `value_waves` is the objective: priority-weighted gap closure summed over the waves. No plan within
    the same limits can exceed `bound` (None: not proven); `least_effort` is true when none of the same
    value takes less effort. `kept` are the offered services that no proposal may displace, by id.
    `problems` says in plain words which wishes could not be met (a pin that does not fit, ...).
    """

    engine: str
    placements: tuple[Placement, ...]
    absences: tuple[Absence, ...]
    uses: tuple[WaveUse, ...]
    loads: tuple[ChangeLoad, ...]
    projected: tuple[Projected, ...]
    value_waves: Fraction
    problems: tuple[str, ...] = ()
    bound: Fraction | None = None
    least_effort: bool = False
    kept: tuple[str, ...] = ()

    @property
    def gap(self) -> Fraction | None:
        """By which share of its own value the best possible plan can exceed this one; None when not proven."""
        if self.bound is None:
            return None
        return (self.bound - self.value_waves) / self.value_waves if self.value_waves else self.bound - self.value_waves

    @property
    def proof(self) -> str:
        """How good the plan is, in words; empty when nothing is proven."""
        if self.gap is None:
            return ""
        return (
            "proven optimal"
            if self.gap == 0
            else f"within {max(1, round(self.gap * 1000)) / 10} % of the best possible"
        )
