"""A proven plan is the only one: neither the order of the input nor the solver can change it."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest
from pydantic import BaseModel

from pmogen.model.workspace import Workspace
from pmogen.planning import plan_roadmap
from pmogen.planning.exact import Budget, available
from pmogen.planning.published import publish, published
from pmogen.planning.solve import solve
from pmogen.planning.uniqueness import STRENGTH, preference
from tests.planning.builders import formulated, gaps_and_choice, organisation, service, waves
from tests.planning.tiny import cases
from tests.workspaces import example

pytestmark = pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")


def text_of(workspace: Workspace) -> str:
    """content/plan.yml of a workspace, proven."""
    gaps, choice = gaps_and_choice(workspace)
    return published(publish(workspace, gaps, choice, plan_roadmap(workspace, gaps, choice, budget=Budget())))


@cache
def text_of_example() -> str:
    return text_of(example())


def shuffled(value, chance: random.Random):
    """The same with every list of entries in another order; lists whose order means something are left alone."""
    if isinstance(value, BaseModel):
        kept = {"levels", "steps", "waves"}
        return value.model_copy(
            update={name: shuffled(part, chance) for name, part in value if name not in kept and part is not None}
        )
    if isinstance(value, tuple) and all(isinstance(part, BaseModel) for part in value):
        return tuple(chance.sample([shuffled(part, chance) for part in value], len(value)))
    return value


@pytest.mark.parametrize("seed", [1, 2])
def test_the_proven_example_is_the_same_byte_for_byte_with_its_lists_in_another_order(seed):
    chance = random.Random(seed)
    same = example()
    other = replace(
        same,
        **{name: shuffled(getattr(same, name), chance) for name in ("catalogue", "foundation", "decisions", "roadmap")},
    )
    assert [entry.id for entry in other.catalogue.services] != [entry.id for entry in same.catalogue.services]
    assert "unique: true" in text_of_example()
    assert text_of(other) == text_of_example()


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_the_proven_example_is_the_same_byte_for_byte_under_another_hash_seed(hash_seed):
    script = (
        "import hashlib\nfrom tests.planning.test_unique import example, text_of\n"
        "print(hashlib.sha256(text_of(example()).encode()).hexdigest())"
    )
    child = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout.strip() == hashlib.sha256(text_of_example().encode()).hexdigest()


def twins(count: int):
    """So many services that differ in nothing but their names, and room for half of them."""
    made = (service(f"s{number}", {"risk": 0.4}, days=30) for number in range(count))
    return formulated(organisation(*made, roadmap=waves(2, fte=1), capacity={"build_share": 0.5})).problem


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_seeds_of_the_solver_give_the_same_plan_where_many_are_equally_good(seed):
    problem = twins(8)
    first, other = solve(problem, budget=Budget()), solve(problem, budget=Budget(seed=seed))
    assert first.unique
    assert first == other


def test_where_the_search_begins_does_not_matter_once_a_plan_is_proven():
    differently_searched = 0
    for case in cases(40):
        found = solve(case.problem, case.wishes, budget=Budget())
        hasty = solve(case.problem, replace(case.wishes, steps=1), budget=Budget())
        if found.schedule.kept != hasty.schedule.kept:
            continue
        differently_searched += 1
        assert found.unique
        assert found.schedule == hasty.schedule, case.seed
    assert differently_searched > 30


def test_preferences_depend_on_the_ids_alone():
    known = {(name, in_wave): preference(name, in_wave) for name in ("risk-log", "charter") for in_wave in ("w1", "w2")}
    assert known == {
        ("risk-log", "w1"): 587,
        ("risk-log", "w2"): 900,
        ("charter", "w1"): 365,
        ("charter", "w2"): 576,
    }
    assert max(known.values()) <= STRENGTH


def test_a_second_plan_that_is_as_good_in_everything_is_no_secret(monkeypatch):
    """Without preferences twins can be swapped."""
    problem = twins(4)
    assert solve(problem, budget=Budget()).unique
    monkeypatch.setattr("pmogen.planning.compact.preference", lambda _service, _wave: 1)
    found = solve(problem, budget=Budget())
    assert found.least_effort
    assert not found.unique
