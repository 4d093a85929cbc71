"""playbook.json and its JSON Schema, as text: the same playbook gives the same bytes."""

from __future__ import annotations

import json
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from pmogen.exchange.records import DIGITS, Document, Record
from pmogen.exchange.told import Told
from pmogen.model.schema import FileKind, declared, models_in
from pmogen.playbook import Playbook

PLAYBOOK = "api/v1/playbook.json"
SCHEMA = "api/v1/playbook.schema.json"

_ABOUT = (
    "A whole playbook, computed: every page, chart and export of the site says the same numbers. Numbers are decimals, "
    f"rounded half up to {DIGITS} digits after the point; where that is not the number itself, `exact` beside it holds "
    "the fraction by the field's name. Ids are stable. Answers are aggregated: no group is smaller than the minimum."
)


def playbook_json(playbook: Playbook) -> str:
    """The text of playbook.json: sorted keys, two blanks, one newline at the end."""
    return told_json(Told(playbook))


def told_json(told: Told) -> str:
    """The same of a playbook that other exports tell as well."""
    return _indented(told.plainly) + "\n"


def _indented(value: Any, lead: str = "\n") -> str:
    """As `json.dumps` gives it with sorted keys and two blanks, in half the time; `lead` begins a line."""
    kind, inner = type(value), lead + "  "
    if kind is str:
        return encode_basestring(value)
    if kind is dict and value:
        entries = [f"{inner}{encode_basestring(key)}: {_indented(value[key], inner)}" for key in sorted(value)]
        return f"{{{','.join(entries)}{lead}}}"
    if kind is list and value:
        return f"[{','.join([inner + _indented(entry, inner) for entry in value])}{lead}]"
    return json.dumps(value)


@cache
def playbook_schema() -> str:
    """The text of its JSON Schema (draft-07)."""
    schema = declared(FileKind("playbook", PLAYBOOK, Document, _ABOUT), lambda _kind: {})
    for model in models_in(Document):
        if issubclass(model, Record):
            _allow_fractions(schema if model is Document else schema["definitions"][model.__name__], model)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _allow_fractions(of_model: dict[str, Any], model: type[Record]) -> None:
    """Adds `exact` where the record holds numbers that may be rounded."""
    names = [name for name, field in model.model_fields.items() if "Fraction" in str(field.annotation)]
    if names:
        fraction = {"type": "string", "pattern": "^-?[0-9]+/[0-9]+$"}
        of_model["properties"]["exact"] = {
            "description": "The fractions behind the numbers that are rounded, by field.",
            "type": "object",
            "properties": dict.fromkeys(names, fraction),
            "additionalProperties": False,
            "minProperties": 1,
        }
