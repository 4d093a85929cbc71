"""Levels of the aspects at the end of each wave."""

from __future__ import annotations

from pmogen.analysis.projection import projected_level
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Projected
from pmogen.planning.scheduler import Schedule


def projected_levels(formulation: Formulation, schedule: Schedule) -> tuple[Projected, ...]:
    """Every aspect with a known level, by id; levels may pass the target, as services do not stop there."""
    problem = formulation.problem
    found = []
    for aspect, gap in sorted(formulation.gaps.items()):
        after = []
        for number, wave in enumerate(problem.waves):
            live = [s for s, launched in schedule.launches.items() if launched <= number and problem.by_id[s].lifting]
            lifts = [lift for service in live for lift in formulation.liftings[service] if lift.aspect == aspect]
            after.append((wave.id, projected_level(gap.current, lifts)))
        found.append(Projected(aspect, gap.current, gap.target, tuple(after)))
    return tuple(found)
