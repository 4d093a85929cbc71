"""What the plan as a whole says: limits, pins, less capacity, and what a little more would bring."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from pmogen.planning.again import searched_on
from pmogen.planning.check import violations
from pmogen.planning.insight_words import insights_of, sentences, summary, what_helps, what_it_brings
from pmogen.planning.insights import insights
from pmogen.planning.published import publish, published, read, schedule_of
from pmogen.planning.scheduler import room_of, schedule
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated, gaps_and_choice, limit, organisation, plan, service, waves

TWO_GAPS = {"risk": (1, 5, "H"), "cost": (1, 5, "L")}


def found_in(workspace):
    formulation = formulated(workspace)
    value = publish(workspace, *gaps_and_choice(workspace), plan(workspace))
    return insights(formulation.problem, schedule_of(formulation, value))


def with_insights(workspace):
    """The workspace after `pmogen plan`, its plan, and the insights."""
    found = plan(workspace)
    value = publish(workspace, *gaps_and_choice(workspace), found)
    value = value.model_copy(update={"insights": found_in(workspace)})
    return replace(workspace, published=read(published(value))), found, value.insights


SHORT = organisation(
    service("a", {"risk": 1}, days=60),
    service("b", {"cost": 1}, days=10),
    gaps=TWO_GAPS,
    roadmap=waves(1),
)


def test_days_that_let_something_in_have_a_value():
    helps = [(entry.wave, entry.audience, entry.more, Fraction(entry.gain)) for entry in found_in(SHORT).helps]
    assert helps == [("w1", None, 5, 1)]
    assert found_in(SHORT).helps[0].comes_in == ("b",)


def test_points_have_a_value_where_people_are_the_limit_and_days_have_none():
    made = organisation(service("a", asks={"managers": "medium"}), limits=[limit("managers", 2)], roadmap=waves(2))
    found = found_in(made).helps
    assert {entry.audience for entry in found} == {"managers"}
    assert [(entry.wave, entry.more, Fraction(entry.gain)) for entry in found] == [("w1", 1, 6), ("w2", 1, 3)]


def test_nothing_helps_where_everything_launches_at_once():
    assert found_in(organisation(service("a"))).helps == ()


def test_a_pin_has_its_price_and_a_good_one_none():
    services = (service("a", {"risk": 1}, days=60), service("b", {"cost": 1}, days=60))
    held = found_in(organisation(*services, gaps=TWO_GAPS, pins={"b": "w1"})).pins
    assert [(pin.service, pin.wave, Fraction(pin.gain)) for pin in held] == [("b", "w1", 2)]
    good = found_in(organisation(*services, gaps=TWO_GAPS, pins={"a": "w1"})).pins
    assert [Fraction(pin.gain) for pin in good] == [0]


def test_what_falls_out_first_with_a_tenth_less():
    services = (service("a", {"risk": 1}, days=35), service("b", {"cost": 1}, days=30))
    less = found_in(organisation(*services, gaps=TWO_GAPS, roadmap=waves(1))).tenth_less
    assert (less.falls_out, less.slips) == (("b",), ())
    later = found_in(organisation(*services, gaps=TWO_GAPS, roadmap=waves(2))).tenth_less
    assert (later.falls_out, later.slips) == ((), ("b",))


def test_without_limits_decisions_dates_and_prerequisites_still_hold():
    made = organisation(
        service("a", days=999), service("b", days=999, requires=["a"]), service("no"), decided={"no": "decline"}
    )
    assert plan(made).value_waves == 0
    assert Fraction(found_in(made).no_limits) == 3 * 3 + 3 * 2


@settings(max_examples=25, deadline=None)
@given(organisations())
def test_no_answer_claims_that_less_is_more(workspace):
    """Eased limits never make it worse, and larger amounts bring more than smaller ones."""
    found, value = found_in(workspace), plan(workspace).value_waves
    assert Fraction(found.no_limits) >= value
    gains: dict[tuple[str, str | None], Fraction] = {}
    for entry in found.helps:
        assert Fraction(entry.gain) > gains.get((entry.wave, entry.audience), 0)
        gains[entry.wave, entry.audience] = Fraction(entry.gain)
        assert value + Fraction(entry.gain) <= Fraction(found.no_limits)


@settings(max_examples=25, deadline=None)
@given(organisations())
def test_searching_on_breaks_no_rule_and_is_no_worse(workspace):
    problem = formulated(workspace).problem
    known = schedule(problem)
    found = searched_on(problem, known, 500)
    unmet = frozenset(missed.service for missed in known.unmet)
    assert list(violations(problem, found.launches, found.work, unmet)) == []
    assert room_of(problem, found).value() >= room_of(problem, known).value()


@settings(max_examples=20, deadline=None)
@given(organisations())
def test_insights_are_written_read_back_and_said(workspace):
    after, found, value = with_insights(workspace)
    assert after.published.insights == value
    assert all(said.endswith(".") for said in sentences(after, found, value))


REACHED = (
    "The plan brings 75 % of what the same decisions would bring if nothing were scarce, neither the PMO's days nor what "
    "people can take."
)


def test_sentences_can_be_read_aloud():
    after, found, value = with_insights(SHORT)
    assert list(sentences(after, found, value)) == [
        REACHED,
        "With a tenth less capacity of the PMO, A would fall out first.",
        "What the PMO can build sets the pace: if one group of people could take more, that would bring nothing.",
        "5 more person-days for building in Wave 1 would bring 33.3 % more value: B comes in.",
    ]
    assert len(list(summary(after, found, value))) == 3
    assert what_helps(after, value.helps[0]) == "5 more person-days for building in Wave 1"
    assert what_it_brings(after, value.helps[0]) == "B comes in"


def test_insights_hold_for_their_plan_only():
    after, found, value = with_insights(SHORT)
    assert insights_of(after, found) == value
    assert insights_of(SHORT, found) is None
    moved = replace(found, placements=())
    assert insights_of(after, moved) is None


def test_insights_that_name_what_is_not_there_are_passed_over():
    after, found, value = with_insights(SHORT)
    for change in ({"comes_in": ("ghost",)}, {"wave": "w9"}, {"audience": "ghosts"}, {"gain": "much"}, {"gain": "1/0"}):
        wrong = value.model_copy(update={"helps": (value.helps[0].model_copy(update=change),)})
        edited = after.published.model_copy(update={"insights": wrong})
        assert insights_of(replace(after, published=edited), found) is None


def test_where_there_are_too_many_capacities_it_says_so_and_claims_nothing(monkeypatch):
    monkeypatch.setattr("pmogen.planning.insights.CELLS", 0)
    after, found, value = with_insights(SHORT)
    assert (value.helps, value.untried) == ((), 1)
    assert after.published.insights == value
    assert list(summary(after, found, value))[-1].startswith("1 more capacity keeps something out")
