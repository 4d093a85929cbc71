"""What is left of every capacity while launches are tried out.

`Room` is the one mutable thing in planning: the scheduler launches and withdraws services in it, the
explanations ask it what is in the way. `blockers` is the only place that knows when a launch fits;
`check` states the same rules a second time, independently.
"""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.planning.blockers import Blocker
from pmogen.planning.building import fits, history_work, shortage
from pmogen.planning.problem import AspectGap, PlanService, Problem
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
        twin.launches, twin.pins, twin.deadlines = dict(self.launches), dict(self.pins), dict(self.deadlines)
        twin._demand, twin._run, twin._live = list(self._demand), list(self._run), list(self._live)
        twin._points = [list(points) for points in self._points]
        twin._highs = [list(highs) for highs in self._highs]
        return twin

    def give_up(self, service: str) -> None:
        """Let a pin or deadline go that cannot be met."""
        self.pins.pop(service, None)
        self.deadlines.pop(service, None)

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
        if service.launched is None:
            self._demand[wave] += sign * service.days
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

    def fits(self, service: PlanService, wave: int) -> bool:
        """Whether the launch breaks no limit."""
        return next(self.blockers(service, wave), None) is None

    def earliest(self, service: PlanService) -> int | None:
        """The first wave in which it fits."""
        return next((wave for wave in self.problem.open_waves if self.fits(service, wave)), None)

    def blockers(self, service: PlanService, wave: int) -> Iterator[Blocker]:
        """Every limit that launching the service in the wave would break, the cheapest to find first."""
        if not self.problem.waves[wave].open:
            yield Blocker("finished", wave)
        if self.pins.get(service.id, wave) != wave:
            yield Blocker("pinned", self.pins[service.id])
        if self.deadlines.get(service.id, wave) < wave:
            yield Blocker("deadline", self.deadlines[service.id])
        if wave < service.not_before:
            yield Blocker("not before", service.not_before)
        yield from self._company_blockers(service, wave)
        for need in service.requires:
            live = self.launches.get(need.service)
            if live is None or live + need.lag > wave:
                yield Blocker("prerequisite", -1 if live is None else live, other=need.service)
        yield from self._change_blockers(service, wave)
        yield from self._run_blockers(service, wave)
        yield from self._build_blockers(service, wave)

    def _company_blockers(self, service: PlanService, wave: int) -> Iterator[Blocker]:
        """What launches together with it elsewhere, alternatives that are live, and what needs it too early."""
        for other in self.problem.mates(service.id):
            if self.launches.get(other, wave) != wave or other not in self.launches:
                yield Blocker("together", self.launches.get(other, -1), other=other)
        for other in self.problem.rivals(service.id):
            if other in self.launches:
                yield Blocker("alternative", self.launches[other], other=other)
        for other, lag in self.problem.needed_by(service.id):
            if other in self.launches and self.launches[other] < wave + lag:
                yield Blocker("needed", self.launches[other], other=other)

    def _change_blockers(self, service: PlanService, wave: int) -> Iterator[Blocker]:
        for ask in service.asks:
            limits = self.problem.audiences[ask.audience]
            if limits.black_out[wave] is not None:
                yield Blocker("black-out", wave, audience=ask.audience)
            highs = self._highs[ask.audience][wave]
            if ask.highs and highs + ask.highs > self.problem.high_per_wave:
                yield Blocker(
                    "high", wave, audience=ask.audience, need=ask.highs, free=self.problem.high_per_wave - highs
                )
            for number, points in ((wave, ask.points), (wave + 1, ask.tail)):
                if points and number < len(limits.capacity):
                    free = limits.capacity[number] - self._points[ask.audience][number]
                    if points > free:
                        yield Blocker("load", number, ask.audience, need=points, free=free, short=points - free)

    def _run_blockers(self, service: PlanService, wave: int) -> Iterator[Blocker]:
        if not service.run:
            return
        free = [(self.problem.run_cap(later) - self._run[later], later) for later in range(wave + 1, len(self._run))]
        tight = [later for days, later in free if days < service.run]
        if tight:
            least = min(free)[0]
            yield Blocker("run", tight[0], need=service.run, free=least, short=service.run - least)

    def _build_blockers(self, service: PlanService, wave: int) -> Iterator[Blocker]:
        demand = list(self._demand)
        demand[wave] += service.days
        room = []
        for number, limits in enumerate(self.problem.waves):
            run = self._run[number] + (service.run if number > wave else 0)
            room.append(limits.build_limit(run) - self._past_days[number] if limits.open else 0)
        span = self.problem.build_waves
        if fits(demand, [max(0, days) for days in room], span):
            yield from self._role_blockers(service, wave, [max(0, days) for days in room])
            return
        missing = shortage(demand, room, span, wave)
        if missing.days:
            yield Blocker("build", wave, need=service.days, free=service.days - missing.days, short=missing.days)
        if missing.elsewhere:
            yield Blocker("other builds", missing.elsewhere[0], short=missing.elsewhere[1])
        else:
            granted = [max(0, days + missing.days * (number == wave)) for number, days in enumerate(room)]
            yield from self._role_blockers(service, wave, granted)

    def _role_blockers(self, service: PlanService, wave: int, room: list[int]) -> Iterator[Blocker]:
        """The role that is short, when giving it more days in the wave would do; else all of its roles."""
        problem = self.problem
        launches = {s: w for s, w in self.launches.items() if problem.by_id[s].launched is None} | {service.id: wave}
        tasks = [Task(s, w, problem.by_id[s].days, problem.by_id[s].roles) for s, w in launches.items()]

        def short(role: int, more: int) -> bool:
            roles = [limits.more(wave, more * (number == role)) for number, limits in enumerate(problem.roles)]
            return staffed(tasks, room, roles, problem.build_waves) is None

        if not problem.roles or not short(-1, 0):
            return
        enough = [role for role in service.roles if not short(role, service.days)]
        for role in enough or service.roles or range(len(problem.roles)):
            most = next((m for m in range(1, service.days + 1) if not short(role, m)), 0) if role in enough else 0
            yield Blocker("role", wave, other=problem.roles[role].id, need=service.days, short=most)
            return

    def gain(self, service: PlanService, wave: int) -> int:
        """Value that launching the service in the wave adds: weighted closure, summed over the waves from there."""
        bit = 1 << service.index if service.lifting else 0
        return sum(
            gap.weight * (self.closed(gap, live | bit) - self.closed(gap, live))
            for live in self._live[wave:]
            for gap in self.problem.gaps_of[service.index]
        )

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
            known = self._closed[key] = gap.closed(live)
        return known
