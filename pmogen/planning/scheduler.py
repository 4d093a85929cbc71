"""The planner that is always there: list scheduling, then ruin and recreate.

Whole numbers only, and ids to break ties, so that the same problem always gives the same plan:

1. pins and deadlines; those that cannot hold beside history and each other are given up and reported;
2. the offered services alone: those that this plan launches are kept from here on, so that a mere
   proposal never displaces what was decided;
3. all services: an order of priority from each of several rules (`priority`), where nearly everything
   fits also waves filled to the brim (`filling`); the best plan of them improved by `ruin`, and in the
   end every single launch moved to where it makes the plan best.

Better means: more value (priority-weighted gap closure summed over the waves, less what moves against
the published plan cost), then less effort, fewer launches, and more quick wins in the first wave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pmogen.planning.beside import made_of_each
from pmogen.planning.blockers import Blocker
from pmogen.planning.building import Work, distribute
from pmogen.planning.bundle import as_far_as_possible
from pmogen.planning.compact import Compact
from pmogen.planning.feasibility import fitting
from pmogen.planning.filling import filled
from pmogen.planning.priority import RULES, by_position, order_by
from pmogen.planning.problem import PlanService, Problem
from pmogen.planning.room import Room
from pmogen.planning.ruin import Ruin
from pmogen.planning.search import Aim, Score, Search, Solution
from pmogen.planning.trial import NOWHERE

STEPS = 1_000_000
"""Steps of the search by default, at most."""
MANY, MANY_CELLS = 150, 1200
"""Beyond so many units, and units times waves, the search is a short one: each of its steps takes longer then."""
STEPS_OF_MANY = 1_500_000
"""Its steps: so many times the square of the waves (the more waves, the more there is to find), divided by the units."""
CALM = 10
"""A short search accepts this much less of what is worse."""
STEPS_A_CELL = 1000
"""Steps at most for each unit and wave: small problems need no more."""
OFFERED = 4
"""The offered services alone are planned with such a part of the budget."""
STEPS_OF_ONE = 600_000
"""A budget of more steps is not for one long search, but for several from different plans, with a part of it each."""
WALKS = 4
"""So many searches, side by side where cores are free."""
TRY = 10
"""Two short searches, each with such a part of the budget, go before the long one. They start from different plans;
where they agree, the problem is easy and there is no long one."""
LONG_CHAINS = 25
"""Prerequisites of a unit, on average, beyond which only one rule of priority is tried: each takes long then."""
NEARLY_ALL = 3, 4
"""From this share of the units that could launch on, nearly everything fits."""


@dataclass(frozen=True)
class UnmetPin:
    """A pin or deadline that does not hold: which service does not fit (itself or a prerequisite), and what is in the way.

    The blockers are those of launching `stuck` in `wave` beside `launches`: history and the pins before
    it only, not the rest of the plan.
    """

    service: str
    stuck: str
    wave: int
    blockers: tuple[Blocker, ...]
    launches: Mapping[str, int]


@dataclass(frozen=True)
class Schedule:
    """Launch wave by service (history included), person-days (tenths) by service and wave, and unmet pins.

    `kept` are the offered services that no proposal may displace.
    """

    launches: Mapping[str, int]
    work: Mapping[str, Work]
    unmet: tuple[UnmetPin, ...] = ()
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wishes:
    """What the search is told beside the problem.

    `published` is the plan that people know: wave by service, None for a service that was left out.
    `a_move` is the value (levels times weight, summed over waves) that moving a service by one wave
    must gain at least. `steps` is the budget; None takes `STEPS`, or less where the problem is small.
    """

    published: Mapping[str, int | None] = field(default_factory=dict)
    a_move: int = 3
    steps: int | None = None


def room_of(problem: Problem, found: Schedule) -> Room:
    """The room that a schedule leaves, for questions about it."""
    room = Room(problem)
    for missed in found.unmet:
        room.give_up(missed.service)
    for service, wave in found.launches.items():
        if problem.by_id[service].launched is None:
            room.launch(problem.by_id[service], wave)
    return room


def schedule(problem: Problem, wishes: Wishes | None = None) -> Schedule:
    """A schedule that breaks no limit of the problem; see the module's text for what makes it good."""
    return measured_schedule(problem, wishes or Wishes())[0]


def measured_schedule(problem: Problem, wishes: Wishes) -> tuple[Schedule, int]:
    """The schedule, and its value less what its moves cost."""
    unmet = unmet_wishes(problem)
    compact = Compact(problem, frozenset(missed.service for missed in unmet))
    forced = frozenset(unit.index for unit in compact.units if unit.forced)
    base = fitting(compact, forced) if forced else None
    wanted = forced | frozenset(compact.unit_of(missed.service) for missed in unmet)
    offered = _of_offered_alone(compact, wanted, wishes, base)
    kept = wanted | frozenset(u.index for u in compact.units if u.offered and offered and offered[u.index] != NOWHERE)
    base = offered or base
    published = published_by_unit(compact, wishes.published)
    aim = Aim(tuple(range(len(compact.units))), kept, published, wishes.a_move * problem.level_unit)
    best = _searched(compact, aim, wishes.steps, base)
    launched = (number for number in kept if best.launch[number] != NOWHERE)
    names = frozenset(member.id for number in launched for member in compact.units[number].members)
    return as_schedule(compact, best.launch, unmet, names), best.score[1]


def as_schedule(
    compact: Compact, launch: tuple[int, ...], unmet: tuple[UnmetPin, ...], kept: frozenset[str]
) -> Schedule:
    """The schedule with these waves by unit."""
    problem = compact.problem
    found = {service.id: service.launched for service in problem.services if service.launched is not None}
    for unit in compact.units:
        if launch[unit.index] != NOWHERE:
            found |= {member.id: launch[unit.index] for member in unit.members}
    launches = dict(sorted(found.items()))
    return Schedule(launches, distribute(problem, launches), unmet, kept)


def published_by_unit(compact: Compact, published: Mapping[str, int | None]) -> dict[int, int]:
    """Wave by unit of the plan that people know; of services that launch together the first counts."""
    found: dict[int, int] = {}
    for service, wave in sorted(published.items()):
        entry = compact.problem.by_id.get(service)
        if entry is not None and entry.launched is None:
            found.setdefault(compact.unit_of(service), NOWHERE if wave is None else wave)
    return found


def _of_offered_alone(
    compact: Compact, wanted: frozenset[int], wishes: Wishes, base: tuple[int, ...] | None
) -> tuple[int, ...] | None:
    """Waves by unit of a plan of the offered services and what they need, without proposals; None without any."""
    offered = frozenset(unit.index for unit in compact.units if unit.offered)
    if not offered:
        return None
    needs = frozenset(need for unit in offered | wanted for need in compact.units[unit].before)
    aim = Aim(tuple(sorted(offered | wanted | needs)), wanted, {}, 0)
    return _searched(compact, aim, wishes.steps, base, OFFERED).launch


def _searched(compact: Compact, aim: Aim, steps: int | None, base: tuple[int, ...] | None, part: int = 1) -> Solution:
    """The best plan found with such a part of the budget; `base` is one that launches all that is kept."""
    cells = len(compact.units) * len(compact.problem.open_waves)
    if steps is None and len(compact.units) > MANY and cells > MANY_CELLS:
        return _searched_soon(compact, aim, base)
    wanted = STEPS_A_CELL * len(aim.open) * len(compact.problem.open_waves)
    steps = (min(STEPS, wanted) if steps is None else steps) // part
    search = Search(compact, aim)
    starts = sorted(_starts(search, base), key=_score, reverse=True)
    best = search.polished(starts[0])
    best = max((best, *map(search.polished, _filled(search, best))), key=_score)
    if steps > STEPS_OF_ONE:
        begins = (best, *(starts[len(starts) * number // WALKS] for number in range(1, WALKS)))
        return max(best, *_walked(compact, aim, begins, (steps - search.trial.steps) // WALKS), key=_score)
    if wanted <= STEPS:
        tries = (best, starts[len(starts) // 2])
        found = [search.polished(Ruin(search, n).improved(start, steps // TRY)) for n, start in enumerate(tries, 1)]
        best = max(best, *found, key=_score)
        if len(set(found)) == 1:
            return best
    found_late = search.polished(Ruin(search, 0).improved(best, steps - search.trial.steps))
    return max(best, found_late, key=_score)


def _score(solution: Solution) -> Score:
    return solution.score


def _walked(compact: Compact, aim: Aim, begins: Iterable[Solution], steps: int) -> list[Solution]:
    """What a search of so many steps makes of each plan, each with a chance of its own; side by side where cores are free."""

    def walk(begin: tuple[int, Solution]) -> Solution:
        seed, solution = begin
        search = Search(compact, aim)
        return search.polished(Ruin(search, seed).improved(solution, steps))

    return made_of_each(walk, tuple(enumerate(begins)))


def _searched_soon(compact: Compact, aim: Aim, base: tuple[int, ...] | None) -> Solution:
    """The same for many units: one start, a search that takes the fewer steps the more units there are, polished once."""
    search = Search(compact, aim)
    order = order_by(compact, RULES[0], aim.open, frozenset())
    free = search.decode(order, (0,) * len(compact.units))
    starts = [free, *_beside_known(search, base and _put_off(search, base, free), order)]
    start = max(starts, key=_score)
    found = (start, *_filled(search, start))
    best = max(found, key=_score)
    steps = STEPS_OF_MANY * len(compact.problem.open_waves) ** 2 // len(compact.units)
    return search.polished(Ruin(search, 0, CALM).improved(best, min(STEPS // 2, steps)))


def _put_off(search: Search, base: tuple[int, ...], free: Solution) -> tuple[int, ...]:
    """The same launches, each where a free plan has it, or as late as it fits where that leaves it out."""
    search.load(base)
    trial = search.trial
    launched = [unit for unit in trial.units if base[unit.index] != NOWHERE]
    for unit in sorted(launched, key=lambda unit: (-base[unit.index], unit.index)):
        was, wish = trial.remove(unit), free.launch[unit.index]
        first, last = trial.ready(unit), trial.due(unit)
        found = [w for w in unit.waves if first <= w <= last and (w == was or trial.fits(unit, w))]
        trial.place(unit, max(found) if wish == NOWHERE else min(found, key=lambda wave: (abs(wave - wish), wave)))
    return tuple(trial.launch)


def _filled(search: Search, start: Solution) -> Iterator[Solution]:
    """Plans filled to the brim where nearly everything fits, but not in the plan at hand."""
    able = [number for number in search.aim.open if search.compact.units[number].waves]
    launched = sum(start.launch[number] != NOWHERE for number in able)
    share, whole = NEARLY_ALL
    if share * len(able) <= whole * launched < whole * len(able):
        yield from filled(search)


def _starts(search: Search, base: tuple[int, ...] | None) -> list[Solution]:
    compact, aim = search.compact, search.aim
    anywhere = (0,) * len(compact.units)
    chains = sum(len(compact.units[number].before) for number in aim.open)
    rules = RULES if chains <= LONG_CHAINS * len(aim.open) else RULES[:1]
    orders = [
        order_by(compact, rule, aim.open, kept)
        for rule in rules
        for kept in sorted({aim.kept, frozenset[int]()}, key=len)
    ]
    orders.append(by_position(compact, aim.open))
    decoded = {order: search.decode(order, anywhere) for order in dict.fromkeys(orders)}
    rest = max(decoded, key=lambda order: decoded[order].score)
    return [*decoded.values(), *_beside_known(search, base, rest)]


def _beside_known(search: Search, base: tuple[int, ...] | None, rest: Iterable[int]) -> Iterator[Solution]:
    """What launches all that is kept, and what people know, each with the rest beside it, in this order."""
    aim, count = search.aim, search.compact.count
    known = {unit: wave for unit, wave in enumerate(base or ()) if wave != NOWHERE}
    may = frozenset(aim.open)
    for waves in filter(None, (known, aim.published)):
        first = [unit for unit in sorted(waves, key=lambda unit: (waves[unit], unit)) if unit in may]
        after = [waves.get(unit, 0) for unit in range(len(search.compact.units))]
        later = tuple(count if wave == NOWHERE else wave for wave in after)
        yield search.decode((*first, *(unit for unit in rest if unit not in waves)), later)


def unmet_wishes(problem: Problem) -> tuple[UnmetPin, ...]:
    """Pins and deadlines that cannot hold beside history and those before them (by wave, then id); exact."""
    wished = [(s.latest, s.id, s) for s in problem.services if s.latest is not None and s.launched is None]
    if not wished:
        return ()
    everything = Compact(problem)
    if fitting(everything, [everything.unit_of(name) for _, name, _ in wished]) is not None:
        return ()
    unmet: dict[str, UnmetPin] = {}
    met: list[str] = []
    for wave, name, service in sorted(wished, key=lambda wish: wish[:2]):
        others = frozenset(other for _, other, _ in wished if other not in met and other != name)
        compact = Compact(problem, others | unmet.keys())
        if fitting(compact, [compact.unit_of(one) for one in (*met, name)]) is None:
            unmet[name] = _unmet(_room_with(problem, met), service, wave)
        else:
            met.append(name)
    return tuple(unmet.values())


def _room_with(problem: Problem, met: list[str]) -> Room:
    """Room with the wishes that can be met, and nothing else, in it."""
    room = Room(problem)
    compact = Compact(problem, frozenset(s.id for s in problem.services if s.id not in met))
    launch = fitting(compact, [compact.unit_of(one) for one in met]) or ()
    for unit in compact.units:
        if met and launch[unit.index] != NOWHERE:
            for member in unit.members:
                room.launch(member, launch[unit.index])
    return room


def _unmet(room: Room, service: PlanService, wave: int) -> UnmetPin:
    trial, stuck = as_far_as_possible(room, service)
    if stuck is not service:
        wave = max((number for number in room.problem.open_waves if number < wave), default=wave)
    return UnmetPin(service.id, stuck.id, wave, tuple(trial.blockers(stuck, wave)), trial.launches)
