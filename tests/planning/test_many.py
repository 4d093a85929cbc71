"""Plans of many services: found soon, valid, the same every time, and hardly worse than with all the time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.planning_sizes import generated
from pmogen.planning import scheduler
from pmogen.planning.check import violations
from pmogen.planning.ruin import Ruin
from pmogen.planning.scheduler import MANY, STEPS_OF_MANY, STEPS_OF_ONE, WALKS, Wishes, measured_schedule, schedule


@pytest.fixture(scope="module")
def many():
    """Two hundred services for eight waves, of which about half fit, every tenth of them offered."""
    problem = generated(200, 8, 1)
    services = (replace(s, rank="proposed" if s.index % 10 else "offered") for s in problem.services)
    return replace(problem, services=tuple(services))


@pytest.fixture
def searches(monkeypatch):
    """Steps of every long search, all of them made in this process."""
    monkeypatch.setenv("PMOGEN_JOBS", "1")
    found = []
    improved = Ruin.improved

    def watched(self, start, steps):
        found.append(steps)
        return improved(self, start, min(steps, 500))

    monkeypatch.setattr(Ruin, "improved", watched)
    return found


def test_a_plan_of_many_services_breaks_no_rule_and_is_the_same_every_time(many):
    found = schedule(many)
    assert not violations(many, found.launches, found.work)
    assert schedule(many) == found
    assert found.kept
    assert found.kept <= found.launches.keys()


def test_a_short_search_comes_near_to_what_all_the_steps_find(many):
    _, soon = measured_schedule(many, Wishes())
    _, late = measured_schedule(many, Wishes(steps=1_000_000))
    assert soon >= late * 97 // 100


def test_the_more_units_the_fewer_steps(searches):
    for count in (200, 400):
        schedule(generated(count, 8, 1))
    assert searches == [STEPS_OF_MANY * 64 // 200, STEPS_OF_MANY * 64 // 400]


def test_there_is_an_end_to_the_steps_of_many_waves(searches):
    schedule(generated(200, 30, 1))
    assert searches == [500_000]


def test_all_the_steps_are_shared_by_searches_from_different_plans(searches):
    schedule(generated(MANY, 8, 1))
    assert searches == pytest.approx([1_000_000 // WALKS] * WALKS, rel=0.05)


def test_a_smaller_budget_is_for_one_search(searches):
    schedule(generated(70, 8, 1))
    assert max(searches) > STEPS_OF_ONE // WALKS


@pytest.mark.parametrize("jobs", ["2", "3", "5"])
def test_the_plan_is_the_same_on_any_number_of_cores(monkeypatch, jobs):
    monkeypatch.setattr(scheduler, "STEPS_OF_ONE", 20_000)
    monkeypatch.setattr(scheduler, "STEPS", 40_000)
    problem = generated(60, 6, 1)
    monkeypatch.setenv("PMOGEN_JOBS", "1")
    alone = measured_schedule(problem, Wishes())
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setenv("PMOGEN_JOBS", jobs)
    assert measured_schedule(problem, Wishes()) == alone


def test_many_units_in_few_waves_are_searched_as_before(searches):
    schedule(generated(200, 1, 1))
    assert max(searches) > STEPS_OF_MANY // 200


def test_so_many_steps_as_are_wished_are_taken(many, searches):
    schedule(many, Wishes(steps=100_000))
    assert sum(searches) > 50_000


def test_many_published_services_stay_where_they_were_where_a_move_costs_much(many):
    before = schedule(many)
    published = {service.id: before.launches.get(service.id) for service in many.services}
    after = schedule(many, Wishes(published, a_move=1000))
    assert after.launches == before.launches
