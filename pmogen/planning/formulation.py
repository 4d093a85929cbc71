"""From a workspace, its gaps and the choice of services to the planning problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import floor, lcm

from pmogen.analysis.gaps import Gap
from pmogen.analysis.ladders import whole
from pmogen.analysis.progress import days_left, days_spent, under_way
from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import Choice, expected_days, liftings_of
from pmogen.language import _
from pmogen.model.base import Load, exact
from pmogen.model.catalogue import Effort, Service
from pmogen.model.method import ChangeMethod
from pmogen.model.roadmap import Progress, Wave
from pmogen.model.workspace import Workspace
from pmogen.planning.calendar import months, working_days
from pmogen.planning.plan import Absence
from pmogen.planning.problem import (
    DAY,
    FTE,
    POINT,
    Ask,
    AspectGap,
    AudienceLimits,
    LevelLift,
    PlanService,
    Prerequisite,
    Problem,
    RoleLimits,
    WaveLimits,
    half_up,
)
from pmogen.planning.selection import select
from pmogen.planning.words import listed

QUICK_DAYS = 15
"""Person-days that a quick win takes at most; it also asks little of everybody (low load)."""


@dataclass(frozen=True)
class Formulation:
    """The problem, the absences that are settled before planning, and wishes that cannot be met at all.

    `gaps` are the gaps by aspect, `liftings` what each service of the problem lifts, `choice` is what it was made of.
    """

    problem: Problem
    absences: tuple[Absence, ...]
    notes: tuple[str, ...]
    gaps: Mapping[str, Gap]
    liftings: Mapping[str, tuple[Lifting, ...]]
    choice: Choice


@dataclass(frozen=True)
class _Happened:
    wave: int
    days: Fraction
    lifting: bool


def formulate(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> Formulation:
    """The planning problem of a workspace. What refers to unknown services or waves is passed over."""
    waves = in_order(workspace)
    history = _history(workspace, waves)
    pins = _pins(workspace, waves)
    deadlines = _deadlines(workspace, waves)
    begun = under_way(workspace)
    selection = select(workspace, choice, history, {**pins, **deadlines, **begun})
    ids = sorted((*history, *selection.plannable))
    audiences = _audience_ids(workspace, ids)
    liftings = {service: liftings_of(workspace.service(service), workspace.catalogue.method.lift) for service in ids}
    not_before = _not_before(workspace, waves)
    roles = _roles(workspace, waves)
    asked = _Asked(audiences, workspace.catalogue.method.change)

    def planned(index: int, name: str) -> PlanService:
        service, happened = workspace.service(name), history.get(name)
        days = _tenths(service.establish_days) if happened is None else half_up(DAY * happened.days)
        found = PlanService(
            id=name,
            index=index,
            days=days,
            run=_hundredths(service.run_fte),
            asks=asked.by(service),
            requires=_requires(service),
            rank=selection.plannable.get(name, "proposed"),
            launched=None if happened is None else happened.wave,
            lifting=happened is None or happened.lifting,
            pin=pins.get(name),
            not_before=not_before.get(name, 0),
            deadline=deadlines.get(name),
            quick=_is_quick(service),
            roles=tuple(n for n, role in enumerate(roles) if role.id in service.roles.responsible),
        )
        return _begun(workspace, waves, found, begun[name]) if name in begun else found

    services = tuple(planned(index, name) for index, name in enumerate(ids))
    known = {gap.aspect: gap for gap in gaps}
    unit, aspects = _aspects(workspace, known, {s.id: liftings[s.id] for s in services if s.lifting}, ids)
    problem = Problem(
        waves=tuple(_wave(workspace, wave) for wave in waves),
        audiences=tuple(_audience(workspace, audience, waves) for audience in audiences),
        aspects=aspects,
        services=services,
        build_waves=workspace.catalogue.method.capacity.build_waves,
        high_per_wave=workspace.catalogue.method.change.high_per_wave,
        level_unit=unit,
        roles=roles,
        together=_groups((entry.services for entry in workspace.roadmap.together), ids),
        alternatives=_groups((entry.services for entry in workspace.roadmap.alternatives), ids),
    )
    notes = (*_notes(workspace, waves, history, pins, problem), *_more_notes(workspace, deadlines, problem))
    return Formulation(problem, selection.absences, notes, known, liftings, choice)


def _groups(groups: Iterable[tuple[str, ...]], ids: list[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of services that may be planned or are live, each sorted; what is left of one alone is no group."""
    known = frozenset(ids)
    found = (tuple(sorted(known.intersection(group))) for group in groups)
    return tuple(sorted({group for group in found if len(group) > 1}))


def in_order(workspace: Workspace) -> tuple[Wave, ...]:
    """The waves by their start; those that start together in the order of the file."""
    return tuple(sorted(workspace.roadmap.waves, key=lambda wave: wave.starts))


def _numbers(waves: tuple[Wave, ...]) -> dict[str, int]:
    return {wave.id: number for number, wave in reversed(tuple(enumerate(waves)))}


def _history(workspace: Workspace, waves: tuple[Wave, ...]) -> dict[str, _Happened]:
    """What finished and running waves launched; a service counts where it is listed first."""
    happened: dict[str, _Happened] = {}
    assessed = workspace.current.assessment.date
    for number, wave in enumerate(waves):
        for entry in wave.launched if wave.status != "planned" else ():
            service = workspace.find("services", entry.service)
            if service is None or entry.service in happened:
                continue
            told = entry.effort_days
            days = expected_days(service.establish_days) if told is None else exact(told)
            happened[entry.service] = _Happened(number, days, wave.ends > assessed)
    return happened


def _pins(workspace: Workspace, waves: tuple[Wave, ...]) -> dict[str, int]:
    """Wave number by pinned service; of two pins on one service the last in the file counts."""
    numbers = _numbers(waves)
    known = [pin for pin in workspace.roadmap.pins if pin.wave in numbers and workspace.find("services", pin.service)]
    return {pin.service: numbers[pin.wave] for pin in known}


def _deadlines(workspace: Workspace, waves: tuple[Wave, ...]) -> dict[str, int]:
    """Last wave by service; of two deadlines the earlier counts."""
    numbers = _numbers(waves)
    found: dict[str, int] = {}
    for wish in workspace.roadmap.deadlines:
        if wish.wave in numbers and workspace.find("services", wish.service):
            found[wish.service] = min(found.get(wish.service, len(waves)), numbers[wish.wave])
    return found


def _not_before(workspace: Workspace, waves: tuple[Wave, ...]) -> dict[str, int]:
    numbers = _numbers(waves)
    found: dict[str, int] = {}
    for wish in workspace.roadmap.not_before:
        if wish.wave in numbers:
            found[wish.service] = max(found.get(wish.service, 0), numbers[wish.wave])
    return found


def _begun(workspace: Workspace, waves: tuple[Wave, ...], service: PlanService, entry: Progress) -> PlanService:
    """The service with what is left of it; what is under way launches where it is expected, or later."""
    last = [number for number, wave in enumerate(waves) if wave.status != "finished"][-1:]
    if not last:
        return service
    numbers = _numbers(waves)
    expected = numbers.get(entry.expected, 0) if entry.expected else 0
    return replace(
        service,
        days=half_up(DAY * days_left(workspace, entry)),
        not_before=max(service.not_before, expected),
        deadline=last[0] if service.deadline is None else service.deadline,
        begun=True,
    )


def _audience_ids(workspace: Workspace, services: Iterable[str]) -> tuple[str, ...]:
    """Audiences of the catalogue in its order, then others that services or limits name."""
    named = {change.audience for service in services for change in workspace.service(service).audiences}
    named |= {limit.audience for limit in workspace.roadmap.audiences}
    return tuple(dict.fromkeys((*(audience.id for audience in workspace.catalogue.audiences), *sorted(named))))


def _requires(service: Service) -> tuple[Prerequisite, ...]:
    if not service.requires and not service.requires_same_wave:
        return ()
    same = set(service.requires_same_wave) - set(service.requires)
    needs = [Prerequisite(need, 1) for need in dict.fromkeys(service.requires)]
    return (*needs, *(Prerequisite(need, 0) for need in sorted(same)))


def _is_quick(service: Service) -> bool:
    low = all(entry.load == "low" for entry in service.audiences)
    return low and expected_days(service.establish_days) <= QUICK_DAYS


def _tenths(effort: Effort) -> int:
    """Expected person-days in tenths."""
    return _tenths_of(expected_days(effort))


@lru_cache(maxsize=1 << 12)
def _tenths_of(days: Fraction) -> int:
    return half_up(DAY * days)


@lru_cache(maxsize=1 << 12)
def _hundredths(fte: float) -> int:
    return half_up(FTE * exact(fte))


class _Asked:
    """What launches ask of the audiences; what some loads ask together is reckoned once."""

    def __init__(self, audiences: tuple[str, ...], change: ChangeMethod) -> None:
        self._number = {audience: number for number, audience in enumerate(audiences)}
        self._change = change
        self._known: dict[tuple[Load, ...], tuple[int, int, int]] = {}

    def by(self, service: Service) -> tuple[Ask, ...]:
        """What the service asks, by audience in the order in which it names them."""
        loads: dict[str, tuple[Load, ...]] = {}
        for entry in service.audiences:
            loads[entry.audience] = (*loads.get(entry.audience, ()), entry.load)
        return tuple(Ask(self._number[audience], *self._of(listed)) for audience, listed in loads.items())

    def _of(self, loads: tuple[Load, ...]) -> tuple[int, int, int]:
        """Points, tail and high changes."""
        if loads not in self._known:
            change = self._change
            points = [Fraction(getattr(change.points, load)) for load in loads]
            tails = [part * exact(getattr(change.tail, load)) for load, part in zip(loads, points, strict=True)]
            whole_points, whole_tails = (half_up(POINT * sum(parts, Fraction(0))) for parts in (points, tails))
            self._known[loads] = whole_points, whole_tails, loads.count("high")
        return self._known[loads]


def _roles(workspace: Workspace, waves: tuple[Wave, ...]) -> tuple[RoleLimits, ...]:
    """What people of the roles that waves list can build; of two entries for one role in a wave the sum."""
    method = workspace.catalogue.method.capacity
    found = []
    for role in sorted({entry.role for wave in waves for entry in wave.roles if wave.status != "finished"}):
        days: list[int | None] = []
        for wave in waves:
            listed_fte = [exact(entry.fte) for entry in wave.roles if entry.role == role]
            most = (
                exact(method.build_share) * sum(listed_fte) * working_days(wave.starts, wave.ends, method.absence_rate)
            )
            days.append(floor(DAY * most) if listed_fte else None)
        found.append(RoleLimits(role, workspace.name_of("roles", role), tuple(days)))
    return tuple(found)


def _wave(workspace: Workspace, wave: Wave) -> WaveLimits:
    """Limits of the PMO as a whole."""
    method = workspace.catalogue.method.capacity
    fte = half_up(FTE * exact(wave.fte))
    days = half_up(DAY * working_days(wave.starts, wave.ends, method.absence_rate))
    return WaveLimits(
        id=wave.id,
        name=wave.name,
        open=wave.status != "finished",
        working_days=days,
        fte=fte,
        build_cap=floor(exact(method.build_share) * fte * days / FTE),
        run_cap=floor(exact(method.run_share) * fte),
        spent=sum(half_up(DAY * days) for days in days_spent(workspace, wave)),
    )


def _audience(workspace: Workspace, audience: str, waves: tuple[Wave, ...]) -> AudienceLimits:
    method = workspace.catalogue.method.change
    limits = [limit for limit in workspace.roadmap.audiences if limit.audience == audience]
    stated = [limit.capacity for limit in limits if limit.capacity is not None]
    capacity = stated[-1] if stated else method.capacity
    background = [entry for limit in limits for entry in limit.background]
    blocked = {entry.wave: entry.why for limit in limits for entry in limit.black_outs}
    return AudienceLimits(
        id=audience,
        name=workspace.name_of("audiences", audience),
        capacity=tuple(
            half_up(POINT * capacity * months(wave.starts, wave.ends) / method.wave_months) for wave in waves
        ),
        background=tuple(POINT * sum(entry.points for entry in background if entry.wave == wave.id) for wave in waves),
        black_out=tuple(blocked.get(wave.id) for wave in waves),
    )


def _aspects(
    workspace: Workspace, gaps: Mapping[str, Gap], liftings: Mapping[str, tuple[Lifting, ...]], ids: list[str]
) -> tuple[int, tuple[AspectGap, ...]]:
    """The unit of levels, and the gaps by aspect; a strength has its target at its level: nothing to close.

    A gap that is accepted carries no weight: nothing is planned for it.
    """
    by_aspect: dict[str, list[Lifting]] = {}
    numbers = [number for gap in gaps.values() for number in (gap.current, gap.target)]
    for lifting in (lifting for found in liftings.values() for lifting in found):
        by_aspect.setdefault(lifting.aspect, []).append(lifting)
        numbers += (lifting.by, lifting.up_to)
    unit = lcm(*{number.denominator for number in numbers})
    bits = {service: 1 << index for index, service in enumerate(ids)}
    weights = workspace.catalogue.method.gap.priority_weight
    accepted = {entry.aspect for entry in workspace.decisions.accepted_gaps}
    found = []
    for aspect in sorted(gaps):
        gap = gaps[aspect]
        lifts = sorted(by_aspect.get(aspect, ()), key=lambda lift: (whole(lift.up_to, unit), lift.service))
        found.append(
            AspectGap(
                id=aspect,
                weight=0 if aspect in accepted else getattr(weights, gap.priority),
                now=whole(gap.current, unit),
                target=whole(max(gap.current, gap.target), unit),
                lifts=tuple(
                    LevelLift(bits[lift.service], whole(lift.by, unit), whole(lift.up_to, unit)) for lift in lifts
                ),
            )
        )
    return unit, tuple(found)


def _notes(
    workspace: Workspace,
    waves: tuple[Wave, ...],
    history: Mapping[str, _Happened],
    pins: Mapping[str, int],
    problem: Problem,
) -> tuple[str, ...]:
    """Wishes that history or a decision rules out, by service."""
    notes = []
    for service, number in sorted(pins.items()):
        name, wave = workspace.name_of("services", service), waves[number].name
        if service in history and history[service].wave != number:
            really = waves[history[service].wave].name
            notes.append(
                _("{service} is pinned to {wave}, but launched in {other}.", service=name, wave=wave, other=really)
            )
        elif service not in history and service not in problem.by_id:
            notes.append(
                _(
                    "{service} is pinned to {wave}, but may not be planned: see why it is absent.",
                    service=name,
                    wave=wave,
                )
            )
    for wave_entry in waves:
        for entry in wave_entry.launched if wave_entry.status == "planned" else ():
            name = workspace.name_of("services", entry.service)
            notes.append(
                _(
                    "{service} is listed as launched in {wave}, which has not begun; this is passed over.",
                    service=name,
                    wave=wave_entry.name,
                )
            )
    return tuple(notes)


def _more_notes(workspace: Workspace, deadlines: Mapping[str, int], problem: Problem) -> Iterator[str]:
    """Deadlines and groups that history or a decision rules out."""
    for service, number in sorted(deadlines.items()):
        name, wave = workspace.name_of("services", service), problem.waves[number].name
        launched = problem.by_id[service].launched if service in problem.by_id else None
        if launched is not None and launched > number:
            really = problem.waves[launched].name
            yield _("{service} was needed by {wave}, but launched in {other}.", service=name, wave=wave, other=really)
        elif service not in problem.by_id:
            yield _(
                "{service} is needed by {wave}, but may not be planned: see why it is absent.", service=name, wave=wave
            )
    for group in workspace.roadmap.together:
        missing = [service for service in group.services if service not in problem.by_id]
        if 0 < len(missing) < len(group.services):
            rest = [service for service in group.services if service not in missing]
            names = [listed(workspace.name_of("services", service) for service in part) for part in (missing, rest)]
            yield _(
                "{missing} may not be planned, so {services} need not wait for it, although they belong together.",
                missing=names[0],
                services=names[1],
            )
