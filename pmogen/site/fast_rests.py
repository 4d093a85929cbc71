"""What a page rests on apart from its own text: the files it leads to, and the charts in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from pmogen.site.fast_prints import hashed
from pmogen.source.charts import charts_read, read_chart

Rests = dict[str, Any]


class Found:
    """The files of a site, asked for each path once only: to take a path apart takes long. Charts are read once only, too."""

    def __init__(self, files: Any) -> None:
        self._files = files
        self._found: dict[str, Any] = {}
        self._charts: dict[str, str | None] = {}

    def get_file_from_path(self, path: str) -> Any:
        """In place of the files' own."""
        if path not in self._found:
            self._found[path] = self._files.get_file_from_path(path)
        return self._found[path]

    @cached_property
    def among(self) -> str | None:
        """One fingerprint of all that pages can tell of all files."""
        return hashed(json.dumps([_seen(file) for file in self._files]))

    def told(self, paths: Iterable[str]) -> str | None:
        """One fingerprint of all that pages can tell of the files at these paths."""
        return hashed(json.dumps([_seen(self.get_file_from_path(path)) for path in paths]))

    def chart(self, name: str) -> str | None:
        """The hash of a chart; None when there is none."""
        if name not in self._charts:
            self._charts[name] = hashed(read_chart(name))
        return self._charts[name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


class Recording:
    """The files of a site, which notes what was asked about them."""

    def __init__(self, files: Found) -> None:
        self._files = files
        self.asked: set[str] = set()

    def get_file_from_path(self, path: str) -> Any:
        """In place of the files' own."""
        self.asked.add(path)
        return self._files.get_file_from_path(path)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


@contextmanager
def recording(files: Found) -> Iterator[tuple[Recording, Rests]]:
    """The files to ask meanwhile, and what was rested on, to be read afterwards."""
    recorded, rests = Recording(files), Rests()
    with charts_read() as charts:
        yield recorded, rests
    rests |= resting(files, recorded.asked)
    rests["charts"] = {name: hashed(chart) for name, chart in charts.items()}


def resting(files: Found, paths: Iterable[str]) -> Rests:
    """What rests on the files at these paths, as they are now."""
    asked = sorted(paths)
    return {"files": asked, "told": files.told(asked), "among": files.among}


def still(rests: Rests, files: Found) -> bool:
    """True when the files and charts that something rests on are as they were: certainly so, if all files are."""
    same = rests["among"] == files.among or rests["told"] == files.told(rests["files"])
    return same and all(files.chart(name) == before for name, before in rests["charts"].items())


def _seen(file: Any) -> Any:
    return None if file is None else [file.src_uri, file.url, file.inclusion.value]
