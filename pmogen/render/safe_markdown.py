"""Markdown extension of the site builder: the second line of defence behind escaping.

Listed in mkdocs.yml, so it works in every builder that uses Python-Markdown. Raw HTML shows as text; elements,
attributes and addresses that could run something or ask another host for something are dropped; wrappers
(`/// html | div.pg-cards`) take classes and an id only. Images of charts become the charts themselves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown  # type: ignore[import-untyped]  # it carries no types
from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]  # it carries no types
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]  # it carries no types
from pymdownx.blocks import BlocksExtension  # type: ignore[import-untyped]  # it carries no types
from pymdownx.blocks.block import type_string_in  # type: ignore[import-untyped]  # it carries no types
from pymdownx.blocks.html import HTML  # type: ignore[import-untyped]  # it carries no types

from pmogen.render.inline_charts import inline_charts
from pmogen.source.charts import read_chart

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ATTRIBUTES = frozenset(
    (
        *("id", "class", "href", "src", "alt", "title", "align", "start", "open", "colspan", "rowspan"),
        *("lang", "dir", "rel", "width", "height", "loading", "scope", "role"),
    )
)
FORBIDDEN = frozenset(
    (
        *("script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button"),
        *("select", "textarea", "link", "meta", "base", "svg", "math", "template", "noscript", "audio", "video"),
        *("source", "track", "portal"),
    )
)
WRAPPERS = frozenset(("div", "section", "figure", "figcaption", "p", "span", "aside"))
VOID = frozenset({"br", "hr", "img", "wbr"})
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")


def is_safe_address(address: str, *, local_only: bool = False) -> bool:
    """True for relative addresses and, unless `local_only`, those of harmless schemes; as a browser would read them."""
    seen = _INVISIBLE.sub("", html.unescape(address.replace("\x02amp\x03", "&"))).replace("\\", "/")
    scheme = _SCHEME.match(seen)
    if local_only:
        return scheme is None and not seen.startswith("//")
    return scheme is None or scheme[1].lower() in SCHEMES


def safe_attributes(attributes: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """The attributes that may stay. Ids and classes by which themes start scripts are taken out."""
    for name, value in attributes:
        key, text = name.lower(), name if value is None else str(value)
        if key == "class":
            text = " ".join(part for part in text.split() if part != "mermaid")
        is_address = key in ("href", "src")
        if key in ATTRIBUTES or key.startswith("aria-"):
            if is_address and not is_safe_address(text, local_only=key == "src"):
                continue
            if key == "id" and text.startswith("__"):
                continue
            yield key, text


class _Charts(Treeprocessor):  # type: ignore[misc]  # Markdown carries no types
    """Puts charts that pmogen wrote in the place of their images, before builders look at links."""

    placed: tuple[Element, ...] = ()
    first = 1

    def run(self, root: Element) -> None:
        self.placed = inline_charts(root, read_chart, self.first)


class _SafeTree(Treeprocessor):  # type: ignore[misc]  # Markdown carries no types
    """Drops forbidden elements and attributes from what Markdown made; charts were cleaned as they were placed."""

    def __init__(self, md: Markdown, charts: _Charts) -> None:
        super().__init__(md)
        self._charts = charts

    def run(self, root: Element) -> None:
        self._clean(root)

    def _clean(self, element: Element) -> None:
        if element.attrib:
            kept = dict(safe_attributes(tuple(element.attrib.items())))
            element.attrib.clear()
            element.attrib.update(kept)
        before: Element | None = None
        for child in tuple(element):
            if str(child.tag).lower() in FORBIDDEN:
                _leave_tail(element, before, child)
                continue
            if child not in self._charts.placed:
                self._clean(child)
            before = child


def _leave_tail(parent: Element, before: Element | None, child: Element) -> None:
    tail = child.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(child)


class _SafeFragment(HTMLParser):
    """Writes a piece of HTML again, with nothing in it but what may stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self._forbidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN:
            self._forbidden += 1
        elif not self._forbidden:
            kept = "".join(f' {name}="{html.escape(value)}"' for name, value in safe_attributes(attrs))
            self.pieces.append(f"<{tag}{kept}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in FORBIDDEN:
            self.handle_starttag(tag, attrs)
            if tag not in VOID:
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in FORBIDDEN:
            self._forbidden = max(0, self._forbidden - 1)
        elif not self._forbidden and tag not in VOID:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(html.escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def _write(self, text: str) -> None:
        if not self._forbidden:
            self.pieces.append(text)


def safe_fragment(fragment: str) -> str:
    """The piece of HTML without forbidden elements, attributes and comments."""
    parser = _SafeFragment()
    parser.feed(fragment)
    parser.close()
    return "".join(parser.pieces)


class _SafeStash(Postprocessor):  # type: ignore[misc]  # Markdown carries no types
    """Cleans finished pieces of HTML (code blocks, above all), which extensions put aside for the end."""

    def run(self, text: str) -> str:
        stash = self.md.htmlStash
        stash.rawHtmlBlocks = [
            safe_fragment(piece) if isinstance(piece, str) and "<" in piece else piece for piece in stash.rawHtmlBlocks
        ]
        return text


class _Wrapper(HTML):  # type: ignore[misc]  # pymdownx carries no types
    """`/// html | div.pg-cards`: a harmless element around Markdown, with classes and an id."""

    OPTIONS: ClassVar = {"markdown": ("auto", type_string_in({"auto", "inline", "block"}))}

    def on_validate(self, parent: Element) -> bool:
        if not super().on_validate(parent) or self.tag.lower() not in WRAPPERS:
            return False
        kept = dict(safe_attributes(self.attr.items()))
        self.attr: dict[str, str] = kept
        return True


class SafeMarkdown(BlocksExtension):  # type: ignore[misc]  # pymdownx carries no types
    """Registers all of the above."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        super().extendMarkdown(md)
        for registry, name in ((md.preprocessors, "html_block"), (md.inlinePatterns, "html")):
            if name in registry:
                registry.deregister(name)
        charts = _Charts(md)
        md.treeprocessors.register(charts, "pmogen_charts", 1)
        md.treeprocessors.register(_SafeTree(md, charts), "pmogen_safe_tree", -1000)
        md.postprocessors.register(_SafeStash(md), "pmogen_safe_stash", 1000)

    def extendMarkdownBlocks(self, _md: Markdown, block_mgr: Any) -> None:  # noqa: N802 (the name is pymdownx's)
        """Registers the wrapper; `custom` is what the original looks for."""
        block_mgr.register(_Wrapper, {"custom": []})


def makeExtension(**settings: Any) -> SafeMarkdown:  # noqa: N802 (the name is Python-Markdown's)
    """Called by Python-Markdown."""
    return SafeMarkdown(**settings)
