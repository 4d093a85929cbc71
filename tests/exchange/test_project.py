"""The plan for Microsoft Project: structure, order, dates, what waits for what; read back by MPXJ where it is at hand."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pmogen.exchange.project import FINISH_TO_FINISH, FINISH_TO_START, NAMESPACE, project_xml, tasks_of
from pmogen.exchange.records import decimal
from pmogen.exchange.told import Told
from tests.conftest import NO_MPXJ
from tests.exchange.playbooks import example_told, hostile_told, small_told

ORDER = [
    *("UID", "ID", "Name", "Active", "Manual", "Type", "IsNull", "WBS", "OutlineNumber", "OutlineLevel", "Priority"),
    *("Start", "Finish", "Duration", "ManualStart", "ManualFinish", "ManualDuration", "DurationFormat", "EffortDriven"),
    *("Estimated", "Milestone", "Summary", "PercentComplete", "CalendarUID", "Notes", "PredecessorLink"),
    "ExtendedAttribute",
]
"""Elements of a task in the order of the schema (mspdi_pj15.xsd)."""


def tasks(told: Told) -> list[ET.Element]:
    root = ET.fromstring(project_xml(told))
    assert root.tag == f"{{{NAMESPACE}}}Project"
    return root.findall(f"{{{NAMESPACE}}}Tasks/{{{NAMESPACE}}}Task")


def value(task: ET.Element, name: str) -> str:
    return task.findtext(f"{{{NAMESPACE}}}{name}") or ""


def fields(task: ET.Element) -> list[str]:
    return [
        found.findtext(f"{{{NAMESPACE}}}Value") or "" for found in task.findall(f"{{{NAMESPACE}}}ExtendedAttribute")
    ]


@pytest.mark.parametrize("told", [example_told(), small_told(), hostile_told()], ids=["example", "small", "hostile"])
def test_tasks_are_as_the_schema_wants_them(told):
    found = tasks(told)
    assert [int(value(task, "UID")) for task in found] == list(range(1, len(found) + 1))
    for task in found:
        names = [element.tag.removeprefix(f"{{{NAMESPACE}}}") for element in task]
        assert names == sorted(names, key=ORDER.index)
        start, finish = value(task, "Start"), value(task, "Finish")
        assert dt.datetime.fromisoformat(start) <= dt.datetime.fromisoformat(finish)
        assert (start, finish) == (value(task, "ManualStart"), value(task, "ManualFinish"))
        assert value(task, "Manual") == "1"
        assert 0 < len(value(task, "Name")) <= 255
        assert value(task, "Summary") == str(int(value(task, "OutlineLevel") == "1"))


def test_waves_are_summaries_of_what_they_launch():
    told = example_told()
    waves: dict[str, list[str]] = {}
    for task in tasks(told):
        identifier = fields(task)[0]
        if value(task, "OutlineLevel") == "1":
            waves[identifier] = []
        else:
            list(waves.values())[-1].append(identifier)
    hand_offs = waves.pop("hand-offs")
    assert {wave: tuple(services) for wave, services in waves.items()} == {
        wave.id: told.launched_in(wave.id) for wave in told.document.plan.waves
    }
    assert set(hand_offs) == {entry.id for entry in told.document.hand_offs}


def test_days_and_dates_are_those_of_playbook_json():
    told = example_told()
    found = {fields(task)[0]: task for task in tasks(told)}
    for wave in told.document.plan.waves:
        assert fields(found[wave.id])[1] == str(decimal(wave.use.build_days))
        assert value(found[wave.id], "Finish") == f"{wave.ends}T17:00:00"
    for place in told.document.plan.placements:
        assert fields(found[place.service])[1] == str(decimal(sum(work.days for work in place.work)))
        assert value(found[place.service], "Finish") == f"{told.waves[place.wave].ends}T17:00:00"
        worked = [told.waves[work.wave].starts for work in place.work if work.days]
        assert value(found[place.service], "Start") == f"{min(worked)}T08:00:00"
    for entry in told.document.hand_offs:
        assert value(found[entry.id], "Finish") == f"{entry.due}T17:00:00"
        assert value(found[entry.id], "Milestone") == "1"


def test_services_wait_for_what_they_need():
    told = example_told()
    plan = {task.id: task for task in tasks_of(told) if task.level == 2}
    by_uid = {task.uid: task for task in plan.values()}
    waiting = 0
    for place in told.document.plan.placements:
        needed = told.workspace.service(place.service).requires
        after = {by_uid[link.uid].id: link.kind for link in plan[place.service].after}
        assert set(needed) & set(plan) <= set(after)
        for other, kind in after.items():
            early = plan[other].last < plan[place.service].first
            assert kind == (FINISH_TO_START if early else FINISH_TO_FINISH)
            assert plan[other].last <= plan[place.service].last
            waiting += 1
    assert waiting > 10


def test_the_same_playbook_gives_the_same_bytes():
    assert project_xml(example_told()) == project_xml(Told(example_told().playbook))


@pytest.mark.parametrize("told", [example_told(), hostile_told()], ids=["example", "hostile"])
def test_mpxj_reads_it_back(told, tmp_path):
    java, jars = shutil.which("java"), os.environ.get("PMOGEN_MPXJ", "")
    if java is None or not list(Path(jars or tmp_path).glob("mpxj*.jar")):
        pytest.skip(NO_MPXJ)  # nothing fetches it, so CI may be without it as well
    plan = tmp_path / "roadmap.xml"
    plan.write_bytes(project_xml(told))
    program = Path(__file__).with_name("ReadPlan.java")
    said = subprocess.run(
        [str(java), "-Dfile.encoding=UTF-8", "-cp", f"{jars}/*", str(program), str(plan)],
        check=True,
        capture_output=True,
        timeout=120,
    ).stdout.decode()
    read = [line.split("\t") for line in said.splitlines() if line.count("\t") == 8]
    wanted = tasks_of(told)
    names = {task.uid: task.id for task in wanted}
    kinds = {FINISH_TO_FINISH: "FF", FINISH_TO_START: "FS"}
    assert [(row[0], int(row[1])) for row in read] == [(task.id, task.level) for task in wanted]
    for row, task in zip(read, wanted, strict=True):
        assert row[4].startswith(task.last.isoformat())
        assert task.milestone or float(row[2]) == decimal(task.days)
        assert row[7] == "MANUALLY_SCHEDULED"
        assert set(row[8].split()) == {f"{names[link.uid]}:{kinds[link.kind]}" for link in task.after}
