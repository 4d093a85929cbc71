"""What `pmogen build` asks of the builder it starts, and what that answers.

The builder may finish its pages itself, as each is made, and take over those that are in the old site already. It leaves a note
in the new site with the hashes of all pages that it finished; the others are finished after it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pmogen.site.write import replace_file

ORDER_VARIABLE = "PMOGEN_ORDER"
NOTE = ".finished.json"


@dataclass(frozen=True)
class Order:
    """Pages of a site in these languages are to be finished.

    They belong into the folder `below` of the whole site; the site that stands is in the folder `former`, if there is one.
    """

    languages: tuple[str, ...]
    below: str
    former: str | None = None

    def environment(self) -> dict[str, str]:
        """How the builder learns of it."""
        return {ORDER_VARIABLE: json.dumps(asdict(self))}

    def path(self, page: str) -> str:
        """Where a page of the builder is in the whole site."""
        return f"{self.below}/{page}".removeprefix("/")


def order_given() -> Order | None:
    """What was asked of this process."""
    asked = os.environ.get(ORDER_VARIABLE)
    if asked is None:
        return None
    values = json.loads(asked)
    return Order(tuple(values["languages"]), values["below"], values["former"])


def note_finished(folder: Path, hashes: Mapping[str, str]) -> None:
    """Says which pages of the whole site are finished, with the hash of each."""
    replace_file(folder / NOTE, json.dumps(hashes).encode("utf-8"))


def finished_pages(folder: Path) -> dict[str, str]:
    """What the builder has noted in the folder that it filled; the note is gone afterwards."""
    path = folder / NOTE
    try:
        noted: dict[str, str] = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    path.unlink()
    return noted
