"""The planning problem as whole numbers.

Everything the scheduler adds up and compares is an integer, so that a plan is the same on every
machine and a capacity is never exceeded by a rounding error. The scales:

- person-days in tenths, rounded half up;
- full-time equivalents (FTE) in hundredths, rounded half up;
- change points in hundredths, rounded half up;
- levels in `Problem.level_unit`-ths: the smallest unit in which every level of the problem is whole,
  so nothing is rounded.

Waves are numbered from 0 in the order of their start. Where history (what finished and running waves
launched) has overdrawn a capacity, that is no error, but nothing may be added to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Literal

DAY = 10
"""A person-day is ten units."""
FTE = 100
"""A full-time equivalent is a hundred units."""
POINT = 100
"""A change point is a hundred units."""


def half_up(number: Fraction) -> int:
    """The nearest whole number; halves go up.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2)), half_up(Fraction(7, 3))
    (3, -2, 2)
    """
    return floor(number + Fraction(1, 2))


Rank = Literal["offered", "proposed", "prerequisite"]
"""How a service comes into the problem: offered and closing a gap; undecided and closing a gap (a
proposal); or closing nothing, so that only others that need it can bring it in."""


@dataclass(frozen=True)
class Ask:
    """What a launch asks of one audience: points in its wave, points in the next, and how many high changes."""

    audience: int
    points: int
    tail: int
    highs: int


@dataclass(frozen=True)
class Prerequisite:
    """A service that must be live first: `lag` waves before at the latest (0 means the same wave will do)."""

    service: str
    lag: int


@dataclass(frozen=True)
class PlanService:
    """A service that is live already or may be planned.

    `days` is the effort to establish it (for history: what it really took), `run` the FTE it takes in
    every wave after its launch. `launched` is its wave in history; `lifting` is false when the assessed
    levels contain its effect already.
    """

    id: str
    index: int
    days: int
    run: int
    asks: tuple[Ask, ...]
    requires: tuple[Prerequisite, ...]
    rank: Rank = "proposed"
    launched: int | None = None
    lifting: bool = True
    pin: int | None = None
    not_before: int = 0


@dataclass(frozen=True)
class WaveLimits:
    """What the PMO offers in a wave.

    `working_days` are those of one person. Building may use `build_cap` person-days at most, and never
    what running services take; running may take `run_cap` FTE. `extra_days` are person-days for
    building granted on top in a what-if.
    """

    id: str
    name: str
    open: bool
    working_days: int
    fte: int
    build_cap: int
    run_cap: int
    extra_days: int = 0

    def build_limit(self, run: int) -> int:
        """Person-days for building when running services take so many FTE; rounded down."""
        beside_running = max(0, self.fte - run) * self.working_days // FTE
        return min(self.build_cap, beside_running) + self.extra_days


@dataclass(frozen=True)
class AudienceLimits:
    """What an audience can take, wave by wave: capacity, background load, and why nothing may launch."""

    id: str
    name: str
    capacity: tuple[int, ...]
    background: tuple[int, ...]
    black_out: tuple[str | None, ...]


@dataclass(frozen=True)
class LevelLift:
    """What one service adds to an aspect: at most `by`, and not beyond `up_to`. `bit` marks the service."""

    bit: int
    by: int
    up_to: int


@dataclass(frozen=True)
class AspectGap:
    """A gap to close: levels in `Problem.level_unit`-ths; `lifts` by ascending ceiling."""

    id: str
    weight: int
    now: int
    target: int
    lifts: tuple[LevelLift, ...]

    @cached_property
    def mask(self) -> int:
        """Bit set of all services that lift it."""
        mask = 0
        for lift in self.lifts:
            mask |= lift.bit
        return mask

    def closed(self, live: int) -> int:
        """How much of the gap the services of the bit set `live` close (DESIGN, section 4, step by step)."""
        level = self.now
        for lift in self.lifts:
            if live & lift.bit and lift.up_to > level:
                level = min(level + lift.by, lift.up_to)
        return min(self.target, level) - self.now


@dataclass(frozen=True)
class Problem:
    """What to plan and within which limits. Services are sorted by id; `index` is their place."""

    waves: tuple[WaveLimits, ...]
    audiences: tuple[AudienceLimits, ...]
    aspects: tuple[AspectGap, ...]
    services: tuple[PlanService, ...]
    build_waves: int
    high_per_wave: int
    level_unit: int

    @cached_property
    def by_id(self) -> Mapping[str, PlanService]:
        """The services by their id."""
        return {service.id: service for service in self.services}

    @cached_property
    def open_waves(self) -> tuple[int, ...]:
        """Waves in which something may still launch."""
        return tuple(number for number, wave in enumerate(self.waves) if wave.open)

    @cached_property
    def gaps_of(self) -> tuple[tuple[AspectGap, ...], ...]:
        """By service index: the gaps it lifts."""
        return tuple(
            tuple(aspect for aspect in self.aspects if aspect.mask & 1 << service.index) for service in self.services
        )

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[PlanService, ...]]:
        """All that a service needs and that is not live yet, prerequisites first. There are no circles."""
        known: dict[str, tuple[PlanService, ...]] = {}

        def needs(service: PlanService) -> tuple[PlanService, ...]:
            if service.id not in known:
                direct = [self.by_id[need.service] for need in service.requires]
                chain = [s for need in direct if need.launched is None for s in (*needs(need), need)]
                known[service.id] = tuple(dict.fromkeys(chain))
            return known[service.id]

        for service in self.services:
            if service.launched is None:
                needs(service)
        return known

    def run_cap(self, wave: int) -> int:
        """FTE that running may take; after the last wave the team of the last wave is taken to stay."""
        return self.waves[min(wave, len(self.waves) - 1)].run_cap
