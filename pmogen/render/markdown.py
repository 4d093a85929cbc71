"""Text becomes Markdown here and nowhere else.

`Md` is Markdown that may be trusted; a plain `str` never is. Markdown has no complete backslash escape
(Python-Markdown lets a backslash before `<` through), so characters that could mean something become
numeric entities: they show as themselves and start nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pmogen.analysis.trace import in_words
from pmogen.language import fill, spoken

_ANYWHERE = re.compile(r"[+:&<>\\`*_\[\]{}|~^=$!\"#@]")
_AT_START = re.compile(r"^( ?)([-/?.)(])")
_NUMBER_AT_START = re.compile(r"^( ?\d+)([.)])(?= |$)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


class Md(Markup):
    """Markdown that shows as it is. Joined with plain text, the text is escaped."""

    __slots__ = ()
    if not TYPE_CHECKING:
        __new__ = str.__new__  # nobody hands it objects that say themselves how they look as markup

    @classmethod
    def escape(cls, s: Any, /) -> Md:
        """The value as inert Markdown of one line; trusted Markdown stays as it is."""
        if type(s) is str:
            return md_text(s)
        if isinstance(s, Md):
            return s
        return cls(s) if isinstance(s, Markup) else md_text(as_text(s))


def as_text(value: Any) -> str:
    """What a value is called in plain text: a day as 26 June 2026, a fraction as 1.5, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return in_words(value)
    return day(value) if isinstance(value, dt.date) else str(value)


def day(date: dt.date) -> str:
    """A day as people write it in the language of the pages, whatever the machine's language: 26 June 2026."""
    return spoken().day(date)


def month(date: dt.date) -> str:
    """The month of a day: June 2026."""
    return spoken().month(date)


def one_line(text: str) -> str:
    """The text without line breaks, control characters and repeated blanks."""
    return " ".join(_CONTROLS.sub("", text).split())


@lru_cache(maxsize=16_384)  # names and words stand on page after page
def md_text(text: str) -> Md:
    """Plain text as inline Markdown that shows exactly this text and means nothing else.

    Blanks and line breaks become one blank; one at either end stays, as in the separator of a list.
    """
    line = one_line(text)
    if line:
        line = " " * text[:1].isspace() + line + " " * text[-1:].isspace()
    escaped = _ANYWHERE.sub(lambda found: f"&#{ord(found[0])};", line or " " * bool(text))
    for pattern in (_NUMBER_AT_START, _AT_START):
        escaped = pattern.sub(lambda found: f"{found[1]}&#{ord(found[2])};", escaped)
    return Md(escaped)


def prose(text: str | None) -> Md:
    """Plain text as paragraphs; a blank line in the text starts a new one."""
    parts = (md_text(part.strip()) for part in _PARAGRAPHS.split(text or ""))
    return Md("\n\n".join(part for part in parts if part.strip()))


def indented(value: Any, width: int = 4) -> Md:
    """Markdown moved to the right, as the inside of an admonition or a list item has to be."""
    moved = str.replace(Md.escape(value), "\n", "\n" + " " * width)
    return Md(moved.replace(" " * width + "\n", "\n"))


def cell(value: Any) -> Md:
    """Anything as one cell of a table: no line breaks, no bars."""
    return Md(" ".join(str(Md.escape(value)).split()).replace("|", "&#124;"))


def joined(values: Iterable[Any], separator: Any = "") -> Md:
    """The values in one piece, what is not trusted escaped."""
    return Md(str.join(Md.escape(separator), [value if type(value) is Md else Md.escape(value) for value in values]))


def filled(message: str, values: Mapping[str, Any]) -> Md:
    """A message of ours, which may hold Markdown, with values in its places; what is not trusted of them is escaped."""
    return Md(fill(message, {name: Md.escape(value) for name, value in values.items()}) if values else message)


def document(text: str) -> Md:
    """Markdown that people wrote as Markdown: hand-written pages and document templates, nothing else.

    Raw HTML and unsafe addresses in it are dropped when the site is built (`safe_markdown`).
    """
    return Md(text.strip("\n") + "\n")
