"""The verdict on the published plan: out of date, broken by an edit, or in order; in words, with places.

It asks the checker alone. The search is imported only when a pin or a deadline is not met, to find out
whether it could have been.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Choice
from pmogen.analysis.trace import in_words
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
            wrong.append((f"`{entry.service}` cannot be planned", (*here, "service")))
        if entry.service in seen:
            wrong.append((f"`{entry.service}` is planned twice", (*here, "service")))
        if entry.wave not in waves:
            wrong.append((f"there is no wave `{entry.wave}`", (*here, "wave")))
        for part, work in enumerate(entry.work):
            if work.wave not in waves:
                wrong.append((f"there is no wave `{work.wave}`", (*here, "work", part, "wave")))
        seen.add(entry.service)
        lost |= {entry.service} if wrong else set()
        found += [Objection(text, (place,)) for text, place in wrong]
    for key, names in (("left_out", plan.left_out), ("kept", plan.kept)):
        for number, name in enumerate(names):
            if name not in problem.by_id:
                found.append(Objection(f"`{name}` cannot be planned", ((key, number),)))
    return tuple(found), frozenset(lost)


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
    return "".join(_Told(workspace, problem).words(violation))


class _Told:
    """Words for violations of one problem."""

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self._workspace = workspace
        self._problem = problem

    def words(self, found: Violation) -> Iterator[str]:
        if found.kind in ("build", "role", "run", "load", "high"):
            yield f"{self._in(found.wave)}: {self._overfull(found)}"
        elif found.kind in ("effort", "reach", "built in finished"):
            yield self._of_work(found)
        elif found.kind in ("together", "alternatives"):
            names = listed(f"`{service}`" for service in found.services)
            yield (
                f"{names} do not launch together" if found.kind == "together" else f"only one of {names} is to be live"
            )
        else:
            yield self._of_launch(found)

    def _in(self, wave: int) -> str:
        return f"wave `{self._problem.waves[wave].id}`" if wave < len(self._problem.waves) else "after the last wave"

    def _overfull(self, found: Violation) -> str:
        scale = {"run": FTE, "load": POINT, "high": 1}.get(found.kind, DAY)
        need, limit = in_words(found.need / scale), in_words(found.limit / scale)
        name = self._workspace.name_of("roles" if found.kind == "role" else "audiences", found.other)
        return {
            "build": f"building takes {need} of {limit} person-days",
            "role": f"building takes {need} of {limit} person-days of {name}",
            "run": f"running takes {need} of {limit} FTE",
            "load": f"{name} get {need} of {limit} change points",
            "high": f"{name} get {need} high changes, {limit} at most",
        }[found.kind]

    def _of_work(self, found: Violation) -> str:
        service = f"`{found.services[0]}`"
        if found.kind == "effort":
            days, built = in_words(found.limit / DAY), in_words(found.need / DAY)
            return f"{service} takes {days} person-days, but its work adds up to {built}"
        wave = self._problem.waves[found.wave].id
        if found.kind == "built in finished":
            return f"{service} is built in `{wave}`, which is finished"
        span = "the launch wave" if found.limit == 1 else f"the {found.limit} waves that end with the launch"
        return f"{service} is built in `{wave}`, but building takes place in {span} only"

    def _of_launch(self, found: Violation) -> str:
        service, problem = f"`{found.services[0]}`", self._problem
        wave = f"`{problem.waves[found.wave].id}`" if found.wave >= 0 else ""
        if found.kind == "black-out":
            name = self._workspace.name_of("audiences", found.other)
            why = next(audience.black_out[found.wave] for audience in problem.audiences if audience.id == found.other)
            return f"{service} launches in {wave}, a black-out for {name}: {why}"
        if found.kind == "prerequisite":
            lag = max(n.lag for n in problem.by_id[found.services[0]].requires if n.service == found.other)
            when = "in an earlier wave" if lag else "by then"
            return f"{service} launches in {wave}, but `{found.other}`, which it needs, is not live {when}"
        if found.kind == "deadline" and problem.by_id[found.services[0]].begun:
            return f"work on {service} has begun, so it has to be live by the end of {wave}"
        return {
            "unknown": f"{service} cannot be planned",
            "history": f"{service} launched in {wave}, which is history",
            "pinned": f"{service} is pinned to {wave}",
            "finished": f"{service} launches in {wave}, which is finished",
            "not before": f"{service} must not launch before {wave}",
            "deadline": f"{service} has to be live by the end of {wave}",
        }[found.kind]
