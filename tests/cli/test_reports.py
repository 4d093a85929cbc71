"""Diagnostics for machines: complete, escaped, and within the limits of who reads them."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from pmogen.cli.reports.github import SHOWN, annotate, summary
from pmogen.cli.reports.json import as_json
from pmogen.cli.reports.sarif import as_sarif
from pmogen.diagnostics import Diagnostic, Related, Span

ONE = Diagnostic("PMO101", "error", "no aspect `x`", Span("content/a.yml", 3, 5, 4), "did you mean `y`?")


def test_json_has_everything() -> None:
    """Place, text, hint and related places of every diagnostic."""
    told = json.loads(as_json([ONE, Diagnostic("PMO306", "note", "n", Span("b"), "", (Related("r", Span("c", 7)),))]))
    assert told["counts"] == {"error": 1, "warning": 0, "note": 1}
    first, second = told["diagnostics"]
    assert (first["file"], first["line"], first["column"], first["width"]) == ("content/a.yml", 3, 5, 4)
    assert first["hint"] == "did you mean `y`?"
    assert second["related"][0]["line"] == 7


def test_sarif_names_rules_and_regions() -> None:
    """A result points at its rule and at the columns of the value."""
    log = json.loads(as_sarif([ONE], "1.0", {"PMO101": "An id that names nothing.\n\nMore."}))
    run = log["runs"][0]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "An id that names nothing."
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5, "endColumn": 9}


@given(st.text(), st.text(), st.text())
def test_no_text_starts_a_workflow_command(message: str, hint: str, file: str) -> None:
    """Whatever stands in a file, each diagnostic is one line of one command, and can be read back."""
    (line,) = annotate([Diagnostic("PMO001", "error", message, Span(file), hint)])
    assert not re.search(r"[\r\n]", line)
    head, properties = line.split("::", 2)[1], line.split("::", 2)[2]
    assert head.startswith("error file=")
    back = properties.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert back == message + (f"\nhint: {hint}" if hint else "")


def test_ten_of_a_kind_changed_files_first() -> None:
    """What the pull request changes comes first, the rest is counted."""
    many = [Diagnostic("PMO301", "warning", str(number), Span(f"f{number}.yml")) for number in range(15)]
    told = list(annotate([*many, ONE], frozenset({"f14.yml"})))
    assert told[0].startswith("::error")
    assert "file=f14.yml" in told[1]
    assert len(told) == 1 + SHOWN + 1
    assert told[-1].startswith("5 more")


def test_summary_neutralises_and_cuts() -> None:
    """A summary shows texts as they are, mentions nobody, and says what it leaves out."""
    hostile = Diagnostic("PMO951", "note", "<img src=x> @team [x](http://a) | b", Span("a.yml"))
    text = summary([hostile])
    assert "<img" not in text
    assert "@team" not in text
    assert "](http" not in text
    long = summary([Diagnostic("PMO951", "note", "x" * 2000, Span("a.yml"))] * 1000)
    assert len(long) < 1_000_000
    assert "more are not shown" in long
