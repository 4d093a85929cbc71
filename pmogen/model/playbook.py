"""content/playbook.yml: title, layers, and changes to the method."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from pmogen.model.base import Date, Id, Items, Line, Model, Text
from pmogen.model.method import MethodChanges
from pmogen.model.money import Money

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`]+$", max_length=300)]


class RuleChange(Model):
    """A rule that this workspace takes more or less seriously."""

    rule: Annotated[str, StringConstraints(pattern=r"^PMO[0-9]{3}$")] = Field(description="Code of the rule.")
    severity: Literal["error", "warning", "note", "ignore"] = Field(description="What it counts as here.")
    reason: Line = Field(description="Why.")


class Settings(Model):
    """What the playbook is called and what it is made from."""

    title: Line = Field(description="What the playbook is called.")
    organisation: Line = Field(description="Whose playbook it is.")
    about: Text = Field(description="What the organisation is and does, in a few sentences.")
    notice: Text | None = Field(
        default=None, description="Shown on the first page, e.g. that the organisation is invented."
    )
    version: Line = Field(description="Version of the playbook as agreed, e.g. 2026.2.")
    as_of: Date = Field(description="The day this state of the playbook stands for.")
    owner: Line = Field(description="Role that answers for the playbook.")
    language: Id = Field(default="en", description="Language of the pages, as in `en`.")
    catalogue: Items[Line] = Field(
        default=("standard", "catalog"),
        description="Catalogue layers, lowest first: `standard` or folders of the workspace.",
    )
    repository: WebAddress | None = Field(
        default=None, description="Address of the repository, for links to the sources."
    )
    branch: Line = Field(default="main", description="Branch the links point to.")
    contact: Line | None = Field(default=None, description="How to reach the PMO, in words.")
    money: Money | None = Field(default=None, description="Day rate and currency; default nothing about money.")
    rules: Items[RuleChange] = Field(default=(), description="Rules that count more or less here.")
    method: MethodChanges = Field(
        default=MethodChanges(), description="Changes to catalog/method.yml: only what differs."
    )
