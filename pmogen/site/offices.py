"""Builds the offices of a group beside each other, each in a process of its own: what goes wrong in one stays there.

Where processes can be forked, each begins with everything this one knows (`prepare` fetches it), so that nothing is imported
or compiled a hundred times. Elsewhere each is a program of its own.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from contextvars import Context
from dataclasses import dataclass
from io import TextIOWrapper
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO, Any

from pmogen.aside import JOBS_VARIABLE
from pmogen.group.settings import Office
from pmogen.language import _

PATIENCE_SECONDS = 5
"""How long an office that was interrupted may take to put things away."""

Run = Callable[[Sequence[str]], int]
"""Runs a command of pmogen as the command line does, and gives its exit code."""


@dataclass(frozen=True)
class Outcome:
    """How the build of an office ended, and all it said."""

    office: Office
    code: int
    said: str


@dataclass(frozen=True)
class Way:
    """How offices are built: the options of `pmogen build`, how many processes at the same time, and what they begin with."""

    options: Sequence[str]
    jobs: int
    run: Run
    prepare: Callable[[Iterable[Path]], None]


def build_offices(root: Path, offices: Iterable[Office], way: Way, done: Callable[[int], None]) -> tuple[Outcome, ...]:
    """Builds the offices that have a folder, and tells how many are done. In the order of group.yml.

    Each is a run of `pmogen build`: what goes wrong in one ends that one only. Interrupted, it ends those that run, and waits
    until they have put away what they had begun.
    """
    mine = tuple(office for office in offices if office.folder is not None)
    there = {office.id: root / (office.folder or "") for office in mine}
    known = tuple(office for office in mine if _is_here(root, there[office.id]))
    build = _forked if _can_fork() else _started
    found: dict[str, Outcome] = {}
    with closing(build(known, there, way)) as outcomes:
        for outcome in outcomes:
            found[outcome.office.id] = outcome
            done(len(found))
    for office in mine:
        if office not in known:
            said = _("there is no folder {folder} in the group", folder=office.folder)
            found[office.id] = Outcome(office, 1, said)
    return tuple(found[office.id] for office in mine)


def _is_here(root: Path, folder: Path) -> bool:
    return folder.is_dir() and folder.resolve().is_relative_to(root.resolve())


def _can_fork() -> bool:
    """Elsewhere than on Linux, libraries of the system may not be used in a forked process, nor where there are threads."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def _share(jobs: int, left: int) -> int:
    """How many processes an office may use, so that all of them together are as many as were asked for."""
    return max(1, jobs // max(1, left))


# forked


@dataclass(frozen=True)
class _Running:
    office: Office
    process: Any
    output: IO[bytes]

    def outcome(self) -> Outcome:
        """How it ended."""
        self.process.join()
        self.output.seek(0)
        said = self.output.read().decode("utf-8", errors="replace").strip()
        self.output.close()
        code = self.process.exitcode
        if code < 0:
            ended = _("its process was ended from outside (signal {number}): too little memory?", number=-code)
            said = f"{said}\n{ended}".strip()
        return Outcome(self.office, code, said)


def _forked(offices: Sequence[Office], there: Mapping[str, Path], way: Way) -> Generator[Outcome]:
    waiting = list(reversed(offices))
    running: dict[int, _Running] = {}
    if waiting:
        way.prepare(there.values())
        gc.collect()
        gc.freeze()
    try:
        while waiting or running:
            while waiting and len(running) < way.jobs:
                begun = _fork(waiting.pop(), there, way, _share(way.jobs, len(waiting) + len(running) + 1))
                running[begun.process.sentinel] = begun
            for sentinel in wait(list(running)):
                yield running.pop(int(str(sentinel))).outcome()
    finally:
        _end(running.values())
        gc.unfreeze()


def _fork(office: Office, there: Mapping[str, Path], way: Way, share: int) -> _Running:
    output = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed when its process has ended)
    arguments = ["build", str(there[office.id]), *way.options]

    def build() -> None:
        _speak_into(output)
        os.environ[JOBS_VARIABLE] = str(share)
        code = Context().run(way.run, arguments)
        sys.stdout.flush()
        raise SystemExit(code)

    process = get_context("fork").Process(target=build)
    process.start()
    return _Running(office, process, output)


def _speak_into(output: IO[bytes]) -> None:
    """From here on all that this process and its children say goes into the file, and nothing can be asked."""
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    sys.stdout = sys.stderr = TextIOWrapper(output, encoding="utf-8", errors="backslashreplace", line_buffering=True)


def _end(running: Collection[_Running]) -> None:
    """Ends what still runs. A terminal has told them all already, so they first get a moment."""
    for seconds, how in ((1, signal.SIGINT), (PATIENCE_SECONDS, signal.SIGKILL)):
        until = time.monotonic() + seconds
        for one in running:
            one.process.join(max(0, until - time.monotonic()))
        for one in running:
            if one.process.is_alive():
                os.kill(one.process.pid, how)
    for one in running:
        one.process.join()
        one.output.close()


# started as programs


def _started(offices: Sequence[Office], there: Mapping[str, Path], way: Way) -> Generator[Outcome]:
    with ThreadPoolExecutor(max_workers=way.jobs) as pool:
        runs = [
            pool.submit(_start, office, there[office.id], way, _share(way.jobs, len(offices))) for office in offices
        ]
        try:
            for run in as_completed(runs):
                yield run.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(office: Office, folder: Path, way: Way, share: int) -> Outcome:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pmogen", "build", str(folder), *way.options],
        env={**os.environ, "PYTHONUTF8": "1", JOBS_VARIABLE: str(share)},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return Outcome(office, done.returncode, done.stdout.strip())
