"""Checks across files: one family a module, every rule with a code, a severity and a manual.

The manual of a rule is its docstring; the examples under `Wrong:` and `Right:` are run by the tests.
"""

from __future__ import annotations

from pmogen.diagnostics import Diagnostic, has_errors, in_order
from pmogen.model.workspace import Workspace
from pmogen.rules import assessment, decisions, foundation, gaps, references, roadmap, services
from pmogen.rules.rule import Facts, Rule

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *foundation.RULES,
    *assessment.RULES,
    *gaps.RULES,
    *services.RULES,
    *decisions.RULES,
    *roadmap.RULES,
)


def check(workspace: Workspace) -> tuple[Diagnostic, ...]:
    """Everything in a workspace that does not fit together, sorted by place.

    References come first: while one leads nowhere, nothing can be computed and the other rules wait.
    """
    facts = Facts(workspace)
    broken = in_order([found for rule in references.RULES for found in rule.apply(facts)])
    if has_errors(broken):
        return broken
    others = [found for rule in RULES if rule not in references.RULES for found in rule.apply(facts)]
    return in_order([*broken, *others])
