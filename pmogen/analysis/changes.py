"""What-if: the changes that people can ask for, written in a few characters each (`KINDS`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pmogen.analysis.as_if import AsIf, Asked, Made
from pmogen.analysis.changes_of_capacity import (
    background,
    black_out,
    can_take,
    days,
    high_changes,
    no_black_out,
    people,
    role_people,
    running,
)
from pmogen.analysis.changes_of_decisions import DATES, dated, decided, free, resumed, unaccepted
from pmogen.analysis.changes_of_scope import effort, effort_of_all, more_waves, priority, target
from pmogen.errors import PmogenError
from pmogen.language import N_, _, spoken
from pmogen.model.roadmap import Deadline, NotBefore, Pin
from pmogen.model.workspace import Workspace

_CHANGE = re.compile(r"([a-z_-]+)(?:\.([a-z0-9-]*)(?:\.([a-z_]+))?)?(?:@([a-z0-9-]*))?")


@dataclass(frozen=True)
class Kind:
    """A kind of change: how it is written, how it is made, and how it is said.

    In `said`, {of} is what the key names, {what} what the value names, {then} its wave. In `said_of`, {wave} is the
    wave of the key, or of the value that may do without one.
    """

    form: str
    made: Made
    said: str
    said_of: str = ""

    @property
    def key(self) -> str:
        """`pmo_fte`, `audience.ID.capacity`: what stands before `@` and `=`."""
        return re.split(r"[\[@=]", self.form)[0]

    @property
    def takes_wave(self) -> bool:
        """Whether a wave may stand before the `=`."""
        return "@WAVE" in self.form.partition("=")[0]

    @property
    def needs_wave(self) -> bool:
        """Whether one must."""
        return self.takes_wave and "[@WAVE]" not in self.form


def as_if(workspace: Workspace, changes: Iterable[str]) -> AsIf:
    """The workspace as if all changes had been made, in their order.

    Raises one `PmogenError` that names every change that cannot be read, names what does not exist, or is impossible.
    """
    changed, wrong = tried(workspace, changes)
    if len(wrong) == 1:
        raise wrong[0][1]
    if wrong:
        lines = "".join(f"\n  {error.message}; {error.hint}" for _number, error in wrong)
        message = _("{count} of these changes cannot be made:", count=len(wrong))
        raise PmogenError(f"{message}{lines}", _("correct them, or leave them out"))
    return changed


def tried(workspace: Workspace, changes: Iterable[str]) -> tuple[AsIf, tuple[tuple[int, PmogenError], ...]]:
    """The workspace with every change that can be made, and the places of the others (from 0) with the reason."""
    changed, wrong = AsIf(workspace), []
    for number, change in enumerate(changes):
        try:
            kind, asked = _taken_apart(change.strip())
            changed = kind.made(changed, asked)
        except PmogenError as error:
            wrong.append((number, error))
    return changed, tuple(wrong)


def said(workspace: Workspace, change: str) -> str:
    """The change in plain words, with names; as it was written when it cannot be read."""
    try:
        kind, asked = _taken_apart(change.strip())
    except PmogenError:
        return change
    what, _at, then = (part.strip() for part in asked.value.partition("@"))
    waves = {wave.id: wave.name for wave in workspace.roadmap.waves}

    def name(identifier: str) -> str:
        kinds = ("services", "audiences", "roles", "aspects")
        return next((workspace.name_of(k, identifier) for k in kinds if workspace.find(k, identifier)), identifier)

    wave = asked.wave or then
    return _(
        kind.said_of if kind.said_of and wave else kind.said,
        of=name(asked.subject),
        what=name(what),
        value=asked.value.replace(".", spoken().point),
        wave=waves.get(wave, wave),
        then=waves.get(then, then),
    )


def _taken_apart(change: str) -> tuple[Kind, Asked]:
    left, equals, value = (part.strip() for part in change.partition("="))
    if not equals or not value:
        hint = _("write for example {change}", change="pmo_fte=+1")
        raise PmogenError(_("`{change}` is not a change", change=change), f"{hint}; {_possible()}")
    found = _CHANGE.fullmatch(left)
    name, subject, more, wave = found.groups() if found else (left, None, None, None)
    key = name + (".ID" if subject is not None else "") + (f".{more}" if more else "")
    kind = {kind.key: kind for kind in KINDS}.get(key)
    if kind is None:
        near = get_close_matches(key, [kind.key for kind in KINDS], 1, 0.7)
        hint = _("did you mean `{near}`?", near=near[0]) if near else _possible()
        raise PmogenError(_("`{change}`: `{what}` cannot be changed in a what-if", change=change, what=left), hint)
    asked = Asked(change, subject or "", wave or "", value)
    if (wave is not None and not (kind.takes_wave and wave)) or (kind.needs_wave and not wave):
        message = _("the wave is missing") if kind.takes_wave else _("no wave belongs here")
        raise asked.refused(message, _("write {change}", change=kind.form))
    return kind, asked


def _possible() -> str:
    return _("what can be changed: {kinds}", kinds=", ".join(kind.key for kind in KINDS))


KINDS = (
    Kind("pmo_fte[@WAVE]=+1", people, N_("{value} FTE in the PMO"), N_("{value} FTE in the PMO in {wave}")),
    Kind(
        "days[@WAVE]=+10",
        days,
        N_("{value} person-days for building"),
        N_("{value} person-days for building in {wave}"),
    ),
    Kind(
        "run_fte[@WAVE]=+0.5",
        running,
        N_("{value} FTE for running live services"),
        N_("{value} FTE for running live services in {wave}"),
    ),
    Kind("role.ID.fte[@WAVE]=+0.5", role_people, N_("{value} FTE of {of}"), N_("{value} FTE of {of} in {wave}")),
    Kind(
        "role.ID.days[@WAVE]=+10", days, N_("{value} person-days of {of}"), N_("{value} person-days of {of} in {wave}")
    ),
    Kind(
        "audience.ID.capacity[@WAVE]=12",
        can_take,
        N_("{of} can take {value} change points"),
        N_("{of} can take {value} change points in {wave}"),
    ),
    Kind(
        "audience.ID.background@WAVE=0",
        background,
        N_("{value} points of other change for {of} in {wave}"),
    ),
    Kind("high_changes=+1", high_changes, N_("{value} high changes in a wave for each audience")),
    Kind("black-out=AUDIENCE@WAVE", black_out, N_("Nothing may launch for {what} in {then}")),
    Kind(
        "no-black-out=AUDIENCE[@WAVE]",
        no_black_out,
        N_("No black-out for {what}"),
        N_("No black-out for {what} in {wave}"),
    ),
    Kind("offer=ID", decided("offer"), N_("{what} is offered")),
    Kind("decline=ID", decided("decline"), N_("{what} is declined")),
    Kind("defer=ID", decided("defer"), N_("{what} is deferred")),
    Kind("resume=ID", resumed, N_("{what}, which was dropped, goes on")),
    Kind("unaccept=ASPECT", unaccepted, N_("The gap in {what} is not accepted any more")),
    Kind("pin=ID@WAVE", dated("pins", Pin), N_("{what} is pinned to {then}")),
    Kind("unpin=ID", free(("pins",)), N_("{what} is not pinned")),
    Kind("not-before=ID@WAVE", dated("not_before", NotBefore), N_("{what} does not launch before {then}")),
    Kind("deadline=ID@WAVE", dated("deadlines", Deadline), N_("{what} has to be live by the end of {then}")),
    Kind("any-time=ID", free(DATES), N_("{what} may launch at any time")),
    Kind("effort=+20%", effort_of_all, N_("{value} person-days to establish whatever is not live")),
    Kind("service.ID.days=+10", effort, N_("{value} person-days to establish {of}")),
    Kind("target.ID=3", target, N_("Target of {of}: {value}")),
    Kind("priority.ID=H", priority, N_("Priority of {of}: {value}")),
    Kind("waves=+1", more_waves, N_("{value} waves at the end, like the last one")),
)
"""Every kind of change. Numbers may be exact (4), more or less (+1, -0.5) or a percentage (+10%, -10%)."""
