"""The plan is a lock file: written on request, used while current, refused when it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pmogen.cli import run
from tests.workspaces import parsed


@pytest.fixture
def workspace(example, tmp_path):
    """The example before its plan was published."""
    copy = Path(shutil.copytree(example, tmp_path / "workspace"))
    (copy / "content/plan.yml").unlink()
    return copy


def test_the_plan_of_the_example_is_current_and_proven(example, capsys):
    assert run(["plan", str(example), "--check"]) == 0
    plan = parsed((example / "content/plan.yml").read_text())
    assert plan["value_waves"] == plan["bound"]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_plan_is_written_once_and_then_stays(workspace, capsys):
    plan = workspace / "content/plan.yml"
    assert run(["plan", str(workspace), "--yes", "--no-exact"]) == 0
    first = plan.read_bytes()
    assert "changes" in capsys.readouterr().out
    assert run(["plan", str(workspace), "--yes", "--no-exact"]) == 0
    assert plan.read_bytes() == first
    said = capsys.readouterr().out
    assert "nothing moves" in said
    assert "stays as it is" in said


def test_without_consent_nothing_is_written(workspace, capsys):
    assert run(["plan", str(workspace), "--no-exact"]) != 2
    assert not (workspace / "content/plan.yml").exists()


def test_check_tells_missing_current_and_stale(workspace, capsys):
    assert run(["plan", str(workspace), "--check"]) == 1
    assert "missing" in capsys.readouterr().out
    run(["plan", str(workspace), "--yes", "--no-exact"])
    assert run(["plan", str(workspace), "--check"]) == 0
    change(workspace / "content/roadmap.yml", "fte: 3.5", "fte: 3.0")
    capsys.readouterr()
    assert run(["plan", str(workspace), "--check"]) == 1
    assert "out of date" in capsys.readouterr().out


def test_frozen_builds_refuse_what_is_not_published(workspace, capsys):
    assert run(["build", str(workspace), "--builder", "none", "--frozen"]) == 1
    assert "missing" in capsys.readouterr().err
    assert not (workspace / "build").exists()
    run(["plan", str(workspace), "--yes", "--no-exact"])
    assert run(["build", str(workspace), "--builder", "none", "--frozen"]) == 0
    change(workspace / "content/roadmap.yml", "fte: 3.5", "fte: 3.0")
    assert run(["build", str(workspace), "--builder", "none", "--frozen"]) == 1
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert "out of date" in capsys.readouterr().out


def test_a_plan_edited_by_hand_against_the_rules_is_refused(workspace, capsys):
    """Moving a service before its prerequisite keeps the fingerprint, but the checker sees it."""
    run(["plan", str(workspace), "--yes", "--no-exact"])
    plan = workspace / "content/plan.yml"
    lines = [line for line in plan.read_text().splitlines(keepends=True) if "service: status-reporting" not in line]
    plan.write_text("".join(lines))
    assert run(["build", str(workspace), "--builder", "none"]) == 1
    assert "breaks a rule" in capsys.readouterr().err


def test_what_if_writes_nothing_and_shows_both(workspace, capsys):
    assert run(["plan", str(workspace), "--what-if", "pmo_fte=-2", "--what-if", "decline=intake-process"]) == 0
    said = capsys.readouterr().out
    assert "as it is" in said
    assert "dropped: Project intake and approval process" in said
    assert not (workspace / "content/plan.yml").exists()
    assert run(["plan", str(workspace), "--what-if", "decline=nothing-like-it"]) == 1


def test_a_broken_plan_is_told_with_its_place(workspace, capsys):
    (workspace / "content/plan.yml").write_text("fingerprint: x\nservices: y\n")
    assert run(["check", str(workspace)]) == 1
    said = capsys.readouterr().out
    assert "content/plan.yml:1" in said
    assert "hint: delete the file and run `pmogen plan`" in said
