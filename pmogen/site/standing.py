"""What stands in build/ from the last time, and what it was made from: where all of it is the same, nothing is made again.

What is generated depends on the files that were read, the templates, what is known of the past, the options, and the programs.
One record of the last time is kept in .cache/, signed, so that what comes with somebody's repository is never taken for ours.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmogen.errors import PmogenError
from pmogen.kept_files import KeptFiles
from pmogen.site.templates import read_templates
from pmogen.site.write import Written, untouched

if TYPE_CHECKING:
    from pmogen.model.history import History
    from pmogen.playbook import Playbook
    from pmogen.source.files import Sources

FOLDER = ".cache/generated"
_RECORD = "record"
_FORM = b"inputs, history, files and outline"


@dataclass(frozen=True)
class Outline:
    """What people are told of a playbook once it is generated: how much it holds, and whether its published plan is out of date."""

    gaps: int
    services: int
    stale: bool


def outline_of(playbook: Playbook) -> Outline:
    """The outline of a playbook that is computed."""
    gaps = sum(gap.kind == "gap" for gap in playbook.gaps)
    return Outline(gaps, len(playbook.plan.placements), playbook.plan_state == "stale")


class Standing:
    """What stands in build/ of a workspace, and whether it would be the same if it were made now, with these options."""

    def __init__(self, root: Path, *options: str | bool | None) -> None:
        self._root = root
        self._options = options
        self._inputs = ""

    @cached_property
    def templates(self) -> Mapping[str, str | bytes]:
        """The templates as they are now. Raises `PmogenError` as `read_templates` does."""
        return read_templates(self._root)

    def is_likely(self, sources: Sources) -> bool:
        """Whether it was made from the same, as far as that can be told before anything is known of the past."""
        try:
            self._inputs = _inputs(sources, self.templates, self._options)
        except PmogenError:  # it is told as soon as they are needed
            return False
        return self._record.get("inputs") == self._inputs

    def found(self, history: History) -> tuple[Written, Outline] | None:
        """What was generated last, when it was made from all the same and nobody has touched it; else None."""
        made_from = {"inputs": self._inputs, "history": repr(history)}
        if {name: self._record.get(name) for name in made_from} != made_from:
            return None
        hashes = untouched(self._root)
        if hashes is None or _digest(hashes) != self._record["files"]:
            return None
        return Written((), tuple(sorted(hashes)), (), hashes), Outline(**self._record["outline"])

    def note(self, history: History, written: Written, outline: Outline) -> None:
        """Keeps what was generated just now, and from what."""
        kept = _kept(self._root)
        if kept:
            files, told = _digest(written.hashes), asdict(outline)
            record = {"inputs": self._inputs, "history": repr(history), "files": files, "outline": told}
            kept.write(_RECORD, json.dumps(record).encode())

    @cached_property
    def _record(self) -> Mapping[str, Any]:
        kept = _kept(self._root)
        told = kept.read(_RECORD) if kept else None
        return json.loads(told) if told else {}


def _inputs(sources: Sources, templates: Mapping[str, str | bytes], options: tuple[object, ...]) -> str:
    whole = hashlib.sha256()
    for told in (sources.standard_is, options, *_programs()):
        whole.update(f"{told!r}\n".encode())
    for files in (sources.files, templates):
        whole.update(f"{len(files)} files\n".encode())
        for name in sorted(files):
            content = files[name]
            raw = content.encode() if isinstance(content, str) else content
            whole.update(f"{name!r} {len(raw)}\n".encode())
            whole.update(raw)
    return whole.hexdigest()


def _kept(root: Path) -> KeptFiles | None:
    """The place for the record; None where it is a link to another place."""
    inside = (root / FOLDER).resolve() == root.resolve() / FOLDER
    return KeptFiles(root / FOLDER, _FORM) if inside else None


def _digest(hashes: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()


def _programs() -> Iterator[object]:
    """The Python that runs, the versions of everything that is installed for it, and each file of pmogen with its size and time."""
    yield sys.version
    yield sorted(_installed())
    own = Path(__file__).parent.parent
    for path in sorted(own.rglob("*")):
        if path.suffix not in {"", ".pyc"}:
            stat = path.stat()
            yield path.relative_to(own).as_posix(), stat.st_size, stat.st_mtime_ns


def _installed() -> set[str]:
    """The packages in the folders that are searched for modules, in whatever order: archives and folders that are shut hold none."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(path.name for path in Path(folder).iterdir() if path.suffix in {".dist-info", ".egg-info"})
    return found
