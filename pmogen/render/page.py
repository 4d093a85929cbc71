"""A page before it is written, and how it becomes a file."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from jinja2 import Environment

from pmogen.diagnostics import Span
from pmogen.render.book import Book
from pmogen.render.charts.drawing import Picture
from pmogen.render.environment import template_mistakes
from pmogen.render.explained import explained
from pmogen.render.links import Links, percent_encoded, relative
from pmogen.render.markdown import Md, md_text, one_line

_MANY_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Page:
    """One page: `path` below the playbook ("services/pm-training.md"), its heading, its template and values.

    `sources` are the lines its content comes from, the first is what "edit this page" opens. `hide` are
    parts of the theme to leave out ("navigation", "toc"). A page that says again what others say is not `searched`.
    """

    path: str
    title: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Span, ...] = ()
    description: str = ""
    hide: tuple[str, ...] = ()
    searched: bool = True


@dataclass(frozen=True)
class Nav:
    """An entry of the navigation: a page, or a group whose own page is `path`."""

    title: str
    path: str = ""
    children: tuple[Nav, ...] = ()


def source_address(book: Book, span: Span, view: str = "blob") -> str | None:
    """Web address of the line, when the repository is known and the file is in it.

    What is read is linked at the built commit, where that is known; what is edited, on the branch.
    """
    settings = book.settings
    if settings.repository is None or span.file.startswith("standard/"):
        return None
    base = settings.repository.rstrip("/").removesuffix(".git")
    state = settings.branch if book.commit is None or view != "blob" else book.commit
    address = percent_encoded(f"{base}/{view}/", ":?&=%+,;@~") + percent_encoded(f"{state}/{span.file}")
    return f"{address}#L{span.line}" if view == "blob" else address


def source_link(book: Book, span: Span) -> Md:
    """`content/roadmap.yml, line 12`, linked to the repository where it is known."""
    text = f"{span.file}, line {span.line}"
    address = source_address(book, span)
    return md_text(text) if address is None else Md("[{}]({})").format(text, Md(address))


def outward(text: str, address: str) -> Md:
    """A link that leaves the site, for an address that is percent-encoded."""
    return Md("[{}]({})").format(text, Md(address))


def edit_address(book: Book, page: Page) -> str | None:
    """Where the first source of the page is edited, when the repository is known."""
    return source_address(book, page.sources[0], "edit") if page.sources else None


def discuss_address(book: Book, page: Page) -> str | None:
    """Where people talk about the page: the address the playbook names, or a new issue in the repository."""
    settings = book.settings
    if settings.discuss is not None:
        return percent_encoded(settings.discuss, ":?&=%+,;@~#")
    if settings.repository is None:
        return None
    base = settings.repository.rstrip("/").removesuffix(".git")
    return percent_encoded(f"{base}/issues/new?title=", ":?&=%+,;@~") + percent_encoded(one_line(page.title))


def front_matter(book: Book, page: Page) -> str:
    """The page's front matter: only keys that pmogen owns, as themes print them without escaping."""
    keys: dict[str, Any] = {"title": html.escape(one_line(page.title))}
    if page.description:
        keys["description"] = html.escape(one_line(page.description))
    address = edit_address(book, page)
    if address is not None:
        keys["edit_url"] = html.escape(address)
    if page.hide:
        keys["hide"] = list(page.hide)
    if not page.searched:
        keys["search"] = {"exclude": True}
    dumped: str = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{dumped}---\n\n"


def write_page(
    environment: Environment, book: Book, links: Links, page: Page, pictures: Mapping[str, Picture] | None = None
) -> str:
    """The text of the page's Markdown file.

    Raises `PmogenError` when a template is wrong: a workspace may replace templates, so this can be a user's mistake.
    """
    link = links.seen_from(page.path)

    def source(span: Span) -> Md:
        return source_link(book, span)

    shared = {
        "book": book,
        "page": page,
        "link": link,
        "address": links.addresses_from(page.path),
        "anchor": links.anchor,
        "asset": lambda name: relative(page.path, f"assets/{name}"),
        "source": source,
        "edit_address": edit_address(book, page),
        "discuss_address": discuss_address(book, page),
        "outward": outward,
        "explanation": book.explanation,
        "picture": (pictures or {}).get,
        "rules": lambda rule: link("page", f"method/index.md#{rule}", "The rules"),
        "tree": lambda root: explained(root, link, source),
    }
    with template_mistakes(page.template):
        macros = environment.get_template("pages/_macros.md.j2").make_module(shared)
        body = environment.get_template(page.template).render(shared, m=macros, **page.values)
    lines = "\n".join(line.rstrip() for line in body.split("\n"))
    return front_matter(book, page) + _MANY_BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"
