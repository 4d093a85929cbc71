"""The Word document: chapters, tables with the numbers of playbook.json, a page for each unit, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from pmogen.errors import PmogenError
from pmogen.exchange.told import Told, number
from pmogen.exchange.word import CHAPTERS, parts_of, playbook_docx
from pmogen.language import speaking
from tests.exchange.libre_office import opened
from tests.exchange.playbooks import HOSTILE, example_told, hostile_told, small_told

TOLD = {"example": example_told, "small": small_told, "hostile": hostile_told}


def document(told: Told, only: str = ""):
    return Document(io.BytesIO(playbook_docx(told, only)))


def headings(made, level: int) -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == f"Heading {level}"]


def rows(made, *first: str) -> list[list[str]]:
    """The rows of the table whose headings begin so."""
    for table in made.tables:
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        if texts[0][: len(first)] == list(first):
            return texts[1:]
    raise AssertionError(first)


def test_chapters_come_in_order():
    assert headings(document(example_told()), 1) == [
        "Foundation",
        "Gaps",
        "Products and services",
        "Roadmap",
        "Hand-offs",
    ]


def test_numbers_are_those_of_playbook_json():
    told = example_told()
    made = document(told)
    assert [(row[0], row[2], row[3], row[4]) for row in rows(made, "Rank", "Aspect")] == [
        (str(gap.rank), number(gap.current), number(gap.target), number(gap.amount)) for gap in told.ranked_gaps
    ]
    assert [row[4] for row in rows(made, "Wave", "When")] == [
        f"{number(wave.use.build_days, 1)} of {number(wave.use.build_limit, 1)}" for wave in told.document.plan.waves
    ]
    planned = {row[0]: row for row in rows(made, "Product or service", "Kind", "Tier")}
    for place in told.document.plan.placements:
        service = told.services[place.service]
        assert planned[service.name][3:] == [
            told.wave(place.wave),
            number(service.expected_days, 1),
            number(service.run_fte),
        ]
    assert len(rows(made, "Product or service", "Kind", "Size of the gap")) == sum(
        len(candidate.closes) for candidate in told.document.candidates
    )


@pytest.mark.parametrize("part", CHAPTERS)
def test_a_part_has_its_chapter_alone(part):
    assert len(headings(document(example_told(), part), 1)) == 1


def test_a_unit_gets_one_page(tmp_path):
    told = example_told()
    for entity in told.document.entities:
        sheets = opened(playbook_docx(told, f"hand-off:{entity.id}"), "docx", tmp_path)
        assert len(sheets) == 1
        for entry in told.document.hand_offs:
            assert (entry.title in sheets[0].text) == (entry.entity == entity.id)


@pytest.mark.parametrize("part", ["x", "hand-off:", "hand-off:nobody", "Gaps"])
def test_an_unknown_part_is_told_with_those_there_are(part):
    with pytest.raises(PmogenError) as caught:
        playbook_docx(example_told(), part)
    assert "accounts-payable" in caught.value.hint


def test_all_parts_can_be_made():
    assert [len(playbook_docx(small_told(), part)) > 1000 for part in parts_of(small_told())]


def test_the_table_of_contents_lists_the_headings_and_leads_to_them():
    made = document(example_told())
    links = made.element.body.findall(f".//{qn('w:hyperlink')}")
    bookmarks = {mark.get(qn("w:name")) for mark in made.element.body.iter(qn("w:bookmarkStart"))}
    listed = [link.find(f"{qn('w:r')}/{qn('w:t')}").text for link in links]
    wanted = [p.text for p in made.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert listed == wanted
    assert {link.get(qn("w:anchor")) for link in links} <= bookmarks
    kinds = [mark.get(qn("w:fldCharType")) for mark in made.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_each_page_says_the_version():
    told = example_told()
    section = document(told).sections[0]
    assert section.header.paragraphs[0].text == told.settings.title
    assert f"version {told.settings.version}" in section.footer.paragraphs[0].text


@pytest.mark.parametrize("name", TOLD)
def test_libre_office_opens_it_with_all_chapters(name, tmp_path):
    told = TOLD[name]()
    sheets = opened(playbook_docx(told), "docx", tmp_path)
    text = " ".join(sheet.text for sheet in sheets)
    assert len(sheets) >= len(CHAPTERS)
    assert "Sources:" in text
    for sheet in sheets:
        assert all(word.right <= sheet.width for word in sheet.words)


def test_hostile_texts_stay_texts():
    made = document(hostile_told())
    shown = "\n".join([p.text for p in made.paragraphs] + [cell.text for t in made.tables for cell in t._cells])
    assert HOSTILE[0] in shown
    assert HOSTILE[4] in shown
    with zipfile.ZipFile(io.BytesIO(playbook_docx(hostile_told()))) as archive:
        assert not re.search(rb'TargetMode="External"', b"".join(archive.read(name) for name in archive.namelist()))


def test_the_same_playbook_gives_the_same_bytes():
    assert playbook_docx(example_told()) == playbook_docx(Told(example_told().playbook))


def test_it_speaks_the_language_asked_for():
    with speaking("de"):
        assert "Foundation" not in headings(document(example_told()), 1)
