"""What is in the way of a launch, in plain words with names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.model.workspace import Workspace
from pmogen.planning.blockers import Blocker
from pmogen.planning.problem import DAY, FTE, POINT, PlanService, Problem

SHOWN = 3
"""So many limits, users of a capacity or services are named at most, the foremost first."""


def listed(names: Iterable[str]) -> str:
    """A, B and C.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def amount(units: int, scale: int, unit: str = "") -> str:
    """A number of units in words, with its unit in the singular or plural.

    >>> amount(10, 10, "person-day"), amount(25, 10, "person-day"), amount(35, 100)
    ('1 person-day', '2.5 person-days', '0.35')
    """
    number = in_words(Fraction(units, scale))
    return f"{number} {unit}{'' if number == '1' else 's'}" if unit else number


def sentence(text: str) -> str:
    """The text with exactly one full stop at its end."""
    return text.rstrip().rstrip(".") + "."


@dataclass(frozen=True)
class Question:
    """Why a service cannot launch in a wave, beside these launches; `outside` are those that are not in the plan."""

    service: PlanService
    wave: int
    launches: Mapping[str, int]
    outside: frozenset[str] = frozenset()


class Words:
    """Sentences about the services, waves and audiences of one problem."""

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self._workspace = workspace
        self._problem = problem

    def service(self, identifier: str) -> str:
        """The service's name."""
        return self._workspace.name_of("services", identifier)

    def services(self, identifiers: Iterable[str]) -> str:
        """The services' names, listed."""
        return listed(self.service(identifier) for identifier in identifiers)

    def wave(self, number: int) -> str:
        """The wave's name."""
        return self._problem.waves[number].name

    def answer(self, question: Question, blockers: Sequence[Blocker]) -> str:
        """What is in the way, in a few sentences that follow the wave's name."""
        said = [self._in_the_way(question, blocker) for blocker in blockers[:SHOWN]]
        more = len(blockers) - len(said)
        if more:
            said.append(f"{more} more limit{' is' if more == 1 else 's are'} in the way.")
        return " ".join(said)

    def every(self, question: Question, blockers: Sequence[Blocker]) -> tuple[str, ...]:
        """What is in the way, a sentence for each limit."""
        return tuple(self._in_the_way(question, blocker) for blocker in blockers)

    def _in_the_way(self, question: Question, blocker: Blocker) -> str:
        if blocker.audience >= 0:
            return self._of_audience(question, blocker)
        if blocker.kind == "prerequisite":
            return self._of_prerequisite(question, blocker)
        if blocker.kind == "run":
            return self._of_running(blocker)
        if blocker.kind == "not before":
            return self._of_not_before(question.service, blocker.wave)
        if blocker.other:
            return self._of_role(blocker) if blocker.kind == "role" else self._of_company(question, blocker)
        return self._of_itself(question, blocker)

    def _of_role(self, blocker: Blocker) -> str:
        short = f", short of {amount(blocker.short, DAY, 'person-day')}" if blocker.short else ""
        names = [role.name for role in self._problem.roles if role.id == blocker.other]
        return f"{names[0]} has no more days for building it{short}."

    def _of_itself(self, question: Question, blocker: Blocker) -> str:
        """Dates, and what the PMO can build."""
        short = amount(blocker.short, DAY, "person-day")
        wave = self.wave(blocker.wave)
        return {
            "finished": "It is over.",
            "pinned": f"It is pinned to {wave}.",
            "deadline": f"It has to be live by the end of {wave}.",
            "build": f"Building would be short of {short} (it takes {amount(question.service.days, DAY)}).",
            "other builds": f"Running it would leave the building for {wave} short of {short}.",
        }[blocker.kind]

    def _of_company(self, question: Question, blocker: Blocker) -> str:
        """Services that launch together with it, instead of it, or need it."""
        name = self.service(blocker.other)
        nowhere = blocker.wave < 0 or blocker.other in question.outside
        where = "is not in the plan" if nowhere else f"launches in {self.wave(blocker.wave)}"
        return {
            "together": f"It launches together with {name}, which {where}.",
            "alternative": f"{name} is planned, and only one of the two is to be.",
            "needed": f"{name} needs it and launches in {self.wave(blocker.wave)} already.",
        }[blocker.kind]

    def _of_not_before(self, service: PlanService, wave: int) -> str:
        wishes = [wish for wish in self._workspace.roadmap.not_before if wish.service == service.id]
        whys = [wish.why for wish in wishes if wish.wave == self._problem.waves[wave].id]
        return sentence(f"It must not launch before {self.wave(wave)}" + "".join(f": {why}" for why in whys[:1]))

    def _of_audience(self, question: Question, blocker: Blocker) -> str:
        audience = self._problem.audiences[blocker.audience]
        name = audience.name[:1].upper() + audience.name[1:]
        if blocker.kind == "black-out":
            return sentence(f"Nothing may launch for {audience.name} then: {audience.black_out[blocker.wave]}")
        if blocker.kind == "high":
            most = self._problem.high_per_wave
            users = [s for s in self._launched(question.launches, blocker.wave) if self._highs(s, blocker.audience)]
            taken = f", taken by {self.services(users)}" if users else ""
            return f"{name} can take {most or 'no'} high change{'s' * (most != 1)} in a wave{taken}."
        capacity = audience.capacity[blocker.wave]
        users_of_points = self._users(question, blocker)
        later = f"In {self.wave(blocker.wave)}, where its tail lands, " if blocker.wave != question.wave else ""
        return (
            f"{later}{audience.name if later else name} can take {amount(capacity, POINT, 'change point')}"
            + (
                f" and {amount(capacity - blocker.free, POINT)} are taken ({users_of_points})"
                if users_of_points
                else ""
            )
            + f"; it would add {amount(blocker.need, POINT)}."
        )

    def _launched(self, launches: Mapping[str, int], wave: int) -> list[str]:
        return sorted(service for service, number in launches.items() if number == wave)

    def _highs(self, service: str, audience: int) -> int:
        return sum(ask.highs for ask in self._problem.by_id[service].asks if ask.audience == audience)

    def _users(self, question: Question, blocker: Blocker) -> str:
        background = self._problem.audiences[blocker.audience].background[blocker.wave]
        parts = [(background, "other change")] if background else []
        for service, wave in question.launches.items():
            for ask in self._problem.by_id[service].asks:
                points = {0: ask.points, 1: ask.tail}.get(blocker.wave - wave, 0)
                if ask.audience == blocker.audience and points:
                    parts.append((points, self.service(service)))
        parts.sort(key=lambda part: (-part[0], part[1]))
        named = [f"{name} {amount(points, POINT)}" for points, name in parts[:SHOWN]]
        rest = sum(points for points, _ in parts[SHOWN:])
        return ", ".join([*named, f"others {amount(rest, POINT)}"] if rest else named)

    def _of_prerequisite(self, question: Question, blocker: Blocker) -> str:
        name = self.service(blocker.other)
        if blocker.wave < 0:
            return f"It needs {name}, which is not in the plan."
        if blocker.other in question.outside:
            return f"It needs {name}, which is not in the plan and would fit in {self.wave(blocker.wave)}."
        if blocker.wave == question.wave:
            return f"It needs {name} to be live a wave earlier, and that launches here."
        return f"It needs {name}, which launches only in {self.wave(blocker.wave)}."

    def _of_running(self, blocker: Blocker) -> str:
        return (
            f"Running it takes {amount(blocker.need, FTE)} FTE, and {self._from(blocker.wave)} "
            f"only {amount(max(0, blocker.free), FTE)} FTE can be spared for that."
        )

    def _from(self, wave: int) -> str:
        after = wave == len(self._problem.waves)
        return f"after {self.wave(wave - 1)}" if after else f"from {self.wave(wave)} on"

    def takes(self, blocker: Blocker) -> str:
        """How much more would lift the blocker."""
        if blocker.kind == "run":
            return f"{amount(blocker.short, FTE)} FTE more for running services {self._from(blocker.wave)}"
        days = blocker.kind in ("build", "role")
        scale = (DAY, "person-day") if days else (POINT, "change point")
        number, _, unit = amount(blocker.short, *scale).partition(" ")
        roles = [
            f" of {role.name}" for role in self._problem.roles if blocker.kind == "role" and role.id == blocker.other
        ]
        who = f" for {self._problem.audiences[blocker.audience].name}" if blocker.audience >= 0 else "".join(roles)
        return f"{number} more {unit}{who} in {self.wave(blocker.wave)}"
