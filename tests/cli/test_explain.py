"""`pmogen explain`: manuals of codes, and where numbers come from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pmogen.cli import run
from tests.cli.test_commands import hashes, spoil


def test_a_gap_is_explained_down_to_the_line_and_nothing_is_written(example, capsys):
    before = hashes(example)
    assert run(["explain", "gap:pm-skills", str(example)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("gap:pm-skills\n")
    assert "content/assessments/2026-06-26.yml:" in said
    assert hashes(example) == before


def test_width_of_the_terminal_is_respected(example, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["explain", "gap:pm-skills", str(example), "--depth", "1"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_json_is_one_object(example, capsys):
    assert run(["explain", "pm-skills", str(example), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["id"] == "gap:pm-skills"
    assert told["explanation"]["inputs"][0]["how"]
    assert told["explanation"]["inputs"][0]["value"] == 0.5


def test_a_name_that_does_not_exist_ends_with_1_and_the_likeliest(example, capsys):
    assert run(["explain", "gap:pm-skils", str(example)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "did you mean gap:pm-skills" in said.err


def test_mistakes_in_the_files_come_first(example, tmp_path, capsys):
    workspace = Path(shutil.copytree(example, tmp_path / "workspace"))
    spoil(workspace / "content/foundation.yml", "state: known", "state: knwon")
    assert run(["explain", "gap:pm-skills", str(workspace)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "content/foundation.yml:" in said.err
    assert "1 error" in said.err


@pytest.mark.parametrize("code", ["PMO401", "pmo401"])
def test_a_code_gives_its_manual(code, capsys):
    assert run(["explain", code]) == 0
    assert capsys.readouterr().out.startswith("PMO401 (error): ")


def test_a_manual_begins_in_the_language_of_the_playbook(example, tmp_path, capsys):
    """Its title is translated, the text below it is not."""
    workspace = Path(shutil.copytree(example, tmp_path / "workspace"))
    spoil(workspace / "content/playbook.yml", "language: en", "language: de")
    assert run(["explain", "PMO306", str(workspace)]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "PMO306 (Hinweis): Bei einem Aspekt ist man sich nicht einig: erst reden, dann planen."
    assert rest[0] == ""
    assert rest[1].startswith("The groups' medians")
    assert run(["explain", "rules", str(workspace)]) == 0
    assert f"\n{first.replace(' (Hinweis):', '  Hinweis ').rstrip('.')}\n" in capsys.readouterr().out


def test_rules_lists_all_codes(capsys):
    assert run(["explain", "rules"]) == 0
    assert "\nPMO401  " in capsys.readouterr().out


def test_a_code_as_json(capsys):
    assert run(["explain", "PMO401", "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert told["code"] == "PMO401"


def test_an_unknown_code_ends_with_1(capsys):
    assert run(["explain", "PMO999"]) == 1
    assert "pmogen explain rules" in capsys.readouterr().err


def test_a_wrong_format_ends_with_2(example):
    assert run(["explain", "gap:pm-skills", str(example), "--format", "xml"]) == 2
