"""content/foundation.yml: who the PMO serves, why, and with what mandate."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pmogen.model.base import (
    AspectId,
    AudienceId,
    BenefitId,
    Date,
    Id,
    Items,
    Line,
    Model,
    QuestionId,
    RoleId,
    Text,
    Weight,
)
from pmogen.model.money import BenefitAssumption

State = Literal["known", "assumed", "open"]


class Answer(Model):
    """An answer to a question of the foundation."""

    question: QuestionId = Field(description="Id of a question of the catalogue.")
    state: State = Field(description="known, assumed (works until proven wrong) or open.")
    answer: Text | None = Field(default=None, description="May be missing only while the state is open.")
    source: Line | None = Field(default=None, description="Where the answer comes from.")
    owner: Line | None = Field(default=None, description="Role that finds out or confirms.")
    due: Date | None = Field(default=None, description="By when it is settled.")


class ExpectedBenefit(Model):
    """What a customer expects, in the customer's own words."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    benefit: Line = Field(description="In the customer's words.")
    weight: Weight = Field(description="How much it matters to this customer, 1 to 5.")
    aspects: Items[AspectId] = Field(min_length=1, description="Aspects that have to improve for it.")
    noticed_by: Line | None = Field(default=None, description="How this customer will notice it.")


class Customer(Model):
    """A group the PMO works for."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What the group is called, in the plural.")
    audience: AudienceId | None = Field(default=None, description="Audience of the catalogue these people belong to.")
    people: int | None = Field(default=None, ge=1, description="How many they are.")
    state: State = Field(default="known", description="How sure it is that this group is a customer.")
    voice: Line | None = Field(default=None, description="A quotation, without a name.")
    expects: Items[ExpectedBenefit] = Field(min_length=1, description="Benefits it expects.")


class Stakeholder(Model):
    """Somebody who can help or stop the PMO; a role, never a name."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    role: Line = Field(description="The role, never a name.")
    influence: Literal["low", "medium", "high"] = Field(description="How much they can help or stop.")
    stance: Literal["sponsor", "supporter", "neutral", "sceptic", "opponent"] = Field(
        description="Where they stand today."
    )
    interest: Text = Field(description="What is at stake for them.")
    approach: Text = Field(description="How the PMO deals with them.")
    owner: Line = Field(description="Role that keeps the contact.")


class Objective(Model):
    """What the PMO wants to reach, and how it is measured."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    objective: Line = Field(description="What is to be reached.")
    measure: Line = Field(description="How it is measured.")
    baseline: Line = Field(description="Where it stands today.")
    target: Line = Field(description="Where it is to stand.")
    by: Date = Field(description="By when.")
    benefits: Items[BenefitId] = Field(default=(), description="Expected benefits it serves.")


class TeamMember(Model):
    """A position of the PMO team."""

    role: RoleId = Field(description="Role of the catalogue.")
    fte: float = Field(gt=0, le=100, description="Full-time equivalents.")
    state: Literal["in post", "agreed", "to be found"] = Field(
        default="in post", description="Whether somebody is there yet."
    )
    available: Date | None = Field(default=None, description="From when; default from the start.")
    note: Line | None = Field(default=None, description="What is worth knowing about it.")


class Resistance(Model):
    """An objection that is to be expected, and the honest answer."""

    who: Line = Field(description="Who says it: a group or a role.")
    objection: Line = Field(description="What they say.")
    answer: Text = Field(description="The honest answer.")


class CultureChange(Model):
    """What setting up the PMO asks of the culture."""

    case: Text = Field(description="Why now.")
    stays: Items[Line] = Field(description="What does not change.", min_length=1)
    changes: Items[Line] = Field(description="What does change.", min_length=1)
    sponsor_acts: Items[Line] = Field(default=(), description="What the sponsor does visibly.")
    messengers: Items[Line] = Field(default=(), description="Who tells whom.")
    resistance: Items[Resistance] = Field(default=(), description="Objections to expect, with answers.")


class Foundation(Model):
    """The foundation of the PMO."""

    summary: Text = Field(description="Why this PMO, in a few sentences a sponsor would sign.")
    answers: Items[Answer] = Field(default=(), description="Answers to the questions of the catalogue.")
    customers: Items[Customer] = Field(default=(), description="Groups the PMO works for.")
    stakeholders: Items[Stakeholder] = Field(default=(), description="Who can help or stop it.")
    objectives: Items[Objective] = Field(default=(), description="What it wants to reach, and how that is measured.")
    benefit_assumptions: Items[BenefitAssumption] = Field(
        default=(), description="What roles assume benefits to be worth in a year, where money matters."
    )
    team: Items[TeamMember] = Field(default=(), description="Positions of the PMO team.")
    culture_change: CultureChange | None = Field(default=None, description="What setting it up asks of the culture.")
