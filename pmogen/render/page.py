"""A page before it is written, and the links out of it: to its sources, to their editor, to where people talk."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pmogen.diagnostics import Span
from pmogen.language import _
from pmogen.model.history import Commit
from pmogen.render.book import Book
from pmogen.render.links import Links
from pmogen.render.markdown import Md, md_text, one_line
from pmogen.render.repository import named_place
from pmogen.render.yaml_text import dumped


@dataclass(frozen=True)
class Page:
    """One page: `path` below the playbook ("services/pm-training.md"), its heading, its template and values.

    `values` makes what the template gets, when the page is written and not before. `sources` are the lines its content
    comes from, the first is what "edit this page" opens. `hide` are parts of the theme to leave out ("navigation",
    "toc"). A page that says again what others say is not `searched`. `charts` are those about the same thing, where they
    exist: they are best made together with the page, which shows them.
    """

    path: str
    title: str
    template: str
    values: Callable[[], Mapping[str, Any]] = dict
    sources: tuple[Span, ...] = ()
    description: str = ""
    hide: tuple[str, ...] = ()
    searched: bool = True
    charts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nav:
    """An entry of the navigation: a page, or a group whose own page is `path`."""

    title: str
    path: str = ""
    children: tuple[Nav, ...] = ()


def source_address(book: Book, span: Span) -> str | None:
    """Web address of the line, when the repository is known and the file is in it."""
    return book.repository.lines(span) if book.repository else None


def source_link(book: Book, span: Span) -> Md:
    """`content/roadmap.yml, line 12`, linked to the repository where it is known."""
    text = _("{file}, line {line}", file=span.file, line=span.line)
    address = source_address(book, span)
    return md_text(text) if address is None else outward(text, address)


def commit_link(book: Book, commit: Commit) -> Md:
    """The first digits of a commit, linked to it where the repository is known."""
    address = book.repository.of_commit(commit.sha) if book.repository else None
    return md_text(commit.short) if address is None else outward(commit.short, address)


def outward(text: str, address: str) -> Md:
    """A link that leaves the site, for an address that is percent-encoded."""
    return Md(f"[{Md.escape(text)}]({address})")


def edit_address(book: Book, page: Page) -> str | None:
    """Where the first source of the page that is in the repository is edited, when that is known."""
    editors = (book.repository.editor(span) for span in page.sources) if book.repository else ()
    return next((address for address in editors if address), None)


def discuss_address(book: Book, links: Links, page: Page) -> str | None:
    """Where people talk about the page: the place that the playbook names, or a form for an issue in the repository."""
    title, about = one_line(page.title), links.shown_on(page.path)
    place = page.path.removesuffix(".md")
    said = {_("Page of the playbook"): place} | ({_("What it is about"): about} if about else {})
    if book.settings.discuss is not None:
        text = "".join(f"{name}: {value}\n" for name, value in said.items())
        return named_place(book.settings.discuss, f"{book.settings.title}: {title}", text)
    return book.repository.new_issue(place, about, title, said) if book.repository else None


def tidied(text: str) -> str:
    """The text without blanks at the ends of lines, and without empty lines but for one between others."""
    lines = "\n".join(map(str.rstrip, text.split("\n")))
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return lines.strip("\n")


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
    return f"---\n{dumped(keys)}---\n\n"
