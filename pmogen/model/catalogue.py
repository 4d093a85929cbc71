"""The catalogue: what can be known without knowing the organisation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pmogen.model.base import (
    AspectId,
    AudienceId,
    DimensionId,
    Id,
    Items,
    LevelNumber,
    Line,
    Load,
    Model,
    QuestionId,
    RoleId,
    ServiceId,
    Strength,
    TemplateId,
    TermId,
    Text,
)
from pmogen.model.method import Method
from pmogen.model.money import Amount


class Audience(Model):
    """A group of people who are asked, served, and asked to change."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="In the plural: project managers.")
    description: Text = Field(description="Who belongs to it.")


class Dimension(Model):
    """A family of aspects."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="Name on pages and charts.")
    question: Line = Field(description="What the dimension asks as a whole.")


class Aspect(Model):
    """Something that is assessed on five levels."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    dimension: DimensionId = Field(description="Dimension it belongs to.")
    name: Line = Field(description="Name on pages and charts.")
    core: bool = Field(description="True when nearly every assessment should include it.")
    question: Line = Field(description="What people are asked.")
    why: Text = Field(description="Why it matters, in one or two sentences.")
    levels: Items[Line] = Field(description="Descriptions of levels 1 to 5, in order.", min_length=5, max_length=5)
    evidence: Items[Line] = Field(description="What to ask to see before settling on a level.", min_length=1)
    ask: Items[AudienceId] = Field(description="Audiences to ask.", min_length=1)
    pmo_can_close: Literal["fully", "partly", "not"] = Field(description="How far a PMO can close a gap here.")
    co_owner: Line | None = Field(default=None, description="Who else usually has to act.")
    beyond_pmo: Text | None = Field(default=None, description="What remains outside a PMO's reach (when not `fully`).")


class Lift(Model):
    """How a service raises an aspect."""

    aspect: AspectId = Field(description="Aspect it raises.")
    strength: Strength = Field(description="primary or secondary: the default for `by`.")
    by: float | None = Field(default=None, gt=0, le=4, description="Levels it adds; default by strength.")
    up_to: LevelNumber | None = Field(default=None, description="Level it cannot lift beyond; default by tier.")


class Effort(Model):
    """Person-days, as a range or three points."""

    low: float = Field(ge=0, description="Person-days if all goes well.")
    likely: float | None = Field(default=None, ge=0, description="Most likely person-days; default the middle.")
    high: float = Field(ge=0, description="Person-days if it is hard.")


class AudienceChange(Model):
    """What a launch asks of an audience."""

    audience: AudienceId = Field(description="Who has to change something.")
    load: Load = Field(description="How much the launch asks of them.")
    what: Line = Field(description="What these people do differently, starting with a verb.")


class Raci(Model):
    """Who is accountable, does the work, is consulted, is informed: role ids."""

    accountable: RoleId = Field(description="Exactly one role.")
    responsible: Items[RoleId] = Field(min_length=1, description="Roles that do the work.")
    consulted: Items[RoleId] = Field(default=(), description="Roles that are asked first.")
    informed: Items[RoleId] = Field(default=(), description="Roles that are told.")


class Step(Model):
    """A step to establish a service."""

    step: Line = Field(description="What is done, starting with a verb.")
    share: int = Field(ge=1, le=100, description="Per cent of the effort; all steps add up to 100.")


class Kpi(Model):
    """A measure of a service."""

    name: Line = Field(description="What is measured.")
    measure: Line = Field(description="How it is measured: what is counted, from which source.")
    unit: Line = Field(description="Per cent, days, number, score 1 to 5, ...")
    frequency: Line = Field(description="Monthly, quarterly, ...")


class Adoption(Model):
    """What shows that people have taken a service up."""

    after_30_days: Line = Field(description="Sign 30 days after the launch that it is used.")
    after_90_days: Line = Field(description="Sign 90 days after the launch that it is useful and a habit.")


class Service(Model):
    """A product (something handed over) or a service (something done) that a PMO can offer."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="Name on pages and charts.")
    kind: Literal["product", "service"] = Field(description="product: something handed over; service: something done.")
    tier: Literal["basic", "advanced"] = Field(
        description="basic: up to level 3; advanced: beyond, usually on top of basic ones."
    )
    purpose: Line = Field(description="What it is for, in one sentence.")
    description: Text = Field(description="What it is and what the customer gets: a paragraph or two.")
    pain: Line = Field(description="The complaint it answers, as a customer would say it.")
    noticed_by: Line = Field(description="How customers notice that it works.")
    lifts: Items[Lift] = Field(min_length=1, description="Aspects it raises.")
    requires: Items[ServiceId] = Field(default=(), description="Services that must be live in an earlier wave.")
    requires_same_wave: Items[ServiceId] = Field(
        default=(), description="Services that must be live in the same wave at the latest."
    )
    establish_days: Effort = Field(description="PMO effort to design, pilot and launch it, in person-days.")
    run_fte: float = Field(ge=0, le=50, description="Steady PMO effort once live, in full-time equivalents.")
    price: Line | None = Field(default=None, description="Money it takes beside PMO effort, where that matters.")
    cost: Amount | None = Field(default=None, description="The same as an amount: once, to establish it.")
    cost_a_year: Amount | None = Field(default=None, description="The same as an amount: each year, once it is live.")
    estimate_source: Line = Field(description="Whose estimates these are.")
    audiences: Items[AudienceChange] = Field(min_length=1, description="Who has to change what.")
    deliverables: Items[Line] = Field(min_length=1, description="What is there once it is established.")
    customer_gives: Line = Field(description="What the customer must bring.")
    request: Line = Field(description="How to request it.")
    service_level: Line = Field(description="What can be relied on.")
    roles: Raci = Field(description="Who does what in it.")
    steps: Items[Step] = Field(min_length=3, description="First steps to establish it.")
    kpi: Kpi = Field(description="First measure.")
    adoption: Adoption | None = Field(
        default=None, description="Signs of adoption; default that people do what changes for them, then `noticed_by`."
    )
    templates: Items[TemplateId] = Field(default=(), description="Documents it hands out.")


class Role(Model):
    """A role in the PMO, around it, or in making the playbook."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What the role is called.")
    side: Literal["pmo", "around", "playbook"] = Field(
        description="Part of the PMO, around it in the organisation, or only in making this playbook."
    )
    purpose: Line = Field(description="What it is there for, in one sentence.")
    tasks: Items[Line] = Field(min_length=2, description="What it does, each starting with a verb.")
    skills: Items[Line] = Field(default=(), description="What it takes to do it well.")


class Practice(Model):
    """Something that works."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="The practice in a few words.")
    summary: Line = Field(description="The practice in one sentence.")
    why: Text = Field(description="Why it works.")
    how: Items[Line] = Field(min_length=2, description="What to do, starting with a verb.")
    aspects: Items[AspectId] = Field(default=(), description="Aspects it belongs to.")
    services: Items[ServiceId] = Field(default=(), description="Services in which it is used.")


class AspectSign(Model):
    """A sign in the assessment: all bounds given must hold."""

    aspect: AspectId = Field(description="Aspect that is looked at.")
    level_below: LevelNumber | None = Field(default=None, description="Current level below this.")
    gap_from: float | None = Field(default=None, ge=0, description="Gap of at least so many levels.")


class AnswerSign(Model):
    """A sign in the foundation: the answer is in one of these states (a missing answer counts as open)."""

    question: QuestionId = Field(description="Question that is looked at.")
    state: Items[Literal["known", "assumed", "open"]] = Field(min_length=1, description="States that are a sign.")


class Condition(Model):
    """When a problem is likely here: every sign of `all` and, if there are any, one of `any`."""

    all: Items[AspectSign | AnswerSign] = Field(default=(), description="Signs that must all hold.")
    any: Items[AspectSign | AnswerSign] = Field(default=(), description="Signs of which one must hold.")


class Problem(Model):
    """A common trouble of PMOs."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="The trouble in a few words.")
    symptom: Text = Field(description="What people see.")
    check: Text = Field(description="How to find out whether it is so here.")
    remedy: Text = Field(description="What to do about it.")
    services: Items[ServiceId] = Field(default=(), description="Services that help.")
    likely_when: Condition = Field(description="When this organisation's data says it is likely.")


class Term(Model):
    """A word of the playbook and what it means here."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    term: Line = Field(description="The word.")
    meaning: Text = Field(description="What it means in this playbook.")
    see: Items[TermId] = Field(default=(), description="Related terms.")


class DocumentTemplate(Model):
    """A document that services hand out; its text is catalog/templates/ID.md."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What the document is called.")
    purpose: Line = Field(description="What it is for.")
    used_when: Line = Field(description="When it is filled in, and by whom.")


class Question(Model):
    """A question of the foundation."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    topic: Line = Field(description="Heading it stands under.")
    question: Line = Field(description="What is asked.")
    help: Text = Field(description="What a good answer contains.")
    blocks: bool = Field(default=False, description="True when the next phase cannot start while it is open.")


class Catalogue(Model):
    """All layers of the catalogue, merged: entries by kind, in the order of the files."""

    method: Method = Field(description="The scale, the thresholds and the defaults.")
    dimensions: Items[Dimension] = Field(default=(), description="Families of aspects.")
    aspects: Items[Aspect] = Field(default=(), description="What is assessed.")
    services: Items[Service] = Field(default=(), description="Products and services a PMO can offer.")
    audiences: Items[Audience] = Field(
        default=(), description="Groups of people who are asked, served, and asked to change."
    )
    roles: Items[Role] = Field(default=(), description="Roles in the PMO, around it, and in making the playbook.")
    practices: Items[Practice] = Field(default=(), description="What works.")
    problems: Items[Problem] = Field(default=(), description="Common troubles of PMOs.")
    glossary: Items[Term] = Field(default=(), description="Words and what they mean here.")
    templates: Items[DocumentTemplate] = Field(default=(), description="Documents that services hand out.")
    questions: Items[Question] = Field(default=(), description="Questions of the foundation.")
