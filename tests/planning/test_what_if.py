"""What-if changes, written in a few characters, and what the plan as a whole says."""

from __future__ import annotations

import pytest

from pmogen.errors import PmogenError
from pmogen.planning.insights import first_to_fall, prices
from pmogen.planning.scheduler import schedule
from pmogen.planning.what_if import with_changes
from tests.planning.builders import (
    codes,
    formulated,
    launched,
    launches,
    limit,
    organisation,
    plan,
    service,
    wave,
    waves,
)

TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}
MADE = organisation(
    service("big", {"risk": 3}, days=90, asks={"managers": "medium"}),
    service("small", {"cost": 1}, days=30),
    gaps=TWO_GAPS,
)


def planned(*changes, made=MADE):
    return launches(plan(with_changes(made, changes)))


def test_more_people_make_room():
    assert planned() == {"small": "w1"}
    assert planned("pmo_fte=+1") == {"big": "w1", "small": "w1"}
    assert planned("pmo_fte=1.5") == {"big": "w1", "small": "w2"}
    assert planned("pmo_fte=-0.9") == {}


def test_waves_that_are_over_stay_as_they_were():
    made = organisation(service("a"), roadmap=(wave(1, status="finished", launched=(launched("a"),)), wave(2)))
    changed = with_changes(made, ["pmo_fte=+1"])
    assert [w.fte for w in changed.roadmap.waves] == [1, 2]


def test_people_can_take_less_or_more():
    made = organisation(service("a", asks={"managers": "medium"}))
    assert planned("audience.managers.capacity=2", made=made) == {}
    tight = organisation(service("a", asks={"managers": "medium"}), limits=[limit("managers", 2, {"w2": 1})])
    assert planned("audience.managers.capacity=4", made=tight) == {"a": "w1"}


def test_decisions_and_pins():
    assert planned("decline=small") == {}
    assert codes(plan(with_changes(MADE, ["decline=small"])))["small"] == "declined"
    assert planned("decline=small", "offer=small") == {"small": "w1"}
    assert planned("pin=small@w3", "pmo_fte=+1") == {"big": "w1", "small": "w3"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("", "`` is not a change"),
        ("pmo_fte", "`pmo_fte` is not a change"),
        ("pmo_fte=many", "`many` is not such a number"),
        ("audience.nobody.capacity=3", "there is no `nobody` among the audiences"),
        ("audience.managers.capacity=-3", "`-3` is not such a number"),
        ("decline=smal", "there is no `smal` among the services"),
        ("pin=small", "names no wave"),
        ("pin=small@w9", "there is no `w9` among the waves"),
        ("weather=fine", "`weather` cannot be changed in a what-if"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_hint(change, said):
    with pytest.raises(PmogenError, match=said) as caught:
        with_changes(MADE, [change])
    assert caught.value.hint


def test_a_pin_has_its_price():
    services = (service("a", {"risk": 1}, days=60), service("b", {"cost": 1}, days=60))
    problem = formulated(organisation(*services, gaps=TWO_GAPS, pins={"b": "w1"})).problem
    assert [(price.service, price.wave, price.value_waves) for price in prices(problem, schedule(problem))] == [
        ("b", "w1", 2)
    ]


def test_what_falls_out_first_when_capacity_drops():
    services = (service("a", {"risk": 1}, days=35), service("b", {"cost": 1}, days=30))
    problem = formulated(organisation(*services, gaps=TWO_GAPS, roadmap=waves(1))).problem
    assert first_to_fall(problem, schedule(problem)) == ("b",)
