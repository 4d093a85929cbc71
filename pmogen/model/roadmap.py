"""content/roadmap.yml: waves, capacity, how much change people can take, pins and progress."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pmogen.model.base import (
    AudienceId,
    Date,
    Id,
    Items,
    Line,
    Model,
    RoleId,
    ServiceId,
    Text,
    WaveId,
)


class RoleCapacity(Model):
    """Capacity of one role of the PMO team."""

    role: RoleId
    fte: float = Field(ge=0, le=100)


class Launched(Model):
    """What really happened with a service in a finished or running wave."""

    service: ServiceId
    effort_days: float | None = Field(default=None, ge=0, description="Person-days it really took.")
    note: Line | None = None


class Wave(Model):
    """A stretch of time at the end of which services are live."""

    id: Id
    name: Line
    starts: Date
    ends: Date
    status: Literal["finished", "running", "planned"] = "planned"
    goal: Line = Field(description="What is better for people at the end of it.")
    fte: float = Field(ge=0, le=100, description="PMO full-time equivalents in this wave.")
    roles: Items[RoleCapacity] = Field(default=(), description="The same by role, where roles are scarce.")
    entry: Items[Line] = Field(default=(), description="What must hold before it starts.")
    exit: Items[Line] = Field(default=(), description="What must hold before the next one starts.")
    communication: Items[Line] = Field(default=(), description="Who hears what, from whom.")
    training: Items[Line] = ()
    launched: Items[Launched] = Field(default=(), description="Finished and running waves: what went live.")
    learned: Text | None = Field(default=None, description="Finished waves: what was learned.")


class Background(Model):
    """Other change that an audience goes through in a wave."""

    wave: WaveId
    points: int = Field(ge=0)
    why: Line


class BlackOut(Model):
    """A wave in which nothing may launch for an audience."""

    wave: WaveId
    why: Line


class AudienceLimit(Model):
    """How much change one audience can take."""

    audience: AudienceId
    capacity: int | None = Field(
        default=None, ge=0, description="Points per wave of the method's length; default of the method."
    )
    background: Items[Background] = ()
    black_outs: Items[BlackOut] = ()


class Pin(Model):
    """A service that people want launched in one particular wave."""

    service: ServiceId
    wave: WaveId
    who: Line
    why: Text


class NotBefore(Model):
    """A service that must not launch before a wave."""

    service: ServiceId
    wave: WaveId
    why: Text


class Roadmap(Model):
    """What the plan has to respect."""

    waves: Items[Wave] = Field(min_length=1)
    audiences: Items[AudienceLimit] = ()
    pins: Items[Pin] = ()
    not_before: Items[NotBefore] = ()
