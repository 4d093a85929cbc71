"""What all look-ups rest on: the playbook, what it was computed from, and where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pmogen.diagnostics import Span
from pmogen.explain import Computed, Explanations
from pmogen.model.assessment import Assessment
from pmogen.model.catalogue import Catalogue
from pmogen.model.decisions import Decisions
from pmogen.model.foundation import Foundation
from pmogen.model.method import Method
from pmogen.model.playbook import Settings
from pmogen.model.roadmap import Roadmap
from pmogen.model.workspace import Workspace
from pmogen.planning.plan import Plan
from pmogen.playbook import Playbook
from pmogen.render.repository import Repository, repository_of


@dataclass(frozen=True)
class Basis:
    """A playbook, the site templates by name, and the commit that links to its sources lead to."""

    playbook: Playbook
    templates: Mapping[str, str | bytes] = field(default_factory=dict, repr=False)
    commit: str | None = None

    @cached_property
    def repository(self) -> Repository | None:
        """Where the sources are on the web, when that is known."""
        return repository_of(self.settings, self.commit)

    @property
    def workspace(self) -> Workspace:
        return self.playbook.workspace

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @property
    def catalogue(self) -> Catalogue:
        return self.workspace.catalogue

    @property
    def method(self) -> Method:
        return self.catalogue.method

    @property
    def foundation(self) -> Foundation:
        return self.workspace.foundation

    @property
    def assessment(self) -> Assessment:
        """The current assessment."""
        return self.workspace.current.assessment

    @property
    def decisions(self) -> Decisions:
        return self.workspace.decisions

    @property
    def roadmap(self) -> Roadmap:
        return self.workspace.roadmap

    @property
    def plan(self) -> Plan:
        return self.playbook.plan

    @cached_property
    def explanations(self) -> Explanations:
        return Explanations(self.playbook)

    def explanation(self, kind: str, identifier: str = "") -> Computed | None:
        """Where the figures of a gap, an aspect, a service, ... come from; None for what has none."""
        return self.explanations.of(kind, identifier) if self.explanations.has(kind, identifier) else None

    def name(self, kind: str, identifier: str) -> str:
        """What people call an entry of the catalogue: `name("aspects", "planning")`."""
        return self.workspace.name_of(kind, identifier)

    def span(self, *path: str | int) -> Span:
        """Where a value stands: `span("services", "pm-training", "name")`."""
        return self.workspace.places.span(*path)

    @cached_property
    def plan_from(self) -> tuple[Span, ...]:
        """Where the roadmap comes from: its waves, the decisions, and the published plan where there is one."""
        published = () if self.workspace.published is None else (self.span("plan"),)
        return (self.span("roadmap", "waves"), self.span("decisions", "services"), *published)

    def files_of(self, kind: str) -> tuple[Span, ...]:
        """Where the entries of a kind of the catalogue begin: one place a file."""
        first: dict[str, Span] = {}
        for entry in getattr(self.catalogue, kind):
            place = self.span(kind, entry.id)
            first.setdefault(place.file, place)
        return tuple(first.values())

    def find(self, kind: str, identifier: str) -> Any:
        """An entry of the catalogue by kind (`roles`, `practices`, ...), or None."""
        return self.workspace.find(kind, identifier)
