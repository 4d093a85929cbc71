"""Texts of a workspace as office files can hold them: XML forbids most control characters, and spreadsheets run formulas."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n -\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(text: str) -> str:
    r"""The text without characters that XML forbids; all line ends are `\n`.

    >>> plain("a\x00b\r\nc")
    'ab\nc'
    """
    if text.isascii() and text.isprintable():  # as most are
        return text
    return _FORBIDDEN.sub("", _ENDS.sub("\n", text))


def one_line(text: str) -> str:
    r"""The same on one line.

    >>> one_line(" a\n\n  b ")
    'a b'
    """
    return " ".join(plain(text).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """Its paragraphs, which blank lines tell apart, each on one line."""
    return tuple(one_line(part) for part in re.split(r"\n\s*\n", plain(text)) if part.strip())


def harmless(text: str) -> str:
    """The text as a cell of a spreadsheet that stays text: an apostrophe before what would be a formula.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
