"""Money: ranges stay ranges, and what nobody has given is not counted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.money import NOTHING, Range, cost_of, day_rate, days_a_year, in_words, rounded, total, work_cost
from tests.workspaces import Changes, service, workspace

PRICED = service(
    "register",
    establish_days={"low": 4, "likely": 6, "high": 10},
    run_fte=0.5,
    cost={"low": 1000, "high": 3000},
    cost_a_year={"low": 100, "likely": 100, "high": 400},
)


def amount(low: int | str, likely: int | str, high: int | str) -> Range:
    """A range of whole or decimal numbers."""
    return Range(Fraction(low), Fraction(likely), Fraction(high))


def made(money: dict[str, Any] | None) -> Any:
    """The small workspace with a priced service."""
    changes: Changes = {"standard/services.yml": {"services": [PRICED]}}
    if money is not None:
        changes["content/playbook.yml"] = {"money": money}
    return workspace(changes)


def test_without_money_nothing_is_said() -> None:
    here = made(None)
    assert cost_of(here, here.service("register")) is None
    assert day_rate(here) is None


def test_a_cost_by_hand() -> None:
    """4, 6, 10 days at 700, 800, 1,000; half a person for 218.4 days a year (260 less 16 per cent)."""
    here = made({"currency": "EUR", "day_rate": {"low": 700, "likely": 800, "high": 1000}})
    cost = cost_of(here, here.service("register"))
    assert cost is not None
    assert days_a_year(here) == Fraction("218.4")
    assert cost.work == amount(2800, 4800, 10000)
    assert cost.once == amount(1000, 2000, 3000)
    assert cost.building == amount(3800, 6800, 13000)
    assert cost.run_work == amount(76440, 87360, 109200)
    assert cost.running == amount(76540, 87460, 109600)


def test_one_number_is_a_range_without_width() -> None:
    assert day_rate(made({"currency": "EUR", "day_rate": 800})) == amount(800, 800, 800)


def test_without_a_day_rate_only_what_is_paid_counts() -> None:
    here = made({"currency": "EUR"})
    cost = cost_of(here, here.service("register"))
    assert cost is not None
    assert (cost.work, cost.run_work) == (None, None)
    assert (cost.building, cost.running) == (amount(1000, 2000, 3000), amount(100, 100, 400))


def test_half_of_the_planned_days_cost_half_of_the_range() -> None:
    here = made({"currency": "EUR"})
    rate = amount(100, 100, 100)
    entry = here.service("register")
    assert work_cost(entry, Fraction(3), Fraction(6), rate) == amount(200, 300, 500)
    assert work_cost(entry, Fraction(14), Fraction(0), rate) == amount(1400, 1400, 1400)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), max_size=5))
def test_a_total_of_ranges_in_order_is_in_order(parts: list[tuple[int, int, int]]) -> None:
    found = total(amount(*sorted(part)) for part in parts)
    assert found.low <= found.likely <= found.high
    assert total(()) == NOTHING


@pytest.mark.parametrize(
    ("low", "likely", "high", "text"),
    [
        (1000, 2000, 3000, "EUR 1,000 to 3,000"),
        (1000, 1500, 3000, "EUR 1,000 to 3,000, most likely 1,500"),
        (800, 800, 800, "EUR 800"),
        (11640, 15500, 23199, "EUR 11,600 to 23,200, most likely 15,500"),
    ],
)
def test_amounts_in_words(low: int, likely: int, high: int, text: str) -> None:
    """The middle goes without saying."""
    assert in_words(amount(low, likely, high), "EUR") == text


@pytest.mark.parametrize(
    ("number", "shown"), [("0", 0), ("999.5", 1000), ("1234.5", 1230), ("1235", 1240), ("-1235", -1240)]
)
def test_three_digits_count(number: str, shown: int) -> None:
    """Half up."""
    assert rounded(Fraction(number)) == shown
