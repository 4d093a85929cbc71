"""Whatever stands in a cell is either understood, or said with its sheet and cell, and then nothing is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pmogen.exchange.workbook import read_returned, take
from pmogen.exchange.workbook.kinds import Choice, Day, Number, Several, Unclear, Words, told_apart
from pmogen.model.load import load
from pmogen.source.files import read_sources
from tests.exchange.workbook.desk import Desk, back, made
from tests.workspaces import ROOT


@pytest.fixture(scope="module")
def example():
    return read_sources(ROOT)


@pytest.fixture(scope="module")
def exported(example):
    return made(example)


@pytest.fixture(scope="module")
def book(exported, example):
    return exported, example


LEVEL, POINTS = Number(1, 5), Number(0, 1000, whole=True)
SIZES = Choice("sizes", {"H": "H \u2013 high", "M": "M \u2013 medium", "L": "L \u2013 low"})
DECISIONS = Choice("decisions", {"offer": "offered", "undecided": "undecided"}, "undecided")


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (LEVEL, 3, "3"),
        (LEVEL, 3.0, "3"),
        (LEVEL, "3", "3"),
        (LEVEL, " 2,5 ", "2.5"),
        (LEVEL, "2.5", "2.5"),
        (LEVEL, None, ""),
        (LEVEL, "  ", ""),
        (POINTS, "12", "12"),
        (Day(), dt.datetime.fromisoformat("2027-03-31"), "2027-03-31"),
        (Day(), dt.datetime.fromisoformat("2027-03-31 14:05"), "2027-03-31"),
        (Day(), "2027-03-31", "2027-03-31"),
        (Day(), "2027-3-1", "2027-03-01"),
        (Day(), "31.3.2027", "2027-03-31"),
        (Day(), "31. 03. 2027", "2027-03-31"),
        (Day(), "31/03/2027", "2027-03-31"),
        (Day(), "03/31/2027", "2027-03-31"),
        (Day(), "04/04/2027", "2027-04-04"),
        (Words(), "a\u00a0 b\r\n c", "a b c"),
        (Words(), 2026, "2026"),
        (Words(long=True), "one \r\n\r\n two\u200b", "one\n\ntwo"),
        (SIZES, "h", "H"),
        (SIZES, "high", "H"),
        (SIZES, "H \u2013 high ", "H"),
        (DECISIONS, "undecided", ""),
        (DECISIONS, "Offered", "offer"),
        (Several(), "- one\n\u2022 two\n\n", "one\ntwo"),
        (Several({"a": "Alpha, first", "b": "Beta"}), "alpha, first\nb", "a\nb"),
        (Several({"a": "Alpha", "b": "Beta"}), "Alpha; Beta, a", "a\nb"),
    ],
)
def test_what_people_write_is_understood(kind, value, told):
    assert kind.read(value) == told


@pytest.mark.parametrize(
    ("kind", "value", "message", "hint"),
    [
        (LEVEL, "7 wrong", "`7 wrong` is not a number", "type a number between 1 and 5"),
        (LEVEL, 7, "7 is not between 1 and 5", ""),
        (LEVEL, "1.234,5", "`1.234,5` is not a number", "type a number between 1 and 5"),
        (LEVEL, True, "`True` is not a number", "give the cell the format of a number, and type the number again"),
        (
            LEVEL,
            dt.datetime.fromisoformat("2027-03-02"),
            "`2027-03-02` is not a number",
            "give the cell the format of a number, and type the number again",
        ),
        (POINTS, 2.5, "2.5 is not a whole number", ""),
        (Day(), "03/04/2027", "`03/04/2027` can be two different days", "type it as in 2027-03-31"),
        (Day(), "next week", "`next week` is not a day", "type it as in 2027-03-31"),
        (Day(), "31.02.2027", "`31.02.2027` is not a day", "type it as in 2027-03-31"),
        (
            Day(),
            46112,
            "`46112` is a number and not a day",
            "give the cell the format of a date, and type the day again, as in 2027-03-31",
        ),
        (Day(), dt.datetime.fromisoformat("1900-01-01"), "1900-01-01 is too far away", "is it a slip of the hand?"),
        (SIZES, "hihg", "`hihg` is none of the values to choose from", None),
        (SIZES, "xyz", "`xyz` is none of the values to choose from", None),
        (Words(), "x" * 401, "the text has 401 characters, more than 400", "shorten it"),
        (Several({"a": "Alpha"}), "Gamma", "`Gamma` is none of the values to choose from", None),
    ],
)
def test_what_cannot_be_understood_is_said(kind, value, message, hint):
    with pytest.raises(Unclear) as unclear:
        kind.read(value)
    assert unclear.value.message == message
    assert hint is None or unclear.value.hint == hint


def test_names_that_are_alike_are_told_apart():
    assert told_apart({"a": "Board", "b": "board", "c": "Team"}) == {"a": "Board (a)", "b": "board (b)", "c": "Team"}


# each broken cell in the workbook itself


def broken(exported, example, form, identifier, **cells):
    came = back(Desk(exported).type(form, identifier, **cells).saved(), example)
    assert came.taken.broken
    return came.errors()


@pytest.mark.parametrize(
    ("cell", "cells", "place", "message"),
    [
        (("assessment", "governance"), {"stated__target": "7 wrong"}, "Assessment!J", "`7 wrong` is not a number"),
        (("assessment", "governance"), {"stated__current": "=1+1"}, "Assessment!G", "a formula cannot be taken over"),
        (("assessment", "governance"), {"stated__current": "#REF!"}, "Assessment!G", "`#REF!` is an error of the spreadsheet"),
        (("assessment", "governance"), {"stated__target_by": "03/04/2027"}, "Assessment!M", "`03/04/2027` can be two different"),
        (("decisions", "ppm-tool"), {"decision__who": None}, "Decisions!J", "`Who` is missing"),
        (("decisions", "pm-training"), {"decision__why": "x"}, "Decisions!I", "`Decision` is missing"),
        (("decisions", "pm-training"), {"decision__decision": "ofered"}, "Decisions!I", "`ofered` is none of the values"),
        (("waves", "2027-q1"), {"wave__fte": "-1"}, "Waves!G", "-1 is not between 0 and 100"),
        (("waves", "2027-q1"), {"wave__name": None}, "Waves!B", "`Wave` is missing"),
        (("wishes", "pm-training"), {"pin__wave": "2029-q4"}, "Wishes!E", "`2029-q4` is none of the values"),
        (("limits", "hr/2027-q1"), {"other__points": "2"}, "'Change and black-outs'!G", "`Which other changes` is missing"),
        (("assessment", "portfolio"), {"left__reason": "Later"}, "Assessment!R", "`Not assessed, because` is only said where"),
        (("foundation", "success"), {"answer__state": None, "answer__answer": "x"}, "Foundation!", "`State` is missing"),
    ],
)  # fmt: skip
def test_a_broken_cell_is_named(book, cell, cells, place, message):
    found = broken(*book, *cell, **cells)
    assert any(where.startswith(place) and said.startswith(message) for where, said in found), found


def test_ids_are_not_guessed(example, exported):
    desk = Desk(exported)
    sheet = desk.sheet("assessment")
    sheet.cell(desk.row("assessment", "governance"), 1).value = "governence"
    sheet.cell(desk.row("assessment", "portfolio"), 1).value = "sponsorship"
    waves = desk.sheet("waves")
    waves.cell(desk.row("waves", "2027-q1"), 1).value = None
    came = back(desk.saved(), example)
    said = {message: hint for _place, _severity, message, hint in came.said}
    assert said["there is no `governence`"] == "did you mean `governance`?"
    assert any(message.startswith("`sponsorship` stands here a second time, first in Assessment!A") for message in said)
    assert said["this row has no id"] == "rows cannot be added to this sheet; put the id back"


@pytest.mark.parametrize("identifier", ["Not An Id", "a/b", "=A5", "x" * 80])
def test_a_new_row_needs_a_good_id_or_none(example, exported, identifier):
    desk = Desk(exported)
    desk.add("units", identifier, unit__name="Legal", unit__description="Reads.")
    assert [place for place, _message in back(desk.saved(), example).errors()] == ["Units!A8"]


def test_what_is_computed_is_not_taken_over_and_said(example, exported):
    came = back(Desk(exported).type("assessment", "governance", answers=5, aspect="Something else").saved(), example)
    assert came.patch == ""
    assert [(severity, message) for _place, severity, message, _hint in came.said] == [
        ("warning", "`Aspect` is not filled in here, so it is ignored"),
        ("warning", "`Level by the answers` is not filled in here, so it is ignored"),
    ]


def test_notes_beside_the_table_are_ignored_and_said(example, exported):
    desk = Desk(exported)
    desk.sheet("waves").cell(desk.row("waves", "2027-q1"), 20).value = "ask finance"
    assert [entry[1:3] for entry in back(desk.saved(), example).said] == [
        ("note", "this column is not known, so it is ignored")
    ]


def test_a_copied_sheet_and_junk_below_a_table_stop_it(example, exported):
    desk = Desk(exported)
    desk.book.copy_worksheet(desk.sheet("waves"))
    desk.sheet("decisions").cell(200, 5).value = "pasted"
    assert sorted(message for _place, message in back(desk.saved(), example).errors()) == [
        "this row has no id",
        "this sheet is in the workbook twice",
    ]


def test_an_aspect_can_be_left_out_and_taken_in_again(example, exported):
    desk = Desk(exported)
    desk.type("assessment", "project-culture", left__reason="Not now", stated__evidence=None, stated__comment=None)
    desk.type("assessment", "benefits", left__reason=None)
    came = back(desk.saved(), example)
    assert came.errors() == []
    assert "-  - aspect: project-culture" in came.lines
    assert "+  - aspect: project-culture" in came.lines
    assert "+  - aspect: benefits" in came.lines
    assert "-  - aspect: benefits" in came.lines


def test_a_column_that_was_copied_is_not_guessed_at(example, exported):
    desk = Desk(exported)
    sheet = desk.sheet("waves")
    sheet.cell(3, 15).value = "wave.fte"
    assert back(desk.saved(), example).errors() == [("Waves", "the column `FTE of the PMO` is there twice")]


def test_a_hidden_sheet_that_somebody_made_up_is_no_reason_to_fall_over(example, exported):
    returned = read_returned(exported, "w.xlsx")
    base = {
        form: {row: dict.fromkeys(cells, "\x00 odd") for row, cells in rows.items()}
        for form, rows in returned.state.base.items()
    }
    loaded = load(example)
    values = {name: document.value for name, document in loaded.documents.items()}
    for side in ("stop", "files", "workbook"):
        made_up = replace(returned, state=replace(returned.state, base=base))
        assert take(made_up, loaded.workspace, values, side).since > 0
