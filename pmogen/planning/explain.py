"""Why a service is in its wave, and what it would take to bring it forward.

Statements about limits hold with everything else where it is: they come from the same `Room` that
accepts launches, and tests put them before the independent checker.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cached_property

from pmogen.analysis.trace import in_words
from pmogen.language import _, ngettext
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace
from pmogen.planning.absent import absences
from pmogen.planning.bundle import Unit, unit_of
from pmogen.planning.change_words import ChangeWords, then
from pmogen.planning.formulation import Formulation
from pmogen.planning.plan import Absence, Placement, Takes, Tried, Work
from pmogen.planning.problem import DAY, AspectGap, PlanService
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, UnmetPin, room_of
from pmogen.planning.sentences import SHOWN, Question, Sentences, in_short
from pmogen.planning.ways import MOST, way_forward
from pmogen.planning.words import amount, form, listed, sentence


class Explainer:
    """Explains one schedule."""

    def __init__(
        self,
        workspace: Workspace,
        formulation: Formulation,
        schedule: Schedule,
        *,
        ways: bool = True,
        explained: Collection[str] | None = None,
    ) -> None:
        self._explained = explained
        self._ways = ways
        self._workspace = workspace
        self._formulation = formulation
        self._problem = formulation.problem
        self._schedule = schedule
        self._room = room_of(self._problem, schedule)
        self._words = Sentences(workspace, self._problem, schedule.launches)
        self._names = self._words.names

    def placements(self) -> tuple[Placement, ...]:
        """Every launch, by wave and id."""
        launches = sorted(self._schedule.launches.items(), key=lambda launch: (launch[1], launch[0]))
        return tuple(self._placement(self._problem.by_id[service], wave) for service, wave in launches)

    def absences(self) -> tuple[Absence, ...]:
        """What is in no wave, by id."""
        return absences(self._workspace, self._formulation, self._schedule, ways=self._ways, explained=self._explained)

    def problems(self) -> tuple[str, ...]:
        """Pins that could not be met, with what prevents them."""
        return tuple(self._unmet(missed) for missed in self._schedule.unmet)

    def _placement(self, service: PlanService, wave: int) -> Placement:
        work = sorted(self._schedule.work[service.id].items())
        frozen = service.launched is not None
        if self._explained is not None and service.id not in self._explained:
            return self._unexplained(service, wave)
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
            why=self._history(service, wave) if frozen else self._why(unit, wave, earlier),
            pulled_by=() if frozen or room.gain(service, wave) > 0 else self._needing(service),
            earlier=earlier,
            takes=self._brings_forward(unit, earlier, room),
        )

    def _unexplained(self, service: PlanService, wave: int) -> Placement:
        """Where it is and what it takes, and not why."""
        ids = [wave.id for wave in self._problem.waves]
        work = tuple(Work(ids[n], Fraction(days, DAY)) for n, days in sorted(self._schedule.work[service.id].items()))
        return Placement(service.id, ids[wave], work, service.launched is not None, service.pin == wave, ())

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
        changes = ChangeWords(self._workspace, self._problem).changes(way.grants)
        ids = [wave.id for wave in self._problem.waves]
        names = {member.id for member in unit}
        moved = [
            _("{service} in {wave}", service=self._names.service(service), wave=self._words.wave(wave))
            for service, wave in way.launches.items()
            if service not in names
        ]
        words = then(changes, listed(moved), wave="" if most == 1 else self._words.wave(number))
        return Takes(ids[number], changes, tuple((service, ids[wave]) for service, wave in way.launches.items()), words)

    def _needing(self, service: PlanService) -> tuple[str, ...]:
        return tuple(other for other, _ in self._problem.needed_by(service.id) if other in self._schedule.launches)

    def _history(self, service: PlanService, wave: int) -> tuple[str, ...]:
        launched = _("It was launched in {wave}; what has happened stays.", wave=self._words.wave(wave))
        if not service.lifting:
            return launched, _("The assessed levels contain its effect already.")
        return launched, *self._closes(service, wave)

    def _why(self, unit: Unit, wave: int, earlier: tuple[Tried, ...]) -> tuple[str, ...]:
        service = unit[0]
        why = list(self._closes(service, wave))
        if needing := self._needing(service):
            names = self._names.services(needing, SHOWN)
            why.append(ngettext("{services} waits for it.", "{services} wait for it.", len(needing), services=names))
        if unit[1:]:
            mates = self._names.services(mate.id for mate in unit[1:])
            why.append(_("It launches together with {services}.", services=mates))
        if service.begun:
            why.append(_left_of_it(amount(service.days, DAY)))
        if service.pin == wave:
            why.append(self._pinned(service))
        if service.deadline is not None and service.id not in {missed.service for missed in self._schedule.unmet}:
            why.extend(self._needed_by_then(service))
        if not why:
            why.append(_("It was decided to offer it."))
        if earlier:
            why.append(self._not_earlier(earlier[0]))
        return tuple(why)

    def _closes(self, service: PlanService, wave: int) -> tuple[str, ...]:
        """What it closes on top of what is live at the end of the wave before."""
        live, room = self._room.live_after(wave - 1) if wave else 0, self._room
        parts = []
        for gap in self._problem.gaps_of[service.index]:
            gain = room.closed(gap, live | 1 << service.index) - room.closed(gap, live)
            if gain:
                parts.append((-gain * gap.weight, gap.id, self._part(gap, Fraction(gain, self._problem.level_unit))))
        if not parts:
            return ()
        closed = listed(part for *_order, part in sorted(parts))
        if not live:
            return (_("It closes {levels}.", levels=closed), *self._shared(service, wave, live))
        beyond = _("Beyond what earlier waves bring, it closes {levels}.", levels=closed)
        return (beyond, *self._shared(service, wave, live))

    def _shared(self, service: PlanService, wave: int, live: int) -> tuple[str, ...]:
        """Where launches of the same wave close some of the same: what they close together, which is less than the sum."""
        bits, closed = self._bits[wave], self._room.closed
        said: dict[tuple[str, ...], list[str]] = {}
        for gap in self._problem.gaps_of[service.index]:
            now = closed(gap, live)
            alone = {name: closed(gap, live | bit) - now for name, bit in bits.items() if gap.mask & bit}
            every = closed(gap, live | sum([bits[name] for name in alone])) - now
            others = tuple(sorted(name for name, gain in alone.items() if gain and name != service.id))
            if gap.weight and alone[service.id] and others and every < sum(alone.values()):
                said.setdefault(others, []).append(self._part(gap, Fraction(every, self._problem.level_unit)))
        return tuple(
            ngettext(
                "{services}, in the same wave, closes some of the same: together they close {levels}.",
                "{services}, in the same wave, close some of the same: together they close {levels}.",
                len(others),
                services=self._names.services(others, SHOWN),
                levels=listed(parts),
            )
            for others, parts in said.items()
        )

    @cached_property
    def _bits(self) -> Mapping[int, Mapping[str, int]]:
        """The bits of what launches in each wave, by id."""
        found: dict[int, dict[str, int]] = {}
        for service in self._problem.services:
            if service.id in self._schedule.launches:
                found.setdefault(self._schedule.launches[service.id], {})[service.id] = 1 << service.index
        return found

    def _part(self, gap: AspectGap, gain: Fraction) -> str:
        register = self._formulation.gaps[gap.id]
        levels = in_words(register.amount)
        aspect, priority = self._names.aspect(gap.id), word("size", register.priority)
        if gain == register.amount:
            return ngettext(
                "the one missing level in {aspect} ({priority} priority)",
                "all {count} missing levels in {aspect} ({priority} priority)",
                form(levels),
                count=levels,
                aspect=aspect,
                priority=priority,
            )
        return ngettext(
            "{share} of the missing level in {aspect} ({priority} priority)",
            "{share} of the {count} missing levels in {aspect} ({priority} priority)",
            form(levels),
            count=levels,
            share=in_words(gain),
            aspect=aspect,
            priority=priority,
        )

    def _needed_by_then(self, service: PlanService) -> tuple[str, ...]:
        wishes = [wish for wish in self._workspace.roadmap.deadlines if wish.service == service.id]
        last = self._words.wave(service.deadline or 0)
        return tuple(
            sentence(_("{who} needs it by the end of {wave}: {why}.", who=wish.who, wave=last, why=wish.why))
            for wish in wishes[-1:]
        )

    def _pinned(self, service: PlanService) -> str:
        pin = [pin for pin in self._workspace.roadmap.pins if pin.service == service.id][-1]
        return sentence(_("Pinned here by {who}: {why}.", who=pin.who, why=pin.why))

    def _not_earlier(self, before: Tried) -> str:
        """Why it does not launch in the last wave before."""
        name = self._names.wave(before.wave)
        if before.limits:
            return _("Not yet in {wave}: {why}", wave=name, why=in_short(before.why))
        if not before.helps:
            return _("It could launch in {wave} as well, but would close nothing more by that.", wave=name)
        return _("It could launch in {wave} as well; the plan as a whole is better this way.", wave=name)

    def _unmet(self, missed: UnmetPin) -> str:
        name, wished = self._names.service(missed.service), self._problem.by_id[missed.service]
        unit = unit_of(self._problem, self._problem.by_id[missed.stuck])
        outside = frozenset(missed.launches.keys() - self._schedule.launches.keys())
        words = Sentences(self._workspace, self._problem, missed.launches)
        said = words.answer(Question(unit, missed.wave, missed.launches, outside), missed.blockers)
        if missed.stuck != missed.service:
            stuck = self._names.service(missed.stuck)
            said = _("It needs {service} first, which fits in no wave. {why}", service=stuck, why=said)
        wave, last = self._schedule.launches.get(missed.service), self._words.wave(wished.latest or 0)
        if wished.pin is None:
            wish = _("{service} has to be live by the end of {wave} and cannot be.", service=name, wave=last)
        else:
            wish = _("{service} is pinned to {wave} and cannot launch there.", service=name, wave=last)
        instead = _("It is in no wave.") if wave is None else _("It is in {wave} instead.", wave=self._words.wave(wave))
        return f"{wish} {said} {instead}"


def _left_of_it(days: str) -> str:
    return ngettext(
        "It is under way already; {days} person-days of work are left.",
        "It is under way already; {days} person-days of work are left.",
        form(days),
        days=days,
    )
