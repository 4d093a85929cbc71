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

from collections.abc import Iterable, Mapping
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

    `days` is the effort to establish it (for history: what it really took; for what is under way: what is
    left), `run` the FTE it takes in
    every wave after its launch. `launched` is its wave in history; `lifting` is false when the assessed
    levels contain its effect already. A `pin` names the only wave it may launch in, a `deadline` the
    last; both mean that it must launch. `begun` is true when it is under way: then its deadline is the last wave at the
    latest. `roles` share its building in equal parts. `quick` marks quick wins: small, and little to learn for anybody.
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
    deadline: int | None = None
    quick: bool = False
    roles: tuple[int, ...] = ()
    begun: bool = False

    @property
    def latest(self) -> int | None:
        """The last wave in which it must have launched; None when it need not launch at all."""
        last = [wave for wave in (self.pin, self.deadline) if wave is not None]
        return min(last) if last else None

    def may_launch(self, wave: int) -> bool:
        """Whether pin and deadline allow the wave."""
        return self.pin in (None, wave) and (self.deadline is None or wave <= self.deadline)


@dataclass(frozen=True)
class WaveLimits:
    """What the PMO offers in a wave.

    `working_days` are those of one person. Building may use `build_cap` person-days at most, and never
    what running services take; running may take `run_cap` FTE. `extra_days` are person-days for
    building granted on top in a what-if, `spent` those that went into what is not live yet, or was dropped.
    """

    id: str
    name: str
    open: bool
    working_days: int
    fte: int
    build_cap: int
    run_cap: int
    extra_days: int = 0
    spent: int = 0

    def build_limit(self, run: int) -> int:
        """Person-days for building when running services take so many FTE; rounded down."""
        beside_running = max(0, self.fte - run) * self.working_days // FTE
        return min(self.build_cap, beside_running) + self.extra_days - self.spent


@dataclass(frozen=True)
class AudienceLimits:
    """What an audience can take, wave by wave: capacity, background load, and why nothing may launch."""

    id: str
    name: str
    capacity: tuple[int, ...]
    background: tuple[int, ...]
    black_out: tuple[str | None, ...]


@dataclass(frozen=True)
class RoleLimits:
    """Days (tenths) that people of a role can build, wave by wave; None where a wave does not list the role."""

    id: str
    name: str
    days: tuple[int | None, ...]

    def more(self, wave: int, days: int) -> RoleLimits:
        """The same with so many days more in a wave, where it is limited."""
        given = tuple(d if d is None or n != wave else d + days for n, d in enumerate(self.days))
        return RoleLimits(self.id, self.name, given) if days else self


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
    """What to plan and within which limits. Services are sorted by id; `index` is their place.

    Services of a group in `together` launch in the same wave or not at all; of a group in
    `alternatives` at most one is ever live.
    """

    waves: tuple[WaveLimits, ...]
    audiences: tuple[AudienceLimits, ...]
    aspects: tuple[AspectGap, ...]
    services: tuple[PlanService, ...]
    build_waves: int
    high_per_wave: int
    level_unit: int
    together: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    roles: tuple[RoleLimits, ...] = ()

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
        found: list[dict[str, AspectGap]] = [{} for _ in self.services]
        for aspect in self.aspects:
            for lift in aspect.lifts:
                found[lift.bit.bit_length() - 1][aspect.id] = aspect
        return tuple(tuple(aspects.values()) for aspects in found)

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

    def mates(self, service: str) -> tuple[str, ...]:
        """What is to launch together with the service and is not history."""
        mates = self._company[0].get(service, ())
        return tuple(other for other in mates if other in self.by_id and self.by_id[other].launched is None)

    def rivals(self, service: str) -> tuple[str, ...]:
        """Alternatives to the service."""
        return self._company[1].get(service, ())

    @cached_property
    def _company(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
        """The others of its groups by service: of those that launch together, and of alternatives."""
        return _others_in(self.together), _others_in(self.alternatives)

    @cached_property
    def companies(self) -> tuple[tuple[PlanService, ...], ...]:
        """Services still to launch, those that launch together as one group; in the order of ids."""
        group_of = {service.id: {service.id} for service in self.services if service.launched is None}
        for together in self.together:
            joined = set().union(*(group_of[service] for service in together if service in group_of))
            for service in joined:
                group_of[service] = joined
        groups = {id(group): tuple(sorted(group)) for group in group_of.values()}
        return tuple(tuple(self.by_id[service] for service in group) for group in sorted(groups.values()))

    @cached_property
    def company_of(self) -> Mapping[str, tuple[PlanService, ...]]:
        """Services that launch together with others, by each of their ids."""
        return {service.id: group for group in self.companies if len(group) > 1 for service in group}

    def needed_by(self, service: str) -> tuple[tuple[str, int], ...]:
        """Services still to launch that need it, with their lag."""
        return self._needed_by.get(service, ())

    @cached_property
    def _needed_by(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        found: dict[str, tuple[tuple[str, int], ...]] = {}
        for service in self.services:
            for need in service.requires if service.launched is None else ():
                found[need.service] = (*found.get(need.service, ()), (service.id, need.lag))
        return found

    def excluded(self, members: Iterable[PlanService]) -> bool:
        """Whether services can never launch together: alternatives of each other or of what is live already."""
        mine = {member.id for member in members}
        groups = (set(group) for group in self.alternatives if not mine.isdisjoint(group))
        return any(len(mine & group) + len(self._live & group) > 1 for group in groups)

    @cached_property
    def _live(self) -> frozenset[str]:
        return frozenset(service.id for service in self.services if service.launched is not None)

    def run_cap(self, wave: int) -> int:
        """FTE that running may take; after the last wave the team of the last wave is taken to stay."""
        return self.waves[min(wave, len(self.waves) - 1)].run_cap


def _others_in(groups: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """By service: all others of the groups it is in."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for service in group:
            found.setdefault(service, {}).update(dict.fromkeys(other for other in group if other != service))
    return {service: tuple(others) for service, others in found.items()}
