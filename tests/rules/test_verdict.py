"""A workspace decides how seriously it takes a rule, with a reason."""

from __future__ import annotations

from typing import Any

from pmogen.diagnostics import Diagnostic
from pmogen.rules import check
from pmogen.rules.rule import first_of
from tests.workspaces import service, workspace

STATED = "date: 2027-01-31\ntitle: A\nmethod: B.\naspects:\n  - {entry}\n"
ENTRY = "{aspect: visibility, current: 2, current_source: workshop, target: 3, priority: H}"


def found(assessment: str, **playbook: Any) -> list[Diagnostic]:
    """What the rules say of a workspace in which a priority has no reason (PMO305)."""
    changes: dict[str, Any] = {"content/assessments/2027-01-31.yml": assessment}
    if playbook:
        changes["content/playbook.yml"] = playbook
    return list(check(workspace(changes)))


def test_without_a_change_the_rule_speaks() -> None:
    """The starting point of the tests below."""
    assert [wrong.code for wrong in found(STATED.replace("{entry}", ENTRY))] == ["PMO305"]


def test_comment_on_the_same_line_allows() -> None:
    """A comment at the end of the line is about this line."""
    text = STATED.replace("{entry}", ENTRY + "  # pmogen: allow PMO305 because everybody knows")
    assert found(text) == []


def test_comment_above_allows() -> None:
    """A comment on a line of its own is about the next line."""
    text = STATED.replace("  - {entry}", "  # pmogen: allow PMO305 because everybody knows\n  - " + ENTRY)
    assert found(text) == []


def test_comment_elsewhere_does_not_allow_and_is_noticed() -> None:
    """An allowance that nothing needs is a note."""
    text = STATED.replace("{entry}", ENTRY) + "# pmogen: allow PMO305 because everybody knows\n"
    assert [wrong.code for wrong in found(text)] == ["PMO305", "PMO029"]


def test_severity_is_changed_or_ignored() -> None:
    """The playbook makes a warning an error, or ignores it."""
    text = STATED.replace("{entry}", ENTRY)
    change = {"rule": "PMO305", "reason": "We decide so."}
    assert [wrong.severity for wrong in found(text, rules=[{**change, "severity": "error"}])] == ["error"]
    assert found(text, rules=[{**change, "severity": "ignore"}]) == []


def test_words_in_a_text_are_no_comment() -> None:
    """Only comments allow; a text that talks about pmogen does not."""
    text = STATED.replace("{entry}", ENTRY).replace("title: A", "title: 'call pmogen: allow PMO305 because'")
    assert [wrong.code for wrong in found(text)] == ["PMO305"]


def test_ignoring_what_another_service_requires() -> None:
    """The message names both places: who needs it, and who took it away."""
    ignored = {"services": [{"id": "register", "ignore": True, "reason": "We have it."}]}
    (wrong,) = check(workspace({"catalog/own.yml": ignored}))
    assert wrong.code == "PMO101"
    assert "ignored, but needed" in wrong.message
    assert wrong.related[0].span.file == "catalog/own.yml"


def test_of_many_services_the_first_are_named_and_the_rest_counted() -> None:
    """A line of a terminal, or of a pull request, has no room for hundreds."""
    names = [f"s{number:02d}" for number in range(15)]
    own = [service(name) for name in names]
    decided = [
        {"service": name, "decision": "offer", "who": "Board", "when": "2027-01-31", "why": "Wanted."} for name in names
    ]
    changes = {"catalog/own.yml": {"services": own}, "content/decisions.yml": {"services": decided}}
    (redundant,) = (one for one in check(workspace(changes)) if one.code == "PMO610")
    assert redundant.message.count("`s") == 10
    assert redundant.message.endswith("`s09` and 5 more")
    assert len(redundant.related) == 9
    assert first_of(["a", "b"], 2) == "a, b"
    assert first_of(["a", "b", "c"], 2) == "a, b and 1 more"
