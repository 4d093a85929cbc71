"""Offices of invented groups: reports made from the small workspace, and groups on disk."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pmogen.data import data_root
from pmogen.exchange import playbook_json
from pmogen.group.overview import Overview, overview_of
from pmogen.group.report import Report, report_from
from pmogen.group.settings import Group, Office
from pmogen.playbook import compute
from tests.workspaces import SMALL, changed, service, workspace


@cache
def playbook(current: float = 2, target: float = 3, title: str = "Small playbook", *, asks: bool = False) -> bytes:
    """The playbook.json of an office with one aspect."""
    level = (
        f"date: 2027-01-31\ntitle: First look\nmethod: A workshop.\naspects: [{{aspect: visibility, current: {current}, "
        f"current_source: workshop, target: {target}}}]\n"
    )
    changes: dict[str, Any] = {"content/assessments/2027-01-31.yml": level, "content/playbook.yml": {"title": title}}
    if asks:
        changes["content/decisions.yml"] = {
            "entities": [{"id": "hr", "name": "People  team", "description": "Hires."}],
            "hand_offs": [
                {
                    "id": "hire", "title": "Hire", "entity": "hr", "aspects": ["visibility"], "asked": "People.",
                    "contact": "Head of people", "due": "2027-01-15", "status": "proposed",
                }
            ],
        }  # fmt: skip
    return playbook_json(compute(workspace(changes))).encode()


def report(identifier: str, *, compare: bool = True, name: str = "", **about: Any) -> Report:
    """What an office reports."""
    office = Office(id=identifier, name=name or identifier.capitalize(), folder=identifier, compare=compare)
    return report_from(office, playbook(**about), f"{identifier}.json")


def overview(*reports: Report, **more: Any) -> Overview:
    """The overview of these offices."""
    settings = {"title": "Group", "owner": "Head of PMOs", "offices": tuple(one.office for one in reports)} | more
    return overview_of(Group(**settings), reports)


def on_disk(root: Path, offices: list[dict[str, Any]], **more: Any) -> Path:
    """A group in a folder; those of its offices that have a folder get the small workspace."""
    for office in offices:
        if "folder" in office:
            small_office(root / office["folder"])
    (root / "mkdocs.yml").write_bytes((data_root() / "mkdocs.yml").read_bytes())
    settings = {"title": "Group", "owner": "Head of PMOs", "offices": offices} | more
    (root / "group.yml").write_text(yaml.safe_dump(settings, sort_keys=False))
    return root


def small_office(folder: Path, **playbook_changes: Any) -> None:
    """The small workspace on disk: its catalogue is a layer of its own."""
    files = changed({"content/playbook.yml": {"catalogue": ["catalog"]} | playbook_changes}).files
    for name, raw in files.items():
        path = folder / name.replace("standard/", "catalog/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    (folder / "mkdocs.yml").write_bytes((data_root() / "mkdocs.yml").read_bytes())


__all__ = ["SMALL", "on_disk", "overview", "playbook", "report", "service", "small_office"]
