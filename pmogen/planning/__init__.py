"""The roadmap: which service launches in which wave, and why.

Formulate the problem in whole numbers, schedule it, explain the schedule.
"""

from __future__ import annotations

from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Choice
from pmogen.model.workspace import Workspace
from pmogen.planning.explain import Explainer
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.levels import projected_levels
from pmogen.planning.load import loads_of, uses_of
from pmogen.planning.plan import Plan
from pmogen.planning.scheduler import Schedule, room_of, schedule

ENGINE = "list scheduling"


def plan_roadmap(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> Plan:
    """The roadmap of a workspace: a pure function, the same for services in any order.

    Only what the PMO offers overall limits building and running; capacity by role (`waves[].roles`) is
    kept for the pages but not limited. Nothing is raised on odd input: what can be planned is planned.
    """
    formulation = formulate(workspace, gaps, choice)
    found = schedule(formulation.problem)
    return _described(workspace, formulation, found)


def _described(workspace: Workspace, formulation: Formulation, found: Schedule) -> Plan:
    explainer = Explainer(workspace, formulation, found)
    problem = formulation.problem
    return Plan(
        engine=ENGINE,
        placements=explainer.placements(),
        absences=tuple(sorted((*formulation.absences, *explainer.absences()), key=lambda absence: absence.service)),
        uses=uses_of(problem, found),
        loads=loads_of(workspace, problem, found),
        projected=projected_levels(formulation, found),
        value_waves=Fraction(room_of(problem, found).value(), problem.level_unit),
        problems=(*formulation.notes, *explainer.problems()),
    )
