"""What would be chosen if money and time were no limit, by hand calculation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from pmogen.analysis.gaps import Gap, find_gaps
from pmogen.analysis.levels import levels_of
from pmogen.analysis.no_limits import NoLimits, allowed_services, without_limits
from pmogen.analysis.projection import projected_level
from pmogen.analysis.services import expected_days, liftings_of
from pmogen.model.workspace import Workspace
from tests.analysis.organisations import decided, lifting, organisation
from tests.workspaces import example


def unlimited(made: Workspace, **options: Any) -> NoLimits:
    """The set for a workspace."""
    return without_limits(made, find_gaps(made, levels_of(made, made.current)), **options)


def test_the_smallest_effort_wins_over_the_largest_step() -> None:
    """A gap of 1: one level for 9 days, or half a level twice for 4 days each. 8 days are less."""
    services = [lifting("big", ("x", 1), days=9), lifting("half", ("x", 0.5), days=4)]
    made = organisation({"x": (2, 3)}, [*services, lifting("other-half", ("x", 0.5), days=4)])
    found = unlimited(made)
    assert found.services == ("half", "other-half")
    assert (found.days, found.proven) == (8, True)
    assert found.reached == (("x", Fraction(3)),)


def test_prerequisites_count() -> None:
    """The halves need something of 2 days, so that 10 days stand against 9."""
    halves = [lifting(name, ("x", 0.5), days=4, requires=["base"]) for name in ("half", "other-half")]
    base = lifting("base", ("other", 1), days=2)
    made = organisation({"x": (2, 3), "other": (3, 3)}, [lifting("big", ("x", 1), days=9), *halves, base])
    assert unlimited(made).services == ("big",)


def test_of_equal_effort_the_fewer_services_win() -> None:
    """8 days in one service, or twice 4."""
    services = [lifting("half", ("x", 0.5), days=4), lifting("other-half", ("x", 0.5), days=4)]
    made = organisation({"x": (2, 3)}, [*services, lifting("whole", ("x", 1), days=8)])
    assert unlimited(made).services == ("whole",)


def test_declined_services_and_those_that_need_them_stay_out() -> None:
    """What is left closes half, and that is what is wanted then."""
    services = [lifting("base", ("x", 1)), lifting("top", ("x", 1), requires=["base"]), lifting("half", ("x", 0.5))]
    found = unlimited(organisation({"x": (2, 3)}, services, decided(base="decline")))
    assert found.services == ("half",)
    assert found.reached == (("x", Fraction(5, 2)),)


def test_deferred_services_are_allowed() -> None:
    """Deferred means not now, and time is no limit here."""
    assert unlimited(organisation({"x": (2, 3)}, [lifting("whole", ("x", 1))], decided(whole="defer"))).services


def test_a_ceiling_below_the_target_needs_something_beyond_it() -> None:
    """From 2 to 4: basic ones end at 3, so an advanced one must bring the level above; 1 and 1 do."""
    basic = [lifting("one", ("x", 1), days=1), lifting("two", ("x", 1), days=1)]
    made = organisation({"x": (2, 4)}, [*basic, lifting("high", ("x", 1), days=50, tier="advanced")])
    found = unlimited(made)
    assert found.services in (("high", "one"), ("high", "two"))
    assert found.reached == (("x", Fraction(4)),)


LAUNCHED = {
    "content/roadmap.yml": {
        "waves": [
            {
                "id": "past",
                "name": "Past",
                "starts": "2026-10-01",
                "ends": "2027-02-15",
                "status": "finished",
                "goal": "Start.",
                "fte": 2,
                "launched": [{"service": "dear"}],
            }
        ]
    }
}


def test_what_is_live_costs_nothing() -> None:
    """100 days are spent already, so they beat 5 that are not."""
    services = [lifting("dear", ("x", 1), days=100), lifting("cheap", ("x", 1), days=5)]
    found = unlimited(organisation({"x": (2, 3)}, services, others=LAUNCHED))
    assert (found.services, found.live, found.days) == (("dear",), ("dear",), 0)


def test_without_gaps_nothing_is_chosen() -> None:
    found = unlimited(organisation({"x": (3, 3)}, [lifting("whole", ("x", 1))]))
    assert (found.services, found.proven, found.reached) == ((), True, ())


def test_a_search_that_is_cut_short_says_so_and_still_closes_everything() -> None:
    """The example with a single branch."""
    made = example()
    cut, full = unlimited(made, branches=1), unlimited(made)
    assert not cut.proven
    assert "best set found" in cut.trace.steps[-1]
    assert cut.reached == full.reached
    assert cut.days >= full.days


def lifts(made: Workspace, services: tuple[str, ...], gaps: tuple[Gap, ...] = ()) -> bool:
    """Whether the services reach, with prerequisites, the levels that all allowed ones reach."""
    method = made.catalogue.method.lift
    allowed = allowed_services(made)
    for gap in gaps or find_gaps(made, levels_of(made, made.current)):
        own, every = (
            projected_level(
                gap.current,
                [one for s in ids for one in liftings_of(made.service(s), method) if one.aspect == gap.aspect],
            )
            for ids in (services, allowed)
        )
        if gap.kind == "gap" and own < min(gap.target, every):
            return False
    return all(
        needed in services
        for service in services
        for needed in (*made.service(service).requires, *made.service(service).requires_same_wave)
    )


def test_the_example_is_proven_and_reaches_what_all_together_reach() -> None:
    found = unlimited(example())
    assert found.proven
    assert lifts(example(), found.services)


def test_nothing_can_be_taken_out_of_the_set_of_the_example() -> None:
    made = example()
    gaps = find_gaps(made, levels_of(made, made.current))
    found = without_limits(made, gaps)
    for service in set(found.services) - set(found.live):
        assert not lifts(made, tuple(s for s in found.services if s != service), gaps)


def test_a_small_part_of_the_example_agrees_with_trying_everything() -> None:
    """Two gaps of the standard catalogue: every subset of their services is tried."""
    made = example()
    stated = tuple(a for a in made.current.assessment.aspects if a.aspect in ("scope-change", "dependencies"))
    assessment = made.current.assessment.model_copy(update={"aspects": stated})
    made = replace(made, assessments=(replace(made.current, assessment=assessment, answers=made.current.answers),))
    found = unlimited(made)
    known = find_gaps(made, levels_of(made, made.current))
    gaps = {gap.aspect for gap in known}
    useful = {
        service
        for service in allowed_services(made)
        if any(lift.aspect in gaps for lift in made.service(service).lifts)
    }
    while (
        more := {n for s in useful for n in (*made.service(s).requires, *made.service(s).requires_same_wave)} - useful
    ):
        useful |= more
    live = {"project-register", "pmo-playbook", "pm-community", "document-repository"}
    costs = {s: Fraction(0) if s in live else expected_days(made.service(s).establish_days) for s in sorted(useful)}
    best = min(
        sum((costs[s] for s in chosen), Fraction(0))
        for size in range(len(costs) + 1)
        for chosen in combinations(costs, size)
        if lifts(made, chosen, known)
    )
    assert found.days == best


def test_an_exact_solver_agrees_on_the_example() -> None:
    """HiGHS, where it is installed, finds the same number of days."""
    highspy = pytest.importorskip("highspy")
    import numpy as np

    made = example()
    found, ids = unlimited(made), allowed_services(made)
    number = {service: place for place, service in enumerate(ids)}
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    live = {"project-register", "pmo-playbook", "pm-community", "document-repository"}
    for service in ids:
        model.addVar(0, 1)
        cost = 0.0 if service in live else float(expected_days(made.service(service).establish_days))
        model.changeColCost(number[service], cost)
        model.changeColIntegrality(number[service], highspy.HighsVarType.kInteger)
    method, reached = made.catalogue.method.lift, dict(found.reached)
    for gap in find_gaps(made, levels_of(made, made.current)):
        own = [x for s in ids for x in liftings_of(made.service(s), method) if x.aspect == gap.aspect]
        for floor in {gap.current} | {x.up_to for x in own if x.up_to > gap.current}:
            above = [x for x in own if x.up_to > floor]
            if gap.kind == "gap" and floor < reached[gap.aspect]:
                columns = np.array([number[x.service] for x in above])
                amounts = np.array([float(x.by) for x in above])
                model.addRow(float(reached[gap.aspect] - floor) - 1e-7, 1e9, len(above), columns, amounts)
    for service in ids:
        for needed in (*made.service(service).requires, *made.service(service).requires_same_wave):
            model.addRow(0, 1e9, 2, np.array([number[needed], number[service]]), np.array([1.0, -1.0]))
    model.run()
    assert model.getInfo().objective_function_value == pytest.approx(float(found.days), abs=1e-4)


def test_the_order_of_the_catalogue_does_not_matter() -> None:
    made = example()
    services = tuple(reversed(made.catalogue.services))
    turned = replace(made, catalogue=made.catalogue.model_copy(update={"services": services}))
    assert unlimited(turned).services == unlimited(made).services
