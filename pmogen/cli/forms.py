"""`pmogen forms`: keeps the lists in the issue forms equal to the playbook."""

from __future__ import annotations

from pathlib import Path

import click

from pmogen.cli.workspace import folder
from pmogen.language import _


@click.command(short_help="Keep the lists of the issue forms current.")
@folder
@click.option("--check", "only_check", is_flag=True, help="Write nothing; end with 1 when a list is not current.")
def forms(folder: Path, only_check: bool) -> None:
    """Keep the lists of the GitHub issue forms of DIR equal to the playbook: aspects, levels, services, hand-offs.

    Where there are no forms in .github/ISSUE_TEMPLATE yet, they are made: to challenge a score, to propose a service, to
    report a hand-off, to discuss a page. Of forms that are there only the lists change, so their words are yours.
    """
    from pmogen import check
    from pmogen.errors import PmogenError
    from pmogen.site.forms import FOLDER, current_forms, new_forms, read_forms
    from pmogen.site.write import replace_file

    workspace = check(folder).workspace
    if workspace is None:
        raise PmogenError(_("the playbook has errors, so the forms stay as they are"), _("see `pmogen check`"))
    there = read_forms(folder)
    wanted = current_forms(there, workspace) if there or only_check else new_forms(workspace)
    stale = [path for path, text in wanted.items() if there.get(path) != text]
    if only_check and stale:
        raise PmogenError(
            _("not current: {files}", files=", ".join(stale)), _("run `pmogen forms`, and commit the files")
        )
    for path in stale:
        replace_file(folder / path, wanted[path].encode("utf-8"))
        click.echo(_("written: {file}", file=path))
    if not stale:
        click.echo(_("the forms are current") if there else _("there are no forms in {folder}", folder=FOLDER))
