"""A workbook that goes out and comes back: nothing is lost, nothing is invented, and only what was typed changes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from pmogen.edit import edit
from pmogen.exchange.document import document_of
from pmogen.exchange.workbook.state import SHEET
from pmogen.exchange.workbook.write import FIRST, HEADINGS
from pmogen.model.load import load
from pmogen.playbook import compute
from pmogen.source.files import Sources, read_sources
from tests.exchange.workbook.desk import Desk, back, made, through_libreoffice
from tests.workspaces import ROOT

MIDNIGHT = dt.datetime.fromisoformat("2027-06-30")


@pytest.fixture(scope="module")
def example():
    return read_sources(ROOT)


@pytest.fixture(scope="module")
def exported(example):
    return made(example)


def test_the_same_inputs_give_the_same_bytes(example, exported):
    assert made(example) == exported


def test_what_nobody_edited_changes_nothing(example, exported):
    came = back(exported, example)
    assert (came.patch, came.said, came.taken.edited, came.taken.since) == ("", [], 0, 0)


def test_what_nobody_edited_changes_nothing_after_libreoffice_saved_it(example, exported):
    came = back(through_libreoffice(exported), example)
    assert (came.patch, came.said, came.taken.edited) == ("", [], 0)


@pytest.fixture(scope="module", params=["de", "es"])
def translated(example, request):
    return made(example, request.param)


def test_other_languages_change_nothing_either(example, translated):
    came = back(translated, example)
    assert (came.patch, came.said) == ("", [])


def typed(exported):
    """Edits on every sheet that is filled in."""
    desk = Desk(exported)
    desk.type("foundation", "success", answer__state="assumed", answer__answer="Fewer surprises.\n\nAnd earlier ones.")
    desk.type("expectations", "executive-board/choose-and-stop", benefit__weight=5)
    desk.type("assessment", "governance", stated__target=4)
    desk.type("assessment", "sponsorship", stated__priority=None, stated__priority_reason=None)
    desk.type("assessment", "knowledge", stated__evidence="One thing\n- Another thing", stated__current=2.5)
    desk.type("assessment", "knowledge", stated__current_source="workshop", stated__current_reason="We looked.")
    desk.type("decisions", "ppm-tool", decision__decision="undecided")
    desk.type("decisions", "change-control", decision__until=dt.date(2027, 6, 30))
    desk.type("acceptances", "scope-change", accepted__who=None, accepted__when=None, accepted__why=None)
    desk.type("acceptances", "scope-change", accepted__until=None)
    desk.type("hand-offs", "staff-directory-feed", **{"hand-off__status": "agreed"})
    desk.sheet("hand-offs").cell(desk.row("hand-offs", "staff-directory-feed"), 10).value = dt.date(2026, 11, 12)
    desk.type("waves", "2027-q2", wave__fte=4.25)
    desk.type("wishes", "resource-overview", pin__wave=None)
    desk.type("wishes", "capacity-planning", deadline__wave="2027-q4", deadline__who="Board", deadline__why="The plan.")
    desk.type("limits", "sponsors/2027-q1", closed__why="Price review")
    desk.type("limits", "finance/2026-q4", other__points=6)
    return desk.saved()


@pytest.mark.parametrize("saved_by", ["openpyxl", "LibreOffice"])
def test_exactly_what_was_typed_comes_back(example, exported, saved_by):
    raw = typed(exported)
    if saved_by == "LibreOffice":
        raw = through_libreoffice(raw)
    came = back(raw, example)
    assert came.errors() == []
    assert came.taken.conflicts == ()
    after = load(Sources({**example.files, **edit(example.files, came.taken.changes).new}, example.standard_is))
    assert after.workspace is not None, after.diagnostics
    told = after.workspace
    was = load(example).workspace
    answer = {entry.question: entry for entry in told.foundation.answers}["success"]
    assert (answer.state, answer.answer) == ("assumed", "Fewer surprises.\n\nAnd earlier ones.")
    assert [b.weight for c in told.foundation.customers for b in c.expects if b.id == "choose-and-stop"] == [5]
    stated = {entry.aspect: entry for entry in told.current.assessment.aspects}
    assert (stated["governance"].target, stated["governance"].priority) == (4, "H")
    assert (stated["sponsorship"].priority, stated["sponsorship"].priority_reason) == (None, None)
    assert stated["knowledge"].evidence == ("One thing", "Another thing")
    assert (stated["knowledge"].current, stated["knowledge"].current_source) == (2.5, "workshop")
    decided = {entry.service: entry for entry in told.decisions.services}
    assert "ppm-tool" not in decided
    assert decided["change-control"].until == dt.date(2027, 6, 30)
    assert [gap.aspect for gap in told.decisions.accepted_gaps] == ["dependencies"]
    hand_off = {entry.id: entry for entry in told.decisions.hand_offs}["staff-directory-feed"]
    assert (hand_off.status, hand_off.agreed_on) == ("agreed", dt.date(2026, 11, 12))
    assert {wave.id: wave.fte for wave in told.roadmap.waves}["2027-q2"] == 4.25
    assert told.roadmap.pins == ()
    assert [(one.service, one.wave, one.who) for one in told.roadmap.deadlines] == [
        ("capacity-planning", "2027-q4", "Board")
    ]
    limits = {limit.audience: limit for limit in told.roadmap.audiences}
    assert [(one.wave, one.why) for one in limits["sponsors"].black_outs] == [("2027-q1", "Price review")]
    assert [one.points for one in limits["finance"].background] == [6, 6, 3]
    assert (told.settings, told.catalogue, told.scenarios) == (was.settings, was.catalogue, was.scenarios)
    gone, come = ([line.partition("#")[2] for line in came.lines if line[0] == sign and "#" in line] for sign in "-+")
    assert gone == come


def test_what_was_typed_and_written_is_nothing_new(example, exported):
    raw = typed(exported)
    came = back(raw, example)
    after = Sources({**example.files, **edit(example.files, came.taken.changes).new}, example.standard_is)
    again = back(raw, after)
    assert (again.patch, again.taken.conflicts, again.errors()) == ("", (), [])


def test_rows_may_be_sorted_and_columns_moved(example, exported):
    desk = Desk(exported)
    desk.type("waves", "2027-q2", wave__fte=4)
    sheet = desk.sheet("waves")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST + 1)]
    for number, values in enumerate(reversed(rows), FIRST + 1):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    sheet.insert_cols(3)
    came = back(desk.saved(), example)
    assert came.lines == ["-    fte: 4.5", "+    fte: 4"]
    assert came.errors() == []


def test_deleted_rows_and_sheets_are_said_and_change_nothing(example, exported):
    desk = Desk(exported)
    desk.sheet("decisions").delete_rows(desk.row("decisions", "ppm-tool"))
    desk.book.remove(desk.sheet("waves"))
    came = back(desk.saved(), example)
    assert came.patch == ""
    assert [(place, message) for place, _severity, message, _hint in came.said] == [
        ("Waves", "the sheet is missing: nothing is changed there"),
        ("Decisions", "the row of `ppm-tool` is missing: nothing is changed there"),
    ]


def test_new_entries_are_added_with_ids_of_their_own(example, exported):
    desk = Desk(exported)
    desk.add("units", unit__name="Legal", unit__description="Reads contracts.")
    new = {"title": "Read contracts faster, please", "entity": "Legal", "aspects": "Tools and project data, governance"}
    new |= {"asked": "Within five days.", "contact": "Head of legal", "due": "31.03.2027"}
    desk.add("hand-offs", **{f"hand-off__{name}": value for name, value in new.items()})
    desk.add("expectations", customer="Sponsors", benefit__benefit="Less paper", benefit__weight=2,
             benefit__aspects="Project governance")  # fmt: skip
    came = back(desk.saved(), example)
    assert came.errors() == []
    told = load(
        Sources({**example.files, **edit(example.files, came.taken.changes).new}, example.standard_is)
    ).workspace
    assert told.decisions.entities[-1].id == "legal"
    last = told.decisions.hand_offs[-1]
    assert (last.id, last.entity, last.aspects, last.status, last.due) == (
        "read-contracts-faster-please",
        "legal",
        ("tools-data", "governance"),
        "proposed",
        dt.date(2027, 3, 31),
    )
    assert told.foundation.customers[1].expects[-1].id == "less-paper"


# what is inside


def test_no_cell_computes_anything_and_nothing_leads_outside(exported):
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        names = archive.namelist()
        sheets = [archive.read(name) for name in names if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]


def test_numbers_are_those_of_the_playbook(example, exported):
    document = document_of(compute(load(example).workspace))
    book = openpyxl.load_workbook(io.BytesIO(exported))

    def table(title):
        rows = list(book[title].iter_rows(min_row=HEADINGS + 1, values_only=True))
        return {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0]}

    shown = table("Gaps")
    assert list(shown) == [gap.aspect for gap in document.gaps if gap.kind == "gap"]
    for gap in document.gaps:
        if gap.kind == "gap":
            row = shown[gap.aspect]
            numbers = (row["Level today"], row["Target"], row["Gap"], row["Rank"], row["Score"])
            assert numbers == (
                *(pytest.approx(float(value), abs=1e-4) for value in (gap.current, gap.target, gap.amount)),
                gap.rank,
                gap.score,
            )
            assert row["Gap size (L, M, H)"][0] == gap.size
    planned = table("Plan")
    waves = {wave.id: wave for wave in document.plan.waves}
    for place in document.plan.placements:
        assert planned[place.service]["Wave"] == waves[place.wave].name
        assert planned[place.service]["First day"].date() == waves[place.wave].starts
    loads = table("Load")
    for load_ in document.plan.loads:
        if load_.points:
            assert loads[f"{load_.audience}/{load_.wave}"]["Points"] == pytest.approx(float(load_.points), abs=1e-4)
    answered = table("Assessment")
    for aspect in document.assessment.aspects:
        if aspect.answers and aspect.answers.level is not None:
            level = answered[aspect.id]["Level by the answers"]
            assert level == pytest.approx(float(aspect.answers.level), abs=1e-4)


def test_days_are_days_and_computed_cells_are_locked(exported):
    desk = Desk(exported)
    due = desk.cell("hand-offs", "staff-directory-feed", "hand-off.due")
    assert (due.value, due.number_format, due.protection.locked) == (MIDNIGHT, "yyyy-mm-dd", False)
    assert desk.cell("assessment", "governance", "answers").protection.locked
    assert desk.cell("waves", "2026-q3", "wave.fte").protection.locked
    assert all(sheet.protection.sheet for sheet in desk.book)
    assert desk.book[SHEET].sheet_state == "veryHidden"


def test_every_sheet_prints_across_with_its_headings(exported):
    book = openpyxl.load_workbook(io.BytesIO(exported))
    for sheet in book.worksheets[1:]:
        if sheet.sheet_state == "visible":
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.print_title_rows == f"${HEADINGS + 1}:${HEADINGS + 1}"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.freeze_panes is not None


def test_what_is_said_at_a_cell_fits_what_excel_allows(translated):
    desk = Desk(translated)
    rules = [rule for sheet in desk.book for rule in sheet.data_validations.dataValidation]
    assert len(rules) > 40
    for rule in rules:
        assert len(rule.promptTitle or "") <= 32
        assert len(rule.prompt or "") <= 255
        assert len(rule.error or "") <= 255
        assert rule.type is None or rule.error
    assert all(len(name) <= 31 for name in desk.book.sheetnames)
