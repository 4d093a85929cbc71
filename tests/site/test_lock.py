"""Two builds of one workspace at the same time do not spoil each other."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from pmogen.errors import PmogenError
from pmogen.site.lock import alone
from pmogen.site.write import write_generated

HOLD = """
import sys, time
from pathlib import Path
from pmogen.site.lock import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def held(tmp_path):
    """A workspace that another program is building."""
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    yield tmp_path, other
    other.kill()
    other.wait()
    other.stdout.close()


def test_the_second_is_told_so_and_writes_nothing(held, monkeypatch):
    root, _ = held
    monkeypatch.setattr("pmogen.site.lock.alone.__wrapped__.__defaults__", (0.2,))
    with pytest.raises(PmogenError, match="another pmogen is building"):
        write_generated(root, {"build/a.txt": "x"})
    assert not (root / "build/a.txt").exists()


def test_one_that_died_leaves_no_lock_behind(held):
    root, other = held
    other.kill()
    other.wait()
    with alone(root, patience=1):
        pass


def test_the_second_waits_for_one_that_is_nearly_done(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", HOLD.replace("60", "0.5"), str(tmp_path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    began = time.monotonic()
    with alone(tmp_path):
        assert time.monotonic() - began > 0.1
    other.wait()
    other.stdout.close()
