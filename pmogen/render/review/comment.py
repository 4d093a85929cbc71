"""The comment of a pull request: Markdown as code hosts read it, of a size they take, in which no text of people does harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pmogen.diff.tables import Row, Table
from pmogen.diff.told import Told, because
from pmogen.language import _, ngettext
from pmogen.render.markdown import Md, cell, joined, md_text

LONGEST = 60_000
"""Characters of a comment; code hosts refuse longer ones."""
MARKER = "<!-- pmogen diff -->"
"""The first line, by which the comment is found again."""

_BREAK = "\N{ZERO WIDTH SPACE}"
_MENTION = re.compile(
    r"[@#!$%~&](?=\w)|\bGH(?=-\d)|(?<=\w):(?=//)|:(?=[\w+-]+:)|\bwww(?=\.)|[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE
)
"""What code hosts make something of in plain text: people, issues, addresses, emoji, commits."""
_ROOM = 600
"""Characters kept for the remark on what was left out."""


def harmless(text: str) -> Md:
    """Text that shows as it is and calls, links and runs nothing on a code host."""
    return md_text(_MENTION.sub(lambda found: found[0] + _BREAK, text))


def comment(told: Told, *, longest: int = LONGEST) -> str:
    """The comment. What matters most comes first; when it is too long, the least important rows are left out, and counted."""
    tables = list(told.tables)
    text = _written(told, tables, 0)
    left_out = 0
    while len(text) > longest and any(table.rows for table in tables):
        tables, dropped = _shortened(tables, len(text) - (longest - _ROOM))
        left_out += dropped
        text = _written(told, tables, left_out)
    return text


def _written(told: Told, tables: Iterable[Table], left_out: int) -> str:
    parts = [MARKER, _head(told), *(Md("> ") + harmless(remark) for remark in told.remarks)]
    parts += [_section(table) for table in tables if table.rows]
    if left_out:
        parts.append(
            ngettext(
                "**{count} row is left out**, as a comment can only be so long; the least important goes first. `pmogen diff` shows it.",
                "**{count} rows are left out**, as a comment can only be so long; the least important go first. `pmogen diff` shows them.",
                left_out,
            )
        )
    return "\n\n".join(str(part) for part in parts) + "\n"


def _head(told: Told) -> Md:
    about = _("Compared: {old} with {new}.", old=told.old, new=told.new)
    if told.is_numbered:
        about = f"{about} {because()}"
    return joined(
        (Md("### ") + Md(_("What this change does")), Md("**") + harmless(told.sentence) + Md("**"), harmless(about)),
        Md("\n\n"),
    )


def _section(table: Table) -> Md:
    note = harmless(table.note) + Md("\n\n") if table.note else Md("")
    body = note + Md("\n").join(_lines(table))
    if not table.is_detail:
        return Md("#### ") + harmless(table.heading) + Md("\n\n") + body
    count = ngettext("{count} row", "{count} rows", len(table.rows))
    summary = Md("<details><summary>") + harmless(table.heading) + Md(f" ({count})</summary>\n\n")
    return summary + body + Md("\n\n</details>")


def _lines(table: Table) -> Iterator[Md]:
    heads = list(table.columns)
    if table.id == "edits":
        heads.insert(0, _("No."))
    elif _is_numbered(table):
        heads.append(_("Because of"))
    yield _line(harmless(head) for head in heads)
    yield Md("| ") + Md(" | ").join([Md("---")] * len(heads)) + Md(" |")
    for row in table.rows:
        yield _line(_cells(table, row))


def _is_numbered(table: Table) -> bool:
    return any(row.edits for row in table.rows)


def _cells(table: Table, row: Row) -> Iterator[Md]:
    numbers = Md(", ".join(map(str, row.edits)))
    if table.id == "edits":
        yield numbers
    yield from (cell(harmless(text)) for text in row.cells)
    if table.id != "edits" and _is_numbered(table):
        yield numbers


def _line(cells: Iterable[Md]) -> Md:
    return Md("| ") + Md(" | ").join(cells) + Md(" |")


def _shortened(tables: list[Table], excess: int) -> tuple[list[Table], int]:
    """The tables without their least important rows: about so many characters less, at least one row."""
    order = sorted(
        (
            (row.importance, not table.is_detail, -place, -number)
            for place, table in enumerate(tables)
            for number, row in enumerate(table.rows)
        ),
    )
    sizes = {
        (place, number): sum(map(len, row.cells)) + 40
        for place, table in enumerate(tables)
        for number, row in enumerate(table.rows)
    }
    dropped: set[tuple[int, int]] = set()
    for _importance, _shown, place, number in order:
        dropped.add((-place, -number))
        excess -= sizes[-place, -number]
        if excess <= 0:
            break
    kept = [
        replace(table, rows=tuple(row for number, row in enumerate(table.rows) if (place, number) not in dropped))
        for place, table in enumerate(tables)
    ]
    return kept, len(dropped)
