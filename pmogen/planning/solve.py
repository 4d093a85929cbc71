"""From a problem to a plan that the independent checker has passed: search, then proof when asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from pmogen.language import N_
from pmogen.planning.check import violations
from pmogen.planning.compact import Compact
from pmogen.planning.exact import Budget, prove
from pmogen.planning.problem import Problem
from pmogen.planning.scheduler import Schedule, Wishes, as_schedule, measured_schedule, published_by_unit
from pmogen.planning.search import Aim, Score, Search
from pmogen.planning.trial import NOWHERE

SEARCH = N_("list scheduling and local search")
PROOF = N_("list scheduling and local search, then HiGHS")


@dataclass(frozen=True)
class Solved:
    """A schedule, who found it, and how good it is at least.

    `bound` is what no plan can exceed in value less the cost of moves, in level units; None without a
    proof. `reached` is the same of this plan. `least_effort` is true when no plan of this value takes less,
    `unique` when there is no other plan as good in everything that counts, `stopped` when a person ended the proof.
    """

    schedule: Schedule
    engine: str
    reached: int
    bound: int | None = None
    least_effort: bool = False
    unique: bool = False
    stopped: bool = False


def solve(
    problem: Problem,
    wishes: Wishes | None = None,
    budget: Budget | None = None,
) -> Solved:
    """The best plan known; with a budget the solver searches for a better one and for a bound.

    What the solver finds counts only when it is strictly better and breaks no rule.
    """
    wishes = wishes or Wishes()
    published = tuple(sorted(wishes.published.items(), key=lambda entry: entry[0]))
    found, reached = _scheduled(without_words(problem), published, wishes.a_move, wishes.steps)
    if budget is None:
        return Solved(found, SEARCH, reached)
    search = search_of(problem, found, wishes)
    launch = launch_of(search.compact, found)
    score = score_of(search, launch)

    def as_found(waves: tuple[int, ...]) -> Schedule:
        return as_schedule(search.compact, waves, found.unmet, found.kept)

    def holds(waves: tuple[int, ...]) -> bool:
        candidate = as_found(waves)
        return not violations(problem, candidate.launches, candidate.work, search.compact.unmet)

    proof = prove(search.compact, search.aim, launch, budget, holds)
    if proof is None:
        return Solved(found, SEARCH, score[1])
    if proof.launch != launch:
        found, score = as_found(proof.launch), score_of(search, proof.launch)
    sure = score[0] == 0
    return Solved(
        found,
        PROOF,
        score[1],
        proof.bound if sure else None,
        proof.least_effort and sure,
        proof.unique and sure,
        proof.stopped,
    )


@lru_cache(maxsize=4)
def _scheduled(
    problem: Problem, published: tuple[tuple[str, int | None], ...], a_move: int, steps: int | None
) -> tuple[Schedule, int]:
    """The schedule and its value; the last few are remembered, as most edits of a workspace change no problem."""
    return measured_schedule(problem, Wishes(dict(published), a_move, steps))


def without_words(problem: Problem) -> Problem:
    """The problem without names and reasons: the search knows nothing of them, so that it is the same in all languages."""
    return replace(
        problem,
        waves=tuple(replace(wave, name="") for wave in problem.waves),
        audiences=tuple(
            replace(people, name="", black_out=tuple(None if why is None else "" for why in people.black_out))
            for people in problem.audiences
        ),
        roles=tuple(replace(role, name="") for role in problem.roles),
    )


def search_of(problem: Problem, found: Schedule, wishes: Wishes) -> Search:
    """The search whose scores the schedule is measured by."""
    compact = Compact(problem, frozenset(missed.service for missed in found.unmet))
    kept = frozenset(compact.unit_of(service) for service in found.kept)
    published = published_by_unit(compact, wishes.published)
    return Search(compact, Aim(tuple(range(len(compact.units))), kept, published, wishes.a_move * problem.level_unit))


def launch_of(compact: Compact, found: Schedule) -> tuple[int, ...]:
    """Waves by unit of a schedule."""
    return tuple(found.launches.get(unit.members[0].id, NOWHERE) for unit in compact.units)


def score_of(search: Search, launch: tuple[int, ...]) -> Score:
    """How good these waves are."""
    search.load(launch)
    return search.score()
