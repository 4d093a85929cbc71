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
    started: Date | None = Field(default=None, description="Day on which work on it began.")
    live: Date | None = Field(default=None, description="Day on which it went live, within the wave.")
    effort_days: float | None = Field(default=None, ge=0, description="Person-days it really took.")
    note: Line | None = Field(default=None, description="What is worth knowing about it.")


class AudienceChangePlan(Model):
    """How one audience is won for what changes in a wave. Everything but the audience may be left out."""

    audience: AudienceId = Field(description="Who has to change something.")
    stays: Line | None = Field(default=None, description="What does not change for them.")
    why_now: Line | None = Field(default=None, description="Why it has to be now.")
    gain: Line | None = Field(default=None, description="What is in it for them.")
    messenger: Line | None = Field(default=None, description="Who tells them: their own line manager before anybody.")
    channel: Line | None = Field(default=None, description="Where and how they hear it.")
    told_by: Date | None = Field(default=None, description="By when they have heard it.")
    sponsor_act: Line | None = Field(default=None, description="What the sponsor does visibly for it.")
    training: Line | None = Field(default=None, description="What they learn, and how long that takes.")
    help: Line | None = Field(default=None, description="Where they get help.")
    feedback: Line | None = Field(default=None, description="How they say what does not work.")
    objection: Line | None = Field(default=None, description="What they will object.")
    answer: Line | None = Field(default=None, description="The honest answer to it.")
    agreed: Line | None = Field(
        default=None, description="What was agreed with line management: what is honoured, and what follows otherwise."
    )
    after_30_days: Line | None = Field(default=None, description="What shows after 30 days that they use it.")
    after_90_days: Line | None = Field(default=None, description="What shows after 90 days that it is a habit.")


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
    people: Items[AudienceChangePlan] = Field(default=(), description="How the audiences of the wave are won.")
    launched: Items[Launched] = Field(default=(), description="Finished and running waves: what went live.")
    learned: Text | None = Field(default=None, description="Finished waves: what was learned.")


class Progress(Model):
    """A service that was started and is not live: under way, or dropped. When it is live, it moves to its wave."""

    service: ServiceId = Field(description="Service that was started.")
    started: Date = Field(description="Day on which work on it began.")
    effort_days: float | None = Field(
        default=None, ge=0, description="Person-days it has taken so far; they count in the wave it was started in."
    )
    left_days: float | None = Field(
        default=None, ge=0, description="Person-days still needed; default the estimate less what it has taken."
    )
    expected: WaveId | None = Field(
        default=None, description="Wave in which it is expected to be live now; it is not planned earlier."
    )
    dropped: Date | None = Field(default=None, description="Day on which it was given up; it is not planned any more.")
    who: Line | None = Field(default=None, description="Role or board that gave it up.")
    why: Text | None = Field(default=None, description="Why it was given up, or why it is late.")
    note: Line | None = Field(default=None, description="What is worth knowing about it.")


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
    progress: Items[Progress] = Field(default=(), description="Services that were started and are not live.")
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
