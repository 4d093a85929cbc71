"""How levels and targets came about. Answers are only ever shown as the groups that analysis lets through."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pmogen.analysis.levels import OTHER, AspectLevel, GroupLevel
from pmogen.analysis.trace import in_words
from pmogen.diagnostics import Span
from pmogen.explain.arithmetic import about, calculated, stated, with_reasons
from pmogen.explain.known import Known, kept
from pmogen.explain.tree import LEVEL, LEVELS, MINUS, PLAIN, TIMES, Computed
from pmogen.language import N_, _, ngettext
from pmogen.model.base import exact

RULE = "levels"
SETTLED = {
    "workshop": N_("settled in a workshop"),
    "interview": N_("settled in interviews"),
    "evidence": N_("settled by evidence"),
}


@kept
def current_level(known: Known, aspect: str) -> Computed:
    """Today's level: stated by people, from the answers, or not known."""
    level, entry = known.levels[aspect], known.stated[aspect][1]
    answers = _from_answers(known, level)
    if level.current_from == "answers" and answers is not None:
        return answers._replace(name=_("Level today"))
    if level.current is None:
        span, how = known.stated_span(aspect), _("nobody stated it, and no group is large enough")
        return Computed(_("Level today"), None, _("not known"), RULE, how, (), (span,))
    how = _(SETTLED.get(entry.current_source or "", N_("stated")))
    today = stated(_("Level today"), level.current, LEVEL, known.stated_span(aspect, "current"), RULE, how=how)
    beside = (answers._replace(name=_("The answers alone give")),) if answers is not None else ()
    return with_reasons(today._replace(inputs=beside), entry.current_reason)


@kept
def target_level(known: Known, aspect: str) -> Computed:
    """The target: stated, from the answers, or the default of the method."""
    level, entry = known.levels[aspect], known.stated[aspect][1]
    if level.target_from == "stated":
        target = stated(_("Target"), level.target, LEVEL, known.stated_span(aspect, "target"), RULE)
        owner = _("Wanted by: {owner}.", owner=entry.target_owner) if entry.target_owner else None
        return with_reasons(target, entry.target_reason, owner)
    if level.target_from == "answers" and level.answers is not None:
        return _mean_of(known, _("Target"), level.target, level.answers.targets)
    span, how = known.method_span("targets", "default"), _("default: nobody named one")
    return stated(_("Target"), level.target, LEVEL, span, RULE, how=how)


@kept
def level_in_short(known: Known, aspect: str, *, target: bool = False) -> Computed:
    """Today's level or the target without what is below it, leading to the explanation of the aspect."""
    whole = target_level(known, aspect) if target else current_level(known, aspect)
    spans = tuple(dict.fromkeys(span for part in whole.walk() for span in part.spans))[:1]
    return about(whole._replace(inputs=(), why=(), spans=spans), "aspect", aspect)


def agreement(known: Known, aspect: str) -> Computed | None:
    """How far people agree; None where nobody was asked or no group may be shown."""
    level, limits = known.levels[aspect], known.method.agreement
    answers = level.answers
    if answers is None or not answers.groups:
        return None
    highest, lowest = (in_words(pick(group.median for group in answers.groups)) for pick in (max, min))
    arithmetic = f"{highest} {MINUS} {lowest}"
    how = _("{arithmetic}, the highest less the lowest middle answer", arithmetic=arithmetic)
    spread = calculated(_("Spread"), answers.spread, LEVELS, RULE, how=how, inputs=())
    how = ngettext("standard deviation of {count} answer", "standard deviation of {count} answers", answers.count)
    deviation = calculated(_("Deviation"), answers.deviation, LEVELS, RULE, how=how, inputs=())
    where = known.method_span("agreement", "spread_from")
    bound = stated(_("Talk first from a spread of"), exact(limits.spread_from), LEVELS, where, RULE)
    where = known.method_span("agreement", "deviation_above")
    above = stated(_("Talk first above a deviation of"), exact(limits.deviation_above), LEVELS, where, RULE)
    shown = _("talk before you plan") if level.talk_first else _("enough to plan")
    told = (part._replace(spans=(_answers_file(known),)) for part in (spread, deviation))
    how = _("spread and deviation against their limits")
    return Computed(_("Agreement"), None, shown, RULE, how, (*told, bound, above))


def _answers_file(known: Known) -> Span:
    """The file of the answers as a whole: no single row is ever pointed at."""
    return known.span("answers", known.workspace.current.name, 1)


def _from_answers(known: Known, level: AspectLevel) -> Computed | None:
    answers = level.answers
    if answers is None or answers.level is None:
        return None
    withheld = _("Answers of a group that is too small to be shown are not counted.") if answers.withheld else None
    return with_reasons(_mean_of(known, _("Level by the answers"), answers.level, answers.groups), withheld)


def _mean_of(known: Known, name: str, value: Fraction, groups: tuple[GroupLevel, ...]) -> Computed:
    """The mean of the groups' middle answers, by weight where groups do not weigh the same."""
    parts = tuple(_group(known, group) for group in groups)
    if len(groups) == 1:
        how = _("the middle answer of the only group")
    elif len({group.weight for group in groups}) == 1:
        arithmetic = f"({_summed(in_words(g.median) for g in groups)}) / {len(groups)}"
        how = _("mean of {count} middle answers: {arithmetic}", count=len(groups), arithmetic=arithmetic)
    else:
        weighed = _summed(f"{in_words(g.weight)} {TIMES} {in_words(g.median)}" for g in groups)
        whole = in_words(sum((group.weight for group in groups), Fraction(0)))
        how = _("mean by weight: {arithmetic}", arithmetic=f"({weighed}) / {whole}")
    return calculated(name, value, LEVEL, RULE, how=how, inputs=parts)


def _summed(parts: Iterable[str]) -> str:
    return " + ".join(parts)


def _group(known: Known, group: GroupLevel) -> Computed:
    name = _("Small groups, taken together") if group.group == OTHER else known.name("audiences", group.group)
    how = _("middle answer (median) of {count}", count=group.answers)
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
            return (stated(_("Weight"), exact(entry.weight), PLAIN, span, RULE),)
    return ()
