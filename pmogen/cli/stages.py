"""Watches the stages of a run: a progress line on terminals, and how long each took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pmogen.language import _, pgettext, spoken

_CLEAR = "\r\x1b[K"


class Stages:
    """Durations of the stages in order, in seconds; `with stages("check"): ...` adds one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._terminal = sys.stderr.isatty()
        self._running = ""
        self._start = time.perf_counter()

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Times a stage, and shows its name on the terminal while it runs."""
        if self._terminal:
            click.echo(f"{_CLEAR}{_shown(name)} ...", err=True, nl=False, color=True)
        begin, self._running = time.perf_counter(), name
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin
            if self._terminal:
                click.echo(_CLEAR, err=True, nl=False, color=True)

    @property
    def watched(self) -> bool:
        """Whether somebody sees what `note` shows."""
        return self._terminal

    def counted(self, done: int, of: int) -> None:
        """Shows on the terminal how far the running stage is."""
        self.note(_("{number} of {count}", number=done, count=of))

    def note(self, text: str) -> None:
        """Shows on the terminal what the running stage has found so far."""
        if self._terminal:
            click.echo(f"{_CLEAR}{_shown(self._running)}: {text} ...", err=True, nl=False, color=True)

    def __str__(self) -> str:
        """`read 0.1 s, check 0.5 s, ... (2.0 s in all)`; starting up is what the stages leave over."""
        total = time.perf_counter() - self._start
        parts = ", ".join(f"{_shown(name)} {_seconds(took)}" for name, took in self.seconds.items())
        return _("{parts} ({seconds} in all)", parts=parts, seconds=_seconds(total))


def _seconds(took: float) -> str:
    return f"{took:.1f} s".replace(".", spoken().point)


def _shown(stage: str) -> str:
    """What people call a stage; its name where it is that of a program."""
    return {
        "read": pgettext("stage of a run", "read"),
        "check": pgettext("stage of a run", "check"),
        "compute": pgettext("stage of a run", "compute"),
        "render": pgettext("stage of a run", "render"),
        "write": pgettext("stage of a run", "write"),
        "plan": pgettext("stage of a run", "plan"),
        "plan and prove": pgettext("stage of a run", "plan and prove"),
        "plan as if": pgettext("stage of a run", "plan as if"),
        "insights": pgettext("stage of a run", "insights"),
        "scenarios": pgettext("stage of a run", "scenarios"),
        "offices": pgettext("stage of a run", "offices"),
        "roll up": pgettext("stage of a run", "roll up"),
    }.get(stage, stage)
