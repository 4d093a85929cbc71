"""What pages and checks say of the history: the same for the same commit, and nothing of people."""

from __future__ import annotations

import pytest

from pmogen import check, generate
from pmogen.history import known_history
from tests.history.test_known import APPROVED, DECISION, OTHER, Repo
from tests.workspaces import SMALL

HOSTED = "repository: https://github.com/example/pmo\n"
APPROVAL = "approved: {by: Executive board, on: 2027-02-01}\n"


@pytest.fixture
def repo(tmp_path):
    """A decision that was approved and changed since, in a playbook that was approved as a whole."""
    made = Repo(tmp_path / "workspace")
    made.write("content/playbook.yml", SMALL["content/playbook.yml"] + "catalogue: [catalog]\n" + HOSTED + APPROVAL)
    made.commit(DECISION + APPROVED)
    made.commit(DECISION.replace("Everybody", "Nobody") + APPROVED + OTHER)
    return made


def pages(repo: Repo) -> dict[str, str]:
    """The generated pages by name."""
    generated = generate(repo.root, remember=known_history)
    assert generated.playbook is not None, generated.checked.diagnostics
    folder = repo.root / "build/playbook"
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.md")}


def found(repo: Repo, code: str) -> list[str]:
    return [each.message for each in check(repo.root, remember=known_history).diagnostics if each.code == code]


def test_the_page_of_decisions_says_which_commit_brought_each(repo):
    page = pages(repo)["method/decisions.md"]
    first, second = repo.git("rev-parse", "HEAD~1"), repo.git("rev-parse", "HEAD")
    assert f"brought by [{second[:7]}](https://github.com/example/pmo/commit/{second}) on 15 January 2027" in page
    assert first[:7] not in page.replace(second, "")


def test_what_was_approved_and_has_changed_is_flagged(repo):
    written = pages(repo)
    for name in ("method/decisions.md", "services/register.md", "index.md"):
        assert "Approved on 1 February 2027: Executive board. **changed since**" in written[name], name
    assert "Approved" not in written["services/reporting.md"].split("pg-foot")[0]


def test_the_check_says_so_too(repo):
    sha = repo.git("rev-parse", "--short=7", "HEAD~1")
    assert found(repo, "PMO614") == [f"`register` has changed since it was approved on 2027-02-01 (commit `{sha}`)"]
    assert found(repo, "PMO615") == [
        "the playbook has changed since it was approved on 2027-02-01: content/decisions.yml"
    ]
    repo.commit(DECISION + APPROVED + OTHER)
    assert found(repo, "PMO614") == []


def test_a_commit_that_is_not_there_is_found(repo):
    repo.commit(DECISION + APPROVED + '      commit: "0000000"\n')
    assert found(repo, "PMO613") == ["the history here has no commit `0000000`"]
    older = repo.git("rev-list", "--max-parents=0", "HEAD")
    repo.commit(
        OTHER.replace("  -", "services:\n  -", 1).replace(
            "Later.}", f'Later., approved: {{by: E, on: 2027-02-01, commit: "{older}"}}}}'
        )
    )
    assert found(repo, "PMO613") == [f"what is approved did not stand in commit `{older[:7]}`"]


def test_the_same_commit_gives_the_same_pages(repo, tmp_path):
    before = pages(repo)
    repo.git("clone", "--quiet", str(repo.root), str(tmp_path / "clone"))
    repo.root = tmp_path / "clone"
    assert pages(repo) == before


def test_without_the_history_pages_say_what_the_files_say(repo):
    generate(repo.root)
    page = (repo.root / "build/playbook/method/decisions.md").read_text()
    assert "brought by" not in page
    assert "changed since" not in page
    assert "Approved on 1 February 2027: Executive board." in page


def test_nobody_who_made_a_commit_is_named(repo):
    assert not any("omebody@" in page or "Somebody" in page for page in pages(repo).values())


def test_what_git_is_asked_for_changes_nothing(repo):
    """Neither the index nor the working tree."""
    index = (repo.root / ".git/index").read_bytes()
    check(repo.root, remember=known_history)
    assert (repo.root / ".git/index").read_bytes() == index
    assert repo.git("status", "--porcelain") == ""
