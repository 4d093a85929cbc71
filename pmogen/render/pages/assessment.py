"""Assessment: an overview, and one page for each aspect of the catalogue."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.levels import OTHER, AspectLevel
from pmogen.diagnostics import Span
from pmogen.model.assessment import AspectAssessment
from pmogen.model.catalogue import Aspect, Dimension, Service
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
class PastLevel:
    """The level of an aspect in one assessment; None where it was not known or not assessed."""

    when: dt.date
    current: Fraction | None


@dataclass(frozen=True)
class AspectView:
    """An aspect with what the current assessment says about it; `level` is None where it is not assessed."""

    aspect: Aspect
    level: AspectLevel | None
    stated: AspectAssessment | None
    trend: tuple[PastLevel, ...]
    left_out: str | None

    @property
    def change(self) -> Fraction | None:
        """Levels gained since the last assessment that knew the aspect; None where nothing can be compared."""
        *before, now = (past.current for past in self.trend)
        known = [current for current in before if current is not None]
        return now - known[-1] if known and now is not None else None


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


def trend_of(book: Book, aspect: str) -> tuple[PastLevel, ...]:
    """Level of the aspect in every assessment, the oldest first."""
    earlier = dict(book.playbook.earlier)
    found = []
    for dated in book.workspace.assessments:
        levels = earlier.get(dated.name, book.playbook.levels)
        current = next((level.current for level in levels if level.aspect == aspect), None)
        found.append(PastLevel(dated.assessment.date, current))
    return tuple(found)


def aspect_view(book: Book, aspect: Aspect) -> AspectView:
    """What the current assessment says about an aspect."""
    left_out = next((out.reason for out in book.assessment.left_out if out.aspect == aspect.id), None)
    return AspectView(aspect, book.level(aspect.id), book.stated(aspect.id), trend_of(book, aspect.id), left_out)


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


def group_name(book: Book, group: str) -> str:
    """What people call a respondent group; groups folded together are called so."""
    return "Small groups, taken together" if group == OTHER else book.name("audiences", group)


def services_lifting(book: Book, aspect: str) -> tuple[Service, ...]:
    """Services of the catalogue that lift the aspect: planned ones by wave, then the others, as in the catalogue."""
    lifting = [service for service in book.catalogue.services if aspect in {lift.aspect for lift in service.lifts}]
    last = len(book.waves) + 1

    def order(service: Service) -> int:
        placement = book.placement(service.id)
        return book.wave_number(placement.wave) if placement else last

    return tuple(sorted(lifting, key=order))


def aspect_sources(book: Book, aspect: str) -> tuple[Span, ...]:
    """Where the aspect is assessed, and where the catalogue describes it."""
    level = book.level(aspect)
    return (*(level.trace.sources if level else ()), book.span("aspects", aspect))


def pages(book: Book) -> Iterator[Page]:
    """The overview and one page an aspect."""
    views = dimension_views(book)
    assessed = [view for group in views for view in group.aspects]
    yield Page(
        path="assessment/index.md",
        title="Assessment",
        template="pages/assessment/index.md.j2",
        values={
            "dimensions": views,
            "assessed": assessed,
            "talk_first": [view for view in assessed if view.level and view.level.talk_first],
            "dates": [dated.assessment.date for dated in book.workspace.assessments],
            "group_name": lambda group: group_name(book, group),
        },
        sources=(book.span("assessments", book.workspace.current.name),),
        description="Where the project world is today and where it should be, aspect by aspect.",
    )
    for aspect in book.catalogue.aspects:
        view = aspect_view(book, aspect)
        yield Page(
            path=f"assessment/{aspect.id}.md",
            title=aspect.name,
            template="pages/assessment/aspect.md.j2",
            values={
                "view": view,
                "cards": level_cards(book, view),
                "group_name": lambda group: group_name(book, group),
                "services_for": lambda aspect: services_lifting(book, aspect),
            },
            sources=aspect_sources(book, aspect.id),
            description=aspect.question,
        )


def nav(book: Book) -> Iterator[Nav]:
    """Assessment with its aspects by dimension, the assessed ones before the others."""
    groups = []
    for dimension in book.catalogue.dimensions:
        own = [aspect for aspect in book.catalogue.aspects if aspect.dimension == dimension.id]
        own.sort(key=lambda aspect: book.level(aspect.id) is None)
        if own:
            children = tuple(Nav(aspect.name, f"assessment/{aspect.id}.md") for aspect in own)
            groups.append(Nav(dimension.name, children=children))
    yield Nav("Assessment", "assessment/index.md", tuple(groups))
