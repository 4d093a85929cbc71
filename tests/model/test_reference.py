"""The reference pages say what the models say, and the committed ones are up to date."""

from __future__ import annotations

import json
import os
import re

import pytest
from jsonschema import Draft7Validator

from pmogen.model.reference import reference_pages
from pmogen.model.schema import FILE_KINDS, models_in, schemas
from tests.workspaces import ROOT, parsed

PAGES = reference_pages()
FOLDER = ROOT / "docs" / "reference"


def test_committed_pages_are_up_to_date():
    """Rewrite them with `PMOGEN_UPDATE=1 pytest tests/model/test_reference.py`."""
    if os.environ.get("PMOGEN_UPDATE"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in FOLDER.glob("*.md"):
            path.unlink()
        for name, text in PAGES.items():
            (FOLDER / name).write_bytes(text.encode())
    committed = {path.name: path.read_bytes().decode() for path in FOLDER.glob("*.md")}
    assert committed.keys() == PAGES.keys(), test_committed_pages_are_up_to_date.__doc__
    for name, text in PAGES.items():
        assert committed[name] == text, f"{name} is out of date. {test_committed_pages_are_up_to_date.__doc__}"


def test_one_page_for_each_kind_of_file_and_one_for_all():
    assert list(PAGES) == ["index.md", *(f"{kind.name}.md" for kind in FILE_KINDS)]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_tidy(name):
    """One newline at the end, no spaces before line ends, every row of a table with as many cells as its head."""
    text = PAGES[name]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    own = re.sub(r"```.*?```", "example", text, flags=re.DOTALL)
    assert not re.search(r"[ \t]\n|\n\n\n|\r", own)
    for table in re.findall(r"(?:^\|.*\n)+", own, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_page_has_every_field_of_every_model(kind):
    """In the order of the declaration, each with something in all its cells."""
    tables = re.findall(r"^\| Key \|.*\n\| ---.*\n((?:\|.*\n)+)", PAGES[f"{kind.name}.md"], re.MULTILINE)
    rows = [[re.split(r" (?<!\\)\| ", row[2:-2]) for row in table.splitlines()] for table in tables]
    assert [[row[0] for row in table] for table in rows] == [
        [f"`{name}`" for name in model.model_fields] for model in models_in(kind.model)
    ]
    assert all(cell.strip() for table in rows for row in table for cell in row)


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_needed_is_what_the_model_requires(kind):
    page = PAGES[f"{kind.name}.md"]
    needed = [
        row == "yes" for row in re.findall(r"^\| `\w+` \| .*? \| (yes|no(?:, else `.*`)?) \| ", page, re.MULTILINE)
    ]
    required = [field.is_required() for model in models_in(kind.model) for field in model.model_fields.values()]
    if kind.name == "catalogue":
        required[0] = False  # a single file needs no method
    assert needed == required


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    headings = {line[3:].lower().replace(" ", "-") for line in PAGES[name].splitlines() if line.startswith("## ")}
    for target in re.findall(r"\]\(([^)]*)\)", PAGES[name]):
        assert target[1:] in headings if target.startswith("#") else target in PAGES, target


@pytest.mark.parametrize("kind", FILE_KINDS, ids=lambda kind: kind.name)
def test_examples_are_right(kind):
    """Every example is YAML that the schema accepts; every kind of the catalogue has one."""
    validator = Draft7Validator(json.loads(schemas()[f"{kind.name}.schema.json"]))
    examples = [parsed(text) for text in re.findall(r"```yaml\n(.*?)```", PAGES[f"{kind.name}.md"], re.DOTALL)]
    for value in examples:
        assert not list(validator.iter_errors(value))
    keys = [key for value in examples for key in value]
    assert keys == list(kind.model.model_fields) if kind.name == "catalogue" else len(examples) == 1


def test_types_in_plain_words():
    page = PAGES["foundation.md"]
    assert "| `audience` | id of an audience | no |" in page
    assert "| `aspects` | list of ids of aspects, at least 1 | yes |" in page
    assert "| `state` | one of `known`, `assumed`, `open` | no, else `known` |" in page
    assert "| `weight` | whole number from 1 to 5 | yes |" in page
    assert "| `expects` | list: [expected benefit](#expected-benefit), at least 1 | yes |" in page
    assert "| `due` | date | no |" in page
    assert "| `culture_change` | [culture change](#culture-change) | no |" in page
