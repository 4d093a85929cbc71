"""The whole story in a real repository with a bare remote: init, push, branch, diff, merge, build, two releases, versions.

Then the same with a branch that means harm, and does none.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.github.test_pull_request import EVIL
from tests.github.test_versions import git
from tests.workspaces import ROOT

GOLDEN = Path(__file__).with_name("golden") / "comment.md"
ASSESSMENT = "content/assessments/2026-06-26.yml"
AT_HOME = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}
PEOPLE = {
    "GIT_AUTHOR_NAME": "x",
    "GIT_AUTHOR_EMAIL": "x@example.org",
    "GIT_COMMITTER_NAME": "x",
    "GIT_COMMITTER_EMAIL": "x@example.org",
}


def pmogen(folder: Path, *arguments: str, ends_with: int = 0) -> str:
    """What a command says, as people and workflows run it."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "GIT_"))}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pmogen", *arguments],
        cwd=folder,
        env={**outside, **AT_HOME, **PEOPLE, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ends_with, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def replaced(folder: Path, name: str, pattern: str, by: str) -> None:
    path = folder / name
    text, count = re.subn(
        pattern, lambda found: found.expand(by) if "\\" in by else by, path.read_text("utf-8"), count=1
    )
    assert count == 1, pattern
    path.write_text(text, "utf-8")


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def pushed(tmp_path_factory):
    """A new playbook from the example, pushed to a bare remote."""
    place = tmp_path_factory.mktemp("story")
    git(place, "init", "-q", "--bare", "-b", "main", "remote.git")
    pmogen(place, "init", "playbook", "--example", "--yes", "--repository", "https://github.com/example/playbook")
    folder = place / "playbook"
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "config", "user.name", "x")
    git(folder, "config", "user.email", "x@example.org")
    git(folder, "remote", "set-url", "origin", str(place / "remote.git"))
    git(folder, "push", "-q", "-u", "origin", "main")
    return folder


def clone(pushed: Path, into: Path) -> Path:
    """Another person's copy."""
    git(into, "clone", "-q", str(pushed.parent / "remote.git"), "copy")
    copy = into / "copy"
    git(copy, "config", "user.name", "y")
    git(copy, "config", "user.email", "y@example.org")
    return copy


def test_from_the_first_push_to_the_second_release(pushed, tmp_path):
    copy = clone(pushed, tmp_path)
    pmogen(copy, "check", "--strict")
    assert "Nothing changes." in pmogen(copy, "diff")

    # A branch: a target is raised, the plan made anew, the change proposed
    git(copy, "checkout", "-q", "-b", "higher-target")
    replaced(copy, ASSESSMENT, r"(aspect: governance\n    target:) 3\.5", r"\1 4")
    said = pmogen(copy, "diff")
    assert "out of date" in said
    line = (copy / ASSESSMENT).read_text("utf-8").split("aspect: governance")[0].count("\n") + 2
    assert f"{ASSESSMENT}:{line}" in said
    pmogen(copy, "plan", "--yes", "--no-insights")
    head = commit(copy, "Raise the target of governance")
    before = (git(copy, "status", "--porcelain"), (copy / ".git/index").read_bytes())
    comment = pmogen(copy, "diff", "--format", "markdown")
    assert (git(copy, "status", "--porcelain"), (copy / ".git/index").read_bytes()) == before
    if os.environ.get("PMOGEN_UPDATE"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(comment, "utf-8")
    assert comment == GOLDEN.read_text("utf-8")
    git(copy, "push", "-q", "origin", "higher-target")

    # It is agreed: merged, built, released
    git(copy, "checkout", "-q", "main")
    git(copy, "merge", "-q", "--no-ff", "-m", "Merge higher-target", "higher-target")
    git(copy, "push", "-q", "origin", "main")
    pmogen(copy, "build", "--frozen", "--commit", head, "--builder", "zensical")
    assert f"blob/{head}/{ASSESSMENT}#L{line}" in (copy / "site/gaps/governance.html").read_text("utf-8")
    pmogen(copy, "release")
    tags = git(copy, "tag").split()
    assert len(tags) == 1

    # The next version: a decision by command, planned, released
    patch = pmogen(
        copy,
        "decide",
        "approach-guide",
        "decline",
        "--who",
        "Executive board",
        "--when",
        "2026-10-05",
        "--why",
        "Later.",
        "--yes",
    )
    assert "+    decision: decline" in patch or "decision: decline" in patch
    replaced(copy, "content/playbook.yml", r"(?m)^version: .*$", 'version: "2026.3"')
    pmogen(copy, "plan", "--yes", "--no-insights")
    commit(copy, "Decline the approach guide")
    pmogen(copy, "release")
    assert git(copy, "tag").split() == [*tags, "playbook-2026.3"]
    git(copy, "push", "-q", "origin", "main", "--tags")

    # Both stay readable beside the newest, with what changed between them
    pmogen(copy, "versions", "--builder", "zensical")
    index = (copy / "public/versions/index.html").read_text("utf-8")
    for tag in git(copy, "tag").split():
        assert (copy / f"public/versions/{tag}/index.html").is_file()
        assert tag.removeprefix("playbook-") in index
    told = "".join(path.read_text("utf-8") for path in (copy / "public/versions").glob("*.html"))
    assert "approach" in told.lower()
    assert git(copy, "status", "--porcelain") == ""


def test_a_branch_that_means_harm_does_none(pushed, tmp_path):
    copy = clone(pushed, tmp_path)
    git(copy, "checkout", "-q", "-b", "harm")
    evil = EVIL.replace("'", "''")
    replaced(copy, "content/playbook.yml", r"(?m)^title: .*$", f"title: '{evil}'")
    replaced(copy, ASSESSMENT, r"(?m)^title: .*$", f"title: '{evil}'")
    replaced(copy, "content/roadmap.yml", r"(?m)^    name: .*$", f"    name: '{evil}'")
    replaced(copy, ASSESSMENT, r"(aspect: governance\n    target:) [\d.]+", r"\1 5")
    page = copy / "content/pages/harm.md"
    page.write_text(f"# {EVIL}\n\n{EVIL}\n\n<script>alert(1)</script>\n", "utf-8")
    assert "PMO906" in pmogen(copy, "check", "--format", "json", ends_with=1)  # template code is refused by name
    page.write_text(page.read_text("utf-8").replace("{{", "(("), "utf-8")
    commit(copy, EVIL)
    for form in ("text", "markdown"):
        said = pmogen(copy, "diff", "--format", form)
        assert not [line for line in said.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert "@everybody" not in said
    assert "<img" not in said
    assert "](javascript" not in said
    page = pmogen(copy, "diff", "--format", "html")
    assert "<img src=x" not in page
    assert "<script" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    commands = [line for line in pmogen(copy, "check", "--format", "github").splitlines() if line.startswith("::")]
    assert all(re.match(r"::(error|warning|notice) file=", command) for command in commands)
    pmogen(copy, "build", "--builder", "zensical")
    built = "".join(path.read_text("utf-8") for path in (copy / "site").rglob("*.html"))
    assert "<img src=x" not in built
    assert 'href="javascript' not in built
    assert "alert(1)</script>" not in built
