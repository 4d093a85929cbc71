"""`pmogen export survey` and `pmogen import survey`: what people are asked, and how their answers come back."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmogen.cli.editing import NOT_WRITTEN, agreed, day, yes
from pmogen.cli.reports.text import show, visible
from pmogen.cli.workspace import folder, folder_option, next_command
from pmogen.language import _, ngettext

if TYPE_CHECKING:
    from pmogen.exchange.survey import Anonymous, Collected, Merged, Survey
    from pmogen.model.workspace import Workspace
    from pmogen.source.files import Sources
    from pmogen.source.yaml import Document

Command = TypeVar("Command", bound=Callable[..., Any])

BEGINNINGS = {".html": b"<!doctype html>", ".txt": b"pmogen: ", ".csv": b"\xef\xbb\xbf[ID]"}
"""How the files begin that may be replaced, by their ending."""


def names(_context: click.Context, _option: click.Parameter, given: str) -> tuple[str, ...]:
    """Names with commas between them."""
    return tuple(name.strip() for name in given.split(",") if name.strip())


def for_forms(function: Command) -> Command:
    """The options of forms that are sent to people."""
    language = click.option(
        "--lang", "language", metavar="CODE", help="Language of the form, as in `de`; by default that of the playbook."
    )
    due = click.option("--due", metavar="DAY", callback=day, help="By when to answer, as in 2027-01-31.")
    mail_to = click.option(
        "--mail-to", metavar="ADDRESS", default="", callback=_address, help="Where mails with answers go to."
    )
    return language(due(mail_to(function)))


def _address(_context: click.Context, _option: click.Parameter, given: str) -> str:
    if given and ("@" not in given or any(sign in given for sign in " ?&#<>\"'")):
        raise click.BadParameter(_("it must be a mail address"))
    return given


@click.command("survey", short_help="A survey, as a form, as texts to paste, and as a table.")
@folder
@click.option(
    "-o",
    "--output",
    metavar="FOLDER|FILE",
    default="survey",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the three; or one of them, a file that ends in .html, .txt or .csv.",
)
@click.option("--group", "groups", metavar="ID", multiple=True, help="Only for this group; may be repeated.")
@click.option(
    "--only",
    metavar="IDS",
    default="",
    callback=names,
    help="Only these aspects or dimensions, as in `delivery,governance`, or `all`.",
)
@click.option(
    "--ask",
    metavar="PARTS",
    default="target,importance,comment",
    show_default=True,
    callback=names,
    help="What is asked beside the level of today; `none` for nothing.",
)
@for_forms
def export_survey(  # noqa: PLR0913  (one parameter for each option)
    folder: Path,
    output: Path,
    groups: tuple[str, ...],
    *,
    only: tuple[str, ...],
    ask: tuple[str, ...],
    language: str | None,
    due: str | None,
    mail_to: str,
) -> None:
    """Make a survey of the aspects of DIR, in three forms that mean the same.

    survey.html is a form in one file that works without a network and gives the answers as a file or as text for a mail;
    survey.txt holds the questions for Microsoft Forms or Google Forms; survey.csv is a table to fill in. By default all
    groups are asked, about all aspects but those that the newest assessment leaves out. `pmogen import survey` reads the
    answers of all three.
    """
    from pmogen.exchange.survey import survey_csv, survey_of, survey_text
    from pmogen.exchange.survey.tongues import tongues_of
    from pmogen.language import speaking
    from pmogen.render.survey import survey_page
    from pmogen.site.policy import with_policy
    from pmogen.site.templates import read_templates

    ends = date_of(due)
    opened = read_workspace(folder, language)
    workspace = opened.workspace
    with speaking(language or workspace.settings.language):
        survey = survey_of(workspace, groups, only, _parts(ask))
        page = survey_page(
            survey,
            read_templates(folder),
            workspace.settings.colours,
            tongues_of(workspace, opened.sources, survey, language, opened.documents),
            mail_to=mail_to,
            due=ends,
        )
        made = {
            ".html": with_policy(page, _rules(page)).encode(),
            ".txt": survey_text(survey).encode(),
            ".csv": survey_csv(survey),
        }
    one = output.suffix.lower() in made
    for ending, content in made.items():
        name = f"survey{f'.{language}' if language else ''}{ending}"
        if not one or ending == output.suffix.lower():
            write_file(output if one else output / name, content, BEGINNINGS[ending])
    click.echo(_summary(survey))
    click.echo(next_command(of_workspace("pmogen import survey FILES", folder), folder, _("send it to people; then ")))


def _rules(page: str) -> str:
    from pmogen.site.policy import policy

    return policy(page, own="")


def _parts(ask: tuple[str, ...]) -> tuple[str, ...]:
    from pmogen.exchange.survey import BESIDE

    if ask == ("none",):
        return ()
    for part in ask:
        if part not in BESIDE:
            raise click.BadParameter(_("known are {names}", names=", ".join(BESIDE)), param_hint="--ask")
    return ask


def of_workspace(command: str, folder: Path) -> str:
    """The command with the option before which the workspace is named, where that is another folder."""
    return command if folder.resolve() == Path.cwd() else f"{command} -w"


def date_of(given: str | None) -> dt.date | None:
    """The day that an option names."""
    return dt.date.fromisoformat(given) if given else None


@dataclass(frozen=True)
class Opened:
    """A workspace, the files it was read from, and what stands in them."""

    workspace: Workspace
    sources: Sources
    documents: Mapping[str, Document]


def read_workspace(folder: Path, language: str | None = None) -> Opened:
    """The workspace of a folder, its texts in a language. Raises `PmogenError` when it cannot be read."""
    from pmogen.errors import PmogenError
    from pmogen.language import LANGUAGES
    from pmogen.model.load import load
    from pmogen.source.files import read_sources

    if language is not None and language not in LANGUAGES:
        raise PmogenError(
            _("the language `{language}` is not known", language=language),
            _("known are {names}", names=", ".join(LANGUAGES)),
        )
    sources = read_sources(folder)
    loaded = load(sources, language)
    if loaded.workspace is None:
        show(loaded.diagnostics, sources.files, sys.stderr)
        raise PmogenError(_("the playbook cannot be read"), _("mend the errors above"))
    return Opened(loaded.workspace, sources, loaded.documents)


def write_file(output: Path, content: bytes, beginning: bytes) -> None:
    """Writes the file; one of the same name is only replaced when it begins in the same way."""
    from pmogen.cli.export import write

    write(output, content, beginning)


def _summary(survey: Survey) -> str:
    groups = ngettext("{count} group", "{count} groups", len(survey.groups))
    aspects = ngettext("{count} aspect", "{count} aspects", len(survey.aspects))
    return _("asked: {groups}, about {aspects} in all", groups=groups, aspects=aspects)


# and back


@click.command("survey", short_help="The answers of a survey, as rows of an assessment.")
@click.argument("files", metavar="FILES...", nargs=-1, required=True, type=click.Path(path_type=Path))
@folder_option
@click.option(
    "--group",
    "groups",
    metavar="WHAT=GROUP",
    multiple=True,
    help="The group that a file, or what people wrote, stands for; may be repeated.",
)
@click.option("--date", "date", metavar="DAY", callback=day, help="Which assessment; by default the newest.")
@yes
@click.pass_context
def import_survey(
    context: click.Context,
    files: tuple[Path, ...],
    folder: Path,
    *,
    groups: tuple[str, ...],
    date: str | None,
    yes: bool,
) -> None:
    """Read answers of a survey into content/assessments/DATE.csv.

    FILES are what the form gave, as files or as mails; tables of Microsoft Forms or Google Forms (.xlsx, .csv); and tables
    that people filled in. Names, addresses and times are not kept. What would be written is counted, no answer is shown,
    and on a terminal you are asked; without one nothing is written unless --yes says so. Rows that are there stay as they
    are, and who is in the file already is not added again. Ends with 1 when nothing was written that was wanted.
    """
    from pmogen.exchange.survey import Handed, collect, merged
    from pmogen.exchange.survey.handed import MAX_BYTES
    from pmogen.source.given import read_given

    opened = read_workspace(folder)
    workspace, sources = opened.workspace, opened.sources
    handed = [Handed(path.as_posix(), read_given(path, MAX_BYTES)) for path in dict.fromkeys(files)]
    collected = collect(handed, workspace, _mapping(groups))
    name = f"content/assessments/{date or workspace.current.name}.csv"
    result = merged(name, sources.files.get(name), collected.people, [one.id for one in workspace.catalogue.aspects])
    _tell(workspace, collected, result, name)
    if not result.new:
        click.echo(_("nothing new: nothing to write"), err=True)
        context.exit(0 if collected.people else NOT_WRITTEN)
    if not _write(folder, opened, name, result, yes=yes):
        context.exit(NOT_WRITTEN)
    click.echo(_("written: {file}", file=name), err=True)
    click.echo(next_command("pmogen build", folder), err=True)


def _mapping(groups: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for given in groups:
        said, sign, group = given.rpartition("=")
        if not sign or not said.strip() or not group.strip():
            raise click.BadParameter(_("it must be as in answers.csv=sponsors"), param_hint="--group")
        found[said.strip()] = group.strip()
    return found


def _tell(workspace: Workspace, collected: Collected, result: Merged, name: str) -> None:
    """What was read, and what would be written: counts, never an answer."""
    for sentence in collected.ignored:
        click.echo(visible(sentence), err=True)
    if result.known:
        click.echo(
            ngettext(
                "{count} reply is in {file} already",
                "{count} replies are in {file} already",
                result.known,
                file=name,
            )
        )
    if not result.new:
        return
    click.echo(ngettext("{file}: {count} row is added", "{file}: {count} rows are added", result.rows, file=name))
    for line in (*_by_group(workspace, result.new), *_by_aspect(workspace, result.new)):
        click.echo(line)


def _by_group(workspace: Workspace, people: Sequence[Anonymous]) -> list[str]:
    from pmogen.exchange.survey import small

    minimum = workspace.catalogue.method.privacy.minimum_group
    few = small(people, minimum)
    lines = []
    for group in workspace.catalogue.audiences:
        count = sum(person.group == group.id for person in people)
        if count:
            told = ngettext("{count} person", "{count} people", count)
            note = " " + _("(fewer than {count}: not shown by themselves)", count=minimum) if group.id in few else ""
            lines.append(f"  {group.id}: {told}{note}")
    return lines


def _by_aspect(workspace: Workspace, people: Sequence[Anonymous]) -> list[str]:
    lines = []
    for aspect in workspace.catalogue.aspects:
        count = sum(aspect.id in person.answers for person in people)
        if count:
            told = ngettext("{count} answer", "{count} answers", count)
            lines.append(f"    {aspect.id}: {told}")
    return lines


def _write(folder: Path, opened: Opened, name: str, result: Merged, *, yes: bool) -> bool:
    """Writes the file, unless it would bring errors, nobody agrees, or somebody else changed it meanwhile."""
    from pmogen.diagnostics import has_errors
    from pmogen.edit import Edited
    from pmogen.edit.verdict import after, judged, newly_found
    from pmogen.site.edited import write_edited

    edited = Edited({name: opened.sources.files.get(name)}, {name: result.content})
    changed = after(opened.sources, edited)
    new = newly_found(judged(opened.sources, opened.documents), judged(changed, opened.documents))
    show((found for found in new if found.severity != "note"), changed.files, sys.stderr)
    if has_errors(new):
        click.echo(_("nothing was written, as this would bring the errors above"), err=True)
        return False
    if not (yes or agreed()):
        return False
    write_edited(folder, edited)
    return True
