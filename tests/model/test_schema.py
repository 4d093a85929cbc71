"""The JSON Schemas say what the models say, in draft-07."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError as SchemaError
from jsonschema.validators import extend
from pydantic import BaseModel, ValidationError

from pmogen.model.catalogue import Catalogue
from pmogen.model.method import Method
from pmogen.model.schema import FILE_KINDS, SPOKEN, models_in, schemas
from pmogen.model.workspace import CATALOGUE_KINDS
from tests.model.files import (
    PLACES,
    changes_at,
    cut_files,
    example_files,
    first_entries,
    generated,
    model,
    paths,
    replaced,
)
from tests.workspaces import ROOT, SMALL, Changes, example, loaded, parsed, service, workspace

SCHEMAS = {name.removesuffix(".schema.json"): json.loads(text) for name, text in schemas().items()}
MODELS = {kind.name: kind.model for kind in FILE_KINDS}
COMPLETE = first_entries()
METHOD = next(value["method"] for value in example_files("catalogue") if "method" in value)


def _ecma_pattern(_: Any, pattern: str, text: Any, __: Any) -> Iterator[SchemaError]:
    """`$` is the very end, as JSON Schema has it; in Python it also stands before a last line break."""
    if isinstance(text, str) and not re.search(pattern.replace("$", r"\Z"), text):
        yield SchemaError(f"{text!r} does not match {pattern!r}")


Validator = extend(Draft7Validator, {"pattern": _ecma_pattern})
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a service is large, and so are its values
VALIDATORS = {name: Validator(schema) for name, schema in SCHEMAS.items()}


def schema_accepts(kind: str, value: Any) -> bool:
    return VALIDATORS[kind].is_valid(value)


def model_accepts(kind: str, value: Any) -> bool:
    """What loading accepts in one file; a file of the catalogue stands above complete entries with all its ids."""
    if kind == "catalogue":
        return value is None or (isinstance(value, dict) and all(_kind_accepts(*part) for part in value.items()))
    return (kind in ("decisions", "scenarios") and value is None) or _fits(MODELS[kind], value)


def _fits(shape: type[BaseModel], value: Any) -> bool:
    try:
        shape.model_validate(value)
    except ValidationError:
        return False
    return isinstance(value, dict)


def _kind_accepts(kind: str, value: Any) -> bool:
    if kind == "method":
        return isinstance(value, dict) and _fits(Method, _over(METHOD, value))
    if kind not in CATALOGUE_KINDS or not isinstance(value, list):
        return False
    shape = Catalogue.model_fields[kind].annotation.__args__[0]
    return all(isinstance(entry, dict) and "id" in entry and _fits(shape, COMPLETE[kind] | entry) for entry in value)


def _over(lower: dict[str, Any], upper: dict[str, Any]) -> dict[str, Any]:
    both = {key for key in lower.keys() & upper.keys() if isinstance(lower[key], dict) and isinstance(upper[key], dict)}
    return lower | upper | {key: _over(lower[key], upper[key]) for key in both}


def with_whole_numbers(value: Any) -> Any:
    """The value with 1.0 written as 1, which is the same number to JSON Schema."""
    if isinstance(value, dict):
        return {key: with_whole_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [with_whole_numbers(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def agree(kind: str, value: Any) -> bool:
    return schema_accepts(kind, value) == model_accepts(kind, with_whole_numbers(value))


@st.composite
def change_of(draw: st.DrawFn, value: Any) -> Any:
    """The value, changed in one place."""
    path = draw(st.sampled_from(list(paths(value))))
    return next(islice(changes_at(value, path), draw(st.integers(0, 90)), None), value)


# What the schemas are


def test_one_schema_for_each_kind_of_file():
    assert set(SCHEMAS) == set(PLACES)
    assert all(text.endswith("}\n") and not text.endswith("\n\n") for text in schemas().values())


@pytest.mark.parametrize("kind", SCHEMAS)
def test_is_a_schema_of_draft_07(kind):
    Draft7Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"] == "http://json-schema.org/draft-07/schema#"


KEYWORDS = {
    *("$schema", "$ref", "title", "description", "default", "examples", "definitions", "allOf", "anyOf", "not", "enum"),
    *("type", "properties", "required", "additionalProperties", "dependencies", "items", "minItems", "maxItems"),
    *("minProperties", "propertyNames"),
    *("minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum"),
}


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all schemas in it."""
    yield schema
    for name in ("properties", "definitions"):
        for part in schema.get(name, {}).values():
            yield from nodes(part)
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from nodes(part)
    for name in ("items", "not"):
        if name in schema:
            yield from nodes(schema[name])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_only_keywords_of_draft_07_that_editors_know(kind):
    """None of 2019-09 or 2020-12, and `$ref` alone: draft-07 ignores what stands beside it."""
    for node in nodes(SCHEMAS[kind]):
        assert set(node) <= KEYWORDS
        assert "$ref" not in node or set(node) == {"$ref"}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_patterns_mean_the_same_to_every_engine(kind):
    """No `\\s` or `\\d`, which differ, and no escapes that JavaScript refuses in its Unicode mode."""
    for node in nodes(SCHEMAS[kind]):
        assert not re.search(r"\\[^tnvfru]", node.get("pattern", ""))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_everything_is_described(kind):
    """Every file, every model and every field says what it is."""
    assert SCHEMAS[kind]["description"]
    for name, definition in SCHEMAS[kind]["definitions"].items():
        assert definition["description"], name
    for node in nodes(SCHEMAS[kind]):
        for name, field in node.get("properties", {}).items():
            target = SCHEMAS[kind]["definitions"].get(field.get("$ref", "").rsplit("/", 1)[-1], {})
            assert field.get("description") or target.get("description"), name


@pytest.mark.parametrize("kind", SCHEMAS)
def test_nothing_unknown_is_allowed(kind):
    for node in nodes(SCHEMAS[kind]):
        assert "properties" not in node or node["additionalProperties"] is False


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_models_have_different_names(kind):
    """Definitions go by the models' names."""
    names = [shape.__name__ for shape in models_in(kind.model)]
    assert len(names) == len(set(names))
    assert set(SCHEMAS[kind.name]["definitions"]) - set(SPOKEN) == set(names) - {kind.model.__name__}


def test_same_workspace_same_text():
    assert schemas(workspace()) == schemas(workspace())


# Schema and model agree


@pytest.mark.parametrize("kind", PLACES)
def test_accepts_the_example(kind):
    for value in example_files(kind):
        assert not list(VALIDATORS[kind].iter_errors(value))
        assert model_accepts(kind, value)


CUT = [(kind, value) for kind in PLACES for value in cut_files(kind)]


@pytest.mark.parametrize(("kind", "value"), CUT, ids=lambda part: part if isinstance(part, str) else next(iter(part)))
def test_agree_about_every_change_of_every_value(kind, value):
    """Delete, duplicate, retype, rename, empty: whatever happens to a value, both say the same."""
    assert schema_accepts(kind, value)
    verdicts = set()
    for path in paths(value):
        for changed in changes_at(value, path):
            verdicts.add(schema_accepts(kind, changed))
            assert agree(kind, changed), (path, changed)
    assert verdicts == {True, False}


@pytest.mark.parametrize("kind", [kind for kind in PLACES if kind != "catalogue"])
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_agree_about_what_the_model_takes(kind, data):
    """Values made from the model, with all their optional fields coming and going, then changed in one place."""
    value = data.draw(model(MODELS[kind]))
    assert schema_accepts(kind, value)
    assert model_accepts(kind, value)
    changed = data.draw(change_of(value))
    assert agree(kind, changed)


@pytest.mark.parametrize("kind", [*CATALOGUE_KINDS, "method"])
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_agree_about_what_the_catalogue_takes(kind, data):
    """The same for the kinds of the catalogue, each in a file of its own."""
    field = Catalogue.model_fields[kind]
    value = {kind: data.draw(generated(field.annotation, tuple(field.metadata)))}
    assert schema_accepts("catalogue", value)
    assert model_accepts("catalogue", value)
    changed = data.draw(change_of(value))
    assert agree("catalogue", changed)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(case=st.sampled_from(CUT), data=st.data(), other=JSON)
def test_agree_about_any_value_anywhere(case, data, other):
    kind, value = case
    path = data.draw(st.sampled_from(list(paths(value))))
    assert agree(kind, replaced(value, path, other))


@settings(max_examples=500)
@given(st.dates().map(str) | st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True))
def test_agree_about_days(day):
    """The 31st of a month with 30 days, leap years, the year 0."""
    value = {"date": day, "title": "x", "method": "x", "aspects": [{"aspect": "x"}]}
    assert agree("assessment", value)


def test_agree_about_every_leap_day():
    for year in range(1, 10_000):
        value = {"date": f"{year:04}-02-29", "title": "x", "method": "x", "aspects": [{"aspect": "x"}]}
        assert agree("assessment", value), year


# Where they differ


def wrong(changes: Changes) -> list[str]:
    """What loading the small workspace with changes finds wrong."""
    return [diagnostic.message for diagnostic in loaded(changes).diagnostics if diagnostic.severity == "error"]


def with_catalogue(text: str) -> Changes:
    return {"catalog/own.yml": text}


def test_difference_whole_number_with_a_point():
    value = {"waves": [{"id": "a", "name": "A", "starts": "2027-01-01", "ends": "2027-03-31", "goal": "G", "fte": 1}]}
    value["audiences"] = [{"audience": "sponsors", "capacity": 1.0}]
    assert schema_accepts("roadmap", value)
    assert not model_accepts("roadmap", value)


@pytest.mark.parametrize("day", ["20270331", "2027-W13-3", "2027W133"])
def test_other_forms_of_a_day_are_refused_by_both(day):
    value = {"date": day, "title": "x", "method": "x", "aspects": [{"aspect": "x"}]}
    assert not schema_accepts("assessment", value)
    assert not model_accepts("assessment", value)


def test_difference_id_given_twice():
    text = "glossary: [{id: a, term: A, meaning: M}, {id: a, term: A, meaning: M}]"
    assert schema_accepts("catalogue", parsed(text))
    assert wrong(with_catalogue(text)) == ["the id `a` is given twice"]


def test_difference_new_entry_that_is_not_complete():
    text = "glossary: [{id: a, term: A}]"
    assert schema_accepts("catalogue", parsed(text))
    assert wrong(with_catalogue(text)) == ["`meaning` is missing"]


def test_difference_ignored_entry_that_does_not_exist():
    text = "services: [{id: nowhere, ignore: true, reason: We have it.}]"
    assert schema_accepts("catalogue", parsed(text))
    assert wrong(with_catalogue(text)) == ["`nowhere` is ignored but no lower layer has it"]


@pytest.mark.parametrize("more", ["name: 5", "unknown: 5"])
def test_difference_what_stands_beside_ignore(more):
    text = f"services: [{{id: reporting, ignore: true, reason: We have it., {more}}}]"
    assert not schema_accepts("catalogue", parsed(text))
    assert wrong(with_catalogue(text)) == []


def test_method_that_is_no_mapping_is_refused_by_both():
    assert not schema_accepts("catalogue", parsed("method: 5"))
    assert wrong(with_catalogue("method: 5")) == ["`method` must have keys"]


# Layers of the catalogue


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "services: []",
        "services: [{id: register}]",
        "services: [{id: register, name: Our register}]",
        "services: [{id: reporting, ignore: true, reason: We have it.}]",
        "method: {gap: {high_from: 1.5}}",
        "method: {}",
    ],
)
def test_layer_that_both_accept(text):
    assert schema_accepts("catalogue", parsed(text))
    assert wrong(with_catalogue(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "servces: []",
        "services:",
        "services: {register: {name: Our register}}",
        "services: [register]",
        "services: [{name: Our register}]",
        "services: [{id: 5}]",
        "services: [{id: register, nme: Our register}]",
        "services: [{id: register, name: 5}]",
        "services: [{id: register, reason: We have it.}]",
        "services: [{id: register, ignore: false}]",
        "services: [{id: register, ignore: false, reason: We keep it.}]",
        "services: [{id: register, ignore: 'true', reason: We have it.}]",
        "services: [{id: reporting, ignore: true}]",
        "services: [{id: reporting, ignore: true, reason: ''}]",
        "services: [{id: reporting, ignore: true, reason: null}]",
        "services: [{id: register, kpi: {name: Use}}]",
        "method: {gap: {high_from: 0}}",
        "method: {levels: []}",
        "method: {gap: null}",
    ],
)
def test_layer_that_both_refuse(text):
    assert not schema_accepts("catalogue", parsed(text))
    assert wrong(with_catalogue(text))


# Changes to the method in content/playbook.yml


def test_method_of_the_playbook_changes_only_what_it_names():
    text = SMALL["content/playbook.yml"] + "method: {gap: {high_from: 2.5}, change: {tail: {low: 0.1}}}\n"
    method = workspace({"content/playbook.yml": text}).catalogue.method
    assert (method.gap.high_from, method.gap.medium_from, method.change.tail.low) == (2.5, 1.0, 0.1)
    assert method.levels[0].name == "absent"


@pytest.mark.parametrize("method", ["{gap: 5}", "{gaps: {}}", "", "5", "{levels: []}", "{targets: {default: 6}}"])
def test_method_of_the_playbook_is_checked_where_it_stands(method):
    text = SMALL["content/playbook.yml"] + f"method: {method}\n"
    assert not schema_accepts("playbook", parsed(text))
    found = loaded({"content/playbook.yml": text}).diagnostics
    assert {wrong.span.file for wrong in found if wrong.severity == "error"} == {"content/playbook.yml"}


# References


@pytest.fixture(scope="module")
def of_example():
    return {name: Validator(json.loads(text)) for name, text in schemas(example()).items()}


@pytest.mark.parametrize("kind", PLACES)
def test_example_names_only_ids_that_exist(kind, of_example):
    for value in example_files(kind):
        assert not list(of_example[f"{kind}.schema.json"].iter_errors(value))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("decisions", "accepted_gaps: [{aspect: ?, who: A, when: 2027-01-31, why: W, until: 2027-12-31}]"),
        ("decisions", "services: [{service: ?, decision: offer, who: A, when: 2027-01-31, why: W}]"),
        ("foundation", "{summary: S, answers: [{question: ?, state: open}]}"),
        ("foundation", "{summary: S, customers: [{id: a, name: A, audience: ?, expects: []}]}"),
        ("catalogue", "practices: [{id: a, services: [?]}]"),
        ("catalogue", "problems: [{id: a, likely_when: {all: [{aspect: ?}]}}]"),
        ("roadmap", "{waves: [], pins: [{service: register, wave: ?, who: A, why: W}]}"),
    ],
)
def test_references_offer_the_ids_of_the_workspace(kind, text):
    """An id that the workspace does not have is refused by its schema, and only by it."""
    value = parsed(text.replace("?", "does-not-exist"))
    own = Validator(json.loads(schemas(workspace())[f"{kind}.schema.json"]))
    told = [error.message for error in _leaves(own.iter_errors(value))]
    assert any("'does-not-exist' is not one of" in message for message in told)
    assert not any("does-not-exist" in error.message for error in _leaves(VALIDATORS[kind].iter_errors(value)))


def _leaves(errors):
    for error in errors:
        yield from _leaves(error.context) if error.context else (error,)


def test_workspace_without_such_ids_offers_any():
    """No entity yet: the reference takes any id, as an empty choice would refuse everything."""
    schema = json.loads(schemas(workspace())["decisions.schema.json"])
    entity = schema["definitions"]["HandOff"]["properties"]["entity"]
    assert "enum" not in entity
    assert "pattern" in entity


def test_new_ids_are_no_references():
    schema = json.loads(schemas(example())["catalogue.schema.json"])
    assert "enum" not in schema["definitions"]["Service"]["properties"]["id"]
    assert schema["definitions"]["Service"]["properties"]["requires"]["items"]["enum"][0] == "agile-coaching"


def test_empty_workspace_files_agree():
    """What `pmogen init` writes is accepted by the schemas too."""
    for kind, place in PLACES.items():
        for path in sorted((ROOT / "pmogen/starter/empty").glob(place)):
            assert agree(kind, parsed(path.read_text("utf-8"))), path


def test_service_of_the_tests_is_complete():
    assert schema_accepts("catalogue", {"services": [service("a")]})
