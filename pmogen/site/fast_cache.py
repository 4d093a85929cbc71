"""What was made before, by what it was made of: files in .cache/, any of which may be lost or spoilt without harm.

Of each page a head, which is small and needed in every build, and a body, which often is not. All heads are in one file.
Each file is signed with a secret of this user's, which lies outside of every workspace: what comes with somebody's repository is
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
_FORMAT = b"heads and bodies"
"""What is signed, too: files of another version of pmogen can be of another form."""
_HEADS = "heads"
_KEY_LENGTH = 64


def as_kept(value: Any) -> str | None:
    """The value as text; None for what would come back as something else."""
    try:
        text = json.dumps(value, separators=(",", ":"))
        return text if json.loads(text) == value else None
    except (TypeError, ValueError):
        return None


class Cache:
    """Heads and bodies by key. Keeps nothing where its folder is a link to another place."""

    def __init__(self, root: Path, name: str) -> None:
        self._folder = root / ".cache" / "pages" / name
        self._used: set[str] = set()
        inside = self._folder.resolve() == root.resolve() / ".cache" / "pages" / name
        self._secret = _secret() if inside else None
        self._stored = self._read(_HEADS) or b""
        lines = self._stored.decode("ascii").splitlines()
        self._heads = {line[:_KEY_LENGTH]: line[_KEY_LENGTH:] for line in lines}

    def head(self, key: str | None) -> str | None:
        """The head; None when there is none."""
        return None if key is None else self._heads.get(key)

    def body(self, key: str | None) -> str | None:
        """The body; None when there is none, or its file is not as it was written here."""
        packed = None if key is None else self._read(key)
        return None if packed is None else zlib.decompress(packed).decode("utf-8")

    def keep_head(self, key: str | None, head: str | None) -> None:
        """Keeps a head: JSON, so that it is one line of ASCII. It is on the disk when `save` is called."""
        if key is not None and head is not None:
            self._heads[key] = head
            self._used.add(key)

    def keep_body(self, key: str | None, body: str) -> None:
        """Keeps a body, unless the disk refuses."""
        if key is not None:
            self._write(key, zlib.compress(body.encode("utf-8"), 1))

    def used(self, key: str | None) -> None:
        """Says that a key is still needed."""
        if key is not None:
            self._used.add(key)

    def save(self, *, pruned: bool) -> None:
        """Writes the heads. If `pruned`, all that nobody said is needed is forgotten, which is right for a build that went through."""
        if self._secret is None:
            return
        kept = {key: head for key, head in self._heads.items() if key in self._used or not pruned}
        heads = "".join(f"{key}{kept[key]}\n" for key in sorted(kept)).encode("ascii")
        if heads != self._stored:
            self._write(_HEADS, heads)
            self._stored = heads
        if pruned:
            with contextlib.suppress(OSError):
                for path in self._folder.iterdir():
                    if _OURS.fullmatch(path.name) and path.name not in self._used:
                        path.unlink(missing_ok=True)

    def _read(self, name: str) -> bytes | None:
        if self._secret is None:
            return None
        try:
            stored = (self._folder / name).read_bytes()
        except OSError:
            return None
        content = stored[_SIGNATURE_BYTES:]
        return content if hmac.compare_digest(self._signed(name, content), stored[:_SIGNATURE_BYTES]) else None

    def _write(self, name: str, content: bytes) -> None:
        if self._secret is None:
            return
        new = self._folder / f"{name}.{os.getpid()}"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(self._signed(name, content) + content)
            new.replace(self._folder / name)

    def _signed(self, name: str, content: bytes) -> bytes:
        return hmac.digest(self._secret or b"", _FORMAT + name.encode() + content, "sha256")


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
