"""A playbook becomes Markdown, charts and navigation: the only place that knows Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmogen.exchange import PLAYBOOK, SCHEMA, playbook_json, playbook_schema
from pmogen.playbook import Playbook
from pmogen.render.book import Book
from pmogen.render.charts import agreement_pictures, gap_dumbbell, roadmap_picture
from pmogen.render.environment import markdown_environment
from pmogen.render.links import links_of
from pmogen.render.navigation import DOCS, navigation
from pmogen.render.page import write_page
from pmogen.render.pages import all_nav, all_pages
from pmogen.render.pages.catalogue import downloads

Templates = Mapping[str, str | bytes]
"""Site templates by name relative to site_templates/: text, or bytes of what is not text."""

COPIED = {"theme/": "build/theme/", "assets/": f"{DOCS}/assets/"}
"""Parts of the site templates that are handed on as they are, and where to."""


@dataclass(frozen=True)
class Rendered:
    """The emitted files: path below the workspace root to their full content."""

    files: Mapping[str, str | bytes]


def render(playbook: Playbook, templates: Templates, commit: str | None = None) -> Rendered:
    """Everything a site builder needs: Markdown pages, charts, assets, data, the theme's overrides and the navigation.

    With a `commit`, links to sources lead to the lines as they were in it, otherwise to the branch.
    """
    book = Book(playbook, templates, commit)
    files: dict[str, str | bytes] = dict(_copied(templates))
    files[f"{DOCS}/assets/charts/gaps.svg"] = gap_dumbbell(book)
    files[f"{DOCS}/assets/charts/roadmap.svg"] = roadmap_picture(book)
    files.update((f"{DOCS}/assets/charts/{name}", text) for name, text in agreement_pictures(book))
    files.update((f"{DOCS}/{path}", text) for path, text in downloads(book))
    files.update(_data(playbook))
    files.update(_pages(book, templates))
    files["build/playbook.yml"] = navigation(book.settings.title, all_nav(book))
    return Rendered(dict(sorted(files.items())))


def _copied(templates: Templates) -> Iterator[tuple[str, str | bytes]]:
    for name, content in templates.items():
        for folder, target in COPIED.items():
            if name.startswith(folder):
                yield target + name.removeprefix(folder), content


def _data(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """The playbook for programs: below build/, and once more where builders copy it to the site."""
    text = playbook_json(playbook)
    yield f"build/{PLAYBOOK}", text
    yield f"{DOCS}/{PLAYBOOK}", text
    yield f"{DOCS}/{SCHEMA}", playbook_schema()


def _pages(book: Book, templates: Templates) -> Iterator[tuple[str, str]]:
    environment, links = markdown_environment(templates), links_of(book)
    for page in all_pages(book):
        yield f"{DOCS}/{page.path}", write_page(environment, book, links, page)
