"""Links to sources: to the branch, or to the commit that a site is built from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.cli.commit import commit_of
from tests.cli.test_commands import hashes, spoil

SHA = "0123456789abcdef0123456789abcdef01234567"
ADDRESS = "https://github.com/example/playbook"


@pytest.fixture
def workspace(example, tmp_path, monkeypatch):
    """The example with a repository to link to, outside of GitHub Actions."""
    monkeypatch.delenv("GITHUB_SHA", raising=False)
    folder = Path(shutil.copytree(example, tmp_path / "workspace"))
    spoil(folder / "content/playbook.yml", "language: en", f"language: en\nrepository: {ADDRESS}")
    return folder


def page(folder: Path) -> str:
    return (folder / "build/playbook/gaps/pm-skills.md").read_text()


def test_with_a_commit_links_lead_to_it_and_edits_to_the_branch(workspace):
    assert run(["build", str(workspace), "--builder", "none", "--commit", SHA]) == 0
    assert f"{ADDRESS}/blob/{SHA}/content/assessments/2026-06-26.yml#L" in page(workspace)
    assert f"{ADDRESS}/blob/main" not in page(workspace)
    assert f"edit_url: {ADDRESS}/edit/main/" in page(workspace)


def test_without_one_they_lead_to_the_branch(workspace):
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    assert f"{ADDRESS}/blob/main/content/assessments/2026-06-26.yml#L" in page(workspace)


def test_github_names_the_commit_of_a_checkout(workspace, monkeypatch):
    monkeypatch.setenv("GITHUB_SHA", SHA)
    assert commit_of(workspace, None) is None
    (workspace / ".git").mkdir()
    assert commit_of(workspace, None) == SHA
    assert commit_of(workspace / "content", None) == SHA
    assert commit_of(workspace, "abcdef0") == "abcdef0"
    monkeypatch.setenv("GITHUB_SHA", "main; rm -rf")
    assert commit_of(workspace, None) is None


def test_only_links_differ(workspace):
    assert run(["build", str(workspace), "--builder", "none"]) == 0
    before = {name: content for name, (content, _) in hashes(workspace / "build").items() if "manifest" not in name}
    assert run(["build", str(workspace), "--builder", "none", "--commit", SHA]) == 0
    for name, (content, _) in hashes(workspace / "build").items():
        if "manifest" not in name:
            assert content.replace(f"/blob/{SHA}/".encode(), b"/blob/main/") == before[name]


def test_what_is_no_commit_is_a_wrong_call(workspace, capsys):
    assert run(["build", str(workspace), "--builder", "none", "--commit", "main"]) == 2
    assert "hash" in capsys.readouterr().err
