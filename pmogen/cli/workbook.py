"""`pmogen import workbook`: what was filled in in a workshop, as changes of the YAML."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pmogen.cli.editing import NOT_WRITTEN, change, yes
from pmogen.cli.reports.text import COLOURS, paint, severity_word, visible
from pmogen.cli.survey import read_workspace
from pmogen.cli.workspace import folder
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen.diagnostics import Diagnostic
    from pmogen.exchange.workbook import Conflict, Found, Taken

_SHOWN = 200
"""Characters of a text that are shown of a conflict."""


@click.command("workbook", short_help="What was filled in in the workbook of a workshop.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@folder
@click.option(
    "--conflicts",
    "side",
    type=click.Choice(["stop", "workbook", "files"]),
    default="stop",
    show_default=True,
    help="What counts where the workbook and the YAML were both changed.",
)
@yes
@click.pass_context
def import_workbook(
    context: click.Context,
    file: Path,
    folder: Path,
    *,
    side: Literal["stop", "workbook", "files"],
    yes: bool,
) -> None:
    """Read what was filled in in FILE, made by `pmogen export workbook`, into the YAML of DIR.

    Rows are found by their ids, and each cell is compared with what it said at first and with what the YAML says by now.
    Only lines of what was changed are touched: the patch is shown, and on a terminal you are asked. Without a terminal
    nothing is written unless --yes says so. Ends with 1 when nothing was written that was wanted.
    """
    from pmogen.exchange.office import MAX_BYTES
    from pmogen.exchange.workbook import read_returned, take
    from pmogen.language import speaking
    from pmogen.source.given import read_given

    returned = read_returned(read_given(file, MAX_BYTES), file.as_posix())
    opened = read_workspace(folder, returned.state.language)
    values = {name: document.value for name, document in opened.documents.items()}
    with speaking(returned.state.language):
        taken = take(returned, opened.workspace, values, side)
    _tell(taken)
    if taken.broken:
        click.echo(_("nothing was written: mend what is wrong above in the workbook, and import it again"), err=True)
        context.exit(NOT_WRITTEN)
    change(
        context,
        folder,
        lambda _workspace: taken.changes,
        yes=yes,
        then="pmogen plan",
        placed=_placed(taken),
        read_before=opened.documents,
    )


def _placed(taken: Taken) -> Callable[[Mapping[str, bytes], Diagnostic], Diagnostic]:
    """Finds the row of the workbook behind a line of the new files."""

    def placed(files: Mapping[str, bytes], found: Diagnostic) -> Diagnostic:
        from pmogen.edit.changes import parse_yaml_of

        mine = [entry for entry in taken.entries if entry.file == found.span.file]
        if not mine or found.span.file not in files:
            return found
        document, _wrong = parse_yaml_of(found.span.file, files[found.span.file])
        for entry in mine:
            first = document.span(entry.path).line if document else 0
            if document and first <= found.span.line <= document.last_line(entry.path):
                from_where = _("in the workbook: {place}", place=entry.place)
                return replace(found, hint=f"{found.hint}; {from_where}" if found.hint else from_where)
        return found

    return placed


# what is said


def _tell(taken: Taken) -> None:
    for found in taken.found:
        _say(found)
    for conflict in taken.conflicts:
        _say_conflict(conflict)
    if taken.conflicts:
        hint = _("say `--conflicts workbook` or `--conflicts files`, or change one of the two")
        click.echo(_("hint: {hint}", hint=hint), err=True)
    for line in _counts(taken):
        click.echo(line, err=True)


def _counts(taken: Taken) -> Iterable[str]:
    yield ngettext(
        "{count} cell was filled in or changed in the workbook",
        "{count} cells were filled in or changed in the workbook",
        taken.edited,
    )
    if taken.since:
        yield ngettext(
            "{count} value was changed in the YAML since the workbook was made",
            "{count} values were changed in the YAML since the workbook was made",
            taken.since,
        )


def _say(found: Found) -> None:
    severity = paint(sys.stderr, f"{severity_word(found.severity)}:", COLOURS[found.severity])
    click.echo(f"{visible(found.place)}: {severity} {visible(found.message)}", err=True)
    if found.hint:
        click.echo("  " + _("hint: {hint}", hint=visible(found.hint)), err=True)


def _say_conflict(conflict: Conflict) -> None:
    severity = paint(sys.stderr, _("conflict:"), COLOURS["error"])
    click.echo(f"{visible(conflict.place)}: {severity} {visible(conflict.what)}", err=True)
    for label, text in (
        (_("it was:"), conflict.base),
        (_("in the workbook:"), conflict.theirs),
        (_("in the YAML:"), conflict.ours),
    ):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
        click.echo(f"  {label} {visible(shown)}", err=True)
