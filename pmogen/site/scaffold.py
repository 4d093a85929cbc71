"""What a new workspace gets beside its content: the workflows of its code host, who has to agree to what, and which pmogen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinja2 import Environment, StrictUndefined

from pmogen.data import data_root
from pmogen.errors import PmogenError
from pmogen.language import _

STARTER = Path(__file__).resolve().parent.parent / "starter"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")

EXECUTABLE = frozenset({".github/pmogen"})
"""Files that may be run as programs; the workflows themselves do not need that."""


@dataclass(frozen=True)
class Hosting:
    """Where a workspace lives: the pmogen that builds it (`pmogen==0.1.0`), its host, whose it is there, its main branch.

    Raises `PmogenError` when the owner or the branch is no such name.
    """

    requirement: str
    host: Literal["github", "gitlab", "none"] = "github"
    owner: str = "your-organisation"
    branch: str = "main"

    def __post_init__(self) -> None:
        for name in (self.owner, self.branch):
            if not _NAME.fullmatch(name):
                raise PmogenError(
                    _("`{name}` is no name of an owner or a branch", name=name),
                    _("letters, digits, dots, hyphens and slashes may stand in it"),
                )


def scaffold(hosting: Hosting) -> dict[str, str]:
    """The files by path below the workspace. The issue forms are made of the playbook itself (`new_forms`)."""
    files = {"requirements.txt": STARTER / "requirements.txt"}
    if hosting.host == "github":
        folder = STARTER / "github"
        found = (path for path in sorted(folder.rglob("*")) if path.is_file())
        files |= {f".github/{path.relative_to(folder).as_posix()}": path for path in found}
    elif hosting.host == "gitlab":
        files[".gitlab-ci.yml"] = STARTER / "gitlab" / "gitlab-ci.yml"
    return {name: _filled(path.read_text("utf-8"), hosting) for name, path in files.items()}


def group_scaffold(hosting: Hosting) -> dict[str, str]:
    """What a group of offices needs beside them, by path below its folder: how the overview looks, and the workflow."""
    files = {
        "mkdocs.yml": data_root() / "mkdocs.yml",
        "requirements.txt": STARTER / "requirements.txt",
        ".gitignore": STARTER / "group" / "gitignore",
        ".github/dependabot.yml": STARTER / "github" / "dependabot.yml",
        ".github/pmogen": STARTER / "github" / "pmogen",
        ".github/workflows/group.yml": STARTER / "group" / "workflows" / "group.yml",
    }
    return {name: _filled(path.read_text("utf-8"), hosting) for name, path in files.items()}


def _filled(text: str, hosting: Hosting) -> str:
    return filled(text, owner=hosting.owner, branch=hosting.branch, requirement=hosting.requirement)


def filled(text: str, **values: object) -> str:
    """A text of the starter with the few values of `<< name >>`: other brackets belong to the workflows."""
    environment = Environment(
        variable_start_string="<< ",
        variable_end_string=" >>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        trim_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  (YAML and plain text, and the values are checked where they come from)
        keep_trailing_newline=True,
    )
    return environment.from_string(text).render(values)
