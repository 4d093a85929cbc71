"""`pmogen build`: check, compute, write the pages, build the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.commit import commit, commit_of
from pmogen.cli.reports.text import counted
from pmogen.cli.stages import Stages
from pmogen.cli.workspace import folder, next_command, report
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen.model.workspace import Workspace
    from pmogen.site.builder import Site
    from pmogen.site.standing import Outline

BUILDERS = ("mkdocs", "zensical", "properdocs", "none")


@click.command()
@folder
@click.option(
    "--builder", type=click.Choice(BUILDERS), default="mkdocs", show_default=True, help="What makes the site."
)
@click.option("--frozen", is_flag=True, help="Refuse a plan that is missing or out of date, as in CI.")
@click.option("--exports", is_flag=True, help="Offer slides and a document for download as well.")
@commit
@click.pass_context
def build(
    context: click.Context, folder: Path, builder: str, *, commit: str | None, frozen: bool, exports: bool
) -> None:
    """Build the playbook site of DIR.

    Checks everything first: errors stop the build before anything is written. Then writes the pages to build/ and
    runs the site builder strictly, which makes site/. `--builder none` stops after the pages. The plan is that of
    content/plan.yml while what it rests on is unchanged. Plan, calendar and tables are always offered for download; with
    --exports also what `pmogen export` makes for office programs.

    Where DIR is a group of offices (it has a group.yml), all of them are built with these options, and one overview of them,
    as `pmogen group` does, which has further options.
    """
    from pmogen.source.group import is_group

    if is_group(folder):
        from pmogen.cli.group import group

        context.invoke(group, folder=folder, builder=builder, commit=commit, frozen=frozen, exports=exports)
        return
    from pmogen import build as build_playbook
    from pmogen.history import known_history

    stages = Stages()
    sha = commit_of(folder, commit)
    built = build_playbook(folder, builder, stages, sha, frozen=frozen, exports=exports, remember=known_history)
    checked, outline, written = built.generated.checked, built.generated.outline, built.generated.written
    report(checked)
    if checked.workspace is None or outline is None or written is None:
        click.echo(_("nothing was written"))
        click.echo(next_command("pmogen build", folder, _("mend the errors above, then ")))
        context.exit(1)
    click.echo(summary(checked.workspace, outline) + f", {counted(checked.diagnostics)}")
    if outline.stale:
        click.echo(_("content/plan.yml is out of date, so the pages show a new plan: `pmogen plan` publishes it"))
    same = len(written.unchanged)
    click.echo(
        ngettext(
            "build/: {count} file written, {same} as they were",
            "build/: {count} files written, {same} as they were",
            len(written.changed),
            same=same,
        )
    )
    click.echo(str(stages))
    if built.site is None:
        click.echo(next_command("pmogen build", folder))
        return
    click.echo(_site(built.site))
    click.echo(next_command("pmogen serve", folder))


def summary(workspace: Workspace, outline: Outline) -> str:
    """What the playbook holds, in one line."""
    waves = len(workspace.roadmap.waves)
    return _(
        "{title}: {gaps}, {services} planned in {waves}",
        title=workspace.settings.title,
        gaps=ngettext("{count} gap", "{count} gaps", outline.gaps),
        services=ngettext("{count} service", "{count} services", outline.services),
        waves=ngettext("{count} wave", "{count} waves", waves),
    )


def _site(site: Site) -> str:
    """How many pages there are, whether they are new, and where to look."""
    first = site.index.resolve()
    if site.stood_already:
        return ngettext(
            "site/: {count} page, as it was: {first}",
            "site/: {count} pages, as it was: {first}",
            site.pages,
            first=first,
        )
    return ngettext("site/: {count} page, new: {first}", "site/: {count} pages, new: {first}", site.pages, first=first)
