"""Released versions stay readable beside the newest, each as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pmogen.cli import run
from pmogen.errors import PmogenError
from pmogen.site.links import broken_links, foreign_requests, read_site
from pmogen.site.policy import policy
from pmogen.site.released import released_versions, tag_of, take_out, with_earlier
from pmogen.site.versions import CHANGES, MADE_BY, NOTES, About, Freezer, publish

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{text}</title></head>
<body dir="ltr"><header class="md-header">top</header><p>{text}</p>
<footer><div class="md-copyright"></div></footer></body></html>
"""


def git(folder: Path, *arguments: str, day: str = "2027-01-31") -> str:
    moment = f"{day}T12:00:00+00:00"
    environment = {
        **os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path):
    """A repository whose text.txt says what its site will say."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def commit(folder: Path, text: str, tag: str = "", day: str = "2027-01-31", *, annotated: bool = True) -> str:
    (folder / "text.txt").write_text(text)
    git(folder, "add", "-A", day=day)
    git(folder, "commit", "-q", "-m", text, day=day)
    if tag:
        git(folder, "tag", *(("-a", "-m", tag) if annotated else ()), tag, day=day)
    return git(folder, "rev-parse", "HEAD")


class Maker:
    """Makes a site of two pages, and notes of which commits."""

    def __init__(self, language: str = "en") -> None:
        self.made: list[str | None] = []
        self.language = language

    def __call__(self, root: Path, commit: str | None) -> About:
        self.made.append(commit)
        text = (root / "text.txt").read_text()
        if text == "broken":
            raise PmogenError("content/roadmap.yml:1:1: it is broken")
        for name in ("index.html", "gaps/pm-skills.html", "404.html"):
            path = root / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE.format(text=text, language=self.language))
        return About(f"Title of {text}", "1", "2027-01-31", self.language, "0.1.0")


def compared(old: str, new: str | None) -> dict[str, str]:
    return {CHANGES: PAGE.format(text=f"{old} to {new}", language="en"), NOTES: f"{old} to {new}\n"}


def made(folder: Path, maker: Maker, compare=compared) -> Path:
    """The published folder, as the command makes it."""
    known = released_versions(folder)
    freezer = Freezer(folder, folder.parent / "kept", maker, compare)
    frozen = tuple(freezer.freeze(one, before) for one, before in with_earlier(known))
    newest = maker(folder, None)
    since = compare(known[0].tag, None) if known else {}
    publish(folder, folder.parent / "public", frozen, newest, since)
    return folder.parent / "public"


class TestTags:
    def test_the_newest_comes_first(self, repository):
        commit(repository, "a", "playbook-2026.9", "2026-09-30")
        commit(repository, "b", "playbook-2026.10", "2026-09-30")
        last = commit(repository, "c", "playbook-2026.2", "2026-12-31", annotated=False)
        found = released_versions(repository)
        assert [version.name for version in found] == ["2026.2", "2026.10", "2026.9"]
        assert found[0].commit == last
        assert str(found[0].day) == "2026-12-31"

    def test_other_tags_and_names_that_are_no_file_names_do_not_count(self, repository):
        commit(repository, "a")
        for tag in (
            "v1",
            "playbook",
            "playbook-a/b",
            "playbook-ä",
            "playbook-1",
            "playbook-'x'",
            "playbook-x;y",
        ):
            git(repository, "tag", tag)
        assert [version.tag for version in released_versions(repository)] == ["playbook-1"]

    def test_a_folder_without_git_is_named(self, tmp_path):
        with pytest.raises(PmogenError, match="not a git repository"):
            released_versions(tmp_path)

    @pytest.mark.parametrize("version", ["", "..", "a b", "-x", "1/2", "ä", "1\n2", "1."])
    def test_a_version_that_is_no_name_gets_no_tag(self, version):
        with pytest.raises(PmogenError):
            tag_of(version)

    def test_files_are_as_they_were_and_the_repository_stays_as_it_is(self, repository, tmp_path):
        (repository / "below").mkdir()
        old = commit(repository / "below", "old")
        commit(repository / "below", "new")
        (repository / "below/text.txt").write_text("not committed")
        take_out(repository / "below", old, tmp_path / "out")
        assert (tmp_path / "out/text.txt").read_text() == "old"
        assert git(repository, "status", "--porcelain") == "M below/text.txt"

    def test_a_link_that_leaves_the_workspace_is_refused(self, repository, tmp_path):
        (repository / "evil").symlink_to("../../../etc")
        bad = commit(repository, "x")
        with pytest.raises(PmogenError, match="must not be written"):
            take_out(repository, bad, tmp_path / "out")


class TestPublishing:
    @pytest.fixture
    def two(self, repository):
        """Two released versions and something newer."""
        commit(repository, "first", "playbook-2026.1", "2026-06-30")
        commit(repository, "second", "playbook-2026.2", "2026-12-31")
        commit(repository, "third", day="2027-01-31")
        return repository

    def test_each_version_stands_below_the_newest(self, two):
        public = made(two, Maker())
        assert "<p>third</p>" in (public / "index.html").read_text()
        assert "<p>second</p>" in (public / "versions/playbook-2026.2/gaps/pm-skills.html").read_text()
        assert "<p>first</p>" in (public / "versions/playbook-2026.1/index.html").read_text()

    def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(self, two):
        site = read_site(made(two, Maker()))
        assert broken_links(site) == ()
        assert foreign_requests(site) == ()
        assert {link.address for link in site.pages["gaps/pm-skills.html"].links} == {"../versions/index.html"}

    def test_old_pages_say_that_they_are_old_and_lead_to_the_same_page_of_today(self, two):
        page = (made(two, Maker()) / "versions/playbook-2026.1/gaps/pm-skills.html").read_text()
        assert "This is version 2026.1, as it was released on 30 June 2026." in page
        assert 'href="../../../gaps/pm-skills.html"' in page
        assert page.index("md-banner") < page.index("md-header")

    def test_a_page_that_is_no_more_leads_to_the_first_one(self, two):
        maker = Maker()
        public = made(two, maker)
        shutil.rmtree(two / "site")
        (two / "site").mkdir()
        (two / "site/index.html").write_text(PAGE.format(text="now", language="en"))
        known = released_versions(two)
        freezer = Freezer(two, two.parent / "kept", maker, compared)
        frozen = tuple(freezer.freeze(one, None) for one in known)
        publish(two, public, frozen, About("T", "1", "2027-01-31", "en", "0"), {})
        page = (public / "versions/playbook-2026.1/gaps/pm-skills.html").read_text()
        assert 'href="../../../index.html"' in page

    def test_the_list_names_versions_days_and_changes(self, two):
        page = (made(two, Maker()) / "versions/index.html").read_text()
        assert page.index("The newest") < page.index(">2026.2<") < page.index(">2026.1<")
        assert "released on 31 December 2026" in page
        assert 'href="since.html">Changes since version 2026.2<' in page
        assert 'href="playbook-2026.2-changes.html">Changes since version 2026.1<' in page
        assert "The first released version" in page

    def test_the_list_runs_nothing(self, two):
        page = (made(two, Maker()) / "versions/index.html").read_text()
        assert "<script" not in page
        assert policy(page) in page

    def test_changes_are_those_between_neighbours(self, two):
        public = made(two, Maker())
        told = "playbook-2026.1 to playbook-2026.2"
        assert told in (public / "versions/playbook-2026.2-changes.html").read_text()
        assert "playbook-2026.2 to None" in (public / "versions/since.html").read_text()
        assert (two.parent / "kept/playbook-2026.2.md").read_text() == told + "\n"
        assert (two.parent / "kept/playbook-2026.1.md").read_text() == "The first released version.\n"

    def test_a_version_is_built_once(self, two):
        maker = Maker()
        made(two, maker)
        assert maker.made == [*(version.commit for version in released_versions(two)), None]
        made(two, maker)
        assert maker.made[3:] == [None]

    def test_a_frozen_version_stays_whatever_a_newer_pmogen_would_make_of_it(self, two):
        made(two, Maker())
        before = (two.parent / "public/versions/playbook-2026.1/index.html").read_bytes()
        kept = (two.parent / "kept/playbook-2026.1.zip").read_bytes()
        made(two, Maker("de"))
        assert (two.parent / "kept/playbook-2026.1.zip").read_bytes() == kept
        assert (two.parent / "public/versions/playbook-2026.1/index.html").read_bytes() == before

    def test_the_same_version_gives_the_same_bytes(self, two):
        made(two, Maker())
        first = (two.parent / "kept/playbook-2026.1.zip").read_bytes()
        shutil.rmtree(two.parent / "kept")
        made(two, Maker())
        assert (two.parent / "kept/playbook-2026.1.zip").read_bytes() == first

    def test_pages_are_told_in_their_own_language(self, two):
        public = made(two, Maker("de"))
        assert ">Die neueste<" in (public / "versions/index.html").read_text()
        assert "30. Juni 2026" in (public / "versions/playbook-2026.1/index.html").read_text()

    def test_one_that_cannot_be_built_is_listed_without_a_link(self, repository):
        commit(repository, "broken", "playbook-1")
        commit(repository, "well")
        page = (made(repository, Maker()) / "versions/index.html").read_text()
        assert "can no longer be shown" in page
        assert "playbook-1/" not in page

    def test_without_releases_there_is_a_list_that_says_so(self, repository):
        commit(repository, "new")
        assert "Nothing was released yet." in (made(repository, Maker()) / "versions/index.html").read_text()

    def test_a_title_is_text_and_nothing_else(self, repository):
        commit(repository, "<script>alert(1)</script>{{ 7 * 7 }}", "playbook-1")
        page = (made(repository, Maker()) / "versions/index.html").read_text()
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "{{ 7 * 7 }}" in page

    def test_a_tag_that_was_moved_is_noticed(self, two):
        made(two, Maker())
        git(two, "tag", "-f", "playbook-2026.1")
        with pytest.raises(PmogenError, match="another commit"):
            made(two, Maker())

    @pytest.mark.parametrize(
        "name", ["../evil.html", "/evil.html", "site/../../evil.html", "site\\..\\evil", "C:/evil"]
    )
    def test_a_file_that_would_write_elsewhere_is_refused(self, two, name):
        made(two, Maker())
        path = two.parent / "kept/playbook-2026.1.zip"
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "evil")
        with pytest.raises(PmogenError, match="leads elsewhere"):
            made(two, Maker())
        assert not list(two.parent.rglob("evil*"))
        assert not (two.parent.parent / "evil.html").exists()

    @pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
    def test_a_damaged_file_is_named(self, two, content):
        made(two, Maker())
        (two.parent / "kept/playbook-2026.1.zip").write_bytes(content)
        with pytest.raises(PmogenError, match=r"playbook-2026\.1\.zip is no released version"):
            made(two, Maker())

    @pytest.mark.parametrize("about", ["[]", "{}", '{"commit": 1}', '{"commit": "x", "evil": 1}', "\xff"])
    def test_a_file_that_says_nothing_of_itself_is_refused(self, two, about):
        path = two.parent / "kept/playbook-2026.1.zip"
        path.parent.mkdir()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("about.json", about)
        with pytest.raises(PmogenError, match="is no released version"):
            made(two, Maker())

    def test_something_else_is_never_deleted(self, two):
        (two.parent / "public").mkdir()
        (two.parent / "public/mine.txt").write_text("mine")
        with pytest.raises(PmogenError, match="holds something else"):
            made(two, Maker())
        assert (two.parent / "public/mine.txt").read_text() == "mine"

    def test_neither_is_the_workspace_itself(self, two):
        maker = Maker()
        newest = maker(two, None)
        for output in (two, two.parent):
            with pytest.raises(PmogenError, match="cannot be replaced"):
                publish(two, output, (), newest, {})

    def test_an_earlier_one_is_replaced_and_nothing_is_left_over(self, two):
        public = made(two, Maker())
        (public / "old.html").write_text("old")
        made(two, Maker())
        assert not (public / "old.html").exists()
        assert {path.name for path in two.parent.iterdir()} == {"repository", "kept", "public"}

    def test_pages_that_stand_where_versions_belong_are_named(self, two):
        maker = Maker()
        newest = maker(two, None)
        (two / "site/versions").mkdir()
        with pytest.raises(PmogenError, match="pages below versions/"):
            publish(two, two.parent / "public", (), newest, {})


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planned") / "workspace"
    assert run(["init", str(folder), "--empty", "--title", "PMO playbook"]) == 0
    assert run(["plan", str(folder), "--yes", "--no-insights"]) == 0
    if not (folder / ".git").is_dir():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "x")
    git(folder, "config", "user.email", "x@example.org")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "first")
    return folder


class TestCommands:
    """`pmogen release` and `pmogen versions`, in a workspace of a real repository."""

    @pytest.fixture
    def workspace(self, planned, tmp_path):
        return Path(shutil.copytree(planned, tmp_path / "workspace"))

    def change(self, folder: Path, old: str, new: str) -> None:
        path = folder / "content/playbook.yml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    def test_a_release_is_a_tag_that_says_what_it_is(self, workspace, capsys):
        assert run(["release", str(workspace)]) == 0
        assert "next: git push origin playbook-1" in capsys.readouterr().out
        assert git(workspace, "for-each-ref", "--format=%(objecttype) %(contents:subject)", "refs/tags/playbook-1") == (
            "tag PMO playbook, version 1, as of 2027-01-31"
        )

    def test_the_same_version_is_not_released_twice(self, workspace, capsys):
        run(["release", str(workspace)])
        assert run(["release", str(workspace)]) == 1
        assert "raise `version`" in capsys.readouterr().err

    def test_what_is_not_committed_is_not_released(self, workspace, capsys):
        self.change(workspace, "title:", "# changed\ntitle:")
        assert run(["release", str(workspace)]) == 1
        assert "not committed" in capsys.readouterr().err
        assert git(workspace, "tag") == ""

    def test_errors_and_a_missing_plan_are_not_released(self, workspace, capsys):
        plan = workspace / "content/plan.yml"
        plan.unlink()
        assert run(["release", str(workspace)]) == 1
        assert "plan.yml is missing" in capsys.readouterr().err
        self.change(workspace, "version:", "versoin:")
        assert run(["release", str(workspace)]) == 1
        assert "has errors" in capsys.readouterr().err
        assert git(workspace, "tag") == ""

    def test_an_unknown_tag_is_refused(self, workspace, capsys):
        assert run(["versions", str(workspace), "--only", "playbook-9"]) == 1
        assert "no version has the tag playbook-9" in capsys.readouterr().err

    def test_a_release_does_not_go_without_its_changes(self, workspace, tmp_path, capsys, monkeypatch):
        """It is made once: when what changed cannot be told, nothing is kept."""
        run(["release", str(workspace)])
        self.change(workspace, 'version: "1"', 'version: "2"')
        git(workspace, "commit", "-q", "-a", "-m", "second")
        git(workspace, "tag", "-a", "-m", "second", "playbook-2", day="2027-02-28")
        monkeypatch.setattr("sys.executable", shutil.which("false"))
        monkeypatch.setattr(
            sys.modules["pmogen.cli.versions"],
            "_maker",
            lambda _builder: lambda _root, _commit: About("T", "1", "", "en", ""),
        )
        released = tmp_path / "released"
        assert run(["versions", str(workspace), "--only", "playbook-2", "--released", str(released)]) == 1
        assert "what changed since playbook-1 is not told" in capsys.readouterr().err
        assert not released.exists()

    def test_from_release_to_a_site_with_versions(self, workspace, tmp_path, capsys):
        """With the real builder: the version is kept, marked, and every link of the published folder leads somewhere."""
        run(["release", str(workspace)])
        self.change(workspace, "title: PMO playbook", "title: Newer playbook")
        released, public = tmp_path / "released", tmp_path / "public"
        called = ["versions", str(workspace), "--released", str(released)]
        assert run([*called, "--only", "playbook-1"]) == 0
        assert {path.name for path in released.iterdir()} == {"playbook-1.zip", "playbook-1.md"}
        about = json.loads(zipfile.ZipFile(released / "playbook-1.zip").read("about.json"))
        assert about["title"] == "PMO playbook"
        assert run([*called, "--output", str(public)]) == 0
        assert "the newest, and 1 released version" in capsys.readouterr().out
        old = (public / "versions/playbook-1/index.html").read_text()
        assert "This is version 1, as it was released" in old
        assert "Newer playbook" not in old
        assert "Newer playbook" in (public / "index.html").read_text()
        since = (public / "versions/since.html").read_text()
        assert "Newer playbook" in since
        assert "playbook-1" in since
        assert MADE_BY in (public / "versions/index.html").read_text()
        site = read_site(public)
        assert broken_links(site) == ()
        assert foreign_requests(site) == ()
        assert "versions/index.html" in {link.address for link in site.pages["index.html"].links}
        assert git(workspace, "status", "--porcelain") == "M content/playbook.yml"
