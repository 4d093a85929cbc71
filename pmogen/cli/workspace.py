"""What several commands have in common: the folder they work on, and reporting a check."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmogen.cli.report import counted, show

if TYPE_CHECKING:
    from pmogen import Checked

Command = TypeVar("Command", bound=Callable[..., Any])


def folder(function: Command) -> Command:
    """The argument DIR: the workspace, by default the current folder."""
    return click.argument(
        "folder", metavar="[DIR]", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
    )(function)


def report(checked: Checked) -> None:
    """Prints every problem of a check on the standard output, and how many there are."""
    show(checked.diagnostics, checked.sources.files, sys.stdout)
    if checked.diagnostics:
        click.echo(counted(checked.diagnostics))


def next_command(command: str, where: Path, before: str = "") -> str:
    """A line that names the sensible next command for a workspace, and what has to happen before."""
    there = os.path.relpath(where) if where.resolve().is_relative_to(Path.cwd()) else str(where)
    target = "" if there == "." else f" {shlex.quote(there)}"
    return f"next: {before}{command}{target}"
