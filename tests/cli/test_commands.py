"""What people see: exit codes, messages, and that nothing is written that should not be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pmogen
from pmogen.cli import run


def hashes(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of change of all files below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def workspace(example, tmp_path):
    """A copy of the example to be changed."""
    return Path(shutil.copytree(example, tmp_path / "workspace"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_version_is_printed(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"pmogen {pmogen.__version__}\n"


def test_help_names_every_command(capsys):
    assert run(["--help"]) == 0
    words = capsys.readouterr().out
    assert all(f"\n  {command} " in words for command in ("init", "check", "build", "serve"))


@pytest.mark.parametrize(
    "arguments", [["bild"], ["check", "--colour"], ["build", "--builder", "hugo"], ["check", "nowhere"]]
)
def test_a_wrong_call_ends_with_2_and_one_message(arguments, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Error: " in said.err


def test_a_mistyped_command_is_guessed(capsys):
    run(["bild"])
    assert "build" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_a_folder_that_is_no_workspace_is_refused(command, tmp_path, capsys):
    assert run([command, str(tmp_path)] + (["--port", "0"] if command == "serve" else [])) == 1
    said = capsys.readouterr()
    assert "no content/ folder" in said.err
    assert "hint: " in said.err
    assert list(tmp_path.iterdir()) == []


def test_check_of_the_example_is_fine_and_writes_nothing(workspace, capsys):
    before = hashes(workspace)
    assert run(["check", str(workspace)]) == 0
    assert hashes(workspace) == before
    said = capsys.readouterr().out
    assert "error" not in said
    assert "next: pmogen build" in said


def test_check_finds_every_mistake_at_once_with_place_caret_and_hint(workspace, capsys):
    spoil(workspace / "content/foundation.yml", "state: known", "state: knwon")
    spoil(workspace / "content/roadmap.yml", "fte: 3.0", "fte: many")
    spoil(workspace / "content/decisions.yml", "decision: offer", "decisoin: offer")
    (workspace / "content/playbook.yml").write_text("title: [unclosed\n")
    assert run(["check", str(workspace)]) == 1
    said = capsys.readouterr().out
    for name in ("foundation", "roadmap", "decisions", "playbook"):
        assert f"content/{name}.yml:" in said
    assert "     state: knwon\n" in said
    assert "            ^^^^^\n" in said
    assert "  hint: " in said
    assert "errors" in said
    assert "Traceback" not in said


def test_build_with_mistakes_writes_nothing(workspace, capsys):
    spoil(workspace / "content/foundation.yml", "state: known", "state: knwon")
    before = hashes(workspace)
    assert run(["build", str(workspace)]) == 1
    assert hashes(workspace) == before
    assert "nothing was written" in capsys.readouterr().out


def test_with_mistakes_the_last_good_site_stays(built_example, tmp_path):
    workspace = Path(shutil.copytree(built_example, tmp_path / "workspace"))
    spoil(workspace / "content/foundation.yml", "state: known", "state: knwon")
    before = hashes(workspace)
    assert run(["build", str(workspace)]) == 1
    assert hashes(workspace) == before


def test_build_says_what_it_made_and_where_it_lies(workspace, capsys):
    assert run(["build", str(workspace)]) == 0
    said = capsys.readouterr().out
    assert str((workspace / "site/index.html").resolve()) in said
    for word in ("gaps", "services planned in", "pages", "render", "mkdocs", "in all", "next: pmogen serve"):
        assert word in said
    assert (workspace / "site/index.html").is_file()


def test_building_twice_changes_no_byte_and_is_quick(built_example, tmp_path, capsys):
    workspace = tmp_path / "workspace"
    shutil.copytree(built_example, workspace)
    before = hashes(workspace)
    began = time.monotonic()
    assert run(["build", str(workspace)]) == 0
    assert hashes(workspace) == before
    assert "as it was" in capsys.readouterr().out
    assert time.monotonic() - began < 20


def test_building_anew_elsewhere_gives_the_same_bytes(built_example, workspace):
    """On another day, in another folder, by another process."""
    command = [sys.executable, "-m", "pmogen", "build", str(workspace)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TZ": "Pacific/Auckland"})
    for part in ("build/playbook", "site"):
        first, second = hashes(built_example / part), hashes(workspace / part)
        assert first.keys() == second.keys()
        assert [name for name in first if first[name][0] != second[name][0]] == []


def test_a_damaged_site_is_built_anew(built_example, tmp_path):
    workspace = Path(shutil.copytree(built_example, tmp_path / "workspace"))
    (workspace / "site/index.html").unlink()
    assert run(["build", str(workspace)]) == 0
    assert hashes(workspace / "site").keys() == hashes(built_example / "site").keys()


def test_an_edited_page_is_refused(built_example, tmp_path, capsys):
    workspace = Path(shutil.copytree(built_example, tmp_path / "workspace"))
    (workspace / "build/playbook/index.md").write_text("my own words\n")
    assert run(["build", str(workspace)]) == 1
    assert "build/playbook/index.md" in capsys.readouterr().err
    assert (workspace / "build/playbook/index.md").read_text() == "my own words\n"


def test_a_broken_link_in_a_hand_written_page_stops_the_build_with_its_name(workspace, capsys):
    (workspace / "content/pages/broken.md").write_text("# Broken\n\nSee [this](nowhere.md).\n")
    assert run(["build", str(workspace)]) == 1
    said = capsys.readouterr()
    assert "nowhere.md" in said.err + said.out
    assert "Traceback" not in said.err


def test_a_missing_builder_names_the_extra(workspace, monkeypatch, capsys):
    monkeypatch.setattr("pmogen.site.builder.find_spec", lambda _name: None)
    assert run(["build", str(workspace), "--builder", "zensical"]) == 1
    assert "pip install 'pmogen[zensical]'" in capsys.readouterr().err


def test_builder_none_stops_after_the_pages(workspace, capsys):
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert (workspace / "build/playbook/index.md").is_file()
    assert not (workspace / "site").exists()
    assert "next: pmogen build" in capsys.readouterr().out


def test_an_unexpected_exception_becomes_a_sentence(workspace, monkeypatch, capsys):
    def explode(*_, **__):
        raise ZeroDivisionError("half a level")

    monkeypatch.delenv("PMOGEN_DEBUG", raising=False)
    monkeypatch.setattr("pmogen.check", explode)
    assert run(["check", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert "this is a mistake in pmogen, please report it (ZeroDivisionError: half a level)" in said
    assert "Traceback" not in said
    monkeypatch.setenv("PMOGEN_DEBUG", "1")
    assert run(["check", str(workspace)]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_nobody_reading_the_output_is_no_drama(workspace):
    process = subprocess.Popen(
        [sys.executable, "-m", "pmogen", "check", str(workspace)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert said == b""


def test_check_chooses_annotations_inside_actions(workspace, capsys, monkeypatch, tmp_path):
    """The form never changes the verdict; the job summary gets the whole list."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    spoil(workspace / "content/roadmap.yml", "status: finished", "status: finishd")
    assert run(["check", str(workspace)]) == 1
    assert "::error file=" in capsys.readouterr().out
    assert "finishd" in (tmp_path / "summary.md").read_text()


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_warnings_count_only_when_asked(workspace, capsys, form):
    """`--strict` makes a warning fail, in every form of the report."""
    (workspace / "content/decision.yml").write_text("{}")
    assert run(["check", str(workspace), "--format", form]) == 0
    assert run(["check", str(workspace), "--format", form, "--strict"]) == 1
    assert "PMO025" in capsys.readouterr().out


def test_answers_are_not_shown_in_the_report(workspace, capsys):
    """A log is read by more people than the file: rows of answers stay out of it."""
    path = workspace / "content/assessments/2026-06-26.csv"
    path.write_text(path.read_text() + "r99,sponsors,portfolio,9,,,very secret\n")
    assert run(["check", str(workspace)]) == 1
    assert "secret" not in capsys.readouterr().out


def test_explain_prints_manuals(capsys):
    """A code gives its manual, `rules` the list of all."""
    assert run(["explain", "pmo401"]) == 0
    assert "Wrong:" in capsys.readouterr().out
    assert run(["explain", "rules"]) == 0
    assert "PMO101" in capsys.readouterr().out
    assert run(["explain", "PMO999"]) == 1


def test_schema_offers_the_ids_of_the_workspace(workspace, capsys):
    """The schemas are written where asked, and a second time nothing changes."""
    assert run(["schema", str(workspace), "--out", str(workspace / "here")]) == 0
    assert "status-reporting" in (workspace / "here/decisions.schema.json").read_text()
    before = hashes(workspace)
    assert run(["schema", str(workspace), "--out", str(workspace / "here")]) == 0
    assert hashes(workspace) == before
