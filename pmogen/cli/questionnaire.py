"""`pmogen export questionnaire` and `pmogen import questionnaire`: the open questions of the foundation, and back."""

from __future__ import annotations

from pathlib import Path

import click

from pmogen.cli.editing import NOT_WRITTEN, change, yes
from pmogen.cli.reports.text import visible
from pmogen.cli.survey import date_of, for_forms, of_workspace, read_workspace, write_file
from pmogen.cli.workspace import folder, folder_option, next_command
from pmogen.language import _, ngettext

_FILE = "content/foundation.yml"


@click.command("questionnaire", short_help="The open questions of the foundation, as a form.")
@folder
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=None,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; default questionnaire.html.",
)
@for_forms
def export_questionnaire(
    folder: Path, output: Path | None, *, language: str | None, due: str | None, mail_to: str
) -> None:
    """Put the open and assumed questions of the foundation of DIR into a form, to be sent to the sponsor.

    It is one file of HTML that works without a network, can be printed, and gives the answers as a file or as text for a
    mail. `pmogen import questionnaire` reads them.
    """
    from pmogen.errors import PmogenError
    from pmogen.exchange.questionnaire import questionnaire_of
    from pmogen.language import speaking
    from pmogen.render.survey import questionnaire_page
    from pmogen.site.policy import policy, with_policy
    from pmogen.site.templates import read_templates

    ends = date_of(due)
    workspace = read_workspace(folder, language).workspace
    asked = questionnaire_of(workspace)
    if not asked.topics:
        raise PmogenError(_("every question of the foundation is answered: there is nothing to ask"))
    with speaking(language or workspace.settings.language):
        page = questionnaire_page(asked, read_templates(folder), workspace.settings.colours, mail_to=mail_to, due=ends)
    target = output or Path(f"questionnaire.{language}.html" if language else "questionnaire.html")
    write_file(target, with_policy(page, policy(page, own="")).encode(), b"<!doctype html>")
    count = sum(len(topic.questions) for topic in asked.topics)
    click.echo(ngettext("asked: {count} question", "asked: {count} questions", count))
    click.echo(
        next_command(
            of_workspace("pmogen import questionnaire FILE", folder), folder, _("send it to the sponsor; then ")
        )
    )


@click.command("questionnaire", short_help="Answers to the open questions of the foundation.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@folder_option
@click.option(
    "--lang",
    "language",
    metavar="CODE",
    help="Language of the answers, where texts are in several; default the main one.",
)
@yes
@click.pass_context
def import_questionnaire(context: click.Context, file: Path, folder: Path, *, language: str | None, yes: bool) -> None:
    """Read answers of the questionnaire into content/foundation.yml.

    FILE is what the form gave, as a file or as a mail. Only the lines of these answers change: the patch is shown, and on a
    terminal you are asked. Without a terminal nothing is written unless --yes says so. Ends with 1 when nothing was written
    that was wanted.
    """
    from pmogen.exchange.questionnaire import answers_as_changes, read_questionnaire
    from pmogen.exchange.survey import Handed
    from pmogen.exchange.survey.handed import MAX_BYTES
    from pmogen.source.given import read_given

    opened = read_workspace(folder)
    workspace = opened.workspace
    said, strange = read_questionnaire(Handed(file.as_posix(), read_given(file, MAX_BYTES)), workspace)
    if strange:
        names = visible(", ".join(strange))
        click.echo(_("{file}: not known, so it was ignored: {names}", file=file, names=names), err=True)
    if not said:
        click.echo(_("no question was answered: nothing to write"), err=True)
        context.exit(NOT_WRITTEN)
    written = opened.documents[_FILE].value
    change(
        context,
        folder,
        lambda read: answers_as_changes(read, written, said, language),
        yes=yes,
        then="pmogen check",
    )
