"""Why a service is in its wave, and what it would take to bring it forward.

Statements about limits hold with everything else where it is: they come from the same `Room` that
accepts launches, and tests put them before the independent checker.
"""

from __future__ import annotations

from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.model.workspace import Workspace
from pmogen.planning.absent import absences
from pmogen.planning.bundle import Unit, unit_of
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Absence, Placement, Takes, Tried, Work
from pmogen.planning.problem import DAY, AspectGap, PlanService
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, UnmetPin, room_of
from pmogen.planning.sentences import SHOWN, Question, Sentences
from pmogen.planning.ways import MOST, way_forward
from pmogen.planning.words import capital, listed, sentence

PRIORITY = {"H": "high", "M": "medium", "L": "low"}


class Explainer:
    """Explains one schedule."""

    def __init__(
        self, workspace: Workspace, formulation: Formulation, schedule: Schedule, *, ways: bool = True
    ) -> None:
        self._ways = ways
        self._workspace = workspace
        self._formulation = formulation
        self._problem = formulation.problem
        self._schedule = schedule
        self._room = room_of(self._problem, schedule)
        self._words = Sentences(workspace, self._problem)
        self._names = self._words.names

    def placements(self) -> tuple[Placement, ...]:
        """Every launch, by wave and id."""
        launches = sorted(self._schedule.launches.items(), key=lambda launch: (launch[1], launch[0]))
        return tuple(self._placement(self._problem.by_id[service], wave) for service, wave in launches)

    def absences(self) -> tuple[Absence, ...]:
        """What is in no wave, by id."""
        return absences(self._workspace, self._formulation, self._schedule, ways=self._ways)

    def problems(self) -> tuple[str, ...]:
        """Pins that could not be met, with what prevents them."""
        return tuple(self._unmet(missed) for missed in self._schedule.unmet)

    def _placement(self, service: PlanService, wave: int) -> Placement:
        work = sorted(self._schedule.work[service.id].items())
        frozen = service.launched is not None
        unit = (service,) if frozen else unit_of(self._problem, service)
        room = self._room.copy()
        for member in unit:
            room.withdraw(member)
        earlier = () if frozen or service.pin == wave else self._every_earlier(unit, wave, room)
        return Placement(
            service=service.id,
            wave=self._problem.waves[wave].id,
            work=tuple(Work(self._problem.waves[number].id, Fraction(days, DAY)) for number, days in work),
            frozen=frozen,
            pinned=service.pin == wave,
            why=self._history(service, wave) if frozen else self._why(unit, wave, room),
            pulled_by=() if frozen or room.gain(service, wave) > 0 else self._needing(service),
            earlier=earlier,
            takes=self._brings_forward(unit, earlier, room),
        )

    def _every_earlier(self, unit: Unit, wave: int, room: Room) -> tuple[Tried, ...]:
        """For every earlier wave, the latest first, all that is in the way there."""
        here = room.gain(unit[0], wave, *unit[1:])
        found = []
        for number in reversed([number for number in self._problem.open_waves if number < wave]):
            blockers = tuple(room.blockers(unit[0], number, *unit[1:]))
            question = Question(unit, number, room.launches)
            found.append(
                Tried(
                    wave=self._problem.waves[number].id,
                    why=self._words.every(question, blockers),
                    limits=self._words.limits(blockers),
                    takes=self._forward(unit, number, room) if blockers else None,
                    helps=room.gain(unit[0], number, *unit[1:]) > here,
                )
            )
        return tuple(found)

    def _brings_forward(self, unit: Unit, earlier: tuple[Tried, ...], room: Room) -> Takes | None:
        """The fewest changes found that bring it forward to where it closes more; the latest wave of those."""
        helping = [tried for tried in earlier if tried.helps]
        if single := next((tried.takes for tried in helping if tried.takes), None):
            return single
        numbers = {wave.id: number for number, wave in enumerate(self._problem.waves)}
        found = [takes for tried in helping if (takes := self._forward(unit, numbers[tried.wave], room, MOST))]
        return min(found, key=lambda takes: len(takes.changes), default=None)

    def _forward(self, unit: Unit, number: int, room: Room, most: int = 1) -> Takes | None:
        """The few changes that would let it launch in the earlier wave; what it needs comes forward with it."""
        way = way_forward(room, unit, number) if self._ways else None
        if way is None or not 0 < len(way.grants) <= most:
            return None
        changes = self._words.changes(way.grants)
        ids = [wave.id for wave in self._problem.waves]
        names = {member.id for member in unit}
        moved = [
            f"{self._names.service(s)} in {self._words.wave(n)}" for s, n in way.launches.items() if s not in names
        ]
        along = f", with {listed(moved)}" if moved else ""
        where = "there" if most == 1 else f"in {self._words.wave(number)}"
        words = f"{capital(self._words.together(changes))}; then it could launch {where}{along}."
        return Takes(ids[number], changes, tuple((service, ids[wave]) for service, wave in way.launches.items()), words)

    def _needing(self, service: PlanService) -> tuple[str, ...]:
        return tuple(other for other, _ in self._problem.needed_by(service.id) if other in self._schedule.launches)

    def _history(self, service: PlanService, wave: int) -> tuple[str, ...]:
        launched = f"It was launched in {self._words.wave(wave)}; what has happened stays."
        if not service.lifting:
            return launched, "The assessed levels contain its effect already."
        return launched, *self._closes(service, wave)

    def _why(self, unit: Unit, wave: int, room: Room) -> tuple[str, ...]:
        service = unit[0]
        why = list(self._closes(service, wave))
        if needing := self._needing(service):
            several = len(needing) > 1
            why.append(f"{self._names.services(needing, SHOWN)} {'wait' if several else 'waits'} for it.")
        if unit[1:]:
            why.append(f"It launches together with {self._names.services(mate.id for mate in unit[1:])}.")
        if service.begun:
            left = in_words(Fraction(service.days, DAY))
            why.append(f"It is under way already; {left} person-days of work are left.")
        if service.pin == wave:
            why.append(self._pinned(service))
        if service.deadline is not None and service.id not in {missed.service for missed in self._schedule.unmet}:
            why.extend(self._needed_by_then(service))
        if not why:
            why.append("It was decided to offer it.")
        if service.pin != wave:
            why.extend(self._not_earlier(unit, wave, room))
        return tuple(why)

    def _closes(self, service: PlanService, wave: int) -> tuple[str, ...]:
        """What it closes on top of what is live at the end of the wave before."""
        live = self._room.live_after(wave - 1) if wave else 0
        parts = []
        for gap in self._problem.gaps_of[service.index]:
            gain = gap.closed(live | 1 << service.index) - gap.closed(live)
            if gain:
                parts.append((-gain * gap.weight, gap.id, self._part(gap, Fraction(gain, self._problem.level_unit))))
        if not parts:
            return ()
        beyond = "Beyond what earlier waves bring, it" if live else "It"
        return (f"{beyond} closes {listed(part for *_, part in sorted(parts))}.", *self._shared(service, wave, live))

    def _shared(self, service: PlanService, wave: int, live: int) -> tuple[str, ...]:
        """Where launches of the same wave close some of the same: what they close together, which is less than the sum."""
        bits = {s.id: 1 << s.index for s in self._problem.services if self._schedule.launches.get(s.id) == wave}
        said: dict[tuple[str, ...], list[str]] = {}
        for gap in self._problem.gaps_of[service.index]:
            alone = {name: gap.closed(live | bit) - gap.closed(live) for name, bit in bits.items() if gap.mask & bit}
            every = gap.closed(live | sum(bits[name] for name in alone)) - gap.closed(live)
            others = tuple(sorted(name for name, gain in alone.items() if gain and name != service.id))
            if gap.weight and alone[service.id] and others and every < sum(alone.values()):
                said.setdefault(others, []).append(self._part(gap, Fraction(every, self._problem.level_unit)))
        return tuple(
            f"{self._names.services(others, SHOWN)}, in the same wave, {'close' if others[1:] else 'closes'} some of the "
            f"same: together they close {listed(parts)}."
            for others, parts in said.items()
        )

    def _part(self, gap: AspectGap, gain: Fraction) -> str:
        register = self._formulation.gaps[gap.id]
        amount = in_words(register.amount)
        share = "all" if gain == register.amount else in_words(gain)
        missing = f"{amount} missing levels" if amount != "1" else "missing level"
        share = {"all": f"all {missing}" if amount != "1" else "the one missing level"}.get(
            share, f"{share} of the {missing}"
        )
        return f"{share} in {self._names.aspect(gap.id)} ({PRIORITY[register.priority]} priority)"

    def _needed_by_then(self, service: PlanService) -> tuple[str, ...]:
        wishes = [wish for wish in self._workspace.roadmap.deadlines if wish.service == service.id]
        last = self._words.wave(service.deadline or 0)
        return tuple(sentence(f"{wish.who} needs it by the end of {last}: {wish.why}") for wish in wishes[-1:])

    def _pinned(self, service: PlanService) -> str:
        pin = [pin for pin in self._workspace.roadmap.pins if pin.service == service.id][-1]
        return sentence(f"Pinned here by {pin.who}: {pin.why}")

    def _not_earlier(self, unit: Unit, wave: int, room: Room) -> tuple[str, ...]:
        earlier = [number for number in self._problem.open_waves if number < wave]
        if not earlier:
            return ()
        before = earlier[-1]
        name = self._words.wave(before)
        found = tuple(room.blockers(unit[0], before, *unit[1:]))
        if found:
            return (f"Not yet in {name}: {self._words.answer(Question(unit, before, room.launches), found)}",)
        if room.gain(unit[0], before, *unit[1:]) <= room.gain(unit[0], wave, *unit[1:]):
            return (f"It could launch in {name} as well, but would close nothing more by that.",)
        return (f"It could launch in {name} as well; the plan as a whole is better this way.",)

    def _unmet(self, missed: UnmetPin) -> str:
        name, wished = self._names.service(missed.service), self._problem.by_id[missed.service]
        unit = unit_of(self._problem, self._problem.by_id[missed.stuck])
        outside = frozenset(missed.launches.keys() - self._schedule.launches.keys())
        said = self._words.answer(Question(unit, missed.wave, missed.launches, outside), missed.blockers)
        if missed.stuck != missed.service:
            said = f"It needs {self._names.service(missed.stuck)} first, which fits in no wave. {said}"
        wave = self._schedule.launches.get(missed.service)
        instead = "It is in no wave." if wave is None else f"It is in {self._words.wave(wave)} instead."
        last = self._words.wave(wished.latest or 0)
        wish = f"has to be live by the end of {last} and cannot be" if wished.pin is None else ""
        return f"{name} {wish or f'is pinned to {last} and cannot launch there'}. {said} {instead}"
