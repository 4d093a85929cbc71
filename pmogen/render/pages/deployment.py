"""How a wave is deployed: tasks, people, how audiences are won, and what shows that they took it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pmogen.language import N_, _
from pmogen.model.catalogue import AudienceChange, Service, Step
from pmogen.model.foundation import Resistance
from pmogen.model.roadmap import AudienceChangePlan, Wave
from pmogen.render.book import Book

SOON, LATER = dt.timedelta(days=30), dt.timedelta(days=90)
"""After which time adoption is looked at: first whether something is used, then whether it is a habit."""

PLAN_FIELDS: tuple[tuple[str, str], ...] = (
    ("why_now", N_("Why now")),
    ("gain", N_("What is in it")),
    ("stays", N_("What stays as it is")),
    ("messenger", N_("Who tells it")),
    ("channel", N_("Where it is said")),
    ("sponsor_act", N_("What the sponsor does")),
    ("training", N_("Training")),
    ("help", N_("Help")),
    ("feedback", N_("How to say what does not work")),
    ("agreed", N_("Agreed with line management")),
)
"""Fields of the plan for an audience in the order in which people ask."""


@dataclass(frozen=True)
class Change:
    """What a launch asks of an audience."""

    service: Service
    change: AudienceChange


@dataclass(frozen=True)
class Told:
    """One line of the plan for an audience: what it is about, and what is said."""

    about: str
    text: str


@dataclass(frozen=True)
class AudienceInWave:
    """An audience in a wave: what changes for it, how it is won (None when nobody wrote that yet), what shows it."""

    audience: str
    changes: tuple[Change, ...]
    plan: AudienceChangePlan | None
    told: tuple[Told, ...]

    @property
    def heavy(self) -> bool:
        """True when something more than a little is asked."""
        return any(entry.change.load != "low" for entry in self.changes)


@dataclass(frozen=True)
class Adopted:
    """Signs of adoption of one launch: what shows after 30 days that it is used, after 90 that it is a habit."""

    service: Service
    after_30_days: str
    after_90_days: str
    kept_by_people: bool


@dataclass(frozen=True)
class Task:
    """A step of establishing a service, with its part of the expected effort in person-days."""

    step: Step
    days: Fraction


@dataclass(frozen=True)
class Tasks:
    """The steps of one launch, and the roles that take them."""

    service: Service
    tasks: tuple[Task, ...]
    days: Fraction


def changes_by_audience(book: Book, services: Iterable[Service]) -> dict[str, tuple[Change, ...]]:
    """What launches ask of people, by audience in the order of the catalogue."""
    found: dict[str, list[Change]] = {audience.id: [] for audience in book.catalogue.audiences}
    for service in services:
        for change in service.audiences:
            found.setdefault(change.audience, []).append(Change(service, change))
    return {audience: tuple(entries) for audience, entries in found.items() if entries}


def launched_in(book: Book, wave: Wave) -> tuple[Service, ...]:
    """Services that launch in the wave."""
    return tuple(book.workspace.service(placement.service) for placement in book.wave_services(wave.id))


def audiences_in(book: Book, wave: Wave) -> tuple[AudienceInWave, ...]:
    """Every audience that has something to change, or a plan, in the wave: those with most to change first."""
    changes = changes_by_audience(book, launched_in(book, wave))
    plans = {plan.audience: plan for plan in wave.people}
    known = [audience.id for audience in book.catalogue.audiences if audience.id in changes or audience.id in plans]
    views = [_in_wave(audience, changes.get(audience, ()), plans.get(audience)) for audience in known]
    return tuple(sorted(views, key=lambda view: (not view.heavy, view.plan is None)))


def _in_wave(audience: str, changes: tuple[Change, ...], plan: AudienceChangePlan | None) -> AudienceInWave:
    lines = ((words, getattr(plan, field)) for field, words in PLAN_FIELDS) if plan else ()
    return AudienceInWave(audience, changes, plan, tuple(Told(_(words), text) for words, text in lines if text))


def adoption_of(service: Service) -> Adopted:
    """Signs of adoption; where the catalogue has none, that people do what changes for them and notice it."""
    if service.adoption is not None:
        return Adopted(service, service.adoption.after_30_days, service.adoption.after_90_days, kept_by_people=True)
    asked = max(service.audiences, key=lambda change: ("low", "medium", "high").index(change.load))
    return Adopted(service, asked.what, service.noticed_by, kept_by_people=False)


def tasks_of(book: Book, service: Service) -> Tasks:
    """The steps with their part of the expected effort."""
    days = book.expected_days(service.id)
    return Tasks(service, tuple(Task(step, days * step.share / 100) for step in service.steps), days)


def objections(book: Book, plan: AudienceChangePlan | None) -> tuple[Resistance, ...]:
    """What the audience of the plan will object, with the honest answer."""
    if plan is None or plan.objection is None or plan.answer is None:
        return ()
    return (Resistance(who=book.name("audiences", plan.audience), objection=plan.objection, answer=plan.answer),)
