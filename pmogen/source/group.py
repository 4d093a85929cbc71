"""The group that a workspace belongs to, and the layers of the catalogue that its offices share.

A group is a folder with a group.yml, which names its offices and its shared layers. A workspace gets those layers only when
the group names it as an office, and only folders right in the group's folder count: nothing else outside a workspace is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from pmogen.source.text import MAX_BYTES, decode
from pmogen.source.yaml import parse_yaml

GROUP_FILE = "group.yml"
"""What makes a folder a group."""

GROUP = "group"
"""What shared layers begin with, in `catalogue` and in messages: `group/shared`."""

LAYER_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"


@dataclass(frozen=True)
class _Told:
    """What a group.yml says, as far as its offices need it."""

    layers: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def is_group(folder: Path) -> bool:
    """Whether the folder is that of a group."""
    return (folder / GROUP_FILE).is_file()


def group_of(root: Path) -> Path | None:
    """The folder of the nearest group above a workspace, when that names it as an office."""
    here = root.resolve()
    for above in here.parents:
        if is_group(above):
            named = any((above / folder).resolve() == here for folder in _told(_read(above)).folders)
            return above if named else None
    return None


def shared_layers(root: Path) -> Mapping[str, Path]:
    """Shared layers of a workspace by name, as its group names them; none when it has no group."""
    group = group_of(root)
    return {} if group is None else layers_of(group)


def layers_named(raw: bytes, office: str) -> tuple[str, ...]:
    """The layers that a group.yml with these bytes shares with the office in a folder of the group; none with a stranger."""
    told = _told(raw)
    named = any(PurePosixPath(folder) == PurePosixPath(office) for folder in told.folders)
    return told.layers if named else ()


def layers_of(group: Path) -> dict[str, Path]:
    """The layers that the group.yml in a folder names, where there are such folders; links do not count."""
    found = {name: group / name for name in _told(_read(group)).layers}
    return {name: folder for name, folder in found.items() if folder.is_dir() and not folder.is_symlink()}


def _read(group: Path) -> bytes:
    path = group / GROUP_FILE
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        return b""


@lru_cache(maxsize=8)
def _told(raw: bytes) -> _Told:
    """What the bytes say; nothing where they are no group.yml. Many offices ask for the same one."""
    source, _wrong = decode(GROUP_FILE, raw)
    value = parse_yaml(source)[0].value if source else None
    if not isinstance(value, dict):
        return _Told()
    layers, offices = (_listed(value.get(key)) for key in ("layers", "offices"))
    folders = (office.get("folder") for office in offices if isinstance(office, dict))
    return _Told(
        tuple(name for name in layers if isinstance(name, str) and re.match(LAYER_PATTERN, name)),
        tuple(folder for folder in folders if isinstance(folder, str) and "\0" not in folder),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
