"""Hand-written pages of content/pages/, merged in as they stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pmogen.diagnostics import Span
from pmogen.model.workspace import HandPage
from pmogen.render.book import Book
from pmogen.render.markdown import Md, document
from pmogen.render.page import Nav, Page
from pmogen.rules.pages import BY_ID, LINK, lines_of

FOLDER = "pages"
"""Folder of the site for hand-written pages: below content/ and below the playbook it is the same."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """A hand-written page without its front matter; `body` begins with the heading, also when it had none."""

    path: str
    title: str
    body: Md


def written(page: HandPage) -> Written:
    """The page as the site takes it over: titled after its first heading, or else after its file."""
    text = _FRONT_MATTER.sub("", page.text.replace("\r\n", "\n"))
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


def with_addresses(body: Md, address: Callable[[str, str], Md]) -> Md:
    """The text with links by id, such as `[coaching](service:coaching-mentoring)`, leading to the pages they name.

    Code blocks stay as they are. Ids exist: a rule has checked them.
    """
    return Md(
        "\n".join(
            line if is_code else LINK.sub(lambda link: _addressed(link, address), line)
            for line, is_code in lines_of(body)
        )
    )


def _addressed(link: re.Match[str], address: Callable[[str, str], Md]) -> str:
    by_id = BY_ID.match(link["target"])
    if by_id is None:
        return link[0]
    start, end = (place - link.start() for place in link.span("target"))
    return link[0][:start] + str(address(by_id["kind"], by_id["id"])) + link[0][end:]


def all_written(book: Book) -> tuple[Written, ...]:
    """Every hand-written page, by path."""
    return tuple(written(page) for page in sorted(book.workspace.pages, key=lambda page: page.path))


def pages(book: Book) -> Iterator[Page]:
    """Hand-written pages, and an overview of them."""
    found = all_written(book)
    for page in found:
        source = Span(f"content/{page.path}")
        yield Page(
            page.path,
            page.title,
            "pages/hand_written/page.md.j2",
            {"body": page.body, "with_addresses": with_addresses},
            (source,),
        )
    if found and not any(page.path == f"{FOLDER}/index.md" for page in found):
        yield Page(
            path=f"{FOLDER}/index.md",
            title="More to read",
            template="pages/hand_written/index.md.j2",
            values={"pages": found},
            sources=(Span(f"content/{FOLDER}"),),
            description="Pages that people of this organisation wrote by hand.",
        )


def nav(book: Book) -> Iterator[Nav]:
    """The hand-written pages, when there are any."""
    index = f"{FOLDER}/index.md"
    found = tuple(Nav(page.title, page.path) for page in all_written(book) if page.path != index)
    if found:
        yield Nav("More to read", index, found)
