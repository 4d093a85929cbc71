"""Answers in both forms: one row an answer, and one row a respondent."""

from __future__ import annotations

import re
import textwrap

import pytest

from pmogen.diagnostics import Diagnostic
from pmogen.model.answers import is_wide, read_answers
from pmogen.model.assessment import Respondent
from pmogen.source.csv import parse_csv
from pmogen.source.text import SourceText
from tests.workspaces import ROOT, loaded

LONG = """respondent,group,aspect,current,target,importance
r1,sponsors,governance,2,3,5
r1,sponsors,portfolio,dk,,
r2,finance,governance,4,,1
r2,finance,portfolio,na,,
"""
WIDE = """respondent;group;governance;governance:target;governance:importance;portfolio
r1;sponsors;2,0;3;5;dk
r2;finance;4.0;;1;na
"""


def read(text: str) -> tuple[tuple[Respondent, ...], tuple[Diagnostic, ...]]:
    table, wrong = parse_csv(SourceText("answers.csv", text))
    assert not wrong
    return read_answers(table)


def told(text: str) -> list[tuple[int, str, str]]:
    """Line, message and hint of everything that is wrong."""
    return [(wrong.span.line, wrong.message, wrong.hint) for wrong in read(text)[1]]


def without_lines(answers: tuple[Respondent, ...]) -> list[tuple[object, ...]]:
    return [(a.respondent, a.group, a.aspect, a.current_told, a.current, a.target, a.importance) for a in answers]


def test_both_forms_say_the_same() -> None:
    """Whole levels may have a decimal point or comma, as spreadsheets write them."""
    (long, wrong), (wide, wrong_too) = read(LONG), read(WIDE)
    assert not (*wrong, *wrong_too)
    assert without_lines(long) == without_lines(wide)
    assert [answer.current for answer in long] == [2, None, 4, None]
    assert [answer.current_told for answer in long] == ["level", "do not know", "level", "not applicable"]


def test_every_answer_keeps_its_line() -> None:
    """Also where one line holds the answers about several aspects."""
    assert [answer.row for answer in read(LONG)[0]] == [2, 3, 4, 5]
    assert [answer.row for answer in read(WIDE)[0]] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("header", "wide"),
    [
        ("respondent,group,aspect,current", False),
        ("respondent,group,aspect", False),
        ("respondent,group", False),
        ("respondent,group,target,comment", False),
        ("group,respondent,governance", True),
        ("respondent,group,governance:target", True),
        ("group,governance", True),
    ],
)
def test_the_header_tells_the_forms_apart(header: str, wide: bool) -> None:
    """Whatever is no column of the long form is taken for an aspect."""
    assert is_wide(tuple(header.split(","))) is wide


def test_what_was_not_asked_is_no_answer() -> None:
    """Empty cells say nothing, not even that somebody does not know."""
    answers, wrong = read("respondent,group,governance,portfolio\nr1,sponsors,,3\nr2,sponsors,,\n")
    assert [(answer.respondent, answer.aspect) for answer in answers] == [("r1", "portfolio")]
    assert not wrong


@pytest.mark.parametrize("cell", ["0", "6", "2.5", "2,5", "-1", "1e0", "three", "٣", "3 0"])
def test_levels_outside_the_scale_are_refused(cell: str) -> None:
    """In both forms, with line and column."""
    ((line, message, _),) = told(f'respondent,group,governance\nr0,sponsors,3\nr1,sponsors,"{cell}"\n')
    assert (line, message) == (3, f"`{cell}` in column `governance` is not a level")
    ((line, message, _),) = told(f'respondent,group,aspect,current\nr1,sponsors,governance,"{cell}"\n')
    assert (line, message) == (2, f"`{cell}` in column `current` is not a level")


def test_a_level_between_two_has_a_hint_of_its_own() -> None:
    """People answer in whole levels; a workshop may settle on 2.5."""
    ((_, _, hint),) = told("respondent;group;governance\nr1;sponsors;2,5\n")
    assert "whole levels" in hint


@pytest.mark.parametrize(
    ("header", "message", "hint"),
    [
        ("respondent,governance", "the column `group` is missing", "then one aspect a column"),
        ("respondent,group,target,governance", "the column `target` does not say which aspect", "`governance:target`"),
        ("respondent,group,governance:tarqet", "asks for something unknown", "did you mean `governance:target`?"),
        ("respondent,group,governance:xyz", "asks for something unknown", "known are target"),
        ("respondent,group,How are we?", "is no aspect", "id of the aspect"),
        ("respondent,group,governance,governance:current", "two columns for `current`", "keep one"),
        ("respondent,group,aspect", "the column `current` is missing", "respondent, group and aspects"),
    ],
)
def test_headers_that_are_wrong(header: str, message: str, hint: str) -> None:
    """Each is told once, at the first line, and nothing is read."""
    text = f"{header}\n{','.join('1' for _ in header.split(','))}\n"
    ((line, said, advice),) = told(text)
    assert line == 1
    assert message in said
    assert hint in advice
    assert read(text)[0] == ()


def test_rows_that_are_wrong() -> None:
    """Empty codes and second rows of a respondent are named with their line, in both forms."""
    assert told("respondent,group,governance\n,sponsors,3\nr1,,3\n") == [
        (2, "`respondent` is empty", "fill the cell or delete the row"),
        (3, "`group` is empty", "fill the cell or delete the row"),
    ]
    ((line, message, _),) = told("respondent,group,governance\nr1,sponsors,3\nr1,sponsors,4\n")
    assert (line, message) == (3, "this respondent answers a second time (first in line 2)")
    ((line, message, _),) = told(
        "respondent,group,aspect,current\nr1,sponsors,governance,3\nr1,sponsors,governance,4\n"
    )
    assert (line, message) == (3, "this respondent answers governance a second time (first in line 2)")


@pytest.mark.parametrize(
    ("publish", "quoted"),
    [("yes", True), ("Y", True), ("x", True), ("1", True), ("no", False), ("", False), ("N", False), ("0", False)],
)
def test_a_comment_is_read_only_when_a_moderator_says_so(publish: str, quoted: bool) -> None:
    """All other comments stay in the file: the model does not even know them."""
    said = "Reports  come\n late."
    long = f'respondent,group,aspect,current,comment,publish\nr1,sponsors,governance,3,"{said}",{publish}\n'
    wide = f'respondent,group,governance,governance:comment,governance:publish\nr1,sponsors,3,"{said}",{publish}\n'
    for text in (long, wide):
        (answer,), wrong = read(text)
        assert not wrong
        assert answer.quotation == ("Reports come late." if quoted else None)


def test_a_comment_without_the_column_is_not_read() -> None:
    """Silence is no consent."""
    (answer,), wrong = read("respondent,group,aspect,current,comment\nr1,sponsors,governance,3,Reports come late.\n")
    assert not wrong
    assert "late" not in repr(answer)


def test_neither_yes_nor_no() -> None:
    """What might be a yes is asked back."""
    ((line, message, _),) = told(
        "respondent,group,aspect,current,comment,publish\nr1,sponsors,governance,3,Late.,maybe\n"
    )
    assert (line, message) == (2, "`maybe` in column `publish` is neither yes nor no")


def test_a_file_with_endless_answers_is_refused() -> None:
    """A few megabytes of a wide table hold millions of answers."""
    columns = ",".join(f"a{number}" for number in range(1000))
    rows = "".join(f"r{number},sponsors{',3' * 1000}\n" for number in range(450))
    answers, (wrong,) = read(f"respondent,group,{columns}\n{rows}")
    assert (wrong.span.line, wrong.message) == (402, "more than 400,000 answers")
    assert len(answers) <= 401_000


def test_answers_without_their_assessment_are_named() -> None:
    """A CSV file with another name than its YAML file would be missing without a word."""
    found = loaded({"content/assessments/2027-01-30.csv": LONG}).diagnostics
    assert [(wrong.code, wrong.span.file) for wrong in found] == [("PMO025", "content/assessments/2027-01-30.csv")]


def test_tables_in_the_documentation_are_right() -> None:
    """docs/privacy.md shows one table of each form."""
    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    tables = [
        textwrap.dedent(block) for block in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE) if "respondent" in block
    ]
    assert len(tables) == 2
    for each in tables:
        answers, wrong = read(each)
        assert not wrong
        assert [(answer.respondent, answer.aspect) for answer in answers] == [
            ("r01", "governance"),
            ("r01", "portfolio"),
            ("r02", "governance"),
        ]
