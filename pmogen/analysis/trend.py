"""What rose and what fell between dated assessments, and how that compares with what was wanted then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pmogen.analysis.levels import AspectLevel
from pmogen.analysis.trace import Trace, in_words
from pmogen.language import _
from pmogen.model.workspace import DatedAssessment, Workspace

State = Literal["known", "not known", "left out", "not assessed"]
Direction = Literal["rose", "fell", "same", "new", "left out", "not assessed", "not known"]


@dataclass(frozen=True)
class PastLevel:
    """An aspect in one assessment.

    `current` is there when the state is `known`, `target` when somebody set one; `reason` is why it was left out.
    """

    assessment: str
    when: dt.date
    state: State
    current: Fraction | None = None
    target: Fraction | None = None
    target_by: dt.date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Trend:
    """How an aspect has changed up to the current assessment, the last of `levels`.

    `before` is the last earlier assessment that knew its level: assessments in between that left it out
    are stepped over. `direction` is `new` where none did, and says why nothing can be compared where the current
    assessment does not know the level. `to_go` is the target of `before` minus the level of today:
    what was wanted then and is still missing; negative where it was exceeded.
    """

    aspect: str
    levels: tuple[PastLevel, ...]
    before: PastLevel | None
    direction: Direction
    change: Fraction | None
    to_go: Fraction | None
    trace: Trace

    @property
    def now(self) -> PastLevel:
        """The aspect in the current assessment."""
        return self.levels[-1]

    @property
    def in_between(self) -> tuple[PastLevel, ...]:
        """Assessments after `before` and before the current one: none of them knew the level."""
        if self.before is None:
            return ()
        return self.levels[self.levels.index(self.before) + 1 : -1]


def past_level(dated: DatedAssessment, levels: Iterable[AspectLevel], aspect: str) -> PastLevel:
    """What one assessment says about an aspect."""
    assessment = dated.assessment
    left_out = next((out for out in assessment.left_out if out.aspect == aspect), None)
    if left_out is not None:
        return PastLevel(dated.name, assessment.date, "left out", reason=left_out.reason)
    level = next((level for level in levels if level.aspect == aspect), None)
    if level is None:
        return PastLevel(dated.name, assessment.date, "not assessed")
    by = next((stated.target_by for stated in assessment.aspects if stated.aspect == aspect), None)
    state: State = "known" if level.current is not None else "not known"
    wanted = level.target if level.target_from != "default" else None
    return PastLevel(dated.name, assessment.date, state, level.current, wanted, by)


def trend_of(aspect: str, levels: tuple[PastLevel, ...]) -> Trend:
    """How one aspect has changed; `levels` are those of all assessments, the oldest first. Without sources in its trace."""
    *earlier, now = levels
    before = next((past for past in reversed(earlier) if past.state == "known"), None)
    change = to_go = None
    if before and before.current is not None and now.current is not None:
        change = now.current - before.current
        to_go = before.target - now.current if before.target is not None else None
    direction = _direction(now, change)
    steps = tuple(_steps(before, now, change, to_go))
    return Trend(aspect, levels, before, direction, change, to_go, Trace("trend", steps))


def _direction(now: PastLevel, change: Fraction | None) -> Direction:
    if now.state != "known":
        return now.state
    if change is None:
        return "new"
    return "rose" if change > 0 else "fell" if change < 0 else "same"


def _steps(before: PastLevel | None, now: PastLevel, change: Fraction | None, to_go: Fraction | None) -> Iterator[str]:
    """The arithmetic of a comparison, or nothing where there is none."""
    if before is None or before.current is None or now.current is None or change is None:
        return
    yield _(
        "Level {now} ({day}) minus level {before} ({earlier}) is {change}.",
        now=in_words(now.current),
        day=now.assessment,
        before=in_words(before.current),
        earlier=before.assessment,
        change=in_words(change),
    )
    if before.target is not None and to_go is not None:
        yield _(
            "The target of {day} was {target}; minus {level} is {missing}.",
            day=before.assessment,
            target=in_words(before.target),
            level=in_words(now.current),
            missing=in_words(to_go),
        )


def trends_of(
    workspace: Workspace, now: tuple[AspectLevel, ...], earlier: Iterable[tuple[str, tuple[AspectLevel, ...]]]
) -> tuple[Trend, ...]:
    """The trend of every aspect of the catalogue, in its order; nothing while there is only one assessment."""
    if len(workspace.assessments) < 2:
        return ()
    levels = {**dict(earlier), workspace.current.name: now}
    found = []
    for aspect in workspace.catalogue.aspects:
        pasts = tuple(past_level(dated, levels[dated.name], aspect.id) for dated in workspace.assessments)
        trend = trend_of(aspect.id, pasts)
        compared = [past.assessment for past in (trend.before, trend.now) if past is not None and past.state == "known"]
        found.append(_with_sources(workspace, trend, compared))
    return tuple(found)


def _with_sources(workspace: Workspace, trend: Trend, compared: list[str]) -> Trend:
    """The trend with the lines of the assessments it compares."""
    places = []
    for dated in workspace.assessments:
        number = next((n for n, stated in enumerate(dated.assessment.aspects) if stated.aspect == trend.aspect), None)
        if dated.name in compared and number is not None:
            places.append(workspace.places.span("assessments", dated.name, "aspects", number))
    return replace(trend, trace=replace(trend.trace, sources=tuple(places)))
