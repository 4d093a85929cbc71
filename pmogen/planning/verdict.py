"""The verdict on the published plan: out of date, broken by an edit, or in order; in words, with places.

It asks the checker alone. The search is imported only when a pin or a deadline is not met, to find out
whether it could have been.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Choice
from pmogen.analysis.trace import in_words
from pmogen.language import _, ngettext
from pmogen.model.base import exact
from pmogen.model.plan import PublishedPlan
from pmogen.model.workspace import Workspace
from pmogen.planning.check import Violation, violations
from pmogen.planning.fingerprint import fingerprint
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.problem import DAY, FTE, POINT, Problem, half_up
from pmogen.planning.words import listed

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Objection:
    """Something wrong with the published plan: in words, with its places in the file, the foremost first."""

    text: str
    places: tuple[Path, ...]


@dataclass(frozen=True)
class Verdict:
    """What can be said about the published plan without planning.

    `stale` is true when what it rests on has changed. `unknown` are names that lead nowhere, `broken` the rules that
    it breaks as things are now. `met` is true when it meets every pin and deadline, so that they can hold.
    """

    formulation: Formulation
    stale: bool = False
    unknown: tuple[Objection, ...] = ()
    broken: tuple[Objection, ...] = ()
    met: bool = False


def verdict_on(workspace: Workspace, gaps: tuple[Gap, ...], choice: Choice) -> Verdict:
    """The verdict on the plan that a workspace publishes; nothing is said when it publishes none."""
    formulation = formulate(workspace, gaps, choice)
    problem, plan = formulation.problem, workspace.published
    if plan is None:
        return Verdict(formulation)
    unknown, lost = _unknown(problem, plan)
    launches, work = _numbers(problem, plan)
    found = violations(problem, launches, work)
    missed = frozenset(v.services[0] for v in found if v.kind in ("pinned", "deadline"))
    if missed:
        found = violations(problem, launches, work, missed & _impossible(problem))
    places = {entry.service: ("services", number) for number, entry in enumerate(plan.services)}
    broken = tuple(
        Objection(told(violation, workspace, problem), _places(violation, places))
        for violation in found
        if lost.isdisjoint((*violation.services, violation.other))
    )
    stale = plan.fingerprint != fingerprint(problem, workspace.roadmap.a_move)
    return Verdict(formulation, stale, unknown, broken, met=not missed)


def _impossible(problem: Problem) -> frozenset[str]:
    """Services whose pin or deadline no plan can meet."""
    from pmogen.planning.scheduler import unmet_wishes

    return frozenset(missed.service for missed in unmet_wishes(problem))


def _unknown(problem: Problem, plan: PublishedPlan) -> tuple[tuple[Objection, ...], frozenset[str]]:
    """Names that lead nowhere and services named twice; and the services that are lost by that."""
    waves = {wave.id for wave in problem.waves}
    found: list[Objection] = []
    seen: set[str] = set()
    lost: set[str] = set()
    for number, entry in enumerate(plan.services):
        here: Path = ("services", number)
        wrong = []
        if entry.service not in problem.by_id:
            wrong.append((_cannot_be_planned(entry.service), (*here, "service")))
        if entry.service in seen:
            wrong.append((_("`{service}` is planned twice", service=entry.service), (*here, "service")))
        if entry.wave not in waves:
            wrong.append((_no_such_wave(entry.wave), (*here, "wave")))
        for part, work in enumerate(entry.work):
            if work.wave not in waves:
                wrong.append((_no_such_wave(work.wave), (*here, "work", part, "wave")))
        seen.add(entry.service)
        lost |= {entry.service} if wrong else set()
        found += [Objection(text, (place,)) for text, place in wrong]
    for key, names in (("left_out", plan.left_out), ("kept", plan.kept)):
        for number, name in enumerate(names):
            if name not in problem.by_id:
                found.append(Objection(_cannot_be_planned(name), ((key, number),)))
    return tuple(found), frozenset(lost)


def _cannot_be_planned(service: str) -> str:
    return _("`{service}` cannot be planned", service=service)


def _no_such_wave(wave: str) -> str:
    return _("there is no wave `{wave}`", wave=wave)


def _numbers(problem: Problem, plan: PublishedPlan) -> tuple[dict[str, int], dict[str, dict[int, int]]]:
    """Launches and work in numbers; what leads nowhere is passed over."""
    numbers = {wave.id: number for number, wave in enumerate(problem.waves)}
    known = [entry for entry in plan.services if entry.service in problem.by_id and entry.wave in numbers]
    work: dict[str, dict[int, int]] = {}
    for entry in known:
        days = work[entry.service] = {}
        for part in entry.work:
            if part.wave in numbers:
                number = numbers[part.wave]
                days[number] = days.get(number, 0) + half_up(exact(part.days) * DAY)
    return {entry.service: numbers[entry.wave] for entry in known}, work


def _places(violation: Violation, places: Mapping[str, Path]) -> tuple[Path, ...]:
    """Where the services stand that break the rule; the services as a whole when none of them is in the file."""
    own = [(*places[service], "wave") for service in violation.services if service in places]
    if violation.kind in ("effort", "reach", "built in finished"):
        own = [(*place[:-1], "work") for place in own]
    if violation.kind == "prerequisite" and violation.other in places:
        own.append((*places[violation.other], "wave"))
    return tuple(own) or (("services",),)


def told(violation: Violation, workspace: Workspace, problem: Problem) -> str:
    """The violation in plain words, with numbers."""
    return _Told(workspace, problem).words(violation)


class _Told:
    """Words for violations of one problem."""

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self._workspace = workspace
        self._problem = problem

    def words(self, found: Violation) -> str:
        if found.kind in ("build", "role", "run", "load", "high"):
            return self._of_capacity(found)
        if found.kind in ("effort", "reach", "built in finished"):
            return self._of_work(found)
        if found.kind in ("together", "alternatives"):
            services = listed(f"`{service}`" for service in found.services)
            if found.kind == "together":
                return _("{services} do not launch together", services=services)
            return _("only one of {services} is to be live", services=services)
        if found.kind in ("black-out", "prerequisite"):
            return self._of_others(found)
        return self._of_launch(found)

    def _wave(self, number: int) -> str:
        """The wave by its id; nothing where no wave is meant."""
        return f"`{self._problem.waves[number].id}`" if number >= 0 else ""

    def _of_capacity(self, found: Violation) -> str:
        if found.wave < len(self._problem.waves):
            return _("wave {wave}: {why}", wave=self._wave(found.wave), why=self._overfull(found))
        return _("after the last wave: {why}", why=self._overfull(found))

    def _overfull(self, found: Violation) -> str:
        scale = {"run": FTE, "load": POINT, "high": 1}.get(found.kind, DAY)
        said = {"needed": in_words(found.need / scale), "limit": in_words(found.limit / scale)}
        if found.kind == "build":
            return _("building takes {needed} of {limit} person-days", **said)
        if found.kind == "run":
            return _("running takes {needed} of {limit} FTE", **said)
        if found.kind == "role":
            role = self._workspace.name_of("roles", found.other)
            return _("building takes {needed} of {limit} person-days of {role}", role=role, **said)
        audience = self._workspace.name_of("audiences", found.other)
        if found.kind == "load":
            return _("{audience} get {needed} of {limit} change points", audience=audience, **said)
        return _("{audience} get {needed} high changes, {limit} at most", audience=audience, **said)

    def _of_work(self, found: Violation) -> str:
        service = f"`{found.services[0]}`"
        if found.kind == "effort":
            return _(
                "{service} takes {days} person-days, but its work adds up to {built}",
                service=service,
                days=in_words(found.limit / DAY),
                built=in_words(found.need / DAY),
            )
        wave = self._wave(found.wave)
        if found.kind == "built in finished":
            return _("{service} is built in {wave}, which is finished", service=service, wave=wave)
        return ngettext(
            "{service} is built in {wave}, but building takes place in the launch wave only",
            "{service} is built in {wave}, but building takes place in the {count} waves that end with the launch only",
            int(found.limit),
            service=service,
            wave=wave,
        )

    def _of_others(self, found: Violation) -> str:
        """Black-outs of audiences, and prerequisites."""
        service, wave = f"`{found.services[0]}`", self._wave(found.wave)
        if found.kind == "black-out":
            audiences = self._problem.audiences
            return _(
                "{service} launches in {wave}, a black-out for {audience}: {why}",
                service=service,
                wave=wave,
                audience=self._workspace.name_of("audiences", found.other),
                why=next(audience.black_out[found.wave] for audience in audiences if audience.id == found.other),
            )
        needs = self._problem.by_id[found.services[0]].requires
        said = {"service": service, "wave": wave, "other": f"`{found.other}`"}
        if max(need.lag for need in needs if need.service == found.other):
            return _(
                "{service} launches in {wave}, but {other}, which it needs, is not live in an earlier wave", **said
            )
        return _("{service} launches in {wave}, but {other}, which it needs, is not live by then", **said)

    def _of_launch(self, found: Violation) -> str:
        said = {"service": f"`{found.services[0]}`", "wave": self._wave(found.wave)}
        match found.kind:
            case "unknown":
                return _cannot_be_planned(found.services[0])
            case "history":
                return _("{service} launched in {wave}, which is history", **said)
            case "finished":
                return _("{service} launches in {wave}, which is finished", **said)
            case _date:
                return self._of_date(found, said)

    def _of_date(self, found: Violation, said: Mapping[str, str]) -> str:
        if found.kind == "pinned":
            return _("{service} is pinned to {wave}", **said)
        if found.kind == "not before":
            return _("{service} must not launch before {wave}", **said)
        if self._problem.by_id[found.services[0]].begun:
            return _("work on {service} has begun, so it has to be live by the end of {wave}", **said)
        return _("{service} has to be live by the end of {wave}", **said)
