"""What git knows of entries: the commit that brought each, and whether what was approved has changed. Else nothing."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from pmogen.history import known_history
from pmogen.model.history import History, Remembered
from pmogen.model.load import load
from pmogen.source.files import Sources, read_sources
from tests.workspaces import SMALL

DECISION = """\
services:
  # the first one
  - service: register
    decision: offer
    who: Board
    when: 2027-01-10
    why: >-
      Everybody wants to see
      where projects stand.
"""
APPROVED = "    approved:\n      by: Executive board\n      on: 2027-02-01\n"
OTHER = "  - {service: reporting, decision: defer, who: Board, when: 2027-01-10, why: Later.}\n"


class Repo:
    """A workspace in a git repository of its own, whose commits are an hour apart."""

    def __init__(self, root: Path) -> None:
        self.root, self.time = root, 1_800_000_000
        for name, text in SMALL.items():
            if name.startswith("content/"):
                self.write(name, text)
        for name in ("method", "lists", "aspects", "services"):
            self.write(f"catalog/{name}.yml", SMALL[f"standard/{name}.yml"])
        self.write(".gitignore", "build/\n")
        self.git("init", "--quiet", "--initial-branch=main")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def git(self, *arguments: str) -> str:
        self.time += 3600
        when = f"{self.time} +0000"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        given = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        own = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        command = ["git", *own, *arguments]
        done = subprocess.run(command, cwd=self.root, env=clean | given, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, decisions: str | None = None) -> str:
        """Commits everything, with other decisions where some are given."""
        if decisions is not None:
            self.write("content/decisions.yml", decisions)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change")
        return self.git("rev-parse", "HEAD")

    @property
    def sources(self) -> Sources:
        """The files, with the small catalogue as the only one."""
        files = read_sources(self.root).files
        return Sources({name: raw for name, raw in files.items() if not name.startswith("standard/")})

    @property
    def known(self) -> History:
        loaded = load(self.sources)
        assert loaded.workspace is not None, loaded.diagnostics
        return known_history(self.root, self.sources, loaded)

    @property
    def register(self) -> Remembered:
        return self.known.of("services", "register")


@pytest.fixture
def repo(tmp_path):
    return Repo(tmp_path)


class TestBrought:
    def test_an_entry_was_brought_by_the_commit_that_last_changed_it(self, repo):
        first = repo.commit(DECISION)
        second = repo.commit(DECISION + OTHER)
        assert repo.register.brought.sha == first
        assert repo.known.of("services", "reporting").brought.sha == second
        third = repo.commit(DECISION.replace("Everybody", "Nobody") + OTHER)
        assert repo.register.brought.sha == third
        assert repo.register.brought.day == dt.date(2027, 1, 15)

    def test_comments_and_approvals_bring_nothing(self, repo):
        first = repo.commit(DECISION)
        repo.commit(DECISION.replace("# the first one", "# once more\n"))
        repo.commit(DECISION + APPROVED)
        assert repo.register.brought.sha == first

    def test_of_commits_of_one_second_the_last_counts(self, repo):
        for why in "abcdef":
            repo.time -= 3 * 3600
            last = repo.commit(DECISION.replace("Everybody", why).replace("Board", f"Board {why}"))
            repo.time -= 3600
            last = repo.commit(DECISION.replace("Everybody", why).replace("Board", "Board of all"))
        assert repo.register.brought.sha == last

    def test_what_is_not_committed_was_brought_by_nothing_yet(self, repo):
        repo.commit(DECISION + OTHER)
        repo.write("content/decisions.yml", DECISION.replace("offer", "defer") + OTHER)
        assert repo.register.brought is None
        assert repo.known.of("services", "reporting").brought is not None

    def test_hand_offs_and_accepted_gaps_count_too(self, repo):
        sha = repo.commit(
            "accepted_gaps: [{aspect: visibility, who: Board, when: 2027-01-10, why: Dear., until: 2028-01-10}]\n"
            "entities: [{id: finance, name: Finance, description: Pays.}]\n"
            "hand_offs:\n"
            "  - {id: pay, title: Pay, entity: finance, aspects: [visibility], asked: Pay., contact: Head,\n"
            "     due: 2027-06-30, status: agreed}\n"
        )
        assert repo.known.of("accepted_gaps", "visibility").brought.sha == sha
        assert repo.known.of("hand_offs", "pay").brought.sha == sha


class TestApproved:
    def test_without_a_commit_the_one_that_brought_the_approval_counts(self, repo):
        repo.commit(DECISION)
        sha = repo.commit(DECISION + APPROVED)
        assert (repo.register.since, repo.register.approved_in.sha) == ("unchanged", sha)
        repo.commit(DECISION.replace("offer", "decline") + APPROVED)
        assert (repo.register.since, repo.register.approved_in.sha) == ("changed", sha)

    def test_a_new_approval_holds_for_what_stands_there_then(self, repo):
        repo.commit(DECISION + APPROVED)
        repo.commit(DECISION.replace("offer", "decline") + APPROVED)
        repo.commit(DECISION.replace("offer", "decline") + APPROVED.replace("02-01", "02-02"))
        assert repo.register.since == "unchanged"

    def test_another_look_of_the_same_is_no_change(self, repo):
        repo.commit(DECISION + APPROVED)
        repo.commit(
            "# moved\nservices:\n" + OTHER + '  - who: "Board"\n    service: register\n    decision: offer\n'
            "    when: 2027-01-10\n    why: Everybody wants to see where projects stand.\n" + APPROVED
        )
        assert repo.register.since == "unchanged"

    def test_a_change_that_is_not_committed_counts(self, repo):
        repo.commit(DECISION + APPROVED)
        repo.write("content/decisions.yml", DECISION.replace("offer", "decline") + APPROVED)
        assert repo.register.since == "changed"

    def test_a_named_commit_is_what_was_approved(self, repo):
        sha = repo.commit(DECISION)
        repo.commit(DECISION.replace("offer", "decline"))
        named = APPROVED + f'      commit: "{sha[:10]}"\n'
        repo.commit(DECISION.replace("offer", "decline") + named)
        assert (repo.register.since, repo.register.approved_in.sha) == ("changed", sha)
        repo.commit(DECISION + named)
        assert repo.register.since == "unchanged"

    def test_the_approval_of_another_service_does_not_count(self, repo):
        repo.commit(DECISION.replace("register", "reporting") + APPROVED)
        repo.commit(DECISION + APPROVED)
        assert repo.register.since == "changed"

    def test_a_commit_may_be_older_than_the_entry(self, repo):
        sha = repo.commit("{}\n")
        repo.commit(DECISION + APPROVED + f'      commit: "{sha}"\n')
        assert repo.register.since == "not there"

    def test_a_commit_of_another_line_of_history_is_none(self, repo):
        repo.commit("{}\n")
        repo.git("switch", "--quiet", "--create", "branch")
        aside = repo.commit(DECISION)
        repo.git("switch", "--quiet", "main")
        for sha in (aside, "0" * 40, "1234567"):
            repo.commit(DECISION + APPROVED + f'      commit: "{sha}"\n')
            assert (repo.register.since, repo.register.approved_in) == ("no commit", None)

    def test_an_approval_on_the_line_of_its_entry_says_nothing_by_itself(self, repo):
        """Which commit brought it cannot be told."""
        repo.commit(
            "services: [{service: register, decision: offer, who: B, when: 2027-01-10, why: W., approved: {by: E, on: 2027-02-01}}]\n"
        )
        assert (repo.register.since, repo.register.approved_in) == (None, None)

    def test_one_that_is_not_committed_says_nothing_either(self, repo):
        repo.commit(DECISION)
        repo.write("content/decisions.yml", DECISION + APPROVED)
        assert (repo.register.since, repo.register.approved_in) == (None, None)


class TestThePlaybook:
    @pytest.fixture
    def approved(self, repo):
        repo.commit()
        repo.write(
            "content/playbook.yml", SMALL["content/playbook.yml"] + "approved: {by: Executive board, on: 2027-02-01}\n"
        )
        repo.commit()
        return repo

    def of(self, repo: Repo) -> tuple[str | None, tuple[str, ...]]:
        known = repo.known.of("playbook")
        return known.since, known.changed

    def test_it_is_as_it_was_approved(self, approved):
        assert self.of(approved) == ("unchanged", ())

    def test_comments_do_not_count_but_every_file_does(self, approved):
        approved.write("content/roadmap.yml", SMALL["content/roadmap.yml"] + "# a comment\n")
        assert self.of(approved) == ("unchanged", ())
        approved.write("content/roadmap.yml", SMALL["content/roadmap.yml"].replace("fte: 2", "fte: 3"))
        approved.write("content/pages/new.md", "# New\n")
        assert self.of(approved) == ("changed", ("content/pages/new.md", "content/roadmap.yml"))

    def test_who_approves_is_no_change_but_the_title_is(self, approved):
        text = (approved.root / "content/playbook.yml").read_text().replace("Executive", "Other")
        approved.write("content/playbook.yml", text)
        approved.commit()
        assert self.of(approved) == ("unchanged", ())
        approved.write("content/playbook.yml", text.replace("Small playbook", "Large playbook"))
        approved.commit()
        assert self.of(approved) == ("changed", ("content/playbook.yml",))


class TestNothing:
    def test_without_git(self, tmp_path):
        repo = Repo(tmp_path)
        repo.commit(DECISION)
        (tmp_path / ".git").rename(tmp_path / "elsewhere")
        assert repo.known == History()

    def test_before_the_first_commit(self, repo):
        assert repo.known == History()

    def test_in_a_shallow_clone(self, repo, tmp_path_factory):
        repo.commit(DECISION)
        repo.commit(DECISION + OTHER)
        clone = tmp_path_factory.mktemp("clone")
        repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(clone))
        repo.root = clone
        assert repo.known == History()

    def test_of_a_file_that_git_does_not_know(self, repo):
        (repo.root / "content/decisions.yml").unlink()
        repo.commit()
        repo.write("content/decisions.yml", DECISION + APPROVED)
        assert repo.register == Remembered()

    def test_of_people(self, repo):
        """Neither names nor addresses of who made a commit come along."""
        repo.commit(DECISION + APPROVED)
        assert "omebody" not in repr(repo.known)


def test_a_playbook_below_the_top_of_its_repository(tmp_path):
    """Of the time before it was moved there, only who brought a line is known."""
    repo = Repo(tmp_path)
    repo.git("init", "--quiet")
    sha = repo.commit(DECISION + APPROVED)
    (tmp_path / "below").mkdir()
    for name in ("content", "catalog"):
        repo.git("mv", name, f"below/{name}")
    repo.commit()
    repo.root = tmp_path / "below"
    assert repo.register.brought.sha == sha
    assert repo.register.since is None
    repo.commit(DECISION + APPROVED.replace("02-01", "02-02"))
    assert repo.register.since == "unchanged"
