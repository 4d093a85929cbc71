"""From a problem to a plan that the independent checker has passed: search, then proof when asked for."""

from __future__ import annotations

from dataclasses import dataclass

from pmogen.planning.check import violations
from pmogen.planning.compact import Compact
from pmogen.planning.exact import Proof, prove
from pmogen.planning.problem import Problem
from pmogen.planning.scheduler import Schedule, Wishes, as_schedule, published_by_unit, schedule
from pmogen.planning.search import Aim, Score, Search
from pmogen.planning.trial import NOWHERE

SEARCH = "list scheduling and local search"
PROOF = "list scheduling and local search, then HiGHS"


@dataclass(frozen=True)
class Solved:
    """A schedule, who found it, and how good it is at least.

    `bound` is what no plan can exceed in value less the cost of moves, in level units; None without a
    proof. `reached` is the same of this plan. `least_effort` is true when no plan of this value takes less.
    """

    schedule: Schedule
    engine: str
    reached: int
    bound: int | None = None
    least_effort: bool = False


def solve(problem: Problem, wishes: Wishes | None = None, nodes: int = 0) -> Solved:
    """The best plan known; with `nodes` the solver searches so many nodes for a better one and for a bound.

    What the solver finds counts only when it is strictly better and breaks no rule.
    """
    wishes = wishes or Wishes()
    found = schedule(problem, wishes)
    search = search_of(problem, found, wishes)
    launch = launch_of(search.compact, found)
    score = score_of(search, launch)
    proof = prove(search.compact, search.aim, launch, nodes) if nodes > 0 else None
    if proof is None:
        return Solved(found, SEARCH, score[1])
    better = score_of(search, proof.launch)
    if better > score:
        candidate = as_schedule(search.compact, proof.launch, found.unmet, found.kept)
        if not violations(problem, candidate.launches, candidate.work, search.compact.unmet):
            found, score = candidate, better
    return Solved(found, PROOF, score[1], _bound(proof, score), proof.least_effort and score >= better)


def _bound(proof: Proof, score: Score) -> int | None:
    """The bound where all that is kept launches; it says nothing about plans in which some of it does not."""
    return max(proof.bound, score[1]) if score[0] == 0 else None


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
