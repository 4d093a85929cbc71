"""A workbook of an older state: three sides are compared, and nobody's work is overwritten."""

from __future__ import annotations

import pytest

from pmogen.edit import edit
from pmogen.errors import PmogenError
from pmogen.exchange.workbook import read_returned
from pmogen.exchange.workbook.state import SHEET
from pmogen.model.load import load
from pmogen.source.files import Sources
from tests.exchange.workbook.desk import Desk, back, made
from tests.workspaces import changed, service

DECISIONS = """\
# what was decided
services:
  - service: register # the first
    decision: offer
    who: Board
    when: 2027-01-10
    why: We need it.
entities: [{id: finance, name: Finance, description: Pays.}]
hand_offs:
  - {id: pay, title: Pay, entity: finance, aspects: [visibility], asked: Pay us., contact: Head, due: 2027-03-01, status: agreed}
"""
FILE = "content/decisions.yml"


@pytest.fixture(scope="module")
def sources():
    return changed({FILE: DECISIONS})


@pytest.fixture(scope="module")
def exported(sources):
    return made(sources)


def since(text):
    """The sources, changed by somebody since the workbook was made."""
    return changed({FILE: text})


def desk(exported, **cells):
    return Desk(exported).type("decisions", "register", **{f"decision__{name}": value for name, value in cells.items()})


def test_what_only_the_files_changed_stays(exported):
    came = back(exported, since(DECISIONS.replace("We need it.", "We need it soon.")))
    assert (came.patch, came.taken.conflicts, came.taken.since) == ("", (), 1)


def test_both_sides_changed_different_cells_of_a_row(exported):
    came = back(desk(exported, who="Sponsor").saved(), since(DECISIONS.replace("We need it.", "We need it soon.")))
    assert came.lines == ["-    who: Board", "+    who: Sponsor"]


def test_both_sides_changed_a_cell_to_the_same(exported):
    came = back(desk(exported, why="Soon.").saved(), since(DECISIONS.replace("We need it.", "Soon.")))
    assert (came.patch, came.taken.conflicts) == ("", ())


@pytest.mark.parametrize(
    ("side", "lines"),
    [("stop", []), ("files", []), ("workbook", ["-    why: Later.", "+    why: Now."])],
)
def test_both_sides_changed_a_cell_to_different_things(exported, side, lines):
    came = back(desk(exported, why="Now.").saved(), since(DECISIONS.replace("We need it.", "Later.")), side)
    shown = [(one.place, one.what, one.base, one.theirs, one.ours) for one in came.taken.conflicts]
    expected = [("Decisions!L5", "register, Why", "We need it.", "Now.", "Later.")]
    assert (came.lines, shown) == (lines, expected if side == "stop" else [])
    assert came.taken.broken == (side == "stop")


GONE = DECISIONS[: DECISIONS.index("services:")] + DECISIONS[DECISIONS.index("entities") :]


@pytest.mark.parametrize(("side", "written"), [("stop", False), ("files", False), ("workbook", True)])
def test_what_was_taken_out_of_the_files_is_not_brought_back_by_itself(exported, side, written):
    assert back(exported, since(GONE), side).patch == ""
    came = back(desk(exported, why="Now.").saved(), since(GONE), side)
    assert bool(came.taken.conflicts) == (side == "stop")
    assert ("+    decision: offer" in came.lines) == written
    assert ("+    why: Now." in came.lines) == written


def test_what_was_added_to_the_files_is_not_taken_out(exported):
    more = DECISIONS.replace(
        "entities:", "  - {service: reporting, decision: defer, who: A, when: 2027-01-11, why: B}\nentities:"
    )
    came = back(exported, since(more))
    assert (came.patch, came.taken.since) == ("", 4)
    both = Desk(exported).type("decisions", "reporting", decision__decision="offered", decision__who="A")
    both.type("decisions", "reporting", decision__when="2027-01-11", decision__why="B")
    came = back(both.saved(), since(more))
    assert [one.what for one in came.taken.conflicts] == ["reporting, Decision"]


def test_comments_order_and_quotes_stay(exported, sources):
    came = back(desk(exported, decision="deferred", until="2027-12-01").saved(), sources)
    new = edit(sources.files, came.taken.changes).new[FILE].decode()
    assert new == DECISIONS.replace("decision: offer", "decision: defer").replace(
        "    why: We need it.\n", "    why: We need it.\n    until: 2027-12-01\n"
    )


def test_a_row_that_is_emptied_is_taken_out(exported, sources):
    book = Desk(exported)
    sheet, row = book.sheet("hand-offs"), book.row("hand-offs", "pay")
    for number in range(2, sheet.max_column + 1):
        sheet.cell(row, number).value = None
    came = back(book.saved(), sources)
    assert came.lines[0] == "-hand_offs:"
    assert not [line for line in came.lines if line.startswith("+")]


def test_the_assessment_that_the_workbook_is_about_is_changed(exported, sources):
    newer = "date: 2027-06-30\ntitle: Second\nmethod: Again.\naspects: [{aspect: visibility, current: 3, target: 4}]\n"
    both = Sources({**sources.files, "content/assessments/2027-06-30.yml": newer.encode()})
    came = back(Desk(exported).type("assessment", "visibility", stated__current=2.5).saved(), both)
    assert [message for _place, _severity, message, _hint in came.said] == [
        "the workbook is about the assessment 2027-01-31, and there is a newer one"
    ]
    assert "a/content/assessments/2027-01-31.yml" in came.patch


# languages

TWO = {
    "content/playbook.yml": {"language": "en", "languages": ["en", "de"]},
    FILE: DECISIONS.replace("why: We need it.", "why: {en: We need it., de: Wir brauchen es.}"),
}


def test_a_text_in_two_languages_is_changed_in_that_of_the_workbook():
    both = changed(TWO)
    german = made(both, "de")
    came = back(desk(german, why="Dringend.", who="Vorstand").saved(), both)
    assert sorted(came.lines) == sorted(
        [
            "-    who: Board",
            "-    why: {en: We need it., de: Wir brauchen es.}",
            "+    who:",
            "+      en: Board",
            "+      de: Vorstand",
            "+    why: {en: We need it., de: Dringend.}",
        ]
    )
    english = made(both)
    came = back(desk(english, why="Urgent.", who="The board").saved(), both)
    assert sorted(came.lines) == sorted(
        [
            "-    who: Board",
            "-    why: {en: We need it., de: Wir brauchen es.}",
            "+    who: The board",
            "+    why: {en: Urgent., de: Wir brauchen es.}",
        ]
    )


def test_labels_of_the_workbook_are_those_of_its_language():
    both = changed(TWO)
    german = Desk(made(both, "de"))
    assert german.cell("decisions", "register", "decision.decision").value == "angeboten"
    came = back(desk(german.raw, decision="zurückgestellt").saved(), both)
    assert came.lines == ["-    decision: offer", "+    decision: defer"]


# the hidden sheet, and hostile texts


def test_a_workbook_without_or_with_another_hidden_sheet_is_refused(exported):
    book = Desk(exported)
    book.book[SHEET].cell(6, 4).value = "something else"
    with pytest.raises(PmogenError, match="was changed"):
        read_returned(book.saved(), "w.xlsx")
    book.book.remove(book.book[SHEET])
    with pytest.raises(PmogenError, match="hidden sheet is missing"):
        read_returned(book.saved(), "w.xlsx")


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 nothing", b"id,name\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused(raw):
    with pytest.raises(PmogenError):
        read_returned(raw, "w.xlsx")


def test_a_truncated_workbook_is_refused(exported):
    with pytest.raises(PmogenError):
        read_returned(exported[: len(exported) // 2], "w.xlsx")


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "-2",
    "{=1}",
    "_x0041_",
    "<b>&amp;",
    "a\tb",
    "1-2",
    "007",
    "'x",
]


def test_texts_that_look_like_something_else_stay_texts():
    entries = [service("register"), *(service(f"s{n}", name=text, purpose=text) for n, text in enumerate(HOSTILE))]
    why = [
        {"service": f"s{n}", "decision": "defer", "who": text, "when": "2027-01-01", "why": text}
        for n, text in enumerate(HOSTILE)
    ]
    odd = changed({"standard/services.yml": {"services": entries}, FILE: {"services": why}})
    assert load(odd).workspace is not None
    raw = made(odd)
    came = back(raw, odd)
    assert (came.patch, came.said) == ("", [])
    book = Desk(raw)
    for number, text in enumerate(HOSTILE):
        cell = book.cell("decisions", f"s{number}", "decision.why")
        assert cell.data_type == "s"
        book.type("decisions", f"s{number}", decision__until="2027-02-01")
        assert text in (cell.value, cell.value.replace("_x005F", ""))
    came = back(book.saved(), odd)
    assert [line for line in came.lines if line.startswith("-")] == []


def test_a_playbook_without_decisions_takes_its_first_ones():
    bare = changed({})
    book = Desk(made(bare))
    book.add("units", unit__name="Finance", unit__description="Pays.")
    book.type("decisions", "register", decision__decision="offered", decision__who="Board")
    book.type("decisions", "register", decision__when="2027-02-01", decision__why="Needed.")
    came = back(book.saved(), bare)
    assert came.errors() == []
    new = edit(bare.files, came.taken.changes).new[FILE].decode()
    assert new == (
        "services:\n  - service: register\n    decision: offer\n    who: Board\n    when: 2027-02-01\n    why: Needed.\n"
        "entities:\n  - id: finance\n    name: Finance\n    description: Pays.\n"
    )
