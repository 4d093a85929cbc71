"""Hand-written pages of content/pages/, merged in as they stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pmogen.diagnostics import Span
from pmogen.language import N_, _
from pmogen.model.hand_page import BY_ID, LINK, ValueName, body_of, front_matter, lines_of, names_in_line
from pmogen.model.workspace import HandPage
from pmogen.render.book import Book
from pmogen.render.markdown import Md, document
from pmogen.render.page import Nav, Page
from pmogen.render.pages.hand_values import value_of

FOLDER = "pages"
"""Folder of the site for hand-written pages: below content/ and below the playbook it is the same."""
INDEX = f"{FOLDER}/index.md"

MORE = N_("More to read")
"""Where pages stand that name no section."""


@dataclass(frozen=True)
class Written:
    """A hand-written page without its front matter; `body` begins with the heading, also when it had none.

    `name` is what the navigation calls it, `under` the section it stands under (empty for none), `order` its place there,
    `file` where it was read from.
    """

    path: str
    title: str
    body: Md
    name: str = ""
    under: str = ""
    order: int = 0
    file: str = ""


def written(page: HandPage) -> Written:
    """The page as the site takes it over: titled after its first heading, or else after its file."""
    said, _problems = front_matter(page)
    found = _titled(page, body_of(page))
    return replace(found, name=said.title or found.title, under=said.under or "", order=said.order, file=page.file)


def _titled(page: HandPage, text: str) -> Written:
    heading = next((line for line, is_code in lines_of(text) if not is_code and _is_heading(line)), None)
    if heading is not None:
        return Written(f"{FOLDER}/{page.path}", _words_of(heading), document(text))
    name = posixpath.basename(page.path).removesuffix(".md").replace("-", " ").replace("_", " ")
    title = name[:1].upper() + name[1:]
    return Written(f"{FOLDER}/{page.path}", title, Md("# {}\n\n").format(title) + document(text))


def _is_heading(line: str) -> bool:
    return line.startswith("# ") and bool(line[1:].strip())


def _words_of(heading: str) -> str:
    """A first heading without its marks: `# Why a PMO {#why}` and `# Why a PMO #` say `Why a PMO`."""
    text = heading[1:].strip()
    if text.rstrip("#").endswith((" ", "\t")):
        text = text.rstrip("#").rstrip()
    if text.endswith("}") and "{" in text:
        text = text[: text.rindex("{")].rstrip() or text
    return text


def filled(body: Md, address: Callable[[str, str], Md], value: Callable[[ValueName], Md]) -> Md:
    """The text with links by id, such as `[coaching](service:coaching-mentoring)`, leading to the pages they name, and
    with computed values, such as `{{ gap('pm-skills').size }}`, in place of their names.

    Code stays as it is. What is named exists: rules have checked it.
    """
    return Md("\n".join(line if is_code else _filled(line, address, value) for line, is_code in lines_of(body)))


def _filled(line: str, address: Callable[[str, str], Md], value: Callable[[ValueName], Md]) -> str:
    pieces, last = [], 0
    for name in names_in_line(line):
        pieces += [line[last : name.start], str(value(name)) if name.function else name.written]
        last = name.end
    return LINK.sub(lambda link: _addressed(link, address), "".join((*pieces, line[last:])))


def _addressed(link: re.Match[str], address: Callable[[str, str], Md]) -> str:
    by_id = BY_ID.match(link["target"])
    if by_id is None:
        return link[0]
    start, end = (place - link.start() for place in link.span("target"))
    return link[0][:start] + str(address(by_id["kind"], by_id["id"])) + link[0][end:]


def all_written(book: Book) -> tuple[Written, ...]:
    """Every hand-written page, by section, order and path; computed values in titles are filled in."""

    def plain(text: str) -> str:
        return str(_filled(text, _no_address, lambda name: value_of(book, name, _no_link)))

    found = (written(page) for page in book.workspace.pages)
    told = (replace(page, title=plain(page.title), name=plain(page.name)) for page in found)
    return tuple(sorted(told, key=lambda page: (page.under, page.order, page.path)))


def _no_address(_kind: str, _identifier: str) -> Md:
    return Md("")


def _no_link(_kind: str, _identifier: str, text: str) -> Md:
    return Md(text)


def pages(book: Book) -> Iterator[Page]:
    """Hand-written pages, and an overview of those that stand under no section."""
    found = all_written(book)
    for page in found:
        yield Page(
            page.path,
            page.title,
            "pages/hand_written/page.md.j2",
            partial(_of_written, book, page),
            (Span(page.file),),
        )
    if _overview_needed(found):
        yield Page(
            path=INDEX,
            title=_(MORE),
            template="pages/hand_written/index.md.j2",
            values=lambda: {"pages": tuple(page for page in found if not page.under)},
            sources=(Span(f"content/{FOLDER}"),),
            description=_("Pages that people of this organisation wrote by hand."),
        )


def _of_written(book: Book, page: Written) -> dict[str, Any]:
    return {
        "body": page.body,
        "filled": lambda body, address, link: filled(body, address, lambda name: value_of(book, name, link)),
    }


def _overview_needed(found: Iterable[Written]) -> bool:
    return any(not page.under for page in found) and all(page.path != INDEX for page in found)


def under(book: Book, section: str) -> tuple[Nav, ...]:
    """The hand-written pages that stand under a section."""
    return tuple(Nav(page.name, page.path) for page in all_written(book) if page.under == section)


def nav(book: Book) -> Iterator[Nav]:
    """The hand-written pages that stand under no section, when there are any."""
    free = tuple(page for page in all_written(book) if not page.under)
    children = tuple(Nav(page.name, page.path) for page in free if page.path != INDEX)
    if free:
        yield Nav(_(MORE), INDEX, children)
