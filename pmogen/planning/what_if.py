"""What-if: the plan as if something were different, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pmogen.analysis.as_if import AsIf, Grant
from pmogen.analysis.gaps import find_gaps
from pmogen.analysis.levels import levels_of
from pmogen.analysis.services import choose, decision_on
from pmogen.model.workspace import Workspace
from pmogen.planning import described, in_numbers
from pmogen.planning.again import nearest
from pmogen.planning.exact import Budget
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.moves import Move, moves
from pmogen.planning.plan import Plan
from pmogen.planning.problem import DAY, FTE, POINT, AudienceLimits, Problem, RoleLimits, WaveLimits, half_up
from pmogen.planning.scheduler import Wishes
from pmogen.planning.solve import Solved, solve


def formulated(changed: AsIf) -> Formulation:
    """The planning problem of a workspace as if something were different."""
    workspace = changed.workspace
    gaps = find_gaps(workspace, levels_of(workspace, workspace.current))
    formulation = formulate(workspace, gaps, choose(workspace, gaps))
    problem = formulation.problem
    for grant in changed.grants:
        problem = granted(problem, grant)
    return replace(formulation, problem=problem)


def granted(problem: Problem, grant: Grant) -> Problem:
    """The problem with a capacity changed in one open wave, or in all."""
    waves = tuple(n for n in problem.open_waves if grant.wave in ("", problem.waves[n].id))
    if grant.kind == "points":
        entries = (_more_points(a, grant, waves) if a.id == grant.of else a for a in problem.audiences)
        return replace(problem, audiences=tuple(entries))
    if grant.of:
        return replace(
            problem, roles=tuple(_more_role(r, grant, waves) if r.id == grant.of else r for r in problem.roles)
        )
    change = _more_days if grant.kind == "days" else _more_running
    return replace(
        problem, waves=tuple(change(wave, grant) if n in waves else wave for n, wave in enumerate(problem.waves))
    )


def _units(grant: Grant, now: int, scale: int) -> int:
    return max(0, half_up(scale * grant.amount.of(Fraction(now, scale))))


def _more_points(audience: AudienceLimits, grant: Grant, waves: tuple[int, ...]) -> AudienceLimits:
    changed = (_units(grant, points, POINT) if n in waves else points for n, points in enumerate(audience.capacity))
    return replace(audience, capacity=tuple(changed))


def _more_role(role: RoleLimits, grant: Grant, waves: tuple[int, ...]) -> RoleLimits:
    days = enumerate(role.days)
    return replace(role, days=tuple(_units(grant, d, DAY) if d is not None and n in waves else d for n, d in days))


def _more_days(wave: WaveLimits, grant: Grant) -> WaveLimits:
    return replace(wave, extra_days=_units(grant, wave.extra_days, DAY))


def _more_running(wave: WaveLimits, grant: Grant) -> WaveLimits:
    return replace(wave, run_cap=_units(grant, wave.run_cap, FTE))


def planned_as_if(changed: AsIf, before: Plan, budget: Budget | None = None) -> tuple[Formulation, Plan]:
    """The plan as if something were different: what is possible then, with as few moves against `before` as that takes.

    Never a worse one than `before` where that still holds.
    """
    formulation = formulated(changed)
    known = in_numbers(formulation, {placement.service: placement.wave for placement in before.placements})
    solved = solve(formulation.problem, Wishes(known, a_move=0), budget)
    found = nearest(formulation.problem, solved.schedule, known)
    return formulation, described(changed.workspace, formulation, Solved(found, solved.engine, 0), ways=False)


@dataclass(frozen=True)
class Peak:
    """The wave in which an audience is loaded most, against what it can take."""

    audience: str
    wave: str
    points: Fraction
    capacity: Fraction

    @property
    def share(self) -> Fraction:
        """Part of what it can take; without any, the points themselves count."""
        return self.points / self.capacity if self.capacity else self.points


@dataclass(frozen=True)
class Outcome:
    """What a plan comes to. `closed` counts gaps that are closed in full, `proposed` services nobody decided on."""

    services: int
    proposed: int
    days: Fraction
    run_fte: Fraction
    value: Fraction
    waves: int
    closed: int
    peaks: Mapping[str, Peak]


def outcome(workspace: Workspace, plan: Plan) -> Outcome:
    """What the plan comes to."""
    live = {placement.service for placement in plan.placements}
    running = (half_up(FTE * Fraction(str(workspace.service(service).run_fte))) for service in live)
    loads = [load for load in plan.loads if load.points]
    return Outcome(
        services=len(live),
        proposed=sum(decision_on(workspace, service) == "undecided" for service in live),
        days=sum((use.build_days for use in plan.uses), Fraction(0)),
        run_fte=Fraction(sum(running), FTE),
        value=plan.value_waves,
        waves=len(plan.uses),
        closed=sum(entry.now < entry.target <= entry.after[-1][1] for entry in plan.projected if entry.after),
        peaks={
            load.audience: Peak(load.audience, load.wave, load.points, load.capacity)
            for load in sorted(loads, key=lambda load: _share(load.points, load.capacity))
        },
    )


def _share(points: Fraction, capacity: Fraction) -> Fraction:
    return points / capacity if capacity else points


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side: what each comes to, and what differs, by service."""

    before: Outcome
    after: Outcome
    moves: tuple[Move, ...]
    order: tuple[str, ...]
    """Waves by id, in the order of time."""

    @property
    def comes_in(self) -> tuple[Move, ...]:
        """Services that launch only in the second plan."""
        return tuple(move for move in self.moves if move.kind == "added")

    @property
    def falls_out(self) -> tuple[Move, ...]:
        """Services that launch only in the first plan."""
        return tuple(move for move in self.moves if move.kind == "dropped")

    @property
    def earlier(self) -> tuple[Move, ...]:
        """Services that launch earlier in the second plan."""
        return self._moved(lambda was, now: now < was)

    @property
    def later(self) -> tuple[Move, ...]:
        """Services that launch later in the second plan."""
        return self._moved(lambda was, now: now > was)

    def _moved(self, wanted: Callable[[int, int], bool]) -> tuple[Move, ...]:
        place = {wave: number for number, wave in enumerate(self.order)}
        moved = (move for move in self.moves if move.before in place and move.now in place)
        return tuple(m for m in moved if wanted(place[m.before or ""], place[m.now or ""]))


def compared(workspace: Workspace, before: Plan, changed: AsIf, after: Plan) -> Comparison:
    """The plan of a workspace beside the plan of the changed one."""
    known = {placement.service: placement.wave for placement in before.placements}
    order = tuple(use.wave for use in max((before, after), key=lambda plan: len(plan.uses)).uses)
    return Comparison(outcome(workspace, before), outcome(changed.workspace, after), moves(known, after), order)
