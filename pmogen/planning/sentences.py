"""What is in the way of a launch, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pmogen.analysis.progress import under_way
from pmogen.language import _, ngettext, pgettext
from pmogen.model.workspace import Workspace
from pmogen.planning.blockers import Blocker
from pmogen.planning.bundle import Unit
from pmogen.planning.names import Names
from pmogen.planning.plan import Limit
from pmogen.planning.problem import DAY, FTE, POINT, Ask, Problem
from pmogen.planning.words import amount, form, person_days, sentence

SHOWN = 3
"""So many limits, users of a capacity or services are named at most, the foremost first."""


@dataclass(frozen=True)
class Question:
    """Why a service, with its company, cannot launch in a wave beside these launches.

    `outside` are launches that are not in the plan.
    """

    unit: Unit
    wave: int
    launches: Mapping[str, int]
    outside: frozenset[str] = frozenset()


def in_short(every: Sequence[str]) -> str:
    """A few of the sentences about all that is in the way, and how many more there are."""
    said, more = list(every[:SHOWN]), len(every) - SHOWN
    if more > 0:
        said.append(ngettext("{count} more limit is in the way.", "{count} more limits are in the way.", more))
    return " ".join(said)


class Sentences:
    """Sentences about the limits of one problem.

    Questions are about `launches`, some of which may be missing, with those of `outside` besides.
    """

    def __init__(self, workspace: Workspace, problem: Problem, launches: Mapping[str, int]) -> None:
        self._workspace = workspace
        self._problem = problem
        self._launches = launches
        self.names = Names(workspace)

    def wave(self, number: int) -> str:
        """The wave as people call it."""
        return self.names.wave(self._problem.waves[number].id)

    def answer(self, question: Question, blockers: Sequence[Blocker]) -> str:
        """What is in the way, in a few sentences that follow the wave's name."""
        return in_short(self.every(question, blockers))

    def every(self, question: Question, blockers: Sequence[Blocker]) -> tuple[str, ...]:
        """What is in the way, a sentence for each limit; running, which lasts, in one."""
        running = [blocker for blocker in blockers if blocker.kind == "run"]
        rest = [blocker for blocker in blockers if blocker.kind != "run" or blocker is running[0]]
        return tuple(
            self._of_running(running) if blocker.kind == "run" else self._in_the_way(question, blocker)
            for blocker in rest
        )

    def limits(self, blockers: Iterable[Blocker]) -> tuple[Limit, ...]:
        """What is in the way as values."""
        return tuple(self._limit(blocker) for blocker in blockers)

    def _limit(self, blocker: Blocker) -> Limit:
        scale = {"load": POINT, "run": FTE, "build": DAY, "other builds": DAY, "role": DAY}.get(blocker.kind, 1)
        inside = 0 <= blocker.wave < len(self._problem.waves)
        subject = blocker.other or (self._problem.audiences[blocker.audience].id if blocker.audience >= 0 else "")
        return Limit(
            kind=blocker.kind,
            wave=self._problem.waves[blocker.wave].id if inside else "",
            subject=subject or blocker.service,
            need=Fraction(blocker.need, scale),
            free=Fraction(blocker.free, scale),
        )

    def _in_the_way(self, question: Question, blocker: Blocker) -> str:
        if blocker.audience >= 0:
            return self._of_audience(question, blocker)
        if blocker.kind == "prerequisite":
            return self._of_prerequisite(question, blocker)
        if blocker.kind == "not before":
            return self._of_not_before(question, blocker)
        if blocker.kind == "role":
            return self._of_role(blocker)
        if blocker.other:
            return self._of_company(question, blocker)
        return self._of_itself(question, blocker)

    def _who(self, question: Question, service: str) -> str:
        """How a sentence begins that is about one of those that launch together."""
        if service in ("", question.unit[0].id):
            # For translators: a service, at the beginning of a sentence; it stands in the place {service}
            return pgettext("a service", "It")
        return _("{service}, which launches with it,", service=self.names.service(service))

    def _of_role(self, blocker: Blocker) -> str:
        days = amount(blocker.short, DAY)
        if blocker.short:
            return ngettext(
                "The role {role} is {days} person-day short for building it.",
                "The role {role} is {days} person-days short for building it.",
                form(days),
                role=self.names.role(blocker.other),
                days=days,
            )
        if not blocker.other:
            return _("Those who would build it have too few days left for building it.")
        return _("The role {role} has too few days left for building it.", role=self.names.role(blocker.other))

    def _of_itself(self, question: Question, blocker: Blocker) -> str:
        """Dates, and what the PMO can build."""
        if blocker.kind == "finished":
            return _("The wave is over.")
        if blocker.kind == "build":
            return self._of_building(blocker)
        wave, who = self.wave(blocker.wave), self._who(question, blocker.service)
        if blocker.kind == "pinned":
            return _("{service} is pinned to {wave}.", service=who, wave=wave)
        if blocker.kind == "deadline":
            return _("{service} has to be live by the end of {wave}.", service=who, wave=wave)
        days = person_days(blocker.short)
        return _("Running it would take {days} away from what has to be built by {wave}.", days=days, wave=wave)

    def _of_building(self, blocker: Blocker) -> str:
        days = amount(blocker.short, DAY)
        return ngettext(
            "The PMO is {days} person-day short for building it ({needed} needed).",
            "The PMO is {days} person-days short for building it ({needed} needed).",
            form(days),
            days=days,
            needed=amount(blocker.need, DAY),
        )

    def _of_company(self, question: Question, blocker: Blocker) -> str:
        """Services that launch together with it, instead of it, or need it."""
        name = self.names.service(blocker.other)
        if blocker.kind == "alternative":
            return _("{service} is in the plan, and only one of the two is to be.", service=name)
        if blocker.kind == "needed":
            wave = self.wave(blocker.wave)
            return _("{service} needs it and launches in {wave} already.", service=name, wave=wave)
        who = self._who(question, blocker.service)
        if blocker.wave < 0 or blocker.other in question.outside:
            return _("{service} launches together with {other}, which is not in the plan.", service=who, other=name)
        return _(
            "{service} launches together with {other}, which launches in {wave}.",
            service=who,
            other=name,
            wave=self.wave(blocker.wave),
        )

    def _of_not_before(self, question: Question, blocker: Blocker) -> str:
        wave = self._problem.waves[blocker.wave].id
        wishes = [wish for wish in self._workspace.roadmap.not_before if wish.service == blocker.service]
        whys = [wish.why for wish in wishes if wish.wave == wave]
        who, name = self._who(question, blocker.service), self.wave(blocker.wave)
        late = under_way(self._workspace).get(blocker.service)
        if late is not None and late.expected == wave and not whys:
            if not late.why:
                return sentence(_("{service} is expected in {wave}.", service=who, wave=name))
            return sentence(_("{service} is expected in {wave}: {why}.", service=who, wave=name, why=late.why))
        if not whys:
            return sentence(_("{service} must not launch before {wave}.", service=who, wave=name))
        return sentence(_("{service} must not launch before {wave}: {why}.", service=who, wave=name, why=whys[0]))

    def _of_audience(self, question: Question, blocker: Blocker) -> str:
        audience = self._problem.audiences[blocker.audience]
        if blocker.kind == "black-out":
            why = audience.black_out[blocker.wave]
            return sentence(_("Nothing may launch for {audience} then: {why}.", audience=audience.name, why=why))
        if blocker.kind == "high":
            return self._of_high_change(question, blocker)
        taken, capacity = audience.capacity[blocker.wave] - blocker.free, audience.capacity[blocker.wave]
        said = {"audience": audience.name, "wave": self.wave(blocker.wave), "points": amount(capacity, POINT)}
        said |= {"taken": amount(taken, POINT), "needed": amount(blocker.need, POINT)}
        in_tail = blocker.wave != question.wave
        if not taken:
            return self._of_small_limit(said, in_tail=in_tail)
        return self._of_full_limit(said | {"users": self._users(question, blocker)}, in_tail=in_tail)

    def _of_small_limit(self, said: Mapping[str, str], *, in_tail: bool) -> str:
        count = form(said["points"])
        if in_tail:
            return ngettext(
                "In {wave}, while it settles in, for {audience} the limit is {points} change point, and it needs {needed}.",
                "In {wave}, while it settles in, for {audience} the limit is {points} change points, and it needs {needed}.",
                count,
                **said,
            )
        return ngettext(
            "For {audience} the limit is {points} change point, and it needs {needed}.",
            "For {audience} the limit is {points} change points, and it needs {needed}.",
            count,
            **said,
        )

    def _of_full_limit(self, said: Mapping[str, str], *, in_tail: bool) -> str:
        count = form(said["points"])
        if in_tail:
            return ngettext(
                "In {wave}, while it settles in, for {audience} {taken} of {points} change point are taken ({users}); it "
                "needs {needed}.",
                "In {wave}, while it settles in, for {audience} {taken} of {points} change points are taken ({users}); it "
                "needs {needed}.",
                count,
                **said,
            )
        return ngettext(
            "For {audience} {taken} of {points} change point are taken ({users}); it needs {needed}.",
            "For {audience} {taken} of {points} change points are taken ({users}); it needs {needed}.",
            count,
            **said,
        )

    def _of_high_change(self, question: Question, blocker: Blocker) -> str:
        asked = self._asked(question, blocker.audience, blocker.wave)
        users = sorted(service for service, ask in asked if ask.highs)
        limit = self._of_high_limit(self._problem.audiences[blocker.audience].name)
        if not users:
            return sentence(limit)
        return ngettext(
            "{limit}, and {services} is one already.",
            "{limit}, and {services} are such already.",
            len(users),
            limit=limit,
            services=self.names.services(users),
        )

    def _of_high_limit(self, audience: str) -> str:
        most = self._problem.high_per_wave
        if not most:
            return _("For {audience} no high changes may launch in a wave", audience=audience)
        return ngettext(
            "For {audience} at most {count} high change may launch in a wave",
            "For {audience} at most {count} high changes may launch in a wave",
            most,
            audience=audience,
        )

    def _asked(self, question: Question, audience: int, wave: int) -> Iterator[tuple[str, Ask]]:
        """What launches in the wave and asks something of the audience."""
        launches = question.launches
        yield from (asked for asked in self._asks.get((audience, wave), ()) if launches.get(asked[0]) == wave)
        for service in question.outside:
            if launches.get(service) == wave and service not in self._launches:
                yield from ((service, ask) for ask in self._problem.by_id[service].asks if ask.audience == audience)

    @cached_property
    def _asks(self) -> Mapping[tuple[int, int], list[tuple[str, Ask]]]:
        """The same of all launches, by audience and wave."""
        found: dict[tuple[int, int], list[tuple[str, Ask]]] = {}
        for service, wave in self._launches.items():
            for ask in self._problem.by_id[service].asks:
                found.setdefault((ask.audience, wave), []).append((service, ask))
        return found

    def _users(self, question: Question, blocker: Blocker) -> str:
        background = self._problem.audiences[blocker.audience].background[blocker.wave]
        parts = [(background, _("other change"))] if background else []
        for service, ask in self._asked(question, blocker.audience, blocker.wave):
            parts.append((ask.points, self.names.service(service)))
        for service, ask in self._asked(question, blocker.audience, blocker.wave - 1):
            parts.append((ask.tail, self.names.service(service)))
        parts = [part for part in parts if part[0]]
        parts.sort(key=lambda part: (-part[0], part[1]))
        named = [f"{name} {amount(points, POINT)}" for points, name in parts[:SHOWN]]
        rest = sum(points for points, _ in parts[SHOWN:])
        return ", ".join([*named, _("others {points}", points=amount(rest, POINT))] if rest else named)

    def _of_prerequisite(self, question: Question, blocker: Blocker) -> str:
        who, name = self._who(question, blocker.service), self.names.service(blocker.other)
        if blocker.wave < 0:
            return _("{service} needs {other}, which is not in the plan.", service=who, other=name)
        wave = self.wave(blocker.wave)
        if blocker.other in question.outside:
            return _(
                "{service} needs {other}, which is not in the plan and could launch in {wave} at best.",
                service=who,
                other=name,
                wave=wave,
            )
        if blocker.wave == question.wave:
            return _(
                "{service} needs {other} to be live a wave before, and that launches in {wave} itself.",
                service=who,
                other=name,
                wave=wave,
            )
        return _("{service} needs {other}, which launches only in {wave}.", service=who, other=name, wave=wave)

    def _of_running(self, blockers: Sequence[Blocker]) -> str:
        """Running lasts: the waves from the first tight one on, and the least that is free in a tight one."""
        first, need = blockers[0].wave, amount(blockers[0].need, FTE)
        least = amount(max(0, min(blocker.free for blocker in blockers)), FTE)
        if first == len(self._problem.waves):
            return _(
                "Running it takes {fte} FTE, and after {wave} only {least} FTE can be spared for that.",
                fte=need,
                wave=self.wave(first - 1),
                least=least,
            )
        return _(
            "Running it takes {fte} FTE, and from {wave} on only {least} FTE can be spared for that.",
            fte=need,
            wave=self.wave(first),
            least=least,
        )
