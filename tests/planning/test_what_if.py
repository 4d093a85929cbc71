"""What-if: what a change does to the plan, beside the plan as it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.analysis.changes import as_if, tried
from pmogen.model.catalogue import Role
from pmogen.planning.reasons import why
from pmogen.planning.what_if import compared, formulated, planned_as_if
from tests.planning.any_organisation import organisations
from tests.planning.builders import (
    absence,
    codes,
    launches,
    limit,
    load,
    organisation,
    plan,
    roles,
    service,
    use,
    wave,
    waves,
)

TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}
MADE = organisation(
    service("big", {"risk": 3}, days=90, asks={"managers": "medium"}),
    service("small", {"cost": 1}, days=30),
    gaps=TWO_GAPS,
)


def after(*changes, made=MADE):
    return planned_as_if(as_if(made, changes), plan(made))[1]


def planned(*changes, made=MADE):
    return launches(after(*changes, made=made))


def comparison(*changes, made=MADE):
    before, changed = plan(made), as_if(made, changes)
    return compared(made, before, changed, planned_as_if(changed, before)[1])


def test_more_people_make_room_and_fewer_take_it():
    assert planned() == {"small": "w1"}
    assert planned("pmo_fte=+1") == {"big": "w1", "small": "w1"}
    assert planned("pmo_fte=-0.9") == {}


def test_days_are_granted_in_their_wave_only():
    assert planned("days@w2=+30") == {"small": "w1", "big": "w2"}
    assert use(after("days@w2=+30"), "w2").build_limit == use(plan(MADE), "w2").build_limit + 30


def test_running_may_take_more():
    made = organisation(service("a", run=0.5), capacity={"run_share": 0.4})
    assert planned(made=made) == {}
    assert planned("run_fte=+0.1", made=made) == {"a": "w1"}


def test_days_of_a_role_are_granted():
    people = organisation(service("a", days=30, by=("analyst",)), roadmap=waves(2, roles=roles(analyst=0.2)))
    analyst = Role(id="analyst", name="Analyst", side="pmo", purpose="-", tasks=("-", "-"))
    made = replace(people, catalogue=people.catalogue.model_copy(update={"roles": (analyst,)}))
    assert planned(made=made) == {}
    assert planned("role.analyst.days@w1=+20", made=made) == {"a": "w1"}
    assert planned("role.analyst.fte=1", made=made) == {"a": "w1"}


def test_people_can_take_more_in_one_wave_or_in_all():
    tight = organisation(service("a", asks={"managers": "medium"}), limits=[limit("managers", 2)])
    assert planned(made=tight) == {}
    assert planned("audience.managers.capacity=4", made=tight) == {"a": "w1"}
    assert planned("audience.managers.capacity@w2=+1", made=tight) == {"a": "w2"}
    busy = organisation(service("a", asks={"managers": "medium"}), limits=[limit("managers", 3, {"w1": 1})])
    assert planned(made=busy) == {"a": "w2"}
    assert planned("audience.managers.background@w1=0", made=busy) == {"a": "w1"}


def test_a_black_out_keeps_out_and_its_end_lets_in():
    asks = service("a", asks={"managers": "low"})
    assert planned("black-out=managers@w1", made=organisation(asks)) == {"a": "w2"}
    out = organisation(asks, limits=[limit("managers", black_outs={"w1": "Year end"})])
    assert planned(made=out) == {"a": "w2"}
    assert planned("no-black-out=managers@w1", made=out) == {"a": "w1"}


def test_decisions_dates_targets_and_waves_count():
    assert codes(after("decline=small"))["small"] == "declined"
    assert planned("decline=small", "offer=small") == {"small": "w1"}
    assert planned("pin=small@w3", "pmo_fte=+1") == {"big": "w1", "small": "w3"}
    assert planned("target.cost=1") == {}
    assert planned("service.big.days=60") == {"big": "w1", "small": "w2"}
    assert len(after("waves=+1").uses) == 4


def test_the_outcomes_stand_side_by_side():
    found = comparison("pmo_fte=+1")
    assert (found.before.services, found.after.services) == (1, 2)
    assert (found.before.days, found.after.days) == (30, 120)
    assert found.after.value > found.before.value
    assert found.after.peaks["managers"].points == 3
    assert "managers" not in found.before.peaks
    assert [(move.service, move.now) for move in found.comes_in] == [("big", "w1")]
    assert found.falls_out == found.earlier == found.later == ()


def test_moves_are_told_by_direction():
    assert [move.service for move in comparison("not-before=small@w2").later] == ["small"]
    assert [move.service for move in comparison("decline=small").falls_out] == ["small"]
    waits = organisation(service("a"), not_before={"a": "w2"})
    assert [move.service for move in comparison("any-time=a", made=waits).earlier] == ["a"]


def test_a_small_gain_is_shown_although_planning_again_would_not_move_for_it():
    """What-if shows what is possible; the price of a move is for `pmogen plan`."""
    made = organisation(service("a", {"risk": 0.2}), not_before={"a": "w2"})
    assert launches(plan(made)) == {"a": "w2"}
    assert planned("any-time=a", made=made) == {"a": "w1"}


def test_reasons_name_the_decision_or_the_limit_that_binds():
    def reasons(*changes, made=MADE):
        found, changed = comparison(*changes, made=made), as_if(made, changes)
        return [why(changed.workspace, move, after(*changes, made=made)) for move in found.moves]

    assert reasons("decline=small") == ["Declined by What if: What if."]
    assert "must not launch before Wave 2" in reasons("not-before=small@w2")[0]
    assert reasons("pin=small@w3") == ["It is pinned there."]
    assert "even in" in reasons("pmo_fte=-0.9")[0]
    assert "missing levels in Risk" in reasons("pmo_fte=+1")[0]


EASED = st.sampled_from(
    ["pmo_fte=+1", "days=+10", "run_fte=+1", "audience.managers.capacity=+5", "audience.sponsors.capacity@w2=+3"]
)


@settings(max_examples=60, deadline=None)
@given(organisations(), st.lists(EASED, min_size=1, max_size=3))
def test_a_limit_that_is_eased_never_makes_the_plan_worse(workspace, changes):
    """Unless more of what was offered launches: that comes before value."""
    changed, _ = tried(workspace, changes)
    before = plan(workspace)
    formulation, found = planned_as_if(changed, before)
    assert found.value_waves >= before.value_waves or set(found.kept) - set(before.kept)
    assert formulation.problem == formulated(changed).problem


def test_absences_and_loads_are_those_of_the_changed_world():
    tight = after("audience.managers.capacity=2", "pmo_fte=+1")
    assert absence(tight, "big").code == "no room"
    assert load(after("pmo_fte=+1"), "managers", "w1").points == Fraction(3)
    assert wave(1).id in {entry.wave for entry in tight.uses}
