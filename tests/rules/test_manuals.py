"""Every rule's manual tells the truth: its wrong example is found, its right example is not."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import pytest

from pmogen.rules import RULES, check
from pmogen.rules.rule import Rule
from tests.workspaces import loaded, parsed


def example_in(manual: str, heading: str) -> dict[str, Any]:
    """The changes to the small workspace under `Wrong:` or `Right:` of a manual."""
    match = re.search(rf"^{heading}:\n((?:    .*\n|\n)+)", manual + "\n", re.M)
    assert match, f"the manual has no {heading}:"
    changes: dict[str, Any] = parsed(textwrap.dedent(match.group(1)))
    return changes


def codes(changes: dict[str, Any]) -> set[str]:
    """Codes of what is found in the small workspace after the changes."""
    result = loaded(changes)
    assert result.workspace is not None, result.diagnostics
    return {diagnostic.code for diagnostic in check(result.workspace)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_wrong_example_is_found(rule: Rule) -> None:
    """The example under Wrong: gives a diagnostic of the rule."""
    assert rule.code in codes(example_in(rule.manual, "Wrong"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_right_example_is_not_found(rule: Rule) -> None:
    """The example under Right: gives none."""
    assert rule.code not in codes(example_in(rule.manual, "Right"))


def test_codes_are_unique() -> None:
    """A code names one rule for ever."""
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_small_workspace_has_no_errors() -> None:
    """The workspace that all examples change is in order itself."""
    assert codes({}) == set()
