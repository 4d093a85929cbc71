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


class Audience(Model):
    """A group of people who are asked, served, and asked to change."""

    id: Id
    name: Line = Field(description="In the plural: project managers.")
    description: Text = Field(description="Who belongs to it.")


class Dimension(Model):
    """A family of aspects."""

    id: Id
    name: Line
    question: Line = Field(description="What the dimension asks as a whole.")


class Aspect(Model):
    """Something that is assessed on five levels."""

    id: Id
    dimension: DimensionId = Field(description="Dimension it belongs to.")
    name: Line
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

    aspect: AspectId
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

    audience: AudienceId
    load: Load
    what: Line = Field(description="What these people do differently, starting with a verb.")


class Raci(Model):
    """Who is accountable, does the work, is consulted, is informed: role ids."""

    accountable: RoleId = Field(description="Exactly one role.")
    responsible: Items[RoleId] = Field(min_length=1)
    consulted: Items[RoleId] = ()
    informed: Items[RoleId] = ()


class Step(Model):
    """A step to establish a service."""

    step: Line = Field(description="What is done, starting with a verb.")
    share: int = Field(ge=1, le=100, description="Per cent of the effort; all steps add up to 100.")


class Kpi(Model):
    """A measure of a service."""

    name: Line
    measure: Line = Field(description="How it is measured: what is counted, from which source.")
    unit: Line = Field(description="Per cent, days, number, score 1 to 5, ...")
    frequency: Line = Field(description="Monthly, quarterly, ...")


class Service(Model):
    """A product (something handed over) or a service (something done) that a PMO can offer."""

    id: Id
    name: Line
    kind: Literal["product", "service"]
    tier: Literal["basic", "advanced"]
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
    estimate_source: Line = Field(description="Whose estimates these are.")
    audiences: Items[AudienceChange] = Field(min_length=1, description="Who has to change what.")
    deliverables: Items[Line] = Field(min_length=1, description="What is there once it is established.")
    customer_gives: Line = Field(description="What the customer must bring.")
    request: Line = Field(description="How to request it.")
    service_level: Line = Field(description="What can be relied on.")
    roles: Raci
    steps: Items[Step] = Field(min_length=3, description="First steps to establish it.")
    kpi: Kpi = Field(description="First measure.")
    templates: Items[TemplateId] = Field(default=(), description="Documents it hands out.")


class Role(Model):
    """A role in the PMO, around it, or in making the playbook."""

    id: Id
    name: Line
    side: Literal["pmo", "around", "playbook"] = Field(
        description="Part of the PMO, around it in the organisation, or only in making this playbook."
    )
    purpose: Line
    tasks: Items[Line] = Field(min_length=2)
    skills: Items[Line] = ()


class Practice(Model):
    """Something that works."""

    id: Id
    name: Line
    summary: Line
    why: Text
    how: Items[Line] = Field(min_length=2, description="What to do, starting with a verb.")
    aspects: Items[AspectId] = Field(default=(), description="Aspects it belongs to.")
    services: Items[ServiceId] = Field(default=(), description="Services in which it is used.")


class AspectSign(Model):
    """A sign in the assessment: all bounds given must hold."""

    aspect: AspectId
    level_below: LevelNumber | None = Field(default=None, description="Current level below this.")
    gap_from: float | None = Field(default=None, ge=0, description="Gap of at least so many levels.")


class AnswerSign(Model):
    """A sign in the foundation: the answer is in one of these states (a missing answer counts as open)."""

    question: QuestionId
    state: Items[Literal["known", "assumed", "open"]] = Field(min_length=1)


class Condition(Model):
    """When a problem is likely here: every sign of `all` and, if there are any, one of `any`."""

    all: Items[AspectSign | AnswerSign] = ()
    any: Items[AspectSign | AnswerSign] = ()


class Problem(Model):
    """A common trouble of PMOs."""

    id: Id
    name: Line
    symptom: Text = Field(description="What people see.")
    check: Text = Field(description="How to find out whether it is so here.")
    remedy: Text
    services: Items[ServiceId] = Field(default=(), description="Services that help.")
    likely_when: Condition = Field(description="When this organisation's data says it is likely.")


class Term(Model):
    """A word of the playbook and what it means here."""

    id: Id
    term: Line
    meaning: Text
    see: Items[TermId] = Field(default=(), description="Related terms.")


class DocumentTemplate(Model):
    """A document that services hand out; its text is catalog/templates/ID.md."""

    id: Id
    name: Line
    purpose: Line
    used_when: Line


class Question(Model):
    """A question of the foundation."""

    id: Id
    topic: Line = Field(description="Heading it stands under.")
    question: Line
    help: Text = Field(description="What a good answer contains.")
    blocks: bool = Field(default=False, description="True when the next phase cannot start while it is open.")


class Catalogue(Model):
    """All layers of the catalogue, merged: entries by kind, in the order of the files."""

    method: Method
    dimensions: Items[Dimension] = ()
    aspects: Items[Aspect] = ()
    services: Items[Service] = ()
    audiences: Items[Audience] = ()
    roles: Items[Role] = ()
    practices: Items[Practice] = ()
    problems: Items[Problem] = ()
    glossary: Items[Term] = ()
    templates: Items[DocumentTemplate] = ()
    questions: Items[Question] = ()
