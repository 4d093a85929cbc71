"""Addresses that can stand in Markdown and HTML as they are."""

from __future__ import annotations

import re
from string import ascii_letters, digits

_KEPT = f"{ascii_letters}{digits}/._-"
_PLAIN = re.compile(r"[a-zA-Z0-9/._-]*")


def percent_encoded(path: str, also_kept: str = "") -> str:
    """The path as a part of a web address: nothing in it that Markdown or HTML could take for its own."""
    if _PLAIN.fullmatch(path):
        return path
    kept = f"{_KEPT}{also_kept}"
    return "".join(sign if sign in kept else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in path)
