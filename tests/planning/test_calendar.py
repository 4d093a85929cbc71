"""Working days and months of a wave."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmogen.planning.calendar import months, weekdays, working_days

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, st.integers(0, 400))
def test_weekdays_are_those_one_counts_on_a_calendar(starts, length):
    days = [starts + dt.timedelta(days=number) for number in range(length + 1)]
    assert weekdays(starts, days[-1]) == sum(day.isoweekday() <= 5 for day in days)


def test_absences_are_taken_off():
    assert working_days(dt.date(2027, 1, 1), dt.date(2027, 3, 31), 0.16) == Fraction("53.76")


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ((2027, 1, 1), (2027, 3, 31), 3),
        ((2027, 7, 1), (2027, 9, 30), 3),
        ((2028, 1, 1), (2028, 3, 31), 3),
        ((2027, 2, 1), (2027, 2, 28), 1),
        ((2027, 1, 1), (2027, 2, 14), 1.5),
        ((2027, 1, 1), (2027, 1, 3), 0.5),
        ((2027, 1, 1), (2027, 12, 31), 12),
        ((2027, 1, 2), (2027, 1, 1), 0),
    ],
)
def test_months_to_the_nearest_half(starts, ends, expected):
    assert months(dt.date(*starts), dt.date(*ends)) == Fraction(str(expected))


def test_a_wave_that_ends_before_it_starts_has_no_days():
    assert weekdays(dt.date(2027, 1, 8), dt.date(2027, 1, 1)) == 0
