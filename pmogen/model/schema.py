"""JSON Schemas (draft-07) of all files, from the models: what editors complete, explain and underline.

A schema accepts what pmogen accepts in one file, but for a few differences, each held by a test:

- a whole number may be written 1.0 in JSON Schema; the model asks for 1;
- an id given twice in a list of the catalogue is not seen by the schema;
- an entry of the catalogue may leave out all fields but `id`, as it may change one of a lower layer; whether such
  an entry exists is not seen by the schema;
- below `ignore: true` pmogen reads nothing but `reason`; the schema still checks `id`, unknown keys and all values.

With a workspace, references offer the ids that exist in it, and no others: what the rules check, not the model.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from pmogen.language import LANGUAGES
from pmogen.model.assessment import Assessment
from pmogen.model.base import NOT_BLANK, Reference, Spoken
from pmogen.model.catalogue import Catalogue
from pmogen.model.decisions import Decisions
from pmogen.model.foundation import Foundation
from pmogen.model.plan import PublishedPlan
from pmogen.model.playbook import Settings
from pmogen.model.roadmap import Roadmap
from pmogen.model.scenarios import PlannedScenarios, Scenarios
from pmogen.model.workspace import CATALOGUE_KINDS, Workspace

Schema = dict[str, Any]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name, where such files are, the model of what they hold, and what to know about them."""

    name: str
    where: str
    model: type[BaseModel]
    about: str
    may_be_empty: bool = False
    generated: bool = False


FILE_KINDS = (
    FileKind(
        "playbook",
        "content/playbook.yml",
        Settings,
        "What the playbook is called, what it is made from, and what it changes in the method.",
    ),
    FileKind(
        "foundation",
        "content/foundation.yml",
        Foundation,
        "Who the PMO serves and why: answers, customers, stakeholders, objectives, team and culture change.",
    ),
    FileKind(
        "assessment",
        "content/assessments/DATE.yml",
        Assessment,
        "Where the project world is and where it should be, on one day. The file has the name of that day.",
    ),
    FileKind(
        "decisions",
        "content/decisions.yml",
        Decisions,
        "What was decided, by whom, when and why: services, accepted gaps and hand-offs.",
        may_be_empty=True,
    ),
    FileKind(
        "roadmap",
        "content/roadmap.yml",
        Roadmap,
        "What the plan has to respect: waves, capacity, how much change people can take, pins and progress.",
    ),
    FileKind(
        "plan",
        "content/plan.yml",
        PublishedPlan,
        "The published plan: written by `pmogen plan`, reviewed like a lock file, never edited by hand.",
        generated=True,
    ),
    FileKind(
        "scenarios",
        "content/scenarios.yml",
        Scenarios,
        "What the roadmap would be if something were different: scenarios that the playbook compares.",
        may_be_empty=True,
    ),
    FileKind(
        "scenarios-plan",
        "content/scenarios-plan.yml",
        PlannedScenarios,
        "The plans of the scenarios: written by `pmogen plan --scenarios`, reviewed like a lock file, never edited by hand.",
        generated=True,
    ),
    FileKind(
        "catalogue",
        "catalog/**/*.yml",
        Catalogue,
        "What can be known without knowing the organisation. A file holds one kind of entries or several, each as a "
        "list. An entry with a new id adds to the layers below, one with a known id changes the fields it names, and "
        "`ignore: true` with a `reason` takes an entry away.",
        may_be_empty=True,
    ),
)


def schemas(workspace: Workspace | None = None) -> dict[str, str]:
    """Text of the JSON Schema of every kind of file, by file name such as `playbook.schema.json`.

    References offer the ids of the workspace; without one, or where it has none, any id will do.
    """
    ids = workspace.ids if workspace else {}

    def offer(kind: str) -> Schema:
        return {"enum": sorted(ids[kind])} if ids.get(kind) else {}

    made = {kind.name: declared(kind, offer) for kind in FILE_KINDS}
    _allow_changes(made["catalogue"])
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in made.items()
    }


def declared(kind: FileKind, offer: Callable[[str], Schema]) -> Schema:
    """The schema of a whole file; `offer` says what to add to the schema of a reference to some kind of entry."""
    schema = kind.model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Draft7)
    definitions = schema.pop("$defs", {})
    for model in models_in(kind.model):
        of_model = schema if model is kind.model else definitions[model.__name__]
        of_model.pop("title")
        properties = of_model["properties"]
        for name, field in model.model_fields.items():
            _refine(properties[name], field.annotation, field.metadata, offer)
            properties[name] = _tidy(properties[name])
    definitions |= {name: _by_language(name) for name in SPOKEN if _is_used(name, schema, definitions)}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": kind.where, "description": kind.about}
    kinds = {"type": ["object", "null"]} if kind.may_be_empty else {}
    return head | {**schema, "description": kind.about, **kinds, "definitions": dict(sorted(definitions.items()))}


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and all models below it, each once, in the order in which they are met."""
    seen = {model: None}
    waiting: list[Any] = [model]
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, type) and issubclass(found, BaseModel):
            seen[found] = None
            waiting[:0] = [field.annotation for field in found.model_fields.values()]
        else:
            waiting[:0] = [part for part in get_args(found) if part not in seen]
    yield from seen


class _Draft7(GenerateJsonSchema):
    """Fields in the order of their declaration, without titles that only repeat their names."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002 (pydantic's signature)
        return value

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 (pydantic's signature)
        return False


_DATE: Schema = {
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "not": {
        "type": "string",
        "pattern": "^0000|-02-3[01]$|-(0[469]|11)-31$|([02468][1235679]|[13579][01345789])(00)?-02-29$",
    },
    "examples": ["2027-03-31"],
}
"""A day of the calendar; the second pattern names the days that months do not have, leap years considered."""

_WHITE_SPACE = r"\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What `\\s` stands for in the model; engines of regular expressions differ."""


def for_all_engines(pattern: str) -> str:
    """The pattern without shorthands and escapes that engines read differently."""
    plain = f"[^{_WHITE_SPACE}]" if pattern == NOT_BLANK else pattern
    return plain.replace(r"[^\s", "[^" + _WHITE_SPACE).replace(r"\"", '"')


SPOKEN = {"LineByLanguage": 400, "TextByLanguage": 20_000}
"""Definitions of texts that are given in several languages, with the longest that each may be."""


def _by_language(name: str) -> Schema:
    return {
        "description": "The same in several languages, as in `{en: Board, de: Vorstand}`.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": list(LANGUAGES)},
        "additionalProperties": {
            "type": "string",
            "minLength": 1,
            "maxLength": SPOKEN[name],
            "pattern": for_all_engines(NOT_BLANK),
        },
    }


def _is_used(name: str, *schemas: Schema) -> bool:
    return f"#/definitions/{name}" in json.dumps(schemas)


def _or_by_language(node: Schema) -> None:
    """A text for people may be one text, or one for each language."""
    text = {key: node.pop(key) for key in ("type", "minLength", "maxLength", "pattern")}
    name = next(name for name, longest in SPOKEN.items() if longest == text["maxLength"])
    node["anyOf"] = [text, {"$ref": f"#/definitions/{name}"}]


def _refine(
    node: Schema, annotation: Any, metadata: tuple[Any, ...] | list[Any], offer: Callable[[str], Schema]
) -> None:
    """Adds what pydantic does not say: the form of dates, what references may be, patterns that all engines read."""
    arguments = get_args(annotation)
    if annotation is dt.date:
        node.update(_DATE)
    if "pattern" in node:
        node["pattern"] = for_all_engines(node["pattern"])
    for reference in metadata:
        if isinstance(reference, Reference) and (offered := offer(reference.kind)):
            node.update(offered)
            for replaced in ("pattern", "maxLength"):
                node.pop(replaced)
        if isinstance(reference, Spoken):
            _or_by_language(node)
    if get_origin(annotation) is Annotated:
        _refine(node, arguments[0], arguments[1:], offer)
    elif get_origin(annotation) is tuple and "items" in node:
        _refine(node["items"], arguments[0], (), offer)
    elif get_origin(annotation) in (Union, UnionType):
        for branch, part in zip(node["anyOf"], arguments, strict=True):
            _refine(branch, part, (), offer)


def _tidy(node: Schema) -> Schema:
    """The same with fewer words: no defaults that are nothing, one type for "or empty", no neighbours of `$ref`."""
    if not isinstance(node.get("default"), str | bool | int | float) and node.get("default") != ["standard", "catalog"]:
        node.pop("default", None)
    branches = [inner for branch in node.get("anyOf", []) for inner in (_tidy(branch).get("anyOf") or [branch])]
    if branches:
        node["anyOf"] = branches
    if len(branches) == 2 and branches[1] == {"type": "null"} and "type" in branches[0]:
        plain = node.pop("anyOf")[0]
        node = {**plain, "type": [plain["type"], "null"]} | node
        if "enum" in node:
            node["enum"] = [*node["enum"], None]
    if "$ref" in node and len(node) > 1:
        return {"description": node["description"], "allOf": [{"$ref": node["$ref"]}]}
    return {key: node[key] for key in ("description", *node) if key in node}


def _allow_changes(catalogue: Schema) -> None:
    """What a layer may leave out (everything but ids), and how it takes an entry away."""
    catalogue["description"] += (
        " As a change needs only its `id`, a field that is missing in a new entry is not marked; `pmogen check` names it."
    )
    del catalogue["required"], catalogue["definitions"]["Method"]["required"]
    line = {"type": "string", "minLength": 1, "maxLength": 400}
    for kind in CATALOGUE_KINDS:
        name = catalogue["properties"][kind]["items"]["$ref"].rsplit("/", 1)[1]
        entry = catalogue["definitions"][name]
        entry["properties"] |= {
            "ignore": {"description": "true takes the entry of a lower layer away.", "type": "boolean", "enum": [True]},
            "reason": {"description": "Why it is ignored."} | line,
        }
        entry["required"] = ["id"]
        entry["dependencies"] = {"ignore": ["reason"], "reason": ["ignore"]}
