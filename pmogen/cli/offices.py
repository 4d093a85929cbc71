"""Building the offices of a group, and saying how it went."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.reports.text import visible
from pmogen.cli.stages import Stages
from pmogen.language import ngettext

if TYPE_CHECKING:
    from pmogen.group.settings import Office
    from pmogen.site.offices import Outcome


def build_all(
    folder: Path, offices: tuple[Office, ...], jobs: int | None, stages: Stages, options: tuple[str, ...]
) -> tuple[Outcome, ...]:
    """Builds the offices that have a folder with these options of `pmogen build`, and says what went wrong."""
    from pmogen.cli import run
    from pmogen.site.offices import Way, build_offices

    of = sum(office.folder is not None for office in offices)
    if not of:
        return ()
    with stages("offices"):
        way = Way(options, jobs or _cores(), run, _prepare)
        outcomes = build_offices(folder, offices, way, lambda done: stages.counted(done, of))
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


def _cores() -> int:
    """As many offices at the same time as there are cores, or as the environment says."""
    from pmogen.aside import JOBS_VARIABLE

    asked = os.environ.get(JOBS_VARIABLE, "")
    if asked.isdecimal():
        return max(1, int(asked))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _prepare(folders: Iterable[Path]) -> None:
    """Fetches what the builds of all these offices begin with: modules, and templates in their languages."""
    import pmogen.exchange.files
    import pmogen.history
    import pmogen.model.load
    import pmogen.render.survey
    import pmogen.rules
    import pmogen.site.builder  # noqa: F401 (imported here, so that the others need not do it)
    from pmogen.data import data_root
    from pmogen.exchange import playbook_schema
    from pmogen.render.ahead import compile_beside
    from pmogen.site.kept_templates import KeptTemplates
    from pmogen.site.templates import read_templates
    from pmogen.source.language import language_of

    playbook_schema()
    languages = sorted({language_of(folder) for folder in folders})
    compile_beside(read_templates(data_root()), languages, KeptTemplates())()
