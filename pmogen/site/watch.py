"""Sees when files of a workspace change: those that are read, the templates, and the builder's configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from pmogen.site.builder import CONFIGURATION
from pmogen.site.templates import FOLDER as TEMPLATES
from pmogen.source.files import folders_read
from pmogen.source.group import GROUP_FILE, group_of

_CHANGES = {"created", "deleted", "modified", "moved"}
_GRACE_SECONDS = 4.0


@contextmanager
def watching(root: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Calls `changed` after each change, from a thread of its own; reading a file is no change."""
    observer = Observer()
    watch = _Watch(root.resolve(), observer, changed)
    watch.follow()
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join(_GRACE_SECONDS)


class _Watch(FileSystemEventHandler):
    """What lies right in the workspace, and everything in the folders that are read, also new ones and those of its group."""

    def __init__(self, root: Path, observer: BaseObserver, changed: Callable[[], None]) -> None:
        self._root = root
        self._observer = observer
        self._changed = changed
        self._followed: dict[Path, ObservedWatch] = {}
        group = group_of(root)
        self._files = {root / CONFIGURATION, *(() if group is None else (group / GROUP_FILE,))}
        for folder in sorted({path.parent for path in self._files}):
            observer.schedule(_Right(self), str(folder))

    def follow(self) -> None:
        """Follows the folders that are there now."""
        there = {path for path in (*folders_read(self._root), self._root / TEMPLATES) if path.is_dir()}
        for path in [known for known in self._followed if known not in there]:
            self._observer.unschedule(self._followed.pop(path))
        for path in sorted(there - self._followed.keys()):
            self._followed[path] = self._observer.schedule(self, str(path), recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES and not (event.is_directory and event.event_type == "modified"):
            self._changed()

    def on_right(self, event: FileSystemEvent) -> None:
        """Something changed right in the workspace, or in the folder of its group."""
        if event.event_type not in _CHANGES or (event.event_type == "modified" and event.is_directory):
            return
        paths = {Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path}
        before = set(self._followed)
        if event.is_directory or not self._files.isdisjoint(paths):
            self.follow()
        if before != set(self._followed) or not self._files.isdisjoint(paths):
            self._changed()


class _Right(FileSystemEventHandler):
    """Events right in a folder, not below."""

    def __init__(self, watch: _Watch) -> None:
        self._watch = watch

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._watch.on_right(event)
