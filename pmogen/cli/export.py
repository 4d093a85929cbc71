"""`pmogen export`: the playbook in one file, to be sent, kept or printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pmogen.cli.build import BUILDERS
from pmogen.cli.reports.text import plural
from pmogen.cli.workspace import folder, next_command, report

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group()
def export() -> None:
    """Put the playbook into one file, to be sent, kept or printed."""


def _options(default: str) -> Callable[[Command], Command]:
    output = click.option(
        *("-o", "--output"),
        metavar="FILE",
        default=default,
        show_default=True,
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where to write it.",
    )
    pages = click.option(
        "--pages", metavar="NAMES", default="", help="Only these sections or pages, as in `home,roadmap,gaps/index`."
    )
    builder = click.option(
        "--builder",
        type=click.Choice([name for name in BUILDERS if name != "none"]),
        default="mkdocs",
        show_default=True,
        help="What makes the pages.",
    )
    return lambda function: folder(output(pages(builder(function))))


@export.command("html", short_help="One file of HTML.")
@_options("playbook.html")
@click.pass_context
def as_html(context: click.Context, folder: Path, output: Path, pages: str, *, builder: str) -> None:
    """Put all pages of DIR into one file of HTML.

    It opens from a disk or an e-mail in any browser, with its own contents, search, filters, pictures and colours, and
    asks nobody for anything. The site is built first where it is out of date.
    """
    from pmogen.site.html_export import export_html

    _build(context, folder, builder)
    _write(output, export_html(folder, _names(pages)).encode("utf-8"), b"<!doctype html>")
    click.echo("next: open it in a browser, or send it to somebody")


@export.command("pdf", short_help="A PDF, printed by an installed browser.")
@_options("playbook.pdf")
@click.option(
    "--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True, help="Size of the sheets."
)
@click.pass_context
def as_pdf(context: click.Context, folder: Path, output: Path, pages: str, *, builder: str, paper: str) -> None:
    """Print the pages of DIR to a PDF.

    An installed Chromium, Chrome or Edge does it (name another program in PMOGEN_BROWSER). The PDF has an outline and is
    tagged for screen readers. Without --pages it holds the whole playbook, which may be hundreds of sheets.
    """
    from pmogen.site.html_export import export_html
    from pmogen.site.pdf import print_pdf

    _build(context, folder, builder)
    _write(output, print_pdf(export_html(folder, _names(pages), paper=paper)), b"%PDF-")


def _names(pages: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in pages.split(",") if name.strip())


def _build(context: click.Context, folder: Path, builder: str) -> None:
    from pmogen import build

    built = build(folder, builder)
    if built.site is None:
        report(built.generated.checked)
        click.echo("nothing was exported")
        click.echo(next_command("pmogen check", folder, "mend the errors above, then "))
        context.exit(1)
    click.echo(f"site/: {plural(built.site.pages, 'page')}")


def _write(output: Path, content: bytes, beginning: bytes) -> None:
    """Writes the file; one of the same name is only replaced when it is of the same kind."""
    from pmogen.errors import PmogenError
    from pmogen.site.write import replace_file

    if output.is_file():
        with output.open("rb") as there:
            if there.read(len(beginning)).lower() != beginning.lower():
                raise PmogenError(f"{output} is something else, so it was not replaced", "name another file: -o FILE")
    try:
        replace_file(output, content)
    except OSError as error:
        raise PmogenError(f"{output} cannot be written: {error.strerror}", "name another file: -o FILE") from error
    click.echo(f"{output.resolve()}: {len(content) / 1_000_000:.1f} MB")
