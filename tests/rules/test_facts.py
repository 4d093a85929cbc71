"""What the check works out is not worked out again for the playbook, unless it would be something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pmogen import check
from pmogen.language import speaking
from pmogen.playbook import compute


def test_the_playbook_takes_over_what_the_check_found(example: Path) -> None:
    checked = check(example)
    assert checked.workspace is not None
    assert checked.facts is not None
    playbook = compute(checked.workspace, checked.facts)
    assert playbook == compute(checked.workspace)
    assert playbook.levels is checked.facts.levels
    assert playbook.gaps is checked.facts.gaps
    assert playbook.choice is checked.facts.choice
    assert playbook.margins is checked.facts.margins
    assert playbook.second_looks is checked.facts.second_looks


def test_what_was_found_in_another_language_is_not_taken_over(example: Path) -> None:
    """How a level was found is said in words."""
    with speaking("de"):
        checked = check(example)
    assert checked.workspace is not None
    assert compute(checked.workspace, checked.facts) == compute(checked.workspace)


@pytest.mark.parametrize("shorter", [True, False])
def test_what_was_found_of_another_workspace_is_not_taken_over(example: Path, shorter: bool) -> None:
    """Neither of one that says something else, nor of one that says the same once more."""
    checked = check(example)
    assert checked.workspace is not None
    assert checked.facts is not None
    other = (
        replace(checked.workspace, assessments=checked.workspace.assessments[:1])
        if shorter
        else replace(checked.workspace)
    )
    assert not checked.facts.hold_for(other)
    assert compute(other, checked.facts) == compute(other)
