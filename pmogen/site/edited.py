"""Writes changes of files that people keep, unless somebody else changed them in the meantime."""

from __future__ import annotations

from pathlib import Path

from pmogen.edit import Edited
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.site.write import replace_file


def write_edited(root: Path, edited: Edited) -> None:
    """Replaces the files, each at once. Raises `PmogenError`, before anything is written, when one of them is not as it was read."""
    for name, old in edited.old.items():
        path = root / name
        if not path.resolve().is_relative_to(root.resolve()):
            raise PmogenError(_("{file} is a link that leaves the workspace, so it is not changed", file=name))
        if (path.read_bytes() if path.is_file() else None) != old:
            raise PmogenError(
                _("{file} was changed while it was read, so nothing was written", file=name),
                _("run the same command again"),
            )
    for name, new in edited.new.items():
        replace_file(root / name, new)
