"""Which services may be planned, and why the others are not."""

from __future__ import annotations

import pytest

from tests.planning.builders import (
    NOTHING,
    absence,
    codes,
    launched,
    launches,
    organisation,
    placement,
    plan,
    service,
    wave,
    waves,
)


def test_undecided_candidates_are_proposed():
    assert launches(plan(organisation(service("a")))) == {"a": "w1"}


def test_offered_services_are_tried_before_better_proposals():
    small, great = service("small", {"risk": 0.5}, days=60), service("great", {"risk": 3}, days=60)
    one_wave = waves(1)
    assert launches(plan(organisation(small, great, roadmap=one_wave))) == {"great": "w1"}
    assert launches(plan(organisation(small, great, roadmap=one_wave, decided={"small": "offer"}))) == {"small": "w1"}


@pytest.mark.parametrize(("decision", "code"), [("decline", "declined"), ("defer", "deferred")])
def test_declined_and_deferred_services_are_never_planned_and_listed_with_the_reason(decision, code):
    found = plan(organisation(service("a"), service("far", NOTHING), decided={"a": decision, "far": decision}))
    assert launches(found) == {}
    assert codes(found) == {"a": code, "far": code}
    assert absence(found, "a").why == (f"{code.capitalize()} by Board: Because.",)


def test_what_was_declined_later_but_has_launched_stays():
    history = (wave(1, status="finished", launched=(launched("a"),)), wave(2))
    found = plan(organisation(service("a"), roadmap=history, decided={"a": "decline"}))
    assert launches(found) == {"a": "w1"}
    assert codes(found) == {}


def test_a_missing_prerequisite_is_pulled_in_though_it_closes_nothing():
    found = plan(organisation(service("base", NOTHING), service("top", requires=["base"])))
    assert launches(found) == {"base": "w1", "top": "w2"}
    assert placement(found, "base").pulled_by == ("top",)
    assert placement(found, "top").pulled_by == ()


def test_a_service_that_closes_nothing_and_that_nobody_needs_is_not_mentioned():
    found = plan(organisation(service("a"), service("idle", NOTHING)))
    assert launches(found) == {"a": "w1"}
    assert codes(found) == {}


def test_an_offered_service_that_closes_nothing_is_not_useful():
    found = plan(organisation(service("idle", NOTHING), decided={"idle": "offer"}))
    assert codes(found) == {"idle": "not useful"}
    assert absence(found, "idle").why[0].startswith("It closes no gap here: ")


def test_an_offered_service_that_closes_nothing_is_planned_where_it_is_needed_or_pinned():
    idle, top = service("idle", NOTHING), service("top", requires=["idle"])
    assert launches(plan(organisation(idle, top, decided={"idle": "offer"}))) == {"idle": "w1", "top": "w2"}
    assert launches(plan(organisation(idle, decided={"idle": "offer"}, pins={"idle": "w2"}))) == {"idle": "w2"}


@pytest.mark.parametrize(
    ("decided", "reason"),
    [
        ({"base": "decline"}, "It needs MIDDLE, which needs BASE, which is declined."),
        ({"base": "defer"}, "It needs MIDDLE, which needs BASE, which is deferred."),
    ],
)
def test_what_needs_a_service_that_is_not_planned_is_absent_and_names_it(decided, reason):
    chain = (service("base"), service("middle", requires=["base"]), service("top", same_wave=["middle"]))
    found = plan(organisation(*chain, decided=decided))
    assert launches(found) == {}
    assert codes(found) | {"base": ""} == {"base": "", "middle": "prerequisite", "top": "prerequisite"}
    assert absence(found, "top").why == (reason,)


def test_a_declined_prerequisite_that_is_live_already_is_in_nobodys_way():
    history = (wave(1, status="finished", launched=(launched("base"),)), wave(2))
    found = plan(
        organisation(service("base"), service("top", requires=["base"]), roadmap=history, decided={"base": "decline"})
    )
    assert launches(found) == {"base": "w1", "top": "w2"}


def test_an_unknown_prerequisite_is_named():
    found = plan(organisation(service("a", requires=["ghost"])))
    assert absence(found, "a").why == (
        "It needs ghost, which is not in the catalogue.",
        "No decision and no limit helps: the catalogue would have to change.",
    )


def test_prerequisites_that_go_round_in_a_circle_are_absent_and_the_rest_is_planned():
    circle = (service("a", requires=["b"]), service("b", requires=["a"]), service("after", requires=["a"]))
    found = plan(organisation(*circle, service("free"), service("self", requires=["self"])))
    assert launches(found) == {"free": "w1"}
    assert codes(found) == dict.fromkeys(("a", "after", "b", "self"), "prerequisite")
    assert "circle" in absence(found, "after").why[0]


def test_a_prerequisite_of_something_without_room_is_not_planned_and_says_so():
    found = plan(organisation(service("base", NOTHING, days=10), service("top", days=900, requires=["base"])))
    assert launches(found) == {}
    assert codes(found) == {"base": "not useful", "top": "no room"}
    assert absence(found, "base").why == ("It closes no gap here; TOP, which needs it, is not in the plan.",)


def test_a_service_whose_prerequisite_has_no_room_names_it():
    found = plan(organisation(service("base", days=900), service("top", requires=["base"])))
    assert codes(found) == {"base": "no room", "top": "prerequisite"}
    assert absence(found, "top").why[0] == "It needs BASE, which fits in no wave with everything else where it is."


def test_gaps_without_weight_give_no_reason_to_plan():
    made = organisation(service("a"), gaps={"risk": (1, 5, "L")})
    weights = made.catalogue.method.gap.model_copy(
        update={"priority_weight": made.catalogue.method.gap.priority_weight.model_copy(update={"L": 0})}
    )
    method = made.catalogue.method.model_copy(update={"gap": weights})
    light = type(made)(**{**vars(made), "catalogue": made.catalogue.model_copy(update={"method": method})})
    assert codes(plan(light)) == {"a": "not useful"}


def test_what_only_an_impossible_service_needs_is_not_mentioned_unless_it_was_offered():
    services = (service("base", NOTHING), service("top", requires=["base", "ghost"]))
    assert codes(plan(organisation(*services))) == {"top": "prerequisite"}
    assert codes(plan(organisation(*services, decided={"base": "offer"}))) == {
        "base": "not useful",
        "top": "prerequisite",
    }
