"""content/playbook.yml: title, layers, and changes to the method."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from pmogen.model.base import Date, Id, Items, Line, Model, Text

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`]+$", max_length=300)]


class Settings(Model):
    """What the playbook is called and what it is made from."""

    title: Line
    organisation: Line
    about: Text = Field(description="What the organisation is and does, in a few sentences.")
    notice: Text | None = Field(
        default=None, description="Shown on the first page, e.g. that the organisation is invented."
    )
    version: Line = Field(description="Version of the playbook as agreed, e.g. 2026.2.")
    as_of: Date = Field(description="The day this state of the playbook stands for.")
    owner: Line = Field(description="Role that answers for the playbook.")
    language: Id = "en"
    catalogue: Items[Line] = Field(
        default=("standard", "catalog"),
        description="Catalogue layers, lowest first: `standard` or folders of the workspace.",
    )
    repository: WebAddress | None = Field(
        default=None, description="Address of the repository, for links to the sources."
    )
    branch: Line = Field(default="main", description="Branch the links point to.")
    contact: Line | None = Field(default=None, description="How to reach the PMO, in words.")
    method: dict[str, Any] = Field(default={}, description="Changes to catalog/method.yml: only what differs.")
