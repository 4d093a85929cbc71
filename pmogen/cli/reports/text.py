"""Diagnostics for people: where, what, the line itself with a caret, and the way out."""

from __future__ import annotations

import os
import sys
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

import click

from pmogen.diagnostics import Diagnostic, Span
from pmogen.language import _, ngettext, pgettext

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_SHOWN_WIDTH = 110


def show(diagnostics: Iterable[Diagnostic], files: Mapping[str, bytes], stream: TextIO) -> None:
    """Prints diagnostics in the order given, each with its source line where there is one."""
    for diagnostic in diagnostics:
        for line in _lines(diagnostic, files, stream):
            click.echo(line, file=stream)


def say(severity: str, message: str, hint: str = "") -> None:
    """Prints what went wrong outside the files, and what to do about it, on the standard error output."""
    label = paint(sys.stderr, f"{severity_word(severity)}:", COLOURS[severity])
    click.echo(f"{label} {visible(message, lines=True)}", err=True)
    if hint:
        click.echo(_("hint: {hint}", hint=visible(hint, lines=True)), err=True)


def severity_word(severity: str) -> str:
    """What people call it: error, warning or note."""
    return {
        "error": pgettext("how bad something is", "error"),
        "warning": pgettext("how bad something is", "warning"),
        "note": pgettext("how bad something is", "note"),
    }[severity]


def say_refused(error: OSError) -> None:
    """Says which file or folder the system refused, and why; the traceback is shown only when PMOGEN_DEBUG asks for it."""
    _show_traceback(error)
    what = f"{error.filename}: {error.strerror}" if error.filename is not None else str(error.strerror or error)
    say("error", what, _("check its name and permissions, the space left, and that no other program is changing it"))


def say_unexpected(error: Exception) -> None:
    """Owns up to a mistake in pmogen; the traceback is shown only when PMOGEN_DEBUG asks for it."""
    _show_traceback(error)
    what = f"{type(error).__name__}: {error}".strip(": ")
    hint = _("set PMOGEN_DEBUG=1 and run the same command again for the details that a report needs")
    say("error", _("this is a mistake in pmogen, please report it ({what})", what=what), hint)


def _show_traceback(error: Exception) -> None:
    if os.environ.get("PMOGEN_DEBUG"):
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors, warnings and notes: `2 errors, 1 warning`; `no problems` when there are none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors, warnings, notes = (severities.count(severity) for severity in ("error", "warning", "note"))
    told = (
        ngettext("{count} error", "{count} errors", errors) if errors else "",
        ngettext("{count} warning", "{count} warnings", warnings) if warnings else "",
        ngettext("{count} note", "{count} notes", notes) if notes else "",
    )
    return ", ".join(filter(None, told)) or _("no problems")


def paint(stream: TextIO, text: str, colour: str) -> str:
    """The text in a colour, when the stream is a terminal and NO_COLOR is not set."""
    terminal = hasattr(stream, "isatty") and stream.isatty()
    return click.style(text, fg=colour, bold=True) if terminal and not os.environ.get("NO_COLOR") else text


def visible(text: str, *, lines: bool = False) -> str:
    """The text with characters that a terminal would obey made visible; with `lines`, line breaks stay."""
    return "".join(
        character if character.isprintable() or (lines and character == "\n") else _escaped(character)
        for character in text
    )


def _escaped(character: str) -> str:
    return " " if character in "\t\n\r" else character.encode("unicode_escape").decode("ascii")


def _lines(diagnostic: Diagnostic, files: Mapping[str, bytes], stream: TextIO) -> Iterator[str]:
    severity = paint(stream, f"{severity_word(diagnostic.severity)}:", COLOURS[diagnostic.severity])
    yield f"{visible(str(diagnostic.span))}: {severity} {visible(diagnostic.message)} [{diagnostic.code}]"
    yield from _excerpt(diagnostic.span, files)
    if diagnostic.hint:
        yield "  " + _("hint: {hint}", hint=visible(diagnostic.hint))
    for related in diagnostic.related:
        place, message = visible(str(related.span)), visible(related.message)
        yield "  " + _("see {place}: {message}", place=place, message=message)


def _excerpt(span: Span, files: Mapping[str, bytes]) -> Iterator[str]:
    """The source line and a line with carets under the value; nothing when the place has no text.

    Rows of answers are never shown: what people answered must not get into logs that others read.
    """
    if span.file.endswith(".csv"):
        return
    text = files.get(span.file, b"").decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    if not 1 <= span.line <= len(text) or not text[span.line - 1].strip():
        return
    line = text[span.line - 1]
    start = min(span.column - 1, len(line))
    cut = max(0, start - _SHOWN_WIDTH // 2) if len(line) > _SHOWN_WIDTH else 0
    shown = line[cut : cut + _SHOWN_WIDTH]
    before = visible(shown[: start - cut])
    marked = visible(shown[start - cut : start - cut + max(1, span.width)])
    number = str(span.line)
    yield f"  {number} | {'...' if cut else ''}{visible(shown)}{'...' if cut + _SHOWN_WIDTH < len(line) else ''}"
    yield f"  {' ' * len(number)} | {' ' * (3 if cut else 0)}{' ' * _columns(before)}{'^' * max(1, _columns(marked))}"


def _columns(text: str) -> int:
    """Columns a terminal needs for the text: two for wide characters, none for combining ones."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(bool(unicodedata.combining(character)) for character in text)
