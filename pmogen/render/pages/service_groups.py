"""The services of the catalogue by the dimension they serve in the first place."""

from __future__ import annotations

from dataclasses import dataclass

from pmogen.model.catalogue import Dimension, Service
from pmogen.render.book import Book


@dataclass(frozen=True)
class ServiceGroup:
    """The services that serve a dimension in the first place, basic ones before advanced ones."""

    dimension: Dimension
    basic: tuple[Service, ...]
    advanced: tuple[Service, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        return self.basic + self.advanced


def dimension_of(book: Book, service: Service) -> str:
    """The dimension a service belongs to: that of the first aspect it lifts, the primary ones first."""
    first = min(service.lifts, key=lambda lift: lift.strength != "primary")
    aspect = book.aspect(first.aspect)
    return aspect.dimension if aspect else ""


def service_groups(book: Book) -> tuple[ServiceGroup, ...]:
    """All services of the catalogue by dimension."""
    found = []
    for dimension in book.catalogue.dimensions:
        own = tuple(service for service in book.catalogue.services if dimension_of(book, service) == dimension.id)
        basic = tuple(service for service in own if service.tier == "basic")
        found.append(ServiceGroup(dimension, basic, tuple(service for service in own if service.tier == "advanced")))
    return tuple(group for group in found if group.services)
