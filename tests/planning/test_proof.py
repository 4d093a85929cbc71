"""How good a plan is, and how that is told: bounds, progress, Ctrl-C, and life without the solver."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from pmogen.model.workspace import Workspace
from pmogen.planning import aims, exact, linear, plan_roadmap
from pmogen.planning.aims import levels_of
from pmogen.planning.columns import Columns
from pmogen.planning.exact import Budget, Progress, available
from pmogen.planning.linear import LIMITS, rows_of
from pmogen.planning.scheduler import schedule
from pmogen.planning.solve import SEARCH, launch_of, score_of, search_of, solve
from pmogen.planning.trial import NOWHERE
from tests.planning.builders import AUDIENCES, formulated, gaps_and_choice, limit, organisation, service, waves
from tests.planning.everything import work_of
from tests.planning.generated import generated
from tests.planning.tiny import cases

ROOT = Path(__file__).parents[2]
needs_solver = pytest.mark.skipif(not available(), reason="highspy, the extra `exact`, is not installed")


def hard() -> Workspace:
    """An organisation whose best plan no single node proves."""
    chance = random.Random(1)
    names = [f"s{number:02}" for number in range(24)]
    aspects = [f"a{number}" for number in range(8)]
    services = [
        service(
            name,
            {aspect: chance.choice([0.4, 1]) for aspect in chance.sample(aspects, 2)},
            days=chance.randrange(5, 45),
            run=chance.choice([0, 0.05, 0.1]),
            asks={chance.choice(AUDIENCES): chance.choice(["low", "medium"])},
            requires=chance.sample(names[:number], min(number, chance.choice([0, 0, 1]))),
        )
        for number, name in enumerate(names)
    ]
    gaps = {aspect: (1, 4, chance.choice("LMH")) for aspect in aspects}
    limits = [limit(audience, 14) for audience in AUDIENCES]
    return organisation(*services, roadmap=waves(4, fte=1.5), gaps=gaps, limits=limits)


@needs_solver
def test_a_single_node_is_enough_for_a_bound():
    found = solve(formulated(hard()).problem, budget=Budget(1))
    assert found.bound is not None
    assert found.reached < found.bound < 1.1 * found.reached
    assert not found.least_effort
    assert not found.unique


@needs_solver
def test_a_plan_that_is_not_proven_says_how_far_it_may_be_from_the_best():
    workspace = hard()
    found = plan_roadmap(workspace, *gaps_and_choice(workspace), budget=Budget(1))
    assert re.fullmatch(r"within \d\.\d % of the best possible", found.proof)


@needs_solver
def test_the_words_proven_optimal_need_value_and_effort():
    workspace = generated(2)
    found = plan_roadmap(workspace, *gaps_and_choice(workspace), budget=Budget())
    assert (found.gap, found.least_effort, found.proof) == (0, True, "proven optimal")
    half = plan_roadmap(workspace, *gaps_and_choice(workspace), budget=Budget(1))
    assert (half.gap, half.least_effort, half.proof) == (0, False, "proven to bring the most")


def test_the_nodes_of_a_brief_proof_shrink_as_the_problem_grows():
    brief = Budget(brief=True)
    sizes = (600, 601, 3_000, 6_000, 10_600, 10_700, 100_000)
    assert [brief.nodes_of(columns) for columns in sizes] == [4_000, 1_000, 1_000, 250, 80, 0, 0]
    assert [brief.only_value(columns) for columns in sizes] == [False, *(True for _more in sizes[1:])]
    assert {Budget().nodes_of(columns) for columns in sizes} == {4_000}
    assert not any(Budget().only_value(columns) for columns in sizes)
    assert Budget(7, brief=True).nodes_of(601) == 7


@needs_solver
def test_a_brief_proof_of_many_services_is_about_the_value_only(monkeypatch):
    problem = formulated(generated(2)).problem
    whole, small = solve(problem, budget=Budget()), solve(problem, budget=Budget(brief=True))
    assert small == whole
    monkeypatch.setattr(exact, "FEW_COLUMNS", 10)
    found = solve(problem, budget=Budget(brief=True))
    assert (found.bound, found.reached) == (whole.bound, whole.reached)
    assert (found.least_effort, found.unique) == (False, False)
    assert (whole.least_effort, whole.unique) == (True, True)


@needs_solver
def test_of_far_too_many_services_nothing_is_proven_in_brief(monkeypatch):
    monkeypatch.setattr(exact, "FEW_COLUMNS", 10)
    monkeypatch.setattr(exact, "FEWEST_NODES", 1_001)
    problem = formulated(generated(2)).problem
    assert solve(problem, budget=Budget(brief=True)) == solve(problem)
    assert solve(problem, budget=Budget()).bound is not None


@needs_solver
def test_progress_closes_in_on_the_value_and_changes_nothing():
    problem, heard = formulated(generated(5)).problem, list[Progress]()
    found = solve(problem, budget=Budget(told=heard.append))
    assert found == solve(problem, budget=Budget())
    assert {entry.stage for entry in heard} >= {"most value", "least effort"}
    assert [entry.best for entry in heard] == sorted(entry.best for entry in heard)
    assert [entry.bound for entry in heard] == sorted((entry.bound for entry in heard), reverse=True)
    assert heard[-1].best == Fraction(found.reached, problem.level_unit)
    assert heard[-1].gap == 0


def test_progress_without_value_has_its_bound_as_gap():
    assert Progress("most value", Fraction(0), Fraction(7), 1).gap == 7


INTERRUPTED = """
import signal
from pmogen.planning.exact import Budget
from pmogen.planning.solve import solve
from tests.planning.test_proof import formulated, hard

def told(progress):
    print(progress.stage, flush=True)

signal.signal(signal.SIGINT, signal.default_int_handler)  # programs that run behind others begin without
found = solve(formulated(hard()).problem, budget=Budget(100_000, told=told))
print("stopped" if found.stopped else "ran through", found.bound >= found.reached)
"""


@needs_solver
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child")
def test_ctrl_c_ends_the_proof_with_the_best_plan_so_far():
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "most value\n"
    child.send_signal(signal.SIGINT)
    told, wrong = child.communicate(timeout=60)
    assert (child.returncode, wrong) == (0, "")
    assert told.splitlines()[-1] == "stopped True"


def test_without_the_solver_there_is_a_plan_and_no_proof():
    script = (
        "import sys; sys.modules['highspy'] = None\n"
        "from pmogen.planning.exact import Budget\nfrom pmogen.planning.solve import solve\n"
        "from tests.planning.test_proof import formulated, hard\n"
        "found = solve(formulated(hard()).problem, budget=Budget(4000)); print(found.engine, found.bound, found.unique, sep='|')"
    )
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert child.stdout.strip() == f"{SEARCH}|None|False"


def solution(columns: Columns, problem, launches: dict[str, int], launch: tuple[int, ...]) -> dict[int, int]:
    """A plan as values of all columns, in whole numbers; work as a plan has it."""
    compact, work = columns.compact, work_of(problem, launches)
    live = [
        sum(1 << problem.by_id[s].index for s, w in launches.items() if w <= n and problem.by_id[s].lifting)
        for n in range(compact.count)
    ]
    run = [sum(problem.by_id[s].run for s, w in launches.items() if w < n) for n in range(compact.count)]
    values = {column: int(NOWHERE != launch[unit] <= wave) for (unit, wave), column in columns.by.items()}
    values |= {column: problem.aspects[gap].closed(live[wave]) for (gap, wave), column in columns.closure.items()}
    values |= {column: compact.room(wave, run[wave]) for wave, column in columns.room.items()}
    days = {problem.by_id[s].index: by_wave for s, by_wave in (work or {}).items()}
    return values | {column: days.get(index, {}).get(wave, 0) for (index, wave), column in columns.work.items()}


def test_no_row_is_stricter_than_the_rules_and_every_level_counts_as_the_search_does():
    for case in cases(60):
        found = schedule(case.problem, case.wishes)
        search = search_of(case.problem, found, case.wishes)
        launch = launch_of(search.compact, found)
        columns = Columns(search.compact, search.aim)
        values = solution(columns, case.problem, dict(found.launches), launch)
        assert all(0 <= number <= columns.upper[column] for column, number in values.items()), case.seed
        for row in rows_of(columns):
            total = sum(factor * values[column] for column, factor in row.terms.items())
            assert row.low is None or total >= row.low, (case.seed, row)
            assert row.high is None or total <= row.high, (case.seed, row)
        for level in levels_of(columns):
            total = sum(factor * values[column] for column, factor in level.terms.items())
            assert total + level.constant == level.reached(score_of(search, launch)), (case.seed, level.name)
            assert total % level.grain == 0


def test_every_constraint_of_the_page_is_one_function_with_its_number():
    table = re.findall(
        r"^\| (\d+) \|.*\| `(\w+)\.(\w+)` \|$", (ROOT / "docs" / "planning.md").read_text(), re.MULTILINE
    )
    assert [int(number) for number, _, _ in table] == list(range(1, len(LIMITS) + 2))
    functions = {"linear": linear, "aims": aims}
    for number, module, name in table:
        assert (getattr(functions[module], name).__doc__ or "").startswith(f"({number}) ")
    assert [name for _, module, name in table if module == "linear"] == [limit.__name__ for limit in LIMITS]
