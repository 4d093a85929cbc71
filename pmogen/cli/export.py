"""`pmogen export`: the playbook in one file, to be sent, kept or printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from pmogen.cli.build import BUILDERS
from pmogen.cli.exports import EXPORTS
from pmogen.cli.questionnaire import export_questionnaire
from pmogen.cli.survey import export_survey
from pmogen.cli.workspace import folder, next_command, report
from pmogen.language import _, ngettext, spoken

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
    language = click.option(
        "--lang",
        "language",
        metavar="CODE",
        help="Which language of the playbook, as in `de`; by default the main one.",
    )
    return lambda function: folder(output(pages(language(builder(function)))))


@export.command("html", short_help="One file of HTML.")
@_options("playbook.html")
@click.pass_context
def as_html(
    context: click.Context, folder: Path, output: Path, pages: str, *, language: str | None, builder: str
) -> None:
    """Put all pages of DIR into one file of HTML.

    It opens from a disk or an e-mail in any browser, with its own contents, search, filters, pictures and colours, and
    asks nobody for anything. The site is built first where it is out of date.
    """
    from pmogen.site.html_export import export_html

    _build(context, folder, builder)
    page = export_html(folder, _names(pages), language=language)
    write(_named(context, output, language), page.encode("utf-8"), b"<!doctype html>")
    click.echo(_("next: open it in a browser, or send it to somebody"))


@export.command("pdf", short_help="A PDF, printed by an installed browser.")
@_options("playbook.pdf")
@click.option(
    "--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True, help="Size of the sheets."
)
@click.pass_context
def as_pdf(
    context: click.Context,
    folder: Path,
    output: Path,
    pages: str,
    *,
    language: str | None,
    builder: str,
    paper: str,
) -> None:
    """Print the pages of DIR to a PDF.

    An installed Chromium, Chrome or Edge does it (name another program in PMOGEN_BROWSER). The PDF has an outline and is
    tagged for screen readers. Without --pages it holds the whole playbook, which may be hundreds of sheets.
    """
    from pmogen.site.html_export import export_html
    from pmogen.site.pdf import LARGE, print_pdf

    _build(context, folder, builder)
    page = export_html(folder, _names(pages), paper, language)
    if len(page) > LARGE:
        click.echo(_("a browser prints all of it, which takes minutes; --pages prints less"), err=True)
    write(_named(context, output, language), print_pdf(page), b"%PDF-")


def _named(context: click.Context, output: Path, language: str | None) -> Path:
    """The file to write: one that nobody named says the language that was asked for, as in `playbook.de.html`."""
    nobodys = context.get_parameter_source("output") is ParameterSource.DEFAULT
    return output.with_suffix(f".{language}{output.suffix}") if nobodys and language else output


def _names(pages: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in pages.split(",") if name.strip())


def _build(context: click.Context, folder: Path, builder: str) -> None:
    from pmogen import build
    from pmogen.history import known_history

    built = build(folder, builder, remember=known_history)
    if built.site is None:
        report(built.generated.checked)
        click.echo(_("nothing was exported"))
        click.echo(next_command("pmogen check", folder, _("mend the errors above, then ")))
        context.exit(1)
    click.echo(ngettext("site/: {count} page", "site/: {count} pages", built.site.pages))


def write(output: Path, content: bytes, beginning: bytes) -> None:
    """Writes the file; one of the same name is only replaced when it is of the same kind."""
    from pmogen.errors import PmogenError
    from pmogen.site.write import replace_file

    if output.is_file():
        with output.open("rb") as there:
            if there.read(len(beginning)).lower() != beginning.lower():
                message = _("{file} is something else, so it was not replaced", file=output)
                raise PmogenError(message, _("name another file: -o FILE"))
    try:
        replace_file(output, content)
    except OSError as error:
        message = _("{file} cannot be written: {reason}", file=output, reason=error.strerror)
        raise PmogenError(message, _("name another file: -o FILE")) from error
    large = len(content) >= 1_000_000
    size = (
        f"{len(content) / 1_000_000:.1f} MB".replace(".", spoken().point) if large else f"{len(content) / 1000:.0f} kB"
    )
    click.echo(f"{output.resolve()}: {size}")


export.add_command(export_survey)
export.add_command(export_questionnaire)
for command in EXPORTS:
    export.add_command(command)
