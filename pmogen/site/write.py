"""Writes what was generated, with care: only below build/, only what differs, never over a person's edit."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.site.lock import alone

BUILD = "build"
MANIFEST = f"{BUILD}/.manifest.json"

Hashes = dict[str, str]


@dataclass(frozen=True)
class Written:
    """What one run did to the generated files, as paths relative to the workspace, and the hashes of those that are there now."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    hashes: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class _Manifest:
    """Hashes of what pmogen wrote last; `pending` is what an interrupted run was about to write."""

    files: Hashes
    pending: Hashes

    def made(self, path: str, found: str | None) -> bool:
        """True when a file with this hash is missing or was written by pmogen."""
        return found in (None, self.files.get(path), self.pending.get(path))


def write_generated(root: Path, files: Mapping[str, str | bytes]) -> Written:
    """Makes the generated files of a workspace equal to `files` (path below the workspace -> content).

    Files that are equal already are not touched; those that pmogen wrote earlier and no longer makes are
    deleted. Raises `PmogenError`, before anything is written, when a path is not below build/, a file there
    holds something that pmogen did not write or another pmogen is at work; and when the disk refuses.
    """
    contents = {path: _bytes(files[path]) for path in sorted(files)}
    new = {path: _hash(content) for path, content in contents.items()}
    _refuse_outside(root, new)
    try:
        with alone(root):
            return _write(root, contents, new)
    except OSError as error:
        raise PmogenError(
            _("{file} cannot be written: {reason}", file=error.filename, reason=error.strerror),
            _(
                "check permissions and space, and that nothing else has the name of a file or folder of {folder}",
                folder=f"{BUILD}/",
            ),
        ) from error


def _write(root: Path, contents: Mapping[str, bytes], new: Hashes) -> Written:
    manifest = _read_manifest(root)
    listed = {path for path in (*manifest.files, *manifest.pending) if path not in new}
    below = _Below(root)
    stale = {path for path in listed if below.holds(path)}  # a manifest may come with somebody's pull request
    found = {path: _hash_of_file(root / path) for path in (*new, *sorted(stale))}
    _refuse_edited(manifest, new, found)
    changed = tuple(path for path in new if found[path] != new[path])
    removed = tuple(path for path in sorted(stale) if found[path] is not None)
    if changed or removed:
        known = {path: hashed for path, hashed in found.items() if hashed is not None}
        _write_manifest(root, _Manifest(known, new))
    for folder in {path.rpartition("/")[0] for path in changed}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for path in changed:
        _put(root / path, contents[path])
    for path in removed:
        _remove(root, path)
    _write_manifest(root, _Manifest(new, {}))
    return Written(changed, tuple(path for path in new if found[path] == new[path]), removed, new)


def untouched(root: Path) -> Hashes | None:
    """Hashes of all generated files by path; None when one is not as pmogen wrote it last, or that was interrupted."""
    manifest, below = _read_manifest(root), _Below(root)
    if manifest.pending or not manifest.files:
        return None
    same = all(below.holds(path) and _hash_of_file(root / path) == known for path, known in manifest.files.items())
    return manifest.files if same else None


def replace_file(path: Path, content: bytes) -> None:
    """Puts a whole file in place at once, or leaves the old one untouched."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, content)


def _put(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash_of_file(path: Path) -> str | None:
    return _hash(path.read_bytes()) if path.is_file() else None


def _refuse_outside(root: Path, paths: Iterable[str]) -> None:
    below = _Below(root)
    for path in paths:
        if not below.holds(path):
            hint = _("take links out of {folder}, and backslashes out of names", folder=f"{BUILD}/")
            raise PmogenError(
                _("{path} is not below {folder}, so it is not written", path=path, folder=f"{BUILD}/"), hint
            )


class _Below:
    """What is below build/, also where links lead."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[str, bool] = {}

    def holds(self, path: str) -> bool:
        parts = PurePosixPath(path).parts
        named_so = parts[:1] == (BUILD,) and len(parts) > 1 and ".." not in parts and "\\" not in path
        return named_so and self._folder(path.rpartition("/")[0]) and self._leads_inside(path)

    def _folder(self, folder: str) -> bool:
        if folder not in self._folders:
            self._folders[folder] = self._resolved(folder)
        return self._folders[folder]

    def _leads_inside(self, path: str) -> bool:
        return not (self._root / path).is_symlink() or self._resolved(path)

    def _resolved(self, path: str) -> bool:
        return (self._root / path).resolve().is_relative_to(self._root.resolve() / BUILD)


def _refuse_edited(manifest: _Manifest, new: Hashes, found: Mapping[str, str | None]) -> None:
    edited = [path for path, content in found.items() if content != new.get(path) and not manifest.made(path, content)]
    if edited:
        names = "\n".join(f"  {path}" for path in edited[:20])
        more = "\n  " + _("and {count} more", count=len(edited) - 20) if len(edited) > 20 else ""
        raise PmogenError(
            _("these files hold something that pmogen did not write, so nothing was written:") + f"\n{names}{more}",
            _(
                "move your text to content/pages/, or change the YAML it comes from; then delete the file, or the whole "
                "{folder} folder: pmogen makes it anew",
                folder=f"{BUILD}/",
            ),
        )


def _remove(root: Path, path: str) -> None:
    """Deletes a stale file, and the folders it leaves empty."""
    (root / path).unlink(missing_ok=True)
    for folder in (root / path).parents:
        if folder == root / BUILD or any(folder.iterdir()):
            break
        folder.rmdir()


def _read_manifest(root: Path) -> _Manifest:
    """The manifest; empty when there is none or it is damaged, so that every difference counts as an edit."""
    try:
        value = json.loads((root / MANIFEST).read_bytes())
        return _Manifest(dict(value["files"]), dict(value["pending"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _Manifest({}, {})


def _write_manifest(root: Path, manifest: _Manifest) -> None:
    value = {"files": manifest.files, "pending": manifest.pending}
    content = (json.dumps(value, indent=1, sort_keys=True) + "\n").encode("ascii")
    if _hash_of_file(root / MANIFEST) != _hash(content):
        replace_file(root / MANIFEST, content)
