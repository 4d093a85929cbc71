"""Why a service is in its wave, why another is in none, and what it would take.

Statements about limits hold with everything else where it is: they come from the same `Room` that
accepts launches, and tests put them before the independent checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.model.workspace import Workspace
from pmogen.planning.blockers import GRANTABLE, Blocker
from pmogen.planning.bundle import as_far_as_possible
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Absence, Earlier, Placement, Work
from pmogen.planning.problem import DAY, AspectGap, PlanService
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, UnmetPin, room_of
from pmogen.planning.words import SHOWN, Question, Words, listed, sentence


class Explainer:
    """Explains one schedule."""

    def __init__(self, workspace: Workspace, formulation: Formulation, schedule: Schedule) -> None:
        self._workspace = workspace
        self._gaps = formulation.gaps
        self._problem = formulation.problem
        self._schedule = schedule
        self._room = room_of(self._problem, schedule)
        self._words = Words(workspace, self._problem)

    def placements(self) -> tuple[Placement, ...]:
        """Every launch, by wave and id."""
        launches = sorted(self._schedule.launches.items(), key=lambda launch: (launch[1], launch[0]))
        return tuple(self._placement(self._problem.by_id[service], wave) for service, wave in launches)

    def absences(self) -> tuple[Absence, ...]:
        """What could have been planned and is not, by id."""
        return tuple(self._absence(s) for s in self._problem.services if s.id not in self._schedule.launches)

    def problems(self) -> tuple[str, ...]:
        """Pins that could not be met, with what prevents them."""
        return tuple(self._unmet(missed) for missed in self._schedule.unmet)

    def _placement(self, service: PlanService, wave: int) -> Placement:
        work = sorted(self._schedule.work[service.id].items())
        frozen = service.launched is not None
        room = self._room.copy()
        room.withdraw(service)
        closing = room.gain(service, wave) > 0
        needing = self._needing(service)
        return Placement(
            service=service.id,
            wave=self._problem.waves[wave].id,
            work=tuple(Work(self._problem.waves[number].id, Fraction(days, DAY)) for number, days in work),
            frozen=frozen,
            pinned=service.pin == wave,
            why=self._history(service, wave) if frozen else self._why(service, wave, room),
            pulled_by=() if frozen or closing else needing,
            earlier=() if frozen or service.pin == wave else self._every_earlier(service, wave, room),
        )

    def _every_earlier(self, service: PlanService, wave: int, room: Room) -> tuple[Earlier, ...]:
        """For every earlier wave, the latest first, all that is in the way there."""
        found = []
        for number in reversed([number for number in self._problem.open_waves if number < wave]):
            blockers = tuple(room.blockers(service, number))
            why = self._words.every(Question(service, number, room.launches), blockers)
            single = len(blockers) == 1 and blockers[0].kind in GRANTABLE and blockers[0].short
            takes = self._words.takes(blockers[0]) if single else ""
            found.append(Earlier(self._problem.waves[number].id, why, takes))
        return tuple(found)

    def _needing(self, service: PlanService) -> tuple[str, ...]:
        return tuple(
            other.id
            for other in self._problem.services
            if other.id in self._schedule.launches
            and other.launched is None
            and any(need.service == service.id for need in other.requires)
        )

    def _history(self, service: PlanService, wave: int) -> tuple[str, ...]:
        launched = f"Launched in {self._words.wave(wave)}; what has happened stays."
        if not service.lifting:
            return launched, "The assessed levels contain its effect already."
        return launched, *self._closes(service, wave)

    def _why(self, service: PlanService, wave: int, room: Room) -> tuple[str, ...]:
        why = list(self._closes(service, wave))
        needing = self._needing(service)
        if needing:
            why.append(f"{self._words.services(needing)} {'needs' if len(needing) == 1 else 'need'} it.")
        mates = self._problem.mates(service.id)
        if mates:
            why.append(f"It launches together with {self._words.services(mates)}.")
        if service.pin == wave:
            why.append(self._pinned(service))
        if service.deadline is not None and service.id not in {missed.service for missed in self._schedule.unmet}:
            why.append(self._needed_by_then(service))
        if not why:
            why.append("It was decided to offer it.")
        if service.pin != wave:
            why.extend(self._not_earlier(service, wave, room))
        return tuple(why)

    def _closes(self, service: PlanService, wave: int) -> tuple[str, ...]:
        """What it closes on top of what is live at the end of the wave before."""
        live = self._room.live_after(wave - 1) if wave else 0
        parts = []
        for gap in self._problem.gaps_of[service.index]:
            gain = gap.closed(live | 1 << service.index) - gap.closed(live)
            if gain:
                parts.append((-gain * gap.weight, gap.id, self._part(gap, Fraction(gain, self._problem.level_unit))))
        said = listed(part for *_, part in sorted(parts)) if parts else ""
        return (f"On top of what is live before, it closes {said}.",) if said else ()

    def _part(self, gap: AspectGap, gain: Fraction) -> str:
        register = self._gaps[gap.id]
        name = self._workspace.name_of("aspects", gap.id)
        return (
            f"{in_words(gain)} of {in_words(register.amount)} missing levels in {name} (priority {register.priority})"
        )

    def _needed_by_then(self, service: PlanService) -> str:
        wish = [wish for wish in self._workspace.roadmap.deadlines if wish.service == service.id][-1]
        last = self._words.wave(service.deadline or 0)
        return sentence(f"{wish.who} needs it by the end of {last}: {wish.why}")

    def _pinned(self, service: PlanService) -> str:
        pin = [pin for pin in self._workspace.roadmap.pins if pin.service == service.id][-1]
        return sentence(f"Pinned here by {pin.who}: {pin.why}")

    def _not_earlier(self, service: PlanService, wave: int, room: Room) -> tuple[str, ...]:
        earlier = [number for number in self._problem.open_waves if number < wave]
        if not earlier:
            return ()
        before = earlier[-1]
        found = tuple(room.blockers(service, before))
        if not found:
            if room.gain(service, before) <= room.gain(service, wave):
                return (f"It would fit in {self._words.wave(before)} too, but close nothing more by that.",)
            return (f"It would fit in {self._words.wave(before)} too; the plan as a whole is better this way.",)
        question = Question(service, before, room.launches)
        return (f"Not yet in {self._words.wave(before)}: {self._words.answer(question, found)}",)

    def _unmet(self, missed: UnmetPin) -> str:
        name, wished = self._words.service(missed.service), self._problem.by_id[missed.service]
        stuck = self._problem.by_id[missed.stuck]
        question = Question(stuck, missed.wave, missed.launches, self._outside(missed.launches))
        said = self._words.answer(question, missed.blockers)
        if missed.stuck != missed.service:
            said = f"It needs {self._words.service(missed.stuck)} first, which fits in no wave. {said}"
        wave = self._schedule.launches.get(missed.service)
        instead = "It is in no wave." if wave is None else f"It is in {self._words.wave(wave)} instead."
        last = self._words.wave(wished.latest or 0)
        wish = f"has to be live by the end of {last} and cannot be" if wished.pin is None else ""
        return f"{name} {wish or f'is pinned to {last} and cannot launch there'}. {said} {instead}"

    def _outside(self, launches: Mapping[str, int]) -> frozenset[str]:
        return frozenset(launches.keys() - self._schedule.launches.keys())

    def _absence(self, service: PlanService) -> Absence:
        waves = [number for number in self._problem.open_waves if self._room.gain(service, number)]
        if instead := self._instead(service):
            return Absence(service.id, "redundant", (instead,))
        wanted = service.latest is not None
        if service.rank == "prerequisite" and not wanted:
            return Absence(service.id, "not useful", (self._useless(service),))
        if not self._problem.open_waves:
            return Absence(service.id, "no room", ("No wave is open any more.",))
        if not waves and not wanted:
            return self._redundant(service)
        return self._no_room(service, list(self._problem.open_waves) if wanted else waves)

    def _useless(self, service: PlanService) -> str:
        direct = [s.id for s in self._problem.services if any(need.service == service.id for need in s.requires)]
        needing = [identifier for identifier in direct if self._problem.by_id[identifier].launched is None]
        mates = [mate for mate in self._problem.mates(service.id) if mate not in self._schedule.launches]
        if not needing:
            with_it = f"; it launches together with {self._words.services(mates)} or not at all" if mates else ""
            return f"It closes no gap here{with_it}."
        verb = ("needs", "is") if len(needing) == 1 else ("need", "are")
        return f"It closes no gap here; {self._words.services(needing)}, which {verb[0]} it, {verb[1]} not in the plan."

    def _redundant(self, service: PlanService) -> Absence:
        live = self._room.live_after(len(self._problem.waves) - 1)
        why = []
        for gap in self._problem.gaps_of[service.index]:
            others = self._lifting(gap, live)
            if not gap.weight or not others or not gap.closed(1 << service.index):
                continue
            name = self._workspace.name_of("aspects", gap.id)
            closed = gap.now + gap.closed(live) == gap.target
            what = f"close the gap in {name}" if closed else f"lift {name} as far as it could"
            verb = what if len(others) > 1 else what.replace(" ", "s ", 1)
            why.append(f"{listed(others)} already {verb}.")
        if not why:
            accepted = {entry.aspect for entry in self._workspace.decisions.accepted_gaps}
            said = "were accepted as they are" if accepted & self._closing(service) else "carry no weight here"
            return Absence(service.id, "not useful", (f"The gaps it closes {said}.",))
        return Absence(service.id, "redundant", tuple(why))

    def _closing(self, service: PlanService) -> set[str]:
        bit = 1 << service.index
        return {gap.id for gap in self._problem.gaps_of[service.index] if gap.closed(bit)}

    def _instead(self, service: PlanService) -> str:
        """The alternative that was taken, in words; empty when there is none."""
        taken = [other for other in self._problem.rivals(service.id) if other in self._schedule.launches]
        return f"{self._words.services(taken)} is planned, and only one of the two is to be." if taken else ""

    def _lifting(self, gap: AspectGap, live: int) -> list[str]:
        """Names of the live services that lift the aspect, the strongest first; of many only the first few."""
        strength = {lift.bit: lift.by for lift in gap.lifts if lift.up_to > gap.now}
        found = [s for s in self._problem.services if 1 << s.index in strength and live & 1 << s.index]
        found.sort(key=lambda s: (-strength[1 << s.index], s.id))
        names = [self._words.service(s.id) for s in found]
        return names if len(names) <= SHOWN else [*names[:SHOWN], "others"]

    def _no_room(self, service: PlanService, waves: list[int]) -> Absence:
        trial, stuck = as_far_as_possible(self._room, service)
        brought = self._outside(trial.launches)
        if stuck is not service:
            name = self._words.service(stuck.id)
            closest = self._closest(trial, stuck, list(self._problem.open_waves))
            return Absence(
                service.id, "prerequisite", (f"It needs {name}, which fits in no wave.", f"{name}: {closest}")
            )
        closest = self._closest(trial, service, waves)
        if not self._room.gain(service, len(self._problem.waves) - 1) and service.latest is None:
            redundant = self._redundant(service).why
            return Absence(
                service.id, "redundant", (*redundant, f"It would only help earlier, and does not fit there. {closest}")
            )
        beside = f" even with {self._words.services(sorted(brought))}, which it needs" if brought else ""
        nowhere = f"It fits in none of the waves in which it would help{',' * bool(beside)}{beside}."
        takes = what_it_takes(self._room, service)
        return Absence(service.id, "no room", (nowhere, closest), self._words.takes(takes[1]) if takes else "")

    def _closest(self, room: Room, service: PlanService, waves: list[int]) -> str:
        """The wave with the fewest limits in the way, or the one where a little more would do."""
        takes = what_it_takes(room, service)
        found = [
            (len(blockers), number, blockers) for number in waves if (blockers := tuple(room.blockers(service, number)))
        ]
        if not found:
            return ""
        _, number, blockers = min(found, key=lambda entry: (takes is None or entry[1] != takes[0], *entry[:2]))
        question = Question(service, number, room.launches, self._outside(room.launches))
        return f"Closest is {self._words.wave(number)}: {self._words.answer(question, blockers)}"


def what_it_takes(room: Room, service: PlanService) -> tuple[int, Blocker] | None:
    """The first wave in which a single shortage keeps out a service that would add value there, and that shortage."""
    for wave in room.problem.open_waves:
        blockers = tuple(room.blockers(service, wave))
        if len(blockers) == 1 and blockers[0].kind in GRANTABLE and blockers[0].short and room.gain(service, wave):
            return wave, blockers[0]
    return None
