"""Memory that is free goes back to the system."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from pmogen.memory import give_back

STATUS = Path("/proc/self/status")


def held() -> int:
    """Kilobytes that this process holds."""
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="another C library")
def test_what_was_freed_between_what_is_kept_is_given_back() -> None:
    blocks = [bytes(40_000) for _number in range(3000)]
    kept = blocks[::500]
    del blocks
    before = held()
    give_back()
    assert before - held() > 50_000
    assert kept


def test_where_that_cannot_be_done_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    give_back()
