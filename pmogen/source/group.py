"""The group that a workspace belongs to, and the layers of the catalogue that its offices share.

A group is a folder with a group.yml, which names its offices and its shared layers. A workspace gets those layers only when
the group names it as an office, and only folders right in the group's folder count: nothing else outside a workspace is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pmogen.source.text import MAX_BYTES, decode
from pmogen.source.yaml import parse_yaml

GROUP_FILE = "group.yml"
"""What makes a folder a group."""

GROUP = "group"
"""What shared layers begin with, in `catalogue` and in messages: `group/shared`."""

LAYER_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"


def shared_layers(root: Path) -> Mapping[str, Path]:
    """Shared layers of a workspace by name, as the nearest group above names them; none when that does not name it."""
    for above in root.resolve().parents:
        if (above / GROUP_FILE).is_file():
            value = _value(above / GROUP_FILE)
            return layers_of(above, value) if _names(above, value, root.resolve()) else {}
    return {}


def layers_of(group: Path, value: Any) -> dict[str, Path]:
    """The layers that the value of a group.yml names, where there are such folders; links do not count."""
    names = value.get("layers") if isinstance(value, dict) else None
    found = {
        name: group / name
        for name in (names if isinstance(names, list) else ())
        if isinstance(name, str) and re.match(LAYER_PATTERN, name)
    }
    return {name: folder for name, folder in found.items() if folder.is_dir() and not folder.is_symlink()}


def _value(path: Path) -> Any:
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        return None
    source, _wrong = decode(path.name, raw)
    return parse_yaml(source)[0].value if source else None


def _names(group: Path, value: Any, root: Path) -> bool:
    """Whether the group has an office in this folder."""
    offices = value.get("offices") if isinstance(value, dict) else None
    listed = offices if isinstance(offices, list) else ()
    folders = (office.get("folder") for office in listed if isinstance(office, dict))
    return any(isinstance(folder, str) and (group / folder).resolve() == root for folder in folders)
