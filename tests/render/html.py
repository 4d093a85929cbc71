"""A built page as tests read it: tables, links, text outside of collapsed blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree as ET

from tests.render.test_escaping import build

_VOID = re.compile(r"<(img|br|hr)([^>]*?)\s*/?>")


@dataclass(frozen=True)
class Cell:
    """Text of a table's cell, and the addresses it links to."""

    text: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with the heading it stands under."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head_links: tuple[str, ...] = ()

    def column(self, name: str) -> int:
        return self.head.index(name)


@dataclass(frozen=True)
class Html:
    """A page: tables, paragraphs and list items outside of collapsed blocks, summaries of these, all links.

    Tables that are folded because a chart above shows the same count as if they were not.
    """

    tables: tuple[Table, ...]
    sentences: tuple[str, ...]
    summaries: tuple[str, ...]
    links: tuple[tuple[str, str], ...]

    def table(self, heading: str) -> Table:
        """The table under a heading."""
        found = [table for table in self.tables if table.heading == heading]
        assert len(found) == 1, (heading, [table.heading for table in self.tables])
        return found[0]


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).replace("¶", "").split())


def _cells(row: ET.Element) -> tuple[Cell, ...]:
    return tuple(Cell(text_of(cell), tuple(a.get("href", "") for a in cell.iter("a"))) for cell in row)


@dataclass
class _Reader:
    heading: str = ""
    tables: list[Table] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)

    def read(self, element: ET.Element) -> None:
        for child in element:
            tag = str(child.tag)
            if tag in ("h1", "h2", "h3"):
                self.heading = text_of(child)
            elif tag == "details":
                self.summaries += [text_of(summary) for summary in child.iter("summary")]
                if "abstract" in child.get("class", ""):  # the table that says the same as a chart
                    self.read(child)
            elif tag == "table":
                first, *rest = child.iter("tr")
                head = _cells(first)
                links = tuple(address for cell in head for address in cell.links)
                rows = tuple(_cells(row) for row in rest)
                self.tables.append(Table(self.heading, tuple(cell.text for cell in head), rows, links))
            elif tag in ("p", "blockquote") or (tag == "li" and not list(child.iter("p"))):
                self.sentences.append(text_of(child))
            else:
                self.read(child)


@lru_cache(maxsize=500)
def html(markdown: str) -> Html:
    """The page as the site builder makes it."""
    text = _VOID.sub(r"<\1\2/>", build(markdown)).replace("&nbsp;", " ").replace("&para;", "¶")
    root = ET.fromstring(f"<div>{text}</div>")
    reader = _Reader()
    reader.read(root)
    links = tuple((a.get("href", ""), text_of(a)) for a in root.iter("a"))
    return Html(tuple(reader.tables), tuple(reader.sentences), tuple(reader.summaries), links)


def numbers(text: str) -> Iterator[float]:
    """The numbers in a text; a minus sign of either kind counts."""
    for found in re.findall(r"(?<![\w.])[-−]?\d+(?:\.\d+)?", text):  # noqa: RUF001 (the sign pages use)
        yield float(found.replace("−", "-"))  # noqa: RUF001 (the same)
