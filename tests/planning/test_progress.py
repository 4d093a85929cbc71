"""Services that were started, are live, or were dropped: what is left of them is planned, and what follows shifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pmogen.analysis.changes import as_if
from pmogen.model.roadmap import Progress
from pmogen.planning import plan_roadmap
from pmogen.planning.moves import moves
from pmogen.planning.what_if import planned_as_if
from tests.planning.builders import (
    MONDAY,
    absence,
    codes,
    formulated,
    gaps_and_choice,
    launched,
    launches,
    organisation,
    placement,
    plan,
    service,
    use,
    wave,
    work,
)


def under_way(made, *entries: dict[str, Any]):
    """The organisation with progress; work began on the first day unless told otherwise."""
    progress = tuple(Progress(**({"started": MONDAY} | entry)) for entry in entries)
    return replace(made, roadmap=made.roadmap.model_copy(update={"progress": progress}))


RUNNING = (wave(1, status="running"), wave(2), wave(3))


def test_what_was_done_already_counts_and_takes_its_part_of_the_wave():
    made = organisation(service("a", days=60), service("b", {"risk": 0.1}, days=10), roadmap=RUNNING)
    assert use(plan(made), "w1").build_days == 60
    begun = under_way(made, {"service": "a", "effort_days": 45})
    found = plan(begun)
    assert work(found, "a") == {"w1": 15}
    assert launches(found) == {"a": "w1", "b": "w2"}
    assert (use(found, "w1").build_days, use(found, "w1").build_limit) == (60, 65)


def test_what_is_still_needed_may_be_stated():
    made = organisation(service("a", days=60), roadmap=RUNNING)
    assert work(plan(under_way(made, {"service": "a", "effort_days": 50, "left_days": 40})), "a") == {"w2": 40}
    assert work(plan(under_way(made, {"service": "a", "effort_days": 70})), "a") == {}


def test_what_was_started_stays_in_the_plan_even_where_another_would_bring_more():
    made = organisation(
        service("a", {"risk": 0.1}, days=60),
        service("b", {"risk": 3}, days=60),
        roadmap=(wave(1, status="running"),),
    )
    assert launches(plan(made)) == {"b": "w1"}
    found = plan(under_way(made, {"service": "a"}))
    assert launches(found) == {"a": "w1"}
    assert any("under way" in why for why in placement(found, "a").why)


def test_what_closes_no_gap_stays_too_once_it_was_started():
    made = organisation(service("a", {"elsewhere": 1.0}), roadmap=RUNNING)
    assert launches(plan(made)) == {}
    assert launches(plan(under_way(made, {"service": "a"}))) == {"a": "w1"}


def test_a_late_service_waits_for_its_wave_and_shifts_what_depends_on_it():
    made = organisation(service("a"), service("b", requires=["a"]), service("c"), roadmap=RUNNING)
    before = plan(made)
    assert launches(before) == {"a": "w1", "b": "w2", "c": "w1"}
    late = under_way(made, {"service": "a", "expected": "w2", "why": "The licence came late."})
    after = plan_roadmap(late, *gaps_and_choice(late), launches(before))
    assert launches(after) == {"a": "w2", "b": "w3", "c": "w1"}
    assert [(move.service, move.kind, move.before, move.now) for move in moves(launches(before), after)] == [
        ("a", "moved", "w1", "w2"),
        ("b", "moved", "w2", "w3"),
    ]
    said = " ".join((*placement(after, "a").why, *(why for e in placement(after, "a").earlier for why in e.why)))
    assert "expected in Wave 2: The licence came late." in said


def test_what_was_dropped_is_not_planned_and_what_needs_it_says_so():
    made = organisation(service("a"), service("b", requires=["a"]), decided={"a": "offer"}, roadmap=RUNNING)
    day = MONDAY + dt.timedelta(weeks=4)
    gone = under_way(made, {"service": "a", "dropped": day, "who": "Board", "why": "The old one will do."})
    found = plan(gone)
    assert launches(found) == {}
    assert codes(found) == {"a": "dropped", "b": "prerequisite"}
    assert absence(found, "a").why == ("Started on 2027-01-04, dropped on 2027-02-01 by Board: The old one will do.",)
    assert "which was dropped" in absence(found, "b").why[0]


def test_days_that_went_into_what_was_dropped_are_gone():
    made = organisation(service("a"), service("b", days=60), roadmap=RUNNING)
    gone = under_way(made, {"service": "a", "effort_days": 10, "dropped": MONDAY, "why": "No use."})
    assert launches(plan(gone)) == {"b": "w2"}
    assert use(plan(gone), "w1").build_days == 10


def test_what_went_live_is_history_whatever_its_progress_said():
    roadmap = (wave(1, status="running", launched=(launched("a", 17),)), wave(2))
    found = plan(under_way(organisation(service("a"), roadmap=roadmap), {"service": "a", "expected": "w2"}))
    assert launches(found) == {"a": "w1"}
    assert work(found, "a") == {"w1": 17}


def test_what_is_live_in_a_running_wave_is_frozen_and_what_is_started_can_still_launch_in_it():
    roadmap = (wave(1, status="running", launched=(launched("a", 17),)), wave(2))
    made = organisation(service("a"), service("b", days=20, requires=["a"]), service("c"), roadmap=roadmap)
    found = plan(under_way(made, {"service": "c", "effort_days": 3}))
    assert launches(found) == {"a": "w1", "b": "w2", "c": "w1"}
    assert [placement(found, name).frozen for name in "abc"] == [True, False, False]


def test_what_cannot_be_finished_any_more_is_told():
    made = organisation(service("a", days=90), roadmap=(wave(1, status="running"),))
    found = plan(under_way(made, {"service": "a", "effort_days": 5}))
    assert launches(found) == {}
    (told,) = found.problems
    assert told.startswith("A ")
    assert [[said.text for said in conflict] for conflict in found.conflicts] == [
        ["Work on A began on 2027-01-04", "The PMO's capacity in Wave 1"]
    ]


def test_a_pin_before_the_expected_wave_contradicts_it():
    made = under_way(organisation(service("a"), roadmap=RUNNING, pins={"a": "w1"}), {"service": "a", "expected": "w2"})
    assert [[said.text for said in conflict] for conflict in plan(made).conflicts] == [
        ["A is pinned to Wave 1", "A is expected in Wave 2"]
    ]


@pytest.mark.parametrize("entry", [{"effort_days": 3}, {"expected": "w2"}, {"dropped": MONDAY}])
def test_progress_is_part_of_what_the_plan_rests_on(entry):
    made = organisation(service("a"), roadmap=RUNNING)
    assert formulated(under_way(made, {"service": "a"} | entry)).problem != formulated(made).problem


def test_when_every_wave_is_over_what_was_started_is_in_none():
    made = organisation(service("a"), roadmap=(wave(1, status="finished"),))
    assert codes(plan(under_way(made, {"service": "a"}))) == {"a": "no room"}


def test_progress_of_what_was_declined_is_passed_over():
    made = organisation(service("a"), decided={"a": "decline"}, roadmap=RUNNING)
    assert codes(plan(under_way(made, {"service": "a"}))) == {"a": "declined"}


def test_what_was_dropped_could_be_taken_up_again():
    """Only what is left of it has to be built then; its days stay where they were spent."""
    made = organisation(service("a", days=60), service("b", requires=["a"]), roadmap=RUNNING)
    gone = {"service": "a", "effort_days": 20, "dropped": dt.date(2027, 2, 1), "who": "Board", "why": "No money."}
    found = plan(under_way(made, gone))
    assert codes(found) == {"a": "dropped", "b": "prerequisite"}
    takes = absence(found, "a").takes
    assert takes.what_if == ("resume=a",)
    assert str(takes) == "Taking up A again; then it could launch in Wave 1."
    after = planned_as_if(as_if(under_way(made, gone), takes.what_if), found)[1]
    assert work(after, "a") == {"w1": 40}
    takes = absence(found, "b").takes
    assert takes.what_if == ("resume=a",)
    assert dict(takes.brings) == {"a": "w1", "b": "w2"}
