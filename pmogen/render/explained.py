"""Explanations as Markdown: nested lists with links to pages and to the lines they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pmogen.diagnostics import Span
from pmogen.explain import Computed
from pmogen.language import _
from pmogen.render.markdown import Md, md_text

Link = Callable[..., Md]
Source = Callable[[Span], Md]

_INDENT = 4


def explained(root: Computed, link: Link, source: Source) -> Md:
    """What the value was computed from, as a list; a value without arithmetic of its own stands alone in it."""
    shown = root.inputs if root.inputs and not root.how else (root,)
    return Md("\n".join(line for part in shown for line in _lines(part, link, source, 0)))


def _lines(part: Computed, link: Link, source: Source, depth: int) -> Iterator[str]:
    before = " " * (_INDENT * depth) + "- "
    yield before + "".join(_said(part, link, source))
    for reason in part.why:
        yield f"{' ' * _INDENT}{before}{md_text(reason)}"
    for child in part.inputs:
        yield from _lines(child, link, source, depth + 1)


def _said(part: Computed, link: Link, source: Source) -> Iterator[Md | str]:
    """The pieces of a line: Markdown of ours, and what is escaped."""
    yield md_text(part.name) if part.about is None else link(part.about.kind, part.about.id, part.name)
    if part.shown:
        yield f": **{md_text(part.shown)}**"
    if part.how:
        equals = part.value is not None and part.inputs
        yield f" = {md_text(part.how)}" if equals else f" ({md_text(part.how)})"
    if part.exactly:
        yield md_text(_(", exactly {number}", number=part.exactly))
    for span in part.spans:
        yield f"; {source(span)}"
