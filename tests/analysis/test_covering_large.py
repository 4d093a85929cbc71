"""Covers of many things: good soon, valid, the same every time, and never said to be proven when they are not."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.analysis.covering import LARGE, cheapest_cover
from pmogen.analysis.covering_greedy import Cover, greedy_cover
from pmogen.analysis.covering_prices import Prices
from pmogen.analysis.covering_state import Covering, Links, Need, State
from tests.analysis.test_covering import coverings, least, meets


def large(seed: int, count: int = 240) -> Covering:
    """So many things, with half as many needs of about five things each, and some requirements."""
    chance = random.Random(seed)
    needs = []
    for _ in range(count // 2):
        things = sorted(chance.sample(range(count), 5))
        adds = tuple((thing, chance.randint(1, 6)) for thing in things)
        needs.append(Need(chance.randint(1, 6), adds))
    requires = tuple(
        tuple(sorted(chance.sample(range(thing), min(thing, chance.choice((0, 0, 1, 2)))))) for thing in range(count)
    )
    return Covering(tuple(chance.randint(0, 90) for _ in range(count)), tuple(needs), requires)


def start_of(covering: Covering) -> tuple[Links, State] | None:
    """Everything that follows before anything is told; None where nothing can hold."""
    links = Links(covering)
    state = State(links)
    return (links, state) if state.conclude_all() else None


def cost(covering: Covering, things: tuple[int, ...]) -> int:
    return sum(covering.costs[thing] for thing in things)


@settings(max_examples=200, deadline=None)
@given(coverings(), st.integers(0, 50))
def test_a_good_cover_meets_all_needs_and_is_never_cheaper_than_the_cheapest(covering: Covering, work: int) -> None:
    found = start_of(covering)
    if found is None:
        assert least(covering) is None
        return
    things = greedy_cover(*found, work)
    assert meets(covering, things)
    assert cost(covering, things) >= (least(covering) or 0)


@settings(max_examples=100, deadline=None)
@given(coverings())
def test_nothing_can_be_left_out_of_a_good_cover_unless_it_costs_nothing(covering: Covering) -> None:
    found = start_of(covering)
    things = greedy_cover(*found, 1000) if found else ()
    for thing in things:
        if covering.costs[thing]:
            assert not meets(covering, tuple(other for other in things if other != thing))


@settings(max_examples=100, deadline=None)
@given(coverings())
def test_an_exchange_makes_a_cover_cheaper_or_leaves_it_as_it_was(covering: Covering) -> None:
    found = start_of(covering)
    if found is None:
        return
    links, state = found
    cover = Cover(links, state)
    assert cover.fill()
    for thing in cover.things():
        before, spare, price = cover.things(), cover.spare.copy(), cover.cost
        if thing not in cover.things() or state.told[thing]:
            continue
        if cover.exchange(thing):
            assert cover.cost < price
            assert not cover.there[thing]
        else:
            assert (cover.things(), cover.spare, cover.cost) == (before, spare, price)
        assert cover.cost == cost(covering, cover.things())
        assert meets(covering, cover.things())


def test_the_cheapest_for_what_it_adds_comes_first_with_what_it_requires() -> None:
    """Thing 0 costs 3 and requires one of 9; thing 1 does the same for 10 and requires nothing."""
    covering = Covering((3, 10, 9), (Need(2, ((0, 2), (1, 2))),), ((2,), (), ()))
    found = start_of(covering)
    assert found
    assert greedy_cover(*found, 0) == (1,)


def test_a_large_problem_ends_soon_with_a_good_cover_that_is_not_said_to_be_proven() -> None:
    covering = large(1)
    assert Prices(Links(covering)).size > LARGE
    found = cheapest_cover(covering, 400)
    assert found is not None
    assert not found.proven
    assert found.steps < 100
    assert meets(covering, found.chosen)
    start = start_of(covering)
    assert start
    assert cost(covering, found.chosen) <= cost(covering, greedy_cover(*start, 10**6))
    assert cost(covering, greedy_cover(*start, 10**6)) < cost(covering, greedy_cover(*start, 0))


def test_a_large_problem_in_which_all_is_needed_is_proven() -> None:
    count = 300
    needs = tuple(Need(1, ((thing, 1),)) for thing in range(count))
    found = cheapest_cover(Covering((1,) * count, needs, ((),) * count), 400)
    assert found is not None
    assert found.proven
    assert found.chosen == tuple(range(count))


def test_the_last_answers_are_remembered_for_equal_problems_only() -> None:
    cheapest_cover.cache_clear()
    first = cheapest_cover(large(2), 5)
    assert cheapest_cover(large(2), 5) is first
    assert cheapest_cover.cache_info().hits == 1
    cheapest_cover(large(2), 6)
    cheapest_cover(large(3), 5)
    assert cheapest_cover.cache_info().misses == 3
