"""The judge of schedules finds each kind of mistake: otherwise its silence would mean nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pmogen.planning import check
from pmogen.planning.check import violations
from pmogen.planning.scheduler import schedule
from pmogen.planning.verdict import told
from tests.planning.builders import formulated, launched, limit, organisation, service, wave

HIGH = {"managers": "high"}

MADE = organisation(
    service("a", days=40, run=0.2, asks=HIGH),
    service("b", days=40, run=0.7, asks=HIGH, requires=["a"]),
    service("c", days=10, run=0.1, asks={"sponsors": "medium"}),
    service("old", asks={"sponsors": "low"}),
    service("pinned", days=0),
    roadmap=(wave(1, status="finished", launched=(launched("old"),)), wave(2), wave(3), wave(4), wave(5)),
    limits=[limit("sponsors", black_outs={"w3": "Closing"}), limit("managers", capacity=12, background={"w4": 1})],
    pins={"pinned": "w3"},
    not_before={"c": "w3"},
    capacity={"build_waves": 2, "build_share": 0.9, "run_share": 0.9},
)
PROBLEM = formulated(MADE).problem
GOOD = {"old": 0, "a": 1, "b": 3, "pinned": 2}
WORK = {"old": {0: 100}, "a": {1: 400}, "b": {3: 400}, "pinned": {}}


def test_a_good_schedule_passes():
    assert violations(PROBLEM, GOOD, WORK) == ()


def test_the_scheduler_finds_one_that_passes():
    found = schedule(PROBLEM)
    assert violations(PROBLEM, found.launches, found.work) == ()
    assert {"old", "a", "b", "pinned"} <= found.launches.keys()


@pytest.mark.parametrize(
    ("launches", "work", "said"),
    [
        ({"ghost": 1}, {}, "`ghost` cannot be planned"),
        ({"old": 1}, {}, "`old` launched in `w1`, which is history"),
        ({"pinned": 1}, {}, "`pinned` is pinned to `w3`"),
        ({"a": 0}, {"a": {0: 400}}, "`a` launches in `w1`, which is finished"),
        ({"a": 1}, {"a": {0: 100, 1: 300}}, "`a` is built in `w1`, which is finished"),
        ({"c": 1}, {"c": {1: 100}}, "`c` must not launch before `w3`"),
        ({"c": 2}, {"c": {2: 100}}, "`c` launches in `w3`, a black-out for sponsors: Closing"),
        ({"b": 1}, {"b": {1: 400}}, "`b` launches in `w2`, but `a`, which it needs, is not live in an earlier wave"),
        ({"b": 1}, {"b": {1: 400}}, "wave `w2`: managers get 2 high changes, 1 at most"),
        ({"b": 1}, {"b": {1: 400}}, "wave `w2`: managers get 16 of 12 change points"),
        ({"c": 3}, {"c": {3: 100}}, "wave `w5`: running takes 1 of 0.9 FTE"),
        ({"c": 4}, {"c": {4: 100}}, "after the last wave: running takes 1 of 0.9 FTE"),
        ({"c": 3}, {"c": {3: 90}}, "`c` takes 10 person-days, but its work adds up to 9"),
        (
            {"c": 4},
            {"c": {2: 100}},
            "`c` is built in `w3`, but building takes place in the 2 waves that end with the launch only",
        ),
        ({"c": 4}, {"c": {3: 200}}, "wave `w4`: building takes 60 of 52 person-days"),
    ],
)
def test_each_kind_of_mistake_is_found_and_told(launches, work, said):
    assert said in [told(found, MADE, PROBLEM) for found in violations(PROBLEM, GOOD | launches, WORK | work)]


def test_the_services_that_break_a_limit_are_named_and_the_largest_part_comes_first():
    found = violations(PROBLEM, GOOD | {"c": 3}, WORK | {"c": {3: 200}})
    assert [(v.kind, v.services, v.need, v.limit) for v in found if v.kind == "build"] == [
        ("build", ("b", "c"), 600, 520)
    ]


def test_history_alone_breaks_no_limit():
    made = organisation(
        service("a", days=99, asks=HIGH),
        service("b", days=99, asks=HIGH),
        roadmap=(wave(1, status="running", launched=(launched("a"), launched("b"))), wave(2)),
    )
    assert violations(formulated(made).problem, {"a": 0, "b": 0}, {"a": {0: 990}, "b": {0: 990}}) == ()


def test_the_judge_knows_nothing_of_the_engine():
    """It may use the values of the problem, and nothing else of planning."""
    source = Path(check.__file__).read_text(encoding="utf-8")
    imported = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert {module for module in imported if module.startswith("pmogen")} == {"pmogen.planning.problem"}
    assert not re.findall(r"build_limit|run_cap\(|may_launch|excluded", source)
