"""An independent judge of plans: the rules of the roadmap a second time, written from the rules.

Nothing in planning relies on it for finding a plan, and it relies on nothing in planning but the
problem's values. It judges what was searched, proven, published, or edited by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pmogen.planning.problem import Problem

Work = Mapping[int, int]

Kind = Literal[
    "unknown",
    "history",
    "pinned",
    "finished",
    "not before",
    "deadline",
    "together",
    "alternatives",
    "prerequisite",
    "effort",
    "reach",
    "built in finished",
    "build",
    "role",
    "run",
    "load",
    "high",
    "black-out",
]


@dataclass(frozen=True)
class Violation:
    """A rule that a plan breaks.

    `services` are those whose launch or work breaks it, the one that takes most first. `wave` is where
    the limit lies (the number of waves: after the last one); for dates it is the wave that was asked for. `other` is the audience,
    the role or the prerequisite whose limit it is. `need` and `limit` are in the units of `problem`.
    """

    kind: Kind
    services: tuple[str, ...]
    wave: int = -1
    other: str = ""
    need: Fraction = Fraction(0)
    limit: Fraction = Fraction(0)


def violations(
    problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work], unmet: frozenset[str] = frozenset()
) -> tuple[Violation, ...]:
    """Everything that is wrong with a plan; nothing when it holds.

    `launches` has the wave of every launched service, history included, `work` its person-days
    (tenths) by wave, `unmet` the services whose pin or deadline is known not to hold.
    """
    unknown = [service for service in launches if service not in problem.by_id]
    if unknown:
        return tuple(Violation("unknown", (service,)) for service in unknown)
    return (
        *_history(problem, launches),
        *_windows(problem, launches, unmet),
        *_company(problem, launches),
        *_prerequisites(problem, launches),
        *_building(problem, launches, work),
        *_capacity(problem, launches, work),
        *_staffing(problem, launches, work),
        *_running(problem, launches),
        *_change(problem, launches),
    )


def _history(problem: Problem, launches: Mapping[str, int]) -> Iterator[Violation]:
    for service in problem.services:
        if service.launched is not None and launches.get(service.id) != service.launched:
            yield Violation("history", (service.id,), service.launched)


def _windows(problem: Problem, launches: Mapping[str, int], unmet: frozenset[str]) -> Iterator[Violation]:
    for service in problem.services:
        wave = launches.get(service.id)
        if service.launched is not None:
            continue
        if service.pin is not None and service.id not in unmet and wave != service.pin:
            yield Violation("pinned", (service.id,), service.pin)
        if wave is not None and not problem.waves[wave].open:
            yield Violation("finished", (service.id,), wave)
        if wave is not None and wave < service.not_before:
            yield Violation("not before", (service.id,), service.not_before)
        if service.deadline is not None and service.id not in unmet and (wave is None or wave > service.deadline):
            yield Violation("deadline", (service.id,), service.deadline)


def _company(problem: Problem, launches: Mapping[str, int]) -> Iterator[Violation]:
    history = {service.id for service in problem.services if service.launched is not None}
    for group in problem.together:
        planned = tuple(service for service in group if service in problem.by_id and service not in history)
        if len({launches.get(service) for service in planned}) > 1:
            yield Violation("together", planned)
    for group in problem.alternatives:
        live = tuple(service for service in group if service in launches)
        if len(live) > 1 and not history.issuperset(live):
            yield Violation("alternatives", live)


def _prerequisites(problem: Problem, launches: Mapping[str, int]) -> Iterator[Violation]:
    for service in problem.services:
        if service.launched is not None or service.id not in launches:
            continue
        for need in service.requires:
            if need.service not in launches or launches[service.id] - launches[need.service] < need.lag:
                yield Violation("prerequisite", (service.id,), launches[service.id], need.service)


def _building(problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work]) -> Iterator[Violation]:
    for service_id, wave in launches.items():
        service, days = problem.by_id[service_id], work.get(service_id, {})
        if sum(days.values()) != service.days or any(part <= 0 for part in days.values()):
            built = Fraction(sum(days.values()))
            yield Violation("effort", (service_id,), wave, need=built, limit=Fraction(service.days))
        for number in days:
            if not wave - problem.build_waves < number <= wave:
                yield Violation("reach", (service_id,), number, limit=Fraction(problem.build_waves))
            if service.launched is None and not problem.waves[number].open:
                yield Violation("built in finished", (service_id,), number)


def _capacity(problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work]) -> Iterator[Violation]:
    """Building takes its part of the capacity at most, and never what running takes; history alone breaks nothing."""
    new = {s for s in launches if problem.by_id[s].launched is None}
    for number, limits in enumerate(problem.waves):
        taken = {s: days for s in launches if (days := work.get(s, {}).get(number, 0))}
        running = sum(problem.by_id[s].run for s, wave in launches.items() if wave < number)
        limit = min(limits.build_cap, max(0, (limits.fte - running) * limits.working_days // 100))
        limit += limits.extra_days - limits.spent
        if new & taken.keys() and sum(taken.values()) > limit:
            yield _overfull("build", (number, ""), _most_first(taken, new), sum(taken.values()), limit)


def _staffing(problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work]) -> Iterator[Violation]:
    planned = [problem.by_id[service] for service in launches if problem.by_id[service].launched is None]
    for index, role in enumerate(problem.roles):
        users = [service for service in planned if index in service.roles]
        for number, limit in enumerate(role.days):
            parts = {s.id: Fraction(work.get(s.id, {}).get(number, 0), len(s.roles)) for s in users}
            taken = {service: part for service, part in parts.items() if part}
            if limit is not None and sum(taken.values()) > limit:
                yield _overfull("role", (number, role.id), _most_first(taken, set(taken)), sum(taken.values()), limit)


def _running(problem: Problem, launches: Mapping[str, int]) -> Iterator[Violation]:
    new = {s for s in launches if problem.by_id[s].launched is None}
    for number in range(1, len(problem.waves) + 1):
        limit = problem.waves[min(number, len(problem.waves) - 1)].run_cap
        running = {s: run for s, wave in launches.items() if wave < number and (run := problem.by_id[s].run)}
        if new & running.keys() and sum(running.values()) > limit:
            yield _overfull("run", (number, ""), _most_first(running, new), sum(running.values()), limit)


def _change(problem: Problem, launches: Mapping[str, int]) -> Iterator[Violation]:
    for index, audience in enumerate(problem.audiences):
        for number in range(len(problem.waves)):
            points: dict[str, int] = {}
            highs: dict[str, int] = {}
            for service_id, wave in launches.items():
                for ask in problem.by_id[service_id].asks:
                    if ask.audience != index or number - wave not in (0, 1):
                        continue
                    part = ask.points if wave == number else ask.tail
                    points[service_id] = points.get(service_id, 0) + part
                    if wave == number:
                        highs[service_id] = highs.get(service_id, 0) + ask.highs
                        if problem.by_id[service_id].launched is None and audience.black_out[number] is not None:
                            yield Violation("black-out", (service_id,), number, audience.id)
            yield from _change_in(problem, index, number, points, highs)


def _change_in(
    problem: Problem, index: int, number: int, points: Mapping[str, int], highs: Mapping[str, int]
) -> Iterator[Violation]:
    """Points and high changes of one audience in one wave, by service; history alone breaks nothing."""
    audience = problem.audiences[index]
    limits: tuple[tuple[Kind, Mapping[str, int], int, int], ...] = (
        ("load", points, audience.background[number], audience.capacity[number]),
        ("high", highs, 0, problem.high_per_wave),
    )
    for kind, parts, before, limit in limits:
        asked = {service: part for service, part in parts.items() if part}
        new = {service for service in asked if problem.by_id[service].launched is None}
        need = before + sum(asked.values())
        if new and need > limit:
            yield _overfull(kind, (number, audience.id), _most_first(asked, new), need, limit)


def _most_first(parts: Mapping[str, int | Fraction], new: set[str]) -> tuple[str, ...]:
    """Those that are planned, by what they take; then by id."""
    return tuple(sorted(new & parts.keys(), key=lambda service: (-parts[service], service)))


def _overfull(
    kind: Kind, where: tuple[int, str], services: tuple[str, ...], need: int | Fraction, limit: int
) -> Violation:
    """The violation of a capacity in a wave, of an audience or role where it is theirs."""
    return Violation(kind, services, *where, Fraction(need), Fraction(limit))
