"""Work spread over processes: what comes back of it, and what does not."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

import pytest

from pmogen.aside import JOBS_VARIABLE, jobs
from pmogen.forks import forked

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forking is used on Linux only")


def wait_for(files: int, folder: Path) -> None:
    """Until there are so many files in the folder: so many processes have come so far."""
    end = time.monotonic() + 30
    while len(list(folder.iterdir())) < files:
        assert time.monotonic() < end, "they do not come"
        time.sleep(0.005)


@pytest.mark.parametrize("asked", ["1", "3"])
def test_what_is_made_of_each_comes_in_their_order(monkeypatch, asked):
    monkeypatch.setenv(JOBS_VARIABLE, asked)
    assert forked(lambda number: str(number) * 1000, range(500)) == [str(number) * 1000 for number in range(500)]


def test_as_many_processes_work_as_are_asked_for_this_one_among_them(monkeypatch, tmp_path):
    monkeypatch.setenv(JOBS_VARIABLE, "3")

    def work(_number: int) -> int:
        (tmp_path / str(os.getpid())).touch()
        wait_for(3, tmp_path)
        return os.getpid()

    made = set(forked(work, range(30)))
    assert len(made) == 3
    assert os.getpid() in made


def in_the_other_process(monkeypatch, tmp_path, work):
    """What becomes of ten items when another process does so with its first one, while this one waits for that."""
    monkeypatch.setenv(JOBS_VARIABLE, "2")
    here = os.getpid()

    def do(number: int) -> int:
        if os.getpid() == here:
            wait_for(1, tmp_path)
            return number
        (tmp_path / "taken").touch()
        return work(number)

    return forked(do, range(10))


def test_what_a_process_had_that_died_is_missing(monkeypatch, tmp_path):
    made = in_the_other_process(monkeypatch, tmp_path, lambda _number: os._exit(1))
    assert made.count(None) == 1
    assert set(made) < {None, *range(10)}


def test_what_goes_wrong_in_another_process_is_missing_and_said_by_nobody(monkeypatch, tmp_path, capfd):
    made = in_the_other_process(monkeypatch, tmp_path, lambda number: number // 0)
    assert None in made
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_sent_is_missing(monkeypatch, tmp_path):
    assert None in in_the_other_process(monkeypatch, tmp_path, lambda _number: lambda: None)


def test_what_goes_wrong_here_is_raised_and_ends_the_others(monkeypatch, tmp_path):
    monkeypatch.setenv(JOBS_VARIABLE, "3")
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() == here:
            wait_for(2, tmp_path)
            raise OSError(number)
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.01)
        return number

    with pytest.raises(OSError, match=r"\d"):
        forked(work, range(3000))
    assert not [process for process in tmp_path.iterdir() if Path("/proc", process.name).exists()]


@pytest.mark.parametrize("enabled", [True, False])
def test_looking_for_garbage_is_afterwards_as_it_was(monkeypatch, enabled):
    monkeypatch.setenv(JOBS_VARIABLE, "2")
    before = gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()
    (gc.enable if enabled else gc.disable)()
    try:
        forked(str, range(10))
        assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == (enabled, *before[1:])
    finally:
        (gc.enable if before[0] else gc.disable)()


@pytest.mark.parametrize(("asked", "count"), [("1", 1), ("7", 7), ("0", 1)])
def test_as_many_as_are_asked_for(monkeypatch, asked, count):
    monkeypatch.setenv(JOBS_VARIABLE, asked)
    assert jobs() == count


def test_one_process_where_forking_is_not_safe(monkeypatch):
    monkeypatch.setenv(JOBS_VARIABLE, "7")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert jobs() == 1
