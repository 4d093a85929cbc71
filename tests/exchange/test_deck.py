"""Decks: native tables and charts with the numbers of playbook.json, nothing that overflows, the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from pmogen.errors import PmogenError
from pmogen.exchange.deck import deck_pptx
from pmogen.exchange.deck.look import HEIGHT, WIDTH
from pmogen.exchange.metrics import lines, shortened, width
from pmogen.exchange.package import was_edited
from pmogen.exchange.records import decimal
from pmogen.exchange.told import Told, number
from pmogen.language import speaking
from tests.exchange.libre_office import opened
from tests.exchange.playbooks import HOSTILE, LONG, example_told, hostile_told, small_told

TOLD = {"example": example_told, "small": small_told, "hostile": hostile_told}
FOOT = 506
"""Where the foot of a slide begins, in points; the body ends above."""


def deck(told: Told, kind: str = "steering", **more):
    return Presentation(io.BytesIO(deck_pptx(told, kind, **more)))


def texts(slide) -> str:
    """All words of a slide, tables included."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def tables(made, title: str) -> list[list[str]]:
    """The rows of a table, put together from the slides that it takes."""
    rows = []
    for slide in made.slides:
        if slide.shapes.title.text.startswith(title):
            for shape in slide.shapes:
                if shape.has_table:
                    rows += [[cell.text for cell in row.cells] for row in shape.table.rows][1:]
    return rows


def charts(made) -> dict[str, tuple[list[str], dict[str, list[float]]]]:
    return {
        slide.shapes.title.text: (
            list(shape.chart.plots[0].categories),
            {series.name: list(series.values) for series in shape.chart.plots[0].series},
        )
        for slide in made.slides
        for shape in slide.shapes
        if shape.has_chart
    }


def test_the_gap_table_says_what_playbook_json_says():
    told = example_told()
    rows = tables(deck(told), "Gaps by rank")
    gaps = [gap for gap in told.document.gaps if gap.kind == "gap"]
    assert [(row[0], row[2], row[3], row[4]) for row in rows] == [
        (str(gap.rank), number(gap.current), number(gap.target), number(gap.amount)) for gap in gaps
    ]


def test_charts_hold_the_numbers_of_playbook_json():
    told = example_told()
    found = charts(deck(told))
    _names, series = found["The most pressing gaps"]
    assert series["Today"] == [decimal(gap.current) for gap in told.ranked_gaps[:10]]
    assert series["Target"] == [decimal(gap.target) for gap in told.ranked_gaps[:10]]
    waves, days = found["Building in each wave"]
    assert waves == [wave.name for wave in told.document.plan.waves]
    assert days["Planned"] == [decimal(wave.use.build_days) for wave in told.document.plan.waves]
    assert days["At most"] == [decimal(wave.use.build_limit) for wave in told.document.plan.waves]
    levels = found["What the roadmap closes"][1]
    for place, gap in enumerate(told.ranked_gaps[:10]):
        assert sum(values[place] for values in levels.values()) == pytest.approx(float(gap.target), abs=0.001)


def test_every_wave_load_and_hand_off_is_there():
    told = example_told()
    made = deck(told)
    plan = told.document.plan
    assert [row[0] for row in tables(made, "The waves")] == [wave.name for wave in plan.waves]
    launched = ", ".join(row[4] for row in tables(made, "The waves"))
    assert all(told.services[place.service].name in launched for place in plan.placements)
    loads = {(row[0], place): cell for row in tables(made, "Change load") for place, cell in enumerate(row[1:])}
    for load in plan.loads:
        cell = loads.get((told.name("audiences", load.audience), [wave.id for wave in plan.waves].index(load.wave)))
        if load.points:
            assert cell.startswith(f"{number(load.points, 1)} of {number(load.capacity, 1)}, {load.band}")
    assert {row[0] for row in tables(made, "What is asked")} == {entry.title for entry in told.document.hand_offs}


def test_the_board_is_asked_for_what_waits_for_a_decision():
    told = example_told()
    asked = tables(deck(told), "Decisions asked for")
    undecided = {
        told.name("services", place.service)
        for place in told.document.plan.placements
        if told.services[place.service].decision == "undecided"
    }
    assert undecided
    assert {f"Offer {name}?" for name in undecided} <= {row[0] for row in asked}
    assert all(re.fullmatch(r"[\w./-]+:\d+", row[2]) for row in asked)


def test_the_services_deck_shows_every_candidate_and_decides_nothing():
    told = example_told()
    made = deck(told, "services")
    shown = "\n".join(texts(slide) for slide in made.slides)
    assert all(told.name("services", candidate.service) in shown for candidate in told.document.candidates)
    assert not re.search(r"\b(offered|declined|deferred|undecided)\b", shown)


@pytest.mark.parametrize("kind", ["steering", "services"])
def test_notes_name_the_lines_that_figures_come_from(kind):
    made = deck(example_told(), kind)
    for slide in made.slides:
        if any(shape.has_table or shape.has_chart for shape in slide.shapes):
            assert re.search(r"Sources: .*\.yml:\d+", slide.notes_slide.notes_text_frame.text)


@pytest.mark.parametrize("kind", ["steering", "services"])
@pytest.mark.parametrize("name", TOLD)
def test_nothing_leaves_its_slide(name, kind):
    made = deck(TOLD[name](), kind)
    for slide in made.slides:
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0
            assert Emu(shape.left + shape.width).pt <= WIDTH + 0.1
            tall = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert Emu(shape.top + tall).pt <= HEIGHT
            if shape.has_table:
                assert Emu(shape.top + tall).pt <= FOOT


@pytest.mark.parametrize("kind", ["steering", "services"])
@pytest.mark.parametrize("name", TOLD)
def test_libre_office_draws_every_slide_without_overflow(name, kind, tmp_path):
    raw = deck_pptx(TOLD[name](), kind)
    count = len(Presentation(io.BytesIO(raw)).slides)
    sheets = opened(raw, "pptx", tmp_path)
    assert len(sheets) == count
    for sheet in sheets:
        foot = [word for word in sheet.words if word.top >= FOOT]
        assert all(word.bottom <= HEIGHT and word.left >= -1 and word.right <= WIDTH + 1 for word in sheet.words)
        body = [word for word in sheet.words if word not in foot]
        assert all(word.bottom <= FOOT + 4 for word in body), [word for word in body if word.bottom > FOOT + 4]
        assert len(foot) <= 60
        assert not {word.text for word in foot} & {word.text for word in body if word.bottom > FOOT}


def test_hostile_texts_stay_texts():
    told = hostile_told()
    raw = deck_pptx(told)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                assert b"evil.test" not in archive.read(name) or b"TargetMode" not in archive.read(name)
    shown = "\n".join(texts(slide) for slide in deck(told).slides)
    assert HOSTILE[0] in shown.replace("\n", " ")


def test_what_is_cut_from_a_cell_stands_in_the_notes():
    told = hostile_told()
    made = deck(told)
    cut = [slide for slide in made.slides if "…" in texts(slide) and any(shape.has_table for shape in slide.shapes)]
    assert cut
    for slide in cut:
        assert slide.has_notes_slide
    told_besides = "".join(slide.notes_slide.notes_text_frame.text for slide in cut)
    assert told_besides.count(LONG[:380]) > 0


@pytest.mark.parametrize("kind", ["steering", "services"])
def test_the_same_playbook_gives_the_same_bytes(kind):
    assert deck_pptx(example_told(), kind) == deck_pptx(Told(example_told().playbook), kind)


def test_no_time_but_the_day_of_the_playbook_is_in_it():
    told = example_told()
    raw = deck_pptx(told)
    day = told.as_of
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(day.year, day.month, day.day, 0, 0, 0)}
        workbook = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        with zipfile.ZipFile(io.BytesIO(archive.read(workbook))) as inner:
            assert f">{day.isoformat()}T00:00:00Z<".encode() in inner.read("docProps/core.xml")
    properties = deck(told).core_properties
    assert properties.created == properties.modified == dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    assert properties.author == told.settings.organisation


def test_what_another_program_saved_is_told_apart():
    raw = deck_pptx(example_told())
    assert not was_edited(raw)
    again = io.BytesIO()
    made = Presentation(io.BytesIO(raw))
    for part in made.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = part.blob.replace(b">pmogen<", b">Somebody's Office<")
    made.save(again)
    assert was_edited(again.getvalue())
    assert was_edited(b"years of work")


def test_characters_that_xml_forbids_are_left_out():
    playbook = example_told().playbook
    settings = playbook.workspace.settings.model_copy(update={"title": "a\x00b\x07\ud800c\uffff", "version": "\x1b[0m"})
    told = Told(replace(playbook, workspace=replace(playbook.workspace, settings=settings)))
    assert any("abc" in texts(slide) for slide in deck(told).slides)


def template(wide: int = 1280, tall: int = 720) -> bytes:
    """A template of somebody: other size, a slide that must not be taken over."""
    made = Presentation()
    made.slide_width, made.slide_height = Pt(wide), Pt(tall)
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Secret example slide"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_a_template_gives_its_size_and_not_its_slides():
    made = deck(example_told(), template=template(), name="ours.pptx")
    assert Emu(made.slide_width).pt == 1280
    assert not any("Secret" in texts(slide) for slide in made.slides)
    assert len(made.slides) >= 12
    assert deck_pptx(example_told(), template=template()) == deck_pptx(example_told(), template=template())


def test_nothing_of_a_template_speaks_of_its_slides():
    made = Presentation(io.BytesIO(template()))
    sections = (
        '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext uri="{521415D9-36F7-43E2-AB2F-'
        'B90AF26B5E84}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section '
        'name="Old" id="{0F9A58CE-0000-0000-0000-000000000000}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst>'
        "</p14:section></p14:sectionLst></p:ext></p:extLst>"
    )
    made.part._element.append(parse_xml(sections))
    target = io.BytesIO()
    made.save(target)
    assert b"sectionLst" in zipfile.ZipFile(target).read("ppt/presentation.xml")
    with zipfile.ZipFile(io.BytesIO(deck_pptx(small_told(), template=target.getvalue()))) as archive:
        assert b"sectionLst" not in archive.read("ppt/presentation.xml")
        assert not any("thumbnail" in name for name in archive.namelist())
        assert not any(b"Secret" in archive.read(name) for name in archive.namelist())


def test_with_a_template_nothing_overflows_either(tmp_path):
    sheets = opened(deck_pptx(example_told(), template=template(960, 540)), "pptx", tmp_path)
    for sheet in sheets:
        assert all(word.bottom <= 541 and word.right <= 961 for word in sheet.words)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04nothing", b"years of work", deck_pptx(small_told())[:-900]])
def test_a_template_that_is_none_is_told(raw):
    with pytest.raises(PmogenError, match=r"mine\.pptx"):
        deck_pptx(small_told(), template=raw, name="mine.pptx")


def test_a_template_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr("pmogen.exchange.package.LARGEST_UNPACKED", 1000)
    with pytest.raises(PmogenError, match="too much"):
        deck_pptx(small_told(), template=template(), name="bomb.pptx")


def test_it_speaks_the_language_asked_for():
    with speaking("de"):
        made = deck(example_told())
    titles = [slide.shapes.title.text for slide in made.slides]
    assert not any(title.startswith(("Gaps", "Risks", "The waves")) for title in titles)


def test_widths_of_texts_are_those_of_the_font():
    assert width("PMO", 1000) == pytest.approx((667 + 833 + 778) * 1.03)
    assert lines("word " * 100, 200, 12) > lines("word " * 100, 400, 12)
    assert lines(LONG, 100, 12) >= width(LONG, 12) / 100
    assert lines("", 100, 12) == 1
    assert shortened("one two three", 1000, 12, 1) == "one two three"
    assert shortened("one two three", 45, 12, 1) == "one …"
