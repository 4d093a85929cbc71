"""group.yml: what may stand in it, and how mistakes are told."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft7Validator

from pmogen.group.settings import group_schema, read_group, settings_table
from tests.workspaces import ROOT

GOOD = {"title": "Group", "owner": "Head", "offices": [{"id": "a", "name": "A", "folder": "offices/a"}]}


def read(**changes):
    return read_group(yaml.safe_dump(GOOD | changes, sort_keys=False).encode())


def test_a_group_is_read():
    group, found = read()
    assert not found
    assert group.offices[0].folder == "offices/a"
    assert not group.offices[0].compare


@pytest.mark.parametrize(
    "office",
    [
        {"id": "a", "name": "A"},
        {"id": "a", "name": "A", "folder": "a", "playbook": "b.json"},
        {"id": "a", "name": "A", "folder": "../elsewhere"},
        {"id": "a", "name": "A", "folder": "/etc"},
        {"id": "a", "name": "A", "folder": "a/../../b"},
        {"id": "a", "name": "A", "folder": "a\\b"},
        {"id": "a", "name": "A", "playbook": "file:///etc/passwd"},
        {"id": "a", "name": "A", "playbook": "ftp://example.org/x.json"},
        {"id": "a", "name": "A", "playbook": "../x.json"},
        {"id": "A!", "name": "A", "folder": "a"},
        {"id": "a", "name": "A", "folder": "a", "compare": "yes"},
        {"id": "a", "name": "A", "folder": "a", "colour": "red"},
        {"id": "aspects", "name": "A", "folder": "a"},
        {"id": "a", "name": "A", "folder": "site/a"},
        {"id": "a", "name": "A", "playbook": "build/a.json"},
    ],
)
def test_an_office_that_is_none_is_told_with_its_place(office):
    group, found = read(offices=[office])
    assert group is None
    assert all(one.span.file == "group.yml" and one.span.line > 1 and one.severity == "error" for one in found)


@pytest.mark.parametrize(
    "office",
    [
        {"id": "a", "name": "A", "folder": "offices/a"},
        {"id": "a", "name": {"en": "A", "de": "Ä"}, "folder": None, "playbook": "a b/c.json", "compare": True},
        {"id": "a", "name": "A", "playbook": "https://example.org/x.json", "site": "https://example.org"},
        {"id": "a", "name": "A"},
        {"id": "a", "name": "A", "folder": "a", "playbook": "b.json"},
        {"id": "a", "name": "A", "folder": "../elsewhere"},
        {"id": "a", "name": "A", "playbook": "ftp://example.org/x.json"},
        {"id": "A!", "name": "A", "folder": "a"},
        {"id": "a", "name": "A", "folder": "a", "colour": "red"},
    ],
)
def test_the_schema_takes_what_is_taken(office):
    schema = json.loads(group_schema())
    Draft7Validator.check_schema(schema)
    assert Draft7Validator(schema).is_valid(GOOD | {"offices": [office]}) == (read(offices=[office])[0] is not None)


def test_no_two_offices_share_id_or_folder():
    group, found = read(offices=[GOOD["offices"][0], dict(GOOD["offices"][0])])
    assert group is None
    assert len(found) == 4


@pytest.mark.parametrize("layer", ["../x", "a/b", ".git", "", "build", "site"])
def test_a_layer_is_a_folder_right_here(layer):
    assert read(layers=[layer])[0] is None


@pytest.mark.parametrize("raw", [b"", b"- a\n", b"\xff\xfe", b"title: [\n", b"title: x\n"])
def test_what_is_no_group_is_told(raw):
    group, found = read_group(raw)
    assert group is None
    assert found


def test_every_field_is_documented():
    text = (ROOT / "docs/groups.md").read_text()
    missing = [name for name, _said in settings_table() if f"`{name.removeprefix('offices: ')}`" not in text]
    assert not missing
