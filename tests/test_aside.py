"""Work in a process beside: its result, and its death."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

import pytest

from pmogen.aside import begun, spare

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forking is used on Linux only")


def test_the_result_comes_back() -> None:
    """However long it is."""
    result = begun(lambda: b"x" * 300_000)
    assert result() == b"x" * 300_000


def test_it_knows_what_this_process_knows() -> None:
    """And it is another process."""
    known = [1, 2, 3]

    def tell() -> bytes:
        return f"{sum(known)} {os.getpid()}".encode()

    told = (begun(tell)() or b"").split()
    assert told[0] == b"6"
    assert int(told[1]) != os.getpid()


def test_a_death_is_told_from_a_result(capfd: pytest.CaptureFixture[str]) -> None:
    """Who dies on the way has no result, and says nothing."""

    def fail() -> bytes:
        raise OSError

    assert begun(fail)() is None
    assert begun(lambda: os._exit(3))() is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("jobs", "beside"), [("1", 0), ("3", 2), ("0", 0)])
def test_no_more_processes_than_allowed(monkeypatch: pytest.MonkeyPatch, jobs: str, beside: int) -> None:
    """This one counts, too."""
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setenv("PMOGEN_JOBS", jobs)
    assert spare() == beside


def test_no_process_is_forked_beside_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that a thread holds would stay locked in the other process."""
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert spare() == 0


def test_what_nobody_asks_for_any_more_ends(tmp_path: Path) -> None:
    """Its pipe is full, and nobody reads."""
    number = tmp_path / "number"

    def work() -> bytes:
        number.write_text(str(os.getpid()))
        return bytes(10_000_000)  # more than a pipe holds

    waiting = begun(work)
    end = time.monotonic() + 30
    while not (number.exists() and number.read_text()):
        assert time.monotonic() < end
        time.sleep(0.01)
    child = int(number.read_text())
    del waiting
    gc.collect()
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        assert time.monotonic() < end, "it waits for ever"
        time.sleep(0.01)
