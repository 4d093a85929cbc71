"""Wishes that contradict each other: the smallest set that conflicts, in words and with places."""

from __future__ import annotations

from hypothesis import given, settings

from pmogen.planning.conflicts import _holds, conflict, statements
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated, limit, organisation, service


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
    assert said(made) == ["B is pinned to Wave 2", "A is pinned to Wave 1", "Only one of A, B is planned"]
    made = organisation(service("a"), service("b"), pins={"a": "w1", "b": "w2"}, together=[("a", "b")])
    assert said(made) == ["B is pinned to Wave 2", "A is pinned to Wave 1", "A, B launch together"]


def test_what_can_hold_conflicts_with_nothing():
    assert said(organisation(service("a"), pins={"a": "w1"}, deadlines={"a": "w2"})) == []


@settings(max_examples=100, deadline=None)
@given(organisations())
def test_a_conflict_is_real_and_leaving_any_of_it_out_ends_it(workspace):
    problem = formulated(workspace).problem
    found = conflict(workspace, problem)
    assert bool(found) == (not _holds(problem))
    texts = [statement.text for statement in found]
    for statement in statements(workspace, problem):
        if statement.text not in texts:
            problem = statement.without(problem)
    assert _holds(problem) == (not found)
    assert all(_holds(statement.without(problem)) for statement in found)
