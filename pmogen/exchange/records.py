"""playbook.json, declared once: its values are exact here; the JSON text and the JSON Schema are made from it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SerializerFunctionWrapHandler, WithJsonSchema
from pydantic import model_serializer as serializer

from pmogen.analysis import trace
from pmogen.model.base import Size, Strength
from pmogen.model.decisions import AcceptedGap, Entity, HandOff, ServiceDecision
from pmogen.model.method import Method

DIGITS = 4
"""Digits after the point of every number."""

Decision = Literal["offer", "decline", "defer", "undecided"]


def decimal(number: Fraction) -> float:
    """The number rounded half up to four digits.

    >>> decimal(Fraction(7, 3))
    2.3333
    """
    return float(trace.decimal(number, DIGITS))


Number = Annotated[Fraction, PlainSerializer(decimal), WithJsonSchema({"type": "number"})]
"""An exact number; in JSON a decimal, with its fraction beside it in `exact` where it had to be rounded."""


class Record(BaseModel):
    """Base of all records: frozen, nothing unknown; every field is always there, null where there is nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    @serializer(mode="wrap")
    def _with_fractions(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = plain(self)
        exact = {
            name: str(value) for name, value in vars(self).items() if isinstance(value, Fraction) and is_rounded(value)
        }
        return told | ({"exact": exact} if exact else {})


def is_rounded(number: Fraction) -> bool:
    """True when the decimal is not the number itself."""
    return bool(10**DIGITS % number.denominator)


class PlaybookRecord(Record):
    """What the playbook is called, and the state it stands for."""

    title: str = Field(description="What it is called.")
    organisation: str = Field(description="Whose it is.")
    about: str = Field(description="What the organisation is and does.")
    notice: str | None = Field(description="What has to be said first, e.g. that the organisation is invented.")
    version: str = Field(description="Version as agreed.")
    as_of: dt.date = Field(description="The day it speaks as of.")
    owner: str = Field(description="Role that answers for it.")
    language: str = Field(description="Language of its texts.")
    repository: str | None = Field(description="Address of the repository it is kept in.")
    contact: str | None = Field(description="How to reach the PMO.")


class NamedRecord(Record):
    """An id with what people call it."""

    id: str = Field(description="Stable id.")
    name: str = Field(description="What people call it.")


class AnswerRecord(Record):
    """The answer to a question of the foundation."""

    question: str = Field(description="Id of the question.")
    state: Literal["known", "assumed", "open"] = Field(description="How sure it is.")
    answer: str | None = Field(description="The answer; null while there is none.")


class BenefitRecord(Record):
    """A benefit that a customer expects."""

    id: str = Field(description="Stable id.")
    benefit: str = Field(description="In the customer's words.")
    weight: int = Field(description="How much it matters, 1 to 5.")
    aspects: tuple[str, ...] = Field(description="Aspects that have to improve for it.")


class CustomerRecord(NamedRecord):
    """A customer of the PMO."""

    expects: tuple[BenefitRecord, ...] = Field(description="Benefits expected.")


class GroupRecord(Record):
    """What one respondent group says; never smaller than the minimum group."""

    group: str = Field(description="Id of the audience; `other` for small groups taken together.")
    answers: int = Field(description="Number of answers.")
    median: Number = Field(description="Middle answer.")
    weight: Number = Field(description="How much it counts in the mean.")


class AnswersRecord(Record):
    """Answers about one aspect, aggregated."""

    level: Number | None = Field(description="Level by the answers alone; null when no group is large enough.")
    target: Number | None = Field(description="Target by the answers alone.")
    importance: Number | None = Field(description="Importance by the answers, 1 to 5.")
    count: int = Field(description="Answers that count.")
    groups: tuple[GroupRecord, ...] = Field(description="Groups at or above the minimum.")
    withheld: bool = Field(description="Whether groups too small to be shown are left out.")
    spread: Number = Field(description="Highest less lowest median of a group.")
    deviation: Number = Field(description="Standard deviation of the answers that count.")
    do_not_know: int = Field(description="People of the groups shown who do not know.")
    not_applicable: int = Field(description="People of the groups shown for whom it does not apply.")
    quotations: tuple[str, ...] = Field(description="Comments that a moderator released.")


class PastRecord(Record):
    """Level and target in an earlier assessment."""

    date: dt.date = Field(description="Day of the assessment.")
    current: Number | None = Field(description="Level then; null where it was not known.")
    target: Number = Field(description="Target then.")


class AspectRecord(NamedRecord):
    """An aspect of the current assessment."""

    dimension: str = Field(description="Id of its dimension.")
    current: Number | None = Field(description="Level today; null while nobody could say.")
    current_from: Literal["stated", "answers", "unknown"] = Field(description="Where today's level comes from.")
    target: Number = Field(description="Level wanted.")
    target_from: Literal["stated", "answers", "default"] = Field(description="Where the target comes from.")
    target_by: dt.date | None = Field(description="By when.")
    target_owner: str | None = Field(description="Role that wants it.")
    talk_first: bool = Field(description="Whether people should talk before planning.")
    answers: AnswersRecord | None = Field(description="What people answered; null where nobody was asked.")
    comment: str | None = Field(description="The moderated comment.")
    earlier: tuple[PastRecord, ...] = Field(description="Earlier assessments, the oldest first.")


class LeftOutRecord(Record):
    """An aspect that is not assessed."""

    aspect: str = Field(description="Id of the aspect.")
    reason: str = Field(description="Why.")


class AssessmentRecord(Record):
    """The current assessment."""

    date: dt.date = Field(description="Day it was closed.")
    title: str = Field(description="What people call it.")
    aspects: tuple[AspectRecord, ...] = Field(description="What was assessed, in the order of the catalogue.")
    left_out: tuple[LeftOutRecord, ...] = Field(description="What was not.")


class GapBenefitRecord(Record):
    """An expected benefit that names the aspect of a gap."""

    customer: str = Field(description="Id of the customer.")
    benefit: str = Field(description="Id of the benefit.")
    weight: int = Field(description="Its weight.")


class GapRecord(Record):
    """What lies between today and the target of an aspect."""

    aspect: str = Field(description="Id of the aspect.")
    current: Number = Field(description="Level today.")
    target: Number = Field(description="Level wanted.")
    amount: Number = Field(description="Target less level today; negative for a strength.")
    kind: Literal["gap", "none", "strength"] = Field(description="What it is.")
    size: Size | None = Field(description="L, M or H; null where there is no gap.")
    priority: Size = Field(description="The priority that holds.")
    priority_from: Literal["stated", "benefits"] = Field(description="Where it comes from.")
    proposed_priority: Size = Field(description="What customers' expectations propose.")
    benefits: tuple[GapBenefitRecord, ...] = Field(description="Expectations behind the proposal.")
    score: int = Field(description="Size points times priority weight.")
    rank: int = Field(description="Place among the gaps from 1; 0 where there is no gap.")


class ClosingRecord(Record):
    """How far a gap can be closed, before any thought of cost."""

    aspect: str = Field(description="Id of the aspect.")
    services: tuple[str, ...] = Field(description="Ids of the services that lift it and are not declined.")
    reachable: Number = Field(description="Level within reach, at most the target.")
    remains: Number = Field(description="Levels that would still be missing.")
    how: Literal["fully", "partly", "hand-off", "accepted", "open"] = Field(description="Who closes it.")
    hand_offs: tuple[str, ...] = Field(description="Ids of the hand-offs that name it.")
    accepted: bool = Field(description="Whether it is accepted.")


class LiftRecord(Record):
    """What a service adds to an aspect."""

    aspect: str = Field(description="Id of the aspect.")
    strength: Strength = Field(description="Whether it serves the aspect in the first place or besides.")
    by: Number = Field(description="Levels it adds at most.")
    up_to: Number = Field(description="Level it cannot lift beyond.")


class ServiceRecord(NamedRecord):
    """A product or service of the catalogue."""

    kind: Literal["product", "service"] = Field(description="Something handed over, or something done.")
    tier: Literal["basic", "advanced"] = Field(description="Tier.")
    decision: Decision = Field(description="What was decided.")
    lifts: tuple[LiftRecord, ...] = Field(description="Aspects it lifts.")
    expected_days: Number = Field(description="Expected person-days to establish it.")
    run_fte: Number = Field(description="Full-time equivalents to run it.")


class ClosesRecord(Record):
    """What a service closes of a gap alone."""

    aspect: str = Field(description="Id of the aspect.")
    levels: Number = Field(description="Levels of the gap.")


class CandidateRecord(Record):
    """A service that closes part of a gap, whatever it costs."""

    service: str = Field(description="Id of the service.")
    decision: Decision = Field(description="What was decided.")
    closes: tuple[ClosesRecord, ...] = Field(description="Gaps by rank.")


class NotApplicableRecord(Record):
    """A service that closes no gap here."""

    service: str = Field(description="Id of the service.")
    decision: Decision = Field(description="What was decided.")
    reason: str = Field(description="Why not.")


class UseRecord(Record):
    """The PMO's capacity in a wave, and what is used of it."""

    working_days: Number = Field(description="Working days of one full-time person.")
    fte: Number = Field(description="Full-time equivalents of the PMO.")
    build_days: Number = Field(description="Person-days of building.")
    build_limit: Number = Field(description="Person-days building may use.")
    run_fte: Number = Field(description="Full-time equivalents for running live services.")
    run_limit: Number = Field(description="Full-time equivalents running may use.")


class WaveRecord(NamedRecord):
    """A wave of the roadmap."""

    starts: dt.date = Field(description="First day.")
    ends: dt.date = Field(description="Last day.")
    status: Literal["finished", "running", "planned"] = Field(description="How far it is.")
    goal: str = Field(description="What is better at the end of it.")
    use: UseRecord = Field(description="Capacity.")


class LoadPartRecord(Record):
    """One thing that asks an audience to change."""

    source: Literal["background", "launch", "tail"] = Field(description="Other change, a launch, or its tail.")
    what: str = Field(description="Id of the service; for other change what it is.")
    points: Number = Field(description="Change points.")


class LoadRecord(Record):
    """Change points of one audience in one wave."""

    audience: str = Field(description="Id of the audience.")
    wave: str = Field(description="Id of the wave.")
    points: Number = Field(description="Change points.")
    capacity: Number = Field(description="Points it can take.")
    band: Literal["calm", "busy", "full", "over"] = Field(description="How full that is.")
    black_out: str | None = Field(description="Why nothing may launch, where that is so.")
    parts: tuple[LoadPartRecord, ...] = Field(description="What the points are made of.")


class WorkRecord(Record):
    """Person-days of building in one wave."""

    wave: str = Field(description="Id of the wave.")
    days: Number = Field(description="Person-days.")


class PlacementRecord(Record):
    """A service with its launch wave."""

    service: str = Field(description="Id of the service.")
    wave: str = Field(description="Id of the wave.")
    work: tuple[WorkRecord, ...] = Field(description="Building, wave by wave.")
    frozen: bool = Field(description="Whether it is history.")
    pinned: bool = Field(description="Whether people put it there.")
    pulled_by: tuple[str, ...] = Field(description="Services that need it, where that is why it is there.")
    why: tuple[str, ...] = Field(description="Why it is there.")


class ProgressRecord(Record):
    """A service that was started and is not live."""

    service: str = Field(description="Id of the service.")
    started: dt.date = Field(description="Day on which work on it began.")
    dropped: dt.date | None = Field(description="Day on which it was given up; null while it is under way.")
    spent: Number | None = Field(description="Person-days it has taken so far, where that is known.")
    left: Number | None = Field(description="Person-days still needed; null when it was dropped.")
    expected: str | None = Field(description="Id of the wave in which it is expected, where that was said.")


class AbsenceRecord(Record):
    """A service that is in no wave."""

    service: str = Field(description="Id of the service.")
    code: str = Field(description="Kind of reason.")
    why: tuple[str, ...] = Field(description="Why.")
    takes: str = Field(description="What it would take, where that is known.")


class AfterRecord(Record):
    """A level at the end of a wave."""

    wave: str = Field(description="Id of the wave.")
    level: Number = Field(description="Projected level.")


class ProjectedRecord(Record):
    """How the level of an aspect should develop."""

    aspect: str = Field(description="Id of the aspect.")
    now: Number = Field(description="Level today.")
    target: Number = Field(description="Level wanted.")
    after: tuple[AfterRecord, ...] = Field(description="Wave by wave.")


class PlanRecord(Record):
    """The roadmap as planned."""

    engine: str = Field(description="What computed it.")
    value_waves: Number = Field(description="Priority-weighted gap closure, summed over the waves.")
    bound: Number | None = Field(description="What no plan within the same limits can exceed; null: not proven.")
    least_effort: bool = Field(description="Whether it is proven that none of the same value takes less effort.")
    unique: bool = Field(description="Whether it is proven that no other plan is as good in all that counts.")
    problems: tuple[str, ...] = Field(description="Wishes that could not be met.")
    waves: tuple[WaveRecord, ...] = Field(description="Waves, in the order of time.")
    placements: tuple[PlacementRecord, ...] = Field(description="Services with a wave.")
    absences: tuple[AbsenceRecord, ...] = Field(description="Services without one.")
    progress: tuple[ProgressRecord, ...] = Field(description="Services that were started and are not live.")
    conflicts: tuple[tuple[str, ...], ...] = Field(
        description="Statements that cannot all hold: smallest sets, one after the other."
    )
    loads: tuple[LoadRecord, ...] = Field(description="Change load by audience and wave.")
    projected: tuple[ProjectedRecord, ...] = Field(description="Levels as they should develop.")


class LevelRecord(Record):
    """A level of an aspect, or levels of its gap."""

    aspect: str = Field(description="Id of the aspect.")
    levels: Number = Field(description="Levels.")


class MarginRecord(Record):
    """What a candidate adds to all other services that are offered or live."""

    service: str = Field(description="Id of the service.")
    adds: tuple[LevelRecord, ...] = Field(description="Levels it adds, gaps by rank.")
    needed_by: tuple[str, ...] = Field(description="Offered services that need it.")
    redundant: bool = Field(description="Whether nothing would be lost without it.")


class ReopenedRecord(Record):
    """A gap of which less is closed."""

    aspect: str = Field(description="Id of the aspect.")
    levels: Number = Field(description="Levels lost in all.")
    alone: Number = Field(description="Levels lost by the service itself; the rest by services that need it.")


class LossRecord(Record):
    """What is lost without a service."""

    service: str = Field(description="Id of the service.")
    reopens: tuple[ReopenedRecord, ...] = Field(description="Gaps by rank.")
    stranded: tuple[str, ...] = Field(description="Services that would lose what they need.")


class NoLimitsRecord(Record):
    """What would be chosen if money and time were no limit."""

    services: tuple[str, ...] = Field(description="Ids of the services.")
    live: tuple[str, ...] = Field(description="Those of them that are there already.")
    days: Number = Field(description="Person-days to build the others.")
    run_fte: Number = Field(description="Full-time equivalents to run all of them.")
    reached: tuple[LevelRecord, ...] = Field(description="Level that each aspect with a gap reaches.")
    proven: bool = Field(description="Whether it is certain that nothing takes less effort.")


class SecondLookRecord(Record):
    """A decision that somebody should look at again."""

    part: Literal["services", "accepted_gaps"] = Field(description="List of the decisions it stands in.")
    about: str = Field(description="Id of the service, or of the aspect of an accepted gap.")
    reason: str = Field(description="Kind of reason.")
    aspects: tuple[str, ...] = Field(description="Gaps of which this is so.")


class TrendRecord(Record):
    """How an aspect has changed since it was last assessed."""

    aspect: str = Field(description="Id of the aspect.")
    direction: str = Field(description="What its level did.")
    change: Number | None = Field(description="Levels up or down; null where nothing can be compared.")
    to_go: Number | None = Field(description="Target of that time less the level of today.")


class SignRecord(Record):
    """A sign of a problem that holds here."""

    kind: Literal["aspect", "question"] = Field(description="What it is about.")
    about: str = Field(description="Id of the aspect or question.")
    found: str = Field(description="What is so.")


class ProblemRecord(NamedRecord):
    """A common problem, and whether the data says it is likely here."""

    likely: bool = Field(description="Whether it is.")
    signs: tuple[SignRecord, ...] = Field(description="Signs that hold.")


class Document(Record):
    """A whole playbook."""

    format: Literal[1] = Field(description="Changes when a reader of the last form could misunderstand the new one.")
    playbook: PlaybookRecord = Field(description="What it is called.")
    method: Method = Field(description="Values it is computed by.")
    dimensions: tuple[NamedRecord, ...] = Field(description="Dimensions of the assessment.")
    audiences: tuple[NamedRecord, ...] = Field(description="Groups of people.")
    foundation: tuple[AnswerRecord, ...] = Field(default=(), description="Answers to the questions of the foundation.")
    customers: tuple[CustomerRecord, ...] = Field(description="Customers and what they expect.")
    assessment: AssessmentRecord = Field(description="Where things stand.")
    gaps: tuple[GapRecord, ...] = Field(description="Gaps by rank, then what is no gap.")
    closings: tuple[ClosingRecord, ...] = Field(description="How far each gap can be closed.")
    services: tuple[ServiceRecord, ...] = Field(description="Products and services of the catalogue.")
    candidates: tuple[CandidateRecord, ...] = Field(description="Services that close part of a gap.")
    not_applicable: tuple[NotApplicableRecord, ...] = Field(description="Services that close none.")
    decisions: tuple[ServiceDecision, ...] = Field(description="Decisions on services, in the order of the file.")
    accepted_gaps: tuple[AcceptedGap, ...] = Field(description="Gaps that stay open on purpose.")
    entities: tuple[Entity, ...] = Field(description="Units outside the PMO.")
    hand_offs: tuple[HandOff, ...] = Field(description="What is asked of them.")
    plan: PlanRecord = Field(description="The roadmap.")
    plan_state: Literal["published", "stale", "none"] = Field(
        description="Whether it is the published plan, made anew as that is out of date, or the first one."
    )
    trends: tuple[TrendRecord, ...] = Field(description="What rose and what fell.")
    margins: tuple[MarginRecord, ...] = Field(description="What each candidate adds to what is offered.")
    losses: tuple[LossRecord, ...] = Field(description="What is lost without each service.")
    no_limits: NoLimitsRecord | None = Field(description="What no limits would bring.")
    second_looks: tuple[SecondLookRecord, ...] = Field(description="Decisions to look at again.")
    problems: tuple[ProblemRecord, ...] = Field(description="Common problems, likely ones first.")
