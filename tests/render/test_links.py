"""Links: relative from every page, by name, and plain text where there is nothing to link to."""

from __future__ import annotations

import posixpath

import pytest

from pmogen.playbook import compute
from pmogen.render.book import Book
from pmogen.render.links import links_of, relative
from tests.workspaces import Changes, workspace


def book(changes: Changes | None = None) -> Book:
    return Book(compute(workspace(changes)))


@pytest.mark.parametrize(
    ("path", "address", "expected"),
    [
        ("index.md", "services/a.md", "services/a.md"),
        ("services/a.md", "services/b.md", "b.md"),
        ("services/a.md", "index.md", "../index.md"),
        ("knowledge/templates/a.md", "services/b.md#part", "../../services/b.md#part"),
        ("services/a.md", "services/a.md#part", "#part"),
        ("services/a.md", "pages/with (odd) name.md", "../pages/with%20%28odd%29%20name.md"),
    ],
)
def test_an_address_is_relative_to_the_page(path: str, address: str, expected: str) -> None:
    assert relative(path, address) == expected


def test_a_link_carries_the_name_of_the_thing() -> None:
    link = links_of(book()).seen_from("gaps/visibility.md")
    assert link("service", "register") == "[Register](../services/register.md)"
    assert link("benefit", "no-surprises") == "[No surprises.](../foundation/customers.md#benefit-no-surprises)"
    assert link("wave", "one", "*soon*") == "[&#42;soon&#42;](../roadmap/one.md)"


def test_what_has_no_page_is_plain_text() -> None:
    link = links_of(book()).seen_from("index.md")
    assert link("service", "no_such") == "no&#95;such"
    assert link("service", "no-such", "<b>") == "&#60;b&#62;"


def test_a_gap_has_a_page_and_a_strength_leads_to_its_aspect() -> None:
    assert links_of(book()).targets["gap", "visibility"].address == "gaps/visibility.md"
    strong = {"content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility", "current": 4, "target": 3}]}}
    assert links_of(book(strong)).targets["gap", "visibility"].address == "assessment/visibility.md"


@pytest.mark.parametrize("folder", ["", "a", "a/b", "a/b/c"])
@pytest.mark.parametrize(
    "page", ["x.md", "a/x.md", "a/b/x.md", "a/b", "a", "ab/x", "../x", "a/../b", "assets/./x", "."]
)
def test_the_way_from_a_page_to_another_is_that_of_the_file_system(folder, page):
    found = relative(posixpath.join(folder, "here.md"), page)
    assert found == posixpath.relpath(page, folder or ".")
