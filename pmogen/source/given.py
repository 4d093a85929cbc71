"""Files that people hand over on the command line, which may be anywhere and anything."""

from __future__ import annotations

from pathlib import Path

from pmogen.errors import PmogenError
from pmogen.language import _, grouped


def read_given(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most so many. Raises `PmogenError` when it cannot be read, is none, or is larger."""
    try:
        if not path.is_file():
            raise PmogenError(_("{file} is not a file", file=path))
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        raise PmogenError(
            _("{file} cannot be read: {reason}", file=path, reason=error.strerror), _("check the file's permissions")
        ) from error
    if len(raw) > limit:
        size = grouped(limit // 1_000_000)
        raise PmogenError(
            _("{file} is larger than {limit} MB", file=path, limit=size),
            _("delete what is not needed, and save it anew"),
        )
    return raw
