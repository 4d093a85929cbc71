"""How large the workspaces are that are measured, and how they are made."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from diff import change
from workspaces import make

from measure.commands import clear, pmogen, search
from measure.process import run


@dataclass(frozen=True)
class Shape:
    """How much there is of each thing in a workspace."""

    services: int
    aspects: int
    assessments: int = 1
    answers: int = 0
    waves: int = 8


PAGES_300 = Shape(services=150, aspects=30)
PAGES_1000 = Shape(services=860, aspects=60)


def of_services(services: int) -> Shape:
    """A workspace of so many services; the rest grows with them: an aspect for five of them, an answer for each."""
    return Shape(services, aspects=min(400, max(24, services // 5)), answers=services)


def stretched(shape: Shape) -> dict[str, Shape]:
    """A shape, and the same with more or less of one thing at a time."""
    found = {"as it is": shape}
    found |= {f"{aspects} aspects": replace(shape, aspects=aspects) for aspects in (24, 400)}
    found |= {f"{dated} assessments": replace(shape, assessments=dated) for dated in (4, 12)}
    return found | {f"{answers:,} answers": replace(shape, answers=answers) for answers in (1000, 10_000)}


def workspace(folder: Path, shape: Shape) -> Path:
    """A workspace of this shape, with a published plan. Its user has built it before, and so has compiled templates."""
    make(folder, **asdict(shape))
    run(search(folder))
    run(pmogen(folder, "build", "--builder", "none"))
    clear(folder)
    return folder


def edited(root: Path, to: Path) -> Path:
    """A copy of a workspace, changed and planned as in a pull request."""
    for name in ("content", "catalog"):
        if (root / name).exists():
            shutil.copytree(root / name, to / name)
    shutil.copyfile(root / "mkdocs.yml", to / "mkdocs.yml")
    change(to)
    run(search(to))
    return to
