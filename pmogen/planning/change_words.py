"""What would make room for a launch, as changes that people can make, with words for them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pmogen.analysis.trace import decimal
from pmogen.language import _, ngettext
from pmogen.model.workspace import Workspace
from pmogen.planning.grants import Grant
from pmogen.planning.names import Names
from pmogen.planning.plan import Change
from pmogen.planning.problem import DAY, FTE, POINT, Problem
from pmogen.planning.words import amount, capital, form, listed, more_days, more_points


class ChangeWords:
    """Words for changes of the limits of one problem."""

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self._problem = problem
        self._names = Names(workspace)

    def of(self, grant: Grant) -> Change:
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
            more = _number(grant.amount, FTE)
            return tuple(f"run_fte@{later}=+{more}" for later in ids[min(grant.wave, len(ids) - 1) :])
        if grant.kind == "points":
            return (f"audience.{subject}.capacity@{wave}=+{_number(grant.amount, POINT)}",)
        if grant.kind in ("days", "role"):
            whose = f"role.{subject}." if subject else ""
            return (f"{whose}days@{wave}=+{_number(grant.amount, DAY)}",)
        if grant.kind == "high":
            return (f"high_changes=+{grant.amount}",)
        if grant.kind == "black-out":
            return (f"no-black-out={subject}@{wave}",)
        return (f"not-before={subject}@{ids[grant.amount]}",) if grant.kind == "not before" else ()

    def _more(self, grant: Grant) -> str:
        last = len(self._problem.waves) - 1
        wave = self._names.wave(self._problem.waves[min(grant.wave, last)].id)
        if grant.kind == "run":
            return _of_running(amount(grant.amount, FTE), wave, after=grant.wave > last)
        if grant.kind == "high":
            return _of_high_changes(self._problem.high_per_wave, grant.amount)
        if grant.kind == "days":
            return more_days(amount(grant.amount, DAY), wave)
        if grant.kind == "role":
            return _of_role(amount(grant.amount, DAY), self._names.role(grant.subject), wave)
        if grant.kind == "not before":
            return _("permission to launch before {wave}", wave=wave)
        return self._of_audience(grant, wave)

    def _of_audience(self, grant: Grant, wave: str) -> str:
        name = self._names.audience(grant.subject)
        if grant.kind == "points":
            return more_points(amount(grant.amount, POINT), name, wave)
        return _("no black-out for {audience} in {wave}", audience=name, wave=wave)

    def changes(self, grants: Iterable[Grant]) -> tuple[Change, ...]:
        """All of them as changes."""
        return tuple(self.of(grant) for grant in grants)


def _of_running(fte: str, wave: str, *, after: bool) -> str:
    if after:
        return _("{fte} FTE more for running services after {wave}", fte=fte, wave=wave)
    return _("{fte} FTE more for running services from {wave} on", fte=fte, wave=wave)


def _of_high_changes(before: int, more: int) -> str:
    return ngettext(
        "a limit of {count} high change in a wave instead of {before}",
        "a limit of {count} high changes in a wave instead of {before}",
        before + more,
        before=before,
    )


def _of_role(days: str, role: str, wave: str) -> str:
    return ngettext(
        "{days} more person-day of {role} in {wave}",
        "{days} more person-days of {role} in {wave}",
        form(days),
        days=days,
        role=role,
        wave=wave,
    )


def _number(units: int, scale: int) -> str:
    """A number of units as a what-if takes it."""
    return decimal(Fraction(units, scale))


def then(changes: Iterable[Change], services: str = "", *, wave: str = "", pinned: bool = False) -> str:
    """What to change, and where it could launch then: there, or in a wave by its name; with other services."""
    said = {"changes": capital(listed(change.words for change in changes)), "wave": wave, "services": services}
    if pinned:
        if services:
            return _("{changes}; then it could launch, pinned to {wave}, with {services}.", **said)
        return _("{changes}; then it could launch, pinned to {wave}.", **said)
    if wave:
        if services:
            return _("{changes}; then it could launch in {wave}, with {services}.", **said)
        return _("{changes}; then it could launch in {wave}.", **said)
    if services:
        return _("{changes}; then it could launch there, with {services}.", **said)
    return _("{changes}; then it could launch there.", **said)
