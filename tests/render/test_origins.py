"""Every page and every chart says where its figures come from, and the places exist."""

from __future__ import annotations

from functools import cache

import pytest

from pmogen.diagnostics import Span
from pmogen.language import speaking
from pmogen.playbook import compute
from pmogen.render.book import Book
from pmogen.render.charts import Pictures
from pmogen.render.links import links_of
from pmogen.render.pages import all_pages
from pmogen.source.files import read_sources
from tests.render.test_render import templates
from tests.workspaces import ROOT, example


@cache
def book() -> Book:
    return Book(compute(example()), templates())


@cache
def lines(file: str) -> tuple[str, ...]:
    return tuple(read_sources(ROOT).files[file].decode().split("\n"))


def is_there(span: Span) -> bool:
    """Whether a line stands there that says something."""
    said = lines(span.file)[span.line - 1].strip()
    return bool(said) and not said.startswith("#")


def test_every_page_names_lines_that_exist():
    with speaking("en"):
        for page in all_pages(book()):
            assert page.sources, page.path
            assert all(is_there(span) for span in page.sources), page.path


def test_every_chart_names_lines_that_exist():
    for name, picture in Pictures(book(), links_of(book())).items():
        assert picture.sources, name
        assert all(is_there(span) for span in picture.sources), name


@pytest.mark.parametrize("page", ["roadmap/index.md", "roadmap/later.md", "roadmap/2026-q4.md"])
def test_what_the_plan_says_leads_to_the_plan(page):
    found = next(each for each in all_pages(book()) if each.path == page)
    assert "content/plan.yml" in {span.file for span in found.sources}
