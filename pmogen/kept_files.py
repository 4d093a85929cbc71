"""Files kept from one command to the next: signed, any of which may be lost or spoilt without harm.

Each is signed with a secret of this user's, which lies outside of every workspace: what comes with somebody's repository is
never taken for our own.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

_SIGNATURE_BYTES = 32


class KeptFiles:
    """Bytes by name in one folder. `form` is signed, too: what another version wrote in another form is not read."""

    def __init__(self, folder: Path, form: bytes) -> None:
        self._folder = folder
        self._form = form
        self._secret = _secret()

    def read(self, name: str) -> bytes | None:
        """What was written under this name; None when there is nothing, or not as it was written here."""
        if self._secret is None:
            return None
        try:
            stored = (self._folder / name).read_bytes()
        except OSError:
            return None
        content = stored[_SIGNATURE_BYTES:]
        signature = _signed(self._secret, self._form, name, content)
        return content if hmac.compare_digest(signature, stored[:_SIGNATURE_BYTES]) else None

    def write(self, name: str, content: bytes) -> bool:
        """Writes it whole or not at all; False where the disk refuses."""
        if self._secret is None:
            return False
        new = self._folder / f"{name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(_signed(self._secret, self._form, name, content) + content)
            new.replace(self._folder / name)
        except OSError:
            return False
        return True

    def prune(self, unneeded: Callable[[str], bool]) -> None:
        """Deletes files by their names, as far as the disk lets it; none where nothing can be kept."""
        if self._secret is None:
            return
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if unneeded(path.name):
                    path.unlink(missing_ok=True)


def own_folder() -> Path:
    """Where pmogen keeps files of this user's; raises `RuntimeError` when there is no home."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "pmogen")


def _signed(secret: bytes, form: bytes, name: str, content: bytes) -> bytes:
    return hmac.digest(secret, form + name.encode() + content, "sha256")


def _secret() -> bytes | None:
    """A number that only this user knows; None where there is no place to keep it."""
    try:
        path = own_folder() / "secret"
        found = path.read_bytes() if path.exists() else b""
        if len(found) != _SIGNATURE_BYTES:
            found = _new_secret(path)
    except (OSError, RuntimeError):
        return None
    return found if len(found) == _SIGNATURE_BYTES else None


def _new_secret(path: Path) -> bytes:
    """Writes the number whole. Where two commands begin at once the later one's stays: what the other one keeps is made anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"secret.{os.getpid()}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_SIGNATURE_BYTES))
    new.replace(path)
    return path.read_bytes()
