"""A pull request in a real repository: the steps of the workflow run as they stand, with the pmogen of this repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.site.scaffold import Hosting, scaffold
from tests.github.test_versions import git
from tests.github.workflows import program, run_script, script_of
from tests.workspaces import ROOT

UV = f"""#!{sys.executable}
import os, sys
rest = sys.argv[sys.argv.index("pmogen") + 1:]
os.execv({sys.executable!r}, [{sys.executable!r}, "-P", "-m", "pmogen", *rest])
"""

EVIL = "::add-mask::Merrow ##[error]x @everybody <img src=x onerror=alert(1)> {{ 7 * 7 }} ${{ github.token }} [x](javascript:alert(1))"


@pytest.fixture(scope="module")
def main(tmp_path_factory):
    """A workspace on its main branch, planned, with all that a new one gets."""
    folder = tmp_path_factory.mktemp("main") / "workspace"
    assert run(["init", str(folder), "--empty"]) == 0
    for name, text in scaffold(Hosting("pmogen==0.1.0")).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert run(["forms", str(folder)]) == 0
    assert run(["plan", str(folder), "--yes", "--no-insights"]) == 0
    if not (folder / ".git").is_dir():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "first")
    return folder


@pytest.fixture
def workspace(main, tmp_path):
    return Path(shutil.copytree(main, tmp_path / "workspace"))


def merged(folder: Path, **changes: tuple[str, str]) -> None:
    """A branch with changes, checked out as the server does: merged into main."""
    git(folder, "checkout", "-q", "-b", "branch")
    for name, (old, new) in changes.items():
        path = folder / f"content/{name}.yml"
        text, count = re.subn(old, new.replace("\\", r"\\"), path.read_text(), count=1, flags=re.MULTILINE)
        assert count, old
        path.write_text(text)
    git(folder, "commit", "-q", "-a", "-m", "change")
    git(folder, "checkout", "-q", "main")
    (folder / "README.md").write_text("Something else that came in meanwhile\n")
    git(folder, "commit", "-q", "-a", "-m", "meanwhile")
    git(folder, "merge", "-q", "--no-ff", "-m", "merge", "branch")


def step(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    script = script_of(folder / ".github/workflows/check.yml", "check", name)
    programs = program(folder.parent / "programs", "uv", UV)
    summary = str(folder.parent / "summary.md")
    variables = {"RUNNER_TEMP": str(folder.parent), "GITHUB_STEP_SUMMARY": summary, "GITHUB_ACTIONS": "true"}
    return run_script(script, folder, programs, **variables, PYTHONPATH=str(ROOT))


def test_a_change_is_told_and_a_stale_plan_is_refused(workspace):
    merged(workspace, roadmap=(r"^    fte: .*", "    fte: 0.5"))
    assert step(workspace, "What is wrong").returncode == 0
    done = step(workspace, "What this change does")
    assert done.returncode == 0, done.stderr
    change = (workspace.parent / "change.md").read_text()
    assert len(change) < 60_000
    assert "content/roadmap.yml" in change
    assert "README" not in change
    assert (workspace.parent / "summary.md").read_text().endswith(change)
    done = step(workspace, "Is the plan up to date")
    assert done.returncode == 1
    assert "run `pmogen plan`" in done.stderr
    assert run(["plan", str(workspace), "--yes", "--no-insights"]) == 0
    done = step(workspace, "Is the plan up to date")
    assert done.returncode == 0, done.stderr
    assert git(workspace, "status", "--porcelain") == "M content/plan.yml"


def test_stale_forms_are_refused(workspace):
    form = workspace / ".github/ISSUE_TEMPLATE/challenge-a-score.yml"
    form.write_text(form.read_text().replace("5: improving", "5: perfect"))
    done = step(workspace, "Is the plan up to date")
    assert done.returncode == 1
    assert "pmogen forms" in done.stderr


def test_a_hostile_branch_does_no_harm(workspace):
    """Its texts are neither commands to the server, nor mentions, nor markup."""
    merged(workspace, playbook=(r"^title: .*", f"title: '{EVIL}'"), roadmap=(r"^    name: .*", f"    name: '{EVIL}'"))
    checked = step(workspace, "What is wrong")
    commands = [line for line in (checked.stdout + checked.stderr).splitlines() if line.lstrip().startswith("::")]
    assert all(re.match(r"::(error|warning|notice) file=", command) for command in commands)
    done = step(workspace, "What this change does")
    assert done.returncode == 0, done.stderr
    for name in ("What this change does", "Is the plan up to date", "Preview"):
        first, *_rest = step(workspace, name).stdout.splitlines()
        assert re.fullmatch(r"::stop-commands::[0-9a-f-]{36}", first)
    change = (workspace.parent / "change.md").read_text()
    for evil in ("@everybody", "<img", "](javascript", "{{ 7", "${{", "##[error]"):
        assert evil not in change, evil
    preview = (workspace.parent / "playbook.html").read_text()
    assert "<img src=x" not in preview
    assert not re.search(r"""\b(?:href|src|action|on\w+)=["']?\s*javascript:|<[^>"]*\son\w+=""", preview)
