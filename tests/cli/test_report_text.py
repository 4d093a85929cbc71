"""Diagnostics as people see them."""

from __future__ import annotations

import io

import click
import pytest

from pmogen.cli.reports.text import counted, paint, show, visible
from pmogen.diagnostics import Diagnostic, Related, Span


def shown(diagnostic: Diagnostic, text: str = "") -> list[str]:
    stream = io.StringIO()
    show([diagnostic], {diagnostic.span.file: text.encode()}, stream)
    return stream.getvalue().splitlines()


def test_place_severity_message_code_line_caret_hint_and_related_place():
    related = (Related("the other one", Span("content/b.yml", 7, 3)),)
    found = Diagnostic("PMO010", "error", "wrong", Span("content/a.yml", 2, 4, 5), "mend it", related)
    assert shown(found, "first: 1\nx: wrong\n") == [
        "content/a.yml:2:4: error: wrong [PMO010]",
        "  2 | x: wrong",
        "    |    ^^^^^",
        "  hint: mend it",
        "  see content/b.yml:7:3: the other one",
    ]


def test_a_place_without_text_has_no_line():
    assert shown(Diagnostic("PMO021", "warning", "missing", Span("content/a.yml", 9))) == [
        "content/a.yml:9:1: warning: missing [PMO021]"
    ]


def test_the_caret_stands_under_wide_letters_and_after_tabs():
    lines = shown(Diagnostic("X", "error", "m", Span("f", 1, 4, 2)), "日本:値段")
    assert lines[1:3] == ["  1 | 日本:値段", "    |      ^^^^"]
    assert shown(Diagnostic("X", "error", "m", Span("f", 1, 2, 1)), "\tx")[2] == "    |  ^"


def test_a_long_line_is_cut_around_the_place():
    lines = shown(Diagnostic("X", "error", "m", Span("f", 1, 501, 3)), "a" * 500 + "bad" + "c" * 500)
    assert len(lines[1]) < 130
    start = lines[2].index("^")
    assert lines[1][start : start + 3] == "bad"
    assert lines[2].count("^") == 3


def test_text_cannot_command_the_terminal():
    lines = shown(Diagnostic("X", "error", "a\x1b[2Jb\nc", Span("f\x07", 1, 1)), "")
    assert "\x1b" not in "".join(lines)
    assert "\x07" not in "".join(lines)
    assert len(lines) == 1
    assert visible("é日 ok") == "é日 ok"


def test_counts_name_what_there_is():
    def some(severity, count):
        return [Diagnostic("X", severity, "m", Span("f"))] * count

    assert counted([]) == "no problems"
    assert counted(some("warning", 1)) == "1 warning"
    assert counted([*some("note", 2), *some("error", 1200)]) == "1,200 errors, 2 notes"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "no_color", "coloured"), [(Terminal, "", True), (Terminal, "1", False), (io.StringIO, "", False)]
)
def test_colour_is_for_terminals_and_no_color_is_honoured(stream, no_color, coloured, monkeypatch):
    monkeypatch.setenv("NO_COLOR", no_color)
    text = paint(stream(), "error:", "red")
    assert (text != "error:") is coloured
    assert click.unstyle(text) == "error:"
