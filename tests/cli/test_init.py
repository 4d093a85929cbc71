"""New workspaces build right away, and nothing is ever overwritten."""

from __future__ import annotations

import json

import pytest

from pmogen.cli import run


@pytest.mark.parametrize("options", [[], ["--empty"]])
def test_a_new_workspace_has_all_it_needs(tmp_path, options, capsys):
    assert run(["init", str(tmp_path / "new"), *options]) == 0
    made = {"content", "mkdocs.yml", "README.md", ".gitignore", ".vscode", "schemas"}
    assert {path.name for path in (tmp_path / "new").iterdir()} == made
    assert "next: pmogen build" in capsys.readouterr().out


def test_the_empty_workspace_builds_at_once_and_has_no_mistakes(tmp_path, capsys):
    assert run(["init", str(tmp_path), "--empty"]) == 0
    assert run(["check", str(tmp_path)]) == 0
    assert "error:" not in capsys.readouterr().out
    assert run(["build", str(tmp_path)]) == 0
    assert (tmp_path / "site/index.html").is_file()


def test_each_file_of_the_empty_workspace_explains_itself(tmp_path):
    run(["init", str(tmp_path), "--empty"])
    for path in (tmp_path / "content").rglob("*.yml"):
        assert path.read_text().startswith("# "), path


def test_the_current_folder_is_the_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert (tmp_path / "content/playbook.yml").is_file()


def test_a_fresh_git_repository_counts_as_empty(tmp_path):
    (tmp_path / ".git").mkdir()
    assert run(["init", str(tmp_path)]) == 0


@pytest.mark.parametrize("name", ["README.md", "content", "notes.txt"])
def test_a_folder_that_holds_something_is_refused_by_name(tmp_path, name, capsys):
    (tmp_path / name).mkdir() if name == "content" else (tmp_path / name).write_text("mine\n")
    before = sorted(tmp_path.rglob("*"))
    assert run(["init", str(tmp_path)]) == 1
    assert f"{name} would be in the way" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    assert run(["init", str(tmp_path / "file")]) == 2


@pytest.mark.parametrize("options", [[], ["--empty"]])
def test_editors_find_the_schema_of_every_file(tmp_path, options):
    """The first line of each file names a schema that is there, and VS Code is told the same."""
    assert run(["init", str(tmp_path), *options]) == 0
    told = json.loads((tmp_path / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert all((tmp_path / schema).is_file() for schema in told)
    written = {tmp_path / "content/plan.yml", tmp_path / "content/scenarios-plan.yml"}
    for path in {*(tmp_path / "content").rglob("*.yml")} - written:
        first = path.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.split("=", 1)[1]).is_file(), path


def test_a_folder_that_the_disk_refuses_is_named(tmp_path, capsys):
    """What the system refuses is no mistake in pmogen."""
    assert run(["init", str(tmp_path / ("a" * 300))]) == 1
    told = capsys.readouterr().err
    assert "File name too long" in told
    assert "mistake in pmogen" not in told
