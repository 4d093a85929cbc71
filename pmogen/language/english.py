"""What has to be known about a language, and English, which needs no translation and no locale data."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from pmogen.language.known import ENGLISH


class Language(Protocol):
    """A language as pages need it: words, numbers, days and lists."""

    code: str
    point: str
    """What stands before the decimals of a number."""
    comma: str
    """What stands between the thousands of a number."""
    nouns_are_capital: bool
    """Whether a sentence that becomes a part of another keeps its capital letter."""

    def said(self, message: str, context: str | None = None) -> str:
        """The message in this language; as it is when it was not translated."""
        ...

    def counted(self, one: str, many: str, count: int) -> str:
        """The form of the message that goes with the number."""
        ...

    def day(self, date: dt.date) -> str:
        """A day with its month as a word and its year."""
        ...

    def month(self, date: dt.date) -> str:
        """The month of a day, with its year."""
        ...

    def short_month(self, date: dt.date) -> str:
        """The month of a day in three letters or so."""
        ...

    def joints(self, parts: int, last: str) -> tuple[str, ...]:
        """What stands between so many parts of a list; `last` is "and" or "or"."""
        ...


class English:
    """English: every message is its own translation."""

    code = ENGLISH
    name = "English"
    point = "."
    comma = ","
    nouns_are_capital = False

    def said(self, message: str, context: str | None = None) -> str:  # noqa: ARG002 (English needs no context)
        return message

    def counted(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many

    def day(self, date: dt.date) -> str:
        return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"

    def month(self, date: dt.date) -> str:
        return f"{_MONTHS[date.month - 1]} {date.year}"

    def short_month(self, date: dt.date) -> str:
        return _MONTHS[date.month - 1][:3]

    def joints(self, parts: int, last: str) -> tuple[str, ...]:
        return (*(", " for _ in range(parts - 2)), f" {last} ")[: max(parts - 1, 0)]


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
