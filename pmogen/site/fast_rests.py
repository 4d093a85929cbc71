"""What a page rests on apart from its own text: the files it leads to, and the charts in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pmogen.site.fast_prints import hashed
from pmogen.source.charts import charts_read, read_chart

Rests = dict[str, Any]


class Found:
    """The files of a site, asked for each path once only: to take a path apart takes long."""

    def __init__(self, files: Any) -> None:
        self._files = files
        self._found: dict[str, Any] = {}

    def get_file_from_path(self, path: str) -> Any:
        """In place of the files' own."""
        if path not in self._found:
            self._found[path] = self._files.get_file_from_path(path)
        return self._found[path]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


class Recording:
    """The files of a site, which notes what was asked about them."""

    def __init__(self, files: Any) -> None:
        self._files = files
        self.asked: dict[str, Any] = {}

    def get_file_from_path(self, path: str) -> Any:
        """In place of the files' own."""
        found = self._files.get_file_from_path(path)
        self.asked[path] = seen(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


@contextmanager
def recording(files: Any) -> Iterator[tuple[Recording, Rests]]:
    """The files to ask meanwhile, and what was rested on, to be read afterwards."""
    recorded, rests = Recording(files), Rests()
    with charts_read() as charts:
        yield recorded, rests
    rests["files"] = recorded.asked
    rests["charts"] = {name: hashed(chart) for name, chart in charts.items()}


def still(rests: Rests, files: Any) -> bool:
    """True when the files and charts that something rests on are as they were."""
    return all(seen(files.get_file_from_path(path)) == before for path, before in rests["files"].items()) and all(
        hashed(read_chart(name)) == before for name, before in rests["charts"].items()
    )


def seen(file: Any) -> Any:
    """What pages can tell of a file."""
    return None if file is None else [file.src_uri, file.url, file.inclusion.value]
