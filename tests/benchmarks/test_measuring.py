"""Figures are what was measured, and their arithmetic is right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from measure.figures import Measured, measured
from measure.growth import growths
from measure.process import Command, memory, run
from measure.rounds import Spread, exponent, ratio, spread

HOLDS_60_MB = "held = bytearray(60_000_000); import time; time.sleep(0.3)"
TWICE = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {HOLDS_60_MB!r}]); {HOLDS_60_MB}; child.wait()"


def command(folder: Path, code: str, **more: object) -> Command:
    return Command((sys.executable, "-c", code), folder, **more)


def test_the_spread_is_the_middle_the_lowest_and_the_highest():
    assert spread([3, 1, 2, 9]) == Spread(2.5, 1, 9)


def test_ratios_are_taken_within_a_round():
    assert ratio([2, 20, 6], [1, 10, 2]) == Spread(2, 2, 3)


def test_a_command_that_was_run_less_often_is_compared_in_the_rounds_it_has():
    assert ratio([8], [2, 4, 6]) == Spread(4, 4, 4)


@pytest.mark.parametrize("power", [0.0, 1.0, 1.5, 2.0])
def test_the_exponent_is_the_power_with_which_a_figure_grows(power):
    sizes = [60, 300, 1000, 5000]
    assert exponent(sizes, [0.01 * size**power for size in sizes]) == pytest.approx(power, abs=1e-9)


def test_growth_is_fitted_from_300_services_on_as_starting_up_hides_it_below():
    services = {size: {"check": Measured([max(5.0, size * 0.1)])} for size in (60, 300, 1000, 5000)}
    (found,) = growths(services)
    assert found.exponent == pytest.approx(1)
    assert found.limited


def test_one_size_tells_nothing_about_growth():
    assert list(growths({60: {"check": Measured([1.0])}})) == []


def test_of_what_takes_no_time_nobody_can_say_how_it_grows():
    services = {size: {"check": Measured([seconds])} for size, seconds in ((300, 0.01), (1000, 0.06))}
    (found,) = growths(services)
    assert not found.limited


def test_planning_may_grow_faster():
    services = {size: {"plan": Measured([float(size)])} for size in (300, 1000)}
    (found,) = growths(services)
    assert not found.limited


def test_a_run_takes_at_least_as_long_as_its_command_and_counts_the_processor_of_its_children(tmp_path):
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time\\nwhile time.process_time() < .3: pass'])"
    took = run(command(tmp_path, code))
    assert took.seconds > 0.3
    assert took.processor > 0.3


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells")
def test_memory_is_that_of_a_process_with_its_children(tmp_path):
    alone, together = (memory(command(tmp_path, code)) for code in (HOLDS_60_MB, TWICE))
    assert 60 < alone < 110
    assert 120 < together < 220


def test_a_command_that_fails_ends_the_run_with_what_it_said(tmp_path):
    with pytest.raises(SystemExit, match="it went wrong"):
        run(command(tmp_path, "import sys; sys.exit('it went wrong')"))


def test_commands_are_run_in_turns_each_after_it_was_prepared(tmp_path):
    log = tmp_path / "log"

    def note(text: str) -> None:
        log.write_text((log.read_text() if log.exists() else "") + text)

    commands = {
        name: command(
            tmp_path, f"print('{name}', end=' ', file=open('log', 'a'))", prepare=lambda name=name: note(f"({name})")
        )
        for name in "ab"
    }
    found = measured(commands, 2)
    assert log.read_text() == "(a)a (b)b (a)a (b)b "
    assert [len(one.seconds) for one in found.values()] == [2, 2]


def test_a_command_that_fails_is_told_and_the_others_go_on_where_that_is_wanted(tmp_path):
    commands = {"bad": command(tmp_path, "import sys; sys.exit('no such page')"), "good": command(tmp_path, "")}
    found = measured(commands, 2, lenient=True)
    assert found["bad"] == Measured(note="failed: no such page")
    assert len(found["good"].seconds) == 2
    with pytest.raises(SystemExit):
        measured(commands, 2)


def test_what_takes_longer_than_patience_is_run_once(tmp_path):
    commands = {"slow": command(tmp_path, "import time; time.sleep(0.5)"), "fast": command(tmp_path, "")}
    found = measured(commands, 3, patience=0.4)
    assert [len(one.seconds) for one in found.values()] == [1, 3]
