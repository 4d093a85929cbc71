"""`pmogen check`: everything wrong with a workspace, at once."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.workspace import folder, next_command, report
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen import Checked
    from pmogen.diagnostics import Diagnostic

FORMS = ("text", "json", "sarif", "github")


def _day(_context: click.Context, _option: click.Parameter, given: str | None) -> dt.date | None:
    if given is None or given == "today":
        return None if given is None else dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise click.BadParameter(_("it must be `today`, or a day as in 2027-01-31")) from error


@click.command()
@folder
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default=None,
    help="Form of the report: text, or github when it runs inside GitHub Actions.",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--as-of",
    "today",
    metavar="DAY",
    callback=_day,
    help="Only say what will have become stale by this day: today, or one as in 2027-01-31.",
)
@click.pass_context
def check(context: click.Context, folder: Path, form: str | None, *, strict: bool, today: dt.date | None) -> None:
    """Find everything that is wrong with the playbook in DIR. Writes nothing.

    Ends with 1 when there are errors; with --strict, also when there are warnings. The form of the report never
    changes that.
    """
    from pmogen import check as check_workspace
    from pmogen.history import known_history

    checked = check_workspace(folder, remember=known_history)
    if today is not None and checked.workspace is not None:
        from pmogen.rules import stale_by

        checked = replace(checked, diagnostics=stale_by(checked.workspace, today))
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    if form == "text":
        _tell(checked, folder)
    else:
        _print(form, tuple(_seen_from_here(checked.diagnostics, folder)))
    counts = ("error", "warning") if strict else ("error",)
    if any(diagnostic.severity in counts for diagnostic in checked.diagnostics):
        context.exit(1)


def _tell(checked: Checked, folder: Path) -> None:
    report(checked)
    if checked.workspace is None:
        click.echo(next_command("pmogen check", folder, _("mend the errors above, then ")))
        return
    if not checked.diagnostics:
        count = len(checked.sources.files)
        click.echo(ngettext("no problems in {count} files", "no problems in {count} files", count))
    click.echo(next_command("pmogen build", folder))


def _print(form: str, diagnostics: tuple[Diagnostic, ...]) -> None:
    if form == "json":
        from pmogen.cli.reports.json import as_json

        click.echo(as_json(diagnostics))
    elif form == "sarif":
        from pmogen import __version__
        from pmogen.cli.reports.sarif import as_sarif
        from pmogen.rules.manual import manuals

        click.echo(as_sarif(diagnostics, __version__, manuals()))
    else:
        _annotate(diagnostics)


def _annotate(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Annotations in the log, and all of it in the job summary where there is one."""
    from pmogen.cli.reports.github import annotate, summary
    from pmogen.cli.reports.text import counted

    for line in annotate(diagnostics, _changed_files()):
        click.echo(line)
    click.echo(counted(diagnostics))
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(summary(diagnostics))


def _changed_files() -> frozenset[str]:
    """Files that the pull request changes; none when that cannot be found out."""
    import subprocess

    base = os.environ.get("GITHUB_BASE_REF")
    if not base:
        return frozenset()
    command = ["git", "diff", "--name-only", "-z", f"origin/{base}...HEAD"]  # -z: names come without quotes
    try:
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=30)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(done.stdout.split("\0"))


def _seen_from_here(diagnostics: tuple[Diagnostic, ...], folder: Path) -> list[Diagnostic]:
    """With files named from the current folder, which is how code hosts and editors look them up."""
    here = Path(os.path.relpath(folder)).as_posix()
    if here == ".":
        return list(diagnostics)
    return [
        replace(found, span=replace(found.span, file=f"{here}/{found.span.file}"))
        if not found.span.file.startswith(("standard/", "group/"))
        else found
        for found in diagnostics
    ]
