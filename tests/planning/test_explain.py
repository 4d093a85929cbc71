"""Why a service is where it is, in plain words with names."""

from __future__ import annotations

import pytest

from tests.planning.builders import absence, launches, limit, organisation, placement, plan, service, wave, waves

MEDIUM = {"managers": "medium"}


def why(found, identifier):
    return placement(found, identifier).why


def test_a_placement_says_what_it_closes():
    made = organisation(service("a", {"risk": 1, "cost": 0.5}), gaps={"risk": (1, 3.5, "H"), "cost": (2, 4, "M")})
    closes = (
        "1 of the 2.5 missing levels in Risk (high priority) and 0.5 of the 2 missing levels in Cost (medium priority)"
    )
    assert why(plan(made), "a") == (f"It closes {closes}.",)


def test_a_placement_says_what_it_closes_beyond_earlier_waves():
    made = organisation(service("a"), service("b", requires=["a"]), gaps={"risk": (3, 5, "H")})
    assert why(plan(made), "b")[0] == (
        "Beyond what earlier waves bring, it closes 1 of the 2 missing levels in Risk (high priority)."
    )


def test_a_later_wave_names_the_prerequisite():
    found = plan(organisation(service("a"), service("b", requires=["a"])))
    assert "A waits for it." not in why(found, "b")
    assert "B waits for it." in why(found, "a")
    assert (
        why(found, "b")[-1]
        == "Not yet in Wave 1: It needs A to be live a wave before, and that launches in Wave 1 itself."
    )


def test_a_later_wave_names_the_full_audience_and_what_fills_it():
    made = organisation(
        service("a", {"risk": 3}, days=0, asks=MEDIUM),
        service("b", {"risk": 0.5}, days=0, asks=MEDIUM),
        limits=[limit("managers", capacity=5, background={"w1": 1})],
    )
    assert why(plan(made), "b")[-1] == (
        "Not yet in Wave 1: For managers 4 of 5 change points are taken (A 3, other change 1); it needs 3."
    )


def test_a_later_wave_names_where_the_tail_does_not_fit():
    made = organisation(
        service("a", days=0, asks={"managers": "high"}),
        roadmap=waves(4),
        limits=[limit("managers", background={"w2": 8})],
    )
    assert why(plan(made), "a")[-1].startswith("Not yet in Wave 2: For managers 8 of 10 change points are taken")
    found = plan(
        organisation(
            service("a", asks={"managers": "high"}),
            roadmap=waves(2),
            limits=[limit("managers", background={"w2": 8})],
            change={"high_per_wave": 1},
        )
    )
    assert absence(found, "a").why[1] == (
        "Closest is Wave 1: In Wave 2, while it settles in, for managers 8 of 10 change points are taken "
        "(other change 8); it needs 3.2."
    )


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (
            organisation(service("a", days=30), roadmap=(wave(1, fte=0.4), wave(2))),
            "The PMO is 4 person-days short for building it (30 needed).",
        ),
        (organisation(service("a"), not_before={"a": "w2"}), "It must not launch before Wave 2: Tool."),
        (
            organisation(service("a", asks=MEDIUM), limits=[limit("managers", black_outs={"w1": "Closing."})]),
            "Nothing may launch for managers then: Closing.",
        ),
        (
            organisation(service("a", run=0.3), roadmap=(wave(1), wave(2, fte=0.2), wave(3))),
            "Running it takes 0.3 FTE, and from Wave 2 on only 0.2 FTE can be spared for that.",
        ),
        (
            organisation(service("b"), service("a", same_wave=["b"]), not_before={"b": "w2"}),
            "It needs B, which launches only in Wave 2.",
        ),
    ],
)
def test_a_later_wave_names_each_kind_of_limit(made, reason):
    assert why(plan(made), "a")[-1] == f"Not yet in Wave 1: {reason}"


def test_a_high_change_names_the_other_high_change():
    high = {"managers": "high"}
    made = organisation(
        service("a", {"risk": 3}, asks=high), service("b", asks=high), limits=[limit("managers", capacity=30)]
    )
    assert (
        why(plan(made), "b")[-1]
        == "Not yet in Wave 1: For managers at most 1 high change may launch in a wave, and A is one already."
    )


def test_many_limits_are_cut_to_the_first_three():
    limits = [limit(name, black_outs={"w1": "Busy"}) for name in ("managers", "sponsors")]
    asks = {"managers": "low", "sponsors": "low"}
    made = organisation(
        service("b"),
        service("a", asks=asks, requires=["b"], days=20),
        roadmap=(wave(1, fte=0.2), wave(2), wave(3)),
        limits=limits,
    )
    assert why(plan(made), "a")[-1].endswith("1 more limit is in the way.")


def test_what_a_wave_closes_twice_is_said_once():
    made = organisation(
        service("a", {"risk": 2}), service("b", {"risk": 1.5}), service("c", {"cost": 1}), gaps={"risk": (1, 3.5, "H")}
    )
    found = plan(made)
    together = "together they close all 2.5 missing levels in Risk (high priority)."
    assert why(found, "a")[0] == "It closes 2 of the 2.5 missing levels in Risk (high priority)."
    assert why(found, "a")[1] == f"B, in the same wave, closes some of the same: {together}"
    enough = organisation(service("a", {"risk": 1}), service("b", {"risk": 1.5}), gaps={"risk": (1, 3.5, "H")})
    assert not any("some of the same" in said for said in why(plan(enough), "a"))


def test_a_pinned_service_says_who_wants_it_there():
    found = plan(organisation(service("a"), pins={"a": "w2"}))
    assert why(found, "a")[-1] == "Pinned here by Board: Audit."


def test_an_absence_says_what_a_single_shortage_would_take():
    days = plan(organisation(service("a", days=77), roadmap=(wave(1),)))
    assert (
        str(absence(days, "a").takes) == "12 more person-days for building in Wave 1; then it could launch in Wave 1."
    )
    assert absence(days, "a").takes.what_if == ("days@w1=+12",)
    points = plan(organisation(service("a", asks=MEDIUM), roadmap=(wave(1),), limits=[limit("managers", capacity=2)]))
    assert absence(points, "a").takes.changes[0].words == "1 more change point for managers in Wave 1"
    run = plan(organisation(service("a", days=0, run=1.25), roadmap=(wave(1), wave(2))))
    assert absence(run, "a").takes.changes[0].words == "0.25 FTE more for running services from Wave 2 on"
    assert absence(run, "a").takes.what_if == ("run_fte@w2=+0.25",)


def test_two_shortages_take_two_changes():
    made = organisation(service("a", days=77, asks=MEDIUM), roadmap=(wave(1),), limits=[limit("managers", capacity=2)])
    assert [change.kind for change in absence(plan(made), "a").takes.changes] == ["points", "days"]
    points = "For managers the limit is 2 change points, and it needs 3."
    days = "The PMO is 12 person-days short for building it (77 needed)."
    nowhere = "It fits in none of the waves in which it would help."
    assert absence(plan(made), "a").why == (nowhere, f"Closest is Wave 1: {points} {days}")


def test_running_that_would_starve_other_building_says_so():
    made = organisation(
        service("a", {"risk": 3}, days=60),
        service("b", {"risk": 0.5}, days=0, run=0.5),
        pins={"a": "w3"},
        roadmap=waves(3),
    )
    assert launches(plan(made)) == {"a": "w3", "b": "w3"}
    assert why(plan(made), "b")[-1] == (
        "Not yet in Wave 2: Running it would take 27.5 person-days away from what has to be built by Wave 3."
    )
