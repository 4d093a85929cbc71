"""One side of a comparison: what could be read of a state of the playbook, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from pmogen.diagnostics import Diagnostic, in_order
from pmogen.diff.changes import Key, Value
from pmogen.diff.facts import facts_of
from pmogen.errors import PmogenError
from pmogen.exchange.document import document_of
from pmogen.exchange.read import document_from
from pmogen.exchange.records import Document
from pmogen.model.load import Loaded, load
from pmogen.planning import reasons_for
from pmogen.planning.formulation import Formulation
from pmogen.playbook import Playbook, roadmap_of
from pmogen.rules import check as check_rules
from pmogen.rules.rule import Facts
from pmogen.source.files import Sources
from pmogen.source.yaml import Document as Yaml

_LEADS_NOWHERE = "PMO1"
"""How the codes begin of rules about ids that do not exist."""

NOTHING_READ: Mapping[str, Yaml] = MappingProxyType({})


@dataclass(frozen=True)
class Side:
    """A state of the playbook.

    `name` is how people call it: a branch, a folder, a file. `mistakes` are the errors in it. `document` is None where they
    are in the way of computing; `sources` and `loaded` are None when only its numbers are known (playbook.json). Without any of them
    there is no playbook.
    """

    name: str
    document: Document | None
    mistakes: tuple[Diagnostic, ...] = ()
    sources: Sources | None = field(default=None, repr=False)
    loaded: Loaded | None = field(default=None, repr=False)
    playbook: Playbook | None = field(default=None, repr=False)
    formulation: Formulation | None = field(default=None, repr=False)

    @property
    def is_nothing(self) -> bool:
        """Whether there is no playbook at all."""
        return self.document is None and self.sources is None

    def why(self, services: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Why services are in their wave, or in none; nothing while mistakes are in the way."""
        if self.playbook is not None and self.formulation is not None:
            return reasons_for(self.playbook.workspace, self.formulation, self.playbook.plan, services)
        if self.document is None:
            return {}
        plan = self.document.plan
        return {placed.service: placed.why for placed in plan.placements} | {
            absent.service: absent.why for absent in plan.absences
        }

    @cached_property
    def facts(self) -> Mapping[Key, Value]:
        """Everything it says, fact by fact; nothing while mistakes are in the way."""
        return facts_of(self.document) if self.document else {}


def side_of_sources(name: str, sources: Sources, read_before: Mapping[str, Yaml] = NOTHING_READ) -> Side:
    """The side of a workspace: checked, and computed as far as a comparison needs it.

    Errors are in the way of that only where something cannot be read or an id leads nowhere.
    """
    loaded = load(sources, read_before=read_before)
    if loaded.workspace is None:
        return Side(name, None, _errors(loaded.diagnostics), sources, loaded)
    facts = Facts(loaded.workspace)
    errors = _errors((*loaded.diagnostics, *check_rules(loaded.workspace, errors_only=True, facts=facts)))
    if any(error.code.startswith(_LEADS_NOWHERE) for error in errors):
        return Side(name, None, errors, sources, loaded)
    formulation = facts.verdict.formulation
    try:
        plan, state = roadmap_of(
            loaded.workspace, facts.gaps, facts.choice, (), formulation, current=not facts.verdict.stale
        )
    except PmogenError:  # the published plan is broken, which is among the errors
        return Side(name, None, errors, sources, loaded)
    playbook = Playbook(loaded.workspace, facts.levels, (), facts.gaps, facts.choice, plan, plan_state=state)
    return Side(name, document_of(playbook), errors, sources, loaded, playbook, formulation)


def _errors(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(one for one in in_order(found) if one.severity == "error")


def side_of_json(name: str, raw: bytes) -> Side:
    """The side of a playbook.json. Raises `PmogenError` when it is none."""
    return Side(name, document_from(raw, name))
