"""What is in the way of a launch, and what would make room, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.progress import under_way
from pmogen.model.workspace import Workspace
from pmogen.planning.blockers import Blocker
from pmogen.planning.bundle import Unit
from pmogen.planning.grants import Grant
from pmogen.planning.names import Names
from pmogen.planning.plan import Change, Limit
from pmogen.planning.problem import DAY, FTE, POINT, Problem
from pmogen.planning.words import amount, capital, listed, sentence

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


class Sentences:
    """Sentences about the limits of one problem."""

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self._workspace = workspace
        self._problem = problem
        self.names = Names(workspace)

    def wave(self, number: int) -> str:
        """The wave as people call it."""
        return self.names.wave(self._problem.waves[number].id)

    def answer(self, question: Question, blockers: Sequence[Blocker]) -> str:
        """What is in the way, in a few sentences that follow the wave's name."""
        every = self.every(question, blockers)
        said, more = list(every[:SHOWN]), len(every) - SHOWN
        if more > 0:
            said.append(f"{more} more limit{' is' if more == 1 else 's are'} in the way.")
        return " ".join(said)

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

    def _it(self, question: Question, service: str) -> str:
        """How a sentence begins that is about one of those that launch together."""
        first = question.unit[0].id
        return "It" if service in ("", first) else f"{self.names.service(service)}, which launches with it,"

    def _of_role(self, blocker: Blocker) -> str:
        who = f"the role {self.names.role(blocker.other)}" if blocker.other else "those who would build it"
        if blocker.short:
            return f"{capital(who)} is {amount(blocker.short, DAY, 'person-day')} short for building it."
        return f"{capital(who)} {'has' if blocker.other else 'have'} too few days left for building it."

    def _of_itself(self, question: Question, blocker: Blocker) -> str:
        """Dates, and what the PMO can build."""
        short = amount(blocker.short, DAY, "person-day")
        it = self._it(question, blocker.service)
        if blocker.kind == "finished":
            return "The wave is over."
        wave = self.wave(blocker.wave)
        return {
            "pinned": f"{it} is pinned to {wave}.",
            "deadline": f"{it} has to be live by the end of {wave}.",
            "build": f"The PMO is {short} short for building it ({amount(blocker.need, DAY)} needed).",
            "other builds": f"Running it would take {short} away from what has to be built by {wave}.",
        }[blocker.kind]

    def _of_company(self, question: Question, blocker: Blocker) -> str:
        """Services that launch together with it, instead of it, or need it."""
        name = self.names.service(blocker.other)
        it = self._it(question, blocker.service)
        nowhere = blocker.wave < 0 or blocker.other in question.outside
        where = "is not in the plan" if nowhere else f"launches in {self.wave(blocker.wave)}"
        return {
            "together": f"{it} launches together with {name}, which {where}.",
            "alternative": f"{name} is in the plan, and only one of the two is to be.",
            "needed": f"{name} needs it and launches in {self.wave(blocker.wave)} already.",
        }[blocker.kind]

    def _of_not_before(self, question: Question, blocker: Blocker) -> str:
        wave = self._problem.waves[blocker.wave].id
        wishes = [wish for wish in self._workspace.roadmap.not_before if wish.service == blocker.service]
        whys = [wish.why for wish in wishes if wish.wave == wave]
        it = self._it(question, blocker.service)
        late = under_way(self._workspace).get(blocker.service)
        if late is not None and late.expected == wave and not whys:
            return sentence(f"{it} is expected in {self.wave(blocker.wave)}" + (f": {late.why}" if late.why else ""))
        return sentence(f"{it} must not launch before {self.wave(blocker.wave)}" + "".join(f": {w}" for w in whys[:1]))

    def _of_audience(self, question: Question, blocker: Blocker) -> str:
        audience = self._problem.audiences[blocker.audience]
        if blocker.kind == "black-out":
            return sentence(f"Nothing may launch for {audience.name} then: {audience.black_out[blocker.wave]}")
        if blocker.kind == "high":
            return self._of_high_change(question, blocker)
        taken = audience.capacity[blocker.wave] - blocker.free
        points = amount(audience.capacity[blocker.wave], POINT, "change point")
        need = f"it needs {amount(blocker.need, POINT)}"
        tail = blocker.wave != question.wave
        begin = f"In {self.wave(blocker.wave)}, while it settles in, for" if tail else "For"
        if not taken:
            return f"{begin} {audience.name} the limit is {points}, and {need}."
        users = self._users(question, blocker)
        return f"{begin} {audience.name} {amount(taken, POINT)} of {points} are taken ({users}); {need}."

    def _of_high_change(self, question: Question, blocker: Blocker) -> str:
        most = self._problem.high_per_wave
        name = self._problem.audiences[blocker.audience].name
        launched = sorted(service for service, wave in question.launches.items() if wave == blocker.wave)
        users = [service for service in launched if self._highs(service, blocker.audience)]
        can = f"For {name} {f'at most {most}' if most else 'no'} high change{'s' * (most != 1)} may launch in a wave"
        if not users:
            return f"{can}."
        return f"{can}, and {self.names.services(users)} {'is one' if len(users) == 1 else 'are such'} already."

    def _highs(self, service: str, audience: int) -> int:
        return sum(ask.highs for ask in self._problem.by_id[service].asks if ask.audience == audience)

    def _users(self, question: Question, blocker: Blocker) -> str:
        background = self._problem.audiences[blocker.audience].background[blocker.wave]
        parts = [(background, "other change")] if background else []
        for service, wave in question.launches.items():
            for ask in self._problem.by_id[service].asks:
                points = {0: ask.points, 1: ask.tail}.get(blocker.wave - wave, 0)
                if ask.audience == blocker.audience and points:
                    parts.append((points, self.names.service(service)))
        parts.sort(key=lambda part: (-part[0], part[1]))
        named = [f"{name} {amount(points, POINT)}" for points, name in parts[:SHOWN]]
        rest = sum(points for points, _ in parts[SHOWN:])
        return ", ".join([*named, f"others {amount(rest, POINT)}"] if rest else named)

    def _of_prerequisite(self, question: Question, blocker: Blocker) -> str:
        it, name = self._it(question, blocker.service), self.names.service(blocker.other)
        if blocker.wave < 0:
            return f"{it} needs {name}, which is not in the plan."
        if blocker.other in question.outside:
            return f"{it} needs {name}, which is not in the plan and could launch in {self.wave(blocker.wave)} at best."
        if blocker.wave == question.wave:
            return f"{it} needs {name} to be live a wave before, and that launches in {self.wave(blocker.wave)} itself."
        return f"{it} needs {name}, which launches only in {self.wave(blocker.wave)}."

    def _of_running(self, blockers: Sequence[Blocker]) -> str:
        """Running lasts: the waves from the first tight one on, and the least that is free in a tight one."""
        first, need = blockers[0].wave, amount(blockers[0].need, FTE)
        least = amount(max(0, min(blocker.free for blocker in blockers)), FTE)
        return f"Running it takes {need} FTE, and {self._from(first)} only {least} FTE can be spared for that."

    def _from(self, wave: int) -> str:
        after = wave == len(self._problem.waves)
        return f"after {self.wave(wave - 1)}" if after else f"from {self.wave(wave)} on"

    def change(self, grant: Grant) -> Change:
        """The grant as a change that people can make."""
        scale = {"points": POINT, "run": FTE, "days": DAY, "role": DAY, "high": 1}.get(grant.kind)
        number = Fraction(grant.amount, scale) if scale else Fraction(0)
        wave = self._problem.waves[min(grant.wave, len(self._problem.waves) - 1)].id
        return Change(grant.kind, wave, grant.subject, number, self._what_if(grant), self._more(grant))

    def _what_if(self, grant: Grant) -> tuple[str, ...]:
        """As a what-if says it; nothing where it cannot."""
        ids = [wave.id for wave in self._problem.waves]
        wave, subject = ids[min(grant.wave, len(ids) - 1)], grant.subject
        if grant.kind == "run":
            more = amount(grant.amount, FTE)
            return tuple(f"run_fte@{later}=+{more}" for later in ids[min(grant.wave, len(ids) - 1) :])
        if grant.kind == "points":
            return (f"audience.{subject}.capacity@{wave}=+{amount(grant.amount, POINT)}",)
        if grant.kind in ("days", "role"):
            whose = f"role.{subject}." if subject else ""
            return (f"{whose}days@{wave}=+{amount(grant.amount, DAY)}",)
        if grant.kind == "high":
            return (f"high_changes=+{grant.amount}",)
        if grant.kind == "black-out":
            return (f"no-black-out={subject}@{wave}",)
        return (f"not-before={subject}@{ids[grant.amount]}",) if grant.kind == "not before" else ()

    def _more(self, grant: Grant) -> str:
        wave = self.wave(min(grant.wave, len(self._problem.waves) - 1))
        if grant.kind == "run":
            return f"{amount(grant.amount, FTE)} FTE more for running services {self._from(grant.wave)}"
        if grant.kind == "high":
            most = self._problem.high_per_wave + grant.amount
            return (
                f"a limit of {most} high change{'s' * (most != 1)} in a wave instead of {self._problem.high_per_wave}"
            )
        points = grant.kind == "points"
        number, _, unit = amount(grant.amount, *((POINT, "change point") if points else (DAY, "person-day"))).partition(
            " "
        )
        return {
            "days": f"{number} more {unit} for building in {wave}",
            "points": f"{number} more {unit} for {self.names.audience(grant.subject)} in {wave}",
            "role": f"{number} more {unit} of {self.names.role(grant.subject)} in {wave}",
            "black-out": f"no black-out for {self.names.audience(grant.subject)} in {wave}",
            "not before": f"permission to launch before {wave}",
        }[grant.kind]

    def changes(self, grants: Iterable[Grant]) -> tuple[Change, ...]:
        """All of them as changes."""
        return tuple(self.change(grant) for grant in grants)

    def together(self, changes: Iterable[Change]) -> str:
        """What the changes say, in one phrase."""
        return listed(change.words for change in changes)
