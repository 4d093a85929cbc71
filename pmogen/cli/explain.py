"""`pmogen explain`: the manual of a diagnostic, or where a number or a decision comes from."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmogen.cli.reports.text import counted, severity_word, show, visible
from pmogen.cli.workspace import folder
from pmogen.language import _

if TYPE_CHECKING:
    from pmogen.explain import Computed

_CODE = re.compile(r"(?i)PMO\d+|rules")


@click.command(short_help="Say where a number or a decision comes from.")
@click.argument("subject", metavar="ID")
@folder
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to say it."
)
@click.option("--depth", type=click.IntRange(0), default=None, help="Levels of the tree to show; all by default.")
@click.pass_context
def explain(context: click.Context, subject: str, folder: Path, form: str, depth: int | None) -> None:
    """Say where a number or a decision of the playbook in DIR comes from, down to the line.

    ID is gap:ID, aspect:ID, target:ID, priority:ID, service:ID, wave:ID, audience:ID or hand-off:ID; the kind may be left
    out where only one thing is called so. A code such as PMO401 prints the manual of a diagnostic; `rules` lists all codes.
    """
    if _CODE.fullmatch(subject):
        _manual(subject.upper(), form)
        return
    found = _explained(folder, subject)
    if found is None:
        context.exit(1)
    name, root = found
    if form == "json":
        from pmogen.explain.record import record

        click.echo(json.dumps(record(name, root), indent=2, ensure_ascii=False, sort_keys=True))
        return
    print_explanation(name, root, depth)


def _explained(folder: Path, subject: str) -> tuple[str, Computed] | None:
    """The full name and the tree; None, with the errors shown, when the workspace has any."""
    from pmogen import check

    checked = check(folder)
    if checked.workspace is None:
        errors = [diagnostic for diagnostic in checked.diagnostics if diagnostic.severity == "error"]
        show(errors, checked.sources.files, sys.stderr)
        message = _("nothing can be explained before these are mended: {errors}", errors=counted(errors))
        click.echo(message, err=True)
        return None
    from pmogen.explain import Explanations
    from pmogen.playbook import compute

    return Explanations(compute(checked.workspace, checked.facts)).ask(subject)


def print_explanation(name: str, root: Computed, depth: int | None = None) -> None:
    """Prints a tree as wide as the terminal is."""
    from pmogen.explain import lines_of

    width = shutil.get_terminal_size((100, 24)).columns
    click.echo(name)
    for line in lines_of(root, width, depth=depth, ascii_only=not _can_draw()):
        click.echo(visible(line))


def _can_draw() -> bool:
    """True when the output can show the signs that trees are drawn with."""
    try:
        "├└│─−×".encode(getattr(sys.stdout, "encoding", None) or "ascii")  # noqa: RUF001 (the signs that trees use)
    except (UnicodeError, LookupError):
        return False
    return True


def _manual(code: str, form: str) -> None:
    from pmogen.errors import PmogenError
    from pmogen.rules.manual import entries

    known = {entry.code: entry for entry in entries()}
    if code != "RULES" and code not in known:
        raise PmogenError(_("there is no diagnostic {code}", code=code), _("`pmogen explain rules` lists them all"))
    told = tuple(known.values()) if code == "RULES" else (known[code],)
    if form == "json":
        listed = [{"code": e.code, "severity": e.severity, "title": e.title, "manual": e.manual} for e in told]
        click.echo(json.dumps({"format": 1, "diagnostics": listed}, indent=2, ensure_ascii=False, sort_keys=True))
    elif code == "RULES":
        width = max(len(severity_word(entry.severity)) for entry in told)
        for entry in told:
            click.echo(f"{entry.code}  {severity_word(entry.severity):<{width}}  {entry.heading}")
    else:
        entry = told[0]
        rest = entry.manual.rstrip().partition("\n")[2]
        click.echo(f"{entry.code} ({severity_word(entry.severity)}): {entry.heading}.")
        if rest:
            click.echo(rest)
