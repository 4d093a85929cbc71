"""Numbers and lists as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.language import ngettext, spoken
from pmogen.planning.problem import DAY


def listed(names: Iterable[str]) -> str:
    """A, B and C; with semicolons where a name has a comma of its own.

    >>> listed(["A"]), listed(["A", "B", "C"]), listed(["A, b and c", "D", "E"])
    ('A', 'A, B and C', 'A, b and c; D; and E')
    """
    parts = tuple(names)
    joints = spoken().joints(len(parts), "and")
    if len(parts) > 2 and any("," in part for part in parts):
        joints = ("; ",) * (len(parts) - 2) + (f";{spoken().joints(2, 'and')[0]}",)
    return "".join(part + joint for part, joint in zip(parts, (*joints, ""), strict=False))


def amount(units: int, scale: int) -> str:
    """A number of units in words.

    >>> amount(10, 10), amount(25, 10), amount(35, 100)
    ('1', '2.5', '0.35')
    """
    return in_words(Fraction(units, scale))


def form(number: str) -> int:
    """What `ngettext` is told of a number that is shown: 1 for the singular.

    >>> form("1"), form("1.5"), form("0")
    (1, 2, 2)
    """
    return 1 if number == "1" else 2


def person_days(units: int) -> str:
    """Units of person-days with their name.

    >>> person_days(10), person_days(25)
    ('1 person-day', '2.5 person-days')
    """
    days = amount(units, DAY)
    return ngettext("{days} person-day", "{days} person-days", form(days), days=days)


def more_days(days: str, wave: str) -> str:
    """More days for building, as part of a sentence."""
    return ngettext(
        "{days} more person-day for building in {wave}",
        "{days} more person-days for building in {wave}",
        form(days),
        days=days,
        wave=wave,
    )


def more_points(points: str, audience: str, wave: str) -> str:
    """More change points for an audience, as part of a sentence."""
    return ngettext(
        "{points} more change point for {audience} in {wave}",
        "{points} more change points for {audience} in {wave}",
        form(points),
        points=points,
        audience=audience,
        wave=wave,
    )


def sentence(text: str) -> str:
    """The text with exactly one full stop at its end."""
    return text.rstrip().rstrip(".") + "."


def capital(text: str) -> str:
    """The text with a capital letter first.

    >>> capital("project managers")
    'Project managers'
    """
    return text[:1].upper() + text[1:]
