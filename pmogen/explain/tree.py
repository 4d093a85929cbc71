"""A computed value that explains itself: a tree down to the lines that somebody wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pmogen.analysis.trace import in_words
from pmogen.diagnostics import Span
from pmogen.language import _, ngettext


@dataclass(frozen=True)
class Unit:
    """How a number of this unit is said: `1 level`, `2.5 levels`, `level 2`.

    `words` takes the number as it is shown and, for the form that goes with it, 1 or 2.
    """

    words: Callable[[str, int], str]

    def say(self, value: Fraction) -> str:
        """The number, rounded half up to two digits, with its unit."""
        number = in_words(value)
        return self.words(number, 1 if number in ("1", "-1") else 2)


MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"

PLAIN = Unit(lambda number, _form: number)
LEVEL = Unit(lambda number, _form: _("level {number}", number=number))
LEVELS = Unit(lambda number, form: ngettext("{levels} level", "{levels} levels", form, levels=number))
DAYS = Unit(lambda number, form: ngettext("{days} person-day", "{days} person-days", form, days=number))
WORKING_DAYS = Unit(lambda number, form: ngettext("{days} working day", "{days} working days", form, days=number))
FTE = Unit(lambda number, _form: _("{number} FTE", number=number))
POINTS = Unit(lambda number, form: ngettext("{points} point", "{points} points", form, points=number))
MONTHS = Unit(lambda number, form: ngettext("{months} month", "{months} months", form, months=number))


@dataclass(frozen=True)
class About:
    """What a value is about, where that has an explanation (and a page) of its own."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class Computed(NamedTuple):
    """A value and how it came about.

    `value` is exact; None where the result is no number. `shown` is how people read it. `rule` is the section of the
    page "How it is computed" that says the rule. `how` is the arithmetic, empty for what somebody wrote. `inputs` are
    what it was computed from, `spans` the lines, `why` sentences that give reasons. `about` leads to the explanation
    of the thing itself.
    """

    name: str
    value: Fraction | None
    shown: str
    rule: str
    how: str = ""
    inputs: tuple[Computed, ...] = ()
    spans: tuple[Span, ...] = ()
    why: tuple[str, ...] = ()
    about: About | None = None

    @property
    def exactly(self) -> str:
        """The fraction, where what is shown is rounded; otherwise nothing."""
        if self.value is None or 100 % self.value.denominator == 0:
            return ""
        return str(self.value)

    def walk(self) -> Iterator[Computed]:
        """This value and everything below it, from top to bottom."""
        yield self
        for part in self.inputs:
            yield from part.walk()
