"""Hashes of whole folders."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from pmogen.aside import jobs

_MANY = 500
"""Of fewer files the hashes are there before threads would be."""
_SHARES = 32


def tree_hash(folder: Path, ending: str = "", known: Mapping[str, str] | None = None) -> str:
    """One hash over names and bytes of all files below a folder whose names end so, apart from those right in it that begin with a dot.

    The hashes of files that are `known` are not computed again.
    """
    names = sorted(_names(folder, ending))
    before = known or {}
    hashes = {**before, **_hashes(folder, [name for name in names if name not in before])}
    whole = hashlib.sha256()
    for name in names:
        whole.update(f"{name}\0{hashes[name]}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def file_hash(path: Path) -> str:
    """The hash of the bytes of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hashes(folder: Path, names: list[str]) -> dict[str, str]:
    """The hash of each file, by two threads if there are many: reading and hashing leave room for one another."""

    def hashed(some: list[str]) -> list[tuple[str, str]]:
        return [(name, file_hash(folder / name)) for name in some]

    if len(names) < _MANY or jobs() < 2:
        return dict(hashed(names))
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (it takes longer than most folders)

    with ThreadPoolExecutor(2) as pool:
        return dict(chain.from_iterable(pool.map(hashed, [names[begin::_SHARES] for begin in range(_SHARES)])))


def _names(folder: Path, ending: str, below: str = "") -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if not below and entry.name.startswith("."):
            continue
        name = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _names(folder / entry.name, ending, f"{name}/")
        elif entry.name.endswith(ending) and entry.is_file():
            yield name
