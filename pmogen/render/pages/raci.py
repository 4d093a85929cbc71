"""Who answers for what: the roles of each service, exactly one of them accountable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pmogen.language import _
from pmogen.model.catalogue import Role, Service
from pmogen.render.book import Book
from pmogen.render.page import Page


@dataclass(frozen=True)
class Load:
    """How many services of the roadmap a role is accountable for, works in, is asked or told about."""

    role: Role
    accountable: int
    responsible: int
    consulted: int
    informed: int


def in_roadmap(book: Book) -> tuple[Service, ...]:
    """Services that are live or planned, in the order of waves."""
    return tuple(
        book.workspace.service(placement.service) for wave in book.waves for placement in book.wave_services(wave.id)
    )


def loads(book: Book, services: tuple[Service, ...]) -> tuple[Load, ...]:
    """The roles with a part in these services, those with the heaviest first."""
    found = [
        Load(
            role,
            sum(service.roles.accountable == role.id for service in services),
            sum(role.id in service.roles.responsible for service in services),
            sum(role.id in service.roles.consulted for service in services),
            sum(role.id in service.roles.informed for service in services),
        )
        for role in book.catalogue.roles
    ]
    having = [load for load in found if load.accountable or load.responsible or load.consulted or load.informed]
    return tuple(sorted(having, key=lambda load: (-load.accountable, -load.responsible, -load.consulted)))


def raci_page(book: Book) -> Page:
    """The page: services of the roadmap first, the rest of the catalogue below."""
    return Page(
        "knowledge/raci.md",
        _("Who answers for what"),
        "pages/knowledge/raci.md.j2",
        lambda: _values(book),
        (*book.files_of("services"), *book.files_of("roles")),
        _("For each product and service: who is accountable, who does the work, who is asked and who is told."),
        ("toc",),
    )


def _values(book: Book) -> dict[str, Any]:
    planned = in_roadmap(book)
    known = {service.id for service in planned}
    return {
        "planned": planned,
        "others": tuple(service for service in book.catalogue.services if service.id not in known),
        "loads": loads(book, planned),
    }
