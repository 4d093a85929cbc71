"""Candidates, coverage and what is not applicable."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pmogen.analysis.gaps import find_gaps
from pmogen.analysis.levels import levels_of
from pmogen.analysis.services import Choice, choose, decided_otherwise, expected_days
from pmogen.model.catalogue import Effort
from pmogen.model.workspace import Workspace
from tests.workspaces import Changes, example, service, workspace


def choice(made: Workspace) -> Choice:
    """Services chosen for a workspace."""
    return choose(made, find_gaps(made, levels_of(made, made.current)))


def assessed(current: float, target: float) -> Changes:
    """The small workspace with other levels."""
    aspects = [{"aspect": "visibility", "current": current, "current_source": "workshop", "target": target}]
    return {"content/assessments/2027-01-31.yml": {"aspects": aspects}}


def test_every_service_is_a_candidate_or_not_applicable() -> None:
    """The whole catalogue is accounted for, once."""
    made = example()
    found = choice(made)
    named = [entry.service for entry in found.candidates] + [entry.service for entry in found.not_applicable]
    assert sorted(named) == sorted(entry.id for entry in made.catalogue.services)
    assert all(entry.reason for entry in found.not_applicable)


def test_basic_service_does_not_lift_beyond_its_ceiling() -> None:
    """At level 3 a basic service has nothing to add, and the reason says so."""
    found = choice(workspace(assessed(3, 4)))
    assert found.candidates == ()
    assert "already" in found.not_applicable[0].reason


def test_candidates_are_independent_of_cost() -> None:
    """A service that would take a thousand days is still a candidate."""
    dear = service("register", establish_days={"low": 1000, "high": 2000})
    made = workspace({"catalog/own.yml": {"services": [dear]}, **assessed(1, 3)})
    assert "register" in {candidate.service for candidate in choice(made).candidates}


def test_how_far_a_gap_is_closed() -> None:
    """Two basic services of one level each close two levels, but not three."""
    assert choice(workspace(assessed(1, 3))).closings[0].how == "fully"
    closing = choice(workspace(assessed(1, 4))).closings[0]
    assert (closing.how, closing.remains) == ("partly", Fraction(1))


def test_declined_services_do_not_close() -> None:
    """What is declined is still shown as a candidate, but closes nothing."""
    made = {"decision": "decline", "who": "Board", "when": "2027-01-10", "why": "No."}
    decisions = {"services": [{"service": name, **made} for name in ("register", "reporting")]}
    found = choice(workspace({**assessed(1, 3), "content/decisions.yml": decisions}))
    assert found.closings[0].how == "open"
    assert {candidate.decision for candidate in found.candidates} == {"decline"}


def test_a_choice_knows_other_decisions_without_being_made_again() -> None:
    """It is the one that would be made anew, but for how far gaps can be closed."""
    made = example()
    entries = made.decisions.services
    fewer = made.decisions.model_copy(update={"services": entries[len(entries) // 2 :]})
    changed = replace(made, decisions=fewer)
    assert decided_otherwise(changed, choice(made)) == replace(choice(changed), closings=())
    assert choice(made).candidates != choice(changed).candidates


def test_expected_days() -> None:
    """Three points by the usual beta approximation, a range by its middle."""
    assert expected_days(Effort(low=4, high=8)) == 6
    assert expected_days(Effort(low=4, likely=5, high=12)) == 6
