"""content/playbook.yml: title, layers, and changes to the method."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from pmogen.language import ENGLISH
from pmogen.model.base import Date, Items, LanguageCode, Line, Model, TalkAddress, Text, WebAddress, Word
from pmogen.model.decisions import Approval
from pmogen.model.look import Colours, Logo
from pmogen.model.method import MethodChanges
from pmogen.model.money import Money

HOSTS: tuple[Literal["github"], Literal["gitlab"]] = ("github", "gitlab")


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
    version: Word = Field(description="Version of the playbook as agreed, e.g. 2026.2.")
    as_of: Date = Field(description="The day this state of the playbook stands for.")
    owner: Line = Field(description="Role that answers for the playbook.")
    language: LanguageCode = Field(
        default=ENGLISH, description="Language of the pages, and of texts that do not say which one they are in."
    )
    languages: Items[LanguageCode] = Field(
        default=(), description="All languages of the site, `language` first; default that one alone."
    )
    catalogue: Items[Word] = Field(
        default=("standard", "catalog"),
        description="Catalogue layers, lowest first: `standard`, folders of the workspace, `group/NAME` of its group.",
    )
    repository: WebAddress | None = Field(
        default=None, description="Address of the repository, for links to the sources."
    )
    host: Literal["github", "gitlab", "other"] | None = Field(
        default=None,
        description="What the repository runs on, which decides how links look; default what its address says.",
    )
    folder: Word | None = Field(
        default=None, description="Folder of the playbook in the repository, where it is not the top of it."
    )
    branch: Word = Field(default="main", description="Branch the links point to.")
    discuss: TalkAddress | None = Field(
        default=None,
        description="Where readers discuss a page, a web or a mail address; default a new issue in the repository.",
    )
    colours: Colours = Field(default=Colours(), description="Colours of the site; default those of pmogen.")
    logo: Logo | None = Field(
        default=None, description="Picture in the header: a file of site_templates/, as in `assets/logo.svg`."
    )
    footer: Line | None = Field(default=None, description="A line at the foot of every page.")
    contact: Line | None = Field(default=None, description="How to reach the PMO, in words.")
    approved: Approval | None = Field(default=None, description="Who has agreed to the playbook as a whole, and when.")
    money: Money | None = Field(default=None, description="Day rate and currency; default nothing about money.")
    rules: Items[RuleChange] = Field(default=(), description="Rules that count more or less here.")
    method: MethodChanges = Field(
        default=MethodChanges(), description="Changes to catalog/method.yml: only what differs."
    )

    @property
    def spoken(self) -> tuple[str, ...]:
        """Languages of the site, the main one first, each once."""
        return tuple(dict.fromkeys((self.language, *self.languages)))

    @property
    def hosted_by(self) -> Literal["github", "gitlab", "other"] | None:
        """What the repository runs on, as `host` or its address says; None where neither does, or there is none."""
        if self.repository is None or self.host is not None:
            return self.host if self.repository else None
        name = re.split("[/:?#]", self.repository.partition("://")[2], maxsplit=1)[0].lower()
        return next((host for host in HOSTS if host in re.split("[.-]", name)), None)
