"""The engine and the independent checker name the same limits, whatever is launched wherever."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.planning.building import distribute, history_work
from pmogen.planning.check import violations
from pmogen.planning.room import Room
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated

BUILDING = {"effort", "reach", "built in finished", "build", "role"}
CAPACITIES = {"load", "high", "run"}


def of_the_engine(problem, room, service, wave):
    """What the engine names as in the way: kind, whose, where."""
    found = set()
    for blocker in room.blockers(service, wave):
        if blocker.kind in CAPACITIES:
            found.add((blocker.kind, problem.audiences[blocker.audience].id * (blocker.audience >= 0), blocker.wave))
        elif blocker.kind == "black-out":
            found.add((blocker.kind, problem.audiences[blocker.audience].id, blocker.wave))
        elif blocker.kind in ("together", "alternative"):
            found.add((blocker.kind,))
        elif blocker.kind == "prerequisite":
            found.add(("prerequisite", service.id, blocker.other))
        elif blocker.kind == "needed":
            found.add(("prerequisite", blocker.other, service.id))
        elif blocker.kind not in ("build", "other builds", "role"):
            found.add((blocker.kind,))
    return found


def of_the_checker(problem, launches, service):
    """What the checker finds wrong that this service takes part in, building left aside."""
    found = set()
    for wrong in violations(problem, launches, distribute(problem, launches)):
        if wrong.kind in CAPACITIES and service.id in wrong.services:
            found.add((wrong.kind, wrong.other, wrong.wave))
        elif wrong.kind == "prerequisite" and service.id in (*wrong.services, wrong.other):
            found.add(("prerequisite", wrong.services[0], wrong.other))
        elif wrong.kind in CAPACITIES | BUILDING or service.id not in wrong.services:
            continue
        elif wrong.kind == "black-out":
            found.add((wrong.kind, wrong.other, wrong.wave))
        else:
            found.add(("alternative" if wrong.kind == "alternatives" else wrong.kind,))
    return found


def can_be_built(problem, launches):
    """Whether all days can be built: the largest flow from services to the waves in which they may be built."""
    past, free = history_work(problem), []
    for number, limits in enumerate(problem.waves):
        running = sum(problem.by_id[s].run for s, wave in launches.items() if wave < number)
        limit = min(limits.build_cap, max(0, limits.fte - running) * limits.working_days // 100)
        taken = sum(work.get(number, 0) for work in past.values())
        free.append(max(0, limit - taken) if limits.open else 0)
    placed: dict[tuple[str, int], int] = {}

    def build(service, days, seen):
        """Build so many days more, in free waves or by moving others on; says how many came in."""
        wave, built = launches[service], 0
        for number in range(max(0, wave - problem.build_waves + 1), wave + 1):
            if number in seen or built == days:
                continue
            seen.add(number)
            part = min(days - built, free[number])
            free[number] -= part
            for other in sorted({s for s, where in placed if where == number and s != service}):
                more = min(days - built - part, placed[other, number])
                moved = build(other, more, seen) if more > 0 else 0
                placed[other, number] -= moved
                part += moved
            placed[service, number] = placed.get((service, number), 0) + part
            built += part
        return built

    for service in launches:
        left = problem.by_id[service].days if service not in past else 0
        while left and (part := build(service, left, set())):
            left -= part
        if left:
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(organisations(), st.data())
def test_whatever_is_launched_wherever_both_name_the_same_limits(workspace, data):
    problem = formulated(workspace).problem
    waves = st.none() | st.integers(0, len(problem.waves) - 1)
    drawn = {s.id: s.launched if s.launched is not None else data.draw(waves) for s in problem.services}
    others = {service: wave for service, wave in drawn.items() if wave is not None}
    for service in problem.services:
        if service.launched is not None:
            continue
        room, rest = Room(problem), {s: w for s, w in others.items() if s != service.id}
        for name, wave in rest.items():
            if problem.by_id[name].launched is None:
                room.launch(problem.by_id[name], wave)
        for wave in range(len(problem.waves)):
            launches = rest | {service.id: wave}
            named = of_the_engine(problem, room, service, wave)
            assert named == of_the_checker(problem, launches, service), (service.id, wave, launches)
            if not problem.roles:
                blocked = any(blocker.kind in ("build", "other builds") for blocker in room.blockers(service, wave))
                assert blocked == (not can_be_built(problem, launches)), (service.id, wave, launches)
                wrong = {found.kind for found in violations(problem, launches, distribute(problem, launches))}
                assert blocked == bool(wrong & BUILDING)
