"""`pmogen export workbook` and `pmogen import workbook`: out, filled in, shown, asked, written."""

from __future__ import annotations

import json
import shutil
import time
import zipfile

import pytest
import yaml
from click.testing import CliRunner

from pmogen.cli import pmogen
from pmogen.exchange.office import MAX_ROWS
from tests.exchange.workbook.desk import Desk
from tests.workspaces import ROOT


@pytest.fixture
def playbook(tmp_path):
    for name in ("content", "catalog"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run(*arguments, **more):
    return CliRunner().invoke(pmogen, [str(argument) for argument in arguments], **more)


def filled_in(playbook, **fte):
    done = run("export", "workbook", playbook, "-o", playbook / "w.xlsx")
    assert done.exit_code == 0, done.output
    desk = Desk((playbook / "w.xlsx").read_bytes())
    for wave, value in fte.items():
        desk.type("waves", wave.replace("_", "-").removeprefix("w"), wave__fte=value)
    (playbook / "w.xlsx").write_bytes(desk.saved())
    return playbook / "w.xlsx"


def test_the_patch_is_shown_and_nothing_is_written_without_consent(playbook):
    file = filled_in(playbook, w2027_q3=6)
    before = (playbook / "content/roadmap.yml").read_bytes()
    done = run("import", "workbook", file, playbook)
    assert done.exit_code == 1
    assert "-    fte: 5.5\n+    fte: 6\n" in done.output
    assert "1 cell was filled in or changed in the workbook" in done.output
    assert (playbook / "content/roadmap.yml").read_bytes() == before


def test_yes_writes_and_a_second_time_there_is_nothing_to_write(playbook):
    file = filled_in(playbook, w2027_q3=6)
    done = run("import", "workbook", file, playbook, "--yes")
    assert done.exit_code == 0, done.output
    assert "written: content/roadmap.yml" in done.output
    assert (playbook / "content/roadmap.yml").read_text().count("fte: 6\n") == 1
    again = run("import", "workbook", file, playbook, "--yes")
    assert (again.exit_code, "it is so already" in again.output) == (0, True)


def test_a_broken_cell_is_said_with_its_place_and_stops_everything(playbook):
    file = filled_in(playbook, w2027_q3=6, w2027_q4="a lot")
    done = run("import", "workbook", file, playbook, "--yes")
    assert done.exit_code == 1
    assert "Waves!G10: error: `a lot` is not a number" in done.output
    assert "fte: 6\n" not in (playbook / "content/roadmap.yml").read_text()


def test_conflicts_are_shown_and_can_be_decided(playbook):
    file = filled_in(playbook, w2027_q3=6)
    roadmap = playbook / "content/roadmap.yml"
    roadmap.write_text(roadmap.read_text().replace("fte: 5.5", "fte: 7", 1))
    done = run("import", "workbook", file, playbook, "--yes")
    assert done.exit_code == 1
    for line in ("Waves!G9: conflict: 2027-q3, FTE of the PMO", "it was: 5.5", "in the workbook: 6", "in the YAML: 7"):
        assert line in done.output
    assert run("import", "workbook", file, playbook, "--yes", "--conflicts", "files").exit_code == 0
    assert "fte: 7\n" in roadmap.read_text()
    assert run("import", "workbook", file, playbook, "--yes", "--conflicts", "workbook").exit_code == 0
    assert "fte: 7\n" not in roadmap.read_text()


def test_what_breaks_a_rule_names_the_row_of_the_workbook(playbook):
    file = filled_in(playbook)
    desk = Desk(file.read_bytes())
    desk.type("waves", "2027-q3", wave__ends="2026-01-01")
    file.write_bytes(desk.saved())
    done = run("import", "workbook", file, playbook, "--yes")
    assert done.exit_code == 1
    assert "in the workbook: Waves!A9" in done.output
    assert "nothing was written, as this would bring the errors above" in done.output


def test_a_workbook_that_was_filled_in_is_not_replaced(playbook):
    file = filled_in(playbook, w2027_q3=6)
    done = run("export", "workbook", playbook, "-o", file)
    assert done.exit_code != 0
    assert "was saved by another program" in str(done.exception or done.output)


def test_out_and_back_take_seconds(playbook):
    begin = time.process_time()
    file = filled_in(playbook, w2027_q3=6)
    middle = time.process_time()
    assert run("import", "workbook", file, playbook).exit_code == 1
    assert (middle - begin < 6, time.process_time() - middle < 4) == (True, True)


def test_many_services_go_out_and_come_back(playbook):
    one = yaml.safe_load((playbook / "catalog/services/advanced-delivery.yml").read_text("utf-8"))["services"][0]
    many = [one | {"id": f"many-{number}", "name": f"Many {number}"} for number in range(850)]
    (playbook / "catalog/services/many.yml").write_text(json.dumps({"services": many}), "utf-8")
    assert run("export", "workbook", playbook, "-o", playbook / "w.xlsx").exit_code == 0
    with zipfile.ZipFile(playbook / "w.xlsx") as parts:
        rows = [parts.read(name).count(b"<row ") for name in parts.namelist() if "/sheet" in name]
    assert max(rows) > MAX_ROWS
    done = run("import", "workbook", playbook / "w.xlsx", playbook)
    assert done.output.startswith("0 cells were filled in or changed in the workbook")


def test_some_sheets_alone_bring_back_what_they_hold(playbook):
    done = run("export", "workbook", playbook, "-o", playbook / "w.xlsx", "--only", "waves, decisions")
    assert done.exit_code == 0, done.output
    desk = Desk((playbook / "w.xlsx").read_bytes())
    desk.type("waves", "2027-q3", wave__fte=6)
    (playbook / "w.xlsx").write_bytes(desk.saved())
    done = run("import", "workbook", playbook / "w.xlsx", playbook)
    assert "-    fte: 5.5\n+    fte: 6\n" in done.output
    assert "missing" not in done.output
    done = run("export", "workbook", playbook, "-o", playbook / "other.xlsx", "--only", "wave")
    assert done.exit_code
    assert "wave" in str(done.exception)
    assert not (playbook / "other.xlsx").exists()
