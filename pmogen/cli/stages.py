"""Watches the stages of a run: a progress line on terminals, and how long each took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

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
            click.echo(f"{_CLEAR}{name} ...", err=True, nl=False, color=True)
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
        self.note(f"{done} of {of}")

    def note(self, text: str) -> None:
        """Shows on the terminal what the running stage has found so far."""
        if self._terminal:
            click.echo(f"{_CLEAR}{self._running}: {text} ...", err=True, nl=False, color=True)

    def __str__(self) -> str:
        """`read 0.1 s, check 0.5 s, ... (2.0 s in all)`; starting up is what the stages leave over."""
        total = time.perf_counter() - self._start
        return ", ".join(f"{name} {took:.1f} s" for name, took in self.seconds.items()) + f" ({total:.1f} s in all)"
