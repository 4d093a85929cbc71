"""The JSON of a comparison is as its schema says, and names every cause."""

from __future__ import annotations

import json
import os

import pytest
from jsonschema import Draft7Validator

from pmogen.diff import compare, side_of_json
from pmogen.diff.record import DiffRecord, diff_json, diff_schema
from pmogen.errors import PmogenError
from pmogen.exchange import playbook_json
from pmogen.exchange.read import LARGEST
from pmogen.model.schema import models_in
from tests.diff.states import ASSESSMENT, before, compared, edited, now, realistic, with_file
from tests.diff.test_comment import MANY, with_hostile
from tests.workspaces import ROOT

COMMITTED = ROOT / "docs" / "reference" / "diff.schema.json"


def validator():
    return Draft7Validator(json.loads(diff_schema()))


def test_the_committed_schema_is_up_to_date():
    """Rewrite it with `PMOGEN_UPDATE=1 pytest tests/diff/test_record.py`."""
    if os.environ.get("PMOGEN_UPDATE"):
        COMMITTED.write_bytes(diff_schema().encode())
    Draft7Validator.check_schema(json.loads(diff_schema()))
    assert COMMITTED.read_bytes().decode() == diff_schema(), test_the_committed_schema_is_up_to_date.__doc__


def test_every_field_is_described():
    for model in models_in(DiffRecord):
        assert model.__doc__
        assert all(field.description for field in model.model_fields.values())


@pytest.mark.parametrize(
    "comparison",
    [
        realistic(),
        compared(),
        with_hostile(MANY[0]),
        compare(before(), now(edited((ASSESSMENT, r"target: 3\.5", "target: many")))),
        compare(before(), now(with_file("content/assessments/2026-10-01.yml", "date: 2026-10-01\n"))),
    ],
    ids=["realistic", "nothing", "hostile", "mistakes", "a new file"],
)
def test_it_is_as_the_schema_says(comparison):
    assert list(validator().iter_errors(json.loads(diff_json(comparison)))) == []


def test_the_schema_notices_what_is_wrong():
    for spoil in (
        lambda data: data.pop("changes"),
        lambda data: data.update(more=1),
        lambda data: data["changes"][0].update(kind="other"),
        lambda data: data["changes"][0].update(causes=["1"]),
        lambda data: data["edits"][0].update(old_place={"file": "x"}),
    ):
        data = json.loads(diff_json(realistic()))
        spoil(data)
        assert list(validator().iter_errors(data)) != []


def test_causes_are_numbers_of_edits_and_places_are_lines():
    data = json.loads(diff_json(realistic()))
    edits = {edit["number"]: edit for edit in data["edits"]}
    raised = next(change for change in data["changes"] if change["kind"] == "target")
    (number,) = raised["causes"]
    assert edits[number]["path"] == ["aspects", "governance", "target"]
    assert edits[number]["new_place"] == raised["place"] == {"file": ASSESSMENT, "line": 19}
    assert {cause for change in data["changes"] for cause in change["causes"]} <= edits.keys()


def test_the_same_comparison_gives_the_same_text():
    assert diff_json(compare(before(), realistic().new)) == diff_json(compare(before(), realistic().new))


def test_what_is_no_playbook_json_is_refused():
    text = playbook_json(before().playbook)
    for raw, says in (
        (b"", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[" * 200_000, "is no JSON"),
        (text[:-200].encode(), "is no JSON"),
        (b"[]", "format 1"),
        (text.replace('"format": 1', '"format": 2').encode(), "format 1"),
        (text.replace('"gaps": [', '"gape": [').encode(), "gaps: Field required"),
        (b'{"format": 1}', "is no playbook.json"),
        (b" " * (LARGEST + 1), "larger than"),
        (text.replace('"amount": 1.1667', '"amount": "NaN"').encode(), "is no playbook.json"),
    ):
        with pytest.raises(PmogenError) as refused:
            side_of_json("old.json", raw)
        assert says in refused.value.message
        assert len(refused.value.message) < 300


def test_fractions_that_lie_are_refused():
    spoiled = playbook_json(before().playbook).replace('"amount": "7/6"', '"amount": "7/0"')
    assert "7/0" in spoiled
    with pytest.raises(PmogenError):
        side_of_json("old.json", spoiled.encode())
