"""The same number is the same everywhere: what pages show is read back and compared with playbook.json."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from pmogen.analysis.trace import in_words
from tests.render.html import Html, Table, html
from tests.render.test_render import pages, rendered


@cache
def told() -> Any:
    return json.loads(rendered().files["build/playbook/api/v1/playbook.json"])


def page(path: str) -> Html:
    return html(pages(rendered())[path])


def exactly(record: dict[str, Any], field: str) -> Fraction:
    return Fraction(record.get("exact", {}).get(field, str(record[field])))


def number(record: dict[str, Any], field: str, digits: int = 1) -> str:
    return in_words(exactly(record, field), digits)


def level(record: dict[str, Any], field: str) -> str:
    if record[field] is None:
        return "not known"
    text = number(record, field)
    return text if "." in text else f"{text}.0"


def by(entries: list[dict[str, Any]], *keys: str) -> dict[Any, dict[str, Any]]:
    return {entry[keys[0]] if len(keys) == 1 else tuple(entry[key] for key in keys): entry for entry in entries}


def linked(address: str) -> str:
    """The id that an address like ../gaps/pm-skills.md leads to."""
    return re.sub(r".*[/#]", "", address.removesuffix(".md"))


def rows_of(table: Table) -> dict[str, dict[str, str]]:
    """Texts by column, by the id that the row's first link leads to."""
    return {
        linked(next(address for cell in row for address in cell.links)): dict(
            zip(table.head, (cell.text for cell in row), strict=True)
        )
        for row in table.rows
        if any(cell.links for cell in row)
    }


def test_levels_and_targets_of_all_aspects():
    found: dict[str, dict[str, str]] = {}
    for table in page("assessment/index.md").tables:
        if table.head[:4] == ("Aspect", "Today", "Target", "Gap"):
            found |= rows_of(table)
    aspects, gaps = by(told()["assessment"]["aspects"], "id"), by(told()["gaps"], "aspect")
    assert found.keys() == aspects.keys()
    for identifier, row in found.items():
        assert row["Today"] == level(aspects[identifier], "current")
        assert row["Target"] == level(aspects[identifier], "target")
        gap = gaps.get(identifier)
        if gap is not None and gap["kind"] == "gap":
            assert row["Gap"] == f"{gap['size']} {level(gap, 'amount')}"


@pytest.mark.parametrize("aspect", told()["assessment"]["aspects"], ids=lambda aspect: aspect["id"])
def test_the_page_of_an_aspect(aspect):
    shown = page(f"assessment/{aspect['id']}.md")
    if aspect["current"] is not None:
        facts = f"Level {level(aspect, 'current')} today, target {level(aspect, 'target')}."
        assert any(sentence.startswith(facts) for sentence in shown.sentences)
    groups = [table for table in shown.tables if table.head[0] == "Group" and table.head[-1] == "Median"]
    if aspect["answers"] is not None and aspect["answers"]["groups"]:
        (table,) = groups
        assert [(row[-2].text, row[-1].text) for row in table.rows] == [
            (str(group["answers"]), level(group, "median")) for group in aspect["answers"]["groups"]
        ]


def test_the_register_of_gaps():
    table = page("gaps/index.md").table("All gaps by rank")
    found = rows_of(table)
    gaps = [gap for gap in told()["gaps"] if gap["kind"] == "gap"]
    projected = by(told()["plan"]["projected"], "aspect")
    assert list(found) == [gap["aspect"] for gap in gaps]
    for gap, row in zip(gaps, found.values(), strict=True):
        assert row["Gap"].startswith(f"{gap['rank']}. ")
        assert row["Today"] == level(gap, "current")
        assert row["Target"] == level(gap, "target")
        assert row["Size"] == f"{gap['size']} {level(gap, 'amount')}"
        assert row["Priority"] == gap["priority"]
        assert row["Last wave"] == level(projected[gap["aspect"]]["after"][-1], "level")


@pytest.mark.parametrize("gap", [gap for gap in told()["gaps"] if gap["kind"] == "gap"], ids=lambda gap: gap["aspect"])
def test_the_page_of_a_gap(gap):
    shown = page(f"gaps/{gap['aspect']}.md")
    facts = next(sentence for sentence in shown.sentences if sentence.startswith("Gap: "))
    gaps = sum(other["kind"] == "gap" for other in told()["gaps"])
    unit = "level" if number(gap, "amount") == "1" else "levels"
    assert facts.startswith(f"Gap: {number(gap, 'amount')} {unit}, size {gap['size']} ")
    assert f"Priority {gap['priority']} " in facts
    assert f"Rank {gap['rank']} of {gaps}." in facts


@pytest.mark.parametrize("service", told()["services"], ids=lambda service: service["id"])
def test_days_fte_and_wave_of_a_service(service):
    shown = page(f"services/{service['id']}.md")
    (total,) = [row for table in shown.tables for row in table.rows if row[0].text == "All steps"]
    assert total[-1].text == number(service, "expected_days")
    running = next(sentence for sentence in shown.sentences if sentence.startswith("Running it:"))
    assert running.startswith(f"Running it: {number(service, 'run_fte', 2)} full-time")
    placement = by(told()["plan"]["placements"], "service").get(service["id"])
    waves = by(told()["plan"]["waves"], "id")
    built = [table for table in shown.tables if table.head[0] == "Building it"]
    if placement is None:
        assert built == []
        assert not any(sentence.startswith(("Launches in", "Live since")) for sentence in shown.sentences)
    else:
        name = waves[placement["wave"]]["name"]
        words = (f"Launches in {name}", f"Live since {name}")
        assert any(sentence.startswith(words) for sentence in shown.sentences)
        days = {wave: row["Person-days"] for table in built for wave, row in rows_of(table).items()}
        assert days == {work["wave"]: number(work, "days") for work in placement["work"]}


def test_closures_of_services():
    closes = by(told()["candidates"], "service")
    for service in told()["services"]:
        tables = [table for table in page(f"services/{service['id']}.md").tables if "Closes alone" in table.head]
        found = {aspect: row["Closes alone"] for table in tables for aspect, row in rows_of(table).items()}
        expected = closes.get(service["id"], {"closes": []})["closes"]
        assert found.keys() == {entry["aspect"] for entry in expected}
        for entry in expected:
            assert re.match(rf"{re.escape(number(entry, 'levels'))} levels?(,|$)", found[entry["aspect"]])


def test_capacity_of_all_waves():
    found = rows_of(page("roadmap/index.md").table("What the PMO can build and run"))
    table = page("roadmap/index.md").table("What the PMO can build and run")
    cells = {linked(row[0].links[0]): [cell.text for cell in row[1:]] for row in table.rows}
    assert list(cells) == [wave["id"] for wave in told()["plan"]["waves"]]
    assert found.keys() == cells.keys()
    for wave in told()["plan"]["waves"]:
        use = wave["use"]
        fields = (("fte", 1), ("build_days", 0), ("build_limit", 0), ("run_fte", 2), ("run_limit", 2))
        assert cells[wave["id"]] == [number(use, field, digits) for field, digits in fields]


LETTERS = {"calm": "c", "busy": "b", "full": "f", "over": "o"}


def load_cell(load: dict[str, Any]) -> str:
    points = f"{number(load, 'points')}/{number(load, 'capacity')}"
    if load["black_out"] is not None:
        return f"X {points}" if load["points"] else "X"
    return f"{LETTERS[load['band']]} {points}"


def test_every_cell_of_the_change_load():
    table = page("roadmap/index.md").table("How much change people can take")
    waves = [linked(address) for address in table.head_links]
    loads = by(told()["plan"]["loads"], "audience", "wave")
    shown = {}
    for row in table.rows:
        audience = linked(row[0].links[0]).removeprefix("audience-")
        shown |= {(audience, wave): cell.text for wave, cell in zip(waves, row[1:], strict=True)}
    assert shown == {key: load_cell(loads[key]) for key in shown}
    untouched = loads.keys() - shown.keys()
    assert all(not loads[key]["points"] and loads[key]["black_out"] is None for key in untouched)


def test_levels_after_every_wave():
    table = page("roadmap/index.md").table("Levels as they should develop")
    projected = by(told()["plan"]["projected"], "aspect")
    for row in table.rows:
        record = projected[linked(row[0].links[0])]
        shown = [level(record, "now"), *(level(after, "level") for after in record["after"]), level(record, "target")]
        assert [cell.text for cell in row[1:]] == shown


def test_work_of_every_wave():
    placements = told()["plan"]["placements"]
    for wave in told()["plan"]["waves"]:
        tables = [table for table in page(f"roadmap/{wave['id']}.md").tables if table.heading == "Work going on"]
        shown = {service: row["Person-days here"] for table in tables for service, row in rows_of(table).items()}
        expected = {
            placement["service"]: number(work, "days", 0 if exactly(work, "days") >= 10 else 1)
            for placement in placements
            for work in placement["work"]
            if work["wave"] == wave["id"] and work["days"]
        }
        assert shown == expected


def test_the_table_of_candidates():
    sizes = {gap["aspect"]: gap["size"] for gap in told()["gaps"]}
    (table,) = page("services/candidates.md").tables
    assert table.head == ("Product / Service", "Gap size (L, M, H)", "Addresses aspect")
    shown = [
        (linked(row[0].links[0]), row[1].text, tuple(linked(address) for address in row[2].links)) for row in table.rows
    ]
    assert shown == [
        (
            candidate["service"],
            ", ".join(sizes[entry["aspect"]] for entry in candidate["closes"]),
            tuple(entry["aspect"] for entry in candidate["closes"]),
        )
        for candidate in told()["candidates"]
    ]


def test_what_the_first_page_says_in_figures():
    shown = page("index.md")
    gaps = [gap for gap in told()["gaps"] if gap["kind"] == "gap"]
    reached = {entry["aspect"]: entry["after"][-1] for entry in told()["plan"]["projected"]}
    closed = [gap for gap in gaps if exactly(reached[gap["aspect"]], "level") >= exactly(gap, "target")]
    words = next(sentence for sentence in shown.sentences if " lie between " in sentence)
    assert words.startswith(f"{len(gaps)} gaps lie between")
    assert f" {len(closed)} of them are closed" in words
    days = [sentence for sentence in shown.sentences if re.fullmatch(r"[\d.]+ person-days?", sentence)]
    uses = {wave["id"]: wave["use"] for wave in told()["plan"]["waves"]}
    done = [exactly(uses[wave["id"]], "build_days") for wave in told()["plan"]["waves"] if wave["status"] == "finished"]
    assert days[0] == f"{in_words(sum(done, Fraction(0)), 0)} person-days"


def test_changes_since_the_assessment_before():
    (table,) = page("assessment/changes.md").tables
    trends = by(told()["trends"], "aspect")
    rows = rows_of(table)
    assert rows.keys() == {aspect for aspect, trend in trends.items() if trend["change"] is not None}
    for aspect, row in rows.items():
        change = exactly(trends[aspect], "change")
        sign = "+" if change > 0 else "−" if change else ""  # noqa: RUF001 (the sign pages use)
        assert row["Change"] == sign + level({"x": float(abs(change)), "exact": {"x": str(abs(change))}}, "x")


def test_loads_of_every_audience_in_every_wave():
    table = page("roadmap/audiences.md").table("How much change comes when")
    waves = [linked(address) for address in table.head_links]
    loads = by(told()["plan"]["loads"], "audience", "wave")
    for row in table.rows:
        audience = linked(row[0].links[0])
        for wave, cell in zip(waves, row[1:], strict=True):
            load = loads.get((audience, wave))
            assert cell.text == (load_cell(load) if load is not None else "–")  # noqa: RUF001 (the sign pages use)


def test_the_whole_playbook_has_the_tables_of_the_pages():
    whole = [(table.head, tuple(row[0].text for row in table.rows)) for table in page("whole.md").tables]
    for path in ("gaps/index.md", "services/candidates.md", "knowledge/raci.md", "roadmap/kpis.md"):
        for table in page(path).tables:
            assert (table.head, tuple(row[0].text for row in table.rows)) in whole
