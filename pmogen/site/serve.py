"""Serves the playbook on this computer: regenerates on change, and the builder's live reload shows it."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.site.builder import CONFIGURATION, NAVIGATION, builder_command, languages_of
from pmogen.site.write import BUILD

HOST = "127.0.0.1"
WATCHED = ("content", "catalog", "site_templates")
QUIET_SECONDS = 0.2
"""Editors save in several steps: regenerate when nothing has happened for this long."""

_ALSO_WATCHED = (NAVIGATION, f"{BUILD}/theme")
"""mkdocs itself watches the pages and mkdocs.yml, but not what that inherits."""

_CHANGES = {"created", "deleted", "modified", "moved"}
_GRACE_SECONDS = 4.0


class Stopped(BaseException):
    """Ctrl+C, or a polite request to end: no error, so nothing that catches errors may catch it."""


def serve(root: Path, port: int, regenerate: Callable[[], bool], environment: dict[str, str]) -> None:
    """Runs a live server on 127.0.0.1 (`mkdocs serve`, or `live` for several languages) and calls `regenerate` after each change of the sources, until stopped.

    `regenerate` says whether the pages could be made. The last good pages stay on screen while they cannot; when there
    are none yet, the builder is started as soon as they have been made.
    Returns on Ctrl+C and SIGTERM, with the builder ended. Raises `PmogenError` when the port is taken or the
    builder ends by itself.
    """
    port = _free(port)
    with _stoppable(), _watching(root) as changes, _Child(root, port, environment) as child:
        while True:
            if regenerate() or (root / NAVIGATION).is_file():
                child.start()
            _wait_for_change(changes, child)


class _Child:
    """The server, which must not outlive us; another one takes its place when the languages of the site change."""

    def __init__(self, root: Path, port: int, environment: dict[str, str]) -> None:
        self.root = root
        self.port = port
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.languages: tuple[str, ...] = ()

    def start(self) -> None:
        languages = languages_of(self.root)
        if self.process is not None and languages != self.languages:
            self.stop()
        if self.process is None:
            self.languages = languages
            command = _command(self.port, languages)
            self.process = subprocess.Popen(command, cwd=self.root, env=self.environment, stdin=subprocess.DEVNULL)

    def must_run(self) -> None:
        if self.process is not None and self.process.poll() is not None:
            raise PmogenError(
                _("mkdocs serve ended by itself (exit code {code})", code=self.process.returncode),
                _("its last lines say why; mend {file} and start again", file=CONFIGURATION),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def stop(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        # Politely first: mkdocs deletes its temporary site when it is interrupted, not when it is terminated.
        polite = signal.SIGINT if os.name == "posix" else signal.SIGTERM
        for number in (polite, signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            if process.poll() is not None:
                return
            process.send_signal(number)
            try:
                process.wait(_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def _command(port: int, languages: tuple[str, ...]) -> list[str]:
    if len(languages) > 1:
        return builder_command("pmogen.site.live", str(port), *languages)
    watch = [part for path in _ALSO_WATCHED for part in ("--watch", path)]
    return builder_command("mkdocs", "serve", "--livereload", "--dev-addr", f"{HOST}:{port}", *watch)


class _Changes(FileSystemEventHandler):
    """Puts the name of what changed into a queue; reading a file is no change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: queue.SimpleQueue[str] = queue.SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                first = Path(os.path.relpath(os.fsdecode(path), self.root)).parts[0]
                if first in WATCHED or first == CONFIGURATION:
                    self.seen.put(first)


class _Watch:
    """Watches the workspace: what lies right in it, and everything in the folders of sources, also new ones."""

    def __init__(self, root: Path, observer: BaseObserver) -> None:
        self.root = root
        self.observer = observer
        self.changes = _Changes(root)
        self.folders: set[str] = set()
        observer.schedule(self.changes, str(root))
        self.add_folders()

    def add_folders(self) -> None:
        for name in WATCHED:
            there = (self.root / name).is_dir()
            if there and name not in self.folders:
                self.observer.schedule(self.changes, str(self.root / name), recursive=True)
                self.folders.add(name)
            if not there:
                self.folders.discard(name)


@contextmanager
def _watching(root: Path) -> Iterator[_Watch]:
    observer = Observer()
    watch = _Watch(root.resolve(), observer)
    observer.start()
    try:
        yield watch
    finally:
        observer.stop()
        observer.join(_GRACE_SECONDS)


def _wait_for_change(watch: _Watch, child: _Child) -> None:
    """Returns after a change, once it is quiet again."""
    pause = 0.5
    changed = False
    while True:
        try:
            watch.changes.seen.get(timeout=pause)
        except queue.Empty:
            if changed:
                watch.add_folders()
                return
            child.must_run()
        else:
            changed, pause = True, QUIET_SECONDS


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGINT and SIGTERM raise `Stopped`, and the signals' former meaning comes back afterwards."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)  # ending takes a moment and must not be interrupted
        raise Stopped

    numbers = (signal.SIGINT, signal.SIGTERM)
    former = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    except Stopped:
        return
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _free(port: int) -> int:
    """The port, when it is free; 0 asks for any."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PmogenError(
                _("port {port} cannot be used: {reason}", port=port, reason=error.strerror),
                _("choose another one: {option}", option=f"--port {port + 1}"),
            ) from error
        return int(probe.getsockname()[1])
