"""What-if: what services take, what is wanted, and how long there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from pmogen.analysis.as_if import AsIf, Asked
from pmogen.analysis.changes_of_decisions import to_come
from pmogen.analysis.launched import live_services
from pmogen.analysis.levels import levels_of
from pmogen.language import _, spoken
from pmogen.model.base import exact
from pmogen.model.catalogue import Effort, Service
from pmogen.model.roadmap import Wave

MOST_DAYS = 9999
MOST_WAVES = 4


def effort_of_all(before: AsIf, asked: Asked) -> AsIf:
    """All efforts that are still to come, by a percentage."""
    if asked.amount("effort=+20%").kind != "percent":
        hint = _("write for example {change}", change="effort=+20%")
        raise asked.refused(_("efforts of all services change by a percentage"), hint)
    live = live_services(before.workspace)
    return _with_efforts(before, asked, [s for s in before.workspace.catalogue.services if s.id not in live])


def effort(before: AsIf, asked: Asked) -> AsIf:
    """The effort of one service."""
    service = to_come(before.workspace, asked, asked.subject)
    return _with_efforts(before, asked, [before.workspace.service(service)])


def _with_efforts(before: AsIf, asked: Asked, services: Iterable[Service]) -> AsIf:
    amount = asked.amount("service.ID.days=+10", "service.ID.days=-20%", "service.ID.days=30")

    def changed(service: Service, days: float) -> float:
        figure = _("the effort of `{service}`", service=service.id)
        return asked.within(amount.of(exact(days)), exact(days), MOST_DAYS, figure)

    made = {}
    for service in services:
        effort = service.establish_days
        likely = None if effort.likely is None else changed(service, effort.likely)
        new = Effort(low=changed(service, effort.low), likely=likely, high=changed(service, effort.high))
        made[service.id] = service.model_copy(update={"establish_days": new})
    catalogue = before.workspace.catalogue
    entries = tuple(made.get(service.id, service) for service in catalogue.services)
    return replace(
        before, workspace=replace(before.workspace, catalogue=catalogue.model_copy(update={"services": entries}))
    )


def target(before: AsIf, asked: Asked) -> AsIf:
    """The target of an aspect."""
    workspace = before.workspace
    amount = asked.amount("target.ID=3")
    levels = {level.aspect: level.target for level in levels_of(workspace, workspace.current)}
    now = levels[asked.known(asked.subject, levels, _("assessed aspects"))]
    target = amount.of(now)
    if not 1 <= target <= 5:
        message = _("the target would be {level}", level=_level(target))
        raise asked.refused(message, _("levels are 1 to 5; the target is {level} now", level=_level(now)))
    return _with_aspect(before, asked.subject, "target", float(target))


def _level(level: Fraction) -> str:
    return f"{float(level):g}".replace(".", spoken().point)


def priority(before: AsIf, asked: Asked) -> AsIf:
    """The priority of a gap."""
    known = (entry.aspect for entry in before.workspace.current.assessment.aspects)
    asked.known(asked.subject, known, _("assessed aspects"))
    if asked.value not in ("L", "M", "H"):
        raise asked.refused(_("`{value}` is not a priority", value=asked.value), _("write L, M or H"))
    return _with_aspect(before, asked.subject, "priority", asked.value)


def _with_aspect(before: AsIf, aspect: str, name: str, value: Any) -> AsIf:
    workspace, dated = before.workspace, before.workspace.current
    entries = (e.model_copy(update={name: value}) if e.aspect == aspect else e for e in dated.assessment.aspects)
    assessment = dated.assessment.model_copy(update={"aspects": tuple(entries)})
    assessments = (*workspace.assessments[:-1], replace(dated, assessment=assessment))
    return replace(before, workspace=replace(workspace, assessments=assessments))


def more_waves(before: AsIf, asked: Asked) -> AsIf:
    """More waves at the end, like the last one."""
    waves = before.workspace.roadmap.waves
    last = max(waves, key=lambda wave: wave.ends)
    if asked.value not in {f"+{number}" for number in range(1, MOST_WAVES + 1)}:
        raise asked.no_number(_("write waves=+1, at most +{most}", most=MOST_WAVES))
    added: list[Wave] = []
    for number in range(1, int(asked.value) + 1):
        starts = (added[-1] if added else last).ends + dt.timedelta(days=1)
        try:
            ends = starts + (last.ends - last.starts)
        except OverflowError:
            hint = _("check the dates of the last wave")
            raise asked.refused(_("the calendar ends before that"), hint) from None
        name = _("Extra wave {number}", number=number)
        fields = {"id": f"what-if-{number}", "name": name, "starts": starts, "ends": ends}
        fields |= {"status": "planned", "launched": (), "learned": None}
        added.append(last.model_copy(update=fields))
    return before.with_roadmap(waves=(*waves, *added))
