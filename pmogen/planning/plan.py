"""What planning says: which service launches in which wave, what it costs, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from pmogen.diagnostics import Span
from pmogen.language import _, spoken

AbsenceCode = Literal[
    "declined",
    "deferred",
    "dropped",
    "redundant",
    "alternative",
    "prerequisite",
    "no room",
    "black-out",
    "accepted",
    "not useful",
]
ChangeKind = Literal[
    "days",
    "points",
    "run",
    "role",
    "high",
    "black-out",
    "not before",
    "wave",
    "offer",
    "resume",
    "decline",
    "unaccept",
    "pin",
]


@dataclass(frozen=True)
class Work:
    """Person-days of building that fall into one wave."""

    wave: str
    days: Fraction


@dataclass(frozen=True)
class Limit:
    """A limit that a launch would break: what kind, in which wave, and whose.

    `wave` is empty where no one wave is meant, and for what lies after the last wave. `subject` is an audience, a
    role or a service. `need` is what the launch asks, `free` what is left of it, in days, points or FTE.
    """

    kind: str
    wave: str
    subject: str = ""
    need: Fraction = Fraction(0)
    free: Fraction = Fraction(0)


@dataclass(frozen=True)
class Change:
    """One thing to change: more of a limit, a date, or a decision; `what_if` is how a what-if says it, where it can."""

    kind: ChangeKind
    wave: str
    subject: str
    amount: Fraction
    what_if: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Takes:
    """The least that would let a service launch in `wave`, with everything else where it is.

    `brings` are the services that would launch then, with their waves: what it needs, and itself.
    """

    wave: str
    changes: tuple[Change, ...]
    brings: tuple[tuple[str, str], ...]
    words: str

    def __str__(self) -> str:
        return self.words

    @property
    def what_if(self) -> tuple[str, ...]:
        """The changes as a what-if takes them; nothing where it cannot make all of them."""
        return (
            tuple(w for change in self.changes for w in change.what_if) if all(c.what_if for c in self.changes) else ()
        )


@dataclass(frozen=True)
class Tried:
    """What is in the way of a service in a wave, with everything else where it is.

    `limits` are all that launching it there would break, `why` says each of them in a sentence; none when it
    would fit there. `takes` says what would make room, where one thing more would; `helps` whether it would close more
    there.
    """

    wave: str
    why: tuple[str, ...]
    limits: tuple[Limit, ...] = ()
    takes: Takes | None = None
    helps: bool = True


@dataclass(frozen=True)
class Placement:
    """A service with its launch wave.

    `frozen` is true for launches in finished waves, which are history. `why` says in plain words why
    it is in this wave: what it closes and what kept it from being earlier; `earlier` is complete on that, the latest
    wave first, and `takes` what would bring it forward. `pulled_by` names services that need it, when that is the
    reason it is there.
    """

    service: str
    wave: str
    work: tuple[Work, ...]
    frozen: bool
    pinned: bool
    why: tuple[str, ...]
    pulled_by: tuple[str, ...] = ()
    earlier: tuple[Tried, ...] = ()
    takes: Takes | None = None


@dataclass(frozen=True)
class Absence:
    """A service that is in no wave, and why.

    The first sentence of `why` is the answer in short. `by` are services it names: those that cover it, that it
    waits for, or that were taken instead. `tried` are the waves in which it would help (where it waits for another:
    all waves for that one), with what is in the way; `beside` what was taken to launch too for that, as it needs it.
    `takes` says what it would take, where that is known.
    """

    service: str
    code: AbsenceCode
    why: tuple[str, ...]
    by: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    takes: Takes | None = None


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
class Said:
    """Something people said that contradicts something else, in words and with its place."""

    text: str
    span: Span


@dataclass(frozen=True)
class Plan:
    """The roadmap: placements in the order of waves, absences by id, and what the plan uses.

    `value_waves` is the objective: priority-weighted gap closure summed over the waves. No plan within
    the same limits can exceed `bound` (None: not proven); `least_effort` is true when none of the same
    value takes less effort, `unique` when no other is as good in all that counts; `stopped` when a person ended
    the proof. `kept` are the offered services that no proposal may displace, by id.
    `problems` says in plain words which wishes could not be met (a pin that does not fit, ...), `conflicts`
    why: smallest sets of statements that cannot all hold, the wishes first.
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
    unique: bool = False
    stopped: bool = False
    kept: tuple[str, ...] = ()
    conflicts: tuple[tuple[Said, ...], ...] = ()

    @property
    def found_by(self) -> str:
        """How the plan was found, in words; `engine` says it in English, as it is published."""
        return _(self.engine)

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
        if self.gap == 0:
            return _("proven optimal") if self.least_effort else _("proven to bring the most")
        if not self.value_waves:
            return _("perhaps not the best possible")
        percent = str(max(1, ceil(self.gap * 1000)) / 10).replace(".", spoken().point)
        return _("within {percent} % of the best possible", percent=percent)
