"""Levels of the aspects at the end of each wave."""

from __future__ import annotations

from pmogen.analysis.projection import Lifting, projected_level
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Projected
from pmogen.planning.scheduler import Schedule


def projected_levels(formulation: Formulation, schedule: Schedule) -> tuple[Projected, ...]:
    """Every aspect with a known level, by id; levels may pass the target, as services do not stop there."""
    problem = formulation.problem
    lifts: dict[str, dict[int, list[Lifting]]] = {}
    for service, launched in schedule.launches.items():
        for lift in formulation.liftings[service] if problem.by_id[service].lifting else ():
            lifts.setdefault(lift.aspect, {}).setdefault(launched, []).append(lift)
    found = []
    for aspect, gap in sorted(formulation.gaps.items()):
        level, live, after = gap.current, list[Lifting](), []
        for number, wave in enumerate(problem.waves):
            if more := lifts.get(aspect, {}).get(number):
                live += more
                level = projected_level(gap.current, live)
            after.append((wave.id, level))
        found.append(Projected(aspect, gap.current, gap.target, tuple(after)))
    return tuple(found)
