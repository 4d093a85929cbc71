"""Checks across files: one family a module, every rule with a code, a severity and a manual.

The manual of a rule is its docstring; the examples under `Wrong:` and `Right:` are run by the tests.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pmogen.diagnostics import Diagnostic, has_errors, in_order, without_floods
from pmogen.model.workspace import Workspace
from pmogen.rules import (
    answers,
    approvals,
    assessment,
    day,
    decisions,
    foundation,
    gaps,
    languages,
    look,
    pages,
    people,
    plan,
    privacy,
    progress,
    references,
    roadmap,
    scenarios,
    services,
    wording,
)
from pmogen.rules.rule import Facts, Rule
from pmogen.rules.verdict import judged

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *foundation.RULES,
    *assessment.RULES,
    *answers.RULES,
    *gaps.RULES,
    *services.RULES,
    *decisions.RULES,
    *approvals.RULES,
    *roadmap.RULES,
    *scenarios.RULES,
    *plan.RULES,
    *progress.RULES,
    *people.RULES,
    *day.RULES,
    *privacy.RULES,
    *pages.RULES,
    *wording.RULES,
    *look.RULES,
    *languages.RULES,
)


def check(workspace: Workspace, *, errors_only: bool = False, facts: Facts | None = None) -> tuple[Diagnostic, ...]:
    """Everything in a workspace that does not fit together, sorted by place; with `errors_only`, nothing less bad.

    What follows from the workspace is computed in `facts`, for those who want to use it afterwards.

    References come first: while one leads nowhere, nothing can be computed and the other rules wait.
    """
    facts = facts or Facts(workspace)
    broken = [found for rule in references.RULES for found in rule.apply(facts)]
    if has_errors(tuple(broken)):
        return without_floods(in_order(broken))
    severities = {change.rule: change.severity for change in workspace.settings.rules}
    asked = [
        rule
        for rule in RULES
        if rule not in references.RULES and not (errors_only and severities.get(rule.code, rule.severity) != "error")
    ]
    others = [found for rule in asked for found in rule.apply(facts)]
    found = judged(workspace, RULES, (*broken, *others))
    return without_floods(in_order(tuple(one for one in found if one.severity == "error" or not errors_only)))


def stale_by(workspace: Workspace, today: dt.date) -> tuple[Diagnostic, ...]:
    """What will have become stale by a day if nobody does anything: past due, to be looked at again, too old."""
    later = replace(workspace, settings=workspace.settings.model_copy(update={"as_of": today}))
    return tuple(found for found in check(later) if found.code in day.OF_THE_DAY)
