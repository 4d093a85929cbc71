"""Hugo: pages of the same records by a content adapter, with a plain theme and an index for searching."""

from __future__ import annotations

import shutil
from pathlib import Path

from peers.facts import Facts
from peers.jinja import as_yaml

_PROJECT = Path(__file__).with_name("hugo")


def hugo(folder: Path, facts: Facts) -> None:
    """A project of Hugo, with a file for each record: it refuses files that hold more than 10,000 lists and mappings."""
    shutil.copytree(_PROJECT, folder)
    for kind, records in facts.items():
        (folder / "data" / kind).mkdir(parents=True)
        for record in records:
            (folder / f"data/{kind}/{record['id']}.yml").write_text(as_yaml(record), "utf-8")
