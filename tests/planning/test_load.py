"""The tables: capacity used and change load."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmogen.planning.load import band_of
from tests.planning.builders import launches, limit, load, organisation, plan, service, use, wave


@pytest.mark.parametrize(
    ("points", "capacity", "band"),
    [
        (0, 10, "calm"),
        (6.9, 10, "calm"),
        (7, 10, "busy"),
        (9.9, 10, "busy"),
        (10, 10, "full"),
        (10.1, 10, "over"),
        (0, 0, "calm"),
        (1, 0, "over"),
    ],
)
def test_bands_of_load(points, capacity, band):
    assert band_of(Fraction(str(points)), Fraction(capacity), Fraction("0.7")) == band


def test_the_parts_of_a_load_add_up_and_say_where_they_come_from():
    made = organisation(
        service("a", {"risk": 3}, asks={"managers": "medium"}),
        service("b", asks={"managers": "low"}),
        limits=[limit("managers", capacity=12, background={"w2": 4})],
        pins={"b": "w2"},
    )
    found = load(plan(made), "managers", "w2")
    assert [(part.source, part.what, part.points) for part in found.parts] == [
        ("background", "Merger", 4),
        ("launch", "b", 1),
        ("tail", "a", Fraction("0.6")),
    ]
    assert (found.points, found.capacity, found.band) == (Fraction("5.6"), 12, "calm")


def test_every_audience_has_a_load_in_every_wave():
    found = plan(organisation(service("a", asks={"others": "low"})))
    pairs = [(entry.audience, entry.wave) for entry in found.loads]
    assert pairs == [(audience, f"w{n}") for audience in ("managers", "sponsors", "others") for n in (1, 2, 3)]


def test_use_of_capacity_wave_by_wave():
    made = organisation(
        service("a", days=20, run=0.25),
        roadmap=(wave(1, fte=2), wave(2)),
        capacity={"build_share": 0.6, "run_share": 0.85, "absence_rate": 0.2},
    )
    first, second = use(plan(made), "w1"), use(plan(made), "w2")
    assert (first.working_days, first.fte, first.build_days, first.build_limit) == (52, 2, 20, Fraction("62.4"))
    assert (first.run_fte, first.run_limit) == (0, Fraction("1.7"))
    assert (second.build_days, second.run_fte, second.run_limit) == (0, Fraction("0.25"), Fraction("0.85"))


def test_efforts_are_rounded_half_up_to_tenths_of_a_day():
    made = organisation(service("a", days=10.25), roadmap=(wave(1),))
    assert use(plan(made), "w1").build_days == Fraction("10.3")
    assert launches(plan(made)) == {"a": "w1"}
