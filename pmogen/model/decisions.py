"""content/decisions.yml: what was decided, by whom, when and why."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pmogen.model.base import (
    AspectId,
    Date,
    EntityId,
    Id,
    Items,
    Line,
    Model,
    ServiceId,
    Text,
)


class ServiceDecision(Model):
    """A decision on a product or service."""

    service: ServiceId
    decision: Literal["offer", "decline", "defer"]
    who: Line = Field(description="Role or board that decided.")
    when: Date
    why: Text


class AcceptedGap(Model):
    """A gap that is left open on purpose."""

    aspect: AspectId
    who: Line
    when: Date
    why: Text
    until: Date = Field(description="When the acceptance is looked at again.")


class Entity(Model):
    """A unit outside the PMO that takes hand-offs."""

    id: Id
    name: Line
    description: Text


class HandOff(Model):
    """What the PMO cannot close and asks of somebody else."""

    id: Id
    title: Line
    entity: EntityId
    aspects: Items[AspectId] = Field(min_length=1, description="Gaps it helps to close.")
    asked: Text = Field(description="What exactly is asked.")
    pmo_part: Text | None = Field(default=None, description="What the PMO contributes.")
    contact: Line = Field(description="Role that answers for it.")
    due: Date
    status: Literal["proposed", "agreed", "under way", "done", "refused"]
    agreed_on: Date | None = None
    note: Text | None = None


class Decisions(Model):
    """All decisions."""

    services: Items[ServiceDecision] = ()
    accepted_gaps: Items[AcceptedGap] = ()
    entities: Items[Entity] = ()
    hand_offs: Items[HandOff] = ()
