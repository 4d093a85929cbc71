"""What an office reports: its playbook, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmogen.errors import PmogenError
from pmogen.exchange.read import document_from
from pmogen.exchange.records import Document, GapRecord, PlacementRecord, ServiceRecord, WaveRecord
from pmogen.group.settings import Office
from pmogen.language import _
from pmogen.model.base import ID_PATTERN

_ID = re.compile(ID_PATTERN)


@dataclass(frozen=True)
class Report:
    """The playbook of an office."""

    office: Office
    document: Document
    earlier: str = ""
    """Why this is what was fetched at an earlier time; empty when it is what the office says now."""

    @cached_property
    def gaps(self) -> dict[str, GapRecord]:
        """What lies between today and the target, by aspect; nothing for one whose level nobody could say."""
        return {gap.aspect: gap for gap in self.document.gaps}

    @cached_property
    def services(self) -> dict[str, ServiceRecord]:
        """Its catalogue of services by id."""
        return {service.id: service for service in self.document.services}

    @cached_property
    def placements(self) -> dict[str, PlacementRecord]:
        """The wave of each service that has one."""
        return {placement.service: placement for placement in self.document.plan.placements}

    @cached_property
    def waves(self) -> dict[str, WaveRecord]:
        """Its waves by id."""
        return {wave.id: wave for wave in self.document.plan.waves}

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """What the office calls aspects, services, waves and units."""
        document = self.document
        listed: tuple[tuple[str, Iterable[Any]], ...] = (
            ("aspect", document.assessment.aspects),
            ("service", document.services),
            ("wave", document.plan.waves),
            ("entity", document.entities),
        )
        return {(kind, entry.id): entry.name for kind, entries in listed for entry in entries}

    @cached_property
    def openings(self) -> dict[str, frozenset[str]]:
        """Services that would close part of a medium or large gap, by aspect: neither declined nor live."""
        sizes = {aspect for aspect, gap in self.gaps.items() if gap.size in ("M", "H")}
        found: dict[str, set[str]] = {aspect: set() for aspect in sizes}
        for candidate in self.document.candidates:
            placement = self.placements.get(candidate.service)
            if candidate.decision == "decline" or (placement is not None and placement.frozen):
                continue
            for closes in candidate.closes:
                if closes.aspect in found and candidate.service in self.services:
                    found[closes.aspect].add(candidate.service)
        return {aspect: frozenset(services) for aspect, services in found.items()}


def report_from(office: Office, raw: bytes, name: str, earlier: str = "") -> Report:
    """What an office reports, from the bytes of its playbook.json.

    Raises `PmogenError` when it is none, or names something by what is no id: ids become addresses of pages.
    """
    document = document_from(raw, name)
    used = (
        *(aspect.id for aspect in document.assessment.aspects),
        *(gap.aspect for gap in document.gaps),
        *(service.id for service in document.services),
    )
    for identifier in used:
        if not _ID.match(identifier) or len(identifier) > 60:
            raise PmogenError(
                _("{file} is no playbook.json: {why}", file=name, why=repr(identifier[:80])),
                _("ids are small letters, digits and hyphens"),
            )
    return Report(office, document, earlier)
