"""How a page becomes the text of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jinja2 import Environment

from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.render.book import Book
from pmogen.render.charts.drawing import Picture
from pmogen.render.environment import markdown_environment, template_mistakes
from pmogen.render.explained import explained
from pmogen.render.links import Links, relative
from pmogen.render.markdown import Md
from pmogen.render.page import (
    Page,
    commit_link,
    discuss_address,
    edit_address,
    front_matter,
    outward,
    source_link,
    tidied,
)

MACROS, LAYOUT = "pages/_macros.md.j2", "pages/_layout.md.j2"


@dataclass(frozen=True)
class Writer:
    """Writes the pages of a book, in the language that is spoken."""

    book: Book
    links: Links
    pictures: Mapping[str, Picture]
    _sources: dict[Span, Md] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _environment(self) -> Environment:
        return markdown_environment(self.book.templates)

    def compile(self, templates: Iterable[str]) -> None:
        """Makes templates ready, with the macros that all pages share."""
        for name in (MACROS, LAYOUT, *templates):
            with template_mistakes(name):
                self._environment.get_template(name)

    def write(self, page: Page) -> str:
        """The text of the page's Markdown file.

        Raises `PmogenError` when a template is wrong: a workspace may replace templates, so this can be a user's mistake.
        """
        link = self.links.seen_from(page.path)
        shared: dict[str, Any] = {
            "book": self.book,
            "page": page,
            "link": link,
            "address": self.links.addresses_from(page.path),
            "anchor": self.links.anchor,
            "asset": lambda name: relative(page.path, f"assets/{name}"),
            "source": self._source,
            "edit_address": edit_address(self.book, page),
            "discuss_address": discuss_address(self.book, self.links, page),
            "outward": outward,
            "commit_link": lambda commit: commit_link(self.book, commit),
            "explanation": self.book.explanation,
            "picture": self.pictures.get,
            "rules": lambda rule: link("page", f"method/index.md#{rule}", _("The rules")),
            "tree": lambda root: explained(root, link, self._source),
        }
        with template_mistakes(page.template):
            macros = self._environment.get_template(MACROS).make_module(shared)
            body = self._environment.get_template(page.template).render(shared, m=macros, **page.values())
        return f"{front_matter(self.book, page)}{tidied(body)}\n"

    def _source(self, span: Span) -> Md:
        """The link to a line, made once: pages name the same lines again and again."""
        known = self._sources.get(span)
        if known is None:
            known = self._sources[span] = source_link(self.book, span)
        return known
