"""Everything a playbook says, computed: one frozen value that pages and exports are made from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pmogen.analysis.closure import Closure, closure_of
from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel, in_the_past, levels_of
from pmogen.analysis.loss import Loss, losses
from pmogen.analysis.no_limits import NoLimits, allowed_services, without_limits
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.second_look import SecondLook
from pmogen.analysis.services import Choice
from pmogen.analysis.trend import Trend, trends_of
from pmogen.model.workspace import Workspace
from pmogen.planning import plan_roadmap
from pmogen.planning.beside import made_beside
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.plan import Plan
from pmogen.planning.published import adopt, current_fingerprint, launches_of
from pmogen.rules.rule import Facts

PlanState = Literal["published", "stale", "none"]

MANY = 50
"""Services from which it is worth another process to look for the least that would do without limits, meanwhile."""


@dataclass(frozen=True)
class Playbook:
    """A workspace and what follows from it. Of earlier assessments only levels and targets are kept."""

    workspace: Workspace
    levels: tuple[AspectLevel, ...]
    earlier: tuple[tuple[str, tuple[AspectLevel, ...]], ...]
    gaps: tuple[Gap, ...]
    choice: Choice
    plan: Plan
    trends: tuple[Trend, ...] = ()
    closures: tuple[Closure, ...] = ()
    margins: tuple[Margin, ...] = ()
    losses: tuple[Loss, ...] = ()
    second_looks: tuple[SecondLook, ...] = ()
    no_limits: NoLimits | None = None
    plan_state: PlanState = "none"
    """Whether the plan is the published one, made anew because that is out of date, or the first one."""


def compute(workspace: Workspace, known: Facts | None = None) -> Playbook:
    """Assessment, gaps, services and plan of a workspace; what is `known` of it by the check is not worked out again."""
    facts = known if known is not None and known.hold_for(workspace) else Facts(workspace)
    levels, gaps, choice = facts.levels, facts.gaps, facts.choice
    earlier = tuple((dated.name, in_the_past(levels_of(workspace, dated))) for dated in workspace.assessments[:-1])
    verdict = facts.verdict
    no_limits = partial(without_limits, workspace, gaps)
    take_no_limits = made_beside(no_limits) if len(workspace.catalogue.services) > MANY else no_limits
    plan, state = roadmap_of(workspace, gaps, choice, formulation=verdict.formulation, current=not verdict.stale)
    return Playbook(
        workspace,
        levels,
        earlier,
        gaps,
        choice,
        plan,
        trends_of(workspace, levels, earlier),
        closures=closures_of(gaps, choice, plan),
        margins=facts.margins,
        losses=losses_of(workspace, gaps, plan),
        second_looks=facts.second_looks,
        no_limits=take_no_limits(),
        plan_state=state,
    )


def roadmap_of(
    workspace: Workspace,
    gaps: tuple[Gap, ...],
    choice: Choice,
    explained: Collection[str] | None = None,
    formulation: Formulation | None = None,
    *,
    current: bool | None = None,
) -> tuple[Plan, PlanState]:
    """The published plan as it stands while its fingerprint matches, else a new one that moves as little as it can.

    With `explained`, reasons are given for these services only; `formulation` is the problem, and `current` whether
    the published plan was made for it, where that is known already.
    Raises `PmogenError` when the published plan matches but was edited so that it breaks a rule.
    """
    published = workspace.published
    if published is None:
        return plan_roadmap(workspace, gaps, choice, explained=explained), "none"
    formulation = formulation or formulate(workspace, gaps, choice)
    if current is None:
        current = published.fingerprint == current_fingerprint(workspace, gaps, choice, formulation)
    if current:
        known = adopt(workspace, gaps, choice, published, explained=explained, formulation=formulation, current=current)
        return known, "published"
    return plan_roadmap(workspace, gaps, choice, launches_of(published), explained=explained), "stale"


def closures_of(gaps: tuple[Gap, ...], choice: Choice, plan: Plan) -> tuple[Closure, ...]:
    """How each gap is closed by the roadmap, by rank."""
    reached = {projected.aspect: projected.after[-1][1] for projected in plan.projected if projected.after}
    known = {gap.aspect: gap for gap in gaps}
    return tuple(
        closure_of(known[closing.aspect], closing, reached.get(closing.aspect, known[closing.aspect].current))
        for closing in choice.closings
    )


def losses_of(workspace: Workspace, gaps: tuple[Gap, ...], plan: Plan) -> tuple[Loss, ...]:
    """What is lost without each service: of the roadmap if it is in it, else of all that is not declined."""
    planned = tuple(placement.service for placement in plan.placements)
    others = tuple(service.id for service in workspace.catalogue.services if service.id not in planned)
    return losses(workspace, gaps, planned, planned) + losses(workspace, gaps, allowed_services(workspace), others)
