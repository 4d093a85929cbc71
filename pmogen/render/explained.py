"""Explanations as Markdown: nested lists with links to pages and to the lines they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pmogen.diagnostics import Span
from pmogen.explain import Computed
from pmogen.language import _, ngettext
from pmogen.render.markdown import Md, md_text

Link = Callable[..., Md]
Source = Callable[[Span], Md]

_INDENT = 4
MOST_PARTS, FIRST_PARTS = 60, 20
"""Of a value that is made of so many parts, pages show the first ones: nobody reads through hundreds."""


def explained(root: Computed, link: Link, source: Source) -> Md:
    """What the value was computed from, as a list; a value without arithmetic of its own stands alone in it."""
    shown = root.inputs if root.inputs and not root.how else (root,)
    return Md("\n".join(line for part in shown for line in _lines(part, link, source, 0)))


def _lines(part: Computed, link: Link, source: Source, depth: int) -> Iterator[str]:
    before = " " * (_INDENT * depth) + "- "
    yield before + _said(part, link, source)
    for reason in part.why:
        yield f"{' ' * _INDENT}{before}{md_text(reason)}"
    shown = part.inputs if len(part.inputs) <= MOST_PARTS else part.inputs[:FIRST_PARTS]
    for child in shown:
        yield from _lines(child, link, source, depth + 1)
    left = len(part.inputs) - len(shown)
    if left:
        more = ngettext(
            "and {count} more, which `pmogen explain` lists", "and {count} more, which `pmogen explain` lists", left
        )
        yield f"{' ' * _INDENT}{before}{more}"


def _said(part: Computed, link: Link, source: Source) -> str:
    """A line: Markdown of ours, and what is escaped."""
    said: str = md_text(part.name) if part.about is None else link(part.about.kind, part.about.id, part.name)
    if part.shown:
        said = f"{said}: **{md_text(part.shown)}**"
    if part.how:
        equals = part.value is not None and part.inputs
        said = f"{said} = {md_text(part.how)}" if equals else f"{said} ({md_text(part.how)})"
    if part.exactly:
        exactly = _(", exactly {number}", number=part.exactly)
        said = f"{said}{md_text(exactly)}"
    return "; ".join((said, *map(source, part.spans)))
