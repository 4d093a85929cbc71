"""The templates of the pages: those that travel with pmogen, and a workspace's own laid over them."""

from __future__ import annotations

from pathlib import Path

from pmogen.data import data_root
from pmogen.errors import PmogenError
from pmogen.language import _

FOLDER = "site_templates"


def read_templates(root: Path) -> dict[str, str | bytes]:
    """All templates by name (`pages/home.md.j2`), text where they are UTF-8, else bytes.

    A file in the workspace's own site_templates/ replaces the standard one of the same name.
    Raises `PmogenError` when a file cannot be read, or is a link out of the workspace: what a link leads to would be
    published.
    """
    templates: dict[str, str | bytes] = {}
    for folder in dict.fromkeys((data_root() / FOLDER, root.resolve() / FOLDER)):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                if folder.parent == root.resolve():
                    _refuse_link_outside(path, folder.parent)
                templates[name] = _content(path)
    return templates


def _refuse_link_outside(path: Path, root: Path) -> None:
    if not path.resolve().is_relative_to(root):
        raise PmogenError(
            _("{path} is a link that leaves the workspace", path=path), _("copy the file instead of linking it")
        )


def _content(path: Path) -> str | bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PmogenError(
            _("{file} cannot be read: {reason}", file=path, reason=error.strerror), _("check the file's permissions")
        ) from error
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return raw
