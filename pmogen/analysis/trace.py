"""A computed number knows its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from pmogen.diagnostics import Span
from pmogen.language import spoken


@dataclass(frozen=True)
class Trace:
    """How a result came about: the rule, the arithmetic in words, and the lines it started from."""

    rule: str
    steps: tuple[str, ...]
    sources: tuple[Span, ...] = ()


def in_words(number: Fraction | int, digits: int = 2) -> str:
    """The number for people: as `decimal` gives it, with the decimal sign of the language that is spoken."""
    return decimal(number, digits).replace(".", spoken().point)


def decimal(number: Fraction | int, digits: int = 2) -> str:
    """The number for programs: rounded half up to so many digits, without needless zeros: 2, 1.5, 2.33.

    >>> decimal(Fraction(7, 3))
    '2.33'
    """
    return _rounded(number.numerator, number.denominator, digits)


@lru_cache(maxsize=1 << 12)
def _rounded(numerator: int, denominator: int, digits: int) -> str:
    number, scale = Fraction(numerator, denominator), 10**digits
    scaled = abs(number) * scale
    rounded = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    whole, rest = divmod(rounded, scale)
    text = f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") if digits else str(whole)
    return f"-{text}" if number < 0 and rounded else text
