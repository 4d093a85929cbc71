"""Checks across files: one family a module, every rule with a code, a severity and a manual.

The manual of a rule is its docstring; the examples under `Wrong:` and `Right:` are run by the tests.
"""

from __future__ import annotations

from pmogen.diagnostics import Diagnostic, has_errors, in_order, without_floods
from pmogen.model.workspace import Workspace
from pmogen.rules import (
    answers,
    assessment,
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
    *roadmap.RULES,
    *scenarios.RULES,
    *plan.RULES,
    *progress.RULES,
    *people.RULES,
    *privacy.RULES,
    *pages.RULES,
    *wording.RULES,
    *look.RULES,
    *languages.RULES,
)


def check(workspace: Workspace) -> tuple[Diagnostic, ...]:
    """Everything in a workspace that does not fit together, sorted by place.

    References come first: while one leads nowhere, nothing can be computed and the other rules wait.
    """
    facts = Facts(workspace)
    broken = [found for rule in references.RULES for found in rule.apply(facts)]
    if has_errors(tuple(broken)):
        return without_floods(in_order(broken))
    others = [found for rule in RULES if rule not in references.RULES for found in rule.apply(facts)]
    return without_floods(in_order(tuple(judged(workspace, RULES, (*broken, *others)))))
