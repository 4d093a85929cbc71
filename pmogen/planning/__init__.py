"""The roadmap: which service launches in which wave, and why.

Formulate the problem in whole numbers, solve it, explain the plan. Those who only ask about a plan
that is there (`verdict`) need not wait for the search to be imported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Choice
from pmogen.model.workspace import Workspace
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.plan import Plan

if TYPE_CHECKING:
    from pmogen.planning.exact import Budget
    from pmogen.planning.solve import Solved


MANY = 60
"""Launches from which it is worth another process to say why each is where it is."""


def plan_roadmap(
    workspace: Workspace,
    gaps: tuple[Gap, ...],
    choice: Choice,
    published: Mapping[str, str | None] | None = None,
    *,
    budget: Budget | None = None,
    ways: bool = True,
    explained: Collection[str] | None = None,
) -> Plan:
    """The roadmap of a workspace: a pure function, the same for services in any order.

    `published` is the plan that people know (wave id by service, None for one that was left out):
    moves against it have to be worth it. `budget` is that of the proof; without it there is none, nor without highspy.
    Without `ways`, nobody asks what it would take to have more; with `explained`, reasons are given for these services only, and of what is
    in no wave only these are listed. Nothing is raised on odd input: what can be planned is planned.
    """
    from pmogen.planning.scheduler import Wishes
    from pmogen.planning.solve import solve

    formulation = formulate(workspace, gaps, choice)
    wishes = Wishes(in_numbers(formulation, published or {}), workspace.roadmap.a_move)
    return described(workspace, formulation, solve(formulation.problem, wishes, budget), ways=ways, explained=explained)


def in_numbers(formulation: Formulation, published: Mapping[str, str | None]) -> dict[str, int | None]:
    """A published plan by wave number; waves that are gone are passed over."""
    numbers = {wave.id: number for number, wave in enumerate(formulation.problem.waves)}
    return {
        s: None if wave is None else numbers[wave] for s, wave in published.items() if wave is None or wave in numbers
    }


def described(
    workspace: Workspace,
    formulation: Formulation,
    solved: Solved,
    *,
    ways: bool = True,
    explained: Collection[str] | None = None,
) -> Plan:
    """The plan in the words of the workspace; `ways` and `explained` are as for `plan_roadmap`."""
    from pmogen.planning.beside import made_beside
    from pmogen.planning.conflicts import conflicts
    from pmogen.planning.explain import Explainer
    from pmogen.planning.levels import projected_levels
    from pmogen.planning.load import loads_of, uses_of
    from pmogen.planning.scheduler import room_of

    problem, found = formulation.problem, solved.schedule
    explainer = Explainer(workspace, formulation, found, ways=ways, explained=explained)
    value = Fraction(room_of(problem, found).value(), problem.level_unit)
    placements = made_beside(explainer.placements) if len(found.launches) > MANY else explainer.placements
    absences = explainer.absences()
    plan = Plan(
        engine=solved.engine,
        placements=placements(),
        absences=absences,
        uses=uses_of(problem, found),
        loads=loads_of(workspace, problem, found),
        projected=projected_levels(formulation, found),
        value_waves=value,
        problems=(*formulation.notes, *explainer.problems()),
        kept=tuple(sorted(found.kept)),
        conflicts=conflicts(workspace, problem) if found.unmet else (),
    )
    if solved.bound is None:
        return replace(plan, stopped=solved.stopped)
    above = Fraction(solved.bound - solved.reached, problem.level_unit)
    proven = replace(plan, bound=value + above, least_effort=solved.least_effort)
    return replace(proven, unique=solved.unique, stopped=solved.stopped)


def reasons_for(
    workspace: Workspace, formulation: Formulation, plan: Plan, services: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Why each of these services is where a plan of this problem has it, or in no wave."""
    from pmogen.planning.explain import Explainer
    from pmogen.planning.problem import DAY
    from pmogen.planning.scheduler import Schedule, unmet_wishes

    problem = formulation.problem
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    schedule = Schedule(
        {placed.service: numbers[placed.wave] for placed in sorted(plan.placements, key=lambda placed: placed.service)},
        {
            placed.service: {numbers[work.wave]: round(work.days * DAY) for work in placed.work}
            for placed in plan.placements
        },
        unmet_wishes(problem),
        frozenset(plan.kept),
    )
    explainer = Explainer(workspace, formulation, schedule, ways=False, explained=services)
    placed = {entry.service: entry.why for entry in explainer.placements() if entry.why}
    return placed | {entry.service: entry.why for entry in explainer.absences()}
