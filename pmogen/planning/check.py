"""An independent judge of schedules: the rules of the roadmap a second time, written from the rules.

Nothing in planning relies on it and it relies on nothing in planning but the problem's values; tests
put every schedule before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pmogen.planning.problem import Problem

Work = Mapping[int, int]


def violations(
    problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work], unmet: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """What is wrong with a schedule, one sentence each; nothing when it holds.

    `launches` has the wave of every launched service, history included, `work` its person-days
    (tenths) by wave, `unmet` the services whose pin is known not to hold.
    """
    unknown = [f"{service} is not in the problem" for service in launches if service not in problem.by_id]
    if unknown:
        return tuple(unknown)
    return (
        *_history(problem, launches),
        *_windows(problem, launches, unmet),
        *_company(problem, launches),
        *_prerequisites(problem, launches),
        *_building(problem, launches, work),
        *_staffing(problem, launches, work),
        *_running(problem, launches),
        *_change(problem, launches),
    )


def _history(problem: Problem, launches: Mapping[str, int]) -> Iterator[str]:
    for service in problem.services:
        if service.launched is not None and launches.get(service.id) != service.launched:
            yield f"{service.id} launched in wave {service.launched}, which is history"


def _windows(problem: Problem, launches: Mapping[str, int], unmet: frozenset[str]) -> Iterator[str]:
    for service in problem.services:
        wave = launches.get(service.id)
        if service.launched is not None:
            continue
        if service.pin is not None and service.id not in unmet and wave != service.pin:
            yield f"{service.id} is pinned to wave {service.pin}"
        if wave is not None and not problem.waves[wave].open:
            yield f"{service.id} launches in finished wave {wave}"
        if wave is not None and wave < service.not_before:
            yield f"{service.id} launches before wave {service.not_before}"
        if service.deadline is not None and service.id not in unmet and (wave is None or wave > service.deadline):
            yield f"{service.id} must launch by wave {service.deadline}"


def _company(problem: Problem, launches: Mapping[str, int]) -> Iterator[str]:
    history = {service.id for service in problem.services if service.launched is not None}
    for group in problem.together:
        planned = [service for service in group if service in problem.by_id and service not in history]
        if len({launches.get(service) for service in planned}) > 1:
            yield f"{', '.join(planned)} do not launch together"
    for group in problem.alternatives:
        live = [service for service in group if service in launches]
        if len(live) > 1 and not history.issuperset(live):
            yield f"{', '.join(live)} are alternatives"


def _prerequisites(problem: Problem, launches: Mapping[str, int]) -> Iterator[str]:
    for service in problem.services:
        if service.launched is not None or service.id not in launches:
            continue
        for need in service.requires:
            if need.service not in launches or launches[service.id] - launches[need.service] < need.lag:
                yield f"{service.id} launches without {need.service}"


def _building(problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work]) -> Iterator[str]:
    for service_id, wave in launches.items():
        service, days = problem.by_id[service_id], work.get(service_id, {})
        if sum(days.values()) != service.days or any(part <= 0 for part in days.values()):
            yield f"{service_id} takes {service.days}, built are {dict(days)}"
        for number in days:
            if not wave - problem.build_waves < number <= wave:
                yield f"{service_id} is built in wave {number}, too far from its launch"
            if service.launched is None and not problem.waves[number].open:
                yield f"{service_id} is built in finished wave {number}"
    for number, limits in enumerate(problem.waves):
        planned = sum(work.get(s, {}).get(number, 0) for s in launches if problem.by_id[s].launched is None)
        past = sum(work.get(s, {}).get(number, 0) for s in launches if problem.by_id[s].launched is not None)
        running = sum(problem.by_id[s].run for s, wave in launches.items() if wave < number)
        limit = min(limits.build_cap, max(0, (limits.fte - running) * limits.working_days // 100)) + limits.extra_days
        if planned and planned + past > limit:
            yield f"wave {number}: building takes {planned + past} of {limit}"


def _staffing(problem: Problem, launches: Mapping[str, int], work: Mapping[str, Work]) -> Iterator[str]:
    planned = [problem.by_id[service] for service in launches if problem.by_id[service].launched is None]
    for index, role in enumerate(problem.roles):
        users = [service for service in planned if index in service.roles]
        for number, limit in enumerate(role.days):
            taken = sum(Fraction(work.get(s.id, {}).get(number, 0), len(s.roles)) for s in users)
            if limit is not None and taken > limit:
                yield f"wave {number}: {role.id} takes {taken} of {limit}"


def _running(problem: Problem, launches: Mapping[str, int]) -> Iterator[str]:
    for number in range(1, len(problem.waves) + 1):
        limit = problem.waves[min(number, len(problem.waves) - 1)].run_cap
        running = {s: problem.by_id[s].run for s, wave in launches.items() if wave < number}
        planned = sum(run for s, run in running.items() if problem.by_id[s].launched is None)
        if planned and sum(running.values()) > limit:
            yield f"wave {number}: running takes {sum(running.values())} of {limit}"


def _change(problem: Problem, launches: Mapping[str, int]) -> Iterator[str]:
    for index, audience in enumerate(problem.audiences):
        for number in range(len(problem.waves)):
            points, added, highs, new_highs = audience.background[number], 0, 0, 0
            for service_id, wave in launches.items():
                service = problem.by_id[service_id]
                new = service.launched is None
                for ask in service.asks:
                    if ask.audience != index or number - wave not in (0, 1):
                        continue
                    part = ask.points if wave == number else ask.tail
                    points += part
                    added += part if new else 0
                    if wave == number:
                        highs += ask.highs
                        new_highs += ask.highs if new else 0
                        if new and audience.black_out[number] is not None:
                            yield f"{service_id} launches in the black-out of {audience.id} in wave {number}"
            if added and points > audience.capacity[number]:
                yield f"wave {number}: {audience.id} has {points} of {audience.capacity[number]}"
            if new_highs and highs > problem.high_per_wave:
                yield f"wave {number}: {audience.id} has {highs} high changes"
