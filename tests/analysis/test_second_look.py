"""Decisions that somebody should look at again."""

from __future__ import annotations

from typing import Any

import pytest

from pmogen.analysis.second_look import SecondLook
from tests.analysis.organisations import BOARD, computed, decided, lifting, organisation
from tests.analysis.test_coverage import accepted, hand_off, past

A_AND_B = [lifting("a", ("x", 1)), lifting("b", ("x", 1))]


def looks(
    decisions: dict[str, Any], services: list[dict[str, Any]] = A_AND_B, priority: str = "H", **more: Any
) -> tuple[SecondLook, ...]:
    """What is found in an organisation with one gap of a level; the day is 2027-01-31, like the assessment."""
    return computed(organisation({"x": (2, 3)}, services, decisions, priorities={"x": priority}, **more)).second_looks


def on(day: str, **more: Any) -> dict[str, Any]:
    """One deferred service, decided on that day."""
    return {"services": [{"service": "a", "decision": "defer", **BOARD, "when": day, **more}]}


@pytest.mark.parametrize(("day", "reasons"), [("2027-01-30", ["older"]), ("2027-01-31", [])])
def test_a_decision_older_than_the_assessment(day: str, reasons: list[str]) -> None:
    """The same day is not older."""
    assert [look.reason for look in looks(on(day))] == reasons


@pytest.mark.parametrize(("until", "reasons"), [("2027-01-30", ["ended"]), ("2027-01-31", []), ("2027-02-01", [])])
def test_a_decision_whose_day_has_passed(until: str, reasons: list[str]) -> None:
    """The day itself has not passed."""
    assert [look.reason for look in looks(on("2027-01-31", until=until))] == reasons


def test_what_has_ended_is_not_called_old_as_well() -> None:
    assert [look.reason for look in looks(on("2026-01-01", until="2026-12-31"))] == ["ended"]


def test_declined_though_nothing_else_closes_it() -> None:
    """Both are declined, so each is the only one that could."""
    found = looks(decided(a="decline", b="decline"))
    assert found == (
        SecondLook("services", 0, "a", "only closer", ("x",)),
        SecondLook("services", 1, "b", "only closer", ("x",)),
    )


@pytest.mark.parametrize(
    ("more", "priority"),
    [({}, "M"), (accepted("2028-01-01"), "H"), (hand_off("agreed"), "H"), (hand_off("under way"), "H")],
)
def test_declined_with_an_answer_is_left_alone(more: dict[str, Any], priority: str) -> None:
    """Less priority, an acceptance, or somebody else who has agreed."""
    assert looks({**decided(a="decline", b="decline"), **more}, priority=priority) == ()


@pytest.mark.parametrize("status", ["proposed", "refused"])
def test_a_hand_off_that_nobody_has_agreed_to_is_no_answer(status: str) -> None:
    assert len(looks({**decided(a="decline", b="decline"), **hand_off(status)})) == 2


def test_declined_while_another_closes_it() -> None:
    assert looks(decided(a="decline")) == ()


def test_a_small_gap_may_stay() -> None:
    made = organisation({"x": (2.1, 3)}, A_AND_B, decided(a="decline", b="decline"), priorities={"x": "H"})
    assert computed(made).second_looks == ()


def test_offered_though_redundant() -> None:
    services = [lifting("a", ("x", 1)), lifting("b", ("x", 0.5))]
    assert looks(decided(a="offer", b="offer"), services) == (SecondLook("services", 1, "b", "redundant"),)


def test_what_is_live_is_history() -> None:
    """However old the decision and however redundant."""
    old = {"services": [{"service": "a", "decision": "offer", **BOARD, "when": "2026-01-01", "until": "2026-02-01"}]}
    assert looks(old, others=past("2027-02-15")) == ()


@pytest.mark.parametrize(
    ("until", "when", "reason"), [("2027-01-30", "2027-01-01", "ended"), ("2028-01-01", "2027-01-30", "older")]
)
def test_accepted_gaps_are_looked_at_again_as_well(until: str, when: str, reason: str) -> None:
    found = looks({"accepted_gaps": [{"aspect": "x", **BOARD, "when": when, "until": until}]})
    assert found == (SecondLook("accepted_gaps", 0, "x", reason),)
