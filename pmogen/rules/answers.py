"""PMO3xx: answers of many people, the weights of their groups, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.trace import in_words
from pmogen.language import _
from pmogen.model.assessment import Respondent
from pmogen.model.base import GroupWeight
from pmogen.rules.rule import Facts, Finding, rule

_ASSESSED = "assessments"


@rule("PMO304", "warning")
def stated_beside_answers(facts: Facts) -> Iterator[Finding]:
    """A current level is stated although people answered, without a reason.

    The stated level wins and both are shown; readers need to know why the answers were not taken.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: evidence, target: 3}]
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,4

    Right:
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 2, current_source: evidence, current_reason: Three reports were seen., target: 3}
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,4
    """
    current = facts.workspace.current
    answered = {answer.aspect for answer in current.answers}
    for number, stated in enumerate(current.assessment.aspects):
        if stated.current is not None and stated.aspect in answered and not stated.current_reason:
            place = facts.span(_ASSESSED, current.name, "aspects", number, "current")
            yield Finding(
                _("`{aspect}` is stated although there are answers", aspect=stated.aspect),
                place,
                _("add `current_reason:`"),
            )


@rule("PMO306", "note")
def people_disagree(facts: Facts) -> Iterator[Finding]:
    """People disagree on an aspect: talk before you plan.

    The groups' medians lie far apart, or the answers scatter widely. A mean would hide that people
    talk about different things.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, target: 3}]
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,5
          r2,sponsors,visibility,5
          r3,sponsors,visibility,5
          r4,sponsors,visibility,5
          r5,sponsors,visibility,1
          r6,sponsors,visibility,1
          r7,sponsors,visibility,1
          r8,sponsors,visibility,1

    Right:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, target: 3}]
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2
          r2,sponsors,visibility,2
          r3,sponsors,visibility,2
          r4,sponsors,visibility,2
          r5,sponsors,visibility,1
    """
    for number, stated in enumerate(facts.workspace.current.assessment.aspects):
        level = next((level for level in facts.levels if level.aspect == stated.aspect and level.talk_first), None)
        if level is not None and level.answers is not None:
            place = facts.span(_ASSESSED, facts.workspace.current.name, "aspects", number, "aspect")
            message = _(
                "people disagree on `{aspect}` (spread {spread}, deviation {deviation})",
                aspect=stated.aspect,
                spread=in_words(level.answers.spread),
                deviation=in_words(level.answers.deviation),
            )
            yield Finding(message, place, _("talk about it before planning"))


@rule("PMO311", "note")
def most_do_not_know(facts: Facts) -> Iterator[Finding]:
    """More people do not know than answer.

    Perhaps the wrong people were asked, or the question is not clear. Nothing is said where fewer people were
    asked than a group needs to be shown.

    Wrong:
        content/assessments/2027-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,dk
          r2,sponsors,dk
          r3,sponsors,dk
          r4,sponsors,3
          r5,sponsors,3

    Right:
        content/assessments/2027-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,dk
          r2,sponsors,dk
          r3,sponsors,2
          r4,sponsors,3
          r5,sponsors,3
    """
    current = facts.workspace.current
    minimum = facts.workspace.catalogue.method.privacy.minimum_group
    by_aspect: dict[str, list[Respondent]] = {}
    for answer in current.answers:
        by_aspect.setdefault(answer.aspect, []).append(answer)
    for number, stated in enumerate(current.assessment.aspects):
        told = by_aspect.get(stated.aspect, [])
        blank = sum(answer.current_told == "do not know" for answer in told)
        if len(told) >= minimum and blank > sum(answer.current is not None for answer in told):
            place = facts.span(_ASSESSED, current.name, "aspects", number, "aspect")
            yield Finding(
                _("most of those asked about `{aspect}` do not know", aspect=stated.aspect),
                place,
                _("ask others, or ask differently"),
            )


@rule("PMO313", "error")
def group_weighed_twice(facts: Facts) -> Iterator[Finding]:
    """A respondent group is given two weights.

    Wrong:
        content/assessments/2027-01-31.yml:
          groups: [{audience: sponsors, weight: 2}, {audience: sponsors, weight: 3}]

    Right:
        content/assessments/2027-01-31.yml:
          groups: [{audience: sponsors, weight: 2}, {audience: project-managers, weight: 3}]
    """
    lists: list[tuple[tuple[str, ...], tuple[GroupWeight, ...]]] = [
        ((_ASSESSED, dated.name), dated.assessment.groups) for dated in facts.workspace.assessments
    ]
    lists.append((("method",), facts.workspace.catalogue.method.groups))
    for path, groups in lists:
        seen: set[str] = set()
        for number, group in enumerate(groups):
            if group.audience in seen:
                place = facts.span(*path, "groups", number, "audience")
                yield Finding(_("`{audience}` is given two weights", audience=group.audience), place, _("keep one"))
            seen.add(group.audience)


@rule("PMO315", "warning")
def weight_without_answers(facts: Facts) -> Iterator[Finding]:
    """An assessment weighs a group that did not answer.

    Mostly a slip: the weight of another group was meant, or the group's answers are missing.

    Wrong:
        content/assessments/2027-01-31.yml:
          groups: [{audience: sponsors, weight: 2}]

    Right:
        content/assessments/2027-01-31.yml:
          groups: [{audience: sponsors, weight: 2}]
        content/assessments/2027-01-31.csv: |
          respondent,group,visibility
          r1,sponsors,dk
    """
    for dated in facts.workspace.assessments:
        answered = {answer.group for answer in dated.answers}
        for number, group in enumerate(dated.assessment.groups):
            if group.audience not in answered:
                place = facts.span(_ASSESSED, dated.name, "groups", number, "audience")
                yield Finding(
                    _("`{audience}` has a weight but no answers", audience=group.audience),
                    place,
                    _("delete the weight"),
                )


@rule("PMO316", "warning")
def respondent_in_two_groups(facts: Facts) -> Iterator[Finding]:
    """A respondent answers in two groups.

    One person has one place: otherwise groups look larger than they are, and may be shown although they
    are too small.

    Wrong:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2
          r1,project-managers,culture,2
        catalog/own.yml:
          aspects:
            - id: culture
              dimension: direction
              name: Culture
              core: false
              question: How open are people?
              why: It matters.
              levels: [a, b, c, d, e]
              evidence: [Survey]
              ask: [sponsors]
              pmo_can_close: fully
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, target: 3}
            - {aspect: culture, current: 2, current_source: workshop, target: 3}

    Right:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2
          r2,project-managers,visibility,2
    """
    for dated in facts.workspace.assessments:
        first: dict[str, str] = {}
        told: set[str] = set()
        for answer in dated.answers:
            group = first.setdefault(answer.respondent, answer.group)
            if group != answer.group and answer.respondent not in told:
                told.add(answer.respondent)
                message = _(
                    "the respondent answers in the groups `{group}` and `{other}`", group=group, other=answer.group
                )
                yield Finding(
                    message, facts.span("answers", dated.name, answer.row), _("keep one group for each person")
                )


RULES = (
    stated_beside_answers,
    people_disagree,
    most_do_not_know,
    group_weighed_twice,
    weight_without_answers,
    respondent_in_two_groups,
)
