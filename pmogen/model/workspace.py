"""A workspace: all that an organisation says and all that the catalogue knows, with its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from pmogen.diagnostics import Span
from pmogen.model.allowances import Allowance
from pmogen.model.assessment import Assessment, Respondent
from pmogen.model.catalogue import Catalogue, Service
from pmogen.model.decisions import Decisions
from pmogen.model.foundation import Foundation
from pmogen.model.history import History
from pmogen.model.plan import PublishedPlan
from pmogen.model.playbook import Settings
from pmogen.model.roadmap import Roadmap
from pmogen.model.scenarios import PlannedScenarios, Scenarios
from pmogen.model.spoken import Untranslated


class Places(Protocol):
    """Where a value stands: `span("services", "pm-training", "requires", 0)`.

    The first part is a kind of the catalogue or a file of content/ (`foundation`, `decisions`, `roadmap`,
    `playbook`, `assessments`); kinds are followed by an id, assessments by their date, then by keys
    and list positions. `span("answers", date, line)` is a row of an answers file. What does not exist gives the nearest place that does.
    """

    def span(self, *path: str | int, key: bool = False) -> Span:
        """The place of the value, or with `key` of its key."""
        ...


@dataclass(frozen=True)
class DatedAssessment:
    """An assessment with its raw answers, which are never published."""

    name: str
    assessment: Assessment
    answers: tuple[Respondent, ...]


@dataclass(frozen=True)
class HandPage:
    """A hand-written page of content/pages/, as it stands: path below pages/, and its Markdown.

    `in_file` is the file it was read from, where its name says a language besides: about.de.md for about.md.
    """

    path: str
    text: str
    in_file: str = ""

    @property
    def file(self) -> str:
        """Name of the file in the workspace."""
        return f"content/pages/{self.in_file or self.path}"


@dataclass(frozen=True)
class Workspace:
    """The workspace, frozen. Assessments are sorted by date, the newest (`current`) last."""

    settings: Settings
    catalogue: Catalogue
    foundation: Foundation
    assessments: tuple[DatedAssessment, ...]
    decisions: Decisions
    roadmap: Roadmap
    pages: tuple[HandPage, ...]
    documents: Mapping[str, str]
    """Markdown text of the catalogue's document templates, by id."""
    places: Places = field(compare=False, repr=False)
    allowances: tuple[Allowance, ...] = ()
    """Findings that are meant, by comments in the files."""
    ignored: Mapping[tuple[str, str], Span] = field(default_factory=dict)
    """Catalogue entries that a layer takes away, by kind and id, with the place that says so."""
    published: PublishedPlan | None = None
    """The plan that people know: content/plan.yml."""
    scenarios: Scenarios = field(default_factory=Scenarios)
    """What people want to compare: content/scenarios.yml."""
    planned_scenarios: PlannedScenarios | None = None
    """Their plans: content/scenarios-plan.yml."""
    untranslated: tuple[Untranslated, ...] = ()
    """Texts that are missing in a language of the site; found only while reading in the main one."""
    other_pages: tuple[HandPage, ...] = ()
    """The hand-written pages once more, in languages that this workspace was not read in."""
    history: History = field(default_factory=History, compare=False)
    """What git knows of its entries, where that was asked."""

    @property
    def current(self) -> DatedAssessment:
        """The newest assessment."""
        return self.assessments[-1]

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Any]]:
        kinds = {kind: getattr(self.catalogue, kind) for kind in CATALOGUE_KINDS}
        return {kind: {entry.id: entry for entry in entries} for kind, entries in kinds.items()}

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """All ids that exist, by kind: those of the catalogue, and benefits, customers, entities and waves."""
        known = {kind: frozenset(entries) for kind, entries in self._by_id.items()}
        customers = self.foundation.customers
        known["benefits"] = frozenset(benefit.id for customer in customers for benefit in customer.expects)
        known["customers"] = frozenset(customer.id for customer in customers)
        known["entities"] = frozenset(entity.id for entity in self.decisions.entities)
        known["waves"] = frozenset(wave.id for wave in self.roadmap.waves)
        return known

    def find(self, kind: str, identifier: str) -> Any:
        """The catalogue entry, or None."""
        return self._by_id[kind].get(identifier)

    def service(self, identifier: str) -> Service:
        """The service; it must exist (references are checked before anything is computed)."""
        found: Service = self._by_id["services"][identifier]
        return found

    def name_of(self, kind: str, identifier: str) -> str:
        """What people call the entry; its id when it is not in the catalogue."""
        entry = self.find(kind, identifier)
        return getattr(entry, "name", None) or getattr(entry, "term", None) or identifier


CATALOGUE_KINDS = (
    "dimensions",
    "aspects",
    "services",
    "audiences",
    "roles",
    "practices",
    "problems",
    "glossary",
    "templates",
    "questions",
)
