"""Surveys for tests: who of which group says what, as a file of answers beside the small workspace."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from pmogen.analysis.levels import AspectLevel, levels_of
from pmogen.model.workspace import Workspace
from tests.workspaces import Changes, workspace

Say = int | str
"""A level, `dk`, `na` or nothing."""

GROUPS = ("sponsors", "project-managers", "line-managers", "finance")

AUDIENCES: Changes = {
    "catalog/groups.yml": {
        "audiences": [
            {"id": group, "name": group.capitalize(), "description": "Those."} for group in (*GROUPS, "other")
        ]
    }
}


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as a CSV text, with all columns that any of them has."""
    rows = tuple(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def people(
    says: Mapping[str, Iterable[Say]], aspect: str = "visibility", column: str = "current"
) -> list[dict[str, Any]]:
    """One row an answer: what the people of each group say, with codes that name group and number."""
    return [
        {"respondent": f"{group}-{number}", "group": group, "aspect": aspect, "current": "", column: said}
        for group, told in says.items()
        for number, said in enumerate(told)
    ]


def survey(says: Mapping[str, Iterable[Say]], **assessment: Any) -> Workspace:
    """The small workspace with answers about its one aspect; `assessment` are more keys of the assessment."""
    return workspace(
        AUDIENCES
        | {
            "content/assessments/2027-01-31.yml": {"aspects": [{"aspect": "visibility"}]} | assessment,
            "content/assessments/2027-01-31.csv": table(people(says)),
        }
    )


def level_by(says: Mapping[str, Iterable[Say]], **assessment: Any) -> AspectLevel:
    """The level of the one aspect by these answers."""
    made = survey(says, **assessment)
    (level,) = levels_of(made, made.current)
    return level
