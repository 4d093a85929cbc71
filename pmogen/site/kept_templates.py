"""Compiled templates, kept for the next command: each is compiled once for a language, and not in every command."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from importlib.util import MAGIC_NUMBER

from pmogen.kept_files import KeptFiles, own_folder

FOLDER = "templates"


class KeptTemplates:
    """A file for each language, in the folder of this user."""

    def read(self, language: str) -> bytes | None:
        """What was written, when it was by this very program; else nothing."""
        files = _files(language)
        return files.read(language) if files else None

    def write(self, language: str, packed: bytes) -> None:
        """Keeps it for the next command, unless the disk refuses."""
        files = _files(language)
        if files:
            files.write(language, packed)


def _files(language: str) -> KeptFiles | None:
    """None where there is no home to keep anything in."""
    with contextlib.suppress(RuntimeError):
        return KeptFiles(own_folder() / FOLDER, _compiler(language))
    return None


@cache
def _compiler(language: str) -> bytes:
    """A fingerprint of all that the code of a template depends on, but for the template: what compiles it, and the words it says."""
    kept = hashlib.sha256(MAGIC_NUMBER)
    for library in ("jinja2", "markupsafe", "babel"):
        kept.update(f"{library} {version(library)}\n".encode())
    for file in _sources(language):
        content = file.read_bytes()
        kept.update(f"{file.name} {len(content)}\n".encode() + content)
    return kept.digest()


def _sources(language: str) -> Iterator[Traversable]:
    package = resources.files("pmogen")
    folders = (
        package / "language",
        package / "render",
        package / "analysis",
        package / "locale" / language / "LC_MESSAGES",
    )
    for folder in folders:
        if folder.is_dir():
            found = (file for file in folder.iterdir() if file.name.endswith((".py", ".po")))
            yield from sorted(found, key=lambda file: file.name)
