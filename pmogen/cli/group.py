"""`pmogen group`: the offices of a group, built beside each other, and one overview of them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.build import BUILDERS
from pmogen.cli.reports.text import counted, say, show, visible
from pmogen.cli.stages import Stages
from pmogen.cli.workspace import next_command
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen.group.overview import Overview
    from pmogen.group.settings import Group, Office
    from pmogen.site.builder import Site
    from pmogen.site.group import Outcome


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
    read, raw = _read(folder)
    if read is None:
        context.exit(1)
    if set_up:
        _set_up(folder)
        return
    offices = _chosen(read, only)
    if listing:
        listed = [{"id": office.id, "folder": office.folder} for office in offices if office.folder is not None]
        click.echo(json.dumps(listed))
        return
    stages = Stages()
    outcomes: tuple[Outcome, ...] = ()
    if not only_overview:
        outcomes = _build(folder, offices, jobs or _cores(), stages, _options(builder, frozen=frozen))
    broken = frozenset(outcome.office.id for outcome in outcomes if outcome.code)
    if only:
        click.echo(str(stages))
        context.exit(int(bool(broken)))
    from pmogen import __version__
    from pmogen.render.group import render_group
    from pmogen.site.group import build_overview, overview_in
    from pmogen.site.templates import read_templates

    site: Site | None = None
    with stages("roll up"):
        found = overview_in(folder, read, raw, broken, fetching=fetch)
        if found.reports:
            site = build_overview(folder, found, render_group(found, read_templates(folder)), builder, __version__)
    for missing in found.missing:
        if missing.office.id not in broken:
            say("error", f"{missing.office.name} ({missing.office.id}): {missing.why}")
    click.echo(str(stages))
    if not found.reports:
        click.echo(_("no office has a playbook, so there is no overview"))
        context.exit(1)
    click.echo(_summary(found, site))
    context.exit(int(bool(found.missing)))


def _read(folder: Path) -> tuple[Group | None, bytes]:
    """The group in a folder, whatever is wrong with its group.yml told; from here on its language is spoken."""
    from contextlib import ExitStack

    from pmogen.language import speaking
    from pmogen.site.group import group_in
    from pmogen.source.group import GROUP_FILE

    read, raw, found = group_in(folder)
    if read is not None:
        click.get_current_context().ensure_object(ExitStack).enter_context(speaking(read.language))
    show(found, {GROUP_FILE: raw}, sys.stdout)
    if found:
        click.echo(counted(found))
    return read, raw


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
    from pmogen.site.group import set_up

    for name in set_up(folder, __version__):
        click.echo(name)
    click.echo(next_command("pmogen group", folder))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _options(builder: str, *, frozen: bool) -> tuple[str, ...]:
    return ("--builder", builder, *(("--frozen",) if frozen else ()))


def _build(
    folder: Path, offices: tuple[Office, ...], jobs: int, stages: Stages, options: tuple[str, ...]
) -> tuple[Outcome, ...]:
    from pmogen.site.group import build_offices

    of = sum(office.folder is not None for office in offices)
    if not of:
        return ()
    with stages("offices"):
        outcomes = build_offices(folder, offices, jobs, options, lambda done: stages.counted(done, of))
    for outcome in outcomes:
        _tell(outcome, alone=len(outcomes) == 1)
    good = sum(not outcome.code for outcome in outcomes)
    click.echo(ngettext("{good} of {count} office built", "{good} of {count} offices built", len(outcomes), good=good))
    return outcomes


def _tell(outcome: Outcome, *, alone: bool) -> None:
    """What an office that went wrong said, below its name; of one that went well only when there is no other."""
    if outcome.code or alone:
        click.echo(f"== {outcome.office.name} ({outcome.office.id})")
        click.echo(visible(outcome.said, lines=True))


def _summary(overview: Overview, site: Site | None) -> str:
    offices = ngettext("{count} office", "{count} offices", len(overview.reports))
    joint = ngettext("{count} joint service", "{count} joint services", len(overview.joint))
    said = _("{title}: {offices}, {joint} worth a look", title=overview.group.title, offices=offices, joint=joint)
    if site is None:
        return said
    return "\n".join((said, _("overview: {first}", first=site.index.resolve())))
