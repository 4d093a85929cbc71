"""The files of a workspace and of the standard catalogue: the one place that reads them from disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pmogen.data import data_root
from pmogen.errors import PmogenError

STANDARD = "standard"
"""Name of the layer that travels with pmogen; its files are shown as `standard/...`."""

_SUFFIXES = {".yml", ".yaml", ".csv", ".md"}


@dataclass(frozen=True)
class Sources:
    """Bytes of all files that count, by name: `content/...`, `standard/...`, `catalog/...`.

    `folders` maps the first part of other layers' names to nothing but themselves; a workspace whose
    own catalog/ is the standard catalogue (this repository) has it once, as `catalog/`.
    """

    files: Mapping[str, bytes]
    standard_is: str = STANDARD

    def below(self, folder: str) -> tuple[tuple[str, bytes], ...]:
        """Files below a folder, sorted by name."""
        prefix = folder.rstrip("/") + "/"
        return tuple((name, self.files[name]) for name in sorted(self.files) if name.startswith(prefix))


def read_sources(root: Path) -> Sources:
    """Reads content/ and catalog/ of a workspace, and the standard catalogue.

    Raises `PmogenError` when there is no content/ folder, or a file cannot be read.
    """
    root = root.resolve()
    if not (root / "content").is_dir():
        raise PmogenError(
            f"{root} has no content/ folder, so it is not a workspace of pmogen",
            "go to the folder of your playbook, or make a new one with `pmogen init`",
        )
    standard = data_root() / "catalog"
    same = (root / "catalog").is_dir() and (root / "catalog").resolve() == standard.resolve()
    files: dict[str, bytes] = {}
    for folder in ("content", "catalog"):
        files.update(_read(root, root / folder, ""))
    if not same:
        files.update(_read(standard, standard, STANDARD + "/"))
    return Sources(files, "catalog" if same else STANDARD)


def _read(base: Path, folder: Path, prefix: str) -> dict[str, bytes]:
    return {prefix + path.relative_to(base).as_posix(): _bytes_of(path) for path in _files(base, folder)}


def _files(base: Path, folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
        if hidden or path.suffix not in _SUFFIXES or not path.is_file():
            continue
        if not path.resolve().is_relative_to(base.resolve()):
            raise PmogenError(f"{path} is a link that leaves the workspace", "copy the file instead of linking it")
        yield path


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PmogenError(f"{path} cannot be read: {error.strerror}", "check the file's permissions") from error
