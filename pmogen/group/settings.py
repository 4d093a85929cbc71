"""group.yml: which offices a group has, what they share, and which of them agree to be compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from pmogen.diagnostics import Diagnostic, has_errors, in_order
from pmogen.language import ENGLISH, _
from pmogen.model.base import (
    WEB_ADDRESS_PATTERN,
    Id,
    Items,
    LanguageCode,
    Line,
    Model,
    Share,
    Text,
    WebAddress,
)
from pmogen.model.schema import FileKind, declared
from pmogen.model.shape import in_plain_words
from pmogen.source.group import GROUP_FILE, LAYER_PATTERN
from pmogen.source.layers import Origin
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

PARTS_OF_THE_SITE = frozenset({"aspects", "assets", "offices", "search", "versions"})
"""Folders of the overview, beside which the offices are published in folders of their ids."""

MADE = frozenset({"build", "site", "public"})
"""Folders of the group that are made and replaced: nothing of a person can lie there."""

_NAME = r"[A-Za-z0-9_][A-Za-z0-9 _.-]*"
PATH_PATTERN = rf"^{_NAME}(/{_NAME})*$"

Path = Annotated[str, StringConstraints(pattern=PATH_PATTERN, max_length=300)]
"""A folder below the group's own, its parts joined by slashes."""

PathOrAddress = Annotated[str, StringConstraints(pattern=rf"{PATH_PATTERN}|{WEB_ADDRESS_PATTERN}", max_length=300)]
"""A file below the group's folder, or the address of one that is published."""

LayerName = Annotated[str, StringConstraints(pattern=LAYER_PATTERN, max_length=60)]


class Office(Model):
    """One office of the group: a workspace here, or a playbook that is published somewhere."""

    id: Id = Field(description="Short name, stable: small letters, digits and hyphens.")
    name: Line = Field(description="What people call the office.")
    folder: Path | None = Field(default=None, description="Its workspace: a folder below that of group.yml.")
    playbook: PathOrAddress | None = Field(
        default=None,
        description="Instead of a folder: its playbook.json, a file below the folder of group.yml or a web address, "
        "which is read only with `--fetch`.",
    )
    site: WebAddress | None = Field(default=None, description="Where its playbook is published, for links.")
    compare: bool = Field(
        default=False,
        description="Whether the office agrees to be named beside its figures. Others count in totals only.",
    )

    @property
    def address(self) -> str | None:
        """The web address of its playbook.json, when that is where it comes from."""
        return self.playbook if self.playbook and "://" in self.playbook else None


class Group(Model):
    """What the group is called and who belongs to it."""

    title: Line = Field(description="What the overview is called.")
    about: Text | None = Field(default=None, description="What the group is, in a few sentences.")
    notice: Text | None = Field(default=None, description="Shown on the first page, e.g. that the group is invented.")
    owner: Line = Field(description="Role that answers for the overview.")
    language: LanguageCode = Field(default=ENGLISH, description="Language of the overview.")
    layers: Items[LayerName] = Field(
        default=(),
        description="Catalogue layers that offices share: folders beside group.yml. An office lists one as `group/NAME`.",
    )
    adoption: Share = Field(
        default=0.3,
        description="Part of its own effort that an office still needs to take over a service that another has built.",
    )
    offices: Items[Office] = Field(min_length=1, max_length=2000, description="The offices.")


def read_group(raw: bytes) -> tuple[Group | None, tuple[Diagnostic, ...]]:
    """The group in the bytes of a group.yml, or None, and everything that is wrong with it."""
    source, wrong = decode(GROUP_FILE, raw)
    if source is None:
        return None, wrong
    document, wrong = parse_yaml(source)
    found = list(wrong)
    group: Group | None = None
    if not isinstance(document.value, dict):
        if not found:
            found.append(_wrong(document, (), _("group.yml must have keys (`title: ...`)"), _("see docs/groups.md")))
    else:
        try:
            group = Group.model_validate(document.value, context=(str(document.value.get("language", ENGLISH)),))
        except ValidationError as error:
            found += in_plain_words(Group, error, Origin(document, ()))
    if group is not None:
        found += _of_the_offices(document, group)
    return (None if has_errors(tuple(found)) else group), in_order(found)


def _of_the_offices(document: Document, group: Group) -> Iterator[Diagnostic]:
    for key in ("id", "folder", "playbook"):
        times = Counter(getattr(office, key) for office in group.offices)
        for number, office in enumerate(group.offices):
            value = getattr(office, key)
            if value is not None and times[value] > 1:
                said = _("more than one office has the {key} `{value}`", key=key, value=value)
                yield _wrong(document, ("offices", number, key), said, _("each office has its own"))
    for number, office in enumerate(group.offices):
        if office.id in PARTS_OF_THE_SITE:
            said = _("no office can have the id `{id}`, as a part of the overview is called so", id=office.id)
            yield _wrong(document, ("offices", number, "id"), said, _("give it another one"))
        for key in ("folder", "playbook"):
            first = (getattr(office, key) or "").partition("/")[0]
            if first in MADE:
                yield _wrong(document, ("offices", number, key), *_is_made(first))
        if (office.folder is None) == (office.playbook is None):
            said = _("the office `{id}` needs either a folder or a playbook", id=office.id)
            yield _wrong(document, ("offices", number), said, _("a folder is built, a playbook is read as it is"))

    for number, layer in enumerate(group.layers):
        if layer in MADE:
            yield _wrong(document, ("layers", number), *_is_made(layer))


def _is_made(folder: str) -> tuple[str, str]:
    return _("the folder {folder} of the group is made anew with the overview", folder=f"{folder}/"), _(
        "use another one"
    )


def _wrong(document: Document, path: tuple[str | int, ...], message: str, hint: str) -> Diagnostic:
    return Diagnostic("PMO020", "error", message, document.span(path), hint)


FILE = FileKind(
    "group", GROUP_FILE, Group, "Which offices a group has, what they share, and which of them agree to be compared."
)


def group_schema() -> str:
    """The JSON Schema of group.yml."""
    schema = declared(FILE, lambda _kind: {})
    schema["definitions"]["Office"]["oneOf"] = [
        {"required": [name], "properties": {name: {"type": "string"}}} for name in ("folder", "playbook")
    ]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def settings_table() -> Iterator[tuple[str, str]]:
    """Every field of group.yml with what it says, as docs/groups.md lists them."""
    for prefix, shape in (("", Group), ("offices: ", Office)):
        fields: Any = shape.model_fields
        for name, field in fields.items():
            yield f"{prefix}{name}", field.description or ""
