"""`pmogen versions`: the newest playbook and all released versions, ready to be published together."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.build import BUILDERS
from pmogen.cli.reports.text import say
from pmogen.cli.workspace import folder
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen.site.released import Version
    from pmogen.site.versions import About, Freezer, Frozen, Make

KEPT = ".cache/released"


@click.command(short_help="Put released versions beside the newest.")
@folder
@click.option(
    "--output",
    metavar="DIR",
    default="public",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to publish; made anew each time.",
)
@click.option(
    "--released",
    metavar="DIR",
    default=None,
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder that keeps the released versions, a file each; default {KEPT} of the playbook.",
)
@click.option("--only", metavar="TAG", default=None, help="Only keep this version; publish nothing.")
@click.option(
    "--builder",
    type=click.Choice([name for name in BUILDERS if name != "none"]),
    default="mkdocs",
    show_default=True,
    help="What makes the sites.",
)
@click.pass_context
def versions(
    context: click.Context, folder: Path, *, output: Path, released: Path | None, only: str | None, builder: str
) -> None:
    """Make a folder to publish: the newest playbook of DIR, and below versions/ each one that was released.

    A version is a git tag such as playbook-2027.1, which `pmogen release` makes. It is built once and kept, so that it
    stays as it was on its day; a page lists all of them, with what changed from each to the next.
    """
    from pmogen.cli.commit import commit_of
    from pmogen.site.released import released_versions
    from pmogen.site.versions import Freezer, publish

    known, make = released_versions(folder), _maker(builder)
    freezer = Freezer(
        folder, released or folder / KEPT, make, lambda old, new: _changes(folder, old, new, needed=only is not None)
    )
    if only is not None:
        _refuse_unknown(only, known)
    frozen = tuple(_frozen(freezer, known, only))
    if only is not None:
        context.exit(int(any(one.problem for one in frozen)))
    newest = make(folder, commit_of(folder, None))
    publish(folder, output, frozen, newest, _changes(folder, known[0].tag, None) if known else {})
    click.echo(
        ngettext(
            "{output}: the newest, and {count} released version",
            "{output}: the newest, and {count} released versions",
            sum(one.about is not None for one in frozen),
            output=output,
        )
    )
    click.echo(_("next: open {first}, or publish {output}", first=output / "versions" / "index.html", output=output))


def _frozen(freezer: Freezer, known: tuple[Version, ...], only: str | None) -> Iterator[Frozen]:
    """Each version, the newest first, built where it is not kept yet; said aloud."""
    from pmogen.site.released import with_earlier

    for version, before in with_earlier(known):
        if only in (None, version.tag):
            one = freezer.freeze(version, before)
            if one.problem:
                say("warning", _("{tag} cannot be built: {problem}", tag=version.tag, problem=one.problem))
            else:
                click.echo(_("{tag} is kept in {file}", tag=version.tag, file=one.file))
            yield one


def _refuse_unknown(tag: str, known: tuple[Version, ...]) -> None:
    from pmogen.errors import PmogenError

    if tag not in {version.tag for version in known}:
        raise PmogenError(_("no version has the tag {tag}", tag=tag), _("`git tag --list 'playbook-*'` lists them"))


def _maker(builder: str) -> Make:
    """What builds a workspace and says what it is."""

    def make(root: Path, commit: str | None) -> About:
        from pmogen import __version__, build
        from pmogen.errors import PmogenError
        from pmogen.history import known_history
        from pmogen.site.versions import About

        built = build(root, builder, commit=commit, remember=known_history)
        workspace = built.generated.checked.workspace
        if workspace is None:
            first = next(found for found in built.generated.checked.diagnostics if found.severity == "error")
            raise PmogenError(f"{first.span}: {first.message}", _("mend it; `pmogen check` says the rest"))
        settings = workspace.settings
        return About(settings.title, settings.version, settings.as_of.isoformat(), settings.language, __version__)

    return make


def _changes(folder: Path, old: str, new: str | None, *, needed: bool = False) -> Mapping[str, str]:
    """What `pmogen diff` says of two tags, as a page and as Markdown; nothing, with a warning, when it cannot.

    Raises `PmogenError` instead where it is needed: a release is made once, so it does not go without.
    """
    import subprocess
    import tempfile

    from pmogen.errors import PmogenError
    from pmogen.site.versions import CHANGES, NOTES

    found: dict[str, str] = {}
    tags = [tag if not (folder / tag).exists() else f"refs/tags/{tag}" for tag in (old, new) if tag is not None]
    with tempfile.TemporaryDirectory() as temporary:
        for name, form in ((CHANGES, "html"), (NOTES, "markdown")):
            file = Path(temporary, name)
            command = [sys.executable, "-P", "-m", "pmogen", "diff", *tags, "--format", form, "--output", str(file)]
            done = subprocess.run(
                command, cwd=folder, check=False, capture_output=True, encoding="utf-8", errors="replace"
            )
            if not file.is_file():
                told = _("what changed since {tag} is not told: {said}", tag=old, said=done.stderr.strip())
                if needed:
                    raise PmogenError(told)
                say("warning", told)
                break
            found[name] = file.read_text("utf-8")
    return found
