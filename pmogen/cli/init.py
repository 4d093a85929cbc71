"""`pmogen init`: a new workspace, ready to push, from the example or nearly empty."""

from __future__ import annotations

import os
import re
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from pmogen import __version__
from pmogen.cli.workspace import in_its_language, next_command
from pmogen.language import ENGLISH, LANGUAGES, TRANSLATED, _, pgettext, speaking

if TYPE_CHECKING:
    from pmogen.site.around import Answers, Host

INVENTED, INVENTED_TITLE = "Merrow Valley Utilities", "Merrow Valley PMO playbook"
"""Whose the example is."""

_BETWEEN = re.compile(r"[,\s]+")


def _languages(_context: click.Context, _option: click.Parameter | None, given: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of languages, each once: given one by one, or with commas between them."""
    codes = tuple(dict.fromkeys(code for text in given for code in _BETWEEN.split(text) if code))
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown:
        raise click.BadParameter(
            _("`{code}` is no language that a site can have, as in en, de, pt-BR", code=unknown[0])
        )
    return codes


@click.command(short_help="Make a new playbook, ready to push.")
@click.argument(
    "folder",
    metavar="[DIR]",
    default=".",
    type=click.Path(file_okay=False, path_type=Path),
    callback=in_its_language,
)
@click.option(
    "--example", "start", flag_value="example", help="Begin with the complete playbook of an invented company."
)
@click.option("--empty", "start", flag_value="empty", help="Begin with only what is needed, with comments.")
@click.option("--organisation", metavar="NAME", help="Whose playbook it is.")
@click.option("--title", metavar="TEXT", help="What the playbook is called.")
@click.option(
    "--language",
    "languages",
    metavar="CODE",
    multiple=True,
    callback=_languages,
    help="Language of the playbook, as in en or de; may be repeated, the main one first.",
)
@click.option("--repository", metavar="URL", help="Address of the repository it will be pushed to.")
@click.option("--branch", metavar="NAME", help="Main branch; default main.")
@click.option(
    "--host",
    type=click.Choice(("github", "gitlab", "none")),
    default=None,
    help="Whose workflows to add; default what the address says, and github without one.",
)
@click.option("--git/--no-git", "git", default=None, help="Make it a git repository with a first commit; default yes.")
@click.option("--yes", is_flag=True, help="Ask nothing: the defaults for all that is not given.")
@click.pass_context
def init(  # noqa: PLR0913  (one parameter for each option)
    context: click.Context,
    folder: Path,
    *,
    start: Literal["example", "empty"] | None,
    organisation: str | None,
    title: str | None,
    languages: tuple[str, ...],
    repository: str | None,
    branch: str | None,
    host: Host | None,
    git: bool | None,
    yes: bool,
) -> None:
    """Make a new workspace in DIR: a git repository that builds at once and is ready to push.

    It holds the complete playbook of an invented organisation, to be changed piece by piece, or the smallest one that builds;
    a folder for a catalogue of your own, the workflows of the code host, settings of editors, and a README for your people.
    What no option says is asked on a terminal. Nothing is ever overwritten: DIR must be new or empty.
    """
    from pmogen.site.start import refuse_if_occupied
    from pmogen.site.start import start as start_workspace

    refuse_if_occupied(folder)
    ask = not yes and sys.stdin.isatty()
    languages = languages or _ask_languages(ask)
    context.ensure_object(ExitStack).enter_context(speaking(languages[0]))
    start = start or _ask_start(ask)
    answers = _answers(
        start,
        languages,
        organisation=organisation,
        title=title,
        repository=repository,
        branch=branch,
        host=host,
        ask=ask,
    )
    if git is None:
        git = click.confirm(_("Make it a git repository, with a first commit?"), default=True) if ask else True
    reason = start_workspace(
        folder, answers, __version__, _planned, git=git, remote=answers.repository if repository is None else repository
    )
    _report(folder, answers, reason)


def _answers(  # noqa: PLR0913  (one parameter for each answer)
    start: str,
    languages: tuple[str, ...],
    *,
    organisation: str | None,
    title: str | None,
    repository: str | None,
    branch: str | None,
    host: Host | None,
    ask: bool,
) -> Answers:
    from pmogen.site.around import Answers, web_address

    example = start == "example"
    organisation = organisation or _asked(
        ask,
        _("Whose playbook is it?"),
        INVENTED if example else pgettext("a name to fill in", "Your organisation"),
    )
    named = (
        INVENTED_TITLE if organisation == INVENTED else _("PMO playbook of {organisation}", organisation=organisation)
    )
    title = title or _asked(ask, _("What is it called?"), named)
    if repository is None:
        repository = _asked(ask, _("Address of its repository, if there is one"), "")
    address = web_address(repository)
    branch = branch or _asked(ask, _("Main branch"), "main")
    return Answers(organisation, title, languages, address, branch, host or _host(address, ask=ask), example)


def _host(address: str, *, ask: bool) -> Host:
    from pmogen.site.around import host_of

    host = host_of(address)
    if ask and host == "none":
        question, choices = _("Workflows for which code host?"), click.Choice(("github", "gitlab", "none"))
        chosen = str(click.prompt(question, default="none", type=choices))
        return cast("Host", chosen)
    return host


def _asked(ask: bool, question: str, default: str) -> str:
    return str(click.prompt(question, default=default, show_default=bool(default))).strip() if ask else default


def _ask_languages(ask: bool) -> tuple[str, ...]:
    """The first question, so that the others can be asked in that language."""
    spoken_here = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    default = spoken_here if ask and spoken_here in TRANSLATED else ENGLISH
    if not ask:
        return (default,)

    def read(text: str) -> tuple[str, ...]:
        codes = _languages(click.get_current_context(), None, (text,))
        if not codes:
            raise click.BadParameter(_("name one language at least"))
        return codes

    found: tuple[str, ...] = click.prompt(
        _("Language of the playbook, as in en, de or es; several: en, de"), default=default, value_proc=read
    )
    return found


def _ask_start(ask: bool) -> Literal["example", "empty"]:
    if not ask:
        return "example"
    question = _("Begin with the complete example of an invented company, or nearly empty?")
    found: Literal["example", "empty"] = click.prompt(
        question, default="example", type=click.Choice(("example", "empty"))
    )
    return found


def _planned(folder: Path) -> str:
    """The text of content/plan.yml for a new workspace."""
    from pmogen import check
    from pmogen.cli.plan import Basis, plan_text
    from pmogen.cli.stages import Stages
    from pmogen.errors import PmogenError

    checked = check(folder)
    if checked.workspace is None or checked.facts is None:
        raise PmogenError(_("the new workspace cannot be planned"))
    return plan_text(Basis(checked.facts, checked.sources, folder, Stages()))


def _report(folder: Path, answers: Answers, reason: str) -> None:
    click.echo(_("a new playbook is in {folder}", folder=folder.resolve()))
    click.echo(
        _("content/ holds what your organisation says; begin with content/playbook.yml and content/foundation.yml")
    )
    click.echo(_("README.md tells your people how to see it, comment on it and change it"))
    if reason:
        click.echo(_("it is no git repository of its own with a first commit: {reason}", reason=reason))
    elif answers.repository:
        click.echo(
            _(
                "everything is committed; to publish it: {command}",
                command=f"git push --set-upstream origin {answers.branch}",
            )
        )
    else:
        click.echo(_("everything is committed to the branch {branch}, ready to push", branch=answers.branch))
    if answers.host == "none":
        click.echo(_("no workflows were added; `pmogen upgrade --host github` adds them"))
    click.echo(next_command("pmogen build", folder))
