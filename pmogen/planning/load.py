"""What a schedule uses: the PMO's capacity, and how much change each audience goes through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from pmogen.model.base import exact
from pmogen.model.workspace import Workspace
from pmogen.planning.building import run_by_wave
from pmogen.planning.plan import ChangeLoad, LoadPart, WaveUse
from pmogen.planning.problem import DAY, FTE, POINT, Problem
from pmogen.planning.scheduler import Schedule

Band = Literal["calm", "busy", "full", "over"]


def band_of(points: Fraction, capacity: Fraction, busy_from: Fraction) -> Band:
    """Calm below `busy_from` of the capacity, busy from there, full at all of it, over above.

    Where there is no capacity, any point is over, and none is calm.
    """
    if points > capacity:
        return "over"
    if capacity == 0:
        return "calm"
    if points == capacity:
        return "full"
    return "busy" if points >= busy_from * capacity else "calm"


def uses_of(problem: Problem, schedule: Schedule) -> tuple[WaveUse, ...]:
    """Use of the PMO's capacity, wave by wave, with what went into services that are not live yet, or were dropped."""
    run = run_by_wave(problem, schedule.launches)
    build = [sum(days.get(number, 0) for days in schedule.work.values()) for number in range(len(problem.waves))]
    return tuple(
        WaveUse(
            wave=wave.id,
            working_days=Fraction(wave.working_days, DAY),
            build_days=Fraction(build[number] + wave.spent, DAY),
            build_limit=Fraction(wave.build_limit(run[number]) + wave.spent, DAY),
            run_fte=Fraction(run[number], FTE),
            run_limit=Fraction(wave.run_cap, FTE),
            fte=Fraction(wave.fte, FTE),
        )
        for number, wave in enumerate(problem.waves)
    )


def loads_of(workspace: Workspace, problem: Problem, schedule: Schedule) -> tuple[ChangeLoad, ...]:
    """Change load by audience (in the order of the catalogue) and wave."""
    launched = _launched(problem, schedule)
    return tuple(
        _load(workspace, problem, launched.get((audience, wave), ()), audience, wave)
        for audience in range(len(problem.audiences))
        for wave in range(len(problem.waves))
    )


def _load(workspace: Workspace, problem: Problem, launched: Iterable[LoadPart], audience: int, wave: int) -> ChangeLoad:
    limits = problem.audiences[audience]
    parts = (*_background(workspace, limits.id, problem.waves[wave].id), *launched)
    points = sum((part.points for part in parts), Fraction(0))
    capacity = Fraction(limits.capacity[wave], POINT)
    busy_from = exact(workspace.catalogue.method.change.busy_from)
    return ChangeLoad(
        audience=limits.id,
        wave=problem.waves[wave].id,
        points=points,
        capacity=capacity,
        parts=parts,
        black_out=limits.black_out[wave],
        band=band_of(points, capacity, busy_from),
    )


def _background(workspace: Workspace, audience: str, wave: str) -> list[LoadPart]:
    return [
        LoadPart("background", entry.why, Fraction(entry.points))
        for limit in workspace.roadmap.audiences
        if limit.audience == audience
        for entry in limit.background
        if entry.wave == wave
    ]


def _launched(problem: Problem, schedule: Schedule) -> Mapping[tuple[int, int], list[LoadPart]]:
    """By audience and wave: its launches, then the tails of launches of the wave before, by id."""
    found: dict[tuple[int, int], list[LoadPart]] = {}
    for service, wave in sorted(schedule.launches.items()):
        for ask in problem.by_id[service].asks:
            if ask.points:
                part = LoadPart("launch", service, Fraction(ask.points, POINT))
                found.setdefault((ask.audience, wave), []).append(part)
    for service, wave in sorted(schedule.launches.items()):
        for ask in problem.by_id[service].asks:
            if ask.tail:
                part = LoadPart("tail", service, Fraction(ask.tail, POINT))
                found.setdefault((ask.audience, wave + 1), []).append(part)
    return found
