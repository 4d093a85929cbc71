"""The language of a workspace, found before anything is read: in which language the command line speaks."""

from __future__ import annotations

import re
from pathlib import Path

from pmogen.language import ENGLISH, LANGUAGES

_LANGUAGE = re.compile(rb"^language:[ \t]*[\"']?([A-Za-z-]+)", re.MULTILINE)


def language_of(root: Path) -> str:
    """What content/playbook.yml says; English where it says nothing, or nothing that pmogen knows."""
    try:
        found = _LANGUAGE.search((root / "content" / "playbook.yml").read_bytes())
    except OSError:
        return ENGLISH
    code = found[1].decode("ascii") if found else ENGLISH
    return code if code in LANGUAGES else ENGLISH
