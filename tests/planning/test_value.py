"""What makes a plan good: early closure of weighty gaps, nothing superfluous; and the traps of domain research 4.2."""

from __future__ import annotations

from fractions import Fraction

from pmogen.planning.scheduler import schedule
from tests.planning.builders import (
    NOTHING,
    absence,
    codes,
    formulated,
    launches,
    organisation,
    plan,
    service,
    wave,
    waves,
)

TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}


def test_value_is_weighted_closure_summed_over_the_waves_and_never_more_than_the_gap():
    made = organisation(service("a", {"risk": 1, "cost": 3}, days=0), gaps={"risk": (2, 4, "H"), "cost": (3, 5, "L")})
    assert plan(made).value_waves == 3 * (3 * 1 + 1 * 2)


def test_later_waves_count_less():
    made = organisation(service("a", days=0), not_before={"a": "w3"})
    assert plan(made).value_waves == 3


def test_what_closes_the_weightier_gap_comes_first():
    made = organisation(service("a", {"cost": 1}, days=60), service("b", {"risk": 1}, days=60), gaps=TWO_GAPS)
    assert launches(plan(made)) == {"b": "w1", "a": "w2"}


def test_what_others_close_already_is_redundant_and_names_them():
    made = organisation(service("a", days=0), service("b", days=90), gaps={"risk": (1, 2, "H")})
    assert launches(plan(made)) == {"a": "w1"}
    assert codes(plan(made)) == {"b": "redundant"}
    assert absence(plan(made), "b").why == (
        "A, which is in the plan, already closes all it would close.",
        "It would close something if A were not in the plan.",
    )


def test_a_ceiling_that_others_reach_makes_redundant_too():
    made = organisation(service("a", days=0, up_to=2), service("b", days=9, up_to=2), gaps={"risk": (1, 4, "H")})
    assert absence(plan(made), "b").why == (
        "A, which is in the plan, already closes all it would close.",
        "It would close something if A were not in the plan.",
    )


def test_an_offered_service_is_redundant_beside_other_offered_ones_but_not_beside_proposals():
    offered, proposed = service("offered", days=60), service("proposed", days=0)
    narrow = {"risk": (1, 2, "H")}
    assert launches(plan(organisation(offered, proposed, gaps=narrow, decided={"offered": "offer"}))) == {
        "offered": "w1"
    }
    both = {"offered": "offer", "proposed": "offer"}
    found = plan(organisation(offered, proposed, gaps=narrow, decided=both))
    assert launches(found) == {"proposed": "w1"}
    assert codes(found) == {"offered": "redundant"}


def test_a_proposal_that_later_ones_make_superfluous_is_taken_out_again():
    services = (service("both", {"risk": 2, "cost": 2}), service("x", {"risk": 4}), service("y", {"cost": 4}))
    problem = formulated(organisation(*services, gaps={"risk": (1, 5, "H"), "cost": (1, 5, "H")})).problem
    assert schedule(problem).launches == {"x": 0, "y": 0}


def test_what_leaves_makes_room_for_others_to_move_earlier():
    services = (service("both", days=5), service("x", {"risk": 4}, days=60), service("y", {"cost": 1}, days=5))
    problem = formulated(organisation(*services, gaps={"risk": (1, 5, "H"), "cost": (1, 5, "H")})).problem
    assert schedule(problem).launches == {"x": 0, "y": 0}


def test_what_could_only_have_helped_earlier_is_redundant_and_says_so():
    made = organisation(
        service("all", {"risk": 4}, days=60),
        service("some", {"risk": 1}, days=60),
        roadmap=(wave(1), wave(2, fte=0)),
        gaps={"risk": (1, 5, "H")},
    )
    found = plan(made)
    assert launches(found) == {"all": "w1"}
    assert codes(found) == {"some": "redundant"}


def test_trap_an_enabler_inherits_the_value_of_what_it_enables():
    made = organisation(
        service("method", NOTHING, days=60),
        service("great", {"risk": 3}, days=5, requires=["method"]),
        service("small", {"cost": 1}, days=60),
        gaps=TWO_GAPS,
    )
    assert launches(plan(made)) == {"method": "w1", "great": "w2", "small": "w2"}


def test_trap_running_effort_is_part_of_the_cost():
    hungry, modest = service("a-hungry", {"risk": 1}, days=5, run=0.6), service("modest", {"risk": 1}, days=20, run=0.1)
    roadmap = (wave(1, fte=0.65), wave(2, fte=0.65))
    made = organisation(hungry, modest, roadmap=roadmap, gaps={"risk": (1, 3, "H")})
    assert launches(plan(made)) == {"modest": "w1"}


def test_trap_trifles_do_not_push_back_what_matters():
    trifles = [service(f"trifle-{number}", {"cost": 0.2}, days=5) for number in range(4)]
    made = organisation(service("great", {"risk": 4}, days=55), *trifles, gaps=TWO_GAPS)
    found = launches(plan(made))
    assert found["great"] == "w1"
    assert sorted(found.values()) == ["w1", "w1", "w1", "w2", "w2"]


def test_trap_a_service_bigger_than_a_wave_is_built_over_several():
    big = service("big", days=100)
    assert codes(plan(organisation(big, capacity={"build_waves": 1}))) == {"big": "no room"}
    assert launches(plan(organisation(big, capacity={"build_waves": 2}))) == {"big": "w2"}


def test_levels_rise_wave_by_wave_as_services_go_live():
    made = organisation(
        service("a", {"risk": 1.5}, days=60), service("b", {"risk": 1}, days=60, up_to=3), roadmap=waves(2)
    )
    assert plan(made).projected[0].now == 1
    assert plan(made).projected[0].after == (("w1", Fraction("2.5")), ("w2", Fraction("3.5")))


def test_levels_are_shown_for_strengths_too():
    made = organisation(service("a", {"risk": 1, "cost": 1}, days=0), gaps={"risk": (1, 2, "H"), "cost": (3, 2, "L")})
    assert [(entry.aspect, entry.after[0][1]) for entry in plan(made).projected] == [("cost", 4), ("risk", 2)]
    assert plan(made).value_waves == 3 * 3
