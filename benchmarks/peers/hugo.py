"""Hugo: pages of the same records by a content adapter, with a plain theme and an index for searching."""

from __future__ import annotations

import shutil
from pathlib import Path

from peers.facts import Facts
from peers.jinja import write_data

_PROJECT = Path(__file__).with_name("hugo")


def hugo(folder: Path, facts: Facts) -> None:
    """A project of Hugo."""
    shutil.copytree(_PROJECT, folder)
    write_data(folder, facts)
    for file in (folder / "data").glob("*.json"):
        file.unlink()
