"""Work spread over all cores by forked processes, which know everything that this one knows."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any, Self, TypeVar

from pmogen.aside import begun, jobs

One = TypeVar("One")
Made = TypeVar("Made")

_SHARES = 32
"""Of the items for each process: small enough for all to end at the same time, large enough to take one seldom."""
_MOST_SHARES = 1024
"""A pipe holds so many numbers before anybody reads."""
_DIGITS = 4
_GARBAGE = 20_000
"""So many new objects are looked through for garbage at a time."""


def forked(work: Callable[[One], Made], items: Sequence[One]) -> list[Made | None]:
    """What `work` makes of each item, in their order, made by this process and by others that it forks.

    None for what went wrong in another process, and for what one had made that died: whoever asks tries again, and tells. What
    is made must be such that it can be sent. Work that takes long should come first.
    """
    count = min(jobs(), len(items))
    if count < 2:
        return [work(item) for item in items]
    made: list[Made | None] = [None] * len(items)
    with ExitStack() as stack:
        stack.enter_context(_frozen())
        queue = stack.enter_context(_Queue(len(items), count * _SHARES))
        files = [stack.enter_context(TemporaryFile()) for _ in range(count - 1)]
        others = [begun(partial(_make, work, items, queue, file)) for file in files]
        try:
            for number in queue:
                made[number] = work(items[number])
        finally:
            queue.empty()
            for other in others:
                other()
        for file in files:
            for number, result in _read(file):
                made[number] = result
    return made


def _make(work: Callable[[One], Made], items: Sequence[One], queue: _Queue, file: IO[bytes]) -> bytes:
    """What another process does: it writes what it makes, with its number, into a file, as nobody takes it yet."""
    for number in queue:
        file.write(_packed(work, items, number))
    file.flush()
    return b""


def _packed(work: Callable[[One], Made], items: Sequence[One], number: int) -> bytes:
    with suppress(Exception):
        return pickle.dumps((number, work(items[number])), pickle.HIGHEST_PROTOCOL)
    return b""


def _read(file: IO[bytes]) -> Iterator[tuple[int, Any]]:
    file.seek(0)
    with suppress(EOFError, pickle.UnpicklingError):  # the end, which is in the middle of something if the process died
        while True:
            yield pickle.load(file)  # noqa: S301 (it comes from our own process)


@contextmanager
def _frozen() -> Iterator[None]:
    """Looks for garbage, but only among what is new: to look through what is there would copy it all in each process."""
    before, enabled = gc.get_threshold(), gc.isenabled()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
        if not enabled:
            gc.disable()


class _Queue:
    """Numbers of items, which several processes take from a pipe, a share at a time."""

    def __init__(self, items: int, shares: int) -> None:
        self._items = items
        self._shares = min(items, shares, _MOST_SHARES)

    def __enter__(self) -> Self:
        self._reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as stream:
            stream.write(b"".join(first.to_bytes(_DIGITS, "big") for first in range(self._shares)))
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self._reading)

    def __iter__(self) -> Iterator[int]:
        while first := os.read(self._reading, _DIGITS):
            yield from range(int.from_bytes(first, "big"), self._items, self._shares)

    def empty(self) -> None:
        """Leaves nothing to any process."""
        while os.read(self._reading, _DIGITS):
            pass
