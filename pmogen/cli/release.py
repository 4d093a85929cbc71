"""`pmogen release`: gives the playbook as it is agreed a tag, so that it stays readable as it is."""

from __future__ import annotations

from pathlib import Path

import click

from pmogen.cli.workspace import folder
from pmogen.language import _


@click.command(short_help="Tag the playbook as a version that stays.")
@folder
def release(folder: Path) -> None:
    """Tag the playbook of DIR with its version, as agreed: playbook-2027.1.

    Everything must be committed, free of errors, and planned; the version in content/playbook.yml must be new. The tag is
    made here only: pushing it makes the release (docs/publishing.md).
    """
    from pmogen import check, refuse_unpublished
    from pmogen.errors import PmogenError
    from pmogen.site.released import git, released_versions, tag_of

    workspace = check(folder).workspace
    if workspace is None:
        raise PmogenError(_("the playbook has errors, so it is not released"), _("see `pmogen check`"))
    refuse_unpublished(workspace)
    settings = workspace.settings
    tag = tag_of(settings.version)
    if git(folder, "status", "--porcelain", "--", ".").strip():
        raise PmogenError(_("some files are not committed, so nothing is released"), _("commit them: see `git status`"))
    if tag in {version.tag for version in released_versions(folder)}:
        raise PmogenError(
            _("{tag} was released already", tag=tag), _("raise `version` in content/playbook.yml, and commit it")
        )
    title = _(
        "{title}, version {version}, as of {day}", title=settings.title, version=settings.version, day=settings.as_of
    )
    git(folder, "tag", "--annotate", "--message", title, tag)
    click.echo(_("{tag}: {title}", tag=tag, title=title))
    click.echo(_("next: git push origin {tag}", tag=tag))
