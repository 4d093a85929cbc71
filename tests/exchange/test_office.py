"""Workbooks from other people: whatever is wrong with one is one clear error, at once, and with little memory."""

from __future__ import annotations

import io
import struct
import sys
import time
import tracemalloc
import zipfile

import pytest

from pmogen.errors import PmogenError
from pmogen.exchange import office
from pmogen.exchange.office import guarded_workbook, rows_of, text_of
from pmogen.exchange.survey import Handed, collect
from tests.exchange.surveys import as_xlsx
from tests.workspaces import example

SECONDS, MEGABYTES = 2.0, 120
GOOD = as_xlsx([["[GROUP] Group", "[governance] Who?"], ["sponsors", "2"]])
WORKSPACE = example()


def changed(raw, changes=None, more=None):
    """The workbook with parts changed (bytes to bytes) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, (changes or {}).get(part.filename, lambda same: same)(content))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def declared(content):
    return content.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet', 1)


def with_formula(content):
    return content.replace(b'<c r="B2"><v>2</v></c>', b'<c r="B2"><f>1+1</f><v>2</v></c>')


def sparse(content):
    return content.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')


def wide(content):
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(3, 20_000))
    return content.replace(b"</sheetData>", rows + b"</sheetData>")


def long(content):
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(3, 400_000))
    return content.replace(b"</sheetData>", rows + b"</sheetData>")


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr(SHEET, b" " * 400_000_000)
    return out.getvalue()


def lying_bomb():
    """A part of 60 MB of which the directory says that it has 100 bytes."""
    raw = changed(GOOD, more={"xl/big.xml": b" " * 60_000_000})
    at = raw.rindex(b"xl/big.xml") - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    return raw[: at + 24] + struct.pack("<I", 100) + raw[at + 28 :]


def encrypted():
    raw = bytearray(GOOD)
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 8] |= 1
    return bytes(raw)


def many_parts():
    return changed(GOOD, more={f"xl/part{number}.xml": b"<x/>" for number in range(600)})


HOSTILE = {
    "a zip bomb": (bomb, "unpacks to more"),
    "a zip bomb that lies": (lying_bomb, "damaged"),
    "too many parts": (many_parts, "too many parts"),
    "100 MB": (lambda: office.ZIP + b"\0" * 100_000_000, "larger than"),
    "a password": (lambda: office.OLD + b"\0" * 4096, "password"),
    "a password of a zip": (encrypted, "password"),
    "cut off": (lambda: GOOD[: len(GOOD) // 2], "damaged"),
    "cut off at the start": (lambda: GOOD[:6], "damaged"),
    "no zip": (lambda: b"hello", "no workbook"),
    "another zip": (lambda: changed(GOOD, {"xl/workbook.xml": lambda _old: b"<x/>"}), "no sheet"),
    "broken xml": (lambda: changed(GOOD, {"xl/workbook.xml": lambda old: old[:-20]}), "damaged"),
    "macros": (lambda: changed(GOOD, more={"xl/vbaProject.bin": b"x"}), "macros"),
    "external links": (
        lambda: changed(GOOD, more={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "links to other files",
    ),
    "connections": (lambda: changed(GOOD, more={"xl/connections.xml": b"<x/>"}), "links to other files"),
    "objects": (lambda: changed(GOOD, more={"xl/embeddings/oleObject1.bin": b"x"}), "embedded objects"),
    "entities": (lambda: changed(GOOD, {SHEET: declared}), "declares entities"),
    "entities in UTF-16": (
        lambda: changed(GOOD, {SHEET: lambda old: declared(old).decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
        "declares entities",
    ),
    "a million rows": (lambda: changed(GOOD, {SHEET: long}), "too large"),
    "a row far down": (lambda: changed(GOOD, {SHEET: sparse}), "too large"),
    "cells far right": (lambda: changed(GOOD, {SHEET: wide}), "too large"),
    "a formula": (lambda: changed(GOOD, {SHEET: with_formula}), r"1 answer is computed by a formula, at Form1!B2"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_could_do_harm_is_refused_at_once(what):
    make, told = HOSTILE[what]
    raw = make()
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(PmogenError, match=told) as refused:
        collect([Handed("given.xlsx", raw)] if what not in ("no zip", "100 MB") else _alone(raw), WORKSPACE, {})
    took, used = time.monotonic() - began, tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    assert refused.value.message.startswith("given.xlsx")
    assert took < SECONDS * 2  # measuring memory makes it slower
    assert used < MEGABYTES


def _alone(raw):
    guarded_workbook(raw, "given.xlsx")
    return []


@pytest.mark.parametrize("seed", range(200))
def test_damage_of_any_kind_is_an_error_or_harmless(seed):
    """Bytes changed anywhere: never anything but a `PmogenError`."""
    import random

    chance = random.Random(seed)
    raw = bytearray(GOOD)
    for _ in range(chance.randint(1, 8)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    try:
        collect([Handed("given.xlsx", bytes(raw))], WORKSPACE, {})
    except PmogenError as error:
        assert error.message.startswith("given.xlsx")  # noqa: PT017  (either is right)


def test_a_workbook_is_read_row_by_row():
    book = guarded_workbook(as_xlsx([["a", "3"], ["", "=no formula"]]), "given.xlsx")
    rows = [[text_of(cell) for cell in row] for row in rows_of(book.worksheets[0], "given.xlsx")]
    assert rows == [["a", "3"], ["", "=no formula"]]


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(PmogenError) as told:
        guarded_workbook(GOOD, "given.xlsx")
    assert "pip install 'pmogen[office]'" in told.value.hint


def test_tables_need_no_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert collect([Handed("a.csv", b"[GROUP] g,[governance] q\nsponsors,2\n")], WORKSPACE, {}).people
