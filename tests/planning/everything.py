"""Every plan of a tiny problem, tried out: the best one without any cleverness.

Written from docs/planning.md; shares nothing with the engine but the values of a problem and what history built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import product

from pmogen.planning.building import history_work
from pmogen.planning.check import violations
from pmogen.planning.problem import AspectGap, PlanService, Problem

Launches = dict[str, int]


@dataclass(frozen=True)
class Best:
    """The best plan of all and its score; `equals` says how many reach it."""

    score: tuple[int, ...]
    launches: Launches
    equals: int


def best_of_all(
    problem: Problem,
    kept: frozenset[str] = frozenset(),
    unmet: frozenset[str] = frozenset(),
    published: Mapping[str, int | None] | None = None,
    a_move: int = 0,
) -> Best:
    """The best plan that the judge accepts and that launches what is kept; history counts as it happened."""
    scorer = Scorer(problem, published or {}, a_move)
    scored = [(scorer.score(launches), launches) for launches in _plans(problem, kept, unmet)]
    scored.sort(key=lambda entry: entry[0], reverse=True)
    best: tuple[int, ...] | None = None
    found: list[Launches] = []
    for score, launches in scored:
        if best is not None and score < best:
            break
        work = work_of(problem, launches)
        if work is not None and not violations(problem, launches, work, unmet):
            best = score
            found.append(launches)
    assert best is not None, "not even history holds"
    return Best(best, found[0], len(found))


def _plans(problem: Problem, kept: frozenset[str], unmet: frozenset[str]) -> Iterator[Launches]:
    """All plans that dates, company, prerequisites and points allow; the judge looks at the rest."""
    history = {s.id: s.launched for s in problem.services if s.launched is not None}
    groups = groups_of(problem)
    must = [any(m.id in kept or (m.latest is not None and m.id not in unmet) for m in group) for group in groups]
    choices = [
        [
            *([] if needed else [None]),
            *(w for w in problem.open_waves if all(_may(problem, m, w, unmet) for m in group)),
        ]
        for group, needed in zip(groups, must, strict=True)
    ]
    room = [a.capacity[w] - a.background[w] for a in problem.audiences for w in range(len(problem.waves))]
    for waves in product(*choices):
        launches = dict(history)
        for group, wave in zip(groups, waves, strict=True):
            if wave is not None:
                launches |= {member.id: wave for member in group}
        if _in_order(problem, launches, history) and _bearable(problem, launches, room):
            yield launches


def groups_of(problem: Problem) -> list[list[PlanService]]:
    """What launches together, each by id."""
    groups = [{s.id} for s in problem.services if s.launched is None]
    for together in problem.together:
        joined = [group for group in groups if group & set(together)]
        groups = [group for group in groups if not group & set(together)]
        groups += [set().union(*joined)] if joined else []
    return sorted(([problem.by_id[s] for s in sorted(group)] for group in groups), key=lambda group: group[0].id)


def _may(problem: Problem, service: PlanService, wave: int, unmet: frozenset[str]) -> bool:
    wished = service.pin in (None, wave) and (service.deadline is None or wave <= service.deadline)
    free = all(problem.audiences[ask.audience].black_out[wave] is None for ask in service.asks)
    return (wished or service.id in unmet) and free and wave >= service.not_before


def _in_order(problem: Problem, launches: Launches, history: Launches) -> bool:
    for name in launches.keys() - history.keys():
        for need in problem.by_id[name].requires:
            if need.service not in launches or launches[need.service] + need.lag > launches[name]:
                return False
    live = [[name for name in group if name in launches] for group in problem.alternatives]
    return all(len(group) < 2 or history.keys() >= set(group) for group in live)


def _bearable(problem: Problem, launches: Launches, room: list[int]) -> bool:
    """A quick look at the points of launch waves alone."""
    count = len(problem.waves)
    taken = [0] * len(room)
    new: set[int] = set()
    for name, wave in launches.items():
        service = problem.by_id[name]
        for ask in service.asks:
            cell = ask.audience * count + wave
            taken[cell] += ask.points
            if wave + 1 < count:
                taken[cell + 1] += ask.tail
            if service.launched is None and ask.points:
                new.add(cell)
    return all(taken[cell] <= room[cell] for cell in new)


def work_of(problem: Problem, launches: Launches) -> dict[str, dict[int, int]] | None:
    """Days by service and wave, or None when there is no room: earliest launches first, or by the rule for roles."""
    work = history_work(problem)
    free = []
    for number, limits in enumerate(problem.waves):
        runs = sum(problem.by_id[name].run for name, wave in launches.items() if wave < number)
        most = min(limits.build_cap, max(0, limits.fte - runs) * limits.working_days // 100)
        past = limits.spent + sum(days.get(number, 0) for days in work.values())
        free.append(max(0, most + limits.extra_days - past) if limits.open else 0)
    new = [problem.by_id[name] for name in launches if problem.by_id[name].launched is None]
    if problem.roles:
        built = _by_role(problem, launches, new, free)
        return None if built is None else work | built
    left = {service.id: service.days for service in new}
    work |= {service.id: {} for service in new}
    for number in range(len(free)):
        for service in sorted(new, key=lambda service: launches[service.id]):
            days = min(left[service.id], free[number])
            if days and launches[service.id] - problem.build_waves < number <= launches[service.id]:
                work[service.id][number] = days
                left[service.id] -= days
                free[number] -= days
    return None if any(left.values()) else work


def _by_role(
    problem: Problem, launches: Launches, new: list[PlanService], free: list[int]
) -> dict[str, dict[int, int]] | None:
    """From the last wave to the first, the latest launches first, then by id; equal parts to each role."""
    left = {service.id: service.days for service in new}
    work: dict[str, dict[int, int]] = {service.id: {} for service in new}
    for number in reversed(range(len(free))):
        spare = {
            n: Fraction(role.days[number]) for n, role in enumerate(problem.roles) if role.days[number] is not None
        }
        for service in sorted(new, key=lambda service: (-launches[service.id], service.id)):
            if not launches[service.id] - problem.build_waves < number <= launches[service.id]:
                continue
            most = [int(spare[role] * len(service.roles)) for role in service.roles if role in spare]
            days = min(left[service.id], free[number], *most)
            if days:
                work[service.id][number] = days
                left[service.id] -= days
                free[number] -= days
            for role in service.roles:
                if role in spare:
                    spare[role] -= Fraction(days, len(service.roles))
    return None if any(left.values()) else work


class Scorer:
    """What plans are worth: value less moves, effort, launches, quick wins, and what settles ties."""

    def __init__(self, problem: Problem, published: Mapping[str, int | None], a_move: int) -> None:
        self.problem = problem
        self.groups = groups_of(problem)
        self.known: dict[int, int] = {}
        self.a_move = a_move
        self.published = [next(((s.id, published[s.id]) for s in g if s.id in published), None) for g in self.groups]

    def score(self, launches: Launches) -> tuple[int, ...]:
        """In the order in which it counts; greater is better."""
        problem, count = self.problem, len(self.problem.waves)
        value = sum(self._closed(self._live(launches, number)) for number in range(count))
        moves = effort = quick = preference = launched = 0
        for group, was in zip(self.groups, self.published, strict=True):
            wave = launches.get(group[0].id)
            if was is not None and was[1] != wave:
                moves += count if None in (wave, was[1]) else abs(wave - was[1])
            if wave is None:
                continue
            launched += 1
            quick += wave == problem.open_waves[0] and all(member.quick for member in group)
            for member in group:
                effort += member.days * 100 + member.run * sum(w.working_days for w in problem.waves[wave + 1 :])
                digest = sha256(f"{member.id}\n{problem.waves[wave].id}".encode()).digest()
                preference += 1 + int.from_bytes(digest[:8], "big") % 1000
        return value - self.a_move * moves, -effort, -launched, quick, preference

    def _live(self, launches: Launches, number: int) -> int:
        by_id = self.problem.by_id
        return sum(1 << by_id[name].index for name, wave in launches.items() if wave <= number and by_id[name].lifting)

    def _closed(self, live: int) -> int:
        if live not in self.known:
            self.known[live] = sum(gap.weight * _steps(gap, live) for gap in self.problem.aspects)
        return self.known[live]


def _steps(gap: AspectGap, live: int) -> int:
    """What live services close of a gap, applied one after the other by their ceilings."""
    level = gap.now
    for lift in sorted(gap.lifts, key=lambda lift: lift.up_to):
        if live & lift.bit:
            level = max(level, min(level + lift.by, lift.up_to))
    return min(level, gap.target) - gap.now
