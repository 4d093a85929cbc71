"""What a plan rests on, as one number: when it no longer matches, the plan is out of date."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from pmogen.planning.problem import Problem

FORMAT = 1
"""Part of the fingerprint: raised when the same inputs would give another plan."""


def fingerprint(problem: Problem, a_move: int) -> str:
    """SHA-256 over canonical JSON of the problem; names, reasons and the order of lists do not count."""
    found: dict[str, Any] = _plain(problem)
    for part in (*found["waves"], *found["audiences"], *found["roles"]):
        del part["name"]
    for audience in found["audiences"]:
        audience["black_out"] = [why is not None for why in audience["black_out"]]
    ids = [audience["id"] for audience in found["audiences"]]
    found["audiences"] = sorted(found["audiences"], key=lambda audience: audience["id"])
    for service in found["services"]:
        asks = ({**ask, "audience": ids[ask["audience"]]} for ask in service["asks"])
        service["asks"] = sorted(asks, key=lambda ask: ask["audience"])
        service["requires"] = sorted(service["requires"], key=lambda need: need["service"])
    text = json.dumps([FORMAT, a_move, found], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The value as JSON has it, as `dataclasses.asdict` gives it, but without copying what cannot change."""
    if is_dataclass(value):
        shape: Any = type(value)
        return {name: _plain(getattr(value, name)) for name in _fields(shape)}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, dict) else value


@cache
def _fields(shape: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))
