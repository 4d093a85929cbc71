"""The search for the cheapest cover finds what trying everything finds."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.analysis.covering import cheapest_cover
from pmogen.analysis.covering_state import Covering, Need, strengthened


def meets(covering: Covering, chosen: tuple[int, ...]) -> bool:
    """Whether the set meets all needs and requirements."""
    return all(
        sum(part for thing, part in need.adds if thing in chosen) >= need.amount for need in covering.needs
    ) and all(other in chosen for thing in chosen for other in covering.requires[thing])


def least(covering: Covering) -> int | None:
    """The cost of the cheapest set, by trying all of them."""
    things = range(len(covering.costs))
    sets = (chosen for size in range(len(covering.costs) + 1) for chosen in combinations(things, size))
    return min((sum(covering.costs[t] for t in chosen) for chosen in sets if meets(covering, chosen)), default=None)


@st.composite
def coverings(draw: st.DrawFn) -> Covering:
    """Up to eight things with needs, and requirements that never go round in a circle."""
    count = draw(st.integers(1, 8))
    costs = tuple(draw(st.lists(st.integers(0, 12), min_size=count, max_size=count)))
    parts = st.dictionaries(st.integers(0, count - 1), st.integers(1, 10), max_size=count)
    needs = tuple(
        Need(draw(st.integers(0, 18)), tuple(sorted(draw(parts).items()))) for _ in range(draw(st.integers(0, 4)))
    )
    requires = tuple(
        tuple(sorted(draw(st.sets(st.integers(0, thing - 1), max_size=2)))) if thing else () for thing in range(count)
    )
    return Covering(costs, needs, requires)


@settings(max_examples=300, deadline=None)
@given(coverings())
def test_the_cheapest_cover_is_as_cheap_as_trying_everything(covering: Covering) -> None:
    found, cost = cheapest_cover(covering, 10_000), least(covering)
    assert (found is None) == (cost is None)
    if found is not None:
        assert found.proven
        assert meets(covering, found.chosen)
        assert sum(covering.costs[thing] for thing in found.chosen) == cost


@settings(max_examples=100, deadline=None)
@given(coverings())
def test_cut_short_it_gives_a_set_that_meets_all_needs(covering: Covering) -> None:
    found = cheapest_cover(covering, 1)
    assert found is None or meets(covering, found.chosen)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(1, 20))
def test_a_need_said_more_sharply_is_met_by_the_same_sets(parts: list[int], amount: int) -> None:
    need = Need(amount, tuple(enumerate(parts)))
    sharp = strengthened(need)
    for size in range(len(parts) + 1):
        for chosen in combinations(range(len(parts)), size):
            before = sum(parts[thing] for thing in chosen) >= need.amount
            assert before == (sum(dict(sharp.adds)[thing] for thing in chosen) >= sharp.amount)


def test_two_small_ones_beat_a_large_one_only_when_they_are_cheaper() -> None:
    """Need 2: either 2 for 5, or 1 for 2 and 1 for 2; with a requirement of cost 2 the large one wins."""
    needs = (Need(2, ((0, 2), (1, 1), (2, 1))),)
    assert cheapest_cover(Covering((5, 2, 2, 2), needs, ((), (), (), ())), 100).chosen == (1, 2)
    assert cheapest_cover(Covering((5, 2, 2, 2), needs, ((), (3,), (), ())), 100).chosen == (0,)


def test_what_cannot_be_met_gives_nothing() -> None:
    assert cheapest_cover(Covering((1,), (Need(3, ((0, 2),)),), ((),)), 100) is None


def test_no_needs_need_nothing() -> None:
    found = cheapest_cover(Covering((1, 0), (), ((), ())), 100)
    assert found is not None
    assert found.proven
    assert found.chosen == ()
