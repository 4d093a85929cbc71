"""Numbers and lists as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pmogen.analysis.trace import in_words


def listed(names: Iterable[str]) -> str:
    """A, B and C; with semicolons where a name has a comma of its own.

    >>> listed(["A"]), listed(["A", "B", "C"]), listed(["A, b and c", "D", "E"])
    ('A', 'A, B and C', 'A, b and c; D; and E')
    """
    *first, last = names
    if len(first) > 1 and any("," in name for name in (*first, last)):
        return f"{'; '.join(first)}; and {last}"
    return f"{', '.join(first)} and {last}" if first else last


def amount(units: int, scale: int, unit: str = "") -> str:
    """A number of units in words, with its unit in the singular or plural.

    >>> amount(10, 10, "person-day"), amount(25, 10, "person-day"), amount(35, 100)
    ('1 person-day', '2.5 person-days', '0.35')
    """
    number = in_words(Fraction(units, scale))
    return f"{number} {unit}{'' if number == '1' else 's'}" if unit else number


def sentence(text: str) -> str:
    """The text with exactly one full stop at its end."""
    return text.rstrip().rstrip(".") + "."


def capital(text: str) -> str:
    """The text with a capital letter first.

    >>> capital("project managers")
    'Project managers'
    """
    return text[:1].upper() + text[1:]
