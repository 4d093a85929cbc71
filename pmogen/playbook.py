"""Everything a playbook says, computed: one frozen value that pages and exports are made from."""

from __future__ import annotations

from dataclasses import dataclass

from pmogen.analysis.gaps import Gap, find_gaps
from pmogen.analysis.levels import AspectLevel, levels_of
from pmogen.analysis.services import Choice, choose
from pmogen.model.workspace import Workspace
from pmogen.planning import plan_roadmap
from pmogen.planning.plan import Plan


@dataclass(frozen=True)
class Playbook:
    """A workspace and what follows from it."""

    workspace: Workspace
    levels: tuple[AspectLevel, ...]
    earlier: tuple[tuple[str, tuple[AspectLevel, ...]], ...]
    gaps: tuple[Gap, ...]
    choice: Choice
    plan: Plan


def compute(workspace: Workspace) -> Playbook:
    """Assessment, gaps, services and plan of a workspace."""
    levels = levels_of(workspace, workspace.current)
    earlier = tuple((dated.name, levels_of(workspace, dated)) for dated in workspace.assessments[:-1])
    gaps = find_gaps(workspace, levels)
    choice = choose(workspace, gaps)
    plan = plan_roadmap(workspace, gaps, choice)
    return Playbook(workspace, levels, earlier, gaps, choice, plan)
