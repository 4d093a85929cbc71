"""How gaps are closed, what is redundant, and what is lost without a service: by hand calculation."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from pmogen.analysis.closure import closure_of
from pmogen.analysis.loss import Loss, Reopened, losses
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.services import Closing
from pmogen.model.workspace import Workspace
from tests.analysis.organisations import BOARD, computed, decided, lifting, organisation

HALF = Fraction(1, 2)


def hand_off(status: str = "agreed", aspect: str = "x") -> dict[str, Any]:
    """Decisions with one hand-off."""
    asked = {
        "id": "ask",
        "title": "Ask",
        "entity": "finance",
        "aspects": [aspect],
        "asked": "Pay.",
        "contact": "Head",
        "due": "2027-06-30",
        "status": status,
    }
    entity = {"id": "finance", "name": "Finance", "description": "Pays."}
    return {"entities": [entity], "hand_offs": [asked]}


def accepted(until: str) -> dict[str, Any]:
    """Decisions with one accepted gap."""
    return {"accepted_gaps": [{"aspect": "x", **BOARD, "until": until}]}


def closing(decisions: dict[str, Any] | None, by: float = 0.5, closable: str = "fully") -> Closing:
    """The closing of a gap of one level that one service lifts by so much."""
    services = [lifting("one", ("x", by))] if by else [lifting("one", ("other", 1))]
    made = organisation({"x": (2, 3), "other": (3, 3)}, services, decisions, pmo_can_close={"x": closable})
    return computed(made).choice.closings[0]


@pytest.mark.parametrize(
    ("decisions", "by", "closable", "how"),
    [
        (None, 1, "fully", "fully"),
        (None, 1, "partly", "fully"),
        (None, 0.5, "fully", "partly"),
        (None, 0, "fully", "open"),
        (hand_off(), 0, "fully", "hand-off"),
        (hand_off("refused"), 0, "fully", "open"),
        (accepted("2027-01-31"), 0, "fully", "accepted"),
        (accepted("2027-01-30"), 0, "fully", "open"),
        (None, 1, "not", "open"),
        (hand_off("proposed"), 1, "not", "hand-off"),
        (accepted("2028-01-31"), 0.5, "not", "accepted"),
    ],
)
def test_how_a_gap_can_be_closed(decisions: dict[str, Any] | None, by: float, closable: str, how: str) -> None:
    """The playbook stands for 2027-01-31: an acceptance until that day still holds."""
    found = closing(decisions, by, closable)
    assert found.how == how
    assert found.beyond_pmo == (closable == "not")
    assert found.reachable == 2 + Fraction(str(by))


@pytest.mark.parametrize(
    ("reached", "decisions", "closable", "told"),
    [
        ("3", None, "fully", ("fully", "nobody", "0")),
        ("3.5", None, "fully", ("fully", "nobody", "0")),
        ("2.5", None, "fully", ("partly", "open", "0.5")),
        ("2.5", hand_off(), "fully", ("partly", "hand-off", "0.5")),
        ("2.5", accepted("2028-01-01"), "fully", ("partly", "accepted", "0.5")),
        ("2", hand_off(), "fully", ("hand-off", "hand-off", "1")),
        ("2", accepted("2028-01-01"), "fully", ("accepted", "accepted", "1")),
        ("2", None, "fully", ("open", "open", "1")),
        ("3", hand_off(), "not", ("hand-off", "hand-off", "0")),
        ("2.5", None, "not", ("open", "open", "0.5")),
    ],
)
def test_how_a_gap_is_closed_by_what_is_planned(
    reached: str, decisions: dict[str, Any] | None, closable: str, told: tuple[str, str, str]
) -> None:
    """How, who takes the rest, and how much that is: the target 3 less the level reached."""
    made = organisation({"x": (2, 3)}, [lifting("one", ("x", 1))], decisions, pmo_can_close={"x": closable})
    playbook = computed(made)
    found = closure_of(playbook.gaps[0], playbook.choice.closings[0], Fraction(reached))
    assert (found.how, found.rest, found.remains) == (*told[:2], Fraction(told[2]))


def margin(made: Workspace, service: str) -> Margin:
    """The margin of one candidate."""
    return next(entry for entry in computed(made).margins if entry.service == service)


def test_a_candidate_adds_what_the_offered_ones_leave() -> None:
    """A gap of 1.5: the offered one closes 1, so of the other's 1 only 0.5 is left."""
    made = organisation({"x": (1.5, 3)}, [lifting("a", ("x", 1)), lifting("b", ("x", 1))], decided(a="offer"))
    assert margin(made, "b").adds == (("x", HALF),)
    assert not margin(made, "b").redundant
    assert margin(made, "a").adds == (("x", Fraction(1)),)


def test_a_gap_that_is_closed_already_makes_redundant() -> None:
    """Exactly closed is closed: nothing is left for the other."""
    made = organisation({"x": (2, 3)}, [lifting("a", ("x", 1)), lifting("b", ("x", 0.5))], decided(a="offer"))
    assert margin(made, "b") == Margin("b", (), (("x", ("a",)),), ())
    assert margin(made, "b").redundant


def test_undecided_and_deferred_ones_cover_nothing() -> None:
    services = [lifting("a", ("x", 1)), lifting("b", ("x", 1))]
    assert not margin(organisation({"x": (2, 3)}, services), "b").redundant
    assert not margin(organisation({"x": (2, 3)}, services, decided(a="defer")), "b").redundant


def test_two_offered_ones_may_each_stand_in_for_the_other() -> None:
    """Each is redundant while the other is there: that is why people look at them one by one."""
    made = organisation({"x": (2, 3)}, [lifting("a", ("x", 1)), lifting("b", ("x", 1))], decided(a="offer", b="offer"))
    assert margin(made, "a").redundant
    assert margin(made, "b").redundant


def test_what_an_offered_one_needs_is_not_redundant() -> None:
    """`b` needs `a`, through `c`."""
    services = [
        lifting("a", ("x", 1)),
        lifting("c", ("x", 1), requires=["a"]),
        lifting("b", ("x", 1), requires_same_wave=["c"]),
    ]
    found = margin(organisation({"x": (2, 3)}, services, decided(a="offer", b="offer", c="offer")), "a")
    assert found.adds == ()
    assert found.needed_by == ("b", "c")
    assert not found.redundant


def test_a_higher_ceiling_is_an_addition() -> None:
    """Basic ones reach 3 whatever they add; the advanced one goes on to 3.5."""
    services = [lifting("a", ("x", 1)), lifting("b", ("x", 1), tier="advanced")]
    made = organisation({"x": (2, 3.5)}, services, decided(a="offer"))
    assert margin(made, "b").adds == (("x", HALF),)


def lost(made: Workspace, service: str, *present: str) -> Loss:
    """What is lost of these services without one of them."""
    return losses(made, computed(made).gaps, present, (service,))[0]


def test_what_is_lost_is_what_the_others_do_not_close() -> None:
    """Of a gap of 1.5 two services of 1 close all; without one of them 0.5 reopens."""
    made = organisation({"x": (1.5, 3)}, [lifting("a", ("x", 1)), lifting("b", ("x", 1))])
    assert lost(made, "a", "a", "b") == Loss("a", (Reopened("x", HALF, HALF),), ())
    assert lost(made, "a", "b") == lost(made, "a", "a", "b")


def test_nothing_is_lost_when_the_others_close_it_all() -> None:
    made = organisation({"x": (2, 3)}, [lifting("a", ("x", 1)), lifting("b", ("x", 1))])
    assert lost(made, "a", "a", "b").reopens == ()


def test_services_that_need_it_go_with_it() -> None:
    """`a` alone carries 0.5 of `x`; `b`, which needs it, 1 of `z`."""
    services = [lifting("a", ("x", 0.5)), lifting("b", ("z", 1), requires=["a"])]
    made = organisation({"x": (2, 3), "z": (1, 3)}, services)
    found = lost(made, "a", "a", "b")
    assert found.stranded == ("b",)
    assert set(found.reopens) == {Reopened("x", HALF, HALF), Reopened("z", Fraction(1), Fraction(0))}
    assert lost(made, "b", "a", "b").stranded == ()


def past(ends: str) -> dict[str, Any]:
    """A finished wave that launched `a`."""
    wave = {"id": "past", "name": "Past", "starts": "2026-10-01", "ends": ends, "status": "finished"}
    more = {"goal": "Start.", "fte": 2, "launched": [{"service": "a"}]}
    return {"content/roadmap.yml": {"waves": [wave | more]}}


@pytest.mark.parametrize(("ends", "counts"), [("2027-01-31", False), ("2027-02-01", True)])
def test_the_assessed_level_contains_what_was_live_before(ends: str, counts: bool) -> None:
    """Assessed on 2027-01-31: a wave that had ended by then must not count twice."""
    made = organisation({"x": (2, 3)}, [lifting("a", ("x", 1))], others=past(ends))
    choice = computed(made).choice
    assert [entry.service for entry in choice.candidates] == (["a"] if counts else [])
    assert choice.closings[0].how == ("fully" if counts else "open")
    if not counts:
        assert "live before the assessment" in choice.not_applicable[0].reason
