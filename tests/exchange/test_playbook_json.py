"""playbook.json: as its schema says, the same bytes for the same playbook, exact, and nothing that is not published."""

from __future__ import annotations

import csv
import json
import os
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from pmogen.exchange import PLAYBOOK, SCHEMA, document_of, playbook_json, playbook_schema
from pmogen.exchange.records import Record
from pmogen.model.load import load
from pmogen.model.schema import models_in
from pmogen.playbook import compute
from pmogen.source.files import Sources, read_sources
from tests.planning.any_organisation import organisations
from tests.render.test_render import example, rendered
from tests.workspaces import ROOT, SMALL, workspace

COMMITTED = ROOT / "docs" / "reference" / "playbook.schema.json"


def validator() -> Draft7Validator:
    return Draft7Validator(json.loads(playbook_schema()))


def test_the_schema_is_one():
    Draft7Validator.check_schema(json.loads(playbook_schema()))


def test_the_committed_schema_is_up_to_date():
    """Rewrite it with `PMOGEN_UPDATE=1 pytest tests/exchange`."""
    if os.environ.get("PMOGEN_UPDATE"):
        COMMITTED.write_bytes(playbook_schema().encode())
    assert COMMITTED.read_bytes().decode() == playbook_schema(), test_the_committed_schema_is_up_to_date.__doc__


@pytest.mark.parametrize("playbook", [example(), compute(workspace())], ids=["example", "small"])
def test_the_data_is_as_the_schema_says(playbook):
    assert list(validator().iter_errors(json.loads(playbook_json(playbook)))) == []


@settings(max_examples=30, deadline=None)
@given(organisations())
def test_the_data_of_any_organisation_is_as_the_schema_says(made):
    playbook = compute(made)
    assert list(validator().iter_errors(json.loads(playbook_json(playbook)))) == []
    assert playbook_json(playbook) == playbook_json(compute(made))


def test_the_schema_notices_what_is_wrong():
    told = json.loads(playbook_json(compute(workspace())))
    for spoil in (
        lambda data: data.pop("gaps"),
        lambda data: data.update(more=1),
        lambda data: data["gaps"][0].update(amount="1"),
        lambda data: data["gaps"][0].update(exact={"rank": "1/3"}),
        lambda data: data["gaps"][0].update(size="X"),
    ):
        spoiled = json.loads(json.dumps(told))
        spoil(spoiled)
        assert list(validator().iter_errors(spoiled)) != []


def test_every_field_of_every_record_is_described():
    for model in models_in(document_of(compute(workspace())).__class__):
        if issubclass(model, Record):
            assert model.__doc__
            assert all(field.description for field in model.model_fields.values())


def test_it_is_written_below_build_and_to_the_site_with_its_schema():
    files = rendered().files
    assert files[f"build/{PLAYBOOK}"] == files[f"build/playbook/{PLAYBOOK}"] == playbook_json(example())
    assert files[f"build/playbook/{SCHEMA}"] == playbook_schema()
    method = files["build/playbook/method/index.md"]
    assert "](../api/v1/playbook.json)" in str(method)
    assert "](../api/v1/playbook.schema.json)" in str(method)


def test_text_has_sorted_keys_and_one_newline():
    text = playbook_json(example())
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_order_of_files_and_of_templates_changes_no_byte():
    sources = read_sources(ROOT)
    before = playbook_json(example())
    for seed in range(3):
        names = list(sources.files)
        random.Random(seed).shuffle(names)
        shuffled = Sources({name: sources.files[name] for name in names}, sources.standard_is)
        result = load(shuffled)
        assert result.workspace is not None
        assert playbook_json(compute(result.workspace)) == before


def test_order_of_answers_changes_no_byte():
    """But for the places of rows, which nothing published names."""
    sources = read_sources(ROOT)
    files = dict(sources.files)
    for name, content in sources.files.items():
        if name.endswith(".csv"):
            head, *rows = content.decode().splitlines()
            files[name] = ("\n".join([head, *reversed(rows)]) + "\n").encode()
    result = load(Sources(files, sources.standard_is))
    assert result.workspace is not None
    assert playbook_json(compute(result.workspace)) == playbook_json(example())


def records(value):
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from records(part)
    elif isinstance(value, list):
        for part in value:
            yield from records(part)


def test_numbers_are_decimals_with_the_fraction_beside_them_where_they_are_rounded():
    told = json.loads(playbook_json(example()))
    rounded = 0
    for record in records(told):
        for field, fraction in record.get("exact", {}).items():
            assert abs(Fraction(fraction) - Fraction(str(record[field]))) <= Fraction(1, 20000)
            assert Fraction(fraction) != Fraction(str(record[field]))
            rounded += 1
    assert rounded > 10


def test_numbers_are_exact_with_their_fractions():
    told = json.loads(playbook_json(example()))
    for gap, record in zip(example().gaps, told["gaps"], strict=True):
        for field in ("current", "target", "amount"):
            exact = record.get("exact", {}).get(field, str(record[field]))
            assert Fraction(exact) == getattr(gap, field)


def test_ids_are_unique_and_lead_to_each_other():
    told = json.loads(playbook_json(example()))
    services = [service["id"] for service in told["services"]]
    aspects = {aspect["id"] for aspect in told["assessment"]["aspects"]}
    waves = {wave["id"] for wave in told["plan"]["waves"]}
    assert len(set(services)) == len(services)
    assert {gap["aspect"] for gap in told["gaps"]} <= aspects
    listed = [entry["service"] for kind in ("candidates", "not_applicable") for entry in told[kind]]
    assert sorted(listed) == sorted(services)
    assert {placement["wave"] for placement in told["plan"]["placements"]} <= waves


def test_no_single_answer_no_small_group_and_no_unreleased_comment_is_in_it():
    text, told = playbook_json(example()), json.loads(playbook_json(example()))
    minimum = example().workspace.catalogue.method.privacy.minimum_group
    for aspect in told["assessment"]["aspects"]:
        for group in (aspect["answers"] or {"groups": []})["groups"]:
            assert group["answers"] >= minimum
    quotations = {
        said
        for aspect in told["assessment"]["aspects"]
        if aspect["answers"]
        for said in aspect["answers"]["quotations"]
    }
    (answers,) = (ROOT / "content" / "assessments").glob("*.csv")
    with answers.open(newline="") as rows:
        for row in csv.DictReader(rows):
            assert f'"{row["respondent"]}"' not in text
            comment = (row["comment"] or "").strip()
            assert not comment or comment in quotations or comment not in text


def test_the_small_workspace_needs_nothing_optional():
    assert "content/assessments/2027-01-31.csv" not in SMALL
    told = json.loads(playbook_json(compute(workspace())))
    assert told["assessment"]["aspects"][0]["answers"] is None
