"""What holds for every plan, whatever the organisation."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.analysis.projection import closed
from pmogen.planning.building import distribute, fits, shortage, spread
from pmogen.planning.check import violations
from pmogen.planning.problem import Problem
from pmogen.planning.room import Room
from pmogen.planning.scheduler import room_of, schedule
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated, launches, plan

PLENTY = settings(max_examples=60, deadline=None)


def scheduled(workspace):
    problem = formulated(workspace).problem
    return problem, schedule(problem)


def unmet(found):
    return frozenset(missed.service for missed in found.unmet)


@PLENTY
@given(organisations())
def test_no_limit_is_ever_broken(workspace):
    problem, found = scheduled(workspace)
    assert violations(problem, found.launches, found.work, unmet(found)) == ()


@PLENTY
@given(organisations(), st.randoms(use_true_random=False))
def test_the_same_organisation_gives_the_same_plan_in_any_order_of_its_services(workspace, chance):
    services = list(workspace.catalogue.services)
    chance.shuffle(services)
    catalogue = workspace.catalogue.model_copy(update={"services": tuple(services)})
    assert plan(replace(workspace, catalogue=catalogue)) == plan(workspace) == plan(workspace)


@PLENTY
@given(organisations())
def test_every_service_is_planned_or_absent_or_without_use_and_never_two_of_these(workspace):
    found = plan(workspace)
    placed, absent = set(launches(found)), {entry.service for entry in found.absences}
    assert not placed & absent
    assert [entry.service for entry in found.absences] == sorted(absent)
    decided = {entry.service for entry in workspace.decisions.services}
    assert decided <= placed | absent
    for entry in workspace.decisions.services:
        assert entry.decision == "offer" or entry.service in absent or entry.service in history(workspace)
    assert all(entry.why and all(entry.why) for entry in (*found.absences, *found.placements))


def history(workspace):
    return {entry.service for wave in workspace.roadmap.waves if wave.status != "planned" for entry in wave.launched}


@PLENTY
@given(organisations())
def test_nothing_useful_is_left_out_that_would_fit_and_nothing_could_be_earlier_and_bring_more(workspace):
    problem, found = scheduled(workspace)
    room = room_of(problem, found)
    for service in problem.services:
        if service.id not in found.launches:
            useful = service.rank != "prerequisite"
            assert not any(useful and room.gain(service, w) and room.fits(service, w) for w in problem.open_waves)
        elif service.launched is None:
            without = room.copy()
            wave = without.withdraw(service)
            gain = without.gain(service, wave)
            earlier = [w for w in problem.open_waves if w < wave and without.fits(service, w)]
            assert not any(without.gain(service, w) > gain for w in earlier)


@PLENTY
@given(organisations())
def test_no_proposal_is_superfluous(workspace):
    problem, found = scheduled(workspace)
    room = room_of(problem, found)
    needed = {need.service for s in problem.services if s.id in found.launches for need in s.requires}
    needed |= {mate for s in found.launches for mate in problem.mates(s)}
    for service in problem.services:
        if (
            service.id in found.launches
            and service.launched is None
            and service.latest is None
            and service.id not in needed
        ):
            without = room.copy()
            wave = without.withdraw(service)
            assert service.rank == "offered" or without.gain(service, wave) > 0


def with_launch(problem: Problem, room: Room, service, wave):
    """What the judge says when the service launches there too, beside what it says without."""
    moved = room.launches | {service.id: wave}
    pins = frozenset(s.id for s in problem.services)
    return violations(problem, moved, distribute(problem, moved), pins)


@PLENTY
@given(organisations())
def test_blockers_are_named_exactly_when_the_judge_objects(workspace):
    problem, found = scheduled(workspace)
    for service in problem.services:
        room = room_of(problem, found)
        room.pins.clear()
        room.deadlines.clear()
        if service.launched is not None:
            continue
        latest = room.withdraw(service) if service.id in room.launches else len(problem.waves) - 1
        for wave in range(latest + 1):
            objections = with_launch(problem, room, service, wave)
            assert bool(list(room.blockers(service, wave))) == bool(objections), (service.id, wave, objections)


@PLENTY
@given(organisations())
def test_the_value_is_the_closure_of_the_projected_levels(workspace):
    found, made = plan(workspace), formulated(workspace)
    weights = workspace.catalogue.method.gap.priority_weight
    accepted = {entry.aspect for entry in workspace.decisions.accepted_gaps}
    value = 0
    for entry in found.projected:
        for _, level in entry.after:
            gain = max(0, min(entry.target, level) - entry.now)
            value += getattr(weights, made.gaps[entry.aspect].priority) * gain * (entry.aspect not in accepted)
    assert found.value_waves == value


@PLENTY
@given(organisations(), st.integers(0, 127))
def test_closure_in_whole_numbers_is_the_closure_of_the_analysis(workspace, live):
    made = formulated(workspace)
    for gap in made.problem.aspects:
        lifts = [
            lift
            for service in made.problem.services
            for lift in made.liftings[service.id]
            if service.lifting and live & 1 << service.index and lift.aspect == gap.id
        ]
        register = made.gaps[gap.id]
        assert gap.closed(live) == closed(register.current, register.target, lifts) * made.problem.level_unit


BUILDING = st.integers(1, 5).flatmap(
    lambda count: st.tuples(
        st.lists(st.integers(0, 9), min_size=count, max_size=count),
        st.lists(st.integers(0, 9), min_size=count, max_size=count),
        st.integers(1, 4),
    )
)


@PLENTY
@given(BUILDING)
def test_building_is_spread_whenever_no_stretch_of_waves_is_overfull(building):
    demand, room, span = building
    taken, complete = spread(demand, room, span)
    stretches = combinations_with_replacement(range(len(demand)), 2)
    overfull = any(
        sum(days for w, days in enumerate(demand) if first <= max(0, w - span + 1) and w <= last)
        > sum(room[first : last + 1])
        for first, last in stretches
    )
    assert complete == fits(demand, room, span) == (not overfull)
    for launch, days in taken.items():
        assert all(launch - span < wave <= launch for wave in days)
        assert not complete or sum(days.values()) == demand[launch]
    for wave in range(len(room)):
        assert sum(days.get(wave, 0) for days in taken.values()) <= room[wave]


@PLENTY
@given(BUILDING, st.integers(0, 4), st.integers(1, 30))
def test_a_shortage_of_days_is_exact(building, wave, more):
    demand, room, span = building
    wave %= len(demand)
    taken, _ = spread(demand, room, span)
    fitting = [sum(taken.get(launch, {}).values()) for launch in range(len(demand))]
    demand = [days + more * (launch == wave) for launch, days in enumerate(fitting)]
    missing = shortage(demand, room, span, wave)
    assert missing.elsewhere is None
    granted_room = [days + missing.days * (number == wave) for number, days in enumerate(room)]
    assert fits(demand, granted_room, span)
    if missing.days:
        granted_room[wave] -= 1
        assert not fits(demand, granted_room, span)


def test_sixty_services_in_six_waves_are_planned_in_far_less_than_a_second():
    """Counted in questions to the room, not in seconds: a slow machine must not fail it."""
    from tests.planning.builders import organisation, service, waves

    chance = random.Random(7)
    names = [f"s{number:02}" for number in range(60)]
    services = [
        service(
            name,
            {chance.choice("abcdefghijkl"): chance.choice([0.4, 1.0]), "risk": 0.4},
            days=chance.randint(3, 60),
            run=chance.choice([0, 0.1, 0.3]),
            asks={chance.choice(["managers", "sponsors"]): chance.choice(["low", "medium", "high"])},
            requires=chance.sample(names[:number], min(number, chance.choice([0, 0, 1, 2]))),
        )
        for number, name in enumerate(names)
    ]
    gaps = {aspect: (1, chance.choice([2, 3, 4]), chance.choice("LMH")) for aspect in (*"abcdefghijkl", "risk")}
    problem = formulated(
        organisation(*services, roadmap=waves(6, fte=3), gaps=gaps, capacity={"build_waves": 3, "build_share": 0.6})
    ).problem
    asked = 0
    ask = Room.blockers

    def counted(self, service, wave):
        nonlocal asked
        asked += 1
        return ask(self, service, wave)

    Room.blockers = counted
    try:
        found = schedule(problem)
    finally:
        Room.blockers = ask
    assert violations(problem, found.launches, found.work) == ()
    assert len(found.launches) >= 8
    assert asked < 150_000
