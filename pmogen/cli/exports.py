"""`pmogen export workbook`, `deck`, `docx`, `project`, `calendar`, `csv` and `all`: the playbook for the programs people work in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from pmogen.cli.editing import day
from pmogen.cli.stages import Stages
from pmogen.cli.workspace import folder, next_command, report
from pmogen.language import _, speaking

if TYPE_CHECKING:
    from pmogen.playbook import Playbook

Command = TypeVar("Command", bound=Callable[..., Any])

ZIP, XML, CALENDAR, CSV = b"PK\x03\x04", b"<?xml", b"BEGIN:VCALENDAR", b"\xef\xbb\xbf"
"""How the files begin that may be replaced."""


def _options(default: str, metavar: str = "FILE") -> Callable[[Command], Command]:
    output = click.option(
        *("-o", "--output"),
        metavar=metavar,
        default=default,
        show_default=True,
        type=click.Path(path_type=Path),
        help="Where to write it.",
    )
    language = click.option(
        "--lang",
        "language",
        metavar="CODE",
        help="Which language of the playbook, as in `de`; by default the main one.",
    )
    as_of = click.option(
        "--as-of",
        metavar="DAY",
        callback=day,
        help="Day it speaks as of, as in 2027-01-31, or today; by default that of the playbook.",
    )
    return lambda function: folder(output(language(as_of(function))))


@click.command("deck", short_help="Slides for the board, or on products and services.")
@_options("steering.pptx")
@click.option(
    "--kind",
    type=click.Choice(["steering", "services"]),
    default="steering",
    show_default=True,
    help="What for: a steering board, or the talk about products and services.",
)
@click.option(
    "--template",
    metavar="FILE.pptx",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A presentation whose master, fonts and colours are taken; its slides are left out.",
)
@click.pass_context
def export_deck(
    context: click.Context,
    folder: Path,
    output: Path,
    *,
    language: str | None,
    as_of: str | None,
    kind: Any,
    template: Path | None,
) -> None:
    """Make a presentation (.pptx) of the playbook of DIR.

    Its tables and charts are native and can be edited; the notes name the lines that figures come from. `steering` is for a
    board: gaps, roadmap, load, hand-offs, decisions asked for, risks. `services` opens the talk about what a PMO can do.
    """
    from pmogen.exchange.files import libraries
    from pmogen.exchange.told import Told

    with libraries():
        from pmogen.exchange.deck import deck_pptx
    brought = _template(template)
    with _exporting(context, folder, language, as_of) as playbook:
        made = deck_pptx(Told(playbook), kind, brought, str(template))
    if context.get_parameter_source("output") is ParameterSource.DEFAULT:
        output = Path(f"{kind}.pptx")
    _write_office(_named(context, output, language), made)
    click.echo(_("next: open it in PowerPoint or Impress; what is changed there stays there"))


@click.command("docx", short_help="A Word document, all of it or a part.")
@_options("playbook.docx")
@click.option(
    "--only",
    metavar="PART",
    default="",
    help="One part: foundation, gaps, services, roadmap, hand-offs, or hand-off:UNIT for the page of a unit.",
)
@click.pass_context
def export_docx(
    context: click.Context, folder: Path, output: Path, *, language: str | None, as_of: str | None, only: str
) -> None:
    """Make a document (.docx) of the playbook of DIR.

    With headings, a table of contents, tables, and the version on each page. `--only hand-off:UNIT` gives the one page that a
    unit outside the PMO gets.
    """
    from pmogen.exchange.files import libraries
    from pmogen.exchange.told import Told

    with libraries():
        from pmogen.exchange.word import playbook_docx
    with _exporting(context, folder, language, as_of) as playbook:
        made = playbook_docx(Told(playbook), only)
    if only and context.get_parameter_source("output") is ParameterSource.DEFAULT:
        output = Path(f"{only.replace(':', '-')}.docx")
    _write_office(_named(context, output, language), made)
    click.echo(_("next: open it in Word or Writer, and let it renew the table of contents"))


@click.command("workbook", short_help="A workbook for workshops, which can be read back.")
@_options("workbook.xlsx")
@click.option("--only", metavar="SHEETS", default="", help="Some of the sheets, as in `assessment,decisions`.")
@click.pass_context
def export_workbook(
    context: click.Context, folder: Path, output: Path, *, language: str | None, as_of: str | None, only: str
) -> None:
    """Make a workbook (.xlsx) of the playbook of DIR, to be filled in in workshops.

    Sheets for the foundation, expectations, levels, decisions, hand-offs and wishes for the roadmap are filled in; gaps, plan
    and load are shown beside them. `pmogen import workbook` brings back what was changed, cell by cell.
    """
    from pmogen.exchange.workbook import workbook_of

    with _exporting(context, folder, language, as_of) as playbook:
        made = workbook_of(playbook, language, tuple(filter(None, (name.strip() for name in only.split(",")))))
    target = _named(context, output, language)
    _write_office(target, made)
    click.echo(next_command(f"pmogen import workbook {target.name}", folder, _("fill it in; then ")))


@click.command("project", short_help="The roadmap for Microsoft Project.")
@_options("roadmap.xml")
@click.pass_context
def export_project(
    context: click.Context, folder: Path, output: Path, *, language: str | None, as_of: str | None
) -> None:
    """Make a plan (Microsoft Project XML) of the roadmap of DIR.

    Waves are summaries, services tasks with fixed dates and what they wait for, hand-offs milestones. Project, ProjectLibre
    and others open it.
    """
    from pmogen.cli.export import write
    from pmogen.exchange.project import project_xml
    from pmogen.exchange.told import Told

    with _exporting(context, folder, language, as_of) as playbook:
        made = project_xml(Told(playbook))
    write(_named(context, output, language), made, XML)
    click.echo(_("next: open it in Microsoft Project or ProjectLibre"))


@click.command("calendar", short_help="The dates for a calendar.")
@_options("calendar.ics")
@click.pass_context
def export_calendar(
    context: click.Context, folder: Path, output: Path, *, language: str | None, as_of: str | None
) -> None:
    """Make a calendar (iCalendar) of the dates of DIR.

    Waves, days on which hand-offs are due, decisions and accepted gaps to look at again, and the next assessment. Importing it
    once more moves what has moved: each date keeps its id.
    """
    from pmogen.cli.export import write
    from pmogen.exchange.calendar import calendar_ics
    from pmogen.exchange.told import Told

    with _exporting(context, folder, language, as_of) as playbook:
        made = calendar_ics(Told(playbook)).encode()
    write(_named(context, output, language), made, CALENDAR)
    click.echo(_("next: import it into a calendar"))


@click.command("csv", short_help="Every table as CSV.")
@_options("tables.zip")
@click.option("--only", metavar="TABLE", default="", help="One table, as in `gaps`, as a file of CSV.")
@click.pass_context
def export_csv(
    context: click.Context, folder: Path, output: Path, *, language: str | None, as_of: str | None, only: str
) -> None:
    """Put every table of DIR into CSV: one archive, or with --only one file.

    The tables and columns are those of playbook.json, with the same numbers. UTF-8 with a mark for Excel; a text that would
    be a formula has an apostrophe before it.
    """
    from pmogen.cli.export import write
    from pmogen.exchange.tables import table_csv, tables_zip
    from pmogen.exchange.told import Told

    with _exporting(context, folder, language, as_of) as playbook:
        made = table_csv(Told(playbook), only) if only else tables_zip(Told(playbook))
    if only and context.get_parameter_source("output") is ParameterSource.DEFAULT:
        output = Path(f"{only}.csv")
    write(_named(context, output, language), made, CSV if only else ZIP)
    click.echo(_("next: open it in a spreadsheet program"))


@click.command("all", short_help="All of these files into a folder.")
@_options("exports", "FOLDER")
@click.pass_context
def export_all(context: click.Context, folder: Path, output: Path, *, language: str | None, as_of: str | None) -> None:
    """Put all files that DIR can be handed on as into a folder: slides, document, plan, calendar and tables.

    `pmogen build --exports` offers the same files on the Downloads page.
    """
    from pmogen.cli.export import write
    from pmogen.cli.survey import BEGINNINGS
    from pmogen.exchange.files import office_files, plain_files
    from pmogen.exchange.told import Told
    from pmogen.render.survey import forms_of
    from pmogen.site.policy import policy, with_policy
    from pmogen.site.templates import read_templates
    from pmogen.source.files import read_sources

    stages = Stages()
    beginnings = {**BEGINNINGS, ".xml": XML, ".ics": CALENDAR, ".zip": ZIP}
    with _exporting(context, folder, language, as_of) as playbook:
        told = Told(playbook)
        office = office_files(told, language or "")
        made: dict[str, bytes] = {}
        for name, make in {**plain_files(told), **office}.items():
            with stages(name):
                made[name] = make()
        spoken = language or playbook.workspace.settings.language
        forms = forms_of(playbook.workspace, read_sources(folder), read_templates(folder), spoken)
        for name, make in forms.items():
            content = make()
            page = content.decode()
            made[name] = with_policy(page, policy(page, own="")).encode() if name.endswith(".html") else content
    target = output if not language else output / language
    for name, content in made.items():
        if Path(name).suffix in beginnings:
            write(target / name, content, beginnings[Path(name).suffix])
        else:
            _write_office(target / name, content)
    click.echo(next_command("pmogen build --exports", folder))


@contextmanager
def _exporting(context: click.Context, folder: Path, language: str | None, as_of: str | None) -> Iterator[Playbook]:
    """The playbook of a workspace; inside, its language is spoken. Mistakes in the workspace end the command."""
    from pmogen import playbook_of
    from pmogen.history import known_history

    date = dt.date.fromisoformat(as_of) if as_of else None
    checked, playbook = playbook_of(folder, Stages(), language=language, as_of=date, remember=known_history)
    if playbook is None:
        report(checked)
        click.echo(_("nothing was exported"))
        click.echo(next_command("pmogen check", folder, _("mend the errors above, then ")))
        context.exit(1)
    if playbook.plan_state == "stale":
        click.echo(_("content/plan.yml is out of date, so this shows a new plan: `pmogen plan` publishes it"), err=True)
    with speaking(playbook.workspace.settings.language if language is None else language):
        yield playbook


def _named(context: click.Context, output: Path, language: str | None) -> Path:
    """The file to write: one that nobody named says the language that was asked for, as in `steering.de.pptx`."""
    nobodys = context.get_parameter_source("output") is ParameterSource.DEFAULT
    return output.with_suffix(f".{language}{output.suffix}") if nobodys and language else output


def _template(path: Path | None) -> bytes | None:
    from pmogen.errors import PmogenError

    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise PmogenError(_("{file} cannot be read: {reason}", file=path, reason=error.strerror)) from error


def _write_office(output: Path, content: bytes) -> None:
    """Writes an office file; one that somebody has edited since, or that is another's, is not replaced."""
    from pmogen.cli.export import write
    from pmogen.errors import PmogenError
    from pmogen.exchange.package import was_edited

    if output.is_file() and was_edited(output.read_bytes()):
        message = _("{file} was saved by another program, so it was not replaced", file=output)
        raise PmogenError(message, _("name another file: -o FILE"))
    write(output, content, ZIP)


EXPORTS = (export_workbook, export_deck, export_docx, export_project, export_calendar, export_csv, export_all)
