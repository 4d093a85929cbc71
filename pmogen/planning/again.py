"""Planning again beside a plan that is known: few moves, and never to a worse plan within limits that are no tighter.

Here a move costs next to nothing (the smallest unit of value for every wave), so that of plans that are worth the same
the one with fewer moves is taken.
"""

from __future__ import annotations

from collections.abc import Mapping

from pmogen.planning.building import distribute
from pmogen.planning.check import violations
from pmogen.planning.compact import Compact
from pmogen.planning.problem import Problem
from pmogen.planning.ruin import Ruin
from pmogen.planning.scheduler import Schedule, as_schedule, published_by_unit
from pmogen.planning.search import Aim, Search, Solution
from pmogen.planning.solve import launch_of, score_of

A_MOVE = 1


def nearest(problem: Problem, found: Schedule, launches: Mapping[str, int | None]) -> Schedule:
    """What was found without moves that bring nothing; or the known launches where they hold too and are no worse."""
    search = _search(problem, found, launches)
    starts = [_start(search, found)]
    known = _as_it_stands(problem, launches, found)
    if known is not None:
        starts.append(_start(search, known))
    return _as_schedule(search, max((search.polished(s) for s in starts), key=lambda s: s.score), starts[0], found)


def searched_on(problem: Problem, known: Schedule, steps: int) -> Schedule:
    """The best plan found from a known one that breaks no rule of the problem; that itself when nothing is better."""
    search = _search(problem, known, dict(known.launches))
    start = _start(search, known)
    best = search.polished(Ruin(search, 1).improved(search.polished(start), steps))
    return _as_schedule(search, best, start, known)


def _search(problem: Problem, found: Schedule, launches: Mapping[str, int | None]) -> Search:
    compact = Compact(problem, frozenset(missed.service for missed in found.unmet))
    kept = frozenset(compact.unit_of(service) for service in found.kept)
    published = published_by_unit(compact, launches)
    return Search(compact, Aim(tuple(range(len(compact.units))), kept, published, A_MOVE))


def _start(search: Search, known: Schedule) -> Solution:
    launch = launch_of(search.compact, known)
    return Solution(score_of(search, launch), launch)


def _as_schedule(search: Search, best: Solution, start: Solution, found: Schedule) -> Schedule:
    """The best solution as a schedule that the checker has passed; what it began with when it is no better."""
    if best.score <= start.score:
        return found
    better = as_schedule(search.compact, best.launch, found.unmet, found.kept)
    wrong = violations(search.compact.problem, better.launches, better.work, search.compact.unmet)
    return found if wrong else better


def _as_it_stands(problem: Problem, launches: Mapping[str, int | None], found: Schedule) -> Schedule | None:
    """The launches as a schedule of the problem; None when they break one of its rules."""
    history = {service.id: service.launched for service in problem.services if service.launched is not None}
    planned = {service: wave for service, wave in launches.items() if wave is not None}
    if not planned.keys() <= problem.by_id.keys():
        return None
    everything = dict(sorted((planned | history).items()))
    known = Schedule(everything, distribute(problem, everything), found.unmet, found.kept & everything.keys())
    unmet = frozenset(missed.service for missed in found.unmet)
    return None if violations(problem, known.launches, known.work, unmet) else known
