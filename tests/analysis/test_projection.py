"""Projected levels: the two forms agree, and lifting never harms."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.projection import Lifting, closed, level_closed_form, projected_level

LEVELS = st.integers(10, 50).map(lambda tenths: Fraction(tenths, 10))
LIFTINGS = st.lists(
    st.builds(
        Lifting,
        st.just("s"),
        st.just("a"),
        st.just("primary"),
        st.integers(1, 20).map(lambda n: Fraction(n, 10)),
        LEVELS,
    ),
    max_size=8,
)


@given(LEVELS, LIFTINGS)
def test_step_by_step_equals_closed_form(current: Fraction, liftings: list[Lifting]) -> None:
    """What people would compute is what the optimiser uses."""
    assert projected_level(current, liftings) == level_closed_form(current, liftings)


@given(LEVELS, st.lists(LIFTINGS.filter(bool).map(lambda some: some[0]), max_size=4))
def test_ascending_order_is_the_best_order(current: Fraction, liftings: list[Lifting]) -> None:
    """No other order of the same services reaches more."""

    def in_order(some: tuple[Lifting, ...]) -> Fraction:
        level = current
        for lifting in some:
            level = max(level, min(level + lifting.by, lifting.up_to))
        return level

    best = max((in_order(some) for some in permutations(liftings)), default=current)
    assert projected_level(current, liftings) == best


@given(LEVELS, LIFTINGS, LIFTINGS)
def test_more_services_never_harm(current: Fraction, some: list[Lifting], more: list[Lifting]) -> None:
    """A level never falls, and never passes the highest ceiling."""
    before, after = projected_level(current, some), projected_level(current, some + more)
    assert current <= before <= after
    assert after <= max([current, *(lifting.up_to for lifting in some + more)])


@given(LEVELS, LEVELS, LIFTINGS)
def test_closed_is_at_most_the_gap(current: Fraction, target: Fraction, liftings: list[Lifting]) -> None:
    """A closed gap cannot be closed further."""
    assert 0 <= closed(current, target, liftings) <= max(Fraction(0), target - current)


def test_worked_example() -> None:
    """Two basic services lift from 1.5 to 2.9; an advanced one goes on from there."""
    basic = Lifting("b", "a", "primary", Fraction(1), Fraction(3))
    small = Lifting("c", "a", "secondary", Fraction("0.4"), Fraction(3))
    advanced = Lifting("d", "a", "primary", Fraction(1), Fraction(5))
    assert projected_level(Fraction("1.5"), [advanced, basic, small]) == Fraction("3.9")
    assert closed(Fraction("1.5"), Fraction(3), [advanced, basic, small]) == Fraction("1.5")
