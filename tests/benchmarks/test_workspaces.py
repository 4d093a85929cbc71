"""Made workspaces are the same each time, pass the check, and differ only in what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from workspaces import make

import pmogen

BEFORE = "content/assessments/2026-07-17.yml"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(folder: Path, **sizes: int) -> dict[str, bytes]:
    make(folder, **sizes)
    return files(folder)


def test_the_same_seed_makes_the_same_workspace(tmp_path):
    sizes = {"services": 70, "aspects": 30, "assessments": 2, "answers": 500}
    first = made(tmp_path / "first", **sizes)
    assert made(tmp_path / "second", **sizes) == first
    assert made(tmp_path / "other", **sizes, seed=2) != first


@pytest.mark.parametrize(
    "sizes",
    [
        {"services": 60, "aspects": 24},
        {"services": 60, "aspects": 24, "assessments": 12, "answers": 10_000},
        {"services": 300, "aspects": 400, "assessments": 3, "waves": 12},
    ],
    ids=lambda sizes: " ".join(f"{size}-{name}" for name, size in sizes.items()),
)
def test_what_is_made_passes_the_check(tmp_path, sizes):
    make(tmp_path, **sizes)
    workspace = pmogen.check(tmp_path).workspace
    assert workspace is not None
    assert len(workspace.catalogue.services) == sizes["services"]
    assert len(workspace.catalogue.aspects) == sizes["aspects"]
    assert len(workspace.assessments) == sizes.get("assessments", 1)


def test_the_largest_one_asks_for_no_larger_team_than_the_check_allows(tmp_path):
    make(tmp_path, services=5000, aspects=24)
    waves = yaml.safe_load((tmp_path / "content/roadmap.yml").read_bytes())["waves"]
    assert {wave["fte"] for wave in waves} == {100.0}


def test_as_many_answers_are_made_as_are_asked_for_and_nothing_else_changes(tmp_path):
    few, many = (made(tmp_path / str(count), answers=count) for count in (100, 10_000))
    (name,) = (name for name in many if name.endswith(".csv"))
    assert many[name].count(b"\n") == 10_001
    assert {key for key in many if few[key] != many[key]} == {name}


def test_an_earlier_assessment_changes_nothing_else_and_shows_no_higher_level(tmp_path):
    one, two = made(tmp_path / "one"), made(tmp_path / "two", assessments=2)
    assert {key for key in two if one.get(key) != two[key]} == {BEFORE}
    now = yaml.safe_load(two["content/assessments/2027-01-15.yml"])["aspects"]
    before = yaml.safe_load(two[BEFORE])["aspects"]
    rises = [late["current"] - early["current"] for late, early in zip(now, before, strict=True)]
    assert min(rises) == 0
    assert max(rises) > 0
