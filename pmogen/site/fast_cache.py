"""What was made before, by what it was made of: files in .cache/, any of which may be lost or spoilt without harm.

Of each page a head, which is small and needed in every build, its entries for the search, and a body, which often is not needed.
All heads are in one file, and all entries in another. What comes with somebody's repository is never taken for our own (`kept_files`).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from pmogen.kept_files import KeptFiles

_OURS = re.compile(r"[0-9a-f]{64}(\.\d+)?")
_FORMAT = b"heads, entries and bodies"
"""What is signed, too: files of another version of pmogen can be of another form."""
_KEY_LENGTH = 64


def as_kept(value: Any) -> str | None:
    """The value as text; None for what would come back as something else."""
    try:
        text = json.dumps(value, separators=(",", ":"))
        return text if json.loads(text) == value else None
    except (TypeError, ValueError):
        return None


class Shelf:
    """Lines of ASCII by key, all in one file, which is read when the first is asked for."""

    def __init__(self, files: KeptFiles | None, name: str) -> None:
        self._files = files
        self._name = name
        self._changed = False

    @cached_property
    def _lines(self) -> dict[str, str]:
        stored = (self._files and self._files.read(self._name)) or b""
        return {line[:_KEY_LENGTH]: line[_KEY_LENGTH:] for line in stored.decode("ascii").splitlines()}

    def get(self, key: str | None) -> str | None:
        """The line; None when there is none."""
        return None if key is None else self._lines.get(key)

    def keep(self, key: str | None, line: str | None) -> None:
        """Keeps a line. It is on the disk when `save` is called."""
        if key is not None and line is not None and self._lines.get(key) != line:
            self._lines[key] = line
            self._changed = True

    def save(self, needed: Callable[[str], bool] = lambda _key: True) -> None:
        """Writes the lines, if they are others than before. Those that are not needed are forgotten."""
        kept = {key: line for key, line in self._lines.items() if needed(key)}
        if self._files is not None and (self._changed or len(kept) < len(self._lines)):
            self._files.write(self._name, "".join(f"{key}{kept[key]}\n" for key in sorted(kept)).encode("ascii"))
        self.__dict__["_lines"] = kept
        self._changed = False


class Cache:
    """Heads, entries and bodies by key. Keeps nothing where its folder is a link to another place."""

    def __init__(self, root: Path, name: str) -> None:
        self._folder = root / ".cache" / "pages" / name
        self._inside = self._folder.resolve() == root.resolve() / ".cache" / "pages" / name
        self._files = KeptFiles(self._folder, _FORMAT) if self._inside else None
        self._used: set[str] = set()
        self._heads = Shelf(self._files, "heads")
        self._entries = Shelf(self._files, "entries")

    def head(self, key: str | None) -> str | None:
        """The head; None when there is none."""
        return self._heads.get(key)

    def entries(self, key: str | None) -> str | None:
        """The entries for the search; None when nothing is known of them."""
        return self._entries.get(key)

    def body(self, key: str | None) -> str | None:
        """The body; None when there is none, or its file is not as it was written here."""
        packed = self._files.read(key) if self._files and key is not None else None
        return None if packed is None else zlib.decompress(packed).decode("utf-8")

    def keep_head(self, key: str | None, head: str | None) -> None:
        """Keeps a head: JSON, so that it is one line of ASCII. It is on the disk when `save` is called."""
        self._heads.keep(key, head)
        self.used(key)

    def keep_entries(self, key: str | None, entries: str) -> None:
        """Keeps the entries that belong to a head, in the same way."""
        self._entries.keep(key, entries)

    def keep_body(self, key: str | None, body: str) -> bool:
        """Keeps a body, unless the disk refuses; whether it did."""
        if self._files is None or key is None:
            return False
        return self._files.write(key, zlib.compress(body.encode("utf-8"), 1))

    def used(self, key: str | None) -> None:
        """Says that a key is still needed."""
        if key is not None:
            self._used.add(key)

    def shelf(self, name: str, form: str) -> Shelf:
        """A shelf besides those, which is not read when it was in another form. Who asks for it saves it."""
        return Shelf(KeptFiles(self._folder, form.encode()) if self._inside else None, name)

    def save(self, *, pruned: bool) -> None:
        """Writes heads and entries. If `pruned`, all that nobody said is needed is forgotten, which is right for a build that went through."""
        if self._files is None:
            return

        def needed(key: str) -> bool:
            return key in self._used or not pruned

        self._heads.save(needed)
        self._entries.save(needed)
        if pruned:
            self._files.prune(lambda name: bool(_OURS.fullmatch(name)) and not needed(name))
