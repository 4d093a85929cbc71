"""How levels and targets came about. Answers are only ever shown as the groups that analysis lets through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from pmogen.analysis.levels import OTHER, AspectLevel, GroupLevel
from pmogen.analysis.trace import in_words
from pmogen.diagnostics import Span
from pmogen.explain.arithmetic import about, calculated, stated, with_reasons
from pmogen.explain.known import Known
from pmogen.explain.tree import LEVEL, LEVELS, MINUS, PLAIN, TIMES, Computed
from pmogen.model.base import exact

RULE = "levels"
SETTLED = {"workshop": "settled in a workshop", "interview": "settled in interviews", "evidence": "settled by evidence"}


def current_level(known: Known, aspect: str) -> Computed:
    """Today's level: stated by people, from the answers, or not known."""
    level, entry = known.levels[aspect], known.stated[aspect][1]
    answers = _from_answers(known, level)
    if level.current_from == "answers" and answers is not None:
        return replace(answers, name="Level today")
    if level.current is None:
        span = known.stated_span(aspect)
        return Computed(
            "Level today", None, "not known", RULE, "nobody stated it, and no group is large enough", (), (span,)
        )
    how = SETTLED.get(entry.current_source or "", "stated")
    today = stated("Level today", level.current, LEVEL, known.stated_span(aspect, "current"), RULE, how=how)
    beside = (replace(answers, name="The answers alone give"),) if answers is not None else ()
    return with_reasons(replace(today, inputs=beside), entry.current_reason)


def target_level(known: Known, aspect: str) -> Computed:
    """The target: stated, from the answers, or the default of the method."""
    level, entry = known.levels[aspect], known.stated[aspect][1]
    if level.target_from == "stated":
        target = stated("Target", level.target, LEVEL, known.stated_span(aspect, "target"), RULE)
        owner = f"Wanted by: {entry.target_owner}." if entry.target_owner else None
        return with_reasons(target, entry.target_reason, owner)
    if level.target_from == "answers" and level.answers is not None:
        return _mean_of(known, "Target", level.target, level.answers.targets)
    return stated(
        "Target", level.target, LEVEL, known.method_span("targets", "default"), RULE, how="default: nobody named one"
    )


def level_in_short(known: Known, aspect: str, *, target: bool = False) -> Computed:
    """Today's level or the target without what is below it, leading to the explanation of the aspect."""
    whole = target_level(known, aspect) if target else current_level(known, aspect)
    spans = tuple(dict.fromkeys(span for part in whole.walk() for span in part.spans))[:1]
    return about(replace(whole, inputs=(), why=(), spans=spans), "aspect", aspect)


def agreement(known: Known, aspect: str) -> Computed | None:
    """How far people agree; None where nobody was asked or no group may be shown."""
    level, limits = known.levels[aspect], known.method.agreement
    answers = level.answers
    if answers is None or not answers.groups:
        return None
    highest, lowest = (in_words(pick(group.median for group in answers.groups)) for pick in (max, min))
    how = f"{highest} {MINUS} {lowest}, the highest less the lowest middle answer"
    spread = replace(
        calculated("Spread", answers.spread, LEVELS, RULE, how=how, inputs=()), spans=(_answers_file(known),)
    )
    deviation = calculated(
        "Deviation", answers.deviation, LEVELS, RULE, how=f"standard deviation of {answers.count} answers", inputs=()
    )
    where = known.method_span("agreement", "spread_from")
    bound = stated("Talk first from a spread of", exact(limits.spread_from), LEVELS, where, RULE)
    where = known.method_span("agreement", "deviation_above")
    above = stated("Talk first above a deviation of", exact(limits.deviation_above), LEVELS, where, RULE)
    shown = "talk before you plan" if level.talk_first else "enough to plan"
    parts = (spread, replace(deviation, spans=(_answers_file(known),)), bound, above)
    return Computed("Agreement", None, shown, RULE, "spread and deviation against their limits", parts)


def _answers_file(known: Known) -> Span:
    """The file of the answers as a whole: no single row is ever pointed at."""
    return known.span("answers", known.workspace.current.name, 1)


def _from_answers(known: Known, level: AspectLevel) -> Computed | None:
    answers = level.answers
    if answers is None or answers.level is None:
        return None
    withheld = "Answers of a group that is too small to be shown are not counted." if answers.withheld else None
    return with_reasons(_mean_of(known, "Level by the answers", answers.level, answers.groups), withheld)


def _mean_of(known: Known, name: str, value: Fraction, groups: tuple[GroupLevel, ...]) -> Computed:
    """The mean of the groups' middle answers, by weight where groups do not weigh the same."""
    parts = tuple(_group(known, group) for group in groups)
    if len(groups) == 1:
        how = "the middle answer of the only group"
    elif len({group.weight for group in groups}) == 1:
        how = f"mean of {len(groups)} middle answers: ({_summed(in_words(g.median) for g in groups)}) / {len(groups)}"
    else:
        weighed = _summed(f"{in_words(g.weight)} {TIMES} {in_words(g.median)}" for g in groups)
        whole = in_words(sum((group.weight for group in groups), Fraction(0)))
        how = f"mean by weight: ({weighed}) / {whole}"
    return calculated(name, value, LEVEL, RULE, how=how, inputs=parts)


def _summed(parts: Iterable[str]) -> str:
    return " + ".join(parts)


def _group(known: Known, group: GroupLevel) -> Computed:
    name = "Small groups, taken together" if group.group == OTHER else known.name("audiences", group.group)
    how = f"middle answer (median) of {group.answers}"
    weight = _weight(known, group.group)
    return Computed(name, group.median, PLAIN.say(group.median), RULE, how, weight, (_answers_file(known),))


def _weight(known: Known, group: str) -> tuple[Computed, ...]:
    """The weight that was given to a group; nothing where it counts 1 like any other."""
    dated = known.workspace.current
    own = dated.assessment.groups
    for place, entry in enumerate(own or known.method.groups):
        if entry.audience == group != OTHER:
            path = ("assessments", dated.name, "groups", place, "weight")
            span = known.span(*path) if own else known.method_span("groups")
            return (stated("Weight", exact(entry.weight), PLAIN, span, RULE),)
    return ()
