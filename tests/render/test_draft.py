"""A draft gives single files without making the others, and the same ones as when all are made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from pmogen.errors import PmogenError
from pmogen.language import speaking
from pmogen.playbook import compute
from pmogen.render import Draft, draft, drafted, render
from pmogen.render.charts.drawing import Drawing
from pmogen.render.tree import Tree
from pmogen.render.writer import Writer
from tests.render.test_render import example, templates
from tests.workspaces import workspace

CONTENT = {"content/playbook.yml": {"languages": ["en", "de"]}}


@cache
def files() -> Mapping[str, str | bytes]:
    return render(example(), templates()).files


@pytest.fixture
def fresh() -> Draft:
    return drafted(example(), templates())


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The paths of all pages that are written from now on, and the names of all charts that are drawn."""
    files()
    found: list[str] = []
    write, draw = Writer.write, Drawing.draw

    def noted(self, page):
        found.append(page.path)
        return write(self, page)

    def drawn(self, chart):
        found.append(chart.name)
        return draw(self, chart)

    monkeypatch.setattr(Writer, "write", noted)
    monkeypatch.setattr(Drawing, "draw", drawn)
    return found


def test_what_there_is_is_known_before_anything_is_made(fresh, made):
    assert fresh.paths == tuple(files())
    assert fresh.pages["services/pm-training.md"].title == example().workspace.service("pm-training").name
    assert list(fresh.pages)[-2:] == ["downloads.md", "whole.md"]
    assert fresh.configuration == files()["build/playbook.yml"]
    assert made == []


@pytest.mark.parametrize("path", ["index.md", "services/pm-training.md", "knowledge/raci.md", "roadmap/2026-q4.md"])
def test_a_page_is_written_without_the_others(fresh, made, path):
    assert fresh.page(path) == files()[f"build/playbook/{path}"]
    assert made == [path]


def test_a_page_shows_its_charts_without_drawing_them(fresh, made):
    assert "needs-pm-training.svg" in fresh.page("services/pm-training.md")
    assert made == ["services/pm-training.md"]


def test_a_chart_is_drawn_without_the_others(fresh, made):
    assert fresh.chart("gaps.svg") == files()["build/playbook/assets/charts/gaps.svg"]
    assert made == ["gaps"]


def test_the_page_of_downloads_needs_no_other_page(fresh, made):
    assert fresh.page("downloads.md") == files()["build/playbook/downloads.md"]
    assert [path for path in made if path.endswith(".md")] == ["downloads.md"]


def test_every_single_file_is_what_it_is_among_all(fresh):
    assert {path: fresh.file(path) for path in fresh.paths} == files()


def test_what_is_written_is_what_the_files_hold(fresh):
    held = {path: made.encode() if isinstance(made, str) else made for path, made in files().items()}
    assert fresh.contents() == held
    assert fresh.contents() == held


def test_nobody_can_ask_for_what_there_is_not(fresh):
    for asked in (fresh.page, fresh.chart, fresh.file):
        with pytest.raises(KeyError):
            asked("nothing.md")


def test_a_tree_speaks_its_language_whatever_is_spoken_around_it(monkeypatch):
    monkeypatch.setattr(draft, "MANY", 1)
    tree = Tree("de", ("en", "de"))
    with speaking("de"):
        playbook = compute(workspace(CONTENT))
        made = render(playbook, templates(), tree=tree).files
    alone = drafted(playbook, templates(), tree=tree)
    assert {path: alone.file(path) for path in alone.paths} == made
    assert drafted(playbook, templates(), tree=tree).files() == made
    assert alone.pages["gaps/index.md"].title == "Lückenanalyse"


def test_several_processes_make_what_one_does(monkeypatch):
    monkeypatch.setenv("PMOGEN_JOBS", "1")
    alone = render(example(), templates()).files
    monkeypatch.setenv("PMOGEN_JOBS", "3")
    assert render(example(), templates()).files == alone


def test_what_a_lost_process_did_not_make_is_made_all_the_same(monkeypatch):
    lost: list[str] = []

    def losing(work, items):
        lost.extend(items[::2])
        return [None if item in lost else work(item) for item in items]

    monkeypatch.setattr(draft, "forked", losing)
    assert render(example(), templates()).files == files()
    assert {name.rpartition(".")[2] for group in lost for name in group} >= {"md", "svg", "json"}


def test_a_page_and_the_charts_about_the_same_are_made_by_one_process(monkeypatch):
    groups: list[tuple[str, ...]] = []

    def noting(work, items):
        groups.extend(items)
        return [work(item) for item in items]

    monkeypatch.setattr(draft, "forked", noting)
    made = drafted(example(), templates())
    assert made.files() == files()
    assert ("services/pm-training.md", "needs-pm-training.svg") in groups
    shown = [group for group in groups if group[0] in made.pages]
    assert len([name for page, *charts in shown for name in charts]) > 20
    assert all(f"assets/charts/{name}" in made.page(page) for page, *charts in shown for name in charts)
    names = sorted(name for group in groups for name in group)
    assert names == sorted(set(names))
    assert {*made.pages, *made.pictures} - set(names) == {"downloads.md", "whole.md"}


def test_a_mistake_in_a_template_is_told_by_whichever_process_finds_it(monkeypatch):
    monkeypatch.setenv("PMOGEN_JOBS", "3")
    wrong = {**templates(), "pages/services/service.md.j2": "{{ nothing }}"}
    with pytest.raises(PmogenError, match=r"pages/services/service\.md\.j2") as raised:
        render(example(), wrong)
    assert raised.value.hint
