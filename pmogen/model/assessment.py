"""content/assessments/DATE.yml and DATE.csv: where the project world is and where it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from pmogen.model.base import (
    AspectId,
    Date,
    GroupWeight,
    Items,
    LevelNumber,
    Line,
    Model,
    Size,
    Text,
)


class AspectAssessment(Model):
    """What was settled about one aspect; levels left out here come from the answers."""

    aspect: AspectId = Field(description="Aspect this is about.")
    current: LevelNumber | None = Field(default=None, description="Stated current level; default from the answers.")
    current_source: Literal["workshop", "interview", "evidence"] | None = Field(
        default=None, description="How the stated current level came about."
    )
    current_reason: Text | None = Field(
        default=None, description="Needed when a level is stated although there are answers."
    )
    target: LevelNumber | None = Field(default=None, description="Stated target level; default from the answers.")
    target_reason: Text | None = Field(default=None, description="Needed for a target above level 3.")
    target_owner: Line | None = Field(default=None, description="Role that wants this target.")
    target_by: Date | None = Field(default=None, description="By when the target is to be reached.")
    priority: Size | None = Field(default=None, description="Stated priority; default proposed from expected benefits.")
    priority_reason: Text | None = Field(default=None, description="Needed for a stated priority.")
    evidence: Items[Line] = Field(default=(), description="What was seen.")
    comment: Text | None = Field(default=None, description="A moderated comment; it is published.")


class LeftOut(Model):
    """An aspect that is not assessed, and why."""

    aspect: AspectId = Field(description="Aspect that is left out.")
    reason: Line = Field(description="Why it is left out.")


class Assessment(Model):
    """One dated assessment."""

    date: Date = Field(description="The day it was closed; the file has the same name.")
    title: Line = Field(description="What people call it.")
    method: Text = Field(description="How it was done, so that a reader can judge it.")
    facilitator: Line | None = Field(default=None, description="Role or unit that facilitated.")
    aspects: Items[AspectAssessment] = Field(min_length=1, description="What was settled, aspect by aspect.")
    left_out: Items[LeftOut] = Field(default=(), description="Aspects that are not assessed.")
    groups: Items[GroupWeight] = Field(
        default=(), description="Weights of respondent groups here, in place of those of the method."
    )


Told = Literal["level", "do not know", "not applicable"]


@dataclass(frozen=True)
class Respondent:
    """What one respondent says about one aspect, and the line it stands in. Never published.

    Only `quotation` is: a comment that a moderator marked for it. Other comments are never even read.
    """

    row: int
    respondent: str
    group: str
    aspect: str
    current_told: Told
    current: int | None
    target: int | None
    importance: int | None
    quotation: str | None = None
