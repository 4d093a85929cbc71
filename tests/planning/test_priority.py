"""In which order services are tried."""

from __future__ import annotations

import pytest

from pmogen.planning.compact import Compact
from pmogen.planning.priority import RULES, Rule, in_days, in_shares, order_by
from tests.planning.builders import NOTHING, formulated, organisation, service

RATIO = Rule(1, in_days)
TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}


def order(workspace, rule=RATIO):
    compact = Compact(formulated(workspace).problem)
    closing = [unit.index for unit in compact.units if unit.wanted]
    kept = frozenset(unit.index for unit in compact.units if unit.offered)
    return [compact.units[number].members[0].id for number in order_by(compact, rule, closing, kept)]


@pytest.mark.parametrize("rule", [RATIO, Rule(1, in_shares)])
@pytest.mark.parametrize(
    "dear",
    [
        service("a-dear", days=30, asks={"managers": "low"}),
        service("a-dear", days=10, run=0.3, asks={"managers": "low"}),
        service("a-dear", days=10, asks={"managers": "high"}),
    ],
    ids=["building", "running", "change"],
)
def test_of_two_with_the_same_closure_the_one_that_takes_less_comes_first(rule, dear):
    assert order(organisation(dear, service("cheap", days=10, asks={"managers": "low"})), rule) == ["cheap", "a-dear"]


def test_closure_counts_by_the_priority_of_the_gap():
    made = organisation(service("a", {"cost": 1}), service("b", {"risk": 1}), gaps=TWO_GAPS)
    assert order(made) == ["b", "a"]


def test_closure_that_others_have_taken_counts_no_more():
    services = (service("a", {"risk": 1}), service("b", {"risk": 0.9}), service("c", {"cost": 1}))
    assert order(organisation(*services, gaps={"risk": (1, 2, "H"), "cost": (1, 2, "L")})) == ["a", "c", "b"]


def test_missing_prerequisites_count_on_both_sides():
    made = organisation(
        service("great", {"risk": 3}, days=5, requires=["base"]),
        service("base", NOTHING, days=60),
        service("dear", {"risk": 1}, days=50),
        service("cheap", {"risk": 1}, days=5),
    )
    assert order(made) == ["cheap", "great", "dear"]


def test_size_counts_more_in_some_rules():
    made = organisation(service("great", {"risk": 3}, days=60), service("small", {"risk": 1}, days=5))
    assert order(made, Rule(1, in_days)) == ["small", "great"]
    assert order(made, Rule(4, in_days)) == ["great", "small"]


def test_what_is_kept_comes_first_in_every_rule_and_ties_go_by_id():
    made = organisation(service("b"), service("a"), service("z", {"risk": 0.1}), decided={"z": "offer"})
    assert {tuple(order(made, rule)) for rule in RULES} == {("z", "a", "b")}
