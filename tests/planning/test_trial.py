"""What the search believes of a plan is what the judge and the plain formulas say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.planning.building import distribute
from pmogen.planning.check import violations
from pmogen.planning.compact import Compact
from pmogen.planning.packing import Fields
from pmogen.planning.score import NOWHERE, Aim
from pmogen.planning.search import Search
from tests.planning.any_organisation import organisations
from tests.planning.builders import formulated

PLENTY = settings(max_examples=150, deadline=None)
CHOICES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=12)


def searching(workspace, published=()):
    problem = formulated(workspace).problem
    pinned = frozenset(service.id for service in problem.services)
    compact = Compact(problem, pinned)
    everything = tuple(range(len(compact.units)))
    known = {unit: wave % (compact.count + 1) - 1 for unit, wave in published if unit < len(everything)}
    return Search(compact, Aim(everything, frozenset(everything[::2]), known, 3)), pinned


def launched(search):
    history = {s.id: s.launched for s in search.compact.problem.services if s.launched is not None}
    planned = {
        member.id: search.trial.launch[unit.index]
        for unit in search.trial.units
        for member in unit.members
        if search.trial.launch[unit.index] != NOWHERE
    }
    return history | planned


def judged(search, pinned):
    launches = launched(search)
    return violations(search.compact.problem, launches, distribute(search.compact.problem, launches), pinned)


@PLENTY
@given(organisations(), CHOICES)
def test_a_launch_fits_exactly_when_the_judge_has_no_objection(workspace, choices):
    search, pinned = searching(workspace)
    trial = search.trial
    for number, wish in choices:
        units = [unit for unit in trial.units if unit.waves and trial.launch[unit.index] == NOWHERE]
        if not units:
            break
        unit = units[number % len(units)]
        wave = unit.waves[wish % len(unit.waves)]
        if not trial.ready(unit) <= wave <= trial.due(unit):
            continue
        fits = trial.fits(unit, wave)
        trial.place(unit, wave)
        assert fits == (judged(search, pinned) == ())
        if not fits:
            trial.remove(unit)


@PLENTY
@given(organisations(), CHOICES)
def test_the_earliest_wave_is_the_first_that_fits(workspace, choices):
    search, _ = searching(workspace)
    trial = search.trial
    for number, after in choices:
        unit = trial.units[number % len(trial.units)] if trial.units else None
        if unit is None or trial.launch[unit.index] != NOWHERE:
            continue
        first, last = max(trial.ready(unit), after % trial.compact.count), trial.due(unit)
        fitting = [wave for wave in unit.waves if first <= wave <= last and trial.fits(unit, wave)]
        found = trial.earliest(unit, after % trial.compact.count)
        assert found == (fitting[0] if fitting else NOWHERE)
        if fitting:
            trial.place(unit, found)


@PLENTY
@given(organisations(), CHOICES, CHOICES)
def test_every_change_is_undone_by_its_opposite_and_the_two_levels_rank_as_the_score_does(
    workspace, choices, published
):
    search, _ = searching(workspace, published)
    trial = search.trial
    seen = [(search.score(), trial.worth)]
    for number, wish in choices:
        units = [unit for unit in trial.units if unit.waves]
        if not units:
            break
        unit = units[number % len(units)]
        before, saved = (trial.worth, tuple(trial.launch), trial.closure()), trial.save()
        if trial.launch[unit.index] == NOWHERE:
            trial.place(unit, unit.waves[wish % len(unit.waves)])
        else:
            trial.place(unit, trial.remove(unit))
            assert (trial.worth, tuple(trial.launch), trial.closure()) == before
            trial.remove(unit)
        seen.append((search.score(), trial.worth))
        if wish % 2:
            trial.restore(saved)
            assert (trial.worth, tuple(trial.launch), trial.closure()) == before
    for score, worth in seen:
        assert all((score < other) == (worth < other_worth) for other, other_worth in seen)


@PLENTY
@given(organisations(), CHOICES)
def test_closure_is_that_of_the_gaps_summed_over_the_waves(workspace, choices):
    search, _ = searching(workspace)
    trial, problem = search.trial, search.compact.problem
    for number, wish in choices:
        unit = trial.units[number % len(trial.units)] if trial.units else None
        if unit is not None and unit.waves and trial.launch[unit.index] == NOWHERE:
            trial.place(unit, unit.waves[wish % len(unit.waves)])
    live = [
        sum(
            1 << problem.by_id[s].index
            for s, launch in launched(search).items()
            if launch <= wave and problem.by_id[s].lifting
        )
        for wave in range(len(problem.waves))
    ]
    assert trial.closure() == sum(gap.weight * gap.closed(now) for gap in problem.aspects for now in live)


@given(st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 40)), min_size=1, max_size=12))
def test_packed_capacities_are_compared_one_by_one(amounts):
    fields = Fields(len(amounts), 40)
    free, asked = fields.free([free for free, _ in amounts]), fields.packed([asked for _, asked in amounts])
    enough = all(asked <= max(0, free) for free, asked in amounts)
    assert ((free - asked) & fields.guard == fields.guard) == enough
    assert (fields.plenty - asked) & fields.guard == fields.guard
