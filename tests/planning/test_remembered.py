"""The search runs again only when the problem is another one: names, reasons and texts change no problem."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pmogen.analysis import covering
from pmogen.planning import solve as solving
from pmogen.planning.scheduler import Wishes, measured_schedule, room_of
from pmogen.planning.solve import solve, without_words
from pmogen.playbook import compute
from tests.planning.builders import formulated, limit, organisation, service, waves


@pytest.fixture
def searched(monkeypatch):
    """Problems that were really searched."""
    found = []

    def watched(problem, wishes):
        found.append(problem)
        return measured_schedule(problem, wishes)

    monkeypatch.setattr(solving, "measured_schedule", watched)
    solving._scheduled.cache_clear()
    yield found
    solving._scheduled.cache_clear()


def office(**changes):
    """Three services, two of them in need of the managers, who are busy in the first wave."""
    return organisation(
        service("a", {"risk": 1}, asks={"managers": "high"}),
        service("b", {"risk": 2}, requires=["a"]),
        service("c", {"risk": 1}, asks={"managers": "medium"}),
        roadmap=waves(3, fte=0.4),
        limits=[limit("managers", black_outs={"w1": "Merger"})],
        **changes,
    )


def renamed(made):
    """The same office with other words everywhere."""
    catalogue = made.catalogue
    services = tuple(
        s.model_copy(update={"name": f"New {s.name}", "description": "Other."}) for s in catalogue.services
    )
    people = tuple(a.model_copy(update={"name": "Bosses"}) for a in catalogue.audiences)
    roadmap = made.roadmap.model_copy(
        update={
            "waves": tuple(w.model_copy(update={"name": f"Term {w.id}"}) for w in made.roadmap.waves),
            "audiences": (limit("managers", black_outs={"w1": "Moving house"}),),
        }
    )
    return replace(
        made, catalogue=catalogue.model_copy(update={"services": services, "audiences": people}), roadmap=roadmap
    )


def problem_of(made):
    return formulated(made).problem


def test_the_same_problem_is_searched_once(searched):
    first = solve(problem_of(office()))
    assert solve(problem_of(office())) == first
    assert len(searched) == 1


def test_what_is_remembered_is_what_a_search_finds(searched):
    problem = problem_of(office())
    solve(problem)
    again = solve(problem)
    assert (again.schedule, again.reached) == measured_schedule(problem, Wishes())
    assert len(searched) == 1


def test_other_words_need_no_search_and_are_told_all_the_same(searched):
    before, after = compute(office()), compute(renamed(office()))
    assert len(searched) == 1
    assert [p.wave for p in before.plan.placements] == [p.wave for p in after.plan.placements]
    assert "Moving house" in str(after.plan)
    assert "Merger" not in str(after.plan)


@pytest.mark.parametrize("wish", [Wishes(a_move=9), Wishes({"a": 2}), Wishes({"a": None}), Wishes(steps=10)])
def test_another_wish_is_another_search(searched, wish):
    problem = problem_of(office())
    solve(problem)
    found = solve(problem, wish)
    assert len(searched) == 2
    assert found.schedule == measured_schedule(problem, wish)[0]


def test_any_other_limit_is_another_search(searched):
    problem = problem_of(office())
    wave, people, gap, first = problem.waves[0], problem.audiences[0], problem.aspects[0], problem.services[0]
    others = (
        replace(problem, waves=(replace(wave, fte=wave.fte + 1), *problem.waves[1:])),
        replace(problem, audiences=(replace(people, black_out=(None,) * 3), *problem.audiences[1:])),
        replace(problem, aspects=(replace(gap, weight=gap.weight + 1), *problem.aspects[1:])),
        replace(problem, services=(replace(first, days=first.days + 1), *problem.services[1:])),
        replace(problem, build_waves=2),
        replace(problem, high_per_wave=7),
        replace(problem, together=(("a", "c"),)),
        replace(problem, alternatives=(("a", "c"),)),
    )
    for number, other in enumerate(others, 1):
        assert solve(other).schedule == measured_schedule(other, Wishes())[0]
        assert len(searched) == number


def test_without_words_only_words_are_gone():
    problem = problem_of(office())
    bare = without_words(problem)
    assert (bare.services, bare.aspects) == (problem.services, problem.aspects)
    assert [a.black_out for a in bare.audiences if a.id == "managers"] == [("", None, None)]
    assert measured_schedule(bare, Wishes()) == measured_schedule(problem, Wishes())


def test_the_view_without_limits_is_searched_once_for_the_same_numbers():
    covering.cheapest_cover.cache_clear()
    first = compute(office()).no_limits
    assert compute(renamed(office())).no_limits == first
    assert covering.cheapest_cover.cache_info().misses == 1


def test_a_room_asks_anew_where_a_service_fits_once_something_has_changed():
    problem = problem_of(organisation(service("a", days=20), service("b", days=20), roadmap=waves(2, fte=0.4)))
    room = room_of(problem, replace(solve(problem).schedule, launches={}))
    a, b = problem.services
    assert room.earliest(a) == room.earliest(a) == 0
    room.launch(b, 0)
    assert room.earliest(a) == 1
    assert room.copy().earliest(a) == 1
    room.withdraw(b)
    assert room.earliest(a) == 0


def test_a_service_helps_in_the_waves_in_which_it_gains_something():
    made = organisation(service("a", up_to=3), service("b", {"risk": 4}), roadmap=waves(3, fte=0.2))
    problem = problem_of(made)
    room = room_of(problem, replace(solve(problem).schedule, launches={"b": 1}))
    a = problem.by_id["a"]
    assert room.helping(a) == tuple(wave for wave in problem.open_waves if room.gain(a, wave)) == (0,)
