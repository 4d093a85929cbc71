"""What is known of a workspace whose pages are built: its catalogue as YAML, and all that pmogen computed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from pmogen.data import data_root

Value = dict[str, Any]

_PAGE = re.compile(r"\{ #page-([\w-]+) \}")
_FOLDED = re.compile(r'^\?\?\? \w+ .*?"(.*)"\n\n((?:    .*\n|\n)+)', re.MULTILINE)
_LINE = re.compile(r"^    ( *)(?:- )?(.*\S)$", re.MULTILINE)
_ELSEWHERE = re.compile(r"\[([^\]]*)\]\((?!\.\./(?:services|assessment|gaps|roadmap/wave-))[^)]*\)")


class Known:
    """The catalogue and playbook.json, by id."""

    def __init__(self, root: Path) -> None:
        self.pages = root / "build/playbook"
        self._in_whole = set(_PAGE.findall((self.pages / "whole.md").read_text("utf-8")))
        self.computed: Value = json.loads((self.pages / "api/v1/playbook.json").read_bytes())
        folders = (data_root() / "catalog", root / "catalog")
        found = {kind: list(_entries(folders, kind)) for kind in ("services", "aspects", "audiences", "roles")}
        self.services, self.aspects = _by(found["services"], "id"), _by(found["aspects"], "id")
        plan = self.computed["plan"]
        named = [*chain.from_iterable(found.values()), *plan["waves"], *self.computed["customers"]]
        self._names = {entry["id"]: entry["name"] for entry in named}
        self._parts = {
            kind: _by(self.computed[kind], "service") for kind in ("decisions", "candidates", "margins", "losses")
        }
        self._parts |= {kind: _by(plan[kind], "service") for kind in ("placements", "absences")}
        self._parts |= {kind: _by(self.computed[kind], "aspect") for kind in ("gaps", "closings")}
        self._parts["projected"] = _by(plan["projected"], "aspect")

    def part(self, kind: str, name: str) -> Value:
        """What playbook.json says under `kind` of something; empty when that is nothing."""
        return self._parts[kind].get(name, {})

    def name(self, identifier: str) -> str:
        """What people call it."""
        return str(self._names.get(identifier, identifier))

    def named(self, identifier: str, more: Value | None = None) -> Value:
        """An id with its name, and what else is known."""
        return {**(more or {}), "id": identifier, "name": self.name(identifier)}

    def in_whole(self, folder: str, name: str) -> bool:
        """Whether the page of the whole playbook holds it: where there is too much for one page, pmogen leaves things out."""
        return f"{folder}_{name}" in self._in_whole

    def folded(self, folder: str, name: str) -> list[Value]:
        """What is folded up on a page of pmogen, above all how its figures were computed: lines, and how deep they stand."""
        text = _ELSEWHERE.sub(r"\1", (self.pages / folder / f"{name}.md").read_text("utf-8"))
        return [
            {
                "title": title,
                "lines": [{"depth": len(indent) // 4, "text": said} for indent, said in _LINE.findall(body)],
            }
            for title, body in _FOLDED.findall(text)
        ]


def _entries(folders: Iterable[Path], kind: str) -> Iterator[Value]:
    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            yield from yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader).get(kind, ())


def _by(entries: Iterable[Value], key: str) -> dict[str, Value]:
    return {entry[key]: entry for entry in entries}
