"""content/decisions.yml: what was decided, by whom, when and why."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

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

CommitHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{7,64}$")]
"""The hash of a commit, or the first seven digits of it or more."""


class Approval(Model):
    """That somebody has agreed to what stands here."""

    by: Line = Field(description="Role or board that approved it.")
    on: Date = Field(description="Day of the approval.")
    commit: CommitHash | None = Field(
        default=None, description="Commit whose state was approved; default the one that brought the approval."
    )


class ServiceDecision(Model):
    """A decision on a product or service."""

    service: ServiceId = Field(description="Service that was decided on.")
    decision: Literal["offer", "decline", "defer"] = Field(
        description="offer: it is planned; decline: never planned; defer: not now."
    )
    who: Line = Field(description="Role or board that decided.")
    when: Date = Field(description="Day of the decision.")
    why: Text = Field(description="The reason; everybody may read it.")
    until: Date | None = Field(default=None, description="When the decision is looked at again; default never.")
    approved: Approval | None = Field(default=None, description="Who has agreed to the decision, and when.")


class AcceptedGap(Model):
    """A gap that is left open on purpose."""

    aspect: AspectId = Field(description="Aspect whose gap stays open.")
    who: Line = Field(description="Role or board that accepted it.")
    when: Date = Field(description="Day it was accepted.")
    why: Text = Field(description="The reason; everybody may read it.")
    until: Date = Field(description="When the acceptance is looked at again.")
    approved: Approval | None = Field(default=None, description="Who has agreed to it, and when.")


class Entity(Model):
    """A unit outside the PMO that takes hand-offs."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What the unit is called.")
    description: Text = Field(description="What it does, in a sentence or two.")


class HandOff(Model):
    """What the PMO cannot close and asks of somebody else."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    title: Line = Field(description="What is asked, in a few words.")
    entity: EntityId = Field(description="Unit that is asked.")
    aspects: Items[AspectId] = Field(min_length=1, description="Gaps it helps to close.")
    asked: Text = Field(description="What exactly is asked.")
    pmo_part: Text | None = Field(default=None, description="What the PMO contributes.")
    contact: Line = Field(description="Role that answers for it.")
    due: Date = Field(description="By when it is needed.")
    status: Literal["proposed", "agreed", "under way", "done", "refused"] = Field(description="How far it is.")
    agreed_on: Date | None = Field(default=None, description="Day on which the unit agreed.")
    note: Text | None = Field(default=None, description="What has happened since.")
    follow_up: Text | None = Field(default=None, description="How the PMO follows up: who asks, when, and what then.")
    approved: Approval | None = Field(default=None, description="Who has agreed that it is asked like this, and when.")


class Decisions(Model):
    """All decisions."""

    services: Items[ServiceDecision] = Field(
        default=(), description="Decisions on products and services; one without a decision is undecided."
    )
    accepted_gaps: Items[AcceptedGap] = Field(default=(), description="Gaps that are left open on purpose.")
    entities: Items[Entity] = Field(default=(), description="Units outside the PMO that take hand-offs.")
    hand_offs: Items[HandOff] = Field(default=(), description="What is asked of them.")
