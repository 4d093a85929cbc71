"""Pictures, styles and scripts of a site: those that are in the old one already get a second name in the new one."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.files import File

from pmogen.site.fast_order import Order

_COPIED = File.copy_file
_FOLDER = "assets/"
"""Nobody writes over files here, which would spoil the old site."""


def install(order: Order | None) -> None:
    """Takes the place of MkDocs' way to copy a file, in this process."""
    former = None if order is None else order.former
    if former is None:
        return

    def copied(self: File, dirty: bool = False) -> None:
        if not _taken_over(self, Path(former)):
            _COPIED(self, dirty)

    File.copy_file = copied  # type: ignore[method-assign]  # there is no other way in


def _taken_over(file: File, former: Path) -> bool:
    """True when the file is in the old site, byte for byte, and now in the new one, too."""
    if not file.dest_uri.startswith(_FOLDER) or not file.is_media_file() or file.abs_src_path is None:
        return False
    old, target = former / file.dest_uri, Path(file.abs_dest_path)
    try:
        if old.is_symlink() or old.read_bytes() != Path(file.abs_src_path).read_bytes():
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(old)
    except OSError:
        return False
    return True
