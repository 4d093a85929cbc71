"""The judge of schedules finds each kind of mistake: otherwise its silence would mean nothing."""

from __future__ import annotations

import pytest

from pmogen.planning.check import violations
from pmogen.planning.scheduler import schedule
from tests.planning.builders import formulated, launched, limit, organisation, service, wave

HIGH = {"managers": "high"}

MADE = organisation(
    service("a", days=40, run=0.2, asks=HIGH),
    service("b", days=40, run=0.7, asks=HIGH, requires=["a"]),
    service("c", days=10, run=0.1, asks={"sponsors": "medium"}),
    service("old", asks={"sponsors": "low"}),
    service("pinned", days=0),
    roadmap=(wave(1, status="finished", launched=(launched("old"),)), wave(2), wave(3), wave(4), wave(5)),
    limits=[limit("sponsors", black_outs={"w3": "Closing"}), limit("managers", capacity=12, background={"w4": 1})],
    pins={"pinned": "w3"},
    not_before={"c": "w3"},
    capacity={"build_waves": 2, "build_share": 0.9, "run_share": 0.9},
)
PROBLEM = formulated(MADE).problem
GOOD = {"old": 0, "a": 1, "b": 3, "pinned": 2}
WORK = {"old": {0: 100}, "a": {1: 400}, "b": {3: 400}, "pinned": {}}


def test_a_good_schedule_passes():
    assert violations(PROBLEM, GOOD, WORK) == ()


def test_the_scheduler_finds_one_that_passes():
    found = schedule(PROBLEM)
    assert violations(PROBLEM, found.launches, found.work) == ()
    assert {"old", "a", "b", "pinned"} <= found.launches.keys()


@pytest.mark.parametrize(
    ("launches", "work", "said"),
    [
        ({"ghost": 1}, {}, "ghost is not in the problem"),
        ({"old": 1}, {}, "old launched in wave 0, which is history"),
        ({"pinned": 1}, {}, "pinned is pinned to wave 2"),
        ({"a": 0}, {"a": {0: 400}}, "a launches in finished wave 0"),
        ({"a": 1}, {"a": {0: 100, 1: 300}}, "a is built in finished wave 0"),
        ({"c": 1}, {"c": {1: 100}}, "c launches before wave 2"),
        ({"c": 2}, {"c": {2: 100}}, "c launches in the black-out of sponsors in wave 2"),
        ({"b": 1}, {"b": {1: 400}}, "b launches without a"),
        ({"b": 1}, {"b": {1: 400}}, "wave 1: managers has 2 high changes"),
        ({"b": 1}, {"b": {1: 400}}, "wave 1: managers has 1600 of 1200"),
        ({"c": 3}, {"c": {3: 100}}, "wave 4: running takes 100 of 90"),
        ({"c": 3}, {"c": {3: 90}}, "c takes 100, built are {3: 90}"),
        ({"c": 4}, {"c": {2: 100}}, "c is built in wave 2, too far from its launch"),
        ({"c": 4}, {"c": {3: 200}}, "wave 3: building takes 600 of 520"),
    ],
)
def test_each_kind_of_mistake_is_found(launches, work, said):
    assert said in violations(PROBLEM, GOOD | launches, WORK | work)
