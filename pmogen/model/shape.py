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
from pmogen.language import LANGUAGES, N_, _, grouped, ngettext, spoken
from pmogen.model.base import ID_PATTERN, NOT_BLANK, TALK_PATTERN, WEB_ADDRESS_PATTERN
from pmogen.source.layers import Entry, Origin


def in_plain_words(shape: type[BaseModel], error: ValidationError, origin: Origin | Entry) -> Iterator[Diagnostic]:
    """One diagnostic per mistake that pydantic found (PMO020); from the hundredth on they are only counted."""
    details = error.errors(include_url=False)
    if len(details) > MANY:
        message = ngettext(
            "{count} more mistakes of this kind are not shown",
            "{count} more mistakes of this kind are not shown",
            len(details) - MANY,
        )
        yield Diagnostic("PMO020", "error", message, origin.span(), _("mend the others first"))
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
    name = _called(path)
    given, context = detail["input"], detail.get("ctx", {})
    kind = detail["type"]
    if kind == "missing":
        field = _fields_at(shape, path[:-1]).get(name)
        told = field.description if field else None
        hint = _("add it: {meaning}", meaning=told.rstrip(".")) if told else _("add it")
        return _("`{name}` is missing", name=name), hint
    if kind == "extra_forbidden":
        return _("`{name}` is not a known key here", name=name), _near(name, _keys_at(shape, path[:-1]))
    if kind == "literal_error":
        allowed = [word.strip() for word in str(context.get("expected", "")).replace(" or ", ",").split(",")]
        words = [word.strip("'") for word in allowed]
        near = get_close_matches(str(given), words, 1) or [word for word in words if word == str(given)[:1].upper()]
        hint = _("did you mean `{near}`?", near=near[0]) if near else _("use {words}", words=_either(allowed))
        return _("`{name}` cannot be {value}", name=name, value=_short(given)), hint
    if kind == "language":
        code = context["code"]
        return _("`{name}` is given in `{code}`, which is not a language", name=name, code=code), near_language(code)
    if kind == "value_error":
        return f"`{name}`: {context.get('error', detail['msg'])}", _("write it as year-month-day")
    return _wrong_type(kind, name, given, context, detail["msg"])


def _called(path: tuple[str | int, ...]) -> str:
    if not path:
        return _("the value")
    last = path[-1]
    if isinstance(last, str):
        return last
    if len(path) > 1:
        return _("entry {number} of {list}", number=last + 1, list=path[-2])
    return _("entry {number}", number=last + 1)


def _either(words: list[str]) -> str:
    joints = (*spoken().joints(len(words), "or"), "")
    return "".join(word + joint for word, joint in zip(words, joints, strict=True))


_EXPECTED = {
    "string_type": (N_("text"), N_("put it into quotes")),
    "int_type": (N_("a whole number"), N_("write it without quotes and without a decimal point")),
    "int_from_float": (N_("a whole number"), N_("write it without a decimal point")),
    "float_type": (N_("a number"), N_("write it without quotes, with a point as in 1.5")),
    "bool_type": (N_("true or false"), N_("write true or false without quotes")),
    "tuple_type": (N_("a list"), N_("start each entry on a line of its own with `- `")),
    "list_type": (N_("a list"), N_("start each entry on a line of its own with `- `")),
    "dict_type": (N_("keys with values"), N_("write `name: value` lines below it")),
    "model_type": (N_("keys with values"), N_("write `name: value` lines below it")),
    "model_attributes_type": (N_("keys with values"), N_("write `name: value` lines below it")),
    "date_type": (N_("a date"), N_("write it as 2027-03-31")),
    "date_from_datetime_parsing": (N_("a date"), N_("write it as 2027-03-31")),
}


def _wrong_type(kind: str, name: str, given: Any, context: dict[str, Any], told: str) -> tuple[str, str]:
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind][0], _(_EXPECTED[kind][1])
        if given is None:
            message = _("`{name}` is empty, but needs {expected}", name=name, expected=_(expected))
            return message, _("fill it in or delete the line")
        if kind == "float_type" and isinstance(given, str) and re.fullmatch(r"\d+,\d+", given):
            hint = _("write it with a point: {number}", number=given.replace(",", "."))
        return _("`{name}` must be {expected}, not {value}", name=name, expected=_(expected), value=_short(given)), hint
    if kind in _OUT_OF_RANGE:
        bounds = ", ".join(_(_BOUNDS[key], bound=f"{bound:g}") for key, bound in context.items() if key in _BOUNDS)
        message = _("`{name}` is {value}, but must be {bounds}", name=name, value=_short(given), bounds=bounds)
        return message, _("correct the number")
    if kind == "string_pattern_mismatch":
        return _wrong_form(name, given, str(context["pattern"]))
    if kind in _WRONG_LENGTH:
        return _wrong_length(kind, name, context)
    return f"`{name}`: {told}", ""


_OUT_OF_RANGE = {"greater_than_equal", "greater_than", "less_than_equal", "less_than"}
_BOUNDS = {
    "ge": N_("at least {bound}"),
    "gt": N_("more than {bound}"),
    "le": N_("at most {bound}"),
    "lt": N_("less than {bound}"),
}
_WRONG_LENGTH = {"string_too_long", "string_too_short", "too_short", "too_long"}


def _wrong_length(kind: str, name: str, context: dict[str, Any]) -> tuple[str, str]:
    if kind == "string_too_long":
        limit = grouped(context["max_length"])
        return _("`{name}` is longer than {limit} characters", name=name, limit=limit), _("shorten it")
    if kind == "string_too_short":
        return _("`{name}` is empty", name=name), _("fill it in")
    if kind == "too_short":
        number, least = context["actual_length"], context["min_length"]
        message = _("`{name}` has {number} entries, but needs at least {least}", name=name, number=number, least=least)
        return message, _("add more")
    return _("`{name}` has more than {limit} entries", name=name, limit=context["max_length"]), _("take some out")


def near_language(code: str) -> str:
    """What may have been meant by a code that is not of a language."""
    near = get_close_matches(code, LANGUAGES, 1)
    return _("did you mean `{near}`?", near=near[0]) if near else _("known are {names}", names=", ".join(LANGUAGES))


def _wrong_form(name: str, given: Any, pattern: str) -> tuple[str, str]:
    if pattern == ID_PATTERN:
        message = _("`{name}` is {value}, which is not an id", name=name, value=_short(given))
        return message, _("use small letters, digits and hyphens: pm-skills")
    if pattern == NOT_BLANK:
        return _("`{name}` is empty", name=name), _("fill it in")
    if pattern == WEB_ADDRESS_PATTERN:  # the value is not repeated: it may hold a password
        hint = _("write it as https://example.org/team/playbook, without a user's name or password: it is published")
        return _("`{name}` is not the address of a web page", name=name), hint
    if pattern == TALK_PATTERN:
        hint = _(
            "write https://example.org/talk or pmo@example.org, without a user's name or password: it is published"
        )
        return _("`{name}` is not the address of a web page or a mailbox", name=name), hint
    message = _("`{name}` is {value}, which does not have the right form", name=name, value=_short(given))
    return message, _("it must match {pattern}", pattern=pattern)


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
        return _("keys with values")
    if isinstance(value, list):
        return _("a list")
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
        return _("did you mean `{near}`?", near=near[0])
    return _("known keys are {names}", names=", ".join(known)) if known else _("delete it")
