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
    return Md("\n").join(line for part in shown for line in _lines(part, link, source, 0))


def _lines(part: Computed, link: Link, source: Source, depth: int) -> Iterator[Md]:
    before = " " * (_INDENT * depth) + "- "
    yield Md(before) + _said(part, link, source)
    for reason in part.why:
        yield Md(" " * _INDENT + before + "{}").format(reason)
    for child in part.inputs:
        yield from _lines(child, link, source, depth + 1)


def _said(part: Computed, link: Link, source: Source) -> Md:
    text = md_text(part.name) if part.about is None else link(part.about.kind, part.about.id, part.name)
    if part.shown:
        text += Md(": **") + part.shown + Md("**")
    if part.how:
        equals = part.value is not None and part.inputs
        text += Md(" = ") + part.how if equals else Md(" (") + part.how + Md(")")
    if part.exactly:
        text += _(", exactly {number}", number=part.exactly)
    for span in part.spans:
        text += Md("; ") + source(span)
    return text
