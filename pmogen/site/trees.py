"""Hashes of whole folders."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path


def tree_hash(folder: Path, ending: str = "", known: Mapping[str, str] | None = None) -> str:
    """One hash over names and bytes of all files below a folder whose names end so, apart from those right in it that begin with a dot.

    The hashes of files that are `known` are not computed again.
    """
    before = known or {}
    whole = hashlib.sha256()
    for name in sorted(_names(folder, ending)):
        whole.update(f"{name}\0{before.get(name) or file_hash(folder / name)}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def file_hash(path: Path) -> str:
    """The hash of the bytes of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
