"""Deadlines, services that launch together, alternatives, roles and accepted gaps."""

from __future__ import annotations

import pytest

from pmogen.planning.check import violations
from pmogen.planning.scheduler import schedule
from pmogen.planning.verdict import told
from tests.planning.builders import (
    absence,
    codes,
    formulated,
    launches,
    organisation,
    placement,
    plan,
    roles,
    service,
    wave,
    waves,
    work,
)

TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}


def test_a_deadline_brings_in_what_would_come_later_or_not_at_all():
    services = (service("great", {"risk": 3}, days=60), service("small", {"cost": 0.4}, days=60))
    assert launches(plan(organisation(*services, gaps=TWO_GAPS))) == {"great": "w1", "small": "w2"}
    made = organisation(*services, gaps=TWO_GAPS, deadlines={"small": "w1"})
    assert launches(plan(made)) == {"small": "w1", "great": "w2"}
    assert not plan(made).problems


def test_a_deadline_leaves_the_choice_of_an_earlier_wave():
    made = organisation(service("a", days=10), deadlines={"a": "w3"})
    assert launches(plan(made)) == {"a": "w1"}


def test_a_deadline_that_cannot_hold_is_reported_with_what_is_in_the_way():
    made = organisation(service("a", days=100), deadlines={"a": "w1"}, capacity={"build_waves": 2})
    found = plan(made)
    assert launches(found) == {"a": "w2"}
    assert len(found.problems) == 1
    assert found.problems[0] == (
        "A has to be live by the end of Wave 1 and cannot be. The PMO is 35 person-days short for building it (100 needed). "
        "It is in Wave 2 instead."
    )


def test_what_belongs_together_launches_together_or_not_at_all():
    services = (
        service("a", {"risk": 1}, days=40),
        service("b", {"cost": 1}, days=40),
        service("c", {"risk": 1}, days=30),
    )
    made = organisation(*services, gaps=TWO_GAPS, together=[("a", "b")])
    assert codes(plan(made)) == {"a": "no room", "b": "no room"}
    made = organisation(*services, gaps=TWO_GAPS, together=[("a", "b")], capacity={"build_waves": 2})
    assert launches(plan(made)) == {"a": "w2", "b": "w2", "c": "w1"}


def test_what_is_declined_does_not_keep_its_mate_out_and_a_note_says_so():
    made = organisation(service("a"), service("b"), together=[("a", "b")], decided={"b": "decline"})
    found = plan(made)
    assert launches(found) == {"a": "w1"}
    assert found.problems == ("B may not be planned, so A need not wait for it, although they belong together.",)


def test_of_alternatives_one_is_planned_and_the_other_says_which():
    made = organisation(service("a", days=20), service("b", days=10), alternatives=[("a", "b")])
    found = plan(made)
    assert launches(found) == {"b": "w1"}
    assert absence(found, "a").why == ("B is in the plan, and only one of the two is to be.",)


def test_what_belongs_together_and_excludes_each_other_says_that_both_cannot_hold():
    made = organisation(
        service("a"), service("b"), service("c"), together=[("a", "b")], alternatives=[("a", "b")], gaps=TWO_GAPS
    )
    found = plan(made)
    said = "A and B are to launch together or not at all, and only one of them is to be: both cannot hold."
    assert [(entry.service, entry.code, entry.why[0]) for entry in found.absences] == [
        ("a", "alternative", said),
        ("b", "alternative", said),
    ]


def test_an_alternative_that_is_live_already_rules_out_the_others():
    from tests.planning.builders import launched

    made = organisation(
        service("a"),
        service("b"),
        alternatives=[("a", "b")],
        roadmap=(wave(1, status="finished", launched=(launched("a"),)), wave(2)),
    )
    assert launches(plan(made)) == {"a": "w1"}


def test_a_role_limits_what_its_people_build_and_no_other():
    services = (service("a", days=40, by=["coach"]), service("b", days=40, by=["planner"]))
    made = organisation(*services, roadmap=waves(2, fte=2, roles=roles(coach=0.4)))
    assert codes(plan(made)) == {"a": "no room"}
    assert absence(plan(made), "a").takes.changes[0].words == "14 more person-days of coach in Wave 1"
    made = organisation(*services, roadmap=waves(2, fte=2, roles=roles(coach=0.4)), capacity={"build_waves": 2})
    assert launches(plan(made)) == {"a": "w2", "b": "w1"}
    assert work(plan(made), "a") == {"w1": 14, "w2": 26}


def test_responsible_roles_share_the_days_equally():
    made = organisation(
        service("a", days=60, by=["coach", "planner"]), roadmap=waves(1, roles=roles(coach=0.5, planner=1))
    )
    assert launches(plan(made)) == {"a": "w1"}
    made = organisation(service("a", days=66, by=["coach", "planner"]), roadmap=waves(1, fte=2, roles=roles(coach=0.5)))
    assert codes(plan(made)) == {"a": "no room"}


def test_nothing_is_planned_for_a_gap_that_was_accepted():
    made = organisation(service("a", {"risk": 1}), service("b", {"cost": 1}), gaps=TWO_GAPS, accepted=["risk"])
    assert launches(plan(made)) == {"b": "w1"}
    assert absence(plan(made), "a").why == ("The gap it closes, in Risk, was accepted as it is.",)


def test_a_quick_win_comes_first_where_nothing_else_speaks_against_it():
    quick = service("z-quick", {"risk": 1}, days=10, asks={"managers": "low"})
    slow = service("a-slow", {"risk": 1}, days=10, asks={"managers": "medium"})
    made = organisation(quick, slow, roadmap=(wave(1, fte=0.2), wave(2, fte=0.2)))
    assert placement(plan(made), "z-quick").wave == "w1"


GROUPS = organisation(
    service("a", days=10),
    service("b", days=10),
    service("c", days=40, by=["coach", "planner"]),
    roadmap=waves(3, fte=2, roles=roles(coach=0.2, planner=1)),
    deadlines={"c": "w2"},
    together=[("a", "b")],
    alternatives=[("a", "c")],
    capacity={"build_waves": 2},
)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ({"a": 0}, "`a` and `b` do not launch together"),
        ({"a": 0, "b": 0, "c": 1}, "only one of `a` and `c` is to be live"),
        ({"c": 2}, "`c` has to be live by the end of `w2`"),
        ({"c": 0}, "wave `w1`: building takes 20 of 13 person-days of coach"),
    ],
)
def test_the_judge_finds_each_kind_of_mistake(moves, said):
    problem = formulated(GROUPS).problem
    days = {"a": 100, "b": 100, "c": 400}
    found = violations(problem, moves, {s: {w: days[s]} for s, w in moves.items()})
    assert said in [told(violation, GROUPS, problem) for violation in found]


def test_the_judge_passes_what_the_scheduler_makes():
    problem = formulated(GROUPS).problem
    found = schedule(problem)
    assert violations(problem, found.launches, found.work) == ()
    assert found.launches == {"c": 1}
