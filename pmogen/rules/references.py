"""PMO1xx: ids that lead nowhere, twice-used ids and circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel

from pmogen.analysis.once import once
from pmogen.diagnostics import Related
from pmogen.language import _
from pmogen.model.base import Reference
from pmogen.model.terms import word
from pmogen.model.workspace import CATALOGUE_KINDS, Workspace
from pmogen.rules.rule import Facts, Finding, rule

Path = tuple[str | int, ...]

_ONE_OF = {
    "aspects": "aspect",
    "audiences": "audience",
    "benefits": "expected-benefit",
    "dimensions": "dimension",
    "entities": "entity",
    "glossary": "term",
    "questions": "question",
    "roles": "role",
    "services": "service",
    "templates": "template",
    "waves": "wave",
}


def _called(kind: str) -> str:
    return word("thing", _ONE_OF[kind])


def references_in(value: BaseModel, path: Path) -> list[tuple[Path, str, str]]:
    """Every reference below a model, found by the types of its fields: path, kind, id."""
    found: list[tuple[Path, str, str]] = []
    _add_references(value, path, found)
    return found


def _add_references(value: BaseModel, path: Path, found: list[tuple[Path, str, str]]) -> None:
    fields = vars(value)
    for name, kind in _fields_with_references(type(value)):
        _add_below(fields[name], kind, (*path, name), found)


def _add_below(value: Any, kind: str | None, path: Path, found: list[tuple[Path, str, str]]) -> None:
    if isinstance(value, str):
        if kind is not None:
            found.append((path, kind, value))
    elif isinstance(value, tuple):
        if kind is not None and value and isinstance(value[0], str):  # by far the most: a list of ids
            found += [((*path, number), kind, entry) for number, entry in enumerate(value)]
            return
        for number, entry in enumerate(value):
            _add_below(entry, kind, (*path, number), found)
    elif isinstance(value, BaseModel):
        _add_references(value, path, found)


@cache
def _fields_with_references(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """Fields that hold a reference (with its kind), or models that hold some (with None)."""
    found: list[tuple[str, str | None]] = []
    for name, field in model.model_fields.items():
        kinds, models = set(_kinds(field.metadata)), set[type[BaseModel]]()
        _look_into(field.annotation, kinds, models)
        if kinds or any(_fields_with_references(inner) for inner in models if inner is not model):
            found.append((name, next(iter(sorted(kinds)), None)))
    return tuple(found)


def _kinds(metadata: Iterable[Any]) -> Iterator[str]:
    return (entry.kind for entry in metadata if isinstance(entry, Reference))


def _look_into(annotation: Any, kinds: set[str], models: set[type[BaseModel]]) -> None:
    kinds.update(_kinds(getattr(annotation, "__metadata__", ())))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        models.add(annotation)
    for part in getattr(annotation, "__args__", ()):
        _look_into(part, kinds, models)


def _models(workspace: Workspace) -> Iterator[tuple[Path, Any]]:
    for kind in CATALOGUE_KINDS:
        for entry in getattr(workspace.catalogue, kind):
            yield (kind, entry.id), entry
    yield ("foundation",), workspace.foundation
    yield ("decisions",), workspace.decisions
    yield ("roadmap",), workspace.roadmap
    yield ("method",), workspace.catalogue.method
    for dated in workspace.assessments:
        yield ("assessments", dated.name), dated.assessment


@once
def _references(workspace: Workspace) -> tuple[tuple[Path, str, str], ...]:
    """All references of a workspace: path, kind, id."""
    return tuple(reference for path, model in _models(workspace) for reference in references_in(model, path))


def _unknown(kind: str, identifier: str, known: frozenset[str]) -> tuple[str, str]:
    near = get_close_matches(identifier, sorted(known), 1)
    hint = (
        _("did you mean `{near}`?", near=near[0])
        if near
        else _("add it, or use one of {known} that exist", known=len(known))
    )
    return no_such(_called(kind), identifier), hint


def no_such(what: str, said: str) -> str:
    """That no thing of this kind has this id."""
    return _("there is no {thing} `{id}`", thing=what, id=said)


@rule("PMO101", "error")
def unknown_id(facts: Facts) -> Iterator[Finding]:
    """An id that names nothing.

    Files refer to each other by ids. An id that no entry has is mostly a slip of the pen, or an entry
    that a layer of the catalogue takes away with `ignore`.

    Wrong:
        content/decisions.yml:
          services:
            - {service: registerr, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}

    Right:
        content/decisions.yml:
          services:
            - {service: register, decision: offer, who: Board, when: 2027-01-10, why: Wanted.}
    """
    known = facts.workspace.ids
    for place, kind, identifier in _references(facts.workspace):
        if (kind, identifier) in facts.workspace.ignored:
            gone = Related(_("taken away here"), facts.workspace.ignored[kind, identifier])
            message = _("the {thing} `{id}` is ignored, but needed here", thing=_called(kind), id=identifier)
            yield Finding(message, facts.span(*place), _("ignore both, or neither"), (gone,))
        elif identifier not in known[kind]:
            message, hint = _unknown(kind, identifier, known[kind])
            yield Finding(message, facts.span(*place), hint)


@rule("PMO102", "error")
def unknown_id_in_answers(facts: Facts) -> Iterator[Finding]:
    """An answers file names an aspect or a respondent group that does not exist.

    Groups are audiences of the catalogue; aspects must be part of the assessment.

    Wrong:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,managers,visibility,2

    Right:
        content/assessments/2027-01-31.csv: |
          respondent,group,aspect,current
          r1,sponsors,visibility,2
    """
    known = facts.workspace.ids
    for dated in facts.workspace.assessments:
        assessed = frozenset(aspect.aspect for aspect in dated.assessment.aspects)
        told: set[tuple[str, str]] = set()
        for answer in dated.answers:
            for kind, identifier, allowed in (
                ("audiences", answer.group, known["audiences"]),
                ("aspects", answer.aspect, assessed),
            ):
                if identifier in allowed or (kind, identifier) in told:
                    continue
                told.add((kind, identifier))
                message, hint = _unknown(kind, identifier, allowed)
                if kind == "aspects" and identifier in known["aspects"]:
                    message, hint = (
                        _("`{id}` is answered but not assessed", id=identifier),
                        _("add it to `aspects` of the assessment"),
                    )
                yield Finding(message, facts.span("answers", dated.name, answer.row), hint)


@rule("PMO103", "error")
def id_given_twice(facts: Facts) -> Iterator[Finding]:
    """The same id is given twice in one list.

    Pages and links are made from ids, so an id must be unique among its kind.

    Wrong:
        content/decisions.yml:
          entities:
            - {id: finance-unit, name: Finance, description: Pays.}
            - {id: finance-unit, name: Finance again, description: Pays.}

    Right:
        content/decisions.yml:
          entities:
            - {id: finance-unit, name: Finance, description: Pays.}
    """
    workspace = facts.workspace
    customers = workspace.foundation.customers
    lists: tuple[tuple[Path, list[tuple[Path, str]]], ...] = (
        (("foundation", "customers"), [((number, "id"), entry.id) for number, entry in enumerate(customers)]),
        (
            ("foundation", "customers"),
            [
                ((number, "expects", place, "id"), benefit.id)
                for number, customer in enumerate(customers)
                for place, benefit in enumerate(customer.expects)
            ],
        ),
        (("foundation", "stakeholders"), _numbered(workspace.foundation.stakeholders)),
        (("foundation", "objectives"), _numbered(workspace.foundation.objectives)),
        (("decisions", "entities"), _numbered(workspace.decisions.entities)),
        (("decisions", "hand_offs"), _numbered(workspace.decisions.hand_offs)),
        (("roadmap", "waves"), _numbered(workspace.roadmap.waves)),
    )
    for base, entries in lists:
        first: dict[str, Path] = {}
        for path, identifier in entries:
            if identifier in first:
                related = Related(_("the other one"), facts.span(*base, *first[identifier]))
                yield Finding(
                    _("the id `{id}` is given twice", id=identifier),
                    facts.span(*base, *path),
                    _("rename one"),
                    (related,),
                )
            first.setdefault(identifier, path)


def _numbered(entries: tuple[Any, ...]) -> list[tuple[Path, str]]:
    return [((number, "id"), entry.id) for number, entry in enumerate(entries)]


@rule("PMO104", "error")
def circle_of_prerequisites(facts: Facts) -> Iterator[Finding]:
    """Services require each other in a circle, so none of them can ever be the first.

    Wrong:
        catalog/own.yml:
          services:
            - {id: register, requires: [reporting]}
            - {id: reporting, requires: [register]}

    Right:
        catalog/own.yml:
          services:
            - {id: reporting, requires: [register]}
    """
    needs = {
        service.id: tuple(sorted({*service.requires, *service.requires_same_wave}))
        for service in facts.workspace.catalogue.services
    }
    reported: set[frozenset[str]] = set()
    for start in sorted(needs):
        circle = _circle_from(start, needs)
        if circle and frozenset(circle) not in reported:
            reported.add(frozenset(circle))
            names = " -> ".join((*circle, circle[0]))
            yield Finding(
                _("the prerequisites go in a circle: {names}", names=names),
                facts.span("services", start, "requires"),
                _("take one out"),
            )


def _circle_from(start: str, needs: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a service back to itself; empty when there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        longer = []
        for way in ways:
            for needed in needs.get(way[-1], ()):
                if needed == start:
                    return way
                if needed not in seen:
                    seen.add(needed)
                    longer.append((*way, needed))
        ways = longer
    return ()


@rule("PMO105", "note")
def unused_entry(facts: Facts) -> Iterator[Finding]:
    """An entry that nothing uses.

    An entity without hand-offs, a dimension without aspects, a template that no service hands out: mostly
    left over from a change.

    Wrong:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]

    Right:
        content/decisions.yml:
          entities: [{id: finance-unit, name: Finance, description: Pays.}]
          hand_offs:
            - id: pay-in-time
              title: Pay in time
              entity: finance-unit
              aspects: [visibility]
              asked: Pay within 30 days.
              contact: Head of finance
              due: 2027-06-30
              status: agreed
    """
    workspace = facts.workspace
    used = {(kind, name) for _place, kind, name in _references(workspace)}
    for number, entity in enumerate(workspace.decisions.entities):
        if ("entities", entity.id) not in used:
            yield Finding(
                _("nothing is handed to `{entity}`", entity=entity.id),
                facts.span("decisions", "entities", number),
                _("delete it"),
            )
    for kind in ("dimensions", "templates"):
        for entry in getattr(workspace.catalogue, kind):
            if (kind, entry.id) not in used:
                message = _("nothing uses the {thing} `{id}`", thing=_called(kind), id=entry.id)
                yield Finding(message, facts.span(kind, entry.id), _("delete it"))


@rule("PMO106", "error")
def reserved_id(facts: Facts) -> Iterator[Finding]:
    """An id that would give a page a name which is taken or impossible.

    Pages are called after ids. `index` is the overview of a section, some names belong to other pages of
    the section, and names such as con or nul cannot be files on Windows.

    Wrong:
        content/roadmap.yml:
          waves: [{id: index, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}]

    Right:
        content/roadmap.yml:
          waves: [{id: one, name: One, starts: 2027-01-01, ends: 2027-03-31, goal: Start., fte: 2}]
    """
    for kind, reserved in RESERVED.items():
        taken = reserved | DEVICES
        for path, identifier in _ids_with_places(facts.workspace, kind):
            if identifier in taken:
                yield Finding(
                    _("`{id}` cannot be used as an id here", id=identifier), facts.span(*path), _("choose another id")
                )


DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)})
"""Names that no file can have on Windows."""

RESERVED: dict[str, frozenset[str]] = {
    "aspects": frozenset({"index", "changes", "disagreement"}),
    "services": frozenset(
        {"index", "candidates", "coverage", "declined", "money", "no-limits", "not-applicable", "presentation"}
    ),
    "audiences": frozenset({"index"}),
    "templates": frozenset({"index"}),
    "entities": frozenset({"index"}),
    "waves": frozenset({"index", "later", "audiences", "kpis", "scenarios"}),
}
"""Names of pages that a section has beside those called after ids."""


def _ids_with_places(workspace: Workspace, kind: str) -> list[tuple[Path, str]]:
    if kind == "entities":
        return [(("decisions", "entities", *path), name) for path, name in _numbered(workspace.decisions.entities)]
    if kind == "waves":
        return [(("roadmap", "waves", *path), name) for path, name in _numbered(workspace.roadmap.waves)]
    return [((kind, entry.id, "id"), entry.id) for entry in getattr(workspace.catalogue, kind)]


RULES = (
    unknown_id,
    unknown_id_in_answers,
    id_given_twice,
    circle_of_prerequisites,
    unused_entry,
    reserved_id,
)
