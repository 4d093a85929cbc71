"""What was made before, by what it was made of: files in .cache/, any of which may be lost or spoilt without harm.

Each is signed with a secret of this user's, which lies outside of every workspace: what comes with somebody's repository is
never taken for our own.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import re
import secrets
import zlib
from pathlib import Path
from typing import Any

_SIGNATURE_BYTES = 32
_OURS = re.compile(r"[0-9a-f]{64}(\.\d+)?")


class Cache:
    """Values by key, each in a file of its own. Keeps nothing where its folder is a link to another place."""

    def __init__(self, root: Path, name: str) -> None:
        self._folder = root / ".cache" / "pages" / name
        self._used: set[str] = set()
        inside = self._folder.resolve() == root.resolve() / ".cache" / "pages" / name
        self._secret = _secret() if inside else None

    def read(self, key: str | None) -> Any:
        """The value; None when there is none, or its file is not as it was written here."""
        if key is None or self._secret is None:
            return None
        try:
            stored = (self._folder / key).read_bytes()
        except OSError:
            return None
        packed = stored[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(self._signed(key, packed), stored[:_SIGNATURE_BYTES]):
            return None
        try:
            return json.loads(zlib.decompress(packed))
        except (zlib.error, ValueError):
            return None

    def _signed(self, key: str, packed: bytes) -> bytes:
        return hmac.digest(self._secret or b"", key.encode() + packed, "sha256")

    def write(self, key: str | None, value: Any) -> None:
        """Keeps a value, unless it is of a kind that would come back as another, or the disk refuses."""
        if key is None or self._secret is None:
            return
        try:
            text = json.dumps(value)
            if json.loads(text) != value:
                return
        except (TypeError, ValueError):
            return
        packed = zlib.compress(text.encode(), 1)
        path = self._folder / key
        new = self._folder / f"{key}.{os.getpid()}"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(self._signed(key, packed) + packed)
            new.replace(path)

    def used(self, key: str) -> None:
        """Says that a key is still needed."""
        self._used.add(key)

    def prune(self) -> None:
        """Forgets everything that nobody said is needed."""
        if self._secret is None:
            return
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if _OURS.fullmatch(path.name) and path.name not in self._used:
                    path.unlink(missing_ok=True)


def _secret() -> bytes | None:
    """A number that only this user knows; None where there is no place to keep it."""
    try:
        path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "pmogen", "secret")
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_SIGNATURE_BYTES))
        found = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return found if len(found) == _SIGNATURE_BYTES else None
