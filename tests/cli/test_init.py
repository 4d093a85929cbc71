"""New workspaces build right away, are ready to push, and nothing is ever overwritten."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess

import pytest

from pmogen.cli import run
from pmogen.site.around import Answers, host_of, web_address

MADE = {
    *("content", "catalog", "schemas", "mkdocs.yml", "README.md", "requirements.txt"),
    *(".gitignore", ".editorconfig", ".vscode", ".github", ".git", ".pmogen"),
}


def git(folder, *arguments):
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module", params=["--example", "--empty"])
def new(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "playbook"
    assert run(["init", str(folder), request.param]) == 0
    return folder


def test_a_new_workspace_has_all_it_needs(new):
    assert {path.name for path in new.iterdir()} == MADE


def test_it_is_a_repository_with_one_commit_and_nothing_left(new):
    assert git(new, "branch", "--show-current") == "main"
    assert git(new, "rev-list", "--count", "HEAD") == "1"
    assert git(new, "status", "--porcelain") == ""
    assert os.access(new / ".github/pmogen", os.X_OK)


def test_it_passes_all_that_its_own_workflows_ask(new, capsys):
    assert run(["check", str(new), "--strict"]) == 0
    assert run(["plan", str(new), "--check"]) == 0
    assert run(["forms", str(new), "--check"]) == 0
    assert run(["upgrade", str(new)]) == 0
    assert run(["build", str(new), "--frozen", "--builder", "none"]) == 0
    assert "error:" not in capsys.readouterr().out
    assert git(new, "status", "--porcelain") == ""


def test_the_empty_workspace_builds_at_once(tmp_path):
    assert run(["init", str(tmp_path), "--empty", "--no-git"]) == 0
    assert run(["build", str(tmp_path), "--frozen"]) == 0
    assert (tmp_path / "site/index.html").is_file()


def test_each_file_of_the_empty_workspace_explains_itself(tmp_path):
    run(["init", str(tmp_path), "--empty", "--no-git"])
    for path in [*(tmp_path / "content").rglob("*.yml"), *(tmp_path / "catalog").rglob("*.yml")]:
        assert path.read_text().startswith("# "), path


def test_the_current_folder_is_the_default(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert (tmp_path / "content/playbook.yml").is_file()
    assert "next: pmogen build" in capsys.readouterr().out


def test_options_say_everything_without_a_question(tmp_path, capsys):
    folder = tmp_path / "new"
    options = [
        "--organisation",
        "Stadtwerke: Nord",
        "--title",
        "PMO-Handbuch",
        "--language",
        "de,en",
        "--branch",
        "trunk",
    ]
    assert run(["init", str(folder), "--empty", *options, "--repository", "git@github.com:nord/pmo.git"]) == 0
    settings = (folder / "content/playbook.yml").read_text()
    for line in (
        'organisation: "Stadtwerke: Nord"',
        "title: PMO-Handbuch",
        "language: de",
        "languages: [de, en]",
        "repository: https://github.com/nord/pmo",
        "branch: trunk",
    ):
        assert f"\n{line}\n" in settings
    assert git(folder, "branch", "--show-current") == "trunk"
    assert git(folder, "remote", "get-url", "origin") == "git@github.com:nord/pmo.git"
    assert "branches: [trunk]" in (folder / ".github/workflows/publish.yml").read_text()
    assert "@nord/pmo" in (folder / ".github/CODEOWNERS").read_text()
    assert "## Kommentieren" in (folder / "README.md").read_text()
    assert "Eine Stufe" in (folder / ".github/ISSUE_TEMPLATE/challenge-a-score.yml").read_text()
    assert "weiter: pmogen build" in capsys.readouterr().out
    assert run(["check", str(folder), "--strict"]) == 0


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("host", ["github", "gitlab", "none"])
def test_the_readme_is_whole_in_every_language(tmp_path, language, host):
    from pmogen.site.around import readme

    text = readme(Answers("Nord *und* Süd", "Handbuch", (language,), host=host, example=False))
    assert "<<" not in text
    assert "<%" not in text
    assert "\n\n\n" not in text
    assert "Nord \\*und\\* Süd" in text
    assert "pmogen serve" in text
    assert ("Pages*" in text) == (host != "none")
    assert max(map(len, text.split("\n"))) <= 140


def test_workflows_of_gitlab_take_the_place_of_those_of_github(tmp_path):
    assert run(["init", str(tmp_path), "--empty", "--no-git", "--repository", "https://gitlab.example.org/a/b"]) == 0
    assert (tmp_path / ".gitlab-ci.yml").is_file()
    assert not (tmp_path / ".github").exists()


def answering(monkeypatch, *answers):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{answer}\n" for answer in answers)))


def test_on_a_terminal_what_no_option_says_is_asked(tmp_path, monkeypatch, capsys):
    """In the language of the first answer; an empty answer takes the default."""
    monkeypatch.setenv("LANG", "C")
    answering(
        monkeypatch, "xx", "es, en", "empty", "Aguas del Norte", "", "https://git.example.org/a/pmo", "", "gitlab", "n"
    )
    assert run(["init", str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert "`xx` is no language" in said
    settings = (tmp_path / "new/content/playbook.yml").read_text()
    assert "organisation: Aguas del Norte\n" in settings
    assert "language: es\nlanguages: [es, en]\n" in settings
    assert (tmp_path / "new/.gitlab-ci.yml").is_file()
    assert not (tmp_path / "new/.git").exists()


def test_nothing_is_asked_with_yes(tmp_path, monkeypatch, capsys):
    answering(monkeypatch)
    assert run(["init", str(tmp_path / "new"), "--yes", "--no-git"]) == 0
    assert "?" not in capsys.readouterr().out


def test_a_folder_within_a_repository_is_not_made_one(tmp_path, capsys):
    git(tmp_path, "init", "-q")
    assert run(["init", str(tmp_path / "docs/pmo"), "--empty"]) == 0
    assert not (tmp_path / "docs/pmo/.git").exists()
    assert "in a git repository already" in capsys.readouterr().out


def test_a_fresh_git_repository_counts_as_empty(tmp_path):
    (tmp_path / ".git").mkdir()
    assert run(["init", str(tmp_path)]) == 0


def test_without_git_the_rest_is_made_and_it_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["init", str(tmp_path / "new"), "--empty"]) == 0
    assert "git is not installed" in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "new").iterdir()} == MADE - {".git"}


def test_who_is_unknown_to_git_gets_a_commit_all_the_same(tmp_path, monkeypatch):
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    assert run(["init", str(tmp_path / "new"), "--empty"]) == 0
    assert git(tmp_path / "new", "log", "--format=%an %s") == "pmogen Begin the playbook"


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


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(
    "broken",
    [("--repository", "https://user:secret@example.org/a"), ("--branch", "a b"), ("--organisation", "x" * 500)],
    ids=lambda option: option[0],
)
def test_a_half_made_folder_is_not_left_behind(tmp_path, broken, there, capsys):
    folder = tmp_path / "some" / "new"
    if there:
        folder.mkdir(parents=True)
    assert run(["init", str(folder), "--empty", *broken]) == 1
    assert "error:" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == ([tmp_path / "some", folder] if there else [])


def test_an_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pmogen.site.start.around", interrupted)
    assert run(["init", str(tmp_path / "new"), "--empty"]) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [[], ["--empty"]])
def test_editors_find_the_schema_of_every_file(tmp_path, options):
    """The first line of each file names a schema that is there, and VS Code is told the same."""
    assert run(["init", str(tmp_path), "--no-git", *options]) == 0
    told = json.loads((tmp_path / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert all((tmp_path / schema).is_file() for schema in told)
    written = {tmp_path / "content/plan.yml", tmp_path / "content/scenarios-plan.yml"}
    for path in {*(tmp_path / "content").rglob("*.yml"), *(tmp_path / "catalog").rglob("*.yml")} - written:
        first = path.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.split("=", 1)[1]).is_file(), path


def test_a_folder_that_the_disk_refuses_is_named(tmp_path, capsys):
    """What the system refuses is no mistake in pmogen."""
    assert run(["init", str(tmp_path / ("a" * 300))]) == 1
    told = capsys.readouterr().err
    assert "File name too long" in told
    assert "mistake in pmogen" not in told


@pytest.mark.parametrize(
    ("given", "address", "host"),
    [
        ("", "", "github"),
        ("git@github.com:acme/pmo.git", "https://github.com/acme/pmo", "github"),
        ("ssh://git@gitlab.acme.org/pmo/book.git", "https://gitlab.acme.org/pmo/book", "gitlab"),
        ("https://git.acme.org/pmo/", "https://git.acme.org/pmo", "none"),
    ],
)
def test_addresses_tell_the_code_host(given, address, host):
    assert (web_address(given), host_of(web_address(given))) == (address, host)


def test_git_is_where_these_tests_need_it():
    assert shutil.which("git")
