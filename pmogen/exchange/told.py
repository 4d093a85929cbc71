"""A playbook as exports for people tell it: the numbers of playbook.json, with names, words and places in the sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from pmogen.analysis.trace import in_words
from pmogen.exchange import records as out
from pmogen.exchange.document import document_of
from pmogen.language import ngettext, spoken
from pmogen.model.decisions import Entity
from pmogen.model.playbook import Settings
from pmogen.model.workspace import Workspace
from pmogen.playbook import Playbook

T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """A playbook and its document. Names of what does not exist are their ids."""

    playbook: Playbook

    @cached_property
    def document(self) -> out.Document:
        """What playbook.json says."""
        return document_of(self.playbook)

    @cached_property
    def plainly(self) -> Mapping[str, Any]:
        """The same as values of JSON."""
        return self.document.model_dump(mode="json")

    @property
    def workspace(self) -> Workspace:
        return self.playbook.workspace

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @property
    def as_of(self) -> dt.date:
        return self.settings.as_of

    def name(self, kind: str, identifier: str) -> str:
        """What people call an entry of the catalogue."""
        return self.workspace.name_of(kind, identifier)

    def names(self, kind: str, identifiers: Iterable[str]) -> str:
        """The same of several, one after the other."""
        return ", ".join(self.name(kind, identifier) for identifier in identifiers)

    def source(self, *path: str | int) -> str:
        """Where a value stands, as in `content/roadmap.yml:5`."""
        span = self.workspace.places.span(*path)
        return f"{span.file}:{span.line}"

    def customer(self, identifier: str) -> str:
        return next((entry.name for entry in self.document.customers if entry.id == identifier), identifier)

    @cached_property
    def waves(self) -> Mapping[str, out.WaveRecord]:
        return {wave.id: wave for wave in self.document.plan.waves}

    def wave(self, identifier: str) -> str:
        """What people call the wave."""
        found = self.waves.get(identifier)
        return found.name if found else identifier

    @cached_property
    def gaps(self) -> Mapping[str, out.GapRecord]:
        return {gap.aspect: gap for gap in self.document.gaps}

    @cached_property
    def ranked_gaps(self) -> tuple[out.GapRecord, ...]:
        """The gaps that are some, by rank."""
        return tuple(gap for gap in self.document.gaps if gap.kind == "gap")

    @cached_property
    def closings(self) -> Mapping[str, out.ClosingRecord]:
        return {closing.aspect: closing for closing in self.document.closings}

    @cached_property
    def services(self) -> Mapping[str, out.ServiceRecord]:
        return {service.id: service for service in self.document.services}

    @cached_property
    def projected(self) -> Mapping[str, out.ProjectedRecord]:
        return {entry.aspect: entry for entry in self.document.plan.projected}

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.document.entities}

    def entity(self, identifier: str) -> str:
        """What people call a unit outside the PMO."""
        found = self.entities.get(identifier)
        return found.name if found else identifier

    def launched_in(self, wave: str) -> tuple[str, ...]:
        """Ids of the services with this launch wave."""
        return tuple(place.service for place in self.document.plan.placements if place.wave == wave)


def number(value: Fraction | float, digits: int = 2) -> str:
    """A number for people, in the language that is spoken."""
    return in_words(value if isinstance(value, Fraction) else Fraction(str(value)), digits)


def days(value: Fraction) -> str:
    """Person-days, as in `12 person-days`."""
    shown = number(value, 1)
    return ngettext("{days} person-day", "{days} person-days", 1 if shown == "1" else 2, days=shown)


def day(date: dt.date | None) -> str:
    """A day as people write it; nothing where there is none."""
    return spoken().day(date) if date else ""
