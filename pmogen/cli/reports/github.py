"""Diagnostics as annotations of GitHub Actions, and as the Markdown of a job summary.

GitHub shows ten errors, ten warnings and ten notices of a step; so the most serious ones and those in
files that the pull request changes come first, and the rest is counted and listed in the summary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmogen.cli.reports.text import severity_word
from pmogen.diagnostics import SEVERITY_ORDER, Diagnostic, Severity
from pmogen.language import _, ngettext

SHOWN = 10
"""Annotations of each kind that GitHub shows for one step."""

MAX_SUMMARY = 900_000
"""Characters of a job summary that are safely below GitHub's limit of 1 MiB."""

_TITLE = "### pmogen check\n\n"

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def annotate(diagnostics: Sequence[Diagnostic], changed: frozenset[str] = frozenset()) -> Iterator[str]:
    """Workflow commands, at most ten a kind; `changed` are files of the pull request."""
    order = sorted(diagnostics, key=lambda found: (SEVERITY_ORDER[found.severity], found.span.file not in changed))
    for severity, command in _COMMANDS.items():
        of_kind = [diagnostic for diagnostic in order if diagnostic.severity == severity]
        for diagnostic in of_kind[:SHOWN]:
            yield _annotation(command, diagnostic)
        if len(of_kind) > SHOWN:
            yield _(
                "{count} more of the kind {kind}: see the job summary",
                count=len(of_kind) - SHOWN,
                kind=severity_word(severity),
            )


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """All diagnostics as a Markdown table, cut where GitHub would refuse it, which is then said."""
    if not diagnostics:
        return _TITLE + _("No problems.") + "\n"
    found = ngettext("{count} found.", "{count} found.", len(diagnostics))
    heads = " | ".join((_("Where"), _("What"), _("Hint")))
    head = f"{_TITLE}{found}\n\n| {heads} |\n|---|---|---|\n"
    rows: list[str] = []
    size = len(head)
    for number, diagnostic in enumerate(diagnostics):
        row = _row(diagnostic)
        size += len(row)
        if size > MAX_SUMMARY:
            more = len(diagnostics) - number
            told = ngettext(
                "{count} more are not shown: run `pmogen check`.",
                "{count} more are not shown: run `pmogen check`.",
                more,
            )
            rows.append(f"\n{told}\n")
            break
        rows.append(row)
    return head + "".join(rows)


def _annotation(command: str, diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    hint = _("hint: {hint}", hint=diagnostic.hint)
    told = f"{diagnostic.message}\n{hint}" if diagnostic.hint else diagnostic.message
    place = {
        "file": span.file,
        "line": str(span.line),
        "col": str(span.column),
        "endColumn": str(span.column + span.width),
        "title": diagnostic.code,
    }
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{command} {properties}::{_data(told)}"


def _data(text: str) -> str:
    """Escaped so that no text can start a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(diagnostic: Diagnostic) -> str:
    what = f"**{severity_word(diagnostic.severity)}** {diagnostic.code}: {_cell(diagnostic.message)}"
    return f"| {_cell(str(diagnostic.span))} | {what} | {_cell(diagnostic.hint)} |\n"


_ENTITIES = {ord(character): f"&#{ord(character)};" for character in "&<>\\`*_[]{}()#|~^=$!@+:"}


def _cell(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no mentions, no links."""
    return " ".join(text.split()).translate(_ENTITIES)
