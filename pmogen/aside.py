"""Work that a forked process does meanwhile: it knows everything that this one knows, and sends back what it made."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable


def can_fork() -> bool:
    """Whether there is a second core for another process, and forking is safe: on Linux, while there are no threads."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1 or os.environ.get("PMOGEN_JOBS") == "1":
        return False
    return len(os.sched_getaffinity(0)) > 1


def begun(work: Callable[[], bytes]) -> Callable[[], bytes | None]:
    """Begins the work in another process. Returns what waits for its result, once: None when that process died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _do(work, writing)
    os.close(writing)

    def result() -> bytes | None:
        with os.fdopen(reading, "rb") as stream:
            made = stream.read()
        _, status = os.waitpid(child, 0)
        return made if status == 0 else None

    return result


def _do(work: Callable[[], bytes], writing: int) -> None:
    """All that the other process does: it ends here, without a word, and leaves what it inherited to this one."""
    status = 1
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(work())
        status = 0
    finally:
        os._exit(status)
