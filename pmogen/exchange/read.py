"""playbook.json back to records, every number exact again."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from pmogen.errors import PmogenError
from pmogen.exchange.records import Document, Record
from pmogen.language import _

LARGEST = 64_000_000
"""Bytes of the largest playbook.json that is read; a thousand services make about four million."""
_HINT = "make it anew with `pmogen build` of this version"


def document_from(raw: bytes, name: str) -> Document:
    """The playbook in the bytes of a playbook.json. Raises `PmogenError` when it is not one."""
    if len(raw) > LARGEST:
        raise PmogenError(_("{file} is larger than {count} bytes", file=name, count=f"{LARGEST:,}"))
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise PmogenError(_("{file} is no JSON: {why}", file=name, why=str(error)), _(_HINT)) from None
    if not isinstance(value, dict) or value.get("format") != 1:
        raise PmogenError(_("{file} is no playbook.json of format 1", file=name), _(_HINT))
    try:
        return Document.model_validate(_exact(Document, value))
    except (ValidationError, ArithmeticError, ValueError) as error:
        said = str(error)
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            said = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise PmogenError(_("{file} is no playbook.json: {why}", file=name, why=said), _(_HINT)) from None


def _exact(shape: type[BaseModel], value: Any) -> Any:
    """The value of a record with its fractions in place of their decimals; of anything else the value itself."""
    if not isinstance(value, dict) or not issubclass(shape, Record):
        return value
    fractions = value.get("exact")
    known = fractions if isinstance(fractions, dict) else {}
    return {
        name: _field(shape, name, part, known.get(name)) if name in shape.model_fields else part
        for name, part in value.items()
        if name != "exact"
    }


def _field(record: type[Record], name: str, value: Any, fraction: Any) -> Any:
    if isinstance(value, bool):
        return value
    number, shape = _kind(record, name)
    if isinstance(value, int | float) and number:
        return Fraction(fraction if isinstance(fraction, str) else str(value))
    if shape is None:
        return value
    return [_exact(shape, entry) for entry in value] if isinstance(value, list) else _exact(shape, value)


@cache
def _kind(record: type[Record], name: str) -> tuple[bool, type[Record] | None]:
    """Whether a field holds a number that may be a fraction, and the record that it is or has a list of."""
    annotation = record.model_fields[name].annotation
    parts = (part for part in _within(annotation) if isinstance(part, type) and issubclass(part, Record))
    return "Fraction" in str(annotation), next(parts, None)


def _within(annotation: Any) -> tuple[Any, ...]:
    """A type and those it is made of."""
    return (annotation, *(part for argument in get_args(annotation) for part in _within(argument)))
