"""Named scenarios: planned on request, kept in a reviewed file, and compared with the plan as it is."""

from __future__ import annotations

from dataclasses import dataclass

from pmogen.analysis.changes import as_if
from pmogen.errors import PmogenError
from pmogen.model.scenarios import LaunchesOfWave, PlannedScenario, PlannedScenarios, Scenario
from pmogen.model.workspace import Workspace
from pmogen.planning import described
from pmogen.planning.building import distribute
from pmogen.planning.check import violations
from pmogen.planning.exact import Budget
from pmogen.planning.fingerprint import fingerprint
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Plan
from pmogen.planning.published import names, scalar
from pmogen.planning.scheduler import Schedule, unmet_wishes
from pmogen.planning.solve import Solved
from pmogen.planning.what_if import Comparison, compared, formulated, planned_as_if

HEAD = """\
# Written by `pmogen plan --scenarios` and reviewed like a lock file. Do not edit it: change scenarios.yml and plan again.
"""
NO_PRICE = 0
"""What a move costs in scenarios: they show what is possible."""


@dataclass(frozen=True)
class Compared:
    """A scenario beside the plan as it is; `comparison` is None when its plan is missing or out of date."""

    scenario: Scenario
    comparison: Comparison | None = None


def plan_scenario(
    workspace: Workspace, scenario: Scenario, before: Plan, budget: Budget | None = None
) -> tuple[PlannedScenario, Comparison]:
    """The plan of a scenario as a value to be written, and beside the plan as it is.

    Raises `PmogenError` when one of its changes cannot be made.
    """
    changed = as_if(workspace, scenario.changes)
    formulation, plan = planned_as_if(changed, before, budget)
    launches = tuple(
        LaunchesOfWave(wave=wave.id, services=tuple(sorted(p.service for p in plan.placements if p.wave == wave.id)))
        for wave in formulation.problem.waves
    )
    planned = PlannedScenario(
        id=scenario.id,
        fingerprint=fingerprint(formulation.problem, NO_PRICE),
        engine=plan.engine,
        value_waves=str(plan.value_waves),
        launches=tuple(entry for entry in launches if entry.services),
    )
    return planned, compared(workspace, before, changed, plan)


def compare_scenarios(workspace: Workspace, before: Plan) -> tuple[Compared, ...]:
    """Every scenario beside the plan as it is, as far as its plan is there and holds; nothing is solved."""
    known = {entry.id: entry for entry in workspace.planned_scenarios.scenarios} if workspace.planned_scenarios else {}
    return tuple(
        _compared(workspace, scenario, known.get(scenario.id), before) for scenario in workspace.scenarios.scenarios
    )


def _compared(workspace: Workspace, scenario: Scenario, planned: PlannedScenario | None, before: Plan) -> Compared:
    if planned is None:
        return Compared(scenario)
    try:
        changed = as_if(workspace, scenario.changes)
    except PmogenError:
        return Compared(scenario)
    formulation = formulated(changed)
    if fingerprint(formulation.problem, NO_PRICE) != planned.fingerprint:
        return Compared(scenario)
    found = _adopted(formulation, planned)
    if found is None:
        return Compared(scenario)
    plan = described(changed.workspace, formulation, Solved(found, planned.engine, 0), ways=False)
    return Compared(scenario, compared(workspace, before, changed, plan))


def _adopted(formulation: Formulation, planned: PlannedScenario) -> Schedule | None:
    """The launches as a schedule; None when they name what is not there or break a rule, as after an edit by hand."""
    problem = formulation.problem
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    launches = {s: numbers.get(entry.wave, -1) for entry in planned.launches for s in entry.services}
    if not launches.keys() <= problem.by_id.keys() or -1 in launches.values():
        return None
    unmet = unmet_wishes(problem)
    found = Schedule(dict(sorted(launches.items())), distribute(problem, launches), unmet)
    missed = frozenset(wish.service for wish in unmet)
    return None if violations(problem, found.launches, found.work, missed) else found


def planned_scenarios(plans: PlannedScenarios) -> str:
    """The text of content/scenarios-plan.yml: in the order of the scenarios, a line for each wave."""
    lines = ["scenarios:" if plans.scenarios else "scenarios: []"]
    for plan in plans.scenarios:
        lines += [f"  - id: {scalar(plan.id)}", f"    fingerprint: {plan.fingerprint}", f"    engine: {plan.engine}"]
        lines += [f'    value_waves: "{plan.value_waves}"', "    launches:" if plan.launches else "    launches: []"]
        for entry in plan.launches:
            lines.append(f"      - {{wave: {scalar(entry.wave)}, services: {names(entry.services)}}}")
    return HEAD + "\n".join(lines) + "\n"
