"""What is left of every capacity while launches are tried out.

`Room` is the one mutable thing in planning: the scheduler launches and withdraws services in it, the
explanations ask it what is in the way. `blockers` is the only place that knows when a launch fits;
`check` states the same rules a second time, independently.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from pmogen.planning.blockers import Blocker
from pmogen.planning.building import fits, history_work, shortage
from pmogen.planning.problem import AspectGap, PlanService, Problem, WaveLimits
from pmogen.planning.staffing import Task, staffed


class Room:
    """Launches so far, and what they leave of the PMO's and the audiences' capacities."""

    def __init__(self, problem: Problem) -> None:
        count = len(problem.waves)
        self.problem = problem
        self.launches: dict[str, int] = {}
        self.pins: dict[str, int] = {s.id: s.pin for s in problem.services if s.pin is not None}
        self.deadlines: dict[str, int] = {s.id: s.deadline for s in problem.services if s.deadline is not None}
        self._demand = [0] * count
        self._run = [0] * (count + 1)
        self._live = [0] * count
        self._points = [list(audience.background) for audience in problem.audiences]
        self._highs = [[0] * count for _ in problem.audiences]
        self._past_days = [0] * count
        self._known_room: tuple[tuple[WaveLimits, ...] | None, list[int]] = None, []
        self._known_earliest: tuple[Problem | None, dict[tuple[str, ...], int | None]] = None, {}
        self._closed: dict[tuple[str, int], int] = {}
        for service in problem.services:
            if service.launched is not None:
                self._apply(service, service.launched, 1)
        for work in history_work(problem).values():
            for wave, days in work.items():
                self._past_days[wave] += days

    def copy(self) -> Room:
        """A second room with the same launches; what is known of closures is shared."""
        twin = object.__new__(Room)
        twin.problem, twin._past_days, twin._closed = self.problem, self._past_days, self._closed
        twin.launches, twin.pins, twin.deadlines = dict(self.launches), self.pins, self.deadlines
        twin._demand, twin._run, twin._live = list(self._demand), list(self._run), list(self._live)
        twin._known_room, twin._known_earliest = self._known_room, (None, {})
        twin._points = [list(points) for points in self._points]
        twin._highs = [list(highs) for highs in self._highs]
        return twin

    def give_up(self, service: str) -> None:
        """Let a pin or deadline go that cannot be met."""
        self.pins = {name: wave for name, wave in self.pins.items() if name != service}
        self.deadlines = {name: wave for name, wave in self.deadlines.items() if name != service}
        self._known_earliest = None, {}

    def launch(self, service: PlanService, wave: int) -> None:
        """Launch the service in the wave, whether it fits or not."""
        self._apply(service, wave, 1)

    def withdraw(self, service: PlanService) -> int:
        """Take the launch back; says in which wave it was."""
        wave = self.launches[service.id]
        self._apply(service, wave, -1)
        return wave

    def _apply(self, service: PlanService, wave: int, sign: int) -> None:
        if sign > 0:
            self.launches[service.id] = wave
        else:
            del self.launches[service.id]
        self._known_earliest = None, {}
        if service.launched is None:
            self._demand[wave] += sign * service.days
        if service.run:
            self._known_room = None, []
            for later in range(wave + 1, len(self._run)):
                self._run[later] += sign * service.run
        for ask in service.asks:
            self._points[ask.audience][wave] += sign * ask.points
            self._highs[ask.audience][wave] += sign * ask.highs
            if wave + 1 < len(self._demand):
                self._points[ask.audience][wave + 1] += sign * ask.tail
        if service.lifting:
            for later in range(wave, len(self._live)):
                self._live[later] ^= 1 << service.index

    def fits(self, service: PlanService, wave: int, *company: PlanService) -> bool:
        """Whether the launch, together with its company, breaks no limit."""
        return next(self.blockers(service, wave, *company), None) is None

    def earliest(self, service: PlanService, *company: PlanService) -> int | None:
        """The first wave in which it fits; remembered until something changes."""
        if self._known_earliest[0] is not self.problem:
            self._known_earliest = self.problem, {}
        known, key = self._known_earliest[1], (service.id, *(other.id for other in company))
        if key not in known:
            known[key] = next((wave for wave in self.problem.open_waves if self.fits(service, wave, *company)), None)
        return known[key]

    def blockers(self, service: PlanService, wave: int, *company: PlanService) -> Iterator[Blocker]:
        """Every limit that launching the service in the wave would break, the cheapest to find first.

        `company` are services that launch in the wave with it; none of them may have launched in the room.
        """
        members = (service, *company)
        names = frozenset([member.id for member in members])
        if not self.problem.waves[wave].open:
            yield from (Blocker("finished", wave, service=member.id) for member in members)
        for member in members:
            yield from self._date_blockers(member, wave)
        for member in members:
            yield from self._company_blockers(member, wave, names)
        yield from self._change_blockers(members, wave)
        run = sum([member.run for member in members])
        if run:
            yield from self._run_blockers(run, wave)
        yield from self._build_blockers(members, wave, run)

    def _date_blockers(self, service: PlanService, wave: int) -> Iterator[Blocker]:
        if self.pins.get(service.id, wave) != wave:
            yield Blocker("pinned", self.pins[service.id], service=service.id)
        if self.deadlines.get(service.id, wave) < wave:
            yield Blocker("deadline", self.deadlines[service.id], service=service.id)
        if wave < service.not_before:
            yield Blocker("not before", service.not_before, service=service.id)

    def _company_blockers(self, service: PlanService, wave: int, members: frozenset[str]) -> Iterator[Blocker]:
        """What launches together with it elsewhere, alternatives that are live, what it needs, and what needs it."""
        launches = self.launches
        for other in self.problem.mates(service.id) if self.problem.together else ():
            if other not in members and launches.get(other) != wave:
                yield Blocker("together", launches.get(other, -1), other=other, service=service.id)
        for other in self.problem.rivals(service.id) if self.problem.alternatives else ():
            if other in launches or other in members:
                yield Blocker("alternative", launches.get(other, wave), other=other, service=service.id)
        for need in service.requires:
            live = wave if need.service in members else launches.get(need.service)
            if live is None or live + need.lag > wave:
                yield Blocker("prerequisite", -1 if live is None else live, other=need.service, service=service.id)
        for other, lag in self.problem.needed_by(service.id):
            if other in launches and launches[other] < wave + lag:
                yield Blocker("needed", launches[other], other=other, service=service.id)

    def _change_blockers(self, members: tuple[PlanService, ...], wave: int) -> Iterator[Blocker]:
        audiences = self.problem.audiences
        asked: dict[int, tuple[int, int, int]] = {}
        for member in members:
            for ask in member.asks:
                audience = ask.audience
                if audiences[audience].black_out[wave] is not None:
                    yield Blocker("black-out", wave, audience=audience, service=member.id)
                highs, points, tail = asked.get(audience, (0, 0, 0))
                asked[audience] = highs + ask.highs, points + ask.points, tail + ask.tail
        for audience, (highs, points, tail) in asked.items():
            free = self.problem.high_per_wave - self._highs[audience][wave]
            if highs and highs > free:
                yield Blocker("high", wave, audience, need=highs, free=free, short=highs - free)
            capacity = audiences[audience].capacity
            for number, part in ((wave, points), (wave + 1, tail)):
                if part and number < len(capacity):
                    free = capacity[number] - self._points[audience][number]
                    if part > free:
                        yield Blocker("load", number, audience, need=part, free=free, short=part - free)

    def _run_blockers(self, run: int, wave: int) -> Iterator[Blocker]:
        for later in range(wave + 1, len(self._run)):
            free = self.problem.run_cap(later) - self._run[later]
            if free < run:
                yield Blocker("run", later, need=run, free=free, short=run - free)

    def _build_blockers(self, members: tuple[PlanService, ...], wave: int, run: int) -> Iterator[Blocker]:
        demand, days = self._demand.copy(), sum([member.days for member in members])
        demand[wave] += days
        room = self._room_now()
        if run:
            later = [self._room_of(number, self._run[number] + run) for number in range(wave + 1, len(room))]
            room = [*room[: wave + 1], *later]
        span = self.problem.build_waves
        if fits(demand, [max(0, free) for free in room], span):
            yield from self._role_blockers(members, wave, [max(0, free) for free in room])
            return
        missing = shortage(demand, room, span, wave)
        if missing.days:
            yield Blocker("build", wave, need=days, free=days - missing.days, short=missing.days)
        if missing.elsewhere:
            yield Blocker("other builds", missing.elsewhere[0], short=missing.elsewhere[1])
        else:
            granted = [max(0, free + missing.days * (number == wave)) for number, free in enumerate(room)]
            yield from self._role_blockers(members, wave, granted)

    def _room_of(self, wave: int, running: int) -> int:
        """Person-days (tenths) that building may use in the wave when running takes so many FTE; negative if overdrawn."""
        limits = self.problem.waves[wave]
        return limits.build_limit(running) - self._past_days[wave] if limits.open else 0

    def _room_now(self) -> list[int]:
        """The same in every wave, with what is live now; reckoned again only when that or the waves have changed."""
        waves, known = self._known_room
        if waves is not self.problem.waves:
            known = [self._room_of(wave, self._run[wave]) for wave in range(len(self.problem.waves))]
            self._known_room = self.problem.waves, known
        return known

    def _role_blockers(self, members: tuple[PlanService, ...], wave: int, room: list[int]) -> Iterator[Blocker]:
        """The role that is short, when giving it more days in the wave would do; else all of their roles."""
        problem = self.problem
        if not problem.roles:
            return
        launches = {s: w for s, w in self.launches.items() if problem.by_id[s].launched is None}
        launches |= {member.id: wave for member in members}
        tasks = [Task(s, w, problem.by_id[s].days, problem.by_id[s].roles) for s, w in launches.items()]

        def short(more: dict[int, int]) -> bool:
            roles = [limits.more(wave, more.get(number, 0)) for number, limits in enumerate(problem.roles)]
            return staffed(tasks, room, roles, problem.build_waves) is None

        if not short({}):
            return
        days = sum(member.days for member in members)
        used = sorted({role for member in members for role in member.roles})
        for role in used:
            if not short({role: days}):
                least = bisect_left(range(1, days), True, key=lambda more: not short({role: more})) + 1
                yield Blocker("role", wave, other=problem.roles[role].id, need=days, short=least)
                return
        scarce = [role for role in used if problem.roles[role].days[wave] is not None]
        known = scarce if scarce and not short(dict.fromkeys(scarce, days)) else ()
        for role in known:
            yield Blocker("role", wave, other=problem.roles[role].id, need=days)
        if not known:
            yield Blocker("role", wave, need=days)

    def gain(self, service: PlanService, wave: int, *company: PlanService) -> int:
        """Value that launching it (all of them) in the wave adds: weighted closure, summed over the waves from there."""
        return sum(self._gains(wave, (service, *company)))

    def helping(self, *members: PlanService) -> tuple[int, ...]:
        """The waves in which launching all of them would add something."""
        last = max((wave for wave, gain in enumerate(self._gains(0, members)) if gain), default=-1)
        return tuple(wave for wave in self.problem.open_waves if wave <= last)

    def _gains(self, wave: int, members: tuple[PlanService, ...]) -> list[int]:
        """What launching them in the wave adds in it, and in each after it."""
        bits = sum([1 << member.index for member in members if member.lifting])
        gaps = {gap.id: gap for member in members for gap in self.problem.gaps_of[member.index] if gap.weight}
        gains = [0] * (len(self._live) - wave)
        for gap in gaps.values():
            more, before, gain = bits & gap.mask, -1, 0
            for number, live in enumerate(self._live[wave:]):
                known = live & gap.mask
                if known != before:
                    before, gain = known, gap.weight * (self.closed(gap, known | more) - self.closed(gap, known))
                gains[number] += gain
        return gains

    def value(self) -> int:
        """The objective: priority-weighted gap closure summed over the waves."""
        return sum(gap.weight * self.closed(gap, live) for live in self._live for gap in self.problem.aspects)

    def live_after(self, wave: int) -> int:
        """Bit set of the services whose lift counts at the end of the wave."""
        return self._live[wave]

    def points(self, audience: int, wave: int) -> int:
        """Change points of the audience in the wave so far, background included."""
        return self._points[audience][wave]

    def closed(self, gap: AspectGap, live: int) -> int:
        """`gap.closed(live)`, remembered."""
        key = (gap.id, live & gap.mask)
        known = self._closed.get(key)
        if known is None:
            known = self._closed[key] = gap.closed(key[1])
        return known
