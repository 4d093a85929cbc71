"""Wishes that contradict each other: a smallest set of statements that cannot all hold, each with its place.

Smallest means: leave out any one of them and the others can hold. Found by a deletion filter
(Chinneck & Dravnieks 1991) over an exact answer to "does it fit at all" (`feasibility`), halving as
QuickXplain does (Junker 2004). Limits and prerequisites are tried for leaving out first, so that what remains names the
wishes. A set is only ever told when it certainly cannot hold; where that takes too long to find out, fewer sets are
told, or a larger one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pmogen.analysis.progress import under_way
from pmogen.diagnostics import Span
from pmogen.language import _, ngettext
from pmogen.model.roadmap import Deadline, NotBefore, Pin
from pmogen.model.workspace import Workspace
from pmogen.planning.compact import Compact
from pmogen.planning.feasibility import impossible
from pmogen.planning.plan import Said
from pmogen.planning.problem import PlanService, Problem
from pmogen.planning.words import listed

PLENTY = 10**7
"""More than anybody can ask for, in any unit."""
MOST = 5
"""So many conflicts are told at most: when they are settled, the others follow."""
STEPS = 5_000
"""Waves looked at for one answer."""

Relax = Callable[[Problem], Problem]
Wish = NotBefore | Deadline | Pin


@dataclass(frozen=True)
class Statement:
    """Something people said, in words and with its place; `without` is the problem as if it had not been said.

    `wish` is true when it is a date that somebody wants.
    """

    text: str
    span: Span
    without: Relax
    wish: bool = False


def conflicts(workspace: Workspace, problem: Problem) -> tuple[tuple[Said, ...], ...]:
    """Smallest sets of statements that conflict, one after the other, each without the wishes of those before."""
    found: list[tuple[Said, ...]] = []
    problem = about_wishes(problem)
    while len(found) < MOST and (conflicting := conflict(workspace, problem)):
        found.append(tuple(Said(statement.text, statement.span) for statement in conflicting))
        problem = about_wishes(_without(problem, tuple(said for said in conflicting if said.wish)))
    return tuple(found)


def conflict(workspace: Workspace, problem: Problem) -> tuple[Statement, ...]:
    """The smallest set of statements that conflict, wishes first; empty when all pins and deadlines can hold."""
    problem = _foremost(about_wishes(problem))
    if not _impossible(problem):
        return ()
    waiting, kept = statements(workspace, problem), list[Statement]()
    while not _impossible(_without(problem, waiting)):
        first = _first_needed(problem, waiting)
        problem = _without(problem, waiting[:first])
        kept.append(waiting[first])
        waiting = waiting[first + 1 :]
    return tuple(reversed(kept))


def _foremost(problem: Problem) -> Problem:
    """The problem with only so many wishes, those for early waves first, that they cannot hold; or with all of them."""
    names = [s.id for s in sorted(problem.services, key=lambda s: (s.latest or 0, s.id)) if s.latest is not None]
    many = 1
    while many < len(names) and not _impossible(_with_wishes(problem, names[:many])):
        many *= 2
    few = many // 2
    while few + 1 < min(many, len(names)):
        middle = (few + many) // 2
        if _impossible(_with_wishes(problem, names[:middle])):
            many = middle
        else:
            few = middle
    return _with_wishes(problem, names[:many])


def _with_wishes(problem: Problem, names: list[str]) -> Problem:
    kept = set(names)
    services = (s if s.id in kept else replace(s, pin=None, deadline=None) for s in problem.services)
    return about_wishes(replace(problem, services=tuple(services)))


def _first_needed(problem: Problem, waiting: tuple[Statement, ...]) -> int:
    """Place of the first statement without which, and without all before it, the rest could hold."""
    low, high = 0, len(waiting) - 1
    while low < high:
        middle = (low + high) // 2
        if _impossible(_without(problem, waiting[: middle + 1])):
            low = middle + 1
        else:
            high = middle
    return low


def _without(problem: Problem, left_out: tuple[Statement, ...]) -> Problem:
    for statement in left_out:
        problem = statement.without(problem)
    return problem


def _impossible(problem: Problem) -> bool:
    compact = Compact(problem)
    return impossible(compact, [unit.index for unit in compact.units if unit.forced], STEPS)


def about_wishes(problem: Problem) -> Problem:
    """The problem reduced to what must launch, what that needs, and history: everything else may be left out."""
    chosen = {s.id for s in problem.services if s.latest is not None and s.launched is None}
    size = -1
    while len(chosen) != size:
        size = len(chosen)
        chosen |= {need.id for service in chosen for need in problem.ancestors[service]}
        chosen |= {mate for service in chosen for mate in problem.mates(service)}
    kept = [s for s in problem.services if s.id in chosen or s.launched is not None]
    return replace(problem, services=tuple(replace(s, index=n) for n, s in enumerate(kept)), aspects=())


def statements(workspace: Workspace, problem: Problem) -> tuple[Statement, ...]:
    """Everything that was said about services that must launch and what they need; limits first, wishes last."""
    services = [service for service in about_wishes(problem).services if service.launched is None]
    said = _Said(workspace, problem)
    return (*said.limits(services), *said.prerequisites(services), *said.groups(), *said.wishes(services))


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
            yield Statement(_("The PMO's capacity in {wave}", wave=wave.name), place, _more_of_the_pmo(number))
            for index in sorted({role for service in services for role in service.roles}):
                role = problem.roles[index]
                text = _("Capacity of {role} in {wave}", role=role.name, wave=wave.name)
                yield Statement(
                    text, self._span("roadmap", "waves", positions[wave.id], "roles"), _more_of_a_role(index, number)
                )
        for index in sorted({ask.audience for service in services for ask in service.asks}):
            yield from self._of_audience(index)
        place = self._span("method", "change", "high_per_wave")
        text = ngettext(
            "At most {count} high change for an audience in a wave",
            "At most {count} high changes for an audience in a wave",
            problem.high_per_wave,
        )
        yield Statement(text, place, lambda given: replace(given, high_per_wave=PLENTY))

    def _of_audience(self, index: int) -> Iterator[Statement]:
        audience = self._problem.audiences[index]
        entries = [n for n, entry in enumerate(self._workspace.roadmap.audiences) if entry.audience == audience.id]
        place = (
            self._span("roadmap", "audiences", entries[-1]) if entries else self._span("method", "change", "capacity")
        )
        for number in self._problem.open_waves:
            wave = self._problem.waves[number].name
            text = _("What {audience} can take in {wave}", audience=audience.name, wave=wave)
            yield Statement(text, place, _more_of_an_audience(index, number))
            if (why := audience.black_out[number]) is not None:
                text = _(
                    "Nothing may launch for {audience} in {wave} ({why})", audience=audience.name, wave=wave, why=why
                )
                yield Statement(text, place, _no_black_out(index, number))

    def prerequisites(self, services: list[PlanService]) -> Iterator[Statement]:
        """What needs what."""
        for service in services:
            entry = self._workspace.service(service.id)
            for need in service.requires:
                key = "requires" if need.lag else "requires_same_wave"
                position = getattr(entry, key).index(need.service)
                names = {"service": self._name(service.id), "other": self._name(need.service)}
                text = _("{service} needs {other}", **names)
                if need.lag:
                    text = _("{service} needs {other} in an earlier wave", **names)
                yield Statement(
                    text, self._span("services", service.id, key, position), _without_need(service.id, need.service)
                )

    def groups(self) -> Iterator[Statement]:
        """What launches together, and alternatives."""
        roadmap = self._workspace.roadmap
        for number, group in enumerate(roadmap.together):
            text = _("{services} launch together", services=listed(self._name(s) for s in group.services))
            yield Statement(text, self._span("roadmap", "together", number), _without_group("together", group.services))
        for number, entry in enumerate(roadmap.alternatives):
            text = _("Only one of {services} is planned", services=listed(self._name(s) for s in entry.services))
            place = self._span("roadmap", "alternatives", number)
            yield Statement(text, place, _without_group("alternatives", entry.services))

    def wishes(self, services: list[PlanService]) -> Iterator[Statement]:
        """Dates: not before, work that has begun, deadlines, pins."""
        roadmap, waves = self._workspace.roadmap, self._problem.waves
        for service in (service for service in services if service.not_before):
            yield self._wish("not_before", roadmap.not_before, service, service.not_before)
        begun = under_way(self._workspace)
        for service in (service for service in services if service.deadline is not None):
            last = service.deadline or 0
            if (service.id, waves[last].id) in {(entry.service, entry.wave) for entry in roadmap.deadlines}:
                yield self._wish("deadlines", roadmap.deadlines, service, last)
            else:
                day = begun[service.id].started
                began = _("Work on {service} began on {day}", service=self._name(service.id), day=day)
                place = self._span("roadmap", "progress", roadmap.progress.index(begun[service.id]))
                yield Statement(began, place, _without_wish(service.id, "deadline"), wish=True)
        for service in (service for service in services if service.pin is not None):
            yield self._wish("pins", roadmap.pins, service, service.pin or 0)

    def _wish(self, key: str, entries: Sequence[Wish], service: PlanService, number: int) -> Statement:
        """A statement about the wave of a service; what is under way has its first wave in its progress."""
        wave, field = self._problem.waves[number], {"deadlines": "deadline", "pins": "pin"}.get(key, key)
        found = [n for n, entry in enumerate(entries) if (entry.service, entry.wave) == (service.id, wave.id)]
        place = self._span("roadmap", key, found[-1], "wave") if found else self._span("roadmap", key)
        if not found and service.begun:
            key, progress = "expected", self._workspace.roadmap.progress
            entry = under_way(self._workspace)[service.id]
            place = self._span("roadmap", "progress", progress.index(entry), "expected")
        text = _wished(key, self._name(service.id), wave.name)
        return Statement(text, place, _without_wish(service.id, field), wish=True)


def _wished(key: str, service: str, wave: str) -> str:
    if key == "not_before":
        return _("{service} must not launch before {wave}", service=service, wave=wave)
    if key == "deadlines":
        return _("{service} has to be live by the end of {wave}", service=service, wave=wave)
    if key == "pins":
        return _("{service} is pinned to {wave}", service=service, wave=wave)
    return _("{service} is expected in {wave}", service=service, wave=wave)


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
