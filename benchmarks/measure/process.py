"""Runs a command as a process of its own: how long it takes, and how much memory it and its children hold."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PROCESSES = Path("/proc")
_PAUSE_SECONDS = 0.02


def nothing() -> None:
    """What has to be done before most commands."""


@dataclass(frozen=True)
class Command:
    """What is run, where, with what in the environment, and what is put right before that (which is not timed).

    Some write the seconds of their stages into a file.
    """

    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] | None = None
    prepare: Callable[[], object] = nothing
    stages: Path | None = None


@dataclass(frozen=True)
class Run:
    """One run: seconds that passed, and seconds of processors, children included."""

    seconds: float
    processor: float


class Failed(SystemExit):
    """A command that failed, and what it said: this ends the program, unless somebody goes on without it."""


def run(command: Command) -> Run:
    """Runs a command. Raises `Failed`."""
    command.prepare()
    used, begun = _used(), time.perf_counter()
    _finish(command, _start(command))
    return Run(time.perf_counter() - begun, _used() - used)


def memory(command: Command) -> float | None:
    """The most memory that a command and its children held at the same time, in MB; a page they share counts once.

    It is looked at every 20 ms, which takes time itself: a run for this is not a run for the clock. None where the system
    does not tell (it is Linux that does).
    """
    if not (_PROCESSES / "self/smaps_rollup").exists():
        return None
    command.prepare()
    most = 0.0
    over = threading.Event()
    child = _start(command)

    def look() -> None:
        nonlocal most
        while not over.wait(_PAUSE_SECONDS):
            most = max(most, sum(map(_held, _family(child.pid))))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        _finish(command, child)
    finally:
        over.set()
        watcher.join()
    return most


def _start(command: Command) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _finish(command: Command, child: subprocess.Popen[bytes]) -> None:
    with child:
        said = child.communicate()[0]
    if child.returncode:
        raise Failed(f"{' '.join(command.words)} failed in {command.folder}:\n{said.decode(errors='replace')[-3000:]}")


def _used() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def _family(process: int) -> set[int]:
    """A process, its children, and theirs."""
    children: dict[int, list[int]] = {}
    for status in _PROCESSES.glob("[0-9]*/stat"):
        try:
            parent = status.read_text("utf-8", errors="replace").rpartition(")")[2].split()[1]
        except OSError:  # it has ended meanwhile
            continue
        children.setdefault(int(parent), []).append(int(status.parent.name))
    found, waiting = set[int](), [process]
    while waiting:
        found.add(one := waiting.pop())
        waiting += children.get(one, ())
    return found


def _held(process: int) -> float:
    """MB of a process: its own, and its part of what it shares with others."""
    try:
        text = (_PROCESSES / str(process) / "smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)
