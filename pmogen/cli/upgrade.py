"""`pmogen upgrade`: what a newer pmogen changes in the files around the content, as a patch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen import __version__
from pmogen.cli.editing import NOT_WRITTEN, show_patch
from pmogen.cli.workspace import folder, next_command, report
from pmogen.language import _

if TYPE_CHECKING:
    from pmogen.site.around import Host
    from pmogen.site.upgrade import Upgrade


@click.command(short_help="Renew the files around the content.")
@folder
@click.option("--apply", "apply_it", is_flag=True, help="Make the changes; on a terminal you are asked first.")
@click.option("--yes", is_flag=True, help="With --apply: do not ask.")
@click.option("--restore", is_flag=True, help="Bring back files that were deleted.")
@click.option(
    "--keep", metavar="FILE", multiple=True, help="Your version of this file is right: nothing is proposed for it."
)
@click.option(
    "--host",
    type=click.Choice(("github", "gitlab", "none")),
    default=None,
    help="From now on the workflows of this code host.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "patch")),
    default="text",
    show_default=True,
    help="text says what happens to each file; patch is only what `git apply` takes.",
)
@click.pass_context
def upgrade(  # noqa: PLR0913  (one parameter for each option)
    context: click.Context,
    folder: Path,
    *,
    apply_it: bool,
    yes: bool,
    restore: bool,
    keep: tuple[str, ...],
    host: Host | None,
    form: str,
) -> None:
    """Show what this version of pmogen changes in the files around the content of DIR, and with --apply change it.

    These are the files that `pmogen init` made: workflows, settings, schemas, README. content/ and catalog/ are never touched.
    What nobody edited is replaced. What you edited is merged where both changes fit together, and stays as it is where they do
    not. What you deleted stays deleted. Ends with 1 while something waits to be applied or decided.
    """
    from pmogen import check
    from pmogen.site.upgrade import Wishes, apply
    from pmogen.site.upgrade import upgrade as compare

    checked = check(folder)
    if checked.workspace is None:
        report(checked)
        click.echo(next_command("pmogen upgrade", folder, _("mend the errors above, then ")))
        context.exit(1)
    found = compare(folder, checked.workspace, __version__, Wishes(restore, frozenset(keep), host))
    _tell(found, form)
    wanted = found.waiting or bool(keep and found.edited.new)
    if apply_it and wanted:
        if not (yes or _agreed()):
            context.exit(NOT_WRITTEN)
        apply(folder, found)
        click.echo(
            _(
                "the files around the content are those of pmogen {version}; review and commit them",
                version=__version__,
            ),
            err=True,
        )
        click.echo(next_command("pmogen build", folder), err=True)
    elif wanted:
        click.echo(next_command("pmogen upgrade --apply", folder), err=True)
    if found.of("edited") or (wanted and not apply_it):
        context.exit(NOT_WRITTEN)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return True
    agreed = click.confirm(_("write this?"), default=False, err=True)
    if not agreed:
        click.echo(_("nothing was written"), err=True)
    return agreed


def _tell(found: Upgrade, form: str) -> None:
    from pmogen.edit import patch_of

    words = {
        "new": _("new"),
        "as generated": _("replaced, as nobody edited it"),
        "merged": _("merged with your edits"),
        "gone": _("deleted, as it is no longer generated and nobody edited it"),
        "edited": _("stays as you edited it, as the newer one does not fit into it"),
        "missing": _("deleted by you; --restore brings it back"),
        "left": _("no longer generated; it stays, as you edited it"),
    }
    for each in found.differences:
        said = _("brought back") if each.state == "missing" and each.proposed is not None else words[each.state]
        click.echo(f"{each.path}: {said}", err=True)
    if not found.waiting and not found.of("edited"):
        click.echo(_("the files around the content are up to date"), err=True)
        return
    new = {**found.edited.new, **dict.fromkeys(found.removed)}
    old = {**found.edited.old, **{path: _old(found, path) for path in found.removed}}
    shown = [path for path in new if form == "patch" or not path.startswith(".pmogen/")]
    show_patch(patch_of({path: old[path] for path in shown}, {path: new[path] for path in shown}))
    if form == "text":
        for each in found.of("edited"):
            click.echo("")
            click.echo(
                _(
                    "{file}: this is not applied; take over by hand what you want, then say --keep {file}",
                    file=each.path,
                )
            )
            show_patch(patch_of({each.path: each.old}, {each.path: each.generated}))


def _old(found: Upgrade, path: str) -> bytes | None:
    return next(each.old for each in found.differences if each.path == path)
