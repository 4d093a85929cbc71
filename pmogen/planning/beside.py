"""Parts that need nothing of each other, made side by side where cores are free: the results are the same on any number."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import TypeVar

from pmogen.aside import begun, spare
from pmogen.forks import forked

One = TypeVar("One")
Made = TypeVar("Made")


def made_of_each(work: Callable[[One], Made], items: Sequence[One]) -> list[Made]:
    """What `work` makes of each item, in their order. It must be something that can be sent, and not None."""
    if not spare():
        return [work(item) for item in items]
    made = zip(items, forked(work, items), strict=True)
    return [work(item) if found is None else found for item, found in made]


def made_beside(work: Callable[[], Made]) -> Callable[[], Made]:
    """Begins the work in another process, when one may be spared. Returns what gives its result, once: made here if need be.

    What goes wrong there goes wrong once more here, where it is told. The result must be one that can be sent.
    """
    if not spare():
        return work
    waiting = begun(lambda: pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))

    def result() -> Made:
        packed = waiting()
        return work() if packed is None else pickle.loads(packed)  # noqa: S301 (it comes from our own process)

    return result
