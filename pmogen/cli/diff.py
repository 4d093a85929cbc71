"""`pmogen diff`: what a change really does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.workspace import folder_option

if TYPE_CHECKING:
    from pmogen.diff import Comparison, Side
    from pmogen.source.files import Sources

FORMS = ("text", "markdown", "json", "html")
DIFFERS = 3
"""How it ends when something differs and that was asked for; 1 is an error, 2 a wrong option."""


@click.command(short_help="Say what a change does to gaps, services, waves and people.")
@click.argument("base", required=False)
@click.argument("head", required=False)
@folder_option
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="How to say it.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="File to write; default the output."
)
@click.option("--exit-code", is_flag=True, help="End with 3 when something differs.")
@click.pass_context
def diff(  # noqa: PLR0917 (click hands options on by name)
    context: click.Context,
    base: str | None,
    head: str | None,
    folder: Path,
    form: str,
    output: Path | None,
    exit_code: bool,
) -> None:
    """Compare two states of a playbook: which gap grows, which service moves and why, who is asked for more.

    BASE and HEAD are git revisions, folders, or playbook.json files. By default the working tree is compared with where it parted
    from the main branch. Nothing is written but --output; neither the working tree nor git's index is touched.
    """
    old = _side(folder, base, None) if base else _parted(folder)
    new = _side(folder, head, old)
    from pmogen.diff import compare

    comparison = compare(old, new)
    text = _said(comparison, form, folder)
    if output is not None:
        from pmogen.site.write import replace_file

        replace_file(output, text.encode())
        click.echo(str(output))
    else:
        click.echo(text, nl=False)
    if exit_code and (comparison.changes or comparison.edits):
        context.exit(DIFFERS)


def _parted(folder: Path) -> Side:
    """The commit at which the working tree parted from the main branch."""
    from pmogen.errors import PmogenError
    from pmogen.history import repository_of
    from pmogen.language import _

    repository = repository_of(folder)
    main = repository.main_branch() if repository else None
    if repository is None or main is None:
        raise PmogenError(
            _("there is no main branch to compare with"),
            _("say what to compare: pmogen diff BASE, where BASE is a revision, a folder or a playbook.json"),
        )
    parted, newest = repository.merge_base(main), repository.commit(main)
    if parted is None:  # a clone without the whole history
        return _of_revision(folder, main, _("{branch} as it is now, as it is not known where they parted", branch=main))
    return _of_revision(folder, parted, main if parted == newest else f"{main} ({parted[:7]})")


def _side(folder: Path, asked: str | None, before: Side | None) -> Side:
    """The side that was asked for: nothing is the working tree.

    A folder with a playbook and a .json file come before a revision of the same name, a revision before anything else.
    """
    from pmogen.errors import PmogenError
    from pmogen.history import repository_of
    from pmogen.language import _
    from pmogen.source.files import read_sources

    if asked is None:
        return _of_sources(_("the working tree"), read_sources(folder), before)
    path = Path(asked)
    is_file = os.path.isfile(asked)  # noqa: PTH113 (says no where pathlib raises: a name that is too long)
    if os.path.isdir(path / "content"):  # noqa: PTH112 (the same)
        return _of_sources(asked, read_sources(path), before)
    if is_file and path.suffix == ".json":
        return _of_json(asked, path)
    repository = repository_of(folder)
    if repository is not None and repository.commit(asked):
        return _of_revision(folder, asked, asked, before)
    if is_file:
        return _of_json(asked, path)
    raise PmogenError(
        _("{name} is no revision, no folder with a playbook and no file", name=asked),
        _("a branch, a tag, a commit such as HEAD~1, a folder, or a playbook.json"),
    )


def _of_sources(name: str, sources: Sources, before: Side | None) -> Side:
    """The side of a workspace; what the side before it says in the same words is not parsed again."""
    from pmogen.source.ahead import parsed_ahead

    known = before.loaded.documents if before and before.loaded else parsed_ahead(sources)
    from pmogen.diff import side_of_sources

    return side_of_sources(name, sources, known)


def _of_json(name: str, path: Path) -> Side:
    """The side of a playbook.json; no more of it is read than tells that it is too large."""
    from pmogen.diff import side_of_json
    from pmogen.exchange.read import LARGEST

    with path.open("rb") as stream:
        return side_of_json(name, stream.read(LARGEST + 1))


def _of_revision(folder: Path, revision: str, name: str, before: Side | None = None) -> Side:
    from pmogen.history import NoWorkspaceError, Repository

    try:
        return _of_sources(name, Repository(folder.resolve()).sources(revision), before)
    except NoWorkspaceError:
        from pmogen.diff import Side

        return Side(name, None)


def _said(comparison: Comparison, form: str, folder: Path) -> str:
    if form == "json":
        from pmogen.diff.record import diff_json

        return diff_json(comparison)
    from pmogen.diff.told import told

    found = told(comparison)
    if form == "markdown":
        from pmogen.render.review import comment

        return comment(found)
    if form == "html":
        from pmogen.render.review import review_page
        from pmogen.site.policy import with_policy
        from pmogen.site.templates import read_templates

        return with_policy(review_page(comparison, found, read_templates(folder)))
    from pmogen.cli.reports.diff import lines_of

    return "".join(f"{line}\n" for line in lines_of(found))
