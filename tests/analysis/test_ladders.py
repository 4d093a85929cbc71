"""What many services close together, in whole numbers: the same as going through them one by one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.gaps import Gap
from pmogen.analysis.ladders import Present, closed_together
from pmogen.analysis.projection import Lifting, closed
from tests.analysis.organisations import computed, lifting, organisation

SERVICES = ("a", "b", "c", "d", "e")
PARTS = st.sampled_from([Fraction(1, 3), Fraction(2, 5), Fraction(1, 2), Fraction(1), Fraction(3, 2)])
LEVELS = st.sampled_from([Fraction(1), Fraction(3, 2), Fraction(7, 3), Fraction(3), Fraction(4), Fraction(5)])
LIFTINGS = st.lists(
    st.builds(Lifting, st.sampled_from(SERVICES), st.just("x"), st.just("primary"), PARTS, LEVELS), max_size=9
)
GAP = computed(organisation({"x": (1, 3)}, [lifting("s", ("x", 1))])).gaps[0]


@st.composite
def gaps(draw: st.DrawFn) -> Gap:
    """A gap from any level to a higher one."""
    current = draw(LEVELS.filter(lambda level: level < 5))
    return replace(GAP, current=current, target=draw(LEVELS.filter(lambda level: level > current)))


@given(gaps(), LIFTINGS)
def test_together_they_close_what_they_close_one_after_the_other(gap: Gap, liftings: list[Lifting]) -> None:
    assert closed_together(gap, liftings) == closed(gap.current, gap.target, liftings)


@given(
    gaps(), LIFTINGS, st.sets(st.sampled_from(SERVICES)), st.sampled_from(SERVICES), st.sets(st.sampled_from(SERVICES))
)
def test_without_some_and_with_another_they_close_what_the_rest_closes(
    gap: Gap, liftings: list[Lifting], present: set[str], more: str, without: set[str]
) -> None:
    by_service = {service: [one for one in liftings if one.service == service] for service in SERVICES}
    there = Present([gap], by_service, frozenset(present))

    def levels(services: set[str]) -> Fraction:
        return closed(gap.current, gap.target, [one for one in liftings if one.service in services])

    assert there.levels("x", there.closed("x", more)) == levels(present | {more})
    assert there.levels("x", there.closed("x", without=without)) == levels(present - without)
