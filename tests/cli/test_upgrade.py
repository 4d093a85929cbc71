"""A newer pmogen renews what it generated, and never treads on what people edited."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.site.record import RECORD, mark


def git(folder, *arguments):
    author = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "playbook"
    assert run(["init", str(folder), "--empty", "--repository", "https://github.com/acme/pmo"]) == 0
    return folder


@pytest.fixture
def workspace(made, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(made, tmp_path / "playbook"))
    monkeypatch.chdir(folder)
    return folder


def older(folder, **changes):
    """As if an older pmogen had generated these files otherwise: (now, then) by name; a name alone did not exist then."""
    record = json.loads((folder / RECORD).read_text())
    record["pmogen"] = "0.0.9"
    for name, change in changes.items():
        path = {"check": ".github/workflows/check.yml", "owners": ".github/CODEOWNERS", "mkdocs": "mkdocs.yml"}.get(
            name, name
        )
        if change is None:
            (folder / path).unlink()
            del record["files"][path]
            continue
        text = (folder / path).read_text().replace(*change) if (folder / path).exists() else change[1]
        (folder / path).write_text(text)
        record["files"][path] = mark(path, text)
    (folder / RECORD).write_text(json.dumps(record))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "older")


def edit(folder, path, old, new):
    text = (folder / path).read_text()
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1))


def state(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts[:1])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


OLD_CHECK = ("timeout-minutes: 15", "timeout-minutes: 5")
OLD_MKDOCS = ("navigation.top", "navigation.tip")
OLD_OWNERS = ("/catalog/    ", "/catalogue/  ")


def test_what_was_just_made_is_up_to_date(workspace, capsys):
    before = state(workspace)
    assert run(["upgrade", "--apply"]) == 0
    assert "up to date" in capsys.readouterr().err
    assert state(workspace) == before


def test_what_nobody_edited_is_replaced(workspace, capsys):
    new = state(workspace)
    older(workspace, check=OLD_CHECK, **{"requirements.txt": ("0.1.0", "0.0.9")})
    before = state(workspace)
    assert run(["upgrade"]) == 1
    said = capsys.readouterr()
    assert "+    timeout-minutes: 15" in said.out
    assert ".pmogen" not in said.out
    assert "check.yml: replaced, as nobody edited it" in said.err
    assert state(workspace) == before
    assert run(["upgrade", "--apply"]) == 0
    assert state(workspace) == new


def test_the_patch_is_what_git_applies(workspace, capsys):
    new = state(workspace)
    older(workspace, check=OLD_CHECK, **{".github/workflows/stale.yml": None, "old.txt": ("", "old\n")})
    assert run(["upgrade", "--format", "patch"]) == 1
    subprocess.run(["git", "apply", "-"], input=capsys.readouterr().out.encode(), check=True)
    assert state(workspace) == new
    assert run(["upgrade"]) == 0


def test_edits_that_fit_are_merged(workspace, capsys):
    older(workspace, owners=OLD_OWNERS)
    edit(workspace, ".github/CODEOWNERS", "@acme/pmo-sponsors", "@acme/board")
    git(workspace, "commit", "-qam", "ours")
    assert run(["upgrade", "--apply"]) == 0
    assert "merged with your edits" in capsys.readouterr().err
    text = (workspace / ".github/CODEOWNERS").read_text()
    assert "@acme/board" in text
    assert "\n/catalog/  " in text
    assert run(["upgrade"]) == 0


def test_a_second_upgrade_knows_what_the_first_one_merged(workspace):
    """The text as generated is in no commit then: it was kept aside."""
    older(workspace, owners=OLD_OWNERS)
    edit(workspace, ".github/CODEOWNERS", "@acme/pmo-sponsors", "@acme/board")
    assert run(["upgrade", "--apply"]) == 0
    base = workspace / ".pmogen/base/.github/CODEOWNERS"
    record = json.loads((workspace / RECORD).read_text())
    base.write_text(base.read_text().replace(*OLD_OWNERS))
    edit(workspace, ".github/CODEOWNERS", *OLD_OWNERS)
    record["files"][".github/CODEOWNERS"] = mark(".github/CODEOWNERS", base.read_text())
    (workspace / RECORD).write_text(json.dumps(record))
    assert run(["upgrade", "--apply"]) == 0
    text = (workspace / ".github/CODEOWNERS").read_text()
    assert "@acme/board" in text
    assert "\n/catalog/  " in text


def test_edits_that_do_not_fit_stay_and_are_shown_until_people_decide(workspace, capsys):
    older(workspace, mkdocs=OLD_MKDOCS)
    edit(workspace, "mkdocs.yml", "navigation.tip", "navigation.tip # ours")
    before = (workspace / "mkdocs.yml").read_text()
    assert run(["upgrade", "--apply"]) == 1
    said = capsys.readouterr()
    assert "stays as you edited it" in said.err
    assert "+    - navigation.top" in said.out
    assert (workspace / "mkdocs.yml").read_text() == before
    assert run(["upgrade"]) == 1
    assert run(["upgrade", "--keep", "mkdocs.yml", "--apply"]) == 0
    assert (workspace / "mkdocs.yml").read_text() == before
    assert run(["upgrade"]) == 0


def test_without_git_nothing_is_merged_and_nothing_lost(workspace, monkeypatch, capsys):
    older(workspace, owners=OLD_OWNERS)
    edit(workspace, ".github/CODEOWNERS", "@acme/pmo-sponsors", "@acme/board")
    monkeypatch.setenv("PATH", "/nowhere")
    before = (workspace / ".github/CODEOWNERS").read_text()
    assert run(["upgrade", "--apply"]) == 1
    assert (workspace / ".github/CODEOWNERS").read_text() == before


def test_edits_of_what_did_not_change_are_not_even_mentioned(workspace, capsys):
    older(workspace, check=OLD_CHECK)
    edit(workspace, "README.md", "## ", "## Our own ")
    assert run(["upgrade", "--apply"]) == 0
    assert "README" not in capsys.readouterr().err


def test_what_was_deleted_stays_so_unless_it_is_wanted_back(workspace, capsys):
    new = state(workspace)
    (workspace / ".github/workflows/stale.yml").unlink()
    assert run(["upgrade", "--apply"]) == 0
    assert "--restore" in capsys.readouterr().err
    assert not (workspace / ".github/workflows/stale.yml").exists()
    assert run(["upgrade", "--apply", "--restore"]) == 0
    assert state(workspace) == new


def test_what_is_no_longer_generated_goes_only_if_nobody_edited_it(workspace, capsys):
    older(workspace, **{"old.txt": ("", "old\n"), "mine.txt": ("", "old\n")})
    (workspace / "mine.txt").write_text("mine\n")
    assert run(["upgrade", "--apply"]) == 0
    assert not (workspace / "old.txt").exists()
    assert (workspace / "mine.txt").read_text() == "mine\n"


def test_schemas_and_lists_of_forms_follow_the_content_and_count_as_generated(workspace):
    edit(
        workspace,
        "content/decisions.yml",
        "entities: []",
        "entities:\n  - {id: it, name: IT, description: Runs things.}",
    )
    assert run(["upgrade"]) == 0
    assert run(["forms"]) == 0
    assert run(["schema"]) == 0
    assert run(["upgrade"]) == 0
    record = json.loads((workspace / RECORD).read_text())
    record["files"]["schemas/decisions.schema.json"] = "older"
    (workspace / RECORD).write_text(json.dumps(record))
    (workspace / "schemas/decisions.schema.json").write_text("{}\n")
    assert run(["upgrade", "--apply"]) == 0
    assert '"it"' in (workspace / "schemas/decisions.schema.json").read_text()


def test_without_a_record_nothing_that_differs_is_taken_for_generated(workspace, capsys):
    (workspace / RECORD).unlink()
    (workspace / ".editorconfig").unlink()
    edit(workspace, "mkdocs.yml", "font: false", "font: true")
    before = state(workspace)
    assert run(["upgrade", "--apply"]) == 1
    said = capsys.readouterr()
    assert "mkdocs.yml: stays as you edited it" in said.err
    assert ".editorconfig: deleted by you" in said.err
    assert {name: state(workspace)[name] for name in before} == before


def test_another_code_host_brings_its_workflows(workspace):
    assert run(["upgrade", "--host", "gitlab", "--apply"]) == 0
    assert (workspace / ".gitlab-ci.yml").is_file()
    assert not [path for path in (workspace / ".github").rglob("*") if path.is_file()]
    assert run(["upgrade"]) == 0


def test_what_a_newer_pmogen_made_is_left_alone(workspace, capsys):
    record = json.loads((workspace / RECORD).read_text())
    (workspace / RECORD).write_text(json.dumps({**record, "pmogen": "99.0"}))
    assert run(["upgrade", "--apply"]) == 1
    assert "pmogen 99.0" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["content/decisions.yml", "../outside.txt", "/etc/hostname", ".git/HEAD", "a\\b"])
def test_a_record_cannot_have_other_files_deleted(workspace, path):
    (workspace.parent / "outside.txt").write_text("x\n")
    target = workspace / path
    record = json.loads((workspace / RECORD).read_text())
    record["files"][path] = mark(path, target.read_text()) if target.exists() else "x"
    (workspace / RECORD).write_text(json.dumps(record))
    assert run(["upgrade", "--apply", "--yes"]) == 0
    assert target.exists() or "\\" in path


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{",
        '{"pmogen": "0.1.0", "answers": {}, "files": {}}',
        '{"pmogen": 1, "answers": {"host": "x"}, "files": 3}',
    ],
)
def test_a_damaged_record_is_refused(workspace, damage, capsys):
    (workspace / RECORD).write_text(damage)
    assert run(["upgrade", "--apply"]) == 1
    assert "mistake in pmogen" not in capsys.readouterr().err


def test_content_is_never_touched(workspace):
    older(workspace, check=OLD_CHECK)
    before = {name: content for name, content in state(workspace).items() if name.startswith(("content/", "catalog/"))}
    assert run(["upgrade", "--apply", "--restore"]) == 0
    assert before.items() <= state(workspace).items()


def test_on_a_terminal_people_are_asked(workspace, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    older(workspace, check=OLD_CHECK)
    before = state(workspace)
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(["upgrade", "--apply"]) == 1
    assert state(workspace) == before
