"""`pmogen check`: everything wrong with a workspace, at once."""

from __future__ import annotations

from pathlib import Path

import click

from pmogen.cli.workspace import folder, next_command, report


@click.command()
@folder
@click.pass_context
def check(context: click.Context, folder: Path) -> None:
    """Find everything that is wrong with the playbook in DIR. Writes nothing.

    Ends with 1 when there are errors; warnings alone are no reason to stop.
    """
    from pmogen import check as check_workspace

    checked = check_workspace(folder)
    report(checked)
    if checked.workspace is None:
        click.echo(next_command("pmogen check", folder, "mend the errors above, then "))
        context.exit(1)
    if not checked.diagnostics:
        click.echo(f"no problems in {len(checked.sources.files)} files")
    click.echo(next_command("pmogen build", folder))
