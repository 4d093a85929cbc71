"""Which common problems of the catalogue are likely here, by the organisation's own data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.trace import in_words
from pmogen.language import N_, _, spoken
from pmogen.model.base import exact
from pmogen.model.catalogue import AnswerSign, AspectSign, Condition
from pmogen.model.workspace import Workspace

IS = {"known": N_("is known"), "assumed": N_("is only assumed"), "open": N_("is still open")}
"""What is found of an answer in this state."""


@dataclass(frozen=True)
class MatchedSign:
    """A sign that holds here: what it is about (`aspect` or `question`), its id, and what is so, in words."""

    kind: Literal["aspect", "question"]
    about: str
    found: str


@dataclass(frozen=True)
class ProblemHere:
    """A problem of the catalogue, whether the data says it is likely here, and the signs that hold."""

    problem: str
    likely: bool
    signs: tuple[MatchedSign, ...]


@dataclass(frozen=True)
class Facts:
    """What signs are held against: levels and gaps by aspect, states of answers by question."""

    levels: Mapping[str, AspectLevel]
    gaps: Mapping[str, Gap]
    states: Mapping[str, str]


def facts_of(workspace: Workspace, levels: tuple[AspectLevel, ...], gaps: tuple[Gap, ...]) -> Facts:
    """The facts of one workspace."""
    return Facts(
        levels={level.aspect: level for level in levels},
        gaps={gap.aspect: gap for gap in gaps},
        states={answer.question: answer.state for answer in workspace.foundation.answers},
    )


def _aspect_sign(sign: AspectSign, facts: Facts) -> MatchedSign | None:
    level, gap = facts.levels.get(sign.aspect), facts.gaps.get(sign.aspect)
    found = []
    if sign.level_below is not None:
        if level is None or level.current is None or level.current >= exact(sign.level_below):
            return None
        limit = in_words(exact(sign.level_below))
        found.append(_("is at level {level}, below {limit}", level=in_words(level.current), limit=limit))
    if sign.gap_from is not None:
        if gap is None or gap.amount < exact(sign.gap_from):
            return None
        limit = in_words(exact(sign.gap_from))
        found.append(_("has a gap of {gap}, where {limit} or more is a sign", gap=in_words(gap.amount), limit=limit))
    joints = (*spoken().joints(len(found), "and"), "")
    words = "".join(each + joint for each, joint in zip(found, joints, strict=False))
    return MatchedSign("aspect", sign.aspect, words) if found else None


def _answer_sign(sign: AnswerSign, facts: Facts) -> MatchedSign | None:
    state = facts.states.get(sign.question, "open")
    return MatchedSign("question", sign.question, _(IS[state])) if state in sign.state else None


def matched(sign: AspectSign | AnswerSign, facts: Facts) -> MatchedSign | None:
    """The sign with what was found, or None when it does not hold.

    An aspect that is not assessed shows nothing, a missing answer counts as open, and a sign
    without a bound never holds.
    """
    return _aspect_sign(sign, facts) if isinstance(sign, AspectSign) else _answer_sign(sign, facts)


def _holding(signs: tuple[AspectSign | AnswerSign, ...], facts: Facts) -> Iterator[MatchedSign]:
    return (found for sign in signs if (found := matched(sign, facts)) is not None)


def signs_of(condition: Condition, facts: Facts) -> tuple[bool, tuple[MatchedSign, ...]]:
    """Whether the condition holds, and its signs that do: every one of `all` and, if there are any, one of `any`.

    A condition without a sign never holds.
    """
    needed, one_of = tuple(_holding(condition.all, facts)), tuple(_holding(condition.any, facts))
    holds = len(needed) == len(condition.all) and (bool(one_of) or not condition.any)
    return holds and bool(needed or one_of), tuple(dict.fromkeys(needed + one_of))


def problems_here(
    workspace: Workspace, levels: tuple[AspectLevel, ...], gaps: tuple[Gap, ...]
) -> tuple[ProblemHere, ...]:
    """Every problem of the catalogue: likely ones first, those with more signs before others, then catalogue order."""
    facts = facts_of(workspace, levels, gaps)
    found = [ProblemHere(problem.id, *signs_of(problem.likely_when, facts)) for problem in workspace.catalogue.problems]
    return tuple(sorted(found, key=lambda here: (not here.likely, -len(here.signs) if here.likely else 0)))
