"""Answers about a workspace are found once, and never belong to another workspace."""

from __future__ import annotations

from dataclasses import replace

from pmogen.analysis.once import once
from pmogen.analysis.services import decision_on, liftings_here
from pmogen.model.workspace import Workspace
from tests.analysis.organisations import decided, lifting, organisation


def test_a_workspace_is_asked_once_and_a_changed_one_anew() -> None:
    asked = []

    @once
    def title(workspace: Workspace) -> str:
        asked.append(workspace)
        return workspace.settings.title

    first = organisation({"x": (1, 3)}, [lifting("a", ("x", 1))])
    assert title(first) == title(first) == first.settings.title
    assert len(asked) == 1
    second = replace(first, settings=first.settings.model_copy(update={"title": "Other"}))
    assert title(second) == "Other"
    assert title(first) == first.settings.title
    assert len(asked) == 2


def test_what_is_known_of_a_workspace_makes_it_no_other_one() -> None:
    first, second = (organisation({"x": (1, 3)}, [lifting("a", ("x", 1))]) for _ in range(2))
    liftings_here(first)
    assert first == second


def test_a_decision_that_is_changed_counts_at_once() -> None:
    before = organisation({"x": (1, 3)}, [lifting("a", ("x", 1))], decided(a="decline"))
    assert decision_on(before, "a") == "decline"
    after = replace(before, decisions=before.decisions.model_copy(update={"services": ()}))
    assert decision_on(after, "a") == "undecided"
