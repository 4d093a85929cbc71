"""Foundation: the charter, the customers and what they expect, stakeholders, objectives, team, culture change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.catalogue import Question, Service
from pmogen.model.foundation import Answer, Customer, ExpectedBenefit, Objective, State, TeamMember
from pmogen.render.book import Book
from pmogen.render.page import Nav, Page

STATES: tuple[State, ...] = ("known", "assumed", "open")


@dataclass(frozen=True)
class Answered:
    """A question and what is known about it; a question without an answer is open."""

    question: Question
    answer: Answer | None

    @property
    def state(self) -> State:
        return self.answer.state if self.answer else "open"


@dataclass(frozen=True)
class Topic:
    """Questions that stand under one heading."""

    name: str
    questions: tuple[Answered, ...]


@dataclass(frozen=True)
class InWave:
    """Planned services that launch in the same wave."""

    wave: str
    services: tuple[Service, ...]


@dataclass(frozen=True)
class BenefitView:
    """An expected benefit and the planned services that serve it, by wave."""

    benefit: ExpectedBenefit
    waves: tuple[InWave, ...]


@dataclass(frozen=True)
class CustomerView:
    """A customer with what stands against each expectation."""

    customer: Customer
    benefits: tuple[BenefitView, ...]


def answered(book: Book) -> tuple[Answered, ...]:
    """Every question of the catalogue with its answer."""
    return tuple(Answered(question, book.answers.get(question.id)) for question in book.catalogue.questions)


def topics(book: Book) -> tuple[Topic, ...]:
    """The questions by topic, in the order of the catalogue."""
    grouped: dict[str, tuple[Answered, ...]] = {}
    for entry in answered(book):
        grouped[entry.question.topic] = (*grouped.get(entry.question.topic, ()), entry)
    return tuple(Topic(name, entries) for name, entries in grouped.items())


def customer_views(book: Book) -> tuple[CustomerView, ...]:
    """Customers, each expectation with the planned services that serve it."""
    return tuple(
        CustomerView(customer, tuple(BenefitView(benefit, _by_wave(book, benefit)) for benefit in customer.expects))
        for customer in book.foundation.customers
    )


def _serving(book: Book, benefit: ExpectedBenefit) -> tuple[Service, ...]:
    """Planned services that close part of a gap the benefit names, in the order of waves."""
    helping = {lifted.service.id for aspect in benefit.aspects for lifted in book.services_for(aspect)}
    return tuple(
        book.workspace.service(placement.service) for placement in book.plan.placements if placement.service in helping
    )


def _by_wave(book: Book, benefit: ExpectedBenefit) -> tuple[InWave, ...]:
    serving = {service.id: service for service in _serving(book, benefit)}
    groups = [
        InWave(
            wave.id, tuple(serving[place.service] for place in book.wave_services(wave.id) if place.service in serving)
        )
        for wave in book.waves
    ]
    return tuple(group for group in groups if group.services)


def team_fte(members: tuple[TeamMember, ...]) -> Fraction:
    """Full-time equivalents of these positions."""
    return sum((exact(member.fte) for member in members), Fraction(0))


def serving_objective(book: Book, objective: Objective) -> tuple[Service, ...]:
    """Planned services that serve the benefits of an objective."""
    expected = [book.expected(benefit) for benefit in objective.benefits]
    found = {
        service.id: service for entry in expected if entry is not None for service in _serving(book, entry.benefit)
    }
    return tuple(found.values())


def pages(book: Book) -> Iterator[Page]:
    """The charter, and a page for each part of the foundation."""
    for name, title in titles().items():
        yield Page(
            path=f"foundation/{name}.md",
            title=title,
            template=f"pages/foundation/{name}.md.j2",
            values=partial(_values, book, name),
            sources=(book.span("foundation", _KEYS[name]),),
            description=_("{page}: {playbook}.", page=title, playbook=book.settings.title),
        )


def _values(book: Book, name: str) -> dict[str, Any]:
    """What the template of a page gets beside the book."""
    foundation = book.foundation
    match name:
        case "index":
            counts = {state: sum(entry.state == state for entry in answered(book)) for state in STATES}
            return {"topics": topics(book), "counts": counts}
        case "customers":
            return {"customers": customer_views(book)}
        case "objectives":
            return {"serving": {entry.id: serving_objective(book, entry) for entry in foundation.objectives}}
        case "team":
            return {"fte": team_fte(foundation.team)}
        case "open-questions":
            return {
                "unsettled": tuple(entry for entry in answered(book) if entry.state != "known"),
                "assumed_customers": tuple(entry for entry in foundation.customers if entry.state != "known"),
            }
    return {}


_KEYS = {
    "index": "answers",
    "customers": "customers",
    "stakeholders": "stakeholders",
    "objectives": "objectives",
    "team": "team",
    "culture-change": "culture_change",
    "open-questions": "answers",
}
"""Where in content/foundation.yml each page comes from."""


def titles() -> dict[str, str]:
    """What each page is called, by its name."""
    return {
        "index": _("Foundation"),
        "customers": _("Customers and what they expect"),
        "stakeholders": _("Stakeholders"),
        "objectives": _("Objectives"),
        "team": _("The PMO team"),
        "culture-change": _("Culture change"),
        "open-questions": _("Open questions"),
    }


def nav(_book: Book) -> Iterator[Nav]:
    """One group."""
    children = tuple(Nav(title, f"foundation/{name}.md") for name, title in titles().items() if name != "index")
    yield Nav(_("Foundation"), "foundation/index.md", children)
