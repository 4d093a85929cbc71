"""What the YAML of earlier commands said, kept by its bytes: a file that is as it was need not be parsed again.

It lies in the folder of this user's own files, signed (see `kept_files`), so that commands that write nothing in a workspace
do not begin to.
"""

from __future__ import annotations

import marshal
from array import array
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import yaml

from pmogen.kept_files import KeptFiles, own_folder
from pmogen.source import marks, text
from pmogen.source import yaml as reader
from pmogen.source.marks import Marks, marks_of
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

_MOST_BYTES = 100_000_000
"""So much is kept; beyond it the oldest goes."""


@dataclass(frozen=True)
class Parse:
    """The value of a YAML file without mistakes, and the places in it, packed: cheap to keep, and to be sent."""

    packed: bytes

    def document(self, name: str, raw: bytes) -> Document | None:
        """The document of a file with this name, which has the bytes that were parsed."""
        source, _wrong = decode(name, raw)
        value, numbers = marshal.loads(self.packed)  # noqa: S302 (this program packed it: what is kept is signed)
        return Document(source, value, None, Marks(array("i", numbers))) if source else None


def parse(name: str, raw: bytes) -> Parse | None:
    """What a file says; None where there is anything to be told about its form, as that is told in a language."""
    source, _wrong = decode(name, raw)
    document, found = parse_yaml(source) if source else (None, ())
    if document is None or document.nodes is None or found:
        return None
    return Parse(marshal.dumps((document.value, marks_of(document.nodes).numbers.tobytes())))


class KeptParses:
    """What files said, by their bytes; nothing where nothing can be kept."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        with suppress(RuntimeError):  # there is no home
            self._folder = own_folder() / "yaml"
        self._files = KeptFiles(self._folder, _form()) if self._folder else None

    def read(self, raw: bytes) -> Parse | None:
        """What a file with these bytes says, where that is known."""
        packed = self._files.read(_name(raw)) if self._files else None
        return Parse(packed) if packed is not None else None

    def write(self, raw: bytes, found: Parse) -> None:
        """Keeps what these bytes say, for this user's eyes only: a workspace may be one that others cannot read."""
        if self._files and self._folder:
            with suppress(OSError):
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._files.write(_name(raw), found.packed)

    def prune(self) -> None:
        """Deletes the oldest beyond what may be kept."""
        if self._files is None or self._folder is None:
            return
        with suppress(OSError):
            known = [(path.stat(), path.name) for path in self._folder.iterdir()]
            size, old = 0, set()
            for stat, name in sorted(known, key=lambda each: -each[0].st_mtime_ns):
                size += stat.st_size
                if size > _MOST_BYTES:
                    old.add(name)
            self._files.prune(old.__contains__)


def _name(raw: bytes) -> str:
    """Versions of pmogen that read otherwise do not take each other's places."""
    return sha256(_form() + raw).hexdigest()


@cache
def _form() -> bytes:
    """What a parse rests on besides the bytes of the file: what reads it, and how Python packs it."""
    known = sha256(MAGIC_NUMBER + yaml.__version__.encode())
    for module in (reader, marks, text):
        known.update(Path(str(module.__file__)).read_bytes())
    known.update(Path(__file__).read_bytes())
    return known.digest()
