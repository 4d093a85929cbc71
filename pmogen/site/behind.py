"""The whole site, made by another process while pages are shown: for the search, and for all that needs every page."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from pmogen.site.builder import BUILDERS, builder_environment, parts_of, run_builder
from pmogen.site.fast_order import Order, finished_pages
from pmogen.site.finish import finish_site

DONE = ".made-from"
"""In the folder of a complete site: the fingerprint of what it was made from."""

_GRACE_SECONDS = 4.0
_LOUD = ("WARNING", "ERROR")


class Behind:
    """At most one such process; another one takes its place when there is something newer to make."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """The command is given the folder that it has to fill as its last argument."""
        self._command = tuple(command)
        self._folder = folder
        self._number = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._ending: list[subprocess.Popen[bytes]] = []
        self._litter: list[Path] = []
        self.site: Path | None = None
        """The complete site that was made last."""

    @property
    def busy(self) -> bool:
        """Whether a site is being made."""
        return self._process is not None

    def start(self) -> None:
        """Begins anew."""
        self.stop()
        self.tidy()
        self._number += 1
        command = [*self._command, str(self._target)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    def finished(self) -> str | None:
        """What the site was made from that has just become complete; empty when it failed, None when nothing ended."""
        process = self._process
        if process is None or process.poll() is None:
            return None
        self._process = None
        done = self._target / DONE
        if process.returncode or not done.is_file():
            self._litter.append(self._target)
            return ""
        if self.site is not None:
            self._litter.append(self.site)
        self.site = self._target
        return done.read_text("utf-8")

    @property
    def _target(self) -> Path:
        return self._folder / f"site-{self._number}"

    def stop(self) -> bool:
        """Lets the process and all that it started end, without waiting for that; whether there was one."""
        process, self._process = self._process, None
        if process is None:
            return False
        _send(process, signal.SIGTERM)
        self._ending.append(process)
        self._litter.append(self._target)
        return True

    def tidy(self) -> None:
        """Waits for the end of what was stopped, and deletes what is of no use any more."""
        while self._ending:
            process = self._ending.pop()
            try:
                process.wait(_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                _send(process, getattr(signal, "SIGKILL", signal.SIGTERM))
                process.wait()
        while self._litter:
            shutil.rmtree(self._litter.pop(), ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()
        self.tidy()


def build_aside(root: Path, folder: Path, languages: tuple[str, ...], day: str) -> list[str]:
    """Makes the site of the pages in build/ in a folder of its own, and gives what the builder warned of.

    `day` is as the builder needs it. Raises `PmogenError` when the builder ends with an error.
    """
    said: list[str] = []
    finished: dict[str, str] = {}
    builder = replace(BUILDERS["mkdocs"], arguments=("build",))  # warnings are told, and the site is made nevertheless
    for part in parts_of(languages):
        target = folder / part.below
        order = Order(languages, part.below).environment()
        environment = {**builder_environment(), **order, "SOURCE_DATE_EPOCH": day}
        lines = run_builder(builder, root, environment, part, str(target)).splitlines()
        said += [line for line in lines if line.startswith(_LOUD)]
        finished |= finished_pages(target)
    finish_site(folder, languages, done=finished.keys())
    return said


def _send(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.send_signal(number)
        else:
            os.killpg(process.pid, number)
