"""What commands that change a person's YAML have in common: show the patch, ask, and write with care."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmogen.cli.reports.text import paint, show, visible
from pmogen.cli.workspace import next_command
from pmogen.language import _

if TYPE_CHECKING:
    from pmogen.diagnostics import Diagnostic
    from pmogen.edit import Change, Edited
    from pmogen.model.workspace import Workspace
    from pmogen.source.files import Sources
    from pmogen.source.yaml import Document

Command = TypeVar("Command", bound=Callable[..., Any])

NOT_WRITTEN = 1


def yes(function: Command) -> Command:
    """The option --yes."""
    return click.option("--yes", is_flag=True, help="Write without asking, as scripts need it.")(function)


def day(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    """A day as in 2027-01-31, or `today`."""
    if given is None:
        return None
    if given == "today":
        return dt.datetime.now().astimezone().date().isoformat()
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise click.BadParameter(_("it must be `today`, or a day as in 2027-01-31")) from error


def change(
    context: click.Context,
    folder: Path,
    wanted: Callable[[Workspace], Sequence[Change]],
    *,
    yes: bool,
    then: str,
    placed: Callable[[Mapping[str, bytes], Diagnostic], Diagnostic] | None = None,
    read_before: Mapping[str, Document] | None = None,
) -> None:
    """Makes changes of a workspace: shows them, asks on a terminal, and writes them.

    Ends with 0 when the files say what was wanted, and with 1 when nothing was written: the result would have errors, or
    nobody agreed. `then` is the sensible next command. `placed` says of a diagnostic in the new files where it comes from;
    files that are as in `read_before` are not parsed again.
    """
    from pmogen.diagnostics import has_errors
    from pmogen.edit import edit
    from pmogen.edit.verdict import after, judged, newly_found
    from pmogen.source.files import read_sources

    sources = read_sources(folder)
    workspace, documents = _loaded(context, sources, read_before or {})
    edited = edit(sources.files, wanted(workspace))
    if not edited.new:
        click.echo(_("it is so already: nothing to write"), err=True)
        return
    changed = after(sources, edited)
    new = newly_found(judged(sources, documents), judged(changed, documents))
    if placed is not None:
        new = tuple(placed(edited.new, found) for found in new)
    show_patch(edited.patch)
    show((found for found in new if found.severity != "note"), changed.files, sys.stderr)
    if has_errors(new):
        click.echo(_("nothing was written, as this would bring the errors above"), err=True)
        context.exit(NOT_WRITTEN)
    if not (yes or agreed()):
        context.exit(NOT_WRITTEN)
    _write(folder, edited)
    click.echo(next_command(then, folder), err=True)


def _loaded(
    context: click.Context, sources: Sources, read_before: Mapping[str, Document]
) -> tuple[Workspace, Mapping[str, Document]]:
    from pmogen.source.ahead import parsed_ahead

    ahead = read_before or parsed_ahead(sources)
    from pmogen.model.load import load

    loaded = load(sources, read_before=ahead)
    if loaded.workspace is None:
        show(loaded.diagnostics, sources.files, sys.stderr)
        click.echo(_("nothing was written, as the playbook cannot be read: mend the errors above"), err=True)
        context.exit(NOT_WRITTEN)
    return loaded.workspace, loaded.documents


def _write(folder: Path, edited: Edited) -> None:
    from pmogen.site.edited import write_edited

    write_edited(folder, edited)
    for name in edited.new:
        click.echo(_("written: {file}", file=name), err=True)


def show_patch(patch: str) -> None:
    """Prints a patch: in colour on a terminal, with nothing that a terminal would obey; else exactly as it is."""
    if not sys.stdout.isatty():
        click.echo(patch, nl=False)
        return
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in patch.split("\n")[:-1]:
        shown = visible(line)
        colour = colours.get(line[:1])
        click.echo(paint(sys.stdout, shown, colour) if colour else shown)


def agreed() -> bool:
    """What a person at a terminal says to it; without a terminal nobody agrees, and how to go on is said."""
    if not sys.stdin.isatty():
        click.echo(_("nothing was written; --yes writes it"), err=True)
        return False
    if click.confirm(_("write this?"), default=False, err=True):
        return True
    click.echo(_("nothing was written"), err=True)
    return False
