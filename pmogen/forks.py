"""Work spread over all cores by forked processes, which know everything that this one knows."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import current_process, get_context
from typing import Any, TypeVar

One = TypeVar("One")
Made = TypeVar("Made")

JOBS_VARIABLE = "PMOGEN_JOBS"
"""How many processes to use; by default as many as there are cores."""

_inherited: list[Callable[[int], Any]] = []
"""What forked processes do: a function cannot be sent to them, but they have what stood here when they began."""


def jobs() -> int:
    """How many processes to use: one where forking is not safe or not allowed."""
    if not sys.platform.startswith("linux") or current_process().daemon:
        return 1
    asked = os.environ.get(JOBS_VARIABLE, "")
    return max(1, int(asked)) if asked.isdecimal() else len(os.sched_getaffinity(0))


def forked(work: Callable[[One], Made], items: Sequence[One]) -> list[Made | None]:
    """What `work` makes of each item, in their order, made by several processes; None for those whose process died.

    Work that takes long should come first.
    """
    count = min(jobs(), len(items))
    if count < 2:
        return [work(item) for item in items]
    made: list[Made | None] = [None] * len(items)
    _inherited.append(lambda number: work(items[number]))
    gc.freeze()  # what is there stays there: looking through it in each process would copy it all
    try:
        with ProcessPoolExecutor(count, mp_context=get_context("fork")) as pool:
            waiting = [pool.submit(_do, range(begin, len(items), count * 8)) for begin in range(count * 8)]
            for one in waiting:
                for number, result in one.result():
                    made[number] = result
    except BrokenProcessPool:
        pass
    finally:
        gc.unfreeze()
        _inherited.pop()
    return made


def _do(numbers: range) -> list[tuple[int, Any]]:
    return [(number, _inherited[-1](number)) for number in numbers]
