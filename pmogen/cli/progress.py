"""`pmogen progress`: how far a service is, written into content/roadmap.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pmogen.cli.editing import change, day, yes
from pmogen.cli.workspace import folder_option
from pmogen.language import _


@click.command(short_help="Record how far a service is.")
@click.argument("service", metavar="SERVICE")
@folder_option
@click.option(
    "--started", metavar="DAY", callback=day, help="Day on which work on it began, as in 2027-01-31, or today."
)
@click.option(
    "--live", metavar="DAY", callback=day, help="Day on which it went live; it moves to the wave of that day."
)
@click.option("--dropped", metavar="DAY", callback=day, help="Day on which it was given up; say --who and --why.")
@click.option("--effort-days", type=click.FloatRange(0), help="Person-days it has taken so far.")
@click.option("--left-days", type=click.FloatRange(0), help="Person-days it still needs.")
@click.option("--expected", metavar="WAVE", help="Wave in which it is expected to be live now.")
@click.option("--who", metavar="ROLE", help="Role or board that gave it up.")
@click.option("--why", metavar="TEXT", help="Why it was given up, or why it is late.")
@click.option("--note", metavar="TEXT", help="What is worth knowing about it.")
@yes
@click.pass_context
def progress(context: click.Context, /, service: str, folder: Path, *, yes: bool, **given: Any) -> None:
    """Record that a service was started, is live or was dropped, and what it takes.

    It is written into content/roadmap.yml, where only the lines of this service change: the patch is shown, and on a terminal
    you are asked. With --live its entry moves from `progress` to `launched` of the wave of that day. Without a terminal
    nothing is written unless --yes says so. Ends with 1 when nothing was written that was wanted.
    """
    from pmogen.edit.progress import progress as changes_of

    said = {key: value for key, value in given.items() if value is not None}
    if not said:
        raise click.UsageError(_("say what changes: --started, --live, --dropped, --effort-days, ..."))
    if said.get("live") and said.get("dropped"):
        raise click.UsageError(_("--live and --dropped do not go together"))
    change(context, folder, lambda workspace: changes_of(workspace, service, said), yes=yes, then="pmogen plan")
