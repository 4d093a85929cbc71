"""Wishes that contradict each other: the smallest set that conflicts, in words and with places."""

from __future__ import annotations

import time

from hypothesis import given, settings

from pmogen.planning.compact import Compact
from pmogen.planning.conflicts import about_wishes, conflict, conflicts, statements
from pmogen.planning.feasibility import fitting
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated, limit, organisation, plan, service, waves


def said(made):
    return [statement.text for statement in conflict(made, formulated(made).problem)]


def test_a_pin_before_what_it_needs_names_the_pin_the_need_and_the_date():
    made = organisation(service("a"), service("b", requires=["a"]), pins={"b": "w1"}, not_before={"a": "w2"})
    assert said(made) == ["B is pinned to Wave 1", "B needs A in an earlier wave"]
    made = organisation(service("a"), service("b", requires=["a"]), pins={"b": "w2"}, not_before={"a": "w2"})
    assert said(made) == ["B is pinned to Wave 2", "A must not launch before Wave 2", "B needs A in an earlier wave"]


def test_too_many_pins_for_one_wave_name_the_capacity():
    made = organisation(*(service(name, days=30) for name in "abc"), pins=dict.fromkeys("abc", "w1"))
    assert said(made) == [
        "C is pinned to Wave 1",
        "B is pinned to Wave 1",
        "A is pinned to Wave 1",
        "The PMO's capacity in Wave 1",
    ]


def test_only_what_matters_is_named():
    """D is pinned too, but has nothing to do with it."""
    high = {"managers": "high"}
    made = organisation(
        service("a", asks=high),
        service("b", asks=high),
        service("d"),
        pins={"a": "w1", "b": "w1", "d": "w1"},
        limits=[limit("managers", 30)],
    )
    assert said(made) == [
        "B is pinned to Wave 1",
        "A is pinned to Wave 1",
        "At most 1 high change for an audience in a wave",
    ]


def test_alternatives_and_groups_conflict_too():
    made = organisation(service("a"), service("b"), pins={"a": "w1", "b": "w2"}, alternatives=[("a", "b")])
    assert said(made) == ["B is pinned to Wave 2", "A is pinned to Wave 1", "Only one of A and B is planned"]
    made = organisation(service("a"), service("b"), pins={"a": "w1", "b": "w2"}, together=[("a", "b")])
    assert said(made) == ["B is pinned to Wave 2", "A is pinned to Wave 1", "A and B launch together"]


def test_what_can_hold_conflicts_with_nothing():
    assert said(organisation(service("a"), pins={"a": "w1"}, deadlines={"a": "w2"})) == []


def holds(problem):
    """Whether everything that is wished for can launch, among all services."""
    compact = Compact(problem)
    return fitting(compact, [unit.index for unit in compact.units if unit.forced]) is not None


@settings(max_examples=100, deadline=None)
@given(organisations())
def test_a_conflict_is_real_and_leaving_any_of_it_out_ends_it(workspace):
    problem = formulated(workspace).problem
    found = conflict(workspace, problem)
    assert bool(found) == (not holds(problem)) == (not holds(about_wishes(problem)))
    texts = [statement.text for statement in found]
    for statement in statements(workspace, problem):
        if statement.text not in texts:
            problem = statement.without(problem)
    assert holds(problem) == (not found)
    assert all(holds(statement.without(problem)) for statement in found)


def test_conflicts_that_have_nothing_to_do_with_each_other_are_all_told():
    made = organisation(
        *(service(name, requires=[f"{name}0"] if name in "ab" else []) for name in ("a", "b", "a0", "b0")),
        pins={"a": "w1", "b": "w1"},
    )
    found = conflicts(made, formulated(made).problem)
    assert [[said.text for said in entry] for entry in found] == [
        ["A is pinned to Wave 1", "A needs A0 in an earlier wave"],
        ["B is pinned to Wave 1", "B needs B0 in an earlier wave"],
    ]


def test_the_plan_says_which_statements_contradict_each_other():
    made = organisation(service("a"), service("b", requires=["a"]), pins={"b": "w1"}, not_before={"a": "w2"})
    (told,) = plan(made).conflicts
    assert [said.text for said in told] == ["B is pinned to Wave 1", "B needs A in an earlier wave"]
    assert plan(organisation(service("a"), pins={"a": "w1"})).conflicts == ()


def test_a_thousand_services_with_a_wish_in_five_are_answered_in_a_few_seconds():
    """What has nothing to do with the wishes is left aside, and the search for the set halves instead of counting."""
    names = [f"s{number:04}" for number in range(1000)]
    made = organisation(
        *(service(name, {"risk": 0.01}, days=3, asks={"managers": "low"}) for name in names),
        roadmap=waves(12, fte=20),
        deadlines={name: f"w{1 + number % 12}" for number, name in enumerate(names[::5])},
    )
    began = time.process_time()
    (first, *_) = conflicts(made, formulated(made).problem)
    assert time.process_time() - began < 20
    assert first[-1].text == "What managers can take in Wave 1"
