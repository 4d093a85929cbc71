"""What all models share: frozen, strict, nothing unknown; and the field's recurring types."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    Strict,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from pmogen.language import LANGUAGES, _

T = TypeVar("T")


class Model(BaseModel):
    """Base of every model: values cannot change, types are not guessed, unknown keys are errors."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if _DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(_("{value} is not a date like 2027-03-31", value=repr(value)))


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""Lower-case words joined by hyphens: stable, part of page addresses."""


@dataclass(frozen=True)
class Reference:
    """Says that an id names an entry of this kind; references are checked, and offered by editors."""

    kind: str


AspectId = Annotated[Id, Reference("aspects")]
AudienceId = Annotated[Id, Reference("audiences")]
BenefitId = Annotated[Id, Reference("benefits")]
DimensionId = Annotated[Id, Reference("dimensions")]
EntityId = Annotated[Id, Reference("entities")]
QuestionId = Annotated[Id, Reference("questions")]
RoleId = Annotated[Id, Reference("roles")]
ServiceId = Annotated[Id, Reference("services")]
TemplateId = Annotated[Id, Reference("templates")]
TermId = Annotated[Id, Reference("glossary")]
WaveId = Annotated[Id, Reference("waves")]

NOT_BLANK = r"\S"


@dataclass(frozen=True)
class Spoken:
    """Says that a text is for people: it may be given in several languages, as `{en: Board, de: Vorstand}`.

    What the model holds is the text in the language that is asked for. The context of the validation names it: languages
    by preference. Without the first of them the next one counts, in the end whatever stands first.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(_in_the_language, handler(source))


def _in_the_language(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    if not isinstance(value, dict) or not any(key in LANGUAGES for key in value):
        return handler(value)
    unknown = next((str(key) for key in value if key not in LANGUAGES), None)
    if unknown is not None:
        raise PydanticCustomError("language", "`{code}` is not a language", {"code": unknown})
    texts = {code: handler(text) for code, text in value.items()}
    wanted = (code for code in info.context or () if code in texts)
    return texts[next(wanted, next(iter(texts)))]


Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NOT_BLANK), Spoken()]
"""Plain text for people: never markup. A blank line starts a new paragraph. May be given in several languages."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=NOT_BLANK), Spoken()]
"""One line of plain text for people. May be given in several languages."""

Word = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=NOT_BLANK)]
"""One line that is the same in every language: a version, a branch, the name of a folder."""

LANGUAGE_PATTERN = r"^[A-Za-z]+(-[A-Za-z]+)*$"

LanguageCode = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=40)]
"""A language, as in `en`, `de` or `pt-BR`."""

WEB_ADDRESS_PATTERN = r"^https?://[^\s<>\"'`/@?#]+([/?#][^\s<>\"'`]*)?$"

WebAddress = Annotated[str, StringConstraints(pattern=WEB_ADDRESS_PATTERN, max_length=300)]
"""The address of a page. It is published, so it names no user and no password."""

TALK_PATTERN = rf"{WEB_ADDRESS_PATTERN}|^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$"

TalkAddress = Annotated[str, StringConstraints(pattern=TALK_PATTERN, max_length=300)]
"""Where people talk: the address of a page, or of a mailbox (best that of a team, as it is published)."""

Items = Annotated[tuple[T, ...], Strict(False)]
"""A YAML list, kept as a tuple."""

Date = Annotated[dt.date, BeforeValidator(_iso_date, json_schema_input_type=str)]
"""A day, written 2027-03-31."""

LevelNumber = Annotated[float, Field(ge=1, le=5)]
"""A level of the scale; people answer in whole levels, workshops may settle on 2.5."""

Weight = Annotated[int, Field(ge=1, le=5)]
"""How much something matters to somebody, 1 to 5."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A part of a whole, 0 to 1."""

Size = Literal["L", "M", "H"]
"""Low, medium, high: gap sizes and priorities."""

Load = Literal["low", "medium", "high"]
"""How much a launch asks of an audience."""

Strength = Literal["primary", "secondary"]


class GroupWeight(Model):
    """How much a respondent group counts when the level of an aspect is made from answers."""

    audience: AudienceId = Field(description="The group.")
    weight: float = Field(gt=0, le=100, description="How much its median counts; groups without a weight count 1.")


@lru_cache(maxsize=1 << 12)
def exact(number: float) -> Fraction:
    """The number as written (0.1 is one tenth), so that sums of decimals stay exact."""
    return Fraction(str(number))
