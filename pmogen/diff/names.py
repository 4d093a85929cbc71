"""What people call the things that change, on either side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmogen.diff.side import Side
from pmogen.exchange.records import Document
from pmogen.model.workspace import CATALOGUE_KINDS, Workspace


@dataclass(frozen=True)
class Names:
    """Names by kind and id; the newer side's where both have one."""

    known: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, old: Side, new: Side) -> Names:
        """The names of two sides."""
        found: dict[tuple[str, str], str] = {}
        for side in (old, new):
            if side.document:
                found |= dict(_of_document(side.document))
            if side.loaded and side.loaded.workspace:
                found |= dict(_of_workspace(side.loaded.workspace))
        return cls(found)

    def __call__(self, kind: str, identifier: str) -> str:
        """The name; the id of what has none."""
        return self.known.get((kind, identifier), identifier)


def short(text: str, longest: int) -> str:
    """The text on one line, its end left out when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _of_document(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    listed: dict[str, tuple[Any, ...]] = {
        "aspects": document.assessment.aspects,
        "services": document.services,
        "audiences": document.audiences,
        "dimensions": document.dimensions,
        "customers": document.customers,
        "entities": document.entities,
        "waves": document.plan.waves,
        "problems": document.problems,
    }
    for kind, entries in listed.items():
        for entry in entries:
            yield (kind, entry.id), entry.name
    for hand_off in document.hand_offs:
        yield ("hand_offs", hand_off.id), hand_off.title
    for customer in document.customers:
        for benefit in customer.expects:
            yield ("benefits", benefit.id), short(benefit.benefit, 80)


def _of_workspace(workspace: Workspace) -> Iterator[tuple[tuple[str, str], str]]:
    for kind in CATALOGUE_KINDS:
        for entry in getattr(workspace.catalogue, kind):
            named = (getattr(entry, name, None) for name in ("name", "term", "topic"))
            yield (kind, entry.id), next(filter(None, named), entry.id)
    foundation, decisions = workspace.foundation, workspace.decisions
    yield from ((("customers", entry.id), entry.name) for entry in foundation.customers)
    yield from ((("stakeholders", entry.id), entry.role) for entry in foundation.stakeholders)
    yield from ((("objectives", entry.id), short(entry.objective, 80)) for entry in foundation.objectives)
    yield from ((("entities", entry.id), entry.name) for entry in decisions.entities)
    yield from ((("hand_offs", entry.id), entry.title) for entry in decisions.hand_offs)
    yield from ((("waves", entry.id), entry.name) for entry in workspace.roadmap.waves)
    yield from ((("scenarios", entry.id), entry.name) for entry in workspace.scenarios.scenarios)
