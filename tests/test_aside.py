"""Work in a process beside: its result, and its death."""

from __future__ import annotations

import os
import sys

import pytest

from pmogen.aside import begun

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
