"""Gaps at the edges, with numbers that computers like to get wrong, and ties."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmogen.analysis.services import choose
from tests.analysis.organisations import computed, lifting, organisation


@pytest.mark.parametrize(
    ("current", "target", "amount", "size"),
    [
        (1.9, 2.9, "1", "M"),
        (1.1, 2.1, "1", "M"),
        (1.9, 2.89, "0.99", "L"),
        (1.1, 3.1, "2", "H"),
        (1.3, 3.3, "2", "H"),
        (1.3, 3.29, "1.99", "M"),
        (2.3, 2.4, "0.1", "L"),
        (3.0, 3.0, "0", None),
        (3.1, 3.0, "-0.1", None),
    ],
)
def test_a_gap_is_exactly_what_was_written(current: float, target: float, amount: str, size: str | None) -> None:
    """2.9 - 1.9 is one level, and 3.1 - 1.1 two, whatever binary fractions make of it."""
    (gap,) = computed(organisation({"x": (current, target)}, [lifting("a", ("x", 1))])).gaps
    assert (gap.amount, gap.size) == (Fraction(amount), size)


def test_ties_go_to_the_larger_gap_and_then_to_the_id() -> None:
    """All have size M and priority M: score 4. 1.5 comes before 1, and a before b."""
    gaps = {"b": (2, 3), "c": (1.5, 3), "a": (2, 3)}
    services = [lifting("s", ("a", 1))]
    found = computed(organisation(gaps, services, priorities=dict.fromkeys(gaps, "M"))).gaps
    assert [(gap.rank, gap.aspect, gap.score) for gap in found] == [(1, "c", 4), (2, "a", 4), (3, "b", 4)]


def test_a_large_gap_that_matters_little_ties_with_a_small_one_that_matters_much() -> None:
    """H x L = 3 x 1 and L x H = 1 x 3; the larger gap comes first."""
    gaps = {"a": (2.5, 3), "b": (1, 3)}
    found = computed(organisation(gaps, [lifting("s", ("a", 1))], priorities={"a": "H", "b": "L"})).gaps
    assert [(gap.aspect, gap.score) for gap in found] == [("b", 3), ("a", 3)]


def test_candidates_of_the_same_gap_go_by_how_much_they_close_and_then_by_id() -> None:
    services = [lifting("c", ("x", 1)), lifting("a", ("x", 0.5)), lifting("b", ("x", 1))]
    made = organisation({"x": (1, 3)}, services)
    assert [entry.service for entry in choose(made, computed(made).gaps).candidates] == ["b", "c", "a"]


def test_a_service_at_the_level_of_its_ceiling_is_no_candidate() -> None:
    """A basic one ends at 3: at 3 it adds nothing, at 2.9 a tenth."""
    assert not computed(organisation({"x": (3, 4)}, [lifting("a", ("x", 1))])).choice.candidates
    (candidate,) = computed(organisation({"x": (2.9, 4)}, [lifting("a", ("x", 1))])).choice.candidates
    assert candidate.closes == (("x", Fraction(1, 10)),)
