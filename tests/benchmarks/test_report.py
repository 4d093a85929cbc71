"""The report says which targets are met, and replaces its tables in a page and nothing else."""

from __future__ import annotations

from pathlib import Path

from measure.figures import Figures, Measured
from measure.report import sections, write_into
from measure.targets import MACROS_MARKDOWN, OURS_MARKDOWN, all_targets

MACHINE = {"cores": 4, "load": 0.1, "python": "3.11", "mkdocs": "1.6.1", "mkdocs-material": "9.8.1", "commit": "abc"}
STAGES = {
    "read": [0.1],
    "check": [0.2],
    "analyse": [0.3],
    "plan": [0.4],
    "render": [1.0],
    "write": [0.5],
    "mkdocs": [7.0],
}


def figures(**more: object) -> Figures:
    return Figures(dict(MACHINE), 1, **more)


def verdicts(**more: object) -> dict[str, tuple[str, bool | None]]:
    return {target.name: (target.found, target.met) for target in all_targets(figures(**more))}


def test_what_was_not_measured_is_neither_met_nor_missed():
    assert set(verdicts().values()) == {("", None)}


def test_a_time_under_the_limit_is_met_and_one_above_is_missed():
    found = verdicts(example={"--version": Measured([0.05, 0.09, 0.3]), "check": Measured([0.61])})
    assert found["`pmogen --version`"] == ("0.09 s", True)
    assert found["`pmogen check` of the example"] == ("0.61 s", False)


def test_the_largest_stage_but_the_builder_counts():
    whole = Measured([10.0], stages=STAGES)
    assert verdicts(pages={300: {"build": whole}})["any stage but the builder, in a build of 300 pages"] == (
        "10 % (render)",
        True,
    )
    slow = Measured([10.0], stages={**STAGES, "render": [2.5]})
    assert verdicts(pages={300: {"build": slow}})["any stage but the builder, in a build of 300 pages"] == (
        "25 % (render)",
        False,
    )


def test_the_most_memory_of_all_commands_counts():
    services = {1000: {"check": Measured([1.0], memory=90.0), "build": Measured([1.0], memory=401.0)}}
    assert verdicts(services=services)["memory of a build of 1,000 services, with its children"] == ("401 MB", False)


def test_the_steepest_growth_counts_unless_it_is_that_of_planning():
    services = {size: {"plan": Measured([size**2.0]), "check": Measured([size**1.3])} for size in (300, 1000)}
    name = "growth with the number of services, of all but planning"
    assert verdicts(services=services)[name] == ("1.30 (check)", False)


def test_peers_are_compared_with_ours_that_goes_as_far():
    peers = {1000: {OURS_MARKDOWN: Measured([2.0]), MACROS_MARKDOWN[0]: Measured([21.0])}}
    assert verdicts(peers=peers)[f"the same, against {MACROS_MARKDOWN[0]}"] == ("10.5 times", True)


def test_the_builder_is_compared_with_plain_mkdocs_round_by_round():
    found = verdicts(builders={"plain MkDocs": [10.0, 30.0, 8.0], "ours, cold": [5.0, 10.0, 2.0]})
    assert found["the builder from nothing, against plain MkDocs"] == ("3.0 times", True)


def test_stages_are_told_in_seconds_and_as_parts_with_what_is_left_over():
    rows = sections(figures(pages={300: {"build": Measured([10.0], stages=STAGES)}}))["stages"]
    assert "| rendering | 1.00 s, 10 % | - |" in rows
    assert "| starting up | 0.50 s, 5 % | - |" in rows


def test_growth_of_stages_is_told_where_the_largest_workspace_has_no_site():
    parts = {stage: took for stage, took in STAGES.items() if stage != "mkdocs"}
    sizes = {
        size: {"pages": Measured([size / 100], stages={stage: [size / 1000] for stage in parts})}
        for size in (1000, 5000)
    }
    sizes[1000]["build"] = Measured([12.0], stages={**{stage: [1.0] for stage in parts}, "mkdocs": [5.0]})
    found = sections(figures(services=sizes))
    assert "| rendering | 1.00 s, 8 % | 5.00 s, 10 % | 1.00 |" in found["stages"]
    assert "| builder | 5.00 s, 42 % | - | - |" in found["stages"]
    assert "| `pmogen build`, from nothing | 12.0 s (once) | - | - | 100 % |  |" in found["services"]


def test_a_peer_that_is_missing_is_told_with_the_reason():
    peers = {
        60: {OURS_MARKDOWN: Measured([2.0], [1.9]), "hugo": Measured(note="could not be installed: no such thing")}
    }
    assert "| hugo | - | - | - | could not be installed: no such thing |" in sections(figures(peers=peers))["peers"]


def test_only_the_tables_of_what_was_measured_now_are_replaced(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# Title\n\n<!-- measured: pages -->\nold\n<!-- end -->\n\nWords.\n\n<!-- measured: builders -->\nkept\n<!-- end -->\n"
    )
    measured = figures(
        pages={300: {"build": Measured([10.0], stages=STAGES)}}, builders={"plain MkDocs": [1.0], "ours, cold": [0.5]}
    )
    write_into(page, measured, ["pages"])
    text = page.read_text()
    assert "old" not in text
    assert "| `pmogen build`, from nothing | 10.0 s (once) |" in text
    assert text.startswith("# Title\n\n<!-- measured: pages -->\n")
    assert text.endswith("<!-- end -->\n\nWords.\n\n<!-- measured: builders -->\nkept\n<!-- end -->\n")
    write_into(page, measured, ["pages"])
    assert page.read_text() == text


def test_figures_that_are_written_are_read_again_for_what_a_later_run_leaves_out(tmp_path: Path):
    first = figures(services={300: {"check": Measured([1.0])}}, example={"check": Measured([0.5])})
    first.write(tmp_path / "made/first.json")
    later = figures(services={1000: {"check": Measured([3.0])}}, example={"check": Measured([0.4])})
    later.add((tmp_path / "made/first.json").read_bytes())
    assert list(later.services) == [300, 1000]
    assert later.services[300]["check"] == Measured([1.0])
    assert later.example["check"].seconds == [0.4]
