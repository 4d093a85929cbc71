"""Current and target level of every aspect: stated by people, or from answers (analysis/answers.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pmogen.analysis.answers import SAME, Answers, GroupLevel, Weights, aggregate
from pmogen.analysis.privacy import OTHER
from pmogen.analysis.trace import Trace, in_words
from pmogen.language import _, ngettext, pgettext, spoken
from pmogen.model.assessment import AspectAssessment, Respondent
from pmogen.model.base import exact
from pmogen.model.method import Method
from pmogen.model.workspace import DatedAssessment, Workspace

__all__ = ["OTHER", "Answers", "AspectLevel", "GroupLevel", "in_the_past", "levels_of", "most_disputed", "weights_of"]


@dataclass(frozen=True)
class AspectLevel:
    """Where an aspect stands and where it should be, in one assessment.

    `current` is None while nobody could say. `talk_first` marks aspects on which people disagree so
    much that they should talk before planning.
    """

    aspect: str
    current: Fraction | None
    current_from: Literal["stated", "answers", "unknown"]
    target: Fraction
    target_from: Literal["stated", "answers", "default"]
    answers: Answers | None
    talk_first: bool
    trace: Trace


def _current(
    stated: AspectAssessment, answers: Answers | None
) -> tuple[Fraction | None, Literal["stated", "answers", "unknown"]]:
    if stated.current is not None:
        return exact(stated.current), "stated"
    if answers is not None and answers.level is not None:
        return answers.level, "answers"
    return None, "unknown"


def _target(
    stated: AspectAssessment, answers: Answers | None, method: Method
) -> tuple[Fraction, Literal["stated", "answers", "default"]]:
    if stated.target is not None:
        return exact(stated.target), "stated"
    if answers is not None and answers.target is not None:
        return answers.target, "answers"
    return Fraction(method.targets.default), "default"


def _group_in_words(group: GroupLevel, names: Mapping[str, str]) -> str:
    name = _("small groups, taken together") if group.group == OTHER else names.get(group.group, group.group)
    median = in_words(group.median)
    if group.weight == SAME:
        return ngettext(
            "{group} {median} ({count} answers)",
            "{group} {median} ({count} answers)",
            group.answers,
            group=name,
            median=median,
        )
    return ngettext(
        "{group} {median} ({count} answers, weight {weight})",
        "{group} {median} ({count} answers, weight {weight})",
        group.answers,
        group=name,
        median=median,
        weight=in_words(group.weight),
    )


def _mean_in_words(groups: tuple[GroupLevel, ...], mean: Fraction, alone: str) -> str:
    """The arithmetic of a mean, with weights where groups do not weigh the same; `alone` is said of an only group."""
    if len(groups) == 1:
        return alone
    if all(group.weight == groups[0].weight for group in groups):
        return _("Mean of {count} group medians: {mean}.", count=len(groups), mean=in_words(mean))
    parts = " + ".join(f"{in_words(group.weight)} x {in_words(group.median)}" for group in groups)
    whole = in_words(sum((group.weight for group in groups), Fraction(0)))
    return _("Mean by weight: {arithmetic} = {mean}.", arithmetic=f"({parts}) / {whole}", mean=in_words(mean))


def _steps(level: AspectLevel, names: Mapping[str, str]) -> tuple[str, ...]:
    answers, steps = level.answers, []
    if answers is not None and answers.groups and answers.level is not None:
        medians = "; ".join(_group_in_words(group, names) for group in answers.groups)
        steps.append(_("Group medians: {medians}.", medians=medians))
        alone = _("It is the only group, so {mean} is the level by the answers.", mean=in_words(answers.level))
        steps.append(_mean_in_words(answers.groups, answers.level, alone))
        spread, deviation = in_words(answers.spread), in_words(answers.deviation)
        steps.append(_("Spread {spread}, standard deviation {deviation}.", spread=spread, deviation=deviation))
    if answers is not None and answers.target is not None and level.target_from == "answers":
        medians = "; ".join(_group_in_words(group, names) for group in answers.targets)
        steps.append(_("Medians of targets: {medians}.", medians=medians))
        alone = _("It is the only group, so {mean} is the target by the answers.", mean=in_words(answers.target))
        steps.append(_mean_in_words(answers.targets, answers.target, alone))
    if answers is not None and answers.withheld:
        steps.append(_("Groups that are too small to be shown are not counted in any of these figures."))
    steps.append(
        _(
            "Current level {current} ({current_from}), target {target} ({target_from}).",
            current=_("not known") if level.current is None else in_words(level.current),
            current_from=_from(level.current_from),
            target=in_words(level.target),
            target_from=_from(level.target_from),
        )
    )
    return tuple(steps)


def _from(where: str) -> str:
    """Where a level or a target comes from."""
    return {
        "stated": pgettext("where a level comes from", "stated"),
        "answers": pgettext("where a level comes from", "answers"),
        "default": pgettext("where a level comes from", "default"),
        "unknown": pgettext("where a level comes from", "unknown"),
    }[where]


def level_of(
    stated: AspectAssessment, answers: Answers | None, method: Method, names: Mapping[str, str]
) -> AspectLevel:
    """Current and target level of one aspect, without its trace's sources; `names` are those of audiences."""
    current, current_from = _current(stated, answers)
    target, target_from = _target(stated, answers, method)
    limits = method.agreement
    talk_first = answers is not None and (
        answers.spread >= exact(limits.spread_from) or answers.deviation > exact(limits.deviation_above)
    )
    level = AspectLevel(
        stated.aspect, current, current_from, target, target_from, answers, talk_first, Trace("levels", ())
    )
    return replace(level, trace=Trace("levels", _steps(level, names)))


def weights_of(dated: DatedAssessment, method: Method) -> Weights:
    """Weights of respondent groups in an assessment: its own, else those of the method."""
    return {group.audience: exact(group.weight) for group in dated.assessment.groups or method.groups}


def levels_of(workspace: Workspace, dated: DatedAssessment) -> tuple[AspectLevel, ...]:
    """Levels of every aspect of one assessment, in the order of the catalogue."""
    by_aspect: dict[str, list[Respondent]] = {}
    for row in dated.answers:
        by_aspect.setdefault(row.aspect, []).append(row)
    method = workspace.catalogue.method
    minimum, weights = method.privacy.minimum_group, weights_of(dated, method)
    everybody = frozenset(row.group for row in dated.answers)
    order = {aspect.id: place for place, aspect in enumerate(workspace.catalogue.aspects)}
    within = str if spoken().nouns_are_capital else str.lower
    names = {audience.id: within(audience.name) for audience in workspace.catalogue.audiences}
    levels = []
    for number, stated in enumerate(dated.assessment.aspects):
        answers = aggregate(by_aspect.get(stated.aspect, ()), minimum, weights, everybody) if everybody else None
        level = level_of(stated, answers, method, names)
        source = workspace.places.span("assessments", dated.name, "aspects", number)
        levels.append(replace(level, trace=replace(level.trace, sources=(source,))))
    return tuple(sorted(levels, key=lambda level: (order.get(level.aspect, len(order)), level.aspect)))


def most_disputed(levels: tuple[AspectLevel, ...]) -> tuple[AspectLevel, ...]:
    """Aspects to talk about before planning: the widest spread first, then the largest deviation."""
    disputed = [(level.answers, level) for level in levels if level.talk_first and level.answers is not None]
    disputed.sort(key=lambda each: (-each[0].spread, -each[0].deviation, each[1].aspect))
    return tuple(level for _answers, level in disputed)


def in_the_past(levels: tuple[AspectLevel, ...]) -> tuple[AspectLevel, ...]:
    """What is kept of an earlier assessment: levels and targets, and nothing that could be subtracted from a later one."""
    return tuple(
        replace(level, answers=None, talk_first=False, trace=replace(level.trace, steps=level.trace.steps[-1:]))
        for level in levels
    )
