"""Hand-written pages: computed values in them, and their place in the navigation."""

from __future__ import annotations

import re

import pytest

from pmogen.model.hand_page import FIGURES, FUNCTIONS, SECTIONS, names_in_line
from pmogen.render.book import Book
from pmogen.render.links import links_of
from pmogen.render.pages import SECTIONS as PARTS
from pmogen.render.pages import all_nav
from pmogen.render.pages.hand_values import value_of
from tests.render.test_links import book
from tests.render.test_render import example, pages, rendered, templates
from tests.workspaces import ROOT

IDS = {
    "gap": "status-visibility",
    "aspect": "status-visibility",
    "service": "project-register",
    "wave": "2026-q4",
    "audience": "project-managers",
    "entity": "accounts-payable",
    "hand_off": "vendors-paid-in-30-days",
}


def told(text: str, made: Book) -> str:
    (name,) = names_in_line(text)
    return str(value_of(made, name, links_of(made).seen_from("pages/a.md")))


def test_every_listed_value_can_be_computed() -> None:
    made = Book(example())
    for function, (_, fields) in FUNCTIONS.items():
        for field in fields:
            assert told(f"{{{{ {function}('{IDS[function]}').{field} }}}}", made)
        assert told(f"{{{{ {function}('{IDS[function]}') }}}}", made).startswith("[")
    for figure in FIGURES:
        assert told(f"{{{{ figure('{figure}') }}}}", made)


def test_the_documentation_lists_every_value() -> None:
    page = (ROOT / "docs" / "workspace.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (.*\(.*) \| (.*) \|$", page, re.MULTILINE))
    listed = {name: row for names, row in rows.items() for name in re.findall(r"`([a-z_]+)\(", names)}
    assert {name: tuple(row.split(", ")) for name, row in listed.items() if name != "figure"} == {
        name: fields for name, (_, fields) in FUNCTIONS.items()
    }
    assert tuple(listed["figure"].removeprefix("no field; ").split(", ")) == FIGURES


def test_values_are_those_of_the_pages() -> None:
    made = book(
        {"content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility", "current": 1.5, "target": 3}]}}
    )
    assert told("{{ gap('visibility').size }}", made) == "M"
    assert told('{{ gap("visibility").current }}', made) == "1.5"
    assert told("{{ gap('visibility') }}", made) == "[Visibility](../gaps/visibility.md)"
    assert told("{{ service('register').wave }}", made) == "One"
    assert told("{{ figure('gaps') }}", made) == "1"


def test_a_value_is_inert() -> None:
    made = book(
        {
            "content/roadmap.yml": {
                "waves": [
                    {
                        "id": "one",
                        "name": "<b> [x](javascript:alert(1))",
                        "starts": "2027-01-01",
                        "ends": "2027-03-31",
                        "goal": "G",
                        "fte": 2,
                    }
                ]
            }
        }
    )
    assert "<" not in told("{{ wave('one').name }}", made)
    assert "](javascript" not in told("{{ wave('one').name }}", made)


def test_what_is_not_known_says_so() -> None:
    made = book({"content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility", "target": 3}]}})
    assert told("{{ gap('visibility').size }}", made) == "not known"


def test_a_page_takes_its_place_under_the_section_it_names() -> None:
    from pmogen.playbook import compute
    from pmogen.render import render
    from tests.workspaces import workspace

    made = compute(
        workspace(
            {
                "content/pages/b.md": "---\nunder: gaps\norder: 1\n---\n# B, {{ figure('gaps') }} gap\n",
                "content/pages/a.md": "---\nunder: gaps\norder: 2\ntitle: Short\n---\n# A\n",
                "content/pages/c.md": "# C\n",
            }
        )
    )
    entries = {entry.title: entry for entry in all_nav(Book(made, templates()))}
    assert [(child.title, child.path) for child in entries["Gap analysis"].children][-2:] == [
        ("B, 1 gap", "pages/b.md"),
        ("Short", "pages/a.md"),
    ]
    assert [child.path for child in entries["More to read"].children] == ["pages/c.md"]
    assert "B, 1 gap" in pages(render(made, templates()))["pages/b.md"]


def test_the_sections_a_page_may_name_are_those_of_the_site() -> None:
    assert set(SECTIONS) == set(PARTS) - {"", "more"}


@pytest.mark.parametrize("path", ["pages/first-90-days.md", "pages/why-a-pmo.md"])
def test_no_braces_are_left_in_the_pages_of_the_example(path: str) -> None:
    assert "{{" not in pages(rendered())[path]
