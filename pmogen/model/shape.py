"""What is wrong with the shape of a value, in plain words and with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pmogen.diagnostics import MANY, Diagnostic
from pmogen.language import LANGUAGES
from pmogen.model.base import ID_PATTERN, NOT_BLANK, WEB_ADDRESS_PATTERN
from pmogen.source.layers import Entry, Origin


def in_plain_words(shape: type[BaseModel], error: ValidationError, origin: Origin | Entry) -> Iterator[Diagnostic]:
    """One diagnostic per mistake that pydantic found (PMO020); from the hundredth on they are only counted."""
    details = error.errors(include_url=False)
    if len(details) > MANY:
        message = f"{len(details) - MANY:,} more mistakes of this kind are not shown"
        yield Diagnostic("PMO020", "error", message, origin.span(), "mend the others first")
    misspelt = _misspelt(shape, details)
    for detail in details[:MANY]:
        path = _path(detail)
        unknown_key = detail["type"] == "extra_forbidden"
        missing = detail["type"] == "missing"
        if (missing and path in misspelt) or _short_by_mistakes(detail):
            continue
        place = origin.span(*(path[:-1] if missing else path), key=unknown_key)
        message, hint = _told(shape, detail, path)
        yield Diagnostic("PMO020", "error", message, place, hint)


def _path(detail: ErrorDetails) -> tuple[str | int, ...]:
    return tuple(part for part in detail["loc"] if not _is_branch_of_union(part))


def _short_by_mistakes(detail: ErrorDetails) -> bool:
    """Pydantic counts only the entries that are right: a list is not too short because some are wrong."""
    given = detail["input"]
    return detail["type"] == "too_short" and isinstance(given, list) and len(given) >= detail["ctx"]["min_length"]


def _misspelt(shape: type[BaseModel], details: list[ErrorDetails]) -> set[tuple[str | int, ...]]:
    """Where unknown keys stand for others: those are not missing, and saying so twice would mislead."""
    found: set[tuple[str | int, ...]] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden" and (path := _path(detail)):
            near = get_close_matches(str(path[-1]), _keys_at(shape, path[:-1]), 1)
            found.update((*path[:-1], name) for name in near)
    return found


def _is_branch_of_union(part: str | int) -> bool:
    """Pydantic puts the name of the tried branch into the path; it is no key of the file."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in {"str", "int", "float", "bool"})


def _told(shape: type[BaseModel], detail: ErrorDetails, path: tuple[str | int, ...]) -> tuple[str, str]:
    name = str(path[-1]) if path else "the value"
    if path and isinstance(path[-1], int):
        name = f"entry {path[-1] + 1} of {path[-2]}" if len(path) > 1 else f"entry {path[-1] + 1}"
    given, context = detail["input"], detail.get("ctx", {})
    kind = detail["type"]
    if kind == "missing":
        field = _fields_at(shape, path[:-1]).get(name)
        told = field.description if field else None
        return f"`{name}` is missing", f"add it: {told.rstrip('.')}" if told else "add it"
    if kind == "extra_forbidden":
        return f"`{name}` is not a known key here", _near(name, _keys_at(shape, path[:-1]))
    if kind == "literal_error":
        allowed = str(context.get("expected", ""))
        words = [word.strip("' ") for word in allowed.replace(" or ", ",").split(",")]
        near = get_close_matches(str(given), words, 1) or [word for word in words if word == str(given)[:1].upper()]
        return f"`{name}` cannot be {_short(given)}", f"did you mean `{near[0]}`?" if near else f"use {allowed}"
    if kind == "language":
        return f"`{name}` is given in `{context['code']}`, which is not a language", near_language(context["code"])
    if kind == "value_error":
        return f"`{name}`: {context.get('error', detail['msg'])}", "write it as year-month-day"
    return _wrong_type(kind, name, given, context, detail["msg"])


_EXPECTED = {
    "string_type": ("text", "put it into quotes"),
    "int_type": ("a whole number", "write it without quotes and without a decimal point"),
    "int_from_float": ("a whole number", "write it without a decimal point"),
    "float_type": ("a number", "write it without quotes, with a point as in 1.5"),
    "bool_type": ("true or false", "write true or false without quotes"),
    "tuple_type": ("a list", "start each entry on a line of its own with `- `"),
    "list_type": ("a list", "start each entry on a line of its own with `- `"),
    "dict_type": ("keys with values", "write `name: value` lines below it"),
    "model_type": ("keys with values", "write `name: value` lines below it"),
    "model_attributes_type": ("keys with values", "write `name: value` lines below it"),
    "date_type": ("a date", "write it as 2027-03-31"),
    "date_from_datetime_parsing": ("a date", "write it as 2027-03-31"),
}


def _wrong_type(kind: str, name: str, given: Any, context: dict[str, Any], told: str) -> tuple[str, str]:
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        if given is None:
            return f"`{name}` is empty, but needs {expected}", "fill it in or delete the line"
        if kind == "float_type" and isinstance(given, str) and re.fullmatch(r"\d+,\d+", given):
            hint = f"write it with a point: {given.replace(',', '.')}"
        return f"`{name}` must be {expected}, not {_short(given)}", hint
    if kind in _OUT_OF_RANGE:
        bounds = ", ".join(f"{_BOUNDS[key]} {bound:g}" for key, bound in context.items() if key in _BOUNDS)
        return f"`{name}` is {_short(given)}, but must be {bounds}", "correct the number"
    if kind == "string_pattern_mismatch":
        return _wrong_form(name, given, str(context["pattern"]))
    if kind in _WRONG_LENGTH:
        message, hint = _WRONG_LENGTH[kind]
        return f"`{name}` " + message.format(**context), hint
    return f"`{name}`: {told}", ""


_OUT_OF_RANGE = {"greater_than_equal", "greater_than", "less_than_equal", "less_than"}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
_WRONG_LENGTH = {
    "string_too_long": ("is longer than {max_length:,} characters", "shorten it"),
    "string_too_short": ("is empty", "fill it in"),
    "too_short": ("has {actual_length} entries, but needs at least {min_length}", "add more"),
    "too_long": ("has more than {max_length} entries", "take some out"),
}


def near_language(code: str) -> str:
    """What may have been meant by a code that is not of a language."""
    near = get_close_matches(code, LANGUAGES, 1)
    return f"did you mean `{near[0]}`?" if near else f"known are {', '.join(LANGUAGES)}"


def _wrong_form(name: str, given: Any, pattern: str) -> tuple[str, str]:
    if pattern == ID_PATTERN:
        return f"`{name}` is {_short(given)}, which is not an id", "use small letters, digits and hyphens: pm-skills"
    if pattern == NOT_BLANK:
        return f"`{name}` is empty", "fill it in"
    if pattern == WEB_ADDRESS_PATTERN:  # the value is not repeated: it may hold a password
        hint = "write it as https://example.org/team/playbook, without a user's name or password: it is published"
        return f"`{name}` is not the address of a web page", hint
    return f"`{name}` is {_short(given)}, which does not have the right form", f"it must match {pattern}"


def _short(value: Any) -> str:
    text = (
        "true"
        if value is True
        else "false"
        if value is False
        else repr(value)
        if isinstance(value, str)
        else str(value)
    )
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return text if len(text) <= 60 else text[:57] + "..."


def _keys_at(shape: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Names of the fields that may stand at a path below a model."""
    return list(_fields_at(shape, path))


def _fields_at(shape: type[BaseModel], path: tuple[str | int, ...]) -> dict[str, FieldInfo]:
    """The fields that may stand at a path below a model."""
    at: Any = shape
    for part in path:
        if isinstance(part, str) and isinstance(at, type) and issubclass(at, BaseModel) and part in at.model_fields:
            at = _model_in(at.model_fields[part].annotation)
    return at.model_fields if isinstance(at, type) and issubclass(at, BaseModel) else {}


def _model_in(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[Lift, ...]` or `Lift | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found is not None), None)


def _near(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    if near:
        return f"did you mean `{near[0]}`?"
    return "known keys are " + ", ".join(known) if known else "delete it"
