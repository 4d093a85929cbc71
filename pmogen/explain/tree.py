"""A computed value that explains itself: a tree down to the lines that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.diagnostics import Span


@dataclass(frozen=True)
class Unit:
    """How a number of this unit is said: `1 level`, `2.5 levels`; `before` stands before it, as in `level 2`."""

    one: str = ""
    many: str = ""
    before: str = ""

    def say(self, value: Fraction) -> str:
        """The number, rounded half up to two digits, with its unit."""
        number = in_words(value)
        word = self.one if number in ("1", "-1") else self.many
        return f"{self.before}{number}{' ' * bool(word)}{word}"


MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"

PLAIN = Unit()
LEVEL = Unit(before="level ")
LEVELS = Unit("level", "levels")
DAYS = Unit("person-day", "person-days")
WORKING_DAYS = Unit("working day", "working days")
FTE = Unit("FTE", "FTE")
POINTS = Unit("point", "points")


@dataclass(frozen=True)
class About:
    """What a value is about, where that has an explanation (and a page) of its own."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Computed:
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
        if self.value is None or self.value * 100 == int(self.value * 100):
            return ""
        return str(self.value)

    def walk(self) -> Iterator[Computed]:
        """This value and everything below it, from top to bottom."""
        yield self
        for part in self.inputs:
            yield from part.walk()
