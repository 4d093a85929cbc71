"""CSV: every table of playbook.json with its numbers, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from pmogen.errors import PmogenError
from pmogen.exchange import playbook_json
from pmogen.exchange.plain import harmless, one_line, plain
from pmogen.exchange.tables import sheets_of, table_csv, tables_zip
from pmogen.exchange.told import Told
from tests.exchange.playbooks import HOSTILE, example_told, hostile_told, small_told


def read(told: Told) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(tables_zip(told))) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in archive.namelist()
        }


def same(cell: str, value: object) -> bool:
    """Whether a cell says what playbook.json says."""
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == ("yes" if value else "no")
    if isinstance(value, int | float):
        return float(cell) == value
    return cell == harmless(plain(str(value)))


LISTS = {
    "gaps": ("gaps",),
    "closings": ("closings",),
    "services": ("services",),
    "candidates": ("candidates",),
    "decisions": ("decisions",),
    "hand_offs": ("hand_offs",),
    "aspects": ("assessment", "aspects"),
    "left_out": ("assessment", "left_out"),
    "waves": ("plan", "waves"),
    "placements": ("plan", "placements"),
    "loads": ("plan", "loads"),
    "absences": ("plan", "absences"),
    "trends": ("trends",),
    "problems": ("problems",),
}


@pytest.mark.parametrize("told", [example_told(), small_told(), hostile_told()], ids=["example", "small", "hostile"])
def test_tables_say_what_playbook_json_says(told):
    data = json.loads(playbook_json(told.playbook))
    tables = read(told)
    for name, path in LISTS.items():
        records = data
        for part in path:
            records = records[part]
        assert len(tables[name]) == len(records)
        for row, record in zip(tables[name], records, strict=True):
            for field, value in record.items():
                if field in row and not isinstance(value, list | dict):
                    assert same(row[field], value), (name, field, row[field], value)


def test_lists_within_records_are_tables_of_their_own():
    told = example_told()
    data = json.loads(playbook_json(told.playbook))
    tables = read(told)
    closes = [(c["service"], x["aspect"], x["levels"]) for c in data["candidates"] for x in c["closes"]]
    assert [(row["service"], row["aspect"], float(row["levels"])) for row in tables["candidate_closes"]] == closes
    parts = sum(len(load["parts"]) for load in data["plan"]["loads"])
    assert len(tables["load_parts"]) == parts
    use = [wave["use"]["build_days"] for wave in data["plan"]["waves"]]
    assert [float(row["use_build_days"]) for row in tables["waves"]] == use
    reached = [
        (entry["aspect"], step["wave"], step["level"]) for entry in data["plan"]["projected"] for step in entry["after"]
    ]
    assert [(row["aspect"], row["wave"], float(row["level"])) for row in tables["projected_after"]] == reached


def test_every_list_of_playbook_json_is_in_some_table():
    told = example_told()
    data = json.loads(playbook_json(told.playbook))
    rows = {sheet.name: len(sheet.rows) for sheet in sheets_of(told)}

    def counted(value, inside=()):
        if isinstance(value, dict):
            for name, part in value.items():
                if name != "method":
                    yield from counted(part, (*inside, name))
        elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            yield inside[-1]
            for entry in value:
                yield from counted(entry, inside)

    for name in set(counted(data)):
        assert any(sheet == name or sheet.endswith(f"_{name}") for sheet in rows), name


def test_headings_are_there_without_rows_and_never_twice():
    for told in (example_told(), small_told()):
        for sheet in sheets_of(told):
            assert sheet.headings
            assert len(set(sheet.headings)) == len(sheet.headings), sheet
            assert all(len(row) == len(sheet.headings) for row in sheet.rows)
    names = [sheet.name for sheet in sheets_of(small_told())]
    assert names == [sheet.name for sheet in sheets_of(example_told())]
    assert len(set(names)) == len(names)


def test_names_stand_beside_ids():
    for row in read(example_told())["gaps"]:
        assert row["aspect_name"] == example_told().name("aspects", row["aspect"])
    assert all(row["aspect_name"] for row in read(example_told())["left_out"])


def test_nothing_is_a_formula():
    for rows in read(hostile_told()).values():
        for row in rows:
            for cell in row.values():
                number = cell.removeprefix("-").replace(".", "", 1).isdigit()
                assert number or not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), cell
    whole = tables_zip(hostile_told()).decode("utf-8", "replace")
    assert f"'{HOSTILE[3]}" in whole


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_formulas_get_an_apostrophe(text, cell):
    assert harmless(text) == cell


def test_text_is_plain():
    assert plain("a\x00\x1b\ud800\uffffb\r\nc\u2028d") == "ab\nc\nd"
    assert one_line("a\n\n b\tc") == "a b c"


def test_files_have_a_mark_for_excel_and_its_line_ends():
    raw = table_csv(example_told(), "gaps")
    assert raw.startswith(b"\xef\xbb\xbfaspect,")
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_the_same_playbook_gives_the_same_bytes():
    assert tables_zip(example_told()) == tables_zip(Told(example_told().playbook))


def test_an_unknown_table_is_told_with_those_there_are():
    with pytest.raises(PmogenError) as caught:
        table_csv(small_told(), "gapps")
    assert "gaps" in caught.value.hint
