"""What would make room: the least change of a limit, and the problem as if it had been made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from pmogen.planning.blockers import Blocker
from pmogen.planning.problem import AudienceLimits, Problem, WaveLimits

Kind = Literal["days", "points", "run", "role", "high", "black-out", "not before"]


_MORE: dict[str, Kind] = {
    "load": "points",
    "high": "high",
    "role": "role",
    "build": "days",
    "other builds": "days",
    "run": "run",
}
"""Limits of which there can be more, by the kind of what is in the way."""


@dataclass(frozen=True)
class Grant:
    """More of one limit, or a date that no longer holds.

    `wave` is where it holds; running is granted from there on, `high` in all waves. `subject` is the audience, role
    or service. `amount` is in the units of `problem`; for `not before` it is the first wave that is allowed then.
    """

    kind: Kind
    wave: int
    subject: str = ""
    amount: int = 0

    @property
    def counts(self) -> bool:
        """Whether its amount is a number of which there could be less."""
        return self.kind not in ("black-out", "not before")


def merged(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The same with one grant for each limit; more running from the first of the waves on."""
    found: dict[tuple[str, int, str], Grant] = {}
    for grant in grants:
        key = (grant.kind, -1 if grant.kind in ("run", "high") else grant.wave, grant.subject)
        known = found.get(key)
        if known is None:
            found[key] = grant
        elif grant.counts:
            wave = min(known.wave, grant.wave)
            found[key] = replace(known, wave=wave, amount=known.amount + grant.amount)
    return tuple(found.values())


def grants_for(problem: Problem, blockers: Iterable[Blocker], wave: int) -> tuple[Grant, ...] | None:
    """What would lift all that is in the way in a wave, each the least that does; None where more is no answer."""
    found: dict[tuple[str, int, str], Grant] = {}
    for blocker in blockers:
        grant = _grant(problem, blocker, wave)
        if grant is None:
            return None
        key = (grant.kind, -1 if grant.kind == "run" else grant.wave, grant.subject)
        known = found.get(key, grant)
        found[key] = known if known.amount >= grant.amount else replace(known, amount=grant.amount)
    return tuple(found.values())


def _grant(problem: Problem, blocker: Blocker, wave: int) -> Grant | None:
    audience = problem.audiences[blocker.audience].id if blocker.audience >= 0 else ""
    if blocker.kind == "black-out":
        return Grant("black-out", blocker.wave, audience)
    if blocker.kind == "not before":
        return Grant("not before", blocker.wave, blocker.service, wave)
    kind = _MORE.get(blocker.kind)
    if kind is None or not blocker.short:
        return None
    subject = {"points": audience, "role": blocker.other}.get(kind, "")
    return Grant(kind, blocker.wave, subject, blocker.short)


def granted(problem: Problem, grants: Iterable[Grant]) -> Problem:
    """The problem as if all of them had been made."""
    for grant in grants:
        problem = _granted(problem, grant)
    return problem


def _granted(problem: Problem, grant: Grant) -> Problem:
    if grant.kind == "high":
        return _same_services(problem, high_per_wave=problem.high_per_wave + grant.amount)
    if grant.kind == "role":
        roles = (role.more(grant.wave, grant.amount if role.id == grant.subject else 0) for role in problem.roles)
        return _same_services(problem, roles=tuple(roles))
    if grant.kind in ("points", "black-out"):
        people = (_eased(a, grant) if a.id == grant.subject else a for a in problem.audiences)
        return _same_services(problem, audiences=tuple(people))
    if grant.kind == "not before":
        services = (replace(s, not_before=grant.amount) if s.id == grant.subject else s for s in problem.services)
        return replace(problem, services=tuple(services))
    last = len(problem.waves) - 1
    return _same_services(problem, waves=tuple(_roomier(wave, n, last, grant) for n, wave in enumerate(problem.waves)))


def _eased(audience: AudienceLimits, grant: Grant) -> AudienceLimits:
    if grant.kind == "black-out":
        black_out = tuple(None if n == grant.wave else why for n, why in enumerate(audience.black_out))
        return replace(audience, black_out=black_out)
    capacity = tuple(most + grant.amount * (n == grant.wave) for n, most in enumerate(audience.capacity))
    return replace(audience, capacity=capacity)


def _roomier(wave: WaveLimits, number: int, last: int, grant: Grant) -> WaveLimits:
    if grant.kind == "days":
        return replace(wave, extra_days=wave.extra_days + grant.amount) if number == grant.wave else wave
    return replace(wave, run_cap=wave.run_cap + grant.amount) if number >= min(grant.wave, last) else wave


_DERIVED = ("by_id", "ancestors", "gaps_of", "_needed_by", "_company", "companies", "company_of", "_live")


def _same_services(problem: Problem, **changes: Any) -> Problem:
    """The problem with other limits; what follows from services and aspects alone is not computed again."""
    changed = replace(problem, **changes)
    vars(changed).update({name: vars(problem)[name] for name in _DERIVED if name in vars(problem)})
    return changed
