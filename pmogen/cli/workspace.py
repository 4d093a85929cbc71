"""What several commands have in common: the folder they work on, and reporting a check."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmogen.cli.reports.text import counted, show
from pmogen.language import _

if TYPE_CHECKING:
    from pmogen import Checked

Command = TypeVar("Command", bound=Callable[..., Any])


def folder(function: Command) -> Command:
    """The argument DIR: the workspace, by default the current folder. The command speaks the language of its playbook."""
    return click.argument(
        "folder",
        metavar="[DIR]",
        default=".",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=in_its_language,
    )(function)


def folder_option(function: Command) -> Command:
    """The option --workspace DIR, for commands whose arguments are something else."""
    return click.option(
        "--workspace",
        "-w",
        "folder",
        metavar="DIR",
        default=".",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=in_its_language,
        is_eager=True,
        help="The workspace; default the current folder.",
    )(function)


def in_its_language(context: click.Context, _parameter: click.Parameter | None, where: Path) -> Path:
    """Speaks the language of the workspace in this folder until the program ends; English when there is none."""
    from pmogen.language import speaking
    from pmogen.source.language import language_of

    context.ensure_object(ExitStack).enter_context(speaking(language_of(where)))
    return where


def report(checked: Checked) -> None:
    """Prints every problem of a check on the standard output, and how many there are."""
    show(checked.diagnostics, checked.sources.files, sys.stdout)
    if checked.diagnostics:
        click.echo(counted(checked.diagnostics))


def _called() -> str:
    """How pmogen is called here: after `make` it lies in .venv/bin, where no shell looks for it by itself."""
    called = Path(sys.argv[0])
    if called.stem != "pmogen" or shutil.which("pmogen") or not called.is_file():
        return "pmogen"
    near = called.absolute().is_relative_to(Path.cwd())
    return shlex.quote(os.path.relpath(called) if near else str(called))


def next_command(command: str, where: Path, before: str = "") -> str:
    """A line that names the sensible next command for a workspace, and what has to happen before."""
    command = command.replace("pmogen", _called(), 1)
    there = os.path.relpath(where) if where.resolve().is_relative_to(Path.cwd()) else str(where)
    target = "" if there == "." else f" {shlex.quote(there)}"
    return _("next: {command}", command=f"{before}{command}{target}")
