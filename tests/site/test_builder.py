"""Running a builder: only over a site of its own, and only when something changed."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess

import pytest

from pmogen.errors import PmogenError
from pmogen.site import builder
from pmogen.site.builder import RECORD, build_site, builder_command
from pmogen.site.trees import tree_hash

DAY = dt.date(2027, 1, 31)


@pytest.fixture
def workspace(tmp_path):
    """A workspace of two pages, built by no theme, which takes no time."""
    (tmp_path / "build/playbook/a").mkdir(parents=True)
    (tmp_path / "build/playbook/index.md").write_text("# Home\n\n[a](a/b.md)\n")
    (tmp_path / "build/playbook/a/b.md").write_text("# B\n")
    (tmp_path / "build/playbook.yml").write_text("site_name: Small\ndocs_dir: build/playbook\n")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: build/playbook.yml\ntheme: mkdocs\nplugins: []\n")
    return tmp_path


@pytest.fixture
def runs(monkeypatch):
    """Counts how often a builder really ran."""
    counted, really = [], subprocess.run

    def run(*arguments, **options):
        counted.append(arguments)
        return really(*arguments, **options)

    monkeypatch.setattr(builder.subprocess, "run", run)
    return counted


def build(root, version="1"):
    return build_site(root, "mkdocs", DAY, version)


def test_builds_every_page_and_says_where_they_are(workspace):
    site = build(workspace)
    assert (site.pages, site.stood_already) == (2, False)
    assert site.index == workspace / "site/index.html"
    assert site.index.is_file()


def test_a_second_time_the_builder_does_not_run(workspace, runs):
    build(workspace)
    assert build(workspace).stood_already
    assert len(runs) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "build/playbook/index.md").write_text("# New\n"),
        lambda root: (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text() + "copyright: ours\n"),
        lambda root: (root / "build/playbook/new.md").write_text("# New\n"),
        lambda root: (root / "site/a/b/index.html").unlink(),
        lambda root: (root / "site/index.html").write_text("edited"),
        lambda root: (root / RECORD).write_text("{"),
    ],
)
def test_it_runs_again_when_anything_changed(workspace, runs, change):
    build(workspace)
    change(workspace)
    assert not build(workspace).stood_already
    assert len(runs) == 2
    assert (workspace / "site/a/b/index.html").is_file()


def test_it_runs_again_for_another_version_of_pmogen(workspace, runs):
    build(workspace, "1")
    build(workspace, "2")
    assert len(runs) == 2


def test_a_failed_build_names_the_reason_and_is_not_taken_for_done(workspace):
    page = workspace / "build/playbook/index.md"
    good = page.read_text()
    page.write_text("# Home\n\n[a](nowhere.md)\n")
    with pytest.raises(PmogenError, match=r"nowhere\.md"):
        build(workspace)
    with pytest.raises(PmogenError, match=r"nowhere\.md"):
        build(workspace)
    page.write_text(good)
    assert not build(workspace).stood_already
    assert "site" in json.loads((workspace / RECORD).read_text())


def test_a_page_that_the_builder_leaves_out_is_missed(workspace):
    with (workspace / "mkdocs.yml").open("a") as configuration:
        configuration.write("exclude_docs: a/b.md\n")
    (workspace / "build/playbook/index.md").write_text("# Home\n")
    with pytest.raises(PmogenError, match=r"a/b\.md"):
        build(workspace)


def test_what_somebody_keeps_in_site_is_never_deleted(workspace):
    (workspace / "site").mkdir()
    (workspace / "site/thesis.odt").write_text("years of work")
    with pytest.raises(PmogenError, match="no builder made"):
        build(workspace)
    assert (workspace / "site/thesis.odt").read_text() == "years of work"


def test_a_link_out_of_the_workspace_is_not_followed(workspace, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "404.html").write_text("another site")
    (workspace / "site").symlink_to(elsewhere)
    with pytest.raises(PmogenError, match="leaves the workspace"):
        build(workspace)
    assert (elsewhere / "404.html").read_text() == "another site"


def test_an_empty_or_interrupted_site_is_built_anew(workspace):
    (workspace / "site").mkdir()
    build(workspace)
    shutil.rmtree(workspace / "site")
    (workspace / "site/assets").mkdir(parents=True)
    (workspace / "site/assets/half.css").write_text("")
    build(workspace)
    assert (workspace / "site/index.html").is_file()


def test_an_unknown_builder_and_a_missing_configuration_are_refused(workspace):
    with pytest.raises(PmogenError, match="no builder is called hugo"):
        build_site(workspace, "hugo", DAY, "1")
    (workspace / "mkdocs.yml").unlink()
    with pytest.raises(PmogenError, match=r"no mkdocs\.yml"):
        build(workspace)


def test_modules_in_the_workspace_are_never_run(workspace):
    (workspace / "yaml.py").write_text("raise SystemExit('a module of the workspace ran')\n")
    build(workspace)
    assert "-P" in builder_command("mkdocs")


def test_an_interrupted_build_leaves_the_old_site(workspace, monkeypatch):
    """Whenever it is interrupted, site/ holds the whole old site; the next build makes the new one."""
    build(workspace)
    before = tree_hash(workspace / "site")
    (workspace / "build/playbook/index.md").write_text("# Another home\n")

    def interrupted(*arguments, **options):
        (workspace / builder.STAGED).mkdir(parents=True)
        (workspace / builder.STAGED / "index.html").write_text("half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(builder.subprocess, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build(workspace)
    assert tree_hash(workspace / "site") == before
    build(workspace)
    assert "Another home" in (workspace / "site/index.html").read_text()
    assert not (workspace / builder.STAGED).exists()


def test_interrupted_between_old_and_new_the_old_one_comes_back(workspace):
    """The moment between setting the old site aside and putting the new one in its place."""
    build(workspace)
    (workspace / "site").rename(workspace / builder.FORMER)
    (workspace / "mkdocs.yml").write_text("INHERIT: build/playbook.yml\nplugins: [nothing]\n")
    with pytest.raises(PmogenError):
        build(workspace)
    assert (workspace / "site/index.html").is_file()


def test_a_failed_build_leaves_the_old_site(workspace):
    """A strict builder that complains does not take the site away."""
    build(workspace)
    before = tree_hash(workspace / "site")
    (workspace / "build/playbook/index.md").write_text("[dead](nowhere.md)\n")
    with pytest.raises(PmogenError):
        build(workspace)
    assert tree_hash(workspace / "site") == before


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_any_day_can_be_the_day_of_a_playbook(workspace, day):
    """Builders write the day into compressed files, which know 1970 to 2105 only."""
    (workspace / "mkdocs.yml").write_text(
        "INHERIT: build/playbook.yml\ntheme: mkdocs\nplugins: []\nsite_url: https://a.b/\n"
    )
    assert build_site(workspace, "mkdocs", day, "1").index.is_file()


def test_a_link_inside_the_workspace_is_not_replaced_either(workspace):
    (workspace / "elsewhere").mkdir()
    (workspace / "site").symlink_to("elsewhere")
    with pytest.raises(PmogenError, match="site/ is a link"):
        build(workspace)
    assert (workspace / "site").is_symlink()


def test_no_traceback_of_a_builder_is_shown(workspace):
    """What went wrong in a theme is one sentence; where in the builder it did so is of no use to anybody."""
    (workspace / "theme").mkdir()
    (workspace / "theme/main.html").write_text('{% extends "nope.html" %}')
    (workspace / "mkdocs.yml").write_text(
        "INHERIT: build/playbook.yml\ntheme: {name: mkdocs, custom_dir: theme}\nplugins: []\n"
    )
    with pytest.raises(PmogenError) as error:
        build(workspace)
    assert "nope.html" in error.value.message
    assert "File " not in error.value.message
    assert "Traceback" not in error.value.message
