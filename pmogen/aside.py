"""Work that a forked process does meanwhile: it knows everything that this one knows, and sends back what it made."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

JOBS_VARIABLE = "PMOGEN_JOBS"
"""How many processes to use; by default as many as there are cores."""


def jobs() -> int:
    """How many processes to use: one where forking is not safe or not allowed."""
    if not sys.platform.startswith("linux"):
        return 1
    asked = os.environ.get(JOBS_VARIABLE, "")
    return max(1, int(asked)) if asked.isdecimal() else len(os.sched_getaffinity(0))


def spare() -> int:
    """How many processes may work beside this one. None while there are threads, as forking is not safe then."""
    return jobs() - 1 if threading.active_count() == 1 else 0


def begun(work: Callable[[], bytes]) -> Callable[[], bytes | None]:
    """Begins the work in another process. Returns what waits for its result, once: None when that process died.

    The process ends, too, when nobody can ask for its result any more.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)  # else it would wait for ever for itself to read
        _do(work, writing)
    os.close(writing)
    return _Result(child, reading)


class _Result:
    """What a process sends."""

    def __init__(self, child: int, reading: int) -> None:
        self._child = child
        self._reading: int | None = reading

    def __call__(self) -> bytes | None:
        if self._reading is None:
            message = "a result is there once"
            raise ValueError(message)
        reading, self._reading = self._reading, None
        with os.fdopen(reading, "rb") as stream:
            made = stream.read()
        _, status = os.waitpid(self._child, 0)
        return made if status == 0 else None

    def __del__(self) -> None:
        if self._reading is not None:
            os.close(self._reading)


def _do(work: Callable[[], bytes], writing: int) -> None:
    """All that the other process does: it ends here, without a word, and leaves what it inherited to this one."""
    status = 1
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(work())
        status = 0
    finally:
        os._exit(status)
