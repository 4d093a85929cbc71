"""What a cell of the workbook can hold, and how people write it, with all that happens to it on the way.

Between cells and YAML stands one text for each value, its plain form: `2.5`, `2027-03-31`, `offer`, one entry a line.
Nothing is an empty text. Plain forms are what is compared, and what the workbook remembers of the state it was made from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Protocol

from pmogen.exchange.plain import one_line, plain
from pmogen.language import _

Value = str | float | dt.date | None
"""What is written into a cell."""

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2199, 12, 31)
"""Days outside are slips of the hand."""

_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_BULLET = re.compile(r"^[-*\u2022\u2013]\s+")
HALVES = " \u2013 "
"""What stands between a sign and its word in a label, as in "H, a dash, high"."""
_BLANKS = "\u00a0\u200b\ufeff\u2007\u202f"
_FEW = 8


@dataclass(frozen=True)
class Unclear(Exception):  # noqa: N818 (it says what a cell is, as StopIteration does)
    """A cell that cannot be understood, in words, and what to do about it."""

    message: str
    hint: str = ""


class Kind(Protocol):
    """What a column holds."""

    def told(self, value: Any) -> str:
        """The plain form of a value of the model."""
        ...

    def shown(self, told: str) -> Value:
        """What is written into the cell."""
        ...

    def read(self, value: Any) -> str:
        """The plain form of what stands in a cell. Raises `Unclear`."""
        ...

    def plain(self, told: str) -> Any:
        """The value for YAML."""
        ...


def cleaned(text: str) -> str:
    r"""A text without what spreadsheets and pasting leave behind: blanks at the ends of lines, and signs nobody sees.

    >>> cleaned(" a \r\n\u00a0b ")
    'a\nb'
    """
    for sign in _BLANKS:
        text = text.replace(sign, " " if sign in "\u00a0\u2007\u202f" else "")
    return "\n".join(line.strip() for line in plain(text).split("\n")).strip()


def as_text(value: Any) -> str:
    """Whatever stands in a cell as text: whole numbers without a point, days as in 2027-03-31.

    >>> as_text(3.0), as_text(dt.datetime(2027, 3, 31))
    ('3', '2027-03-31')
    """
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return cleaned(str(value))


@dataclass(frozen=True)
class Words:
    """A text for people; on one line unless it is `long`."""

    long: bool = False

    def told(self, value: Any) -> str:
        text = "" if value is None else str(value)
        return cleaned(text) if self.long else one_line(cleaned(text))

    def shown(self, told: str) -> Value:
        return told or None

    def read(self, value: Any) -> str:
        text = self.told(as_text(value))
        limit = 20_000 if self.long else 400
        if len(text) > limit:
            raise Unclear(
                _("the text has {count} characters, more than {limit}", count=len(text), limit=limit), _("shorten it")
            )
        return text

    def plain(self, told: str) -> Any:
        return told


@dataclass(frozen=True)
class Number:
    """A number within limits, with at most two decimals; `steps` are offered in a list."""

    low: float
    high: float
    whole: bool = False
    steps: tuple[float, ...] = ()

    def told(self, value: Any) -> str:
        return "" if value is None else f"{Decimal(str(round(float(value), 4))).normalize():f}"

    def shown(self, told: str) -> Value:
        return float(told) if told else None

    def read(self, value: Any) -> str:
        number = self._number(value)
        if number is None:
            return ""
        if not self.low <= number <= self.high:
            raise Unclear(_("{value} is not between {low} and {high}", value=f"{number:g}", **self._limits()))
        if self.whole and number != int(number):
            raise Unclear(_("{value} is not a whole number", value=f"{number:g}"))
        return self.told(number)

    def _number(self, value: Any) -> float | None:
        if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
            raise Unclear(
                _("`{value}` is not a number", value=as_text(value)[:40]),
                _("give the cell the format of a number, and type the number again"),
            )
        if isinstance(value, int | float):
            return float(value)
        text = as_text(value)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise Unclear(
                _("`{value}` is not a number", value=text[:40]),
                _("type a number between {low} and {high}", **self._limits()),
            )
        try:
            return float(Decimal(text.replace(",", ".")))
        except InvalidOperation as error:  # pragma: no cover (the pattern allows none)
            raise Unclear(_("`{value}` is not a number", value=text[:40])) from error

    def _limits(self) -> dict[str, str]:
        return {"low": f"{self.low:g}", "high": f"{self.high:g}"}

    def plain(self, told: str) -> Any:
        number = float(told)
        return int(number) if number.is_integer() else number


@dataclass(frozen=True)
class Day:
    """A day. What can be read in two ways is not guessed at."""

    def told(self, value: Any) -> str:
        return "" if value is None else str(value.isoformat())

    def shown(self, told: str) -> Value:
        return dt.date.fromisoformat(told) if told else None

    def read(self, value: Any) -> str:
        if isinstance(value, dt.datetime):
            return self._within(value.date())
        if isinstance(value, dt.date):
            return self._within(value)
        text = as_text(value)
        if not text:
            return ""
        if not isinstance(value, str):
            raise Unclear(
                _("`{value}` is a number and not a day", value=text[:40]),
                _("give the cell the format of a date, and type the day again, as in 2027-03-31"),
            )
        return self._within(_day_in(text))

    @staticmethod
    def _within(day: dt.date) -> str:
        if not EARLIEST <= day <= LATEST:
            raise Unclear(_("{day} is too far away", day=day.isoformat()), _("is it a slip of the hand?"))
        return day.isoformat()

    def plain(self, told: str) -> Any:
        return told


def _day_in(text: str) -> dt.date:
    """The day in a text that means only one."""
    hint = _("type it as in 2027-03-31")
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHED.fullmatch(text):
            one, other, year = int(found[1]), int(found[2]), int(found[3])
            if one > 12 or one == other:
                return dt.date(year, other, one)
            if other > 12:
                return dt.date(year, one, other)
            raise Unclear(_("`{value}` can be two different days", value=text), hint)
    except ValueError:
        pass
    raise Unclear(_("`{value}` is not a day", value=text[:40]), hint)


@dataclass(frozen=True)
class Choice:
    """One of a few values: `labels` are what people read and choose, by value. `name` is what the list is called.

    Who chooses `nothing` says as much as who leaves the cell empty.
    """

    name: str
    labels: Mapping[str, str]
    nothing: str = ""

    def told(self, value: Any) -> str:
        return "" if value is None else str(value)

    def shown(self, told: str) -> Value:
        told = told or self.nothing
        return self.labels.get(told, told) or None

    def read(self, value: Any) -> str:
        text = one_line(as_text(value))
        found = found_in(self.labels, text) if text else ""
        return "" if found == self.nothing else found

    def plain(self, told: str) -> Any:
        return told


@dataclass(frozen=True)
class Several:
    """Values one below the other; with `labels` only these, by their names or ids."""

    labels: Mapping[str, str] | None = None

    def told(self, value: Any) -> str:
        return "\n".join(one_line(cleaned(str(entry))) for entry in value or ())

    def shown(self, told: str) -> Value:
        if self.labels is None:
            return told or None
        return "\n".join(self.labels.get(entry, entry) for entry in told.split("\n")) or None

    def read(self, value: Any) -> str:
        entries = [_BULLET.sub("", one_line(line)) for line in as_text(value).split("\n")]
        entries = [entry for entry in entries if entry]
        if self.labels is None:
            long = next((entry for entry in entries if len(entry) > 400), None)
            if long is not None:
                raise Unclear(_("the line `{line}` is longer than 400 characters", line=f"{long[:40]} …"))
            return "\n".join(entries)
        found: list[str] = []
        for entry in entries:
            found += _values_in(self.labels, entry)
        return "\n".join(dict.fromkeys(found))

    def plain(self, told: str) -> Any:
        return told.split("\n") if told else []


def _values_in(labels: Mapping[str, str], entry: str) -> Sequence[str]:
    """The values that a line names: one, or several with commas or semicolons between them."""
    try:
        return [found_in(labels, entry)]
    except Unclear:
        parts = [part.strip() for part in re.split(r"[,;]", entry) if part.strip()]
        if len(parts) < 2:
            raise
        return [found_in(labels, part) for part in parts]


def found_in(labels: Mapping[str, str], text: str) -> str:
    """The value that a text names by itself, its label or a half of that, whatever the case. Raises `Unclear` with a guess."""
    wanted = text.casefold()
    for value, label in labels.items():
        if wanted in (value.casefold(), label.casefold(), *label.casefold().split(HALVES)):
            return value
    known = {label.casefold(): label for label in labels.values()} | {value.casefold(): value for value in labels}
    near = get_close_matches(wanted, known, 1)
    if near:
        hint = _("did you mean `{near}`?", near=known[near[0]])
    elif len(labels) <= _FEW:
        hint = _("choose one of: {names}", names=", ".join(labels.values()))
    else:
        hint = _("choose from the list in the cell")
    raise Unclear(_("`{value}` is none of the values to choose from", value=text[:60]), hint)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Labels by value; where two are alike, the value stands behind them.

    >>> told_apart({"a": "Board", "b": "Board", "c": "Team"})
    {'a': 'Board (a)', 'b': 'Board (b)', 'c': 'Team'}
    """
    shown = {value: one_line(name)[:200] for value, name in names.items()}
    seen = [name.casefold() for name in shown.values()]
    return {value: f"{name} ({value})" if seen.count(name.casefold()) > 1 else name for value, name in shown.items()}
