"""What offices report, rolled up; and what stays unknown."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from pmogen.errors import PmogenError
from pmogen.group.counting import counted
from pmogen.group.overview import overview_of
from pmogen.group.report import report_from
from pmogen.group.settings import Office
from tests.group.offices import overview, playbook, report


def test_levels_are_means_over_the_offices():
    (total,) = overview(report("a", current=1), report("b", current=2, target=4)).aspects
    assert (total.today, total.target) == (Fraction(3, 2), Fraction(7, 2))
    assert total.sizes == {"H": 2, "M": 0, "L": 0, "none": 0}
    assert [place.report.office.id for place in total.places] == ["a", "b"]


@pytest.mark.parametrize(("others", "expected"), [(0, 1), (1, 1), (2, 1), (3, 4), (4, 5)])
def test_offices_that_do_not_agree_count_only_when_three_of_them_are_in_the_total(others, expected):
    """One or two could be worked out by taking away the office that is shown."""
    listed = [report("named"), *(report(f"other-{number}", compare=False) for number in range(others))]
    found = counted(listed)
    assert len(found) == expected
    assert [one.office.id for one in found.named] == ["named"]


def test_two_offices_that_do_not_agree_are_in_no_figure():
    shown = overview(report("a", current=2, asks=True))
    hidden = overview(
        report("a", current=2, asks=True),
        report("b", compare=False, current=1, asks=True),
        report("c", compare=False, current=1, asks=True),
    )
    assert hidden.withheld
    for part in ("aspects", "quarters", "hand_offs", "common", "joint"):
        assert getattr(hidden, part) == getattr(shown, part), part
    assert hidden.sizes == shown.sizes


def test_without_anybody_who_agrees_two_offices_show_nothing_and_three_only_totals():
    two = overview(*(report(name, compare=False, asks=True) for name in "ab"))
    assert not two.aspects
    assert not two.quarters
    assert not two.hand_offs.counted
    assert not two.joint
    three = overview(*(report(name, compare=False, asks=True) for name in "abc"))
    assert len(three.aspects[0].counted) == 3
    assert not three.aspects[0].places
    assert three.hand_offs.statuses["proposed"] == 3
    assert not three.hand_offs.units


def test_sums_hold_only_what_the_totals_show():
    """An aspect that one other office assesses alone is in no sum either."""
    mine = overview(report("a"), *(report(name, compare=False) for name in "bcd"))
    assert sum(mine.sizes.values()) == sum(len(total.counted) for total in mine.aspects)


def test_a_wave_counts_in_the_quarter_in_which_it_ends():
    (quarter,) = overview(report("a"), report("b")).quarters
    assert (quarter.year, quarter.number, len(quarter.counted)) == (2027, 1, 2)
    assert quarter.launches == sum(len(report(name).document.plan.placements) for name in "ab")
    assert 0 < quarter.days <= quarter.limit


def test_units_are_the_same_when_they_are_called_the_same():
    found = overview(report("a", asks=True), report("b", asks=True)).hand_offs
    assert [(unit.unit, len(unit.reports), unit.overdue) for unit in found.units] == [("People  team", 2, 2)]
    assert (found.statuses["proposed"], found.overdue) == (2, 2)


def test_a_joint_service_takes_the_largest_effort_and_a_part_of_the_others():
    found = overview(report("a", current=1), report("b", current=2), report("c", current=1.5), adoption=0.5)
    joint = next(one for one in found.joint if one.service == "register")
    assert joint.separate == 3 * joint.largest
    assert joint.joint == 2 * joint.largest
    assert joint.saved == joint.largest
    assert joint.aspects == ("visibility",)
    assert joint.planned == sum("register" in report(name, current=level).placements
                                for name, level in (("a", 1), ("b", 2), ("c", 1.5)))  # fmt: skip


def test_a_small_gap_or_one_office_alone_is_nothing_in_common():
    assert not overview(report("a", current=2.5), report("b", current=2.5)).joint
    assert not overview(report("a", current=1), report("b", current=3)).common


def test_common_gaps_name_the_services_that_several_offices_could_use():
    (common,) = overview(report("a", current=1), report("b", current=1)).common
    assert common.total.aspect == "visibility"
    assert {joint.service for joint in common.services} <= {"register", "reporting"}
    assert common.services


def test_only_services_of_the_shared_catalogue_can_be_joint():
    reports = [report("a", current=1), report("b", current=1)]
    group = overview(*reports).group
    assert {one.service for one in overview_of(group, reports, shared=frozenset({"register"})).joint} == {"register"}
    assert not overview_of(group, reports, shared=frozenset()).joint


@pytest.mark.parametrize("bad", ["../../etc", "a/b", "A B", "", "x" * 61])
def test_a_playbook_with_ids_that_are_none_is_refused(bad):
    """Ids become addresses of pages."""
    told = json.loads(playbook())
    told["assessment"]["aspects"][0]["id"] = bad
    with pytest.raises(PmogenError):
        report_from(Office(id="a", name="A", folder="a"), json.dumps(told).encode(), "a.json")


def test_the_overview_is_the_same_for_the_same_offices():
    one = overview(report("a"), report("b", current=1))
    assert one == overview(report("a"), report("b", current=1))
