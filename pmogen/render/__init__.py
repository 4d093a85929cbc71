"""A playbook becomes Markdown, charts and navigation: the only place that knows Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pmogen.exchange import PLAYBOOK, SCHEMA, playbook_json, playbook_schema
from pmogen.exchange.files import FOLDER
from pmogen.playbook import Playbook
from pmogen.render.book import Book
from pmogen.render.charts import pictures
from pmogen.render.charts.drawing import Picture
from pmogen.render.environment import markdown_environment
from pmogen.render.links import links_of
from pmogen.render.look import STYLE_SHEET, own_colours, theme_settings
from pmogen.render.navigation import navigation
from pmogen.render.page import Nav, Page, write_page
from pmogen.render.pages import all_nav, all_pages, downloads, whole
from pmogen.render.pages.catalogue import document_files
from pmogen.render.scripts import spoken_script
from pmogen.render.tree import Tree

CHARTS = "assets/charts"
"""Where the charts are, below the playbook's root."""

Templates = Mapping[str, str | bytes]
"""Site templates by name relative to site_templates/: text, or bytes of what is not text."""

ASSETS = "assets/"
"""Parts of the site templates that are handed on as they are, to each tree of pages."""
THEME = "theme/"
"""The same for the theme, which all trees share."""


@dataclass(frozen=True)
class Rendered:
    """The emitted files: path below the workspace root to their full content."""

    files: Mapping[str, str | bytes]


def render(
    playbook: Playbook,
    templates: Templates,
    commit: str | None = None,
    tree: Tree | None = None,
    data: str | None = None,
    *,
    offered: Mapping[str, bytes] | None = None,
) -> Rendered:
    """Everything a site builder needs: Markdown pages, charts, assets, data, the theme's overrides and the navigation.

    With a `commit`, links to sources lead to the lines as they were in it, otherwise to the branch. The playbook's texts
    are in the language of the tree, and that language is spoken. `data` is its playbook.json, where that is made already:
    the one of the main language stands in every tree. `offered` are files for other programs, for the Downloads page.
    """
    tree = tree or Tree(playbook.workspace.settings.language, playbook.workspace.settings.spoken)
    docs = tree.docs
    book = Book(playbook, templates, commit)
    links = links_of(book)
    drawn = pictures(book, links)
    files: dict[str, str | bytes] = dict(copied(templates, docs))
    files[f"{docs}/{STYLE_SHEET}"] = _style_sheet(templates) + own_colours(book.settings.colours)
    files.update((f"{docs}/{CHARTS}/{name}", picture.svg) for name, picture in drawn.items())
    files.update((f"{docs}/{path}", text) for path, text in document_files(book))
    files.update(_data(data or playbook_json(playbook), tree))
    files.update((f"{docs}/{FOLDER}/{name}", content) for name, content in (offered or {}).items())
    entries = tuple(all_nav(book))
    environment = markdown_environment(templates)

    def written(page: Page) -> str:
        return write_page(environment, book, links, page, drawn)

    below = {path.removeprefix(f"{docs}/"): content for path, content in files.items() if path.startswith(f"{docs}/")}
    files.update((f"{docs}/{path}", text) for path, text in _pages(book, written, drawn, entries, below))
    look = theme_settings(book.settings, files, docs)
    files[tree.configuration] = navigation(book.settings.title, entries, look, tree)
    return Rendered(dict(sorted(files.items())))


def copied(templates: Templates, docs: str) -> Iterator[tuple[str, str | bytes]]:
    """The files that templates hand on as they are: assets for the tree of pages at `docs`, and the theme."""
    for name, content in templates.items():
        if name.startswith(ASSETS):
            yield f"{docs}/{name}", spoken_script(name, content)
        elif name.startswith(THEME):
            yield f"build/{name}", content


def _style_sheet(templates: Templates) -> str:
    text = templates.get(STYLE_SHEET, "")
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def _data(text: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """The playbook for programs: below build/, and once more where builders copy it to the site."""
    if tree.is_main:
        yield f"build/{PLAYBOOK}", text
    yield f"{tree.docs}/{PLAYBOOK}", text
    yield f"{tree.docs}/{SCHEMA}", playbook_schema()


def _pages(
    book: Book,
    written: Callable[[Page], str],
    drawn: Mapping[str, Picture],
    entries: tuple[Nav, ...],
    below: Mapping[str, str | bytes],
) -> Iterator[tuple[str, str]]:
    """All pages by path below the playbook's root; the last two are made from what the others became."""
    texts = {page.path: written(page) for page in all_pages(book)}
    texts[downloads.PATH] = written(downloads.downloads_page(book, below, drawn))
    texts[whole.PATH] = written(whole.whole_page(book, entries, texts))
    yield from texts.items()
