"""What a playbook says, fact by fact: two playbooks differ where their facts do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from pmogen.diff.changes import Key, Kind, Value
from pmogen.exchange.records import Document, PlanRecord
from pmogen.model.base import exact

Fact = tuple[Key, Value]

LAST = ""
"""Stands for the wave of a level after the last wave."""
COMPUTED: frozenset[Kind] = frozenset(
    {"level", "gap", "priority", "rank", "closing", "candidate", "launch", "work", "capacity", "load", "projected"}
)
"""Kinds that nobody wrote."""
_OF_HAND_OFFS = ("title", "entity", "asked", "pmo_part", "contact", "due", "status", "agreed_on", "note", "follow_up")
_OF_THE_PLAYBOOK = ("title", "organisation", "about", "notice", "version", "as_of", "owner", "language", "contact")


def facts_of(document: Document) -> dict[Key, Value]:
    """All facts of a playbook. What does not exist (a wave of a service that is in none) has no fact."""
    found = (
        *((Key("playbook", "playbook", name), getattr(document.playbook, name)) for name in _OF_THE_PLAYBOOK),
        *_foundation(document),
        *_assessment(document),
        *_gaps(document),
        *_services(document),
        *_decisions(document),
        *_plan(document.plan),
        *_projected(document.plan),
        *_method(document.method),
        (Key("plan", "plan", "state"), document.plan_state),
    )
    return {key: value for key, value in found if value is not None}


def _foundation(document: Document) -> Iterator[Fact]:
    for answer in document.foundation:
        yield Key("foundation", answer.question, "state"), answer.state
        yield Key("foundation", answer.question, "answer"), answer.answer
    for customer in document.customers:
        yield Key("customer", customer.id, "name"), customer.name
        for benefit in customer.expects:
            yield Key("customer", customer.id, f"{benefit.id}.benefit"), benefit.benefit
            yield Key("customer", customer.id, f"{benefit.id}.weight"), benefit.weight
            yield Key("customer", customer.id, f"{benefit.id}.aspects"), tuple(sorted(benefit.aspects))


def _assessment(document: Document) -> Iterator[Fact]:
    for aspect in document.assessment.aspects:
        yield Key("level", aspect.id, "current"), aspect.current
        yield Key("level", aspect.id, "talk_first"), aspect.talk_first
        yield Key("target", aspect.id, "target"), aspect.target
        yield Key("target", aspect.id, "target_by"), aspect.target_by
        yield Key("target", aspect.id, "target_owner"), aspect.target_owner


def _gaps(document: Document) -> Iterator[Fact]:
    for gap in document.gaps:
        yield Key("gap", gap.aspect, "amount"), gap.amount
        yield Key("gap", gap.aspect, "size"), gap.size
        if gap.kind == "gap":
            yield Key("priority", gap.aspect, "priority"), gap.priority
            yield Key("rank", gap.aspect, "rank"), gap.rank
    for closing in document.closings:
        yield Key("closing", closing.aspect, "how"), closing.how
        yield Key("closing", closing.aspect, "remains"), closing.remains


def _services(document: Document) -> Iterator[Fact]:
    candidates = {candidate.service for candidate in document.candidates}
    for service in document.services:
        yield Key("catalogue", service.id, "name"), service.name
        yield Key("catalogue", service.id, "kind"), service.kind
        yield Key("catalogue", service.id, "tier"), service.tier
        yield Key("catalogue", service.id, "establish_days"), service.expected_days
        yield Key("catalogue", service.id, "run_fte"), service.run_fte
        for lift in service.lifts:
            yield Key("catalogue", service.id, f"lifts.{lift.aspect}.by"), lift.by
            yield Key("catalogue", service.id, f"lifts.{lift.aspect}.up_to"), lift.up_to
        yield Key("decision", service.id, "decision"), service.decision
        yield Key("candidate", service.id, "candidate"), service.id in candidates


def _decisions(document: Document) -> Iterator[Fact]:
    for hand_off in document.hand_offs:
        for name in _OF_HAND_OFFS:
            yield Key("hand-off", hand_off.id, name), getattr(hand_off, name)
        yield Key("hand-off", hand_off.id, "aspects"), tuple(sorted(hand_off.aspects))
    for accepted in document.accepted_gaps:
        for name in ("who", "when", "why", "until"):
            yield Key("acceptance", accepted.aspect, name), getattr(accepted, name)
    for decision in document.decisions:
        for name in ("who", "when", "why", "until"):
            yield Key("decision", decision.service, name), getattr(decision, name)


def _plan(plan: PlanRecord) -> Iterator[Fact]:
    for placement in plan.placements:
        yield Key("launch", placement.service, "wave"), placement.wave
        yield Key("launch", placement.service, "pinned"), placement.pinned or None
        yield Key("work", placement.service, "days"), sum((part.days for part in placement.work), start=exact(0))
    for wave in plan.waves:
        for name in ("name", "starts", "ends", "status", "goal"):
            yield Key("wave", wave.id, name), getattr(wave, name)
        for name in ("fte", "build_days", "build_limit", "run_fte", "run_limit"):
            yield Key("capacity", wave.id, name, wave.id), getattr(wave.use, name)
    for load in plan.loads:
        if load.points or load.black_out:
            yield Key("load", load.audience, "points", load.wave), load.points
        yield Key("load", load.audience, "capacity", load.wave), load.capacity
        yield Key("load", load.audience, "band", load.wave), load.band
        yield Key("load", load.audience, "black_out", load.wave), load.black_out
    yield Key("plan", "plan", "value_waves"), plan.value_waves
    yield Key("plan", "plan", "proven"), plan.bound is not None and plan.bound == plan.value_waves
    yield Key("plan", "plan", "conflicts"), len(plan.conflicts)


def _projected(plan: PlanRecord) -> Iterator[Fact]:
    for projected in plan.projected:
        for after in projected.after:
            yield Key("projected", projected.aspect, "level", after.wave), after.level
        if projected.after:
            yield Key("projected", projected.aspect, "level", LAST), projected.after[-1].level


def _method(method: BaseModel) -> Iterator[Fact]:
    for path, value in _flat(method.model_dump()):
        yield Key("method", "method", ".".join(path)), value


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Value]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(part, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value, 1):
            yield from _flat(part, (*path, str(number)))
    elif isinstance(value, float):
        yield path, exact(value)
    else:
        yield path, value


KINDS_FROM_EDITS: Mapping[str, Kind] = {
    "services": "catalogue",
    "aspects": "catalogue",
    "audiences": "catalogue",
    "dimensions": "catalogue",
    "roles": "catalogue",
    "practices": "catalogue",
    "problems": "catalogue",
    "glossary": "catalogue",
    "templates": "catalogue",
    "questions": "catalogue",
    "documents": "catalogue",
    "pages": "page",
}
"""Parts of a workspace of which playbook.json says little or nothing: edits of them are changes of their own."""
