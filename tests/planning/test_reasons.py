"""Every stated reason is put before the independent checker: it objects to just what is stated, and to nothing
once it was done what "it would take"."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings

from pmogen.analysis.changes import as_if
from pmogen.model.workspace import Workspace
from pmogen.planning import what_if
from pmogen.planning.building import distribute
from pmogen.planning.check import violations
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Change, Limit, Takes
from pmogen.planning.problem import DAY, FTE, POINT, Problem
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Wishes, schedule
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated, plan
from tests.planning.generated import SEEDS, generated
from tests.render.test_render import example

BUILDING = ("effort", "reach", "built in finished", "build", "role")
LASTING = {"days": DAY, "points": POINT, "run": FTE, "role": DAY}


def planned_for(workspace):
    made = formulated(workspace)
    return workspace, made, schedule(made.problem), plan(workspace)


@cache
def planned(seed):
    return planned_for(generated(seed))


def company(problem: Problem, service: str) -> tuple[str, ...]:
    """What launches together with the service, itself included."""
    found = {service}
    for _ in problem.together:
        for group in problem.together:
            if found & set(group):
                found |= {s for s in group if problem.by_id[s].launched is None}
    return tuple(sorted(found))


def objections(problem: Problem, launches, unmet=frozenset()):
    return violations(problem, launches, distribute(problem, launches), unmet)


def of_checker(problem: Problem, moved, violation) -> tuple:
    """What a violation is about, as (kind, wave, whose)."""
    waves = [wave.id for wave in problem.waves] + [""]
    if violation.kind in BUILDING:
        return ("building",)
    if violation.kind == "prerequisite":
        mine = violation.services[0] in moved
        return ("prerequisite", violation.other) if mine else ("needed", violation.services[0])
    if violation.kind in ("load", "high", "run"):
        return violation.kind, waves[violation.wave], violation.other, violation.need - violation.limit
    if violation.kind == "black-out":
        return violation.kind, waves[violation.wave], violation.other
    return ("alternative",) if violation.kind == "alternatives" else (violation.kind, violation.services[0])


def of_limit(problem: Problem, limit: Limit) -> tuple:
    """The same of a stated limit."""
    if limit.kind in ("build", "other builds", "role"):
        return ("building",)
    if limit.kind in ("load", "high", "run"):
        scale = {"load": POINT, "run": FTE}.get(limit.kind, 1)
        return limit.kind, limit.wave, limit.subject, (limit.need - limit.free) * scale
    if limit.kind == "black-out":
        return limit.kind, limit.wave, limit.subject
    return ("alternative",) if limit.kind == "alternative" else (limit.kind, limit.subject)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_stated_for_an_earlier_wave_is_just_what_the_checker_objects_to(seed):
    stated_of_placements(*planned(seed))


def stated_of_placements(_, made, found, shown):
    problem = made.problem
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    unmet = frozenset(missed.service for missed in found.unmet)
    for placement in shown.placements:
        moved = company(problem, placement.service)
        for entry in placement.earlier:
            launches = {**found.launches, **dict.fromkeys(moved, numbers[entry.wave])}
            said = {of_limit(problem, limit) for limit in entry.limits}
            assert said == {of_checker(problem, moved, v) for v in objections(problem, launches, unmet)}
            assert bool(entry.why) == bool(said)
        if not placement.frozen and not placement.pinned:
            before = [wave.id for wave in problem.waves[: numbers[placement.wave]] if wave.open]
            assert [entry.wave for entry in placement.earlier] == before[::-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_stated_for_what_is_in_no_wave_is_just_what_the_checker_objects_to(seed):
    stated_of_absences(*planned(seed))


def stated_of_absences(_, made, found, shown):
    problem = made.problem
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    unmet = frozenset(missed.service for missed in found.unmet)
    for absence in shown.absences:
        if not absence.tried:
            continue
        moved = company(problem, absence.by[0] if absence.code == "prerequisite" else absence.service)
        beside = {service: numbers[wave] for service, wave in absence.beside}
        for entry in absence.tried:
            launches = {**found.launches, **beside, **dict.fromkeys(moved, numbers[entry.wave])}
            said = {of_limit(problem, limit) for limit in entry.limits}
            assert said == {of_checker(problem, moved, v) for v in objections(problem, launches, unmet)}
            assert said


def changed(problem: Problem, change: Change, less: int = 0) -> Problem:  # noqa: PLR0911 - one return for each kind
    """The problem as if the limit had been changed, or by so many units less."""
    waves = [wave.id for wave in problem.waves]
    more = int(change.amount * LASTING.get(change.kind, 1)) - less
    if change.kind == "days":
        given = [replace(w, extra_days=w.extra_days + more * (w.id == change.wave)) for w in problem.waves]
        return replace(problem, waves=tuple(given))
    if change.kind == "run":
        first = waves.index(change.wave)
        given = [replace(w, run_cap=w.run_cap + more * (n >= first)) for n, w in enumerate(problem.waves)]
        return replace(problem, waves=tuple(given))
    if change.kind == "high":
        return replace(problem, high_per_wave=problem.high_per_wave + more)
    if change.kind == "role":
        at = waves.index(change.wave)
        given = [r.more(at, more) if r.id == change.subject else r for r in problem.roles]
        return replace(problem, roles=tuple(given))
    if change.kind == "points":
        return with_audience(problem, change, "capacity", lambda points: points + more)
    if change.kind == "black-out":
        return with_audience(problem, change, "black_out", lambda _: None)
    assert change.kind == "not before"
    given = [replace(s, not_before=0) if s.id == change.subject else s for s in problem.services]
    return replace(problem, services=tuple(given))


def with_audience(problem: Problem, change: Change, field: str, new) -> Problem:
    at = [wave.id for wave in problem.waves].index(change.wave)
    people = []
    for audience in problem.audiences:
        values = list(getattr(audience, field))
        if audience.id == change.subject:
            values[at] = new(values[at])
        people.append(replace(audience, **{field: tuple(values)}))
    return replace(problem, audiences=tuple(people))


DECISIONS = ("offer", "resume", "decline", "pin", "unaccept", "wave")


def decided(workspace: Workspace, changes) -> Workspace:
    """The workspace with the decisions among the changes."""
    return as_if(workspace, [what for change in changes for what in change.what_if]).workspace


def doing(workspace: Workspace, made: Formulation, found, takes: Takes, less: int = 0):
    """The problem after the changes, and the plan with what they bring in, everything else where it is."""
    decisions = [change for change in takes.changes if change.kind in DECISIONS]
    problem = formulated(decided(workspace, decisions)).problem if decisions else made.problem
    for change in takes.changes:
        if change.kind not in DECISIONS:
            problem = changed(problem, change, less)
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    launches = {service: wave for service, wave in found.launches.items() if service in problem.by_id}
    declined = {change.subject for change in decisions if change.kind == "decline"}
    assert launches == {service: wave for service, wave in found.launches.items() if service not in declined}
    return problem, launches | {service: numbers[wave] for service, wave in takes.brings}, launches


@pytest.mark.parametrize("seed", SEEDS)
def test_a_what_if_with_these_words_makes_the_same_room(seed):
    workspace, made, found, shown = planned(seed)
    unmet = frozenset(missed.service for missed in found.unmet)
    takes = [p.takes for p in shown.placements if p.takes] + [a.takes for a in shown.absences if a.takes]
    for entry in takes:
        assert all(change.what_if for change in entry.changes)
        problem = what_if.formulated(as_if(workspace, entry.what_if)).problem
        _, launches, _ = doing(workspace, made, found, entry)
        assert not objections(problem, launches, unmet), entry


def value(problem: Problem, launches) -> int:
    room = Room(problem)
    for service, wave in launches.items():
        if problem.by_id[service].launched is None:
            room.launch(problem.by_id[service], wave)
    return room.value()


@pytest.mark.parametrize("seed", SEEDS)
def test_doing_what_it_would_take_brings_a_service_in_or_forward(seed):
    enough(*planned(seed))


def enough(workspace, made, found, shown):
    unmet = frozenset(missed.service for missed in found.unmet)
    stated = [(p.service, e.takes) for p in shown.placements for e in p.earlier if e.takes]
    stated += [(p.service, p.takes) for p in shown.placements if p.takes]
    stated += [(a.service, a.takes) for a in shown.absences if a.takes]
    for service, takes in stated:
        problem, launches, _ = doing(workspace, made, found, takes)
        assert service in dict(takes.brings)
        assert not objections(problem, launches, unmet), (service, takes)
        single = len(takes.changes) == 1 and takes.changes[0].kind in (*LASTING, "high")
        if single:
            problem, launches, _ = doing(workspace, made, found, takes, less=1)
            assert objections(problem, launches, unmet), (service, takes)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_brought_in_closes_something_or_is_said_to_close_nothing_more(seed):
    closes_or_not(*planned(seed))


def closes_or_not(workspace, made, found, shown):
    for absence in shown.absences:
        if absence.takes is None:
            continue
        problem, launches, before = doing(workspace, made, found, absence.takes)
        moved = set(company(problem, absence.service)) & dict(absence.takes.brings).keys()
        others = {s: w for s, w in launches.items() if s not in moved}
        nothing = "It would close nothing more." in absence.takes.words
        assert (value(problem, launches) == value(problem, others)) == nothing, absence
        assert before.items() <= launches.items()


def test_the_ten_plans_hold_every_kind_of_reason_and_of_change():
    codes, kinds, takes = set(), set(), set()
    for seed in SEEDS:
        shown = planned(seed)[3]
        codes |= {absence.code for absence in shown.absences}
        tried = [e for p in shown.placements for e in p.earlier] + [e for a in shown.absences for e in a.tried]
        kinds |= {limit.kind for entry in tried for limit in entry.limits}
        takes |= {c.kind for e in tried if e.takes for c in e.takes.changes}
        takes |= {c.kind for a in shown.absences if a.takes for c in a.takes.changes}
    assert codes >= {"declined", "deferred", "redundant", "alternative", "prerequisite", "no room", "accepted"}
    assert kinds >= {"prerequisite", "load", "high", "run", "build", "role", "black-out", "not before"}
    assert takes >= {
        "points",
        "days",
        "run",
        "role",
        "high",
        "black-out",
        "not before",
        "offer",
        "pin",
        "wave",
        "unaccept",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_what_covers_a_service_leaves_it_nothing_and_none_of_it_can_be_spared(seed):
    covered(*planned(seed))


def covered(_, made, __, shown):
    problem = made.problem
    for absence in shown.absences:
        if absence.code != "redundant":
            continue
        bit = sum(1 << problem.by_id[member].index for member in company(problem, absence.service))
        gaps = [gap for gap in problem.aspects if gap.weight and gap.closed(bit)]

        def left(names, gaps=gaps, bit=bit):
            live = sum(1 << problem.by_id[name].index for name in names)
            return any(gap.closed(live | bit) > gap.closed(live) for gap in gaps)

        assert gaps
        assert not left(absence.by)
        assert all(left(set(absence.by) - {name}) for name in absence.by)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_absence_says_what_it_takes_or_that_no_way_in_was_found(seed):
    shown = planned(seed)[3]
    for absence in shown.absences:
        said = absence.why[-1]
        no_way = "No way in was found" in said or "brings it in" in said or "the catalogue would have to" in said
        assert no_way == (absence.takes is None), absence


@pytest.mark.parametrize("seed", SEEDS)
def test_where_no_way_in_was_found_no_single_limit_brings_it_in(seed):
    """Lifted as far as can be, one limit after the other, with all it needs in every order of waves."""
    _, made, found, shown = planned(seed)
    problem = made.problem
    unmet = frozenset(missed.service for missed in found.unmet)
    for absence in shown.absences:
        if absence.takes or absence.service not in problem.by_id:
            continue
        needed = {absence.service, *(need.id for need in problem.ancestors[absence.service])} - found.launches.keys()
        needed = sorted({mate for name in needed for mate in company(problem, name)})
        waves = [number for number, wave in enumerate(problem.waves) if wave.open]
        if len(waves) ** len(needed) > ENOUGH:
            continue
        for lifted in limits_lifted(problem):
            for chosen in product(waves, repeat=len(needed)):
                launches = {**found.launches, **dict(zip(needed, chosen, strict=True))}
                if objections(lifted, launches, unmet):
                    continue
                others = {s: w for s, w in launches.items() if s not in company(problem, absence.service)}
                assert value(lifted, launches) == value(lifted, others), (absence.service, launches)


ENOUGH = 300


def limits_lifted(problem: Problem):
    """The problem with one limit lifted, for every limit there is."""
    much = 10**6
    yield replace(problem, high_per_wave=much)
    for number, wave in enumerate(problem.waves):
        more = replace(wave, extra_days=much)
        yield replace(problem, waves=(*problem.waves[:number], more, *problem.waves[number + 1 :]))
        for audience in problem.audiences:
            change = Change("points", wave.id, audience.id, Fraction(much), (), "")
            yield changed(problem, change)
            yield changed(problem, replace(change, kind="black-out"))
        for role in problem.roles:
            yield changed(problem, Change("role", wave.id, role.id, Fraction(much), (), ""))
    yield replace(problem, waves=tuple(replace(wave, run_cap=much) for wave in problem.waves))


def test_planning_again_with_what_it_would_take_brings_each_service_of_the_example_in():
    """By the real what-if, pinned where it is said to fit: what closes nothing more, or less than others, needs that."""
    playbook = example()
    shown = [(a.service, a.takes) for a in playbook.plan.absences] + [
        (p.service, p.takes) for p in playbook.plan.placements if p.takes
    ]
    assert all(takes and takes.what_if for _, takes in shown)
    for service, takes in shown:
        changes = [*takes.what_if, f"pin={service}@{takes.wave}"]
        problem = what_if.formulated(as_if(playbook.workspace, changes)).problem
        launches = {p.service: p.wave for p in playbook.plan.placements} | dict(takes.brings)
        numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
        assert not objections(problem, {s: numbers[wave] for s, wave in launches.items()}), service
        again = schedule(problem, Wishes(steps=FEW))
        assert again.launches.get(service) == numbers[takes.wave], service
        assert not again.unmet


FEW = 2_000
"""Steps are enough here: whether a pin can hold does not depend on them."""


def test_amounts_are_whole_units_in_words():
    for seed in SEEDS:
        for absence in planned(seed)[3].absences:
            for change in absence.takes.changes if absence.takes else ():
                assert change.amount * LASTING.get(change.kind, 1) == Fraction(
                    int(change.amount * LASTING.get(change.kind, 1))
                )


@settings(max_examples=40, deadline=None)
@given(organisations())
def test_all_of_this_holds_for_odd_organisations_too(workspace):
    there = planned_for(workspace)
    for holds in (stated_of_placements, stated_of_absences, enough, closes_or_not, covered):
        holds(*there)
