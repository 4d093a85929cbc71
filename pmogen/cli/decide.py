"""`pmogen decide`: a decision on a service or a gap, written into content/decisions.yml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.editing import change, day, yes
from pmogen.cli.workspace import folder_option
from pmogen.language import _

if TYPE_CHECKING:
    from pmogen.edit.decide import Reason, Verdict


@click.command(short_help="Record a decision on a service or a gap.")
@click.argument("subject", metavar="SERVICE|gap:ASPECT")
@click.argument("verdict", metavar="DECISION", type=click.Choice(("offer", "decline", "defer", "accept", "undecided")))
@folder_option
@click.option("--who", metavar="ROLE", help="Role or board that decided.")
@click.option("--when", metavar="DAY", callback=day, help="Day of the decision, as in 2027-01-31, or today.")
@click.option("--why", metavar="TEXT", help="The reason; everybody may read it.")
@click.option("--until", metavar="DAY", callback=day, help="Day on which it is looked at again.")
@yes
@click.pass_context
def decide(  # noqa: PLR0913  (one parameter for each option)
    context: click.Context,
    subject: str,
    verdict: Verdict,
    folder: Path,
    *,
    who: str | None,
    when: str | None,
    why: str | None,
    until: str | None,
    yes: bool,
) -> None:
    """Record that a service is offered, declined, deferred or undecided again, or that a gap is accepted.

    DECISION is offer, decline, defer or undecided for a service, accept or undecided for a gap. It is written into
    content/decisions.yml, where only the lines of this decision change: the patch is shown, and on a terminal you are asked.
    Without a terminal nothing is written unless --yes says so. Ends with 1 when nothing was written that was wanted.
    """
    reason = _reason(verdict, who, when, why, until)
    from pmogen.edit.decide import decide as decided

    change(context, folder, lambda workspace: decided(workspace, subject, verdict, reason), yes=yes, then="pmogen plan")


def _reason(verdict: str, who: str | None, when: str | None, why: str | None, until: str | None) -> Reason | None:
    from pmogen.edit.decide import Reason

    given = {"--who": who, "--when": when, "--why": why}
    if verdict == "undecided":
        if any((*given.values(), until)):
            raise click.UsageError(_("what is undecided has no --who, --when, --why or --until"))
        return None
    if who is None or when is None or why is None:
        missing = ", ".join(name for name, value in given.items() if value is None)
        raise click.UsageError(_("a decision says who, when and why; missing: {options}", options=missing))
    ends = None if until is None else dt.date.fromisoformat(until)
    return Reason(who, dt.date.fromisoformat(when), why, ends)
