"""Downloads: the data, the charts and the documents of the playbook as files, with their sizes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmogen.exchange import PLAYBOOK, SCHEMA
from pmogen.exchange.files import FOLDER, offered
from pmogen.language import _, ngettext
from pmogen.render.book import Book
from pmogen.render.charts.drawing import Picture
from pmogen.render.page import Page
from pmogen.render.pages.catalogue import download_name

PATH = "downloads.md"
ASSESSED = ("agreement-", "gaps", "trend")
"""Beginnings of the names of charts that show the assessment alone."""

_KILOBYTE = 1000


@dataclass(frozen=True)
class Download:
    """A file to take away: where it is below the playbook's root, what it holds, its size, and the day it stands for."""

    address: str
    name: str
    what: str
    size: int
    state: dt.date

    @property
    def in_words(self) -> str:
        """The size as people say it."""
        if self.size < _KILOBYTE:
            return ngettext("{count} byte", "{count} bytes", self.size)
        return _("{size} kB", size=round(self.size / _KILOBYTE))


Files = Mapping[str, str | bytes]


def _size(content: str | bytes) -> int:
    return len(content if isinstance(content, bytes) else content.encode())


def data(book: Book, files: Files) -> Iterator[Download]:
    """The playbook for programs, and its schema."""
    for address, name, what in (
        (
            PLAYBOOK,
            _("The playbook for programs"),
            _("levels, gaps, candidates, decisions and the plan, with exact values"),
        ),
        (SCHEMA, _("Its schema"), _("what each field means, as JSON Schema")),
    ):
        yield Download(address, name, what, _size(files[address]), book.settings.as_of)


def for_programs(book: Book, files: Files) -> Iterator[Download]:
    """What other programs open: plan, calendar, tables, and slides and a document where these were made."""
    for entry in offered():
        address = f"{FOLDER}/{entry.file}"
        if address in files:
            yield Download(address, entry.name, entry.what, _size(files[address]), book.settings.as_of)


def charts(book: Book, drawn: Mapping[str, Picture]) -> Iterator[Download]:
    """Every chart; those of levels and answers stand for the day of the assessment, the others for that of the playbook."""
    for name, picture in sorted(drawn.items()):
        assessed = name.startswith(ASSESSED)
        day = book.assessment.date if assessed else book.settings.as_of
        aspect = name.removeprefix("agreement-").removesuffix(".svg")
        title = (
            _("{chart}: {aspect}", chart=picture.title, aspect=book.name("aspects", aspect))
            if aspect in book.workspace.ids["aspects"]
            else picture.title
        )
        what = picture.description.partition(". ")[0]
        yield Download(f"assets/charts/{name}", title, what, _size(picture.svg), day)


def documents(book: Book, files: Files) -> Iterator[Download]:
    """The documents that services hand out."""
    for template in book.catalogue.templates:
        address = f"assets/{download_name(template.id)}"
        if address in files:
            yield Download(address, template.name, template.purpose, _size(files[address]), book.settings.as_of)


def downloads_page(book: Book, files: Callable[[], Files], drawn: Mapping[str, Picture]) -> Page:
    """The page; `files` gives the emitted files by path below the playbook's root."""
    return Page(
        PATH,
        _("Downloads"),
        "pages/downloads.md.j2",
        lambda: _values(book, files(), drawn),
        (book.span("playbook", "as_of"), *book.files_of("templates")),
        _("The data, the charts and the documents of this playbook as files."),
    )


def _values(book: Book, files: Files, drawn: Mapping[str, Picture]) -> dict[str, Any]:
    return {
        "data": tuple(data(book, files)),
        "programs": tuple(for_programs(book, files)),
        "charts": tuple(charts(book, drawn)),
        "documents": tuple(documents(book, files)),
    }
