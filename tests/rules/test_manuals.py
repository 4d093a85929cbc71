"""Every manual tells the truth: its wrong example is found, its right example is not."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import pytest

from pmogen.model.plan import PublishedPlan
from pmogen.planning.published import current_fingerprint
from pmogen.planning.seal import seal
from pmogen.rules import RULES, check
from pmogen.rules.approvals import OF_THE_HISTORY
from pmogen.rules.reading import READING, ReadingCode
from pmogen.rules.rule import Facts, Rule
from tests.workspaces import loaded, parsed

BEFORE_TEXT = {"PMO001", "PMO005"}
"""Codes whose mistake cannot stand in a text: tests/source/ shows them."""

ALL: tuple[Rule | ReadingCode, ...] = (*(code for code in READING if code.code not in BEFORE_TEXT), *RULES)


def example_in(manual: str, heading: str) -> dict[str, Any]:
    """The changes to the small workspace under `Wrong:` or `Right:` of a manual."""
    match = re.search(rf"^{heading}:\n((?:    .*\n|\n)+)", manual + "\n", re.MULTILINE)
    assert match, f"the manual has no {heading}:"
    changes: dict[str, Any] = parsed(textwrap.dedent(match.group(1)))
    return changes


def with_fingerprint(changes: dict[str, Any]) -> dict[str, Any]:
    """The same changes, with the fingerprint, and the seal, that match where a plan has zeros for them."""
    plan, given = changes.get("content/plan.yml"), loaded(changes).workspace
    if not isinstance(plan, dict) or plan["fingerprint"] != "0" * 64 or given is None:
        return changes
    facts = Facts(given)
    matching = current_fingerprint(given, facts.gaps, facts.choice)
    plan = {**plan, "fingerprint": matching}
    if plan.get("seal") == "0" * 64:
        plan["seal"] = seal(PublishedPlan.model_validate(plan))
    return {**changes, "content/plan.yml": plan}


def codes(changes: dict[str, Any]) -> set[str]:
    """Codes of what is found in the small workspace after the changes."""
    result = loaded(with_fingerprint(changes))
    found = check(result.workspace) if result.workspace else ()
    return {diagnostic.code for diagnostic in (*result.diagnostics, *found)}


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.code not in OF_THE_HISTORY], ids=lambda rule: rule.code)
def test_wrong_example_is_found(rule: Rule | ReadingCode) -> None:
    """The example under Wrong: gives a diagnostic of the rule. (What only the history shows is in tests/history/.)"""
    assert rule.code in codes(example_in(rule.manual, "Wrong"))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_right_example_is_not_found(rule: Rule | ReadingCode) -> None:
    """The example under Right: gives none."""
    assert rule.code not in codes(example_in(rule.manual, "Right"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_right_example_of_a_rule_loads(rule: Rule) -> None:
    """The right example passes because it is right, and not because it cannot be read."""
    assert loaded(example_in(rule.manual, "Right")).workspace is not None
    assert loaded(example_in(rule.manual, "Wrong")).workspace is not None


def test_codes_are_unique() -> None:
    """A code names one rule for ever."""
    assert len({rule.code for rule in ALL}) == len(ALL)


def test_small_workspace_is_in_order() -> None:
    """The workspace that all examples change is in order itself."""
    assert codes({}) == set()
