"""The overview as pages and charts."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from pmogen.language import speaking
from pmogen.render.group import render_group
from pmogen.render.inline_charts import ADDRESS
from pmogen.site.templates import read_templates
from tests.group.offices import overview, report
from tests.language.test_templates import HOSTILE
from tests.workspaces import ROOT

TEMPLATES = read_templates(ROOT)
PAGES = "build/playbook/"


def rendered(*reports, **more):
    return render_group(overview(*reports, **more), TEMPLATES)


def pages(files):
    return {name.removeprefix(PAGES): text for name, text in files.items() if name.endswith(".md")}


def full():
    return rendered(
        report("a", current=1, asks=True), report("b", current=1, asks=True),
        *(report(name, compare=False, current=1.5) for name in "cde"),
    )  # fmt: skip


def test_there_is_a_page_for_each_aspect_and_each_office_that_agreed():
    assert set(pages(full())) == {
        *("index.md", "levels.md", "waves.md", "hand-offs.md", "joint.md", "method.md"),
        *("aspects/visibility.md", "offices/a.md", "offices/b.md"),
    }


def test_links_and_charts_lead_to_what_is_there():
    files = full()
    for name, text in pages(files).items():
        folder = name.rpartition("/")[0]
        for written in re.findall(r"\]\(([^)]+)\)", text):
            if "://" in written:
                continue
            target = name.rpartition("/")[2] + written if written.startswith("#") else written
            found = (folder + "/" if folder and not target.startswith("../") else "") + target.removeprefix("../")
            assert PAGES + found.split("#")[0] in files, (name, target)
            if "#" in found:
                assert f"{{ #{found.split('#')[1]} }}" in files[PAGES + found.split("#")[0]], (name, target)


def test_charts_are_svg_that_pages_can_show_and_their_data_stands_beside_them():
    files = full()
    drawn = [name for name in files if name.endswith(".svg") and "/charts/group-" in name]
    assert len(drawn) == 4
    for name in drawn:
        root = ET.fromstring(files[name])
        assert root.get("class") == "pc"
        assert ADDRESS.fullmatch(name.removeprefix(PAGES))
        (page,) = (text for text in pages(files).values() if name.rpartition("/")[2] in text)
        assert "\n| ---" in page


def test_an_office_that_did_not_agree_is_named_beside_no_figure():
    files = rendered(
        report("a", current=1, asks=True),
        *(report(f"o{each}", compare=False, current=1, asks=True, name=f"Secret {each}") for each in range(4)),
    )
    for name, text in files.items():
        if isinstance(text, str) and "Secret" in text:
            assert name == f"{PAGES}index.md"
            lines = [line for line in text.splitlines() if "Secret" in line]
            assert len(lines) == 4
            assert not any(
                re.search(r"\d", line.replace("Secret " + line.split("Secret ")[1][0], "")) for line in lines
            )


def test_what_a_hidden_office_calls_itself_or_its_units_is_nowhere():
    files = rendered(*(report(name, compare=False, title="Hidden title", asks=True) for name in "abc"))
    everything = "".join(text for text in files.values() if isinstance(text, str))
    assert "Hidden title" not in everything
    assert "People" not in everything


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_show_as_they_are(text):
    files = rendered(
        report("a", name=text, title=text), report("b", current=1), title=text, about=text, notice=text, owner=text
    )
    for name, whole in pages(files).items():
        page = whole.split("---\n", 2)[2]  # what stands before is YAML
        assert "<script" not in whole, name
        assert "](javascript" not in page, name
        assert "{{ 7" not in page, name
    assert "<script" not in files["build/playbook.yml"]


@pytest.mark.parametrize("code", ["de", "es"])
def test_the_overview_speaks_its_language(code):
    with speaking(code):
        files = rendered(report("a", current=1), report("b", current=1), language=code)
    assert {"de": "Auf einen Blick", "es": "De un vistazo"}[code] in files[f"{PAGES}index.md"]
    assert f"language: {code}" in files["build/playbook.yml"]


def test_a_group_of_which_nothing_can_be_shown_says_so():
    files = rendered(report("a", compare=False))
    assert "Nothing can be shown" in files[f"{PAGES}levels.md"]
    assert not [name for name in files if "/charts/group-" in name]
