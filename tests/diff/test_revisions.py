"""Revisions are read from git as they were; nothing of the repository is touched, nothing in it runs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess

import pytest

from pmogen.cli import run
from pmogen.errors import PmogenError
from pmogen.history import NoWorkspaceError, Repository, repository_of
from pmogen.source.files import read_sources
from pmogen.source.text import MAX_BYTES
from tests.workspaces import SMALL

ME = {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "a"), ("EMAIL", "a@b"))
}
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder, *asked, told=None):
    environment = {**os.environ, **ME, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *asked], cwd=folder, env=environment, check=True, capture_output=True, input=told)
    return done.stdout.decode().strip()


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def commit(folder, message="x"):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message, "--allow-empty")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small workspace in a repository, with a branch on which a target is higher."""
    folder = tmp_path_factory.mktemp("made") / "workspace"
    write(folder, {name.replace("standard/", "catalog/"): text for name, text in SMALL.items()})
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    git(folder, "switch", "-q", "-c", "higher")
    name = "content/assessments/2027-01-31.yml"
    write(folder, {name: SMALL[name].replace("target: 3", "target: 4")})
    commit(folder)
    return folder


@pytest.fixture
def workspace(made, tmp_path):
    return shutil.copytree(made, tmp_path / "workspace", symlinks=True)


def said(capsys, *asked):
    capsys.readouterr()
    code = run(["diff", *asked])
    output = capsys.readouterr()
    return code, output.out + output.err


def in_folder(folder, capsys, *asked):
    return said(capsys, "--workspace", str(folder), *asked)


def test_a_revision_gives_the_same_files_as_the_disk(workspace):
    assert Repository(workspace).sources("HEAD") == read_sources(workspace)


def test_the_working_tree_is_compared_with_where_it_parted_from_main(workspace, capsys):
    git(workspace, "switch", "-q", "main")
    write(workspace, {"content/decisions.yml": "{}\n# later on main\n", "content/pages/more.md": "# More\n"})
    commit(workspace)
    git(workspace, "switch", "-q", "higher")
    code, text = in_folder(workspace, capsys)
    assert code == 0
    assert "The gap in Visibility grows." in text
    assert "content/pages/more.md" not in text
    assert f"main ({git(workspace, 'merge-base', 'main', 'HEAD')[:7]})" in text


def test_any_two_revisions_are_compared(workspace, capsys):
    for old, new, says in (("main", "higher", "grows"), ("higher", "main", "shrinks"), ("HEAD~1", "HEAD", "grows")):
        assert f"The gap in Visibility {says}." in in_folder(workspace, capsys, old, new)[1]
    assert "Nothing changes." in in_folder(workspace, capsys, "higher", "HEAD")[1]


def test_files_that_were_renamed_or_deleted_are_read_where_they_were(workspace, capsys):
    git(workspace, "mv", "catalog/lists.yml", "catalog/other-lists.yml")
    git(workspace, "rm", "-q", "content/foundation.yml")
    commit(workspace)
    names = Repository(workspace).sources("HEAD").files.keys()
    assert "catalog/other-lists.yml" in names
    assert not names & {"catalog/lists.yml", "content/foundation.yml"}
    code, text = in_folder(workspace, capsys, "HEAD~1")
    assert code == 0
    assert "the working tree has" in text


def test_links_are_findings_and_submodules_are_passed_over(workspace):
    (workspace / "catalog/linked.yml").symlink_to("lists.yml")
    (workspace / "catalog/outside.yml").symlink_to("/etc/passwd")
    (workspace / "content/pages").mkdir()
    (workspace / "content/pages/loop.md").symlink_to("loop.md")
    git(workspace, "add", "-A")
    git(
        workspace,
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{git(workspace, 'rev-parse', 'HEAD')},catalog/module.yml",
    )
    git(workspace, "commit", "-q", "-m", "x")
    sources = Repository(workspace).sources("HEAD")
    assert {found.span.file for found in sources.unread} == {
        "catalog/linked.yml",
        "catalog/outside.yml",
        "content/pages/loop.md",
    }
    assert {found.code for found in sources.unread} == {"PMO005"}
    assert not {"catalog/module.yml", "catalog/linked.yml", "catalog/outside.yml"} & sources.files.keys()


def test_a_file_that_is_too_large_is_a_finding_and_is_not_read(workspace):
    (workspace / "content/pages").mkdir()
    (workspace / "content/pages/large.md").write_bytes(b"x" * (MAX_BYTES + 1))
    commit(workspace)
    sources = Repository(workspace).sources("HEAD")
    assert [(found.code, found.span.file) for found in sources.unread] == [("PMO005", "content/pages/large.md")]


def test_a_workspace_in_a_folder_of_its_repository(made, tmp_path, capsys):
    root = tmp_path / "many"
    shutil.copytree(made, root / "pmo" / "book", ignore=shutil.ignore_patterns(".git"))
    write(root, {"content/other.yml": "no: workspace\n"})
    git(root, "init", "-q", "-b", "main")
    commit(root)
    book = root / "pmo/book"
    assert Repository(book).sources("HEAD") == read_sources(book)
    name = "content/assessments/2027-01-31.yml"
    write(book, {name: SMALL[name].replace("target: 3", "target: 5")})
    assert "The gap in Visibility grows." in in_folder(book, capsys)[1]


def test_names_that_are_no_text_do_not_hinder(workspace, capsys):
    (workspace / "content/pages").mkdir()
    (workspace / "content/pages" / os.fsdecode(b"\xff.md")).write_bytes(b"# x\n")
    commit(workspace)
    for form in ("text", "markdown", "json", "html"):
        code, text = in_folder(workspace, capsys, "HEAD~1", "HEAD", "--format", form)
        assert code == 0, text
        assert "content/pages/" in text


def test_a_shallow_clone_says_what_it_does_not_know(workspace, tmp_path, capsys):
    git(workspace, "switch", "-q", "main")
    commit(workspace, "later")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "higher", workspace.as_uri(), str(clone))
    code, text = in_folder(clone, capsys)
    assert code == 0
    assert "it is not known where they parted" in text
    assert "The gap in Visibility grows." in text
    only = tmp_path / "only"
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "higher", workspace.as_uri(), str(only))
    code, text = in_folder(only, capsys)
    assert (code, "there is no main branch" in text) == (1, True)


def test_a_detached_head_is_compared_like_a_branch(workspace, capsys):
    git(workspace, "switch", "-q", "--detach", "higher")
    assert "The gap in Visibility grows." in in_folder(workspace, capsys)[1]


def test_the_main_branch_is_what_the_remote_calls_its_head(workspace, tmp_path, capsys):
    bare = tmp_path / "bare.git"
    git(workspace, "branch", "-q", "-m", "main", "trunk")
    git(tmp_path, "clone", "-q", "--bare", str(workspace), str(bare))
    git(bare, "symbolic-ref", "HEAD", "refs/heads/trunk")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-b", "higher", str(bare), str(clone))
    assert Repository(clone).main_branch() == "origin/trunk"
    assert "Compared: origin/trunk" in in_folder(clone, capsys)[1]
    with pytest.raises(NoWorkspaceError):
        Repository(clone / "content").sources("HEAD")


def test_names_that_could_mean_something_else(workspace, capsys, monkeypatch):
    """A folder without a playbook, an option, a range, an object that is no commit, a file."""
    monkeypatch.chdir(workspace)
    git(workspace, "branch", "content", "main")
    git(workspace, "branch", "notes", "main")
    git(workspace, "update-ref", "refs/heads/-x", "main")
    git(workspace, "update-ref", "refs/heads/--output=pwned", "main")
    write(workspace, {"notes": "no JSON"})
    for name in ("content", "notes", "refs/heads/content"):
        assert "The gap in Visibility grows." in said(capsys, name)[1]
    for name in ("-x", "--output=pwned"):
        assert "The gap in Visibility grows." in said(capsys, "--", name)[1]
    for name in (
        "main..higher",
        "HEAD:content",
        "HEAD^{tree}",
        "^main",
        "--all",
        " ",
        "x" * 5000,
        "main\n",
        "@{upstream}",
    ):
        code, text = said(capsys, "--", name)
        assert (code, "is no revision" in text) == (1, True), (name, text)
    assert not (workspace / "pwned").exists()


def test_folders_and_files_are_sides_too(workspace, made, tmp_path, capsys):
    git(workspace, "switch", "-q", "main")
    assert "The gap in Visibility grows." in said(capsys, str(workspace), str(made))[1]
    (tmp_path / "broken.json").write_text('{"format": 1')
    code, text = said(capsys, str(tmp_path / "broken.json"), str(made))
    assert (code, "is no JSON" in text) == (1, True)
    code, text = in_folder(workspace, capsys, str(tmp_path / "nowhere"))
    assert (code, "is no revision, no folder" in text) == (1, True)


def test_a_side_without_a_playbook_says_so(workspace, capsys):
    git(workspace, "switch", "-q", "--orphan", "empty")
    commit(workspace)
    git(workspace, "switch", "-q", "main")
    for form in ("text", "markdown", "json", "html"):
        code, text = in_folder(workspace, capsys, "empty", "--format", form)
        assert code == 0
        assert form == "json" or "There is no playbook in empty" in text


def test_without_git_it_says_so_and_folders_still_compare(workspace, made, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    code, text = in_folder(workspace, capsys, "HEAD")
    assert (code, "git is not installed" in text) == (1, True)
    assert said(capsys, str(workspace), str(made))[0] == 0


def test_outside_of_a_repository_it_asks_what_to_compare(made, tmp_path, capsys):
    folder = shutil.copytree(made, tmp_path / "plain", ignore=shutil.ignore_patterns(".git"))
    assert repository_of(folder) is None
    code, text = in_folder(folder, capsys)
    assert (code, "there is no main branch" in text) == (1, True)


def test_nothing_that_the_repository_says_is_run(workspace, tmp_path, capsys):
    """Whoever hands over a folder with a .git in it must not run programs here."""
    ran = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> {ran}\ncat\n')
    trap.chmod(0o755)
    write(workspace, {".gitattributes": "*.yml diff=evil filter=evil merge=evil text eol=crlf ident\n"})
    commit(workspace)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.ls-tree",
        "pager.cat-file",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "credential.helper",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "merge.evil.driver",
        "gpg.program",
        "remote.origin.uploadpack",
        "core.alternateRefsCommand",
    ):
        git(workspace, "config", key, str(trap))
    for name in ("cat-file", "ls-tree", "rev-parse", "merge-base", "symbolic-ref"):
        git(workspace, "config", f"alias.{name}", f"!{trap}")
    for name in ("pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(trap, workspace / ".git/hooks" / name)
    for key, value in (
        ("core.hooksPath", str(workspace / ".git/hooks")),
        ("remote.origin.url", str(workspace)),
        ("remote.origin.promisor", "true"),
        ("remote.origin.partialclonefilter", "blob:none"),
        ("extensions.partialClone", "origin"),
        ("protocol.allow", "always"),
        ("protocol.file.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("core.repositoryFormatVersion", "1"),
    ):
        git(workspace, "config", key, value)
    ran.unlink(missing_ok=True)
    code, text = in_folder(workspace, capsys, "main")
    assert code == 0, text
    assert "The gap in Visibility grows." in text
    blob = git(workspace, "rev-parse", "main:content/playbook.yml")
    (workspace / ".git/objects" / blob[:2] / blob[2:]).unlink()
    code, text = in_folder(workspace, capsys, "main")
    assert code == 1, text
    assert not ran.exists(), ran.read_text()


def fingerprint(folder):
    """Every file and folder with its bytes, size and time."""
    found = {}
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        raw = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path.relative_to(folder))] = (state.st_mode, state.st_mtime_ns, state.st_size, state.st_ino, raw)
    return found


def test_no_byte_of_the_working_tree_or_of_git_changes(workspace, tmp_path, capsys):
    write(workspace, {"content/decisions.yml": "{}\n# staged\n"})
    git(workspace, "add", "-A")
    write(workspace, {"content/decisions.yml": "{}\n# staged, and edited again\n", "untracked": "x"})
    os.utime(workspace / "content/playbook.yml", (1, 1))  # what would make git refresh its index
    untouched = fingerprint(workspace)
    for form in ("text", "markdown", "json", "html"):
        for sides in ((), ("main",), ("main", "higher")):
            assert in_folder(workspace, capsys, *sides, "--format", form, "--output", str(tmp_path / "out"))[0] == 0
    assert fingerprint(workspace) == untouched


def test_the_end_says_whether_something_differs(workspace, tmp_path, capsys):
    assert in_folder(workspace, capsys, "main", "--exit-code")[0] == 3
    assert in_folder(workspace, capsys, "HEAD", "--exit-code")[0] == 0
    output = tmp_path / "change.md"
    assert in_folder(workspace, capsys, "main", "--format", "markdown", "--output", str(output)) == (0, f"{output}\n")
    assert output.read_text("utf-8").startswith("<!-- pmogen diff -->")


def test_a_repository_of_somebody_else_is_named_as_the_reason(workspace, monkeypatch):
    """git refuses it until it is called safe; the words of git say how."""

    def refused(self, *_asked, **_more):
        raise PmogenError("git refuses: fatal: detected dubious ownership in repository")

    monkeypatch.setattr(Repository, "_git", refused)
    with pytest.raises(PmogenError, match="dubious ownership"):
        repository_of(workspace)
