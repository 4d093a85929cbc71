"""What sets the pace of a wave."""

from __future__ import annotations

from pmogen.planning.binding import bindings, left
from tests.planning.builders import limit, organisation, plan, service, waves

MEDIUM = {"managers": "medium"}


def said(made, wave):
    return [binding.words for binding in bindings(made, plan(made), wave)]


def test_a_full_audience_names_what_fills_it_and_what_it_keeps_out():
    made = organisation(
        service("a", {"risk": 2}, days=0, asks=MEDIUM),
        service("b", {"risk": 1}, days=0, asks=MEDIUM),
        limits=[limit("managers", 4, {"w1": 1})],
    )
    assert said(made, "w1") == ["Managers: full, 4 of 4 change points (A 3, other change 1). In the way of B."]
    assert said(made, "w3") == []


def test_building_and_what_runs_after_the_last_wave_bind_too():
    made = organisation(
        service("a", {"risk": 2}, days=50, run=0.6),
        service("b", days=40),
        service("c", {"risk": 0.5}, days=5, run=0.6),
        roadmap=waves(2),
    )
    assert said(made, "w1") == ["Building takes 50 of 65 person-days. In the way of B."]
    assert said(made, "w2") == [
        "Building takes 0 of 26 person-days. In the way of B.",
        "Running takes 0.6 of 1 FTE. In the way of C.",
        "Running everything after this wave takes 0.6 of 1 FTE. In the way of C.",
    ]


def test_a_black_out_says_why():
    made = organisation(service("a", days=0, asks=MEDIUM), limits=[limit("managers", black_outs={"w1": "Closing."})])
    assert said(made, "w1") == ["Nothing may launch for managers: Closing. In the way of A."]


def test_what_would_not_help_earlier_is_not_said_to_be_kept_out():
    made = organisation(
        service("a", days=0, asks=MEDIUM), pins={"a": "w2"}, limits=[limit("managers", black_outs={"w1": "Closing."})]
    )
    assert said(made, "w1") == []


def test_what_is_left_of_the_pmo():
    made = organisation(service("a", days=25, run=0.25), roadmap=waves(2))
    assert left(plan(made), "w1") == "40 person-days for building and 1 FTE for running are left."
    assert left(plan(made), "w2") == "48.7 person-days for building and 0.75 FTE for running are left."
