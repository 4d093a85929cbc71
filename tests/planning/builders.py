"""Small organisations to plan for, straight from the models.

A wave lasts 13 weeks from a Monday: 65 working days and exactly three months. Unless a test says
otherwise nobody is ever absent, building and running may use everything, building takes place in the
launch wave, and one aspect, `risk`, stands at level 1 and should be at 5 (priority H, weight 3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from pmogen.analysis.gaps import Gap, find_gaps
from pmogen.analysis.levels import levels_of
from pmogen.analysis.services import Choice, choose
from pmogen.diagnostics import Span
from pmogen.model.assessment import AspectAssessment, Assessment
from pmogen.model.catalogue import (
    Aspect,
    Audience,
    AudienceChange,
    Catalogue,
    Effort,
    Kpi,
    Lift,
    Raci,
    Service,
    Step,
)
from pmogen.model.decisions import AcceptedGap, Decisions, ServiceDecision
from pmogen.model.foundation import Foundation
from pmogen.model.method import CapacityMethod, ChangeMethod, LevelName, Method
from pmogen.model.playbook import Settings
from pmogen.model.roadmap import (
    Alternatives,
    AudienceLimit,
    Background,
    BlackOut,
    Deadline,
    Launched,
    NotBefore,
    Pin,
    Roadmap,
    RoleCapacity,
    Together,
    Wave,
)
from pmogen.model.workspace import DatedAssessment, Workspace
from pmogen.planning import plan_roadmap
from pmogen.planning.formulation import Formulation, formulate
from pmogen.planning.plan import Absence, ChangeLoad, Placement, Plan, WaveUse

MONDAY = dt.date(2027, 1, 4)
AUDIENCES = ("managers", "sponsors")
NOTHING = {"elsewhere": 1.0}
"""What a service lifts that closes no gap here: the aspect is not assessed."""


class NoPlaces:
    """Places of a workspace that was never a file."""

    def span(self, *_path: str | int, key: bool = False) -> Span:  # noqa: ARG002 - the protocol names it
        return Span("x.yml")


def service(  # noqa: PLR0913 - a test names only what matters to it
    identifier: str,
    closes: Mapping[str, float] | None = None,
    *,
    days: float = 10,
    run: float = 0,
    asks: Mapping[str, str] | None = None,
    requires: Iterable[str] = (),
    same_wave: Iterable[str] = (),
    up_to: float = 5,
    by: Iterable[str] = ("pmo-head",),
) -> Service:
    """A service that lifts aspects by so many levels; it asks nobody for anything that counts unless told to."""
    lifts = {"risk": 1.0} if closes is None else closes
    return Service(
        id=identifier,
        name=identifier.upper(),
        kind="service",
        tier="advanced",
        purpose="-",
        description="-",
        pain="-",
        noticed_by="-",
        lifts=tuple(Lift(aspect=aspect, strength="primary", by=by, up_to=up_to) for aspect, by in lifts.items()),
        requires=tuple(requires),
        requires_same_wave=tuple(same_wave),
        establish_days=Effort(low=days, high=days),
        run_fte=run,
        estimate_source="-",
        audiences=tuple(
            AudienceChange(audience=audience, load=load, what="-")
            for audience, load in (asks or {"nobody": "low"}).items()
        ),
        deliverables=("-",),
        customer_gives="-",
        request="-",
        service_level="-",
        roles=Raci(accountable="pmo-head", responsible=tuple(by)),
        steps=(Step(step="-", share=40), Step(step="-", share=40), Step(step="-", share=20)),
        kpi=Kpi(name="-", measure="-", unit="-", frequency="-"),
    )


def wave(number: int, *, fte: float = 1, weeks: int = 13, **more: Any) -> Wave:
    """The wave `w1`, `w2`, ...; thirteen weeks after the one before."""
    starts = MONDAY + dt.timedelta(weeks=13 * (number - 1))
    ends = starts + dt.timedelta(weeks=weeks, days=-1)
    return Wave(id=f"w{number}", name=f"Wave {number}", starts=starts, ends=ends, goal="-", fte=fte, **more)


def waves(count: int, **more: Any) -> tuple[Wave, ...]:
    """So many waves that are alike."""
    return tuple(wave(number, **more) for number in range(1, count + 1))


def launched(identifier: str, days: float | None = None) -> Launched:
    """What a finished or running wave launched."""
    return Launched(service=identifier, effort_days=days)


def roles(**fte: float) -> tuple[RoleCapacity, ...]:
    """Full-time equivalents by role; `_` stands for the hyphen."""
    return tuple(RoleCapacity(role=role.replace("_", "-"), fte=number) for role, number in fte.items())


def limit(
    audience: str,
    capacity: int | None = None,
    background: Mapping[str, int] | None = None,
    black_outs: Mapping[str, str] | None = None,
) -> AudienceLimit:
    """What one audience can take."""
    return AudienceLimit(
        audience=audience,
        capacity=capacity,
        background=tuple(Background(wave=w, points=p, why="Merger") for w, p in (background or {}).items()),
        black_outs=tuple(BlackOut(wave=w, why=why) for w, why in (black_outs or {}).items()),
    )


def organisation(  # noqa: PLR0913 - a test names only what matters to it
    *services: Service,
    roadmap: tuple[Wave, ...] = waves(3),
    gaps: Mapping[str, tuple[float, float, str]] | None = None,
    decided: Mapping[str, str] | None = None,
    limits: Iterable[AudienceLimit] = (),
    pins: Mapping[str, str] | None = None,
    not_before: Mapping[str, str] | None = None,
    deadlines: Mapping[str, str] | None = None,
    together: Iterable[Iterable[str]] = (),
    alternatives: Iterable[Iterable[str]] = (),
    accepted: Iterable[str] = (),
    capacity: Mapping[str, float] | None = None,
    change: Mapping[str, Any] | None = None,
    assessed: dt.date = MONDAY - dt.timedelta(days=1),
) -> Workspace:
    """A workspace; `gaps` are aspects with their level, target and priority."""
    aspects = {"risk": (1, 5, "H")} if gaps is None else gaps
    method = Method(
        levels=tuple(LevelName(level=level, name="-", meaning="-") for level in range(1, 6)),
        capacity=CapacityMethod(
            **{"build_share": 1, "run_share": 1, "build_waves": 1, "absence_rate": 0} | dict(capacity or {})
        ),
        change=ChangeMethod(**dict(change or {})),
    )
    assessment = Assessment(
        date=assessed,
        title="-",
        method="-",
        aspects=tuple(
            AspectAssessment(aspect=aspect, current=now, current_source="workshop", target=target, priority=priority)
            for aspect, (now, target, priority) in aspects.items()
        ),
    )
    return Workspace(
        settings=Settings(title="-", organisation="-", about="-", version="1", as_of=assessed, owner="-"),
        catalogue=Catalogue(
            method=method,
            aspects=tuple(_aspect(aspect) for aspect in aspects),
            services=services,
            audiences=tuple(Audience(id=audience, name=audience, description="-") for audience in AUDIENCES),
        ),
        foundation=Foundation(summary="-"),
        assessments=(DatedAssessment(str(assessed), assessment, ()),),
        decisions=Decisions(
            services=tuple(
                ServiceDecision(service=name, decision=made, who="Board", when=assessed, why="Because.")
                for name, made in (decided or {}).items()
            ),
            accepted_gaps=tuple(
                AcceptedGap(aspect=aspect, who="Board", when=assessed, why="Fine.", until=assessed)
                for aspect in accepted
            ),
        ),
        roadmap=Roadmap(
            waves=roadmap,
            audiences=tuple(limits),
            pins=tuple(Pin(service=s, wave=w, who="Board", why="Audit.") for s, w in (pins or {}).items()),
            not_before=tuple(NotBefore(service=s, wave=w, why="Tool.") for s, w in (not_before or {}).items()),
            deadlines=tuple(Deadline(service=s, wave=w, who="Board", why="Law.") for s, w in (deadlines or {}).items()),
            together=tuple(Together(services=tuple(group), why="One form.") for group in together),
            alternatives=tuple(Alternatives(services=tuple(group), why="One will do.") for group in alternatives),
        ),
        pages=(),
        documents={},
        places=NoPlaces(),
    )


def _aspect(identifier: str) -> Aspect:
    return Aspect(
        id=identifier,
        dimension="direction",
        name=identifier.capitalize(),
        core=True,
        question="-",
        why="-",
        levels=("-",) * 5,
        evidence=("-",),
        ask=("managers",),
        pmo_can_close="fully",
    )


def gaps_and_choice(workspace: Workspace) -> tuple[tuple[Gap, ...], Choice]:
    """What planning starts from."""
    gaps = find_gaps(workspace, levels_of(workspace, workspace.current))
    return gaps, choose(workspace, gaps)


def plan(workspace: Workspace) -> Plan:
    """The roadmap of the workspace."""
    return plan_roadmap(workspace, *gaps_and_choice(workspace))


def formulated(workspace: Workspace) -> Formulation:
    """The planning problem of the workspace."""
    return formulate(workspace, *gaps_and_choice(workspace))


def launches(found: Plan) -> dict[str, str]:
    """Wave by service."""
    return {placement.service: placement.wave for placement in found.placements}


def codes(found: Plan) -> dict[str, str]:
    """Absence code by service."""
    return {absence.service: absence.code for absence in found.absences}


def placement(found: Plan, identifier: str) -> Placement:
    return next(entry for entry in found.placements if entry.service == identifier)


def absence(found: Plan, identifier: str) -> Absence:
    return next(entry for entry in found.absences if entry.service == identifier)


def work(found: Plan, identifier: str) -> dict[str, Fraction]:
    """Person-days by wave."""
    return {part.wave: part.days for part in placement(found, identifier).work}


def load(found: Plan, audience: str, in_wave: str) -> ChangeLoad:
    return next(entry for entry in found.loads if (entry.audience, entry.wave) == (audience, in_wave))


def use(found: Plan, in_wave: str) -> WaveUse:
    return next(entry for entry in found.uses if entry.wave == in_wave)
