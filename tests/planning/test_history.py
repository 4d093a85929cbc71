"""Finished and running waves."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from tests.planning.builders import (
    MONDAY,
    codes,
    launched,
    launches,
    limit,
    load,
    organisation,
    placement,
    plan,
    service,
    use,
    wave,
    work,
)


def finished(*entries, number=1, **more):
    return wave(number, status="finished", launched=entries, **more)


def test_what_finished_waves_launched_stays_there_with_its_actual_effort():
    found = plan(organisation(service("a", days=10), roadmap=(finished(launched("a", 17)), wave(2))))
    assert launches(found) == {"a": "w1"}
    assert placement(found, "a").frozen
    assert work(found, "a") == {"w1": 17}


def test_nothing_else_goes_into_finished_waves_neither_launches_nor_building():
    roadmap = (finished(), wave(2, fte=0), wave(3))
    found = plan(organisation(service("a", days=80), roadmap=roadmap, capacity={"build_waves": 3}))
    assert launches(found) == {}
    assert codes(found) == {"a": "no room"}
    assert work(plan(organisation(service("a", days=60), roadmap=roadmap, capacity={"build_waves": 3})), "a") == {
        "w3": 60
    }


def test_the_assessed_level_contains_what_launched_before_it():
    assessed = MONDAY + dt.timedelta(weeks=13, days=-1)
    roadmap = (finished(launched("a")), finished(launched("b"), number=2), wave(3))
    made = organisation(service("a"), service("b"), roadmap=roadmap, assessed=assessed)
    assert plan(made).projected[0].after == (("w1", 1), ("w2", 2), ("w3", 2))
    assert plan(made).value_waves == 3 * (0 + 1 + 1)
    assert "The assessed levels contain its effect already." in placement(plan(made), "a").why


def test_a_running_wave_keeps_what_it_launched_and_takes_more():
    running = wave(1, status="running", launched=(launched("a"),))
    found = plan(organisation(service("a"), service("b"), roadmap=(running, wave(2))))
    assert launches(found) == {"a": "w1", "b": "w1"}
    assert placement(found, "a").frozen
    assert not placement(found, "b").frozen


def test_days_already_built_in_a_running_wave_are_gone():
    running = wave(1, status="running", launched=(launched("a", 60),))
    found = plan(organisation(service("a"), service("b", days=10), roadmap=(running, wave(2))))
    assert launches(found) == {"a": "w1", "b": "w2"}


def test_history_over_its_limits_is_no_error_but_nothing_is_added_to_it():
    running = wave(1, status="running", launched=(launched("a", 90), launched("b", 1)))
    heavy = {"managers": "high"}
    services = (
        service("a", asks=heavy),
        service("b", {"risk": 0.1}, asks=heavy),
        service("c", days=0, asks={"managers": "low"}),
    )
    found = plan(
        organisation(*services, service("d", days=1), service("e", days=0), roadmap=(running, wave(2), wave(3)))
    )
    assert use(found, "w1").build_days == 91
    assert load(found, "managers", "w1").band == "over"
    assert launches(found) == {"a": "w1", "b": "w1", "c": "w2", "d": "w2", "e": "w1"}


def test_the_tail_of_a_finished_wave_lands_in_the_next():
    made = organisation(
        service("a", asks={"managers": "high"}),
        service("b", asks={"managers": "high"}),
        roadmap=(finished(launched("a")), wave(2), wave(3)),
    )
    found = plan(made)
    assert [(part.source, part.what, part.points) for part in load(found, "managers", "w2").parts] == [
        ("tail", "a", Fraction("3.2"))
    ]
    assert launches(found)["b"] == "w3"


def test_running_effort_of_history_counts():
    made = organisation(
        service("a", run=0.7), service("b", days=30), roadmap=(finished(launched("a")), wave(2), wave(3, fte=2))
    )
    assert launches(plan(made))["b"] == "w3"


def test_a_planned_wave_that_lists_launches_is_planned_like_any_other():
    found = plan(organisation(service("a"), roadmap=(wave(1), wave(2, launched=(launched("a"),)))))
    assert launches(found) == {"a": "w1"}
    assert found.problems == ("A is listed as launched in Wave 2, which has not begun; this is passed over.",)


def test_when_every_wave_is_over_nothing_is_planned():
    found = plan(organisation(service("a"), service("b"), roadmap=(finished(launched("a")),)))
    assert launches(found) == {"a": "w1"}
    assert codes(found) == {"b": "no room"}


def test_a_limit_in_a_finished_wave_holds_nobody_back():
    made = organisation(
        service("a", asks={"managers": "low"}),
        roadmap=(finished(), wave(2)),
        limits=[limit("managers", background={"w1": 50})],
    )
    assert launches(plan(made)) == {"a": "w2"}


def test_days_of_history_fill_their_wave_then_those_before_and_what_is_left_counts_in_it():
    roadmap = (finished(), finished(launched("a", 90), launched("b", 70), number=2))
    found = plan(organisation(service("a"), service("b"), roadmap=roadmap, capacity={"build_waves": 2}))
    assert work(found, "a") == {"w1": 25, "w2": 65}
    assert work(found, "b") == {"w1": 40, "w2": 30}
