"""The templates of the theme, as Jinja compiled them for an earlier build, and found without looking where none can be."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64decode, b64encode
from pathlib import PurePath
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from pmogen.site.fast_cache import Cache
from pmogen.site.fast_prints import tool_versions


class KeptTemplates(BytecodeCache):
    """The last that was compiled of each template."""

    def __init__(self, cache: Cache) -> None:
        self._shelf = cache.shelf("templates", f"compiled by {tool_versions()}")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key of a template whatever its text, which Jinja compares itself."""
        return hashlib.sha256(json.dumps([name, filename]).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what was kept, if there is any."""
        kept = self._shelf.get(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(b64decode(kept))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._shelf.keep(bucket.key, b64encode(bucket.bytecode_to_string()).decode("ascii"))

    def save(self) -> None:
        """Writes them down."""
        self._shelf.save()


class Templates(FileSystemLoader):
    """The templates of a theme. Only those are listed that MkDocs does not leave out: Material has thousands of icons in a hidden folder."""

    def list_templates(self) -> list[str]:
        """In place of Jinja's own."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = PurePath(folder).relative_to(top)
                found.update((below / name).as_posix() for name in names)
        return sorted(found)


def install(theme: Any, cache: Cache) -> KeptTemplates:
    """Takes the place of the environment of a theme of MkDocs. Gives what keeps its templates."""
    plain, kept = theme.get_env, KeptTemplates(cache)

    def environment() -> Environment:
        made: Environment = plain()
        made.bytecode_cache = kept
        made.loader = Templates(theme.dirs)
        return made

    theme.get_env = environment
    return kept
