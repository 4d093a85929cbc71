"""`pmogen handoff`: what is asked of others, and how far it is, written into content/decisions.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pmogen.cli.editing import change, day, yes
from pmogen.cli.workspace import folder_option
from pmogen.language import _

STATES = ("proposed", "agreed", "under way", "done", "refused")


@click.command(short_help="Record a hand-off, or how far it is.")
@click.argument("identifier", metavar="ID")
@folder_option
@click.option("--status", type=click.Choice(STATES), help="How far it is.")
@click.option("--due", metavar="DAY", callback=day, help="By when it is needed, as in 2027-01-31.")
@click.option("--agreed-on", metavar="DAY", callback=day, help="Day on which the unit agreed.")
@click.option("--note", metavar="TEXT", help="What has happened since.")
@click.option("--title", metavar="TEXT", help="What is asked, in a few words.")
@click.option("--entity", metavar="ID", help="Unit that is asked.")
@click.option("--aspect", "aspects", metavar="ID", multiple=True, help="Gap that it helps to close; may be repeated.")
@click.option("--asked", metavar="TEXT", help="What exactly is asked.")
@click.option("--pmo-part", metavar="TEXT", help="What the PMO contributes.")
@click.option("--contact", metavar="ROLE", help="Role that answers for it.")
@click.option("--follow-up", metavar="TEXT", help="How the PMO follows up: who asks, when, and what then.")
@yes
@click.pass_context
def handoff(context: click.Context, /, identifier: str, folder: Path, *, yes: bool, **given: Any) -> None:
    """Record how far the hand-off ID is, or a new one.

    Of a hand-off that is there, only what is given changes. A new one needs --title, --entity, --asked, --aspect, --contact
    and --due. It is written into content/decisions.yml, where only these lines change: the patch is shown, and on a terminal
    you are asked. Without a terminal nothing is written unless --yes says so. Ends with 1 when nothing was written that was
    wanted.
    """
    from pmogen.edit.hand_off import hand_off

    said = {key: list(value) if isinstance(value, tuple) else value for key, value in given.items() if value}
    if not said:
        raise click.UsageError(_("say what changes: --status, --due, --note, ..."))
    change(context, folder, lambda workspace: hand_off(workspace, identifier, said), yes=yes, then="pmogen build")
