"""Wishes that contradict each other: a smallest set of statements that cannot all hold, each with its place.

Smallest means: leave out any one of them and the others can hold. Found by a deletion filter
(Chinneck & Dravnieks 1991) over an exact answer to "does it fit at all" (`feasibility`). Limits and
prerequisites are tried for leaving out first, so that what remains names the wishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pmogen.diagnostics import Span
from pmogen.model.workspace import Workspace
from pmogen.planning.compact import Compact
from pmogen.planning.feasibility import fitting
from pmogen.planning.problem import PlanService, Problem

PLENTY = 10**7
"""More than anybody can ask for, in any unit."""

Relax = Callable[[Problem], Problem]


@dataclass(frozen=True)
class Statement:
    """Something people said, in words and with its place; `without` is the problem as if it had not been said."""

    text: str
    span: Span
    without: Relax


def conflict(workspace: Workspace, problem: Problem) -> tuple[Statement, ...]:
    """The smallest set of statements that conflict; empty when all pins and deadlines can hold."""
    if _holds(problem):
        return ()
    kept: list[Statement] = []
    for statement in statements(workspace, problem):
        relaxed = statement.without(problem)
        if _holds(relaxed):
            kept.append(statement)
        else:
            problem = relaxed
    return tuple(reversed(kept))


def _holds(problem: Problem) -> bool:
    compact = Compact(problem)
    return fitting(compact, [unit.index for unit in compact.units if unit.forced]) is not None


def statements(workspace: Workspace, problem: Problem) -> tuple[Statement, ...]:
    """Everything that was said about services that must launch and what they need; limits first, wishes last."""
    forced = [s for s in problem.services if s.latest is not None and s.launched is None]
    chosen = {s.id for service in forced for s in (*problem.ancestors[service.id], service)}
    chosen |= {mate for service in tuple(chosen) for mate in problem.mates(service)}
    services = [problem.by_id[service] for service in sorted(chosen)]
    said = _Said(workspace, problem)
    found = [*said.limits(services), *said.prerequisites(services), *said.groups(), *said.wishes(services)]
    return tuple(found)


class _Said:
    """Statements about one problem, in the words of its workspace."""

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self._workspace = workspace
        self._problem = problem

    def _span(self, *path: str | int) -> Span:
        return self._workspace.places.span(*path)

    def _name(self, service: str) -> str:
        return self._workspace.name_of("services", service)

    def limits(self, services: list[PlanService]) -> Iterator[Statement]:
        """What the PMO, its roles and the audiences can do, wave by wave; only what these services use."""
        problem, positions = self._problem, {w.id: n for n, w in enumerate(self._workspace.roadmap.waves)}
        for number in problem.open_waves:
            wave = problem.waves[number]
            place = self._span("roadmap", "waves", positions[wave.id], "fte")
            yield Statement(f"The PMO's capacity in {wave.name}", place, _more_of_the_pmo(number))
            for index in sorted({role for service in services for role in service.roles}):
                role = problem.roles[index]
                text = f"Capacity of {role.name} in {wave.name}"
                yield Statement(
                    text, self._span("roadmap", "waves", positions[wave.id], "roles"), _more_of_a_role(index, number)
                )
        for index in sorted({ask.audience for service in services for ask in service.asks}):
            yield from self._of_audience(index)
        place = self._span("method", "change", "high_per_wave")
        most = problem.high_per_wave
        text = f"At most {most} high change{'s' * (most != 1)} for an audience in a wave"
        yield Statement(text, place, lambda given: replace(given, high_per_wave=PLENTY))

    def _of_audience(self, index: int) -> Iterator[Statement]:
        audience = self._problem.audiences[index]
        entries = [n for n, entry in enumerate(self._workspace.roadmap.audiences) if entry.audience == audience.id]
        place = (
            self._span("roadmap", "audiences", entries[-1]) if entries else self._span("method", "change", "capacity")
        )
        for number in self._problem.open_waves:
            wave = self._problem.waves[number].name
            yield Statement(f"What {audience.name} can take in {wave}", place, _more_of_an_audience(index, number))
            if (why := audience.black_out[number]) is not None:
                text = f"Nothing may launch for {audience.name} in {wave} ({why})"
                yield Statement(text, place, _no_black_out(index, number))

    def prerequisites(self, services: list[PlanService]) -> Iterator[Statement]:
        """What needs what."""
        for service in services:
            entry = self._workspace.service(service.id)
            for need in service.requires:
                key = "requires" if need.lag else "requires_same_wave"
                position = getattr(entry, key).index(need.service)
                text = f"{self._name(service.id)} needs {self._name(need.service)}{' in an earlier wave' * need.lag}"
                yield Statement(
                    text, self._span("services", service.id, key, position), _without_need(service.id, need.service)
                )

    def groups(self) -> Iterator[Statement]:
        """What launches together, and alternatives."""
        roadmap = self._workspace.roadmap
        for number, group in enumerate(roadmap.together):
            text = f"{_listed(self._name(s) for s in group.services)} launch together"
            yield Statement(text, self._span("roadmap", "together", number), _without_group("together", group.services))
        for number, entry in enumerate(roadmap.alternatives):
            text = f"Only one of {_listed(self._name(s) for s in entry.services)} is planned"
            place = self._span("roadmap", "alternatives", number)
            yield Statement(text, place, _without_group("alternatives", entry.services))

    def wishes(self, services: list[PlanService]) -> Iterator[Statement]:
        """Dates: not before, deadlines, pins."""
        roadmap, waves = self._workspace.roadmap, self._problem.waves
        for key, entries, words in (
            ("not_before", [(e.service, e.wave) for e in roadmap.not_before], "must not launch before"),
            ("deadlines", [(e.service, e.wave) for e in roadmap.deadlines], "has to be live by the end of"),
            ("pins", [(e.service, e.wave) for e in roadmap.pins], "is pinned to"),
        ):
            field = {"not_before": "not_before", "deadlines": "deadline", "pins": "pin"}[key]
            for service in services:
                number = getattr(service, field)
                if number is None or (field == "not_before" and not number):
                    continue
                found = [n for n, e in enumerate(entries) if e == (service.id, waves[number].id)]
                text = f"{self._name(service.id)} {words} {waves[number].name}"
                place = self._span("roadmap", key, found[-1], "wave") if found else self._span("roadmap", key)
                yield Statement(text, place, _without_wish(service.id, field))


def _listed(names: Iterator[str]) -> str:
    return ", ".join(names)


def _with_service(problem: Problem, service: PlanService) -> Problem:
    return replace(problem, services=tuple(service if s.id == service.id else s for s in problem.services))


def _without_wish(service: str, field: str) -> Relax:
    blank = {"pin": None, "deadline": None, "not_before": 0}[field]
    return lambda problem: _with_service(problem, replace(problem.by_id[service], **{field: blank}))  # type: ignore[arg-type]  # one of three fields


def _without_need(service: str, need: str) -> Relax:
    def relax(problem: Problem) -> Problem:
        entry = problem.by_id[service]
        return _with_service(problem, replace(entry, requires=tuple(n for n in entry.requires if n.service != need)))

    return relax


def _without_group(field: str, services: tuple[str, ...]) -> Relax:
    def relax(problem: Problem) -> Problem:
        groups = tuple(group for group in getattr(problem, field) if not set(group) <= set(services))
        return replace(problem, together=groups) if field == "together" else replace(problem, alternatives=groups)

    return relax


def _more_of_the_pmo(number: int) -> Relax:
    def relax(problem: Problem) -> Problem:
        waves = list(problem.waves)
        waves[number] = replace(waves[number], extra_days=PLENTY, run_cap=PLENTY, fte=PLENTY)
        return replace(problem, waves=tuple(waves))

    return relax


def _more_of_a_role(index: int, number: int) -> Relax:
    def relax(problem: Problem) -> Problem:
        roles = list(problem.roles)
        roles[index] = roles[index].more(number, PLENTY)
        return replace(problem, roles=tuple(roles))

    return relax


def _more_of_an_audience(index: int, number: int) -> Relax:
    def relax(problem: Problem) -> Problem:
        people = list(problem.audiences)
        capacity = tuple(PLENTY if n == number else c for n, c in enumerate(people[index].capacity))
        people[index] = replace(people[index], capacity=capacity)
        return replace(problem, audiences=tuple(people))

    return relax


def _no_black_out(index: int, number: int) -> Relax:
    def relax(problem: Problem) -> Problem:
        people = list(problem.audiences)
        blocked = tuple(None if n == number else why for n, why in enumerate(people[index].black_out))
        people[index] = replace(people[index], black_out=blocked)
        return replace(problem, audiences=tuple(people))

    return relax
