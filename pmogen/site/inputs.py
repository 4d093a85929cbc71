"""What a site is made from, as one hash: the sources, the templates and the builder's configuration."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pmogen.site.builder import CONFIGURATION
from pmogen.site.templates import read_templates
from pmogen.source.files import Sources


def inputs_hash(root: Path, sources: Sources) -> str:
    """The hash of sources that were read, and of all else that counts as it is now. Raises `PmogenError` as `read_templates` does."""
    whole = hashlib.sha256()
    configuration = root / CONFIGURATION
    settings = {CONFIGURATION: configuration.read_bytes()} if configuration.is_file() else {}
    for kind, files in (("source", sources.files), ("template", read_templates(root)), ("builder", settings)):
        for name in sorted(files):
            content = files[name]
            whole.update(f"{kind} {name}\0".encode())
            whole.update(hashlib.sha256(content.encode() if isinstance(content, str) else content).digest())
    return whole.hexdigest()
