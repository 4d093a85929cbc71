"""Where the standard catalogue, the page templates and the starter workspace are."""

from __future__ import annotations

from pathlib import Path

from pmogen.errors import PmogenError
from pmogen.language import _


def data_root() -> Path:
    """Folder that holds catalog/, site_templates/ and content/ of the example.

    The repository comes first (an editable install: an edit must win over a stale copy), then the
    copy inside the wheel. Raises `PmogenError` when the installation is damaged.
    """
    here = Path(__file__).resolve().parent
    repository, packed = here.parent, here / "_data"
    for folder, proof in ((repository, repository / "pyproject.toml"), (packed, packed)):
        if proof.exists() and (folder / "catalog").is_dir() and (folder / "site_templates").is_dir():
            return folder
    message = _("the standard catalogue is missing, the installation is damaged")
    raise PmogenError(message, _("install pmogen again"))
