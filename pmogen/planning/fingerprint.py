"""What a plan rests on, as one number: when it no longer matches, the plan is out of date."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cache
from typing import Any

from pmogen.planning.problem import Problem

FORMAT = 1
"""Part of the fingerprint: raised when the same inputs would give another plan."""


def fingerprint(problem: Problem, a_move: int) -> str:
    """SHA-256 over canonical JSON of the problem; names, reasons and the order of lists do not count."""
    ids = [audience.id for audience in problem.audiences]
    found = _fields(problem)
    found["waves"], found["audiences"], found["roles"] = (
        [_nameless(part) for part in parts] for parts in (problem.waves, problem.audiences, problem.roles)
    )
    for audience in found["audiences"]:
        audience["black_out"] = [why is not None for why in audience["black_out"]]
    found["audiences"].sort(key=lambda audience: audience["id"])
    found["services"] = [_fields(service) for service in problem.services]
    for service in found["services"]:
        asks = ({**_fields(ask), "audience": ids[ask.audience]} for ask in service["asks"])
        service["asks"] = sorted(asks, key=lambda ask: ask["audience"])
        service["requires"] = sorted(service["requires"], key=lambda need: need.service)
    text = json.dumps([FORMAT, a_move, found], sort_keys=True, separators=(",", ":"), default=_fields)
    return hashlib.sha256(text.encode()).hexdigest()


def _nameless(value: Any) -> dict[str, Any]:
    known = _fields(value)
    del known["name"]
    return known


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, as they are."""
    shape: Any = type(value)
    return {name: getattr(value, name) for name in _names(shape)}


@cache
def _names(shape: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))
