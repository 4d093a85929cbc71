"""An explanation as lines of text: a tree that fits the width of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.explain.tree import MINUS, TIMES, Computed
from pmogen.language import _

NARROWEST = 40
_NEEDED = 24
"""So many columns are left for text, however deep the tree."""


@dataclass(frozen=True)
class Signs:
    """What branches are drawn with: the last branch, one before the last, and the line that goes on."""

    last: str
    branch: str
    on: str


FINE = Signs("└─ ", "├─ ", "│  ")
PLAIN = Signs("`- ", "|- ", "|  ")


def lines_of(root: Computed, width: int, *, depth: int | None = None, ascii_only: bool = False) -> Iterator[str]:
    """The tree, top down; no line is longer than `width` unless a single word is.

    Below `depth` levels nothing is told. With `ascii_only` nothing is printed that an old terminal cannot show, as far as it is ours.
    """
    signs = PLAIN if ascii_only else FINE
    for line in _below(root if depth is None else cropped(root, depth), "", "", max(width, NARROWEST), signs):
        yield line.replace(MINUS, "-").replace(TIMES, "x") if ascii_only else line


def cropped(part: Computed, depth: int) -> Computed:
    """The tree without what is more than so many levels below its root."""
    return part._replace(inputs=tuple(cropped(child, depth - 1) for child in part.inputs) if depth > 0 else ())


def _below(part: Computed, head: str, below: str, width: int, signs: Signs) -> Iterator[str]:
    """`head` stands before the first line of the part, `below` before all others."""
    bar = below + (signs.on if part.inputs else "   ")
    yield from _wrapped(said(part), head, bar, width)
    for reason in part.why:
        yield from _wrapped(" ".join(reason.split()), f"{bar}  ", f"{bar}  ", width)
    for number, child in enumerate(part.inputs, 1):
        last = number == len(part.inputs)
        yield from _below(
            child, below + (signs.last if last else signs.branch), below + ("   " if last else signs.on), width, signs
        )


def said(part: Computed) -> str:
    """The part in one line: name, value, arithmetic, exact fraction, where to ask further, places."""
    text = f"{part.name}: {part.shown}" if part.shown else part.name
    if part.how:
        text += f" = {part.how}" if part.value is not None and part.inputs else f" ({part.how})"
    if part.exactly:
        text += _(", exactly {number}", number=part.exactly)
    if part.about is not None:
        text += f" <{part.about}>"
    places = ", ".join(f"{span.file}:{span.line}" for span in part.spans)
    return f"{text}  [{places}]" if places else text


def _wrapped(text: str, head: str, below: str, width: int) -> Iterator[str]:
    room = max(width - len(below) - 2, _NEEDED)
    first, *rest = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    yield head + first
    for line in rest:
        yield f"{below}  {line}"
