"""The sections of a page for the search, as Material's parser finds them, in less time.

Nothing is changed in a Material that has another parser than the one that is known, and HTML that is not quite regular is left
to it.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from material.plugins.search import plugin  # type: ignore[import-untyped]  # it carries no types

from pmogen.site.fast_prints import source_hash

_KNOWN = "3227e18afa8a20e15210cd0e298b6edee838f72f05024bd5d191dae87f57fa2b"
_TOKEN = re.compile(
    r"(?P<text>[^<]+)"
    r"|</(?P<end>[A-Za-z][A-Za-z0-9]*)>"
    r'|<(?P<begin>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:[ \n]+[A-Za-z_:][-\w:.]*="[^"]*")*) ?(?P<alone>/?)>',
    re.ASCII,
)
_ATTRIBUTE = re.compile(r'([A-Za-z_:][-\w:.]*)="([^"]*)"', re.ASCII)
_OTHERWISE_READ = frozenset(
    {
        *("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"),
        "object",
    }
)
"""What HTML parsers may read by other rules."""
_KEPT = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def install() -> None:
    """Takes the place of the parser, in this process."""
    if source_hash(plugin.Parser) == _KNOWN:
        plugin.Parser = parser_like(plugin.Parser)


def parser_like(original: type[Any]) -> type[Any]:
    """A parser that finds the same sections."""

    class Parser(original):  # type: ignore[misc]
        """Reads regular HTML itself."""

        def feed(self, html: str) -> None:
            sections = sections_of(html)
            if sections is None:
                super().feed(html)
            else:
                self.data = sections

    return Parser


def sections_of(html: str) -> list[Any] | None:
    """The sections; None when the HTML is not quite regular."""
    reader = _Reader()
    end = 0
    for token in _TOKEN.finditer(html):
        if token.start() != end:
            return None
        end = token.end()
        text = token["text"]
        if text is not None:
            reader.text(unescape(text))
        elif token["end"] is not None:
            reader.end(token["end"].lower())
        elif not _begin(reader, token):
            return None
    return reader.sections if end == len(html) else None


def _begin(reader: _Reader, token: re.Match[str]) -> bool:
    """Reads the beginning of an element; False for one that is read by other rules."""
    tag = token["begin"].lower()
    if tag in _OTHERWISE_READ and not (tag == "title" and reader.left_out):
        return False
    said = token["attributes"]
    attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(said)} if said else {}
    if "&" in attributes.get("id", "") or "&" in attributes.get("class", ""):
        return False
    reader.begin(tag, attributes)
    if token["alone"]:
        reader.end(tag)
    return True


class _Reader:
    """Where in the page we are, and what was found until here.

    As Material compares elements by their names only, their names stand for them here.
    """

    def __init__(self) -> None:
        self.sections: list[Any] = []
        self._section: Any = None
        self._open: list[str] = []
        self._permalinks = 0
        self._classes: list[str | None] = []
        self._excluded: set[str] = set()
        self.left_out = 0
        """How many of the open elements are of a kind that is left out at the moment."""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in plugin.void:
            return
        self._open.append(tag)
        self._classes.append(attributes.get("class"))
        self.left_out += tag in self._excluded
        if tag in _HEADINGS and "id" in attributes:
            self._heading(tag, attributes)
        if self._section is None:
            self._preface(0)
        if "data-search-exclude" in attributes or attributes.get("class") == "linenodiv":
            self._leave_out(tag)
        elif not self.left_out and tag in _KEPT:
            self._words().append(f"<{tag}>")

    def _heading(self, tag: str, attributes: dict[str, str]) -> None:
        depth = len(self._open)
        if tag != "h1" and not self.sections:
            self._preface(depth)
        self._section = plugin.Section(plugin.Element(tag, attributes), depth)
        if self.sections:
            self._section.id = attributes["id"]
        self.sections.append(self._section)

    def _preface(self, depth: int) -> None:
        self._section = plugin.Section(plugin.Element("hx"), depth)
        self.sections.append(self._section)

    def _leave_out(self, tag: str) -> None:
        self._excluded.add(tag)
        self.left_out = sum(one in self._excluded for one in self._open)

    def _words(self) -> list[str]:
        """What the words here belong to."""
        found: list[str] = self._section.title if self._section.el.tag in self._open else self._section.text
        return found

    def end(self, tag: str) -> None:
        """An element ends."""
        if not self._open or self._open[-1] != tag:
            return
        if self._section.depth > len(self._open):
            around = (one for one in reversed(self.sections) if one.depth <= len(self._open))
            outer = next(around, None)
            if outer is not None:
                self._section.depth = float("inf")
                self._section = outer
        self._open.pop()
        self._classes.pop()
        if tag in self._excluded:
            self._excluded.remove(tag)
            self.left_out = sum(one in self._excluded for one in self._open)
        elif not self.left_out and tag in _KEPT:
            _close(self._words(), tag)

    def text(self, text: str) -> None:
        """Words between the elements."""
        if self.left_out:
            return
        if "pre" not in self._open:
            text = " " if text.isspace() else text.replace("\n", " ")
        if self._section is None:
            self._preface(0)
        words = self._section.text
        if self._section.el.tag in self._open:
            if not self._in_permalink():
                self._section.title.append(escape(text, quote=False))
        elif not text.isspace():
            words.append(escape(text, quote=False))
        elif not words or not words[-1].isspace() or "pre" in self._open:
            words.append(text)

    def _in_permalink(self) -> bool:
        return any(tag == "a" and kind == "headerlink" for tag, kind in zip(self._open, self._classes, strict=True))


def _close(words: list[str], tag: str) -> None:
    """Writes the end of an element, or takes out what has nothing in it."""
    begin = words.index(f"<{tag}>")
    if all(word.isspace() for word in words[begin + 1 :]):
        del words[begin:]
    else:
        words.append(f"</{tag}>")
