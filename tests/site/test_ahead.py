"""The site builder is started while pmogen still computes; it builds what it is told, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess

import pytest

import pmogen
from pmogen.errors import PmogenError
from pmogen.site import ahead
from pmogen.site.ahead import BuilderAhead
from pmogen.site.builder import build_site, builder_command, builder_environment
from tests.site.test_builder import DAY, workspace

__all__ = ["workspace"]

BUILDER = "pmogen.site.fast_ahead"


@pytest.fixture
def runs(monkeypatch):
    """The processes of builders, in the order in which they were started."""
    begun = []
    really = subprocess.Popen

    class Noted(really):
        def __init__(self, command, **options):
            super().__init__(command, **options)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    monkeypatch.setattr(ahead, "spare", lambda: 1)
    return begun


def built(root, day=DAY):
    """Builds as `pmogen build` does, when the pages are written already."""
    with BuilderAhead(root, "mkdocs") as waiting:
        waiting.begin()
        return build_site(root, "mkdocs", day, "1", ahead=waiting)


def test_what_was_started_ahead_builds_the_site(workspace, runs):
    assert not built(workspace).stood_already
    assert [process.args[3] for process in runs] == [BUILDER]
    assert runs[0].poll() == 0
    assert "<h1" in (workspace / "site/a/b/index.html").read_text()


def test_who_is_not_told_anything_ends_and_builds_nothing(workspace, runs):
    with BuilderAhead(workspace, "mkdocs") as waiting:
        waiting.begin()
        assert runs[0].poll() is None
    assert runs[0].returncode < 0
    assert not (workspace / "site").exists()


@pytest.mark.parametrize("said", ["", '{"arguments": ["build"]'])
def test_it_ends_by_itself_when_nobody_is_there_any_more(workspace, said):
    done = subprocess.run(
        builder_command(BUILDER), cwd=workspace, env=builder_environment(), input=said.encode(), check=False
    )
    assert done.returncode == 0
    assert not (workspace / "site").exists()


def test_another_one_builds_when_it_died(workspace, runs):
    with BuilderAhead(workspace, "mkdocs") as waiting:
        waiting.begin()
        runs[0].kill()
        runs[0].wait()
        build_site(workspace, "mkdocs", DAY, "1", ahead=waiting)
    assert [process.args[3] for process in runs] == [BUILDER, "pmogen.site.fast"]
    assert (workspace / "site/index.html").is_file()


def test_it_builds_once(workspace, runs):
    with BuilderAhead(workspace, "mkdocs") as waiting:
        waiting.begin()
        build_site(workspace, "mkdocs", DAY, "1", ahead=waiting)
        build_site(workspace, "mkdocs", DAY + dt.timedelta(1), "1", ahead=waiting)
    assert [process.args[3] for process in runs] == [BUILDER, "pmogen.site.fast"]


@pytest.mark.parametrize(("name", "cores"), [("zensical", 1), ("mkdocs", 0), ("what", 1)])
def test_it_is_not_started_where_it_would_not_help(workspace, runs, monkeypatch, name, cores):
    monkeypatch.setattr(ahead, "spare", lambda: cores)
    with BuilderAhead(workspace, name) as waiting:
        waiting.begin()
    assert runs == []


def test_it_is_not_started_where_nothing_is_configured(workspace, runs):
    (workspace / "mkdocs.yml").unlink()
    with BuilderAhead(workspace, "mkdocs") as waiting:
        waiting.begin()
    assert runs == []


def test_mistakes_are_told_in_the_same_words(workspace, runs):
    (workspace / "mkdocs.yml").write_text("INHERIT: build/playbook.yml\ntheme: nowhere\nplugins: []\n")
    said = []
    for started in (True, False):
        with BuilderAhead(workspace, "mkdocs") as waiting:
            if started:
                waiting.begin()
            with pytest.raises(PmogenError) as told:
                build_site(workspace, "mkdocs", DAY, "1", ahead=waiting)
        said.append(str(told.value))
    assert said[0] == said[1]
    assert "nowhere" in said[0]


def test_a_build_starts_it_when_pages_are_made(built_example, tmp_path, runs):
    root = tmp_path / "ws"
    shutil.copytree(built_example, root, symlinks=True)
    text = (root / "content/playbook.yml").read_text()
    (root / "content/playbook.yml").write_text(re.sub("^title: .*$", "title: Another one", text, flags=re.MULTILINE))
    for stands in (False, True):
        site = pmogen.build(root).site
        assert site is not None
        assert site.stood_already == stands
    assert [process.args[3] for process in runs if "-m" in process.args] == [BUILDER]
    assert "Another one" in (root / "site/index.html").read_text()
