"""What the plan as a whole says: what limits and pins cost, what falls out first, and what would help most.

Each answer is a plan of a changed problem, searched on from the plan as it is with a small budget. A search may miss
the very best, so more may be possible than is said, and never less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pmogen.analysis.as_if import Amount, Grant
from pmogen.model.plan import Help, Insights, LessCapacity, PriceOfPin
from pmogen.planning.again import searched_on
from pmogen.planning.problem import PlanService, Problem, WaveLimits
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, Wishes, room_of
from pmogen.planning.solve import solve
from pmogen.planning.what_if import granted

STEPS = 10_000
"""Steps of the search for one answer."""
LESS = 5
"""So many times that for less capacity, as the plan as it is does not hold then."""
CELLS = 30
"""Capacities that are tried with more of them at most."""
LOOKS = 20_000
"""Capacities times services times waves at most, so that large problems do not take minutes."""
MORE_DAYS = (1, 5, 10)
MORE_POINTS = (1, 2, 5)

Told = Callable[[int, int], None]
"""Told after each answer how many there are already, and how many there will be."""


def insights(problem: Problem, found: Schedule, steps: int = STEPS, told: Told = lambda _done, _of: None) -> Insights:
    """Everything the plan as a whole says."""
    tries = _Tries(problem, found, steps)
    pins, every = tuple(_pinned(problem, found)), tuple(_cells(problem, found))
    cells = every[: min(CELLS, LOOKS // max(1, len(problem.services) * len(problem.waves)))]
    count = 2 + len(pins) + len(cells)
    limitless = tries.no_limits()
    told(1, count)
    less = tries.tenth_less()
    told(2, count)
    prices = []
    for number, service in enumerate(pins, 3):
        prices.append(tries.price(service))
        told(number, count)
    helps: list[Help] = []
    for number, cell in enumerate(sorted(cells, key=lambda cell: (cell.audience, cell.wave)), 3 + len(pins)):
        helps += tries.helps(cell)
        told(number, count)
    return Insights(
        no_limits=str(limitless),
        pins=tuple(prices),
        tenth_less=less,
        helps=tuple(helps),
        untried=len(every) - len(cells),
    )


@dataclass(frozen=True)
class _Cell:
    """A capacity of one wave: of an audience, or without one of building."""

    wave: int
    audience: str = ""


def _pinned(problem: Problem, found: Schedule) -> Iterator[str]:
    """Services with a pin or deadline that the plan keeps."""
    given_up = {missed.service for missed in found.unmet}
    for service in problem.services:
        wished = service.pin is not None or (service.deadline is not None and not service.begun)
        if wished and service.launched is None and service.id not in given_up:
            yield service.id


def _cells(problem: Problem, found: Schedule) -> Iterator[_Cell]:
    """Capacities that keep a service from launching, or from launching earlier; those that keep out most first."""
    room, keeps_out = room_of(problem, found), Counter[_Cell]()
    for service in problem.services:
        if service.launched is not None:
            continue
        here = found.launches.get(service.id, len(problem.waves))
        without = room.copy()
        if service.id in found.launches:
            without.withdraw(service)
        for wave in problem.open_waves:
            for blocker in without.blockers(service, wave) if wave < here else ():
                if blocker.kind == "load":
                    keeps_out[_Cell(blocker.wave, problem.audiences[blocker.audience].id)] += 1
                elif blocker.kind in ("build", "other builds") and blocker.wave in problem.open_waves:
                    keeps_out[_Cell(blocker.wave)] += 1
    yield from sorted(keeps_out, key=lambda cell: (-keeps_out[cell], cell.wave, cell.audience))


class _Tries:
    """Plans of changed problems, all begun from one plan."""

    def __init__(self, problem: Problem, found: Schedule, steps: int) -> None:
        self._problem = problem
        self._found = found
        self._steps = steps
        self._value = room_of(problem, found).value()

    def _gain(self, problem: Problem, there: Schedule) -> Fraction:
        return Fraction(room_of(problem, there).value() - self._value, problem.level_unit)

    def no_limits(self) -> Fraction:
        """Value without limits of building, running and change: everything as early as dates and prerequisites allow."""
        room = Room(self._problem)
        for service, wave in as_early_as_can_be(self._problem, self._found).items():
            room.launch(self._problem.by_id[service], wave)
        return Fraction(max(self._value, room.value()), self._problem.level_unit)

    def price(self, service: str) -> PriceOfPin:
        """What the plan would gain without a pin or deadline."""
        problem, entry = self._problem, self._problem.by_id[service]
        free = replace(entry, pin=None, deadline=None)
        freed = replace(problem, services=tuple(free if s is entry else s for s in problem.services))
        kept = self._found.kept - ({service} if entry.rank != "offered" else set())
        there = searched_on(freed, replace(self._found, kept=kept), self._steps)
        wave = problem.waves[entry.latest or 0].id
        return PriceOfPin(service=service, wave=wave, gain=str(max(Fraction(0), self._gain(freed, there))))

    def tenth_less(self) -> LessCapacity:
        """What launches no more, and what later, with a tenth less capacity of the PMO; the rest stays if it can."""
        waves = tuple(_a_tenth_less(wave) if wave.open else wave for wave in self._problem.waves)
        known: dict[str, int | None] = dict(self._found.launches)
        left = solve(replace(self._problem, waves=waves), Wishes(known, steps=LESS * self._steps)).schedule.launches
        slips = sorted(s for s, wave in self._found.launches.items() if left.get(s, wave) > wave)
        return LessCapacity(falls_out=tuple(sorted(self._found.launches.keys() - left.keys())), slips=tuple(slips))

    def helps(self, cell: _Cell) -> Iterator[Help]:
        """What more of one capacity brings, where a larger amount brings more than a smaller one."""
        amounts = MORE_POINTS if cell.audience else MORE_DAYS
        most = self._with_more(cell, amounts[-1], self._found)
        if most[1] <= 0:
            return
        best, gained = self._found, Fraction(0)
        for more in amounts:
            there, gain = self._with_more(cell, more, best)
            if more == amounts[-1] and most[1] > gain:
                there, gain = most
            if gain > gained:
                best, gained = there, gain
                yield self._help(cell, more, there, gain)

    def _with_more(self, cell: _Cell, more: int, begin: Schedule) -> tuple[Schedule, Fraction]:
        """The best plan found with more of one capacity, and what it gains."""
        amount = Amount(Fraction(more), "more")
        grant = Grant("points" if cell.audience else "days", amount, self._problem.waves[cell.wave].id, cell.audience)
        problem = granted(self._problem, grant)
        there = searched_on(problem, begin, self._steps)
        return there, self._gain(problem, there)

    def _help(self, cell: _Cell, more: int, there: Schedule, gain: Fraction) -> Help:
        now, then, last = self._found.launches, there.launches, len(self._problem.waves)
        return Help(
            wave=self._problem.waves[cell.wave].id,
            audience=cell.audience or None,
            more=more,
            gain=str(gain),
            comes_in=tuple(sorted(then.keys() - now.keys())),
            earlier=tuple(sorted(s for s in then.keys() & now.keys() if then[s] < now[s])),
            pays=tuple(sorted(s for s in now if then.get(s, last) > now[s])),
        )


def as_early_as_can_be(problem: Problem, found: Schedule) -> dict[str, int]:
    """The first wave of every service that is still to launch, by what was decided alone: dates, order, company.

    Of alternatives the one that the plan launches is taken, else the first by id.
    """
    taken: dict[str, PlanService] = {}
    for service in sorted(problem.services, key=lambda service: (service.id not in found.launches, service.id)):
        if service.launched is None and not any(other in taken for other in problem.rivals(service.id)):
            taken[service.id] = service
    live = {service.id: service.launched for service in problem.services if service.launched is not None}
    waves = dict.fromkeys(taken, problem.open_waves[0] if problem.open_waves else len(problem.waves))
    while True:
        later = {name: _first(problem, taken[name], waves | live) for name in waves}
        possible = {
            name: wave
            for name, wave in later.items()
            if wave in problem.open_waves
            and taken[name].may_launch(wave)
            and all(need.service in later or need.service in live for need in taken[name].requires)
            and all(mate in later for mate in problem.mates(name))
            and not any(other in live for other in problem.rivals(name))
        }
        if possible == waves:
            return waves
        waves = possible


def _first(problem: Problem, service: PlanService, waves: Mapping[str, int]) -> int:
    needs = (waves[need.service] + need.lag for need in service.requires if need.service in waves)
    mates = (waves[mate] for mate in problem.mates(service.id) if mate in waves)
    return max(waves[service.id], service.not_before, service.pin or 0, *needs, *mates)


def _a_tenth_less(wave: WaveLimits) -> WaveLimits:
    return replace(wave, fte=wave.fte * 9 // 10, build_cap=wave.build_cap * 9 // 10, run_cap=wave.run_cap * 9 // 10)
