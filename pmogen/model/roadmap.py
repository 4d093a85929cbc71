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

    role: RoleId = Field(description="Role of the catalogue.")
    fte: float = Field(ge=0, le=100, description="Full-time equivalents in this wave.")


class Launched(Model):
    """What really happened with a service in a finished or running wave."""

    service: ServiceId = Field(description="Service that went live.")
    effort_days: float | None = Field(default=None, ge=0, description="Person-days it really took.")
    note: Line | None = Field(default=None, description="What is worth knowing about it.")


class Wave(Model):
    """A stretch of time at the end of which services are live."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What people call it.")
    starts: Date = Field(description="First day.")
    ends: Date = Field(description="Last day.")
    status: Literal["finished", "running", "planned"] = Field(
        default="planned", description="How far it is; finished waves are not planned again."
    )
    goal: Line = Field(description="What is better for people at the end of it.")
    fte: float = Field(ge=0, le=100, description="PMO full-time equivalents in this wave.")
    roles: Items[RoleCapacity] = Field(default=(), description="The same by role, where roles are scarce.")
    entry: Items[Line] = Field(default=(), description="What must hold before it starts.")
    exit: Items[Line] = Field(default=(), description="What must hold before the next one starts.")
    communication: Items[Line] = Field(default=(), description="Who hears what, from whom.")
    training: Items[Line] = Field(default=(), description="Who learns what.")
    launched: Items[Launched] = Field(default=(), description="Finished and running waves: what went live.")
    learned: Text | None = Field(default=None, description="Finished waves: what was learned.")


class Background(Model):
    """Other change that an audience goes through in a wave."""

    wave: WaveId = Field(description="Wave it falls into.")
    points: int = Field(ge=0, description="Change points it takes.")
    why: Line = Field(description="What it is.")


class BlackOut(Model):
    """A wave in which nothing may launch for an audience."""

    wave: WaveId = Field(description="Wave it falls into.")
    why: Line = Field(description="Why nothing may launch.")


class AudienceLimit(Model):
    """How much change one audience can take."""

    audience: AudienceId = Field(description="Audience this is about.")
    capacity: int | None = Field(
        default=None, ge=0, description="Points per wave of the method's length; default of the method."
    )
    background: Items[Background] = Field(default=(), description="Other change they go through.")
    black_outs: Items[BlackOut] = Field(default=(), description="Waves in which nothing may launch for them.")


class Pin(Model):
    """A service that people want launched in one particular wave."""

    service: ServiceId = Field(description="Service that is pinned.")
    wave: WaveId = Field(description="Wave it is to launch in.")
    who: Line = Field(description="Role or board that wants it.")
    why: Text = Field(description="The reason.")


class NotBefore(Model):
    """A service that must not launch before a wave."""

    service: ServiceId = Field(description="Service that has to wait.")
    wave: WaveId = Field(description="First wave it may launch in.")
    why: Text = Field(description="The reason.")


class Deadline(Model):
    """A service that has to be live by the end of a wave."""

    service: ServiceId = Field(description="Service that is needed by then.")
    wave: WaveId = Field(description="Last wave it may launch in.")
    who: Line = Field(description="Role or board that needs it.")
    why: Text = Field(description="The reason.")


class Together(Model):
    """Services that make sense only together."""

    services: Items[ServiceId] = Field(min_length=2, description="Services that launch in the same wave.")
    why: Text = Field(description="The reason.")


class Alternatives(Model):
    """Services of which one is enough."""

    services: Items[ServiceId] = Field(min_length=2, description="Services of which at most one is planned.")
    why: Text = Field(description="The reason.")


class Roadmap(Model):
    """What the plan has to respect."""

    waves: Items[Wave] = Field(min_length=1, description="Waves, in the order of time.")
    audiences: Items[AudienceLimit] = Field(default=(), description="How much change each audience can take.")
    pins: Items[Pin] = Field(default=(), description="Services people want in one particular wave.")
    not_before: Items[NotBefore] = Field(default=(), description="Services that must not launch before a wave.")
    deadlines: Items[Deadline] = Field(default=(), description="Services that have to be live by the end of a wave.")
    together: Items[Together] = Field(default=(), description="Services that launch in the same wave or not at all.")
    alternatives: Items[Alternatives] = Field(default=(), description="Services of which at most one is planned.")
    a_move: int = Field(
        default=3,
        ge=0,
        le=1000,
        description="What moving a published service by one wave must gain at least, in points: "
        "levels closed times priority weight, summed over the waves.",
    )
