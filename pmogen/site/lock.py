"""One build at a time: two that write the same folders would spoil each other's work."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmogen.errors import PmogenError
from pmogen.language import _

LOCK = "build/.lock"
PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.1


@contextmanager
def alone(root: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Holds the lock of a workspace, which the system lets go of by itself when the program ends, however.

    Waits a moment for another one to finish. Raises `PmogenError` when it does not.
    """
    path = root / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end = time.monotonic() + patience
        while not _taken(handle):
            if time.monotonic() >= end:
                raise PmogenError(
                    _("another pmogen is building {folder} at this moment, so nothing was written", folder=root),
                    _("wait until it has finished, then run the command again"),
                )
            time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
