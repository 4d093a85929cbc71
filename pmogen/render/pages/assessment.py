"""Assessment: an overview, and one page for each aspect of the catalogue."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pmogen.analysis.answers import Answers, GroupLevel
from pmogen.analysis.levels import AspectLevel, most_disputed, weights_of
from pmogen.analysis.trend import Trend
from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.model.assessment import AspectAssessment
from pmogen.model.catalogue import Aspect, Dimension, Service
from pmogen.model.roadmap import Wave
from pmogen.planning.plan import Placement
from pmogen.render.book import Book
from pmogen.render.page import Nav, Page


@dataclass(frozen=True)
class LevelCard:
    """One level of an aspect: `today` and `target` mark the level that is reached or wanted."""

    number: int
    name: str
    text: str
    today: bool
    target: bool


@dataclass(frozen=True)
class AspectView:
    """An aspect with what the current assessment says about it; `level` is None where it is not assessed."""

    aspect: Aspect
    level: AspectLevel | None
    stated: AspectAssessment | None
    trend: Trend | None
    left_out: str | None


@dataclass(frozen=True)
class Disputed:
    """An aspect to talk about before planning, with the two groups that lie furthest apart (None with one group)."""

    aspect: str
    answers: Answers
    lowest: GroupLevel | None
    highest: GroupLevel | None


@dataclass(frozen=True)
class Changes:
    """What is different from earlier assessments: levels that can be compared, and aspects that came or went."""

    compared: tuple[Trend, ...]
    new: tuple[Trend, ...]
    gone: tuple[Trend, ...]

    def count(self, direction: str) -> int:
        """How many levels rose, fell or stayed the same."""
        return sum(trend.direction == direction for trend in self.compared)


@dataclass(frozen=True)
class DimensionView:
    """A dimension with its assessed aspects, in the order of the catalogue."""

    dimension: Dimension
    aspects: tuple[AspectView, ...]


def level_cards(book: Book, view: AspectView) -> tuple[LevelCard, ...]:
    """The five levels. A level between two is marked on the lower one, as that one is fully reached."""
    level = view.level
    today = math.floor(level.current) if level and level.current is not None else None
    target = math.floor(level.target) if level else None
    return tuple(
        LevelCard(name.level, name.name, text, name.level == today, name.level == target)
        for name, text in zip(book.method.levels, view.aspect.levels, strict=True)
    )


def aspect_view(book: Book, aspect: Aspect) -> AspectView:
    """What the current assessment says about an aspect."""
    left_out = next((out.reason for out in book.assessment.left_out if out.aspect == aspect.id), None)
    return AspectView(aspect, book.level(aspect.id), book.stated(aspect.id), book.trend(aspect.id), left_out)


def talk_first(book: Book) -> tuple[Disputed, ...]:
    """Aspects to talk about before planning, the most disputed first."""
    found = []
    for level in most_disputed(book.playbook.levels):
        if level.answers is not None:
            groups = sorted(level.answers.groups, key=lambda group: (group.median, group.group))
            apart = level.answers.spread > 0
            lowest, highest = (groups[0], groups[-1]) if apart else (None, None)
            found.append(Disputed(level.aspect, level.answers, lowest, highest))
    return tuple(found)


def changes(book: Book) -> Changes:
    """What rose the most comes first, then what fell the most, then what stayed as it was."""
    trends = book.playbook.trends
    places = {"rose": 0, "fell": 1, "same": 2}
    compared = [trend for trend in trends if trend.change is not None]
    compared.sort(key=lambda trend: (places[trend.direction], -abs(trend.change or 0)))
    return Changes(
        tuple(compared),
        tuple(trend for trend in trends if trend.direction == "new"),
        tuple(trend for trend in trends if trend.before is not None and trend.now.state != "known"),
    )


@dataclass(frozen=True)
class Between:
    """What happened between the last two assessments: services that went live, and how many decisions were made."""

    since: dt.date
    launched: tuple[tuple[Wave, tuple[Placement, ...]], ...]
    decisions: int


def between(book: Book) -> Between | None:
    """What happened since the assessment before the current one; None while there is only one."""
    if len(book.workspace.assessments) < 2:
        return None
    since, until = (dated.assessment.date for dated in book.workspace.assessments[-2:])
    waves = (wave for wave in book.waves if wave.status == "finished" and since < wave.ends <= until)
    made = [
        *(entry.when for entry in book.decisions.services),
        *(entry.when for entry in book.decisions.accepted_gaps),
        *(entry.agreed_on for entry in book.decisions.hand_offs if entry.agreed_on),
    ]
    launched = tuple((wave, book.wave_services(wave.id)) for wave in waves)
    return Between(since, launched, sum(since < day <= until for day in made))


def dimension_views(book: Book) -> tuple[DimensionView, ...]:
    """Every dimension with the aspects that are assessed now."""
    views = [aspect_view(book, aspect) for aspect in book.catalogue.aspects]
    return tuple(
        DimensionView(
            dimension,
            tuple(view for view in views if view.aspect.dimension == dimension.id and view.level is not None),
        )
        for dimension in book.catalogue.dimensions
    )


def services_lifting(book: Book, aspect: str) -> tuple[Service, ...]:
    """Services of the catalogue that lift the aspect: planned ones by wave, then the others, as in the catalogue."""
    last = len(book.waves) + 1

    def order(service: Service) -> int:
        placement = book.placement(service.id)
        return book.wave_number(placement.wave) if placement else last

    return tuple(sorted(book.lifting(aspect), key=order))


def aspect_sources(book: Book, aspect: str) -> tuple[Span, ...]:
    """Where the aspect is assessed, and where the catalogue describes it."""
    level = book.level(aspect)
    return (*(level.trace.sources if level else ()), book.span("aspects", aspect))


def pages(book: Book) -> Iterator[Page]:
    """The overview and one page an aspect."""
    yield Page(
        path="assessment/index.md",
        title=_("Assessment"),
        template="pages/assessment/index.md.j2",
        values=lambda: _overview(book),
        sources=(book.span("assessments", book.workspace.current.name),),
        description=_("Where the project world is today and where it should be, aspect by aspect."),
    )
    yield Page(
        path="assessment/disagreement.md",
        title=_("Talk before you plan"),
        template="pages/assessment/disagreement.md.j2",
        values=lambda: {"talk_first": talk_first(book), "strip": lambda aspect: f"agreement-{aspect}.svg"},
        sources=(book.span("assessments", book.workspace.current.name, "aspects"),),
        description=_(
            "Where people see the same thing so differently that they should talk before anything is planned."
        ),
    )
    yield Page(
        path="assessment/changes.md",
        title=_("What has changed"),
        template="pages/assessment/changes.md.j2",
        values=lambda: {
            "changes": changes(book),
            "dates": [dated.assessment.date for dated in book.workspace.assessments],
            "between": between(book),
        },
        sources=tuple(book.span("assessments", dated.name) for dated in reversed(book.workspace.assessments)),
        description=_("What has changed between assessments, and what was done in between."),
    )
    for aspect in book.catalogue.aspects:
        yield Page(
            path=f"assessment/{aspect.id}.md",
            title=aspect.name,
            template="pages/assessment/aspect.md.j2",
            values=partial(_of_aspect, book, aspect),
            sources=aspect_sources(book, aspect.id),
            description=aspect.question,
            charts=(f"agreement-{aspect.id}.svg",),
        )


def _overview(book: Book) -> dict[str, Any]:
    views = dimension_views(book)
    return {
        "dimensions": views,
        "assessed": [view for group in views for view in group.aspects],
        "talk_first": talk_first(book),
        "changes": changes(book),
        "dates": [dated.assessment.date for dated in book.workspace.assessments],
        "weights": weights_of(book.workspace.current, book.method),
    }


def _of_aspect(book: Book, aspect: Aspect) -> dict[str, Any]:
    view = aspect_view(book, aspect)
    return {
        "view": view,
        "cards": level_cards(book, view),
        "services_for": lambda aspect: services_lifting(book, aspect),
    }


def nav(book: Book) -> Iterator[Nav]:
    """Assessment with its aspects by dimension, the assessed ones before the others."""
    groups = []
    for dimension in book.catalogue.dimensions:
        own = [aspect for aspect in book.catalogue.aspects if aspect.dimension == dimension.id]
        own.sort(key=lambda aspect: book.level(aspect.id) is None)
        if own:
            children = tuple(Nav(aspect.name, f"assessment/{aspect.id}.md") for aspect in own)
            groups.append(Nav(dimension.name, children=children))
    children = (
        Nav(_("Talk before you plan"), "assessment/disagreement.md"),
        Nav(_("What has changed"), "assessment/changes.md"),
        *groups,
    )
    yield Nav(_("Assessment"), "assessment/index.md", children)
