"""What a group needs beside its offices, as far as it is missing: a list of them, how the overview looks, a workflow, editors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pmogen.errors import PmogenError
from pmogen.group.settings import FILE, MADE, PARTS_OF_THE_SITE, PATH_PATTERN, group_schema
from pmogen.language import _
from pmogen.site.scaffold import EXECUTABLE, STARTER, Hosting, filled, group_scaffold
from pmogen.site.write import replace_file
from pmogen.source.group import GROUP_FILE, is_group

DEEPEST = 4
"""So many folders below that of the group, a playbook is looked for."""


@dataclass(frozen=True)
class _Found:
    id: str
    name: str
    folder: str


def set_up(root: Path, pmogen_version: str) -> tuple[str, ...]:
    """Writes what is missing; the names of what was written. Nothing that is there is changed.

    Raises `PmogenError` when there is neither a group.yml nor a playbook to list in it.
    """
    files = {
        **({} if is_group(root) else {GROUP_FILE: _list_of(root)}),
        **group_scaffold(Hosting(f"pmogen=={pmogen_version}")),
        **_for_editors(),
    }
    written = []
    for name, text in files.items():
        path = root / name
        if not path.exists() and not path.is_symlink() and path.parent.resolve().is_relative_to(root.resolve()):
            replace_file(path, text.encode("utf-8"))
            if name in EXECUTABLE:
                path.chmod(0o755)
            written.append(name)
    return tuple(written)


def _list_of(root: Path) -> str:
    """A group.yml with the playbooks below a folder."""
    offices = tuple(_offices(root))
    if not offices:
        raise PmogenError(
            _("there is no playbook below {folder}, so there is no office to list", folder=root),
            _("make one: {command}", command="`pmogen init offices/north`"),
        )
    return filled((STARTER / "group" / GROUP_FILE).read_text("utf-8"), offices=offices)


def _offices(root: Path) -> Iterator[_Found]:
    known: set[str] = set(PARTS_OF_THE_SITE)
    for folder in _workspaces(root, DEEPEST):
        below = folder.relative_to(root).as_posix()
        if re.match(PATH_PATTERN, below) and below.partition("/")[0] not in MADE:
            plain = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-") or "office"
            identifier = next(name for name in _numbered(plain) if name not in known)
            known.add(identifier)
            name = re.sub(r"[-_. ]+", " ", folder.name).strip()
            yield _Found(identifier, json.dumps(name[:1].upper() + name[1:]), json.dumps(below))


def _workspaces(folder: Path, deep: int) -> Iterator[Path]:
    """Folders with a playbook; what lies within one is not looked at."""
    for below in sorted(folder.iterdir()):
        if below.is_dir() and not below.is_symlink() and not below.name.startswith("."):
            if (below / "content" / "playbook.yml").is_file():
                yield below
            elif deep > 1:
                yield from _workspaces(below, deep - 1)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in range(2, 10_000))


def _for_editors() -> dict[str, str]:
    """What lets an editor complete and explain group.yml."""
    schema = f"schemas/{FILE.name}.schema.json"
    return {
        schema: group_schema(),
        ".vscode/extensions.json": (STARTER / "vscode" / "extensions.json").read_text("utf-8"),
        ".vscode/settings.json": json.dumps({"yaml.schemas": {f"./{schema}": f"/{FILE.where}"}}, indent=2) + "\n",
    }
