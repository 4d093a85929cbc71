"""`pmogen group`: the offices of a group, built beside each other, and one overview of them."""

from __future__ import annotations

import json
import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from pmogen.cli.build import BUILDERS
from pmogen.cli.commit import commit
from pmogen.cli.offices import build_all
from pmogen.cli.reports.text import counted, say, show
from pmogen.cli.stages import Stages
from pmogen.cli.workspace import next_command
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen.group.overview import Overview
    from pmogen.group.settings import Group, Office
    from pmogen.site.builder import Site
    from pmogen.site.offices import Outcome


@click.command(short_help="Build many offices, and one overview of them.")
@click.argument(
    "folder",
    metavar="[DIR]",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--jobs",
    "-j",
    metavar="N",
    type=click.IntRange(1, 256),
    default=None,
    help="Offices built at the same time; default one for each core.",
)
@click.option(
    "--builder", type=click.Choice(BUILDERS), default="mkdocs", show_default=True, help="What makes the sites."
)
@click.option("--frozen", is_flag=True, help="Refuse plans that are missing or out of date, as in CI.")
@click.option("--exports", is_flag=True, help="Offer slides and a document of each office for download as well.")
@commit
@click.option("--only", metavar="ID", multiple=True, help="Build this office only, and no overview; may be repeated.")
@click.option("--overview", "only_overview", is_flag=True, help="Build no office; roll up what they built before.")
@click.option("--fetch", is_flag=True, help="Ask the addresses that group.yml names for their playbooks.")
@click.option("--list", "listing", is_flag=True, help="Print the offices with a folder as JSON, for CI; build nothing.")
@click.option(
    "--set-up",
    is_flag=True,
    help="Write what a group needs beside its offices, where it is missing: mkdocs.yml and a workflow; build nothing.",
)
@click.pass_context
def group(  # noqa: PLR0913 (each is an option)
    context: click.Context,
    folder: Path,
    *,
    jobs: int | None,
    builder: str,
    frozen: bool,
    exports: bool,
    commit: str | None,
    only: tuple[str, ...],
    only_overview: bool,
    fetch: bool,
    listing: bool,
    set_up: bool,
) -> None:
    """Build all offices of the group in DIR, and one overview site of them.

    group.yml in DIR names the offices: workspaces below DIR, or playbooks that are published elsewhere. Each is built for
    itself; what is wrong in one does not stop the others. The overview in DIR/site/ rolls up levels, gaps, waves and
    hand-offs, compares the offices that agree to it, and names gaps worth one joint service.
    """
    if only and only_overview:
        message = "--only builds offices and no overview, --overview builds no office: give one of them"
        raise click.UsageError(message)
    if set_up:
        _set_up(folder)
    read = _read(folder, sys.stderr if listing else sys.stdout)
    if read is None:
        context.exit(1)
    offices = _chosen(read, only)
    if listing:
        listed = [{"id": office.id, "folder": office.folder} for office in offices if office.folder is not None]
        click.echo(json.dumps(listed))
    if listing or set_up:
        return
    stages = Stages()
    outcomes: tuple[Outcome, ...] = ()
    if not only:
        _refuse_without_configuration(folder)
    if not only_overview:
        options = _options(builder, commit, frozen=frozen, exports=exports)
        outcomes = build_all(folder, offices, jobs, stages, options)
    broken = frozenset(outcome.office.id for outcome in outcomes if outcome.code)
    if only:
        click.echo(str(stages))
        context.exit(int(bool(broken)))
    context.exit(int(not _overview(folder, read, broken, stages, builder=builder, fetching=fetch)))


def _refuse_without_configuration(folder: Path) -> None:
    """Before anything is built."""
    from pmogen.site.group import refuse_without_configuration

    refuse_without_configuration(folder)


def _overview(
    folder: Path, group: Group, broken: frozenset[str], stages: Stages, *, builder: str, fetching: bool
) -> bool:
    """Makes the overview; whether all offices are in it."""
    from pmogen import __version__
    from pmogen.render.group import render_group
    from pmogen.site.group import build_overview, overview_in
    from pmogen.site.templates import read_templates

    with stages("roll up"):
        found = overview_in(folder, group, broken, fetching=fetching)
    _tell_who_is_missing(found, broken, fetching=fetching)
    if not found.reports:
        click.echo(str(stages))
        click.echo(_("no office has a playbook, so there is no overview"))
        return False
    with stages("roll up"):
        site = build_overview(folder, found, render_group(found, read_templates(folder)), builder, __version__)
    click.echo(str(stages))
    click.echo(_summary(found, site))
    return not found.missing


def _read(folder: Path, out: TextIO) -> Group | None:
    """The group in a folder, whatever is wrong with its group.yml told; from here on its language is spoken."""
    from contextlib import ExitStack

    from pmogen.language import speaking
    from pmogen.site.group import group_in
    from pmogen.source.group import GROUP_FILE

    read, raw, found = group_in(folder)
    if read is not None:
        click.get_current_context().ensure_object(ExitStack).enter_context(speaking(read.language))
    show(found, {GROUP_FILE: raw}, out)
    if found:
        click.echo(counted(found), file=out)
    return read


def _chosen(group: Group, only: tuple[str, ...]) -> tuple[Office, ...]:
    from pmogen.errors import PmogenError

    known = {office.id: office for office in group.offices}
    for identifier in only:
        if identifier not in known:
            message = _("the group has no office `{id}`", id=identifier)
            raise PmogenError(message, _("known are {names}", names=", ".join(known)))
    return tuple(office for office in group.offices if not only or office.id in only)


def _set_up(folder: Path) -> None:
    from pmogen import __version__
    from pmogen.site.founding import set_up

    for name in set_up(folder, __version__):
        click.echo(name)
    click.echo(next_command("pmogen build", folder))


def _tell_who_is_missing(overview: Overview, broken: frozenset[str], *, fetching: bool) -> None:
    """Says which offices report nothing, or what they reported earlier; what a build said stands above already."""
    for report in overview.earlier:
        day = report.document.playbook.as_of
        told = _("its figures were fetched earlier, as of {day}: {why}", day=day, why=report.earlier)
        say("warning" if fetching else "note", f"{report.office.name} ({report.office.id}): {told}")
    unknown = [missing for missing in overview.missing if missing.office.id not in broken]
    for missing, after in zip_longest(unknown, unknown[1:]):
        same = after is not None and after.hint == missing.hint
        told = f"{missing.office.name} ({missing.office.id}): {missing.message}"
        say("error", told, "" if same else missing.hint)


def _options(builder: str, commit: str | None, *, frozen: bool, exports: bool) -> tuple[str, ...]:
    """The options with which each office is built."""
    flags = {"--frozen": frozen, "--exports": exports}
    said = ("--commit", commit) if commit else ()
    return ("--builder", builder, *said, *(flag for flag, given in flags.items() if given))


def _summary(overview: Overview, site: Site | None) -> str:
    offices = ngettext("{count} office", "{count} offices", len(overview.reports))
    joint = ngettext("{count} joint service", "{count} joint services", len(overview.joint))
    said = _("{title}: {offices}, {joint} worth a look", title=overview.group.title, offices=offices, joint=joint)
    if site is None:
        return said
    return "\n".join((said, _("overview: {first}", first=site.index.resolve())))
