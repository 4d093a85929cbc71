"""Which state of the repository the links of a site lead to."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_SHA = re.compile(r"[0-9a-f]{7,64}")


def commit(function: Command) -> Command:
    """The option --commit."""
    about = "Commit that links to the sources lead to; default GITHUB_SHA in a git checkout, else the branch."
    return click.option("--commit", metavar="SHA", default=None, callback=_checked, help=about)(function)


def commit_of(folder: Path, given: str | None) -> str | None:
    """The commit that was given, or that GitHub Actions builds where the workspace is in a git checkout."""
    building = os.environ.get("GITHUB_SHA", "").lower()
    if given is not None or not _SHA.fullmatch(building) or not _in_checkout(folder):
        return given
    return building


def _in_checkout(folder: Path) -> bool:
    here = folder.resolve()
    return any((place / ".git").exists() for place in (here, *here.parents))


def _checked(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    if given is not None and not _SHA.fullmatch(given.lower()):
        raise click.BadParameter("it must be a commit's hash: 7 to 64 digits and letters a to f")
    return given.lower() if given else given
