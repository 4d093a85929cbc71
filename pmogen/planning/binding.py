"""What sets the pace of a wave: the limits that keep services out which would help there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.trace import in_words
from pmogen.language import _, ngettext
from pmogen.model.base import exact
from pmogen.model.workspace import Workspace
from pmogen.planning.names import Names
from pmogen.planning.plan import ChangeLoad, Limit, Plan, Tried, WaveUse
from pmogen.planning.problem import FTE, half_up
from pmogen.planning.words import capital, form, sentence

SHOWN = 3
"""So many services are named at most."""
_ORDER = ("black-out", "load", "high", "build", "role", "run")


@dataclass(frozen=True)
class Binding:
    """A limit of a wave that keeps services out; `subject` is its audience or role, `words` say all of it."""

    kind: str
    subject: str
    keeps_out: tuple[str, ...]
    words: str


def bindings(workspace: Workspace, plan: Plan, wave: str) -> tuple[Binding, ...]:
    """The limits of a wave that are in the way of something that would help; those of people first."""
    last = plan.uses[-1].wave
    kept: dict[tuple[str, str], list[str]] = {}
    for service, tried in _tried(plan):
        for limit in tried.limits:
            lies_in = limit.wave or (last if limit.kind == "run" else "")
            if limit.kind in _ORDER and lies_in == wave:
                others = kept.setdefault((_kind(limit), limit.subject), [])
                others += [service] if service not in others else []
    words = _Words(workspace, plan, wave)
    order = sorted(kept, key=lambda key: (_ORDER.index(key[0].partition(",")[0]), key))
    return tuple(
        Binding(kind, subject, tuple(kept[kind, subject]), words.of(kind, subject, kept[kind, subject]))
        for kind, subject in order
    )


def _kind(limit: Limit) -> str:
    return "run, after" if limit.kind == "run" and not limit.wave else limit.kind


def _tried(plan: Plan) -> Iterator[tuple[str, Tried]]:
    """What was asked about every service that would have helped in a wave, beside the plan and nothing else."""
    for placement in plan.placements:
        yield from ((placement.service, tried) for tried in placement.earlier if tried.helps)
    for absence in plan.absences:
        if absence.beside:
            continue
        service = absence.by[0] if absence.code == "prerequisite" and absence.by else absence.service
        yield from ((service, tried) for tried in absence.tried)


class _Words:
    def __init__(self, workspace: Workspace, plan: Plan, wave: str) -> None:
        self._names = Names(workspace)
        self._workspace = workspace
        self._plan = plan
        self._wave = wave
        self._use: WaveUse = next(use for use in plan.uses if use.wave == wave)
        self._loads: dict[str, ChangeLoad] = {load.audience: load for load in plan.loads if load.wave == wave}

    def of(self, kind: str, subject: str, keeps_out: list[str]) -> str:
        """What is taken of the limit, and what it keeps out."""
        return f"{self._taken(kind, subject)} {self._in_the_way(keeps_out)}"

    def _in_the_way(self, keeps_out: list[str]) -> str:
        return _("In the way of {services}.", services=self._names.services(keeps_out, SHOWN))

    def _taken(self, kind: str, subject: str) -> str:
        use = self._use
        if kind in ("black-out", "load", "high"):
            return self._of_people(kind, subject)
        if kind == "build":
            days, limit = in_words(use.build_days), in_words(use.build_limit)
            return _("Building takes {days} of {limit} person-days.", days=days, limit=limit)
        if kind == "role":
            return self._of_role(subject)
        limit = in_words(use.run_limit)
        if kind == "run":
            return _("Running takes {fte} of {limit} FTE.", fte=in_words(use.run_fte), limit=limit)
        running = in_words(self._running())
        return _("Running everything after this wave takes {fte} of {limit} FTE.", fte=running, limit=limit)

    def _of_role(self, role: str) -> str:
        if not role:
            return _("The days of those who build are used up.")
        return _("The days of {role} are used up.", role=self._names.role(role))

    def _of_people(self, kind: str, subject: str) -> str:
        load, name = self._loads[subject], self._names.audience(subject)
        if kind == "black-out":
            return sentence(_("Nothing may launch for {audience}: {why}.", audience=name, why=load.black_out))
        if kind == "high":
            return _("{audience} go through as many high changes at once as they may.", audience=capital(name))
        return self._of_load(load)

    def _running(self) -> Fraction:
        """FTE for running all that is in the plan, as planning counts it."""
        live = (self._workspace.service(placement.service).run_fte for placement in self._plan.placements)
        return Fraction(sum(half_up(FTE * exact(fte)) for fte in live), FTE)

    def _of_load(self, load: ChangeLoad) -> str:
        name = capital(self._names.audience(load.audience))
        parts = sorted(load.parts, key=lambda part: (-part.points, part.what))
        named = [f"{self._part(part.source, part.what)} {in_words(part.points)}" for part in parts[:SHOWN]]
        rest = sum((part.points for part in parts[SHOWN:]), Fraction(0))
        made_of = ", ".join([*named, _("others {points}", points=in_words(rest))] if rest else named)
        said = {"points": in_words(load.points), "limit": in_words(load.capacity), "parts": made_of}
        if load.points >= load.capacity:
            if made_of:
                return _("{audience}: full, {points} of {limit} change points ({parts}).", audience=name, **said)
            return _("{audience}: full, {points} of {limit} change points.", audience=name, **said)
        if made_of:
            return _("{audience}: {points} of {limit} change points ({parts}).", audience=name, **said)
        return _("{audience}: {points} of {limit} change points.", audience=name, **said)

    def _part(self, source: str, what: str) -> str:
        return _("other change") if source == "background" else self._names.service(what)


def left(plan: Plan, wave: str) -> str:
    """What a wave has left of the PMO's capacity, in one sentence."""
    use = next(use for use in plan.uses if use.wave == wave)
    days, fte = max(Fraction(0), use.build_limit - use.build_days), max(Fraction(0), use.run_limit - use.run_fte)
    return ngettext(
        "{days} person-days for building and {fte} FTE for running are left.",
        "{days} person-days for building and {fte} FTE for running are left.",
        form(in_words(days)),
        days=in_words(days),
        fte=in_words(fte),
    )
