"""Prerequisites, the PMO's capacity, the audiences' change load, pins and dates."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.planning.builders import (
    NOTHING,
    codes,
    launched,
    launches,
    limit,
    load,
    organisation,
    plan,
    service,
    use,
    wave,
    waves,
    work,
)

MEDIUM, HIGH = {"managers": "medium"}, {"managers": "high"}


def test_prerequisites_are_live_a_wave_earlier():
    assert launches(plan(organisation(service("a"), service("b", requires=["a"])))) == {"a": "w1", "b": "w2"}


def test_where_a_service_says_so_the_same_wave_will_do():
    assert launches(plan(organisation(service("a"), service("b", same_wave=["a"])))) == {"a": "w1", "b": "w1"}


def test_without_room_in_the_same_wave_both_move_apart_in_the_right_order():
    found = plan(organisation(service("b", days=50, same_wave=["z"]), service("z", {"risk": 0.1}, days=50)))
    assert launches(found) == {"z": "w1", "b": "w2"}


def test_building_stays_within_the_working_days_of_a_wave():
    found = plan(organisation(service("a", days=65), service("b", {"risk": 0.5}, days=1)))
    assert launches(found) == {"a": "w1", "b": "w2"}
    assert codes(plan(organisation(service("a", days=65.1)))) == {"a": "no room"}


def test_building_uses_its_share_at_most():
    found = plan(
        organisation(service("a", days=39.1), roadmap=(wave(1), wave(2, fte=1.1)), capacity={"build_share": 0.6})
    )
    assert use(found, "w1").build_limit == 39
    assert launches(found) == {"a": "w2"}


def test_absences_shorten_a_wave():
    found = plan(organisation(service("a"), capacity={"absence_rate": 0.16}))
    assert use(found, "w1").working_days == Fraction("54.6")
    assert use(found, "w1").build_limit == Fraction("54.6")


def test_building_never_uses_what_running_takes():
    runner = service("a", {"risk": 2}, days=30, run=0.5)
    found = plan(
        organisation(runner, service("b", {"risk": 0.5}, days=40), roadmap=(wave(1), wave(2), wave(3, fte=1.2)))
    )
    assert use(found, "w2").build_limit == Fraction("32.5")
    assert launches(found) == {"a": "w1", "b": "w3"}


def test_building_reaches_back_over_so_many_waves_and_fills_the_launch_wave_first():
    made = organisation(service("a", days=150), capacity={"build_waves": 3})
    assert work(plan(made), "a") == {"w1": 20, "w2": 65, "w3": 65}
    assert codes(plan(organisation(service("a", days=150), capacity={"build_waves": 2}))) == {"a": "no room"}


def test_building_may_begin_before_prerequisites_are_live():
    made = organisation(
        service("a", days=10), service("b", days=100, requires=["a"]), roadmap=waves(2), capacity={"build_waves": 2}
    )
    assert launches(plan(made)) == {"a": "w1", "b": "w2"}
    assert work(plan(made), "b") == {"w1": 35, "w2": 65}


def test_small_services_are_built_in_their_launch_wave_and_large_ones_reach_back():
    made = organisation(
        service("a", days=80),
        service("b", days=20),
        roadmap=(wave(1), wave(2)),
        not_before={"a": "w2", "b": "w2"},
        capacity={"build_waves": 2},
    )
    assert work(plan(made), "b") == {"w2": 20}
    assert work(plan(made), "a") == {"w1": 35, "w2": 45}


def test_running_stays_within_its_share_in_every_later_wave_though_capacity_shrinks():
    roadmap = (wave(1, fte=2), wave(2, fte=2), wave(3, fte=0.5), wave(4, fte=2))
    made = organisation(service("a", days=0, run=0.5), roadmap=roadmap, capacity={"run_share": 0.85})
    assert launches(plan(made)) == {"a": "w3"}


def test_the_team_of_the_last_wave_can_run_what_is_live_then():
    one = {"roadmap": waves(1), "capacity": {"run_share": 0.85}}
    assert launches(plan(organisation(service("a", run=0.85), **one))) == {"a": "w1"}
    assert codes(plan(organisation(service("a", run=0.86), **one))) == {"a": "no room"}


def test_running_begins_in_the_wave_after_the_launch():
    found = plan(organisation(service("a", run=0.3)))
    assert [entry.run_fte for entry in found.uses] == [0, Fraction("0.3"), Fraction("0.3")]


def test_an_audience_takes_no_more_points_than_its_capacity():
    services = [
        service(name, {"risk": by}, days=0, asks={"managers": "medium"})
        for name, by in zip("abcd", (0.9, 0.8, 0.7, 0.6), strict=True)
    ]
    found = plan(organisation(*services, change={"tail": {"medium": 0.0}}))
    assert sorted(launches(found).values()) == ["w1", "w1", "w1", "w2"]
    assert load(found, "managers", "w1").points == 9


def test_background_load_takes_room():
    made = organisation(service("a", asks=MEDIUM), limits=[limit("managers", capacity=5, background={"w1": 3})])
    assert launches(plan(made)) == {"a": "w2"}


def test_the_tail_has_to_fit_in_the_next_wave_and_takes_room_there():
    full = [limit("managers", background={"w2": 8})]
    assert launches(plan(organisation(service("a", asks=HIGH), limits=full, roadmap=waves(4)))) == {"a": "w3"}
    assert launches(plan(organisation(service("a", asks=HIGH), limits=full, roadmap=waves(1)))) == {"a": "w1"}
    found = plan(organisation(service("a", {"risk": 3}, asks=HIGH), service("b", asks=HIGH)))
    assert launches(found) == {"a": "w1", "b": "w3"}
    assert load(found, "managers", "w2").points == Fraction("3.2")


def test_at_most_one_high_change_for_an_audience_and_wave_whatever_the_capacity():
    made = organisation(
        service("a", {"risk": 2}, asks=HIGH), service("b", asks=HIGH), limits=[limit("managers", capacity=50)]
    )
    assert launches(plan(made)) == {"a": "w1", "b": "w2"}
    two = organisation(
        service("a", asks=HIGH),
        service("b", asks=HIGH),
        limits=[limit("managers", capacity=50)],
        change={"high_per_wave": 2},
    )
    assert launches(plan(two)) == {"a": "w1", "b": "w1"}


def test_in_a_black_out_nothing_launches_for_that_audience_and_others_go_on():
    made = organisation(
        service("a", asks={"managers": "low"}),
        service("b", asks={"sponsors": "low"}),
        limits=[limit("managers", black_outs={"w1": "Closing"})],
    )
    assert launches(plan(made)) == {"a": "w2", "b": "w1"}
    assert load(plan(made), "managers", "w1").black_out == "Closing"


@pytest.mark.parametrize(
    ("weeks", "capacity"), [(13, 10), (4, Fraction("3.33")), (9, Fraction("6.67")), (1, Fraction("1.67"))]
)
def test_capacity_for_change_grows_with_the_length_of_the_wave(weeks, capacity):
    found = plan(organisation(service("a"), roadmap=(wave(1, weeks=weeks),)))
    assert load(found, "managers", "w1").capacity == capacity


def test_a_pin_puts_a_service_exactly_there():
    made = organisation(service("a"), pins={"a": "w3"})
    assert launches(plan(made)) == {"a": "w3"}
    assert next(entry.pinned for entry in plan(made).placements)


def test_a_pin_goes_before_everything_else_and_brings_its_prerequisites():
    services = (
        service("base", NOTHING, days=60),
        service("a", {"risk": 0.1}, days=60, requires=["base"]),
        service("great", {"risk": 3}, days=60),
    )
    assert launches(plan(organisation(*services, pins={"a": "w2"}))) == {"base": "w1", "a": "w2", "great": "w3"}


def test_a_service_is_not_launched_before_its_date():
    assert launches(plan(organisation(service("a"), not_before={"a": "w2"}))) == {"a": "w2"}


def test_a_pin_that_does_not_fit_is_reported_with_the_reason_and_the_service_tried_elsewhere():
    made = organisation(
        service("a", asks=MEDIUM), limits=[limit("managers", black_outs={"w1": "Closing"})], pins={"a": "w1"}
    )
    found = plan(made)
    assert launches(found) == {"a": "w2"}
    reason = "Nothing may launch for managers then: Closing."
    assert found.problems == (f"A is pinned to Wave 1 and cannot launch there. {reason} It is in Wave 2 instead.",)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"not_before": {"a": "w3"}}, "It must not launch before Wave 3: Tool."),
        ({"roadmap": (wave(1, status="finished"), wave(2))}, "The wave is over."),
        (
            {"roadmap": (wave(1, fte=0.1), wave(2), wave(3))},
            "The PMO is 3.5 person-days short for building it (10 needed).",
        ),
        (
            {"roadmap": (wave(1), wave(2, fte=0), wave(3))},
            "Running it takes 0.1 FTE, and from Wave 2 on only 0 FTE can be",
        ),
    ],
)
def test_an_impossible_pin_names_what_prevents_it(more, reason):
    found = plan(organisation(service("a", run=0.1), pins={"a": "w1"}, **more))
    assert len(found.problems) == 1
    assert reason in found.problems[0]
    assert launches(found).get("a") != "w1"


def test_a_pin_in_the_first_wave_cannot_wait_for_a_prerequisite():
    found = plan(organisation(service("base"), service("a", requires=["base"]), pins={"a": "w1"}))
    assert launches(found) == {"base": "w1", "a": "w2"}
    assert "It needs BASE" in found.problems[0]


def test_pins_on_services_that_may_not_be_planned_or_have_launched_are_reported():
    history = (wave(1, status="finished", launched=(launched("old"),)), wave(2))
    made = organisation(
        service("no"), service("old"), roadmap=history, decided={"no": "decline"}, pins={"no": "w2", "old": "w2"}
    )
    assert plan(made).problems == (
        "NO is pinned to Wave 2, but may not be planned: see why it is absent.",
        "OLD is pinned to Wave 2, but launched in Wave 1.",
    )


def test_pins_and_dates_with_unknown_ids_are_passed_over():
    made = organisation(service("a"), pins={"ghost": "w1", "a": "w9"}, not_before={"ghost": "w1", "a": "w9"})
    assert launches(plan(made)) == {"a": "w1"}
    assert plan(made).problems == ()


def test_without_any_capacity_everything_is_absent_and_explained():
    made = organisation(service("a"), roadmap=waves(2, fte=0))
    assert codes(plan(made)) == {"a": "no room"}
    free = organisation(service("a", days=0), roadmap=waves(2, fte=0))
    assert launches(plan(free)) == {"a": "w1"}


def test_audiences_without_capacity_take_nothing():
    made = organisation(service("a", asks=MEDIUM), change={"capacity": 0})
    assert codes(plan(made)) == {"a": "no room"}


def test_running_leaves_the_days_of_the_launch_wave_alone():
    made = organisation(
        service("a", {"risk": 2}, days=0, run=0.5), service("b", days=65), roadmap=waves(2), pins={"a": "w1"}
    )
    assert launches(plan(made)) == {"a": "w1", "b": "w1"}


def test_a_prerequisite_named_in_both_ways_has_to_be_live_earlier():
    found = plan(organisation(service("a"), service("b", requires=["a"], same_wave=["a"])))
    assert launches(found) == {"a": "w1", "b": "w2"}


def test_a_pinned_service_that_does_not_fit_there_is_tried_elsewhere_though_it_closes_nothing():
    made = organisation(service("a", NOTHING, days=20), roadmap=(wave(1, fte=0.1), wave(2)), pins={"a": "w1"})
    assert launches(plan(made)) == {"a": "w2"}


def test_a_pinned_service_that_fits_nowhere_is_absent_and_says_what_it_would_take():
    found = plan(organisation(service("a", NOTHING, days=70), roadmap=(wave(1),), pins={"a": "w1"}))
    assert codes(found) == {"a": "no room"}
    assert found.problems[0].endswith("It is in no wave.")
