"""PMO3xx: levels, targets and what is left out; answers have rules of their own (rules/answers.py)."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.analysis.trace import in_words
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.rules.rule import Facts, Finding, rule

_ASSESSED = "assessments"


@rule("PMO301", "warning")
def high_target_without_reason(facts: Facts) -> Iterator[Finding]:
    """A target above level 3 without a reason.

    Scores are not the point: each level above "defined" costs people effort, so it needs a reason.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: workshop, target: 4}]

    Right:
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 2, current_source: workshop, target: 4, target_reason: The regulator asks for it.}
    """
    current = facts.workspace.current
    limit = facts.workspace.catalogue.method.targets.reason_above
    for number, stated in enumerate(current.assessment.aspects):
        if stated.target is not None and exact(stated.target) > limit and not stated.target_reason:
            place = facts.span(_ASSESSED, current.name, "aspects", number, "target")
            message = _(
                "the target of `{aspect}` is above level {limit} and has no reason", aspect=stated.aspect, limit=limit
            )
            yield Finding(message, place, _("add `target_reason:`, or aim for less"))


@rule("PMO302", "warning")
def target_below_current(facts: Facts) -> Iterator[Finding]:
    """A target below the current level without a comment.

    It may be right (effort can move elsewhere), but readers will ask.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 4, current_source: workshop, target: 3}]

    Right:
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 4, current_source: workshop, target: 3, comment: Good enough at 3.}
    """
    for number, stated in enumerate(facts.workspace.current.assessment.aspects):
        level = next((level for level in facts.levels if level.aspect == stated.aspect), None)
        if (
            level is None
            or level.current is None
            or level.target >= level.current
            or stated.comment
            or stated.target_reason
        ):
            continue
        place = facts.span(_ASSESSED, facts.workspace.current.name, "aspects", number)
        message = _(
            "the target of `{aspect}` ({target}) is below its current level ({current})",
            aspect=stated.aspect,
            target=in_words(level.target),
            current=in_words(level.current),
        )
        yield Finding(message, place, _("add a `comment:` that says why"))


@rule("PMO303", "error")
def aspect_without_level(facts: Facts) -> Iterator[Finding]:
    """An aspect of the current assessment has no current level, neither stated nor from answers.

    Answers of groups that are too small do not count, so that nobody can be recognised.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, target: 3}]

    Right:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: workshop, target: 3}]
    """
    for number, stated in enumerate(facts.workspace.current.assessment.aspects):
        if any(level.aspect == stated.aspect and level.current is None for level in facts.levels):
            place = facts.span(_ASSESSED, facts.workspace.current.name, "aspects", number, "aspect")
            hint = _("state `current:` with its source, collect more answers, or list it under `left_out`")
            yield Finding(_("`{aspect}` has no current level", aspect=stated.aspect), place, hint)


@rule("PMO305", "warning")
def priority_without_reason(facts: Facts) -> Iterator[Finding]:
    """A priority is stated without a reason.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: workshop, target: 3, priority: H}]

    Right:
        content/assessments/2027-01-31.yml:
          aspects:
            - {aspect: visibility, current: 2, current_source: workshop, target: 3, priority: H, priority_reason: Asked for.}
    """
    current = facts.workspace.current
    for number, stated in enumerate(current.assessment.aspects):
        if stated.priority and not stated.priority_reason:
            place = facts.span(_ASSESSED, current.name, "aspects", number, "priority")
            yield Finding(
                _("the priority of `{aspect}` has no reason", aspect=stated.aspect),
                place,
                _("add `priority_reason:`, or let it be proposed"),
            )


@rule("PMO307", "error")
def aspect_given_twice(facts: Facts) -> Iterator[Finding]:
    """An aspect is given twice in one assessment, or both assessed and left out.

    Wrong:
        content/assessments/2027-01-31.yml:
          left_out: [{aspect: visibility, reason: Not now.}]

    Right:
        content/assessments/2027-01-31.yml:
          left_out: []
    """
    for dated in facts.workspace.assessments:
        seen: set[str] = set()
        for part in ("aspects", "left_out"):
            for number, stated in enumerate(getattr(dated.assessment, part)):
                if stated.aspect in seen:
                    place = facts.span(_ASSESSED, dated.name, part, number, "aspect")
                    yield Finding(
                        _("`{aspect}` is given twice in this assessment", aspect=stated.aspect), place, _("keep one")
                    )
                seen.add(stated.aspect)


@rule("PMO308", "note")
def aspect_not_mentioned(facts: Facts) -> Iterator[Finding]:
    """An aspect of the catalogue is neither assessed nor left out with a reason.

    Wrong:
        catalog/own.yml:
          aspects:
            - id: culture
              dimension: direction
              name: Culture
              core: true
              question: How open are people?
              why: It matters.
              levels: [a, b, c, d, e]
              evidence: [Survey]
              ask: [sponsors]
              pmo_can_close: fully

    Right:
        content/assessments/2027-01-31.yml:
          left_out: []
    """
    current = facts.workspace.current
    mentioned = {stated.aspect for stated in current.assessment.aspects}
    mentioned |= {left_out.aspect for left_out in current.assessment.left_out}
    for aspect in facts.workspace.catalogue.aspects:
        if aspect.id not in mentioned:
            place = facts.span(_ASSESSED, current.name, "aspects", key=True)
            yield Finding(
                _("`{aspect}` is neither assessed nor left out", aspect=aspect.id),
                place,
                _("assess it, or add it to `left_out` with a reason"),
            )


@rule("PMO309", "warning")
def stale_assessment(facts: Facts) -> Iterator[Finding]:
    """The newest assessment is more than a year older than the next wave.

    Levels move, and people change. The dates compared are the assessment's own and the start of the
    first wave that is not finished; the calendar of the computer plays no part.

    Wrong:
        content/roadmap.yml:
          waves: [{id: one, name: One, starts: 2028-06-01, ends: 2028-08-31, goal: Start., fte: 2}]

    Right:
        content/roadmap.yml:
          waves: [{id: one, name: One, starts: 2027-06-01, ends: 2027-08-31, goal: Start., fte: 2}]
    """
    current = facts.workspace.current
    coming = [wave for wave in facts.workspace.roadmap.waves if wave.status != "finished"]
    if coming and (coming[0].starts - current.assessment.date).days > 366:
        place = facts.span(_ASSESSED, current.name, "date")
        message = _("the assessment is more than a year older than the wave `{wave}`", wave=coming[0].id)
        yield Finding(message, place, _("assess again, at least the aspects with the largest gaps"))


@rule("PMO310", "warning")
def target_date_passed(facts: Facts) -> Iterator[Finding]:
    """A target is to be reached before the assessment was made.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: workshop, target: 3, target_by: 2026-12-31}]

    Right:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: workshop, target: 3, target_by: 2027-12-31}]
    """
    current = facts.workspace.current
    for number, stated in enumerate(current.assessment.aspects):
        if stated.target_by is not None and stated.target_by <= current.assessment.date:
            place = facts.span(_ASSESSED, current.name, "aspects", number, "target_by")
            yield Finding(
                _("the target of `{aspect}` is due before it was set", aspect=stated.aspect),
                place,
                _("correct the date"),
            )


@rule("PMO312", "warning")
def stated_without_source(facts: Facts) -> Iterator[Finding]:
    """A current level is stated without saying how it came about.

    Wrong:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, target: 3}]

    Right:
        content/assessments/2027-01-31.yml:
          aspects: [{aspect: visibility, current: 2, current_source: interview, target: 3}]
    """
    for number, stated in enumerate(facts.workspace.current.assessment.aspects):
        if stated.current is not None and stated.current_source is None:
            place = facts.span(_ASSESSED, facts.workspace.current.name, "aspects", number, "current")
            hint = _("add `current_source:` workshop, interview or evidence")
            yield Finding(
                _("it is not said where the level of `{aspect}` comes from", aspect=stated.aspect), place, hint
            )


@rule("PMO314", "error")
def scale_is_not_one_to_five(facts: Facts) -> Iterator[Finding]:
    """The levels of the scale are not 1, 2, 3, 4 and 5, in this order.

    Names and meanings of the levels may change; their number and order never do. Otherwise a level of this
    year would mean something else than the same level of last year, and services would lift to nowhere.

    Wrong:
        standard/method.yml:
          method:
            levels:
              - {level: 5, name: improving, meaning: Better and better.}
              - {level: 4, name: measured, meaning: Measured.}
              - {level: 3, name: defined, meaning: Agreed.}
              - {level: 2, name: in places, meaning: Here and there.}
              - {level: 1, name: absent, meaning: Nothing.}

    Right:
        standard/method.yml:
          method:
            levels:
              - {level: 1, name: none, meaning: Nothing.}
              - {level: 2, name: some, meaning: Here and there.}
              - {level: 3, name: agreed, meaning: Agreed.}
              - {level: 4, name: measured, meaning: Measured.}
              - {level: 5, name: improving, meaning: Better and better.}
    """
    levels = facts.workspace.catalogue.method.levels
    for number, level in enumerate(levels, 1):
        if level.level != number:
            place = facts.span("method", "levels", number - 1, "level")
            yield Finding(
                _("level {number} of the scale is called {level}", number=number, level=level.level),
                place,
                _("list the levels from 1 to 5"),
            )
            return


RULES = (
    high_target_without_reason,
    target_below_current,
    aspect_without_level,
    priority_without_reason,
    aspect_given_twice,
    aspect_not_mentioned,
    stale_assessment,
    target_date_passed,
    stated_without_source,
    scale_is_not_one_to_five,
)
