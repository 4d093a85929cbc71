"""How seriously a workspace takes what the rules found: changed severities and allowed findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pmogen.diagnostics import Diagnostic
from pmogen.language import _
from pmogen.model.workspace import Workspace
from pmogen.rules.rule import Rule

FIXED = ("PMO1", "PMO721", "PMO722")
"""Codes that start like this cannot be changed: while they stand, nothing can be computed."""


def judged(workspace: Workspace, rules: Iterable[Rule], found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What remains of the findings, with this workspace's severities; and changes that have no effect.

    PMO028: a change or an allowance of a rule that does not exist or cannot be changed. PMO029: an
    allowance that nothing needs.
    """
    codes = {rule.code for rule in rules}
    changes = {change.rule: change.severity for change in workspace.settings.rules}
    allowed = {(allowance.code, allowance.file, allowance.line): allowance for allowance in workspace.allowances}
    needed = set()
    for diagnostic in found:
        severity = changes.get(diagnostic.code, diagnostic.severity)
        key = (diagnostic.code, diagnostic.span.file, diagnostic.span.line)
        if diagnostic.code.startswith(FIXED):
            yield diagnostic
        elif key in allowed:
            needed.add(key)
        elif severity != "ignore":
            yield replace(diagnostic, severity=severity)
    yield from _without_effect(workspace, codes)
    for key, allowance in allowed.items():
        if key not in needed and allowance.code in codes and not allowance.code.startswith(FIXED):
            message = _("nothing here needs the allowance of {code}", code=allowance.code)
            yield Diagnostic("PMO029", "note", message, allowance.span, _("delete the comment"))


def _without_effect(workspace: Workspace, codes: set[str]) -> Iterator[Diagnostic]:
    changes = [
        (change.rule, workspace.places.span("playbook", "rules", number, "rule"))
        for number, change in enumerate(workspace.settings.rules)
    ]
    allowances = [(allowance.code, allowance.span) for allowance in workspace.allowances]
    for code, span in (*changes, *allowances):
        if code not in codes:
            yield Diagnostic(
                "PMO028",
                "error",
                _("there is no rule {code}", code=code),
                span,
                _("`pmogen explain rules` lists them all"),
            )
        elif code.startswith(FIXED):
            hint = _("while it stands, nothing can be computed")
            yield Diagnostic("PMO028", "error", _("{code} cannot be lowered or allowed", code=code), span, hint)
