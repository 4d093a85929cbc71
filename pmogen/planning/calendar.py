"""Length of a wave: working days for the PMO, months for the people who have to change."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from pmogen.model.base import exact
from pmogen.planning.problem import half_up

DAYS_A_MONTH = Fraction("30.4375")
"""Average length of a month over four years."""


def weekdays(starts: dt.date, ends: dt.date) -> int:
    """Days from Monday to Friday, both ends included; 0 when the end is before the start.

    >>> weekdays(dt.date(2027, 1, 1), dt.date(2027, 1, 10))
    6
    """
    if ends < starts:
        return 0
    weeks, rest = divmod((ends - starts).days + 1, 7)
    return weeks * 5 + sum((starts.weekday() + day) % 7 < 5 for day in range(rest))


def working_days(starts: dt.date, ends: dt.date, absence_rate: float) -> Fraction:
    """Days one full-time person is there for: weekdays less public holidays, leave and illness."""
    return weekdays(starts, ends) * (1 - exact(absence_rate))


def months(starts: dt.date, ends: dt.date) -> Fraction:
    """Length to the nearest half month, at least half a month; 0 when the end is before the start.

    A quarter of 90, 91 or 92 days counts as exactly three months.

    >>> months(dt.date(2027, 1, 1), dt.date(2027, 3, 31)), months(dt.date(2027, 7, 1), dt.date(2027, 9, 30))
    (Fraction(3, 1), Fraction(3, 1))
    """
    if ends < starts:
        return Fraction(0)
    halves = half_up(2 * ((ends - starts).days + 1) / DAYS_A_MONTH)
    return Fraction(max(1, halves), 2)
