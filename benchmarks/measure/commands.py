"""What people do with a workspace, as commands."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from measure.process import Command, nothing

_INSIDE = Path(__file__).with_name("inside.py")
_USER = ".user"
"""In a workspace: what pmogen keeps for a user, who is another one in each."""
_MADE = ("build", "site", ".cache", f"{_USER}/pmogen/yaml")
_REASON = re.compile(r"^    why: .*$", re.MULTILINE)


def python(*words: str) -> tuple[str, ...]:
    """Starts the Python that runs this, with nothing of the folder it is started in."""
    return (sys.executable, "-P", *words)


def user_environment(root: Path | None = None) -> dict[str, str]:
    """The environment as people have it: byte code is kept, and no CI is recognised. In a workspace, that of a user of its own."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "CI"}
    found = {
        name: value
        for name, value in os.environ.items()
        if name not in left_out and not name.startswith(("GITHUB_", "GITLAB_"))
    }
    return found if root is None else {**found, "XDG_CACHE_HOME": str(root / _USER)}


def clear(root: Path) -> None:
    """Takes away all that was made of a workspace. Compiled templates stay: they are to pmogen what byte code is to Python."""
    put_away(*(root / name for name in _MADE), to=root.parent / ".put-away")


def put_away(*folders: Path, to: Path | None = None) -> None:
    """Moves folders out of the way, to `.put-away` beside what they are in unless told otherwise, which is deleted with it in the end.

    For half a minute after thousands of files were deleted, ext4 takes many times as long to make new ones there.
    """
    for folder in folders:
        if folder.exists():
            away = to or folder.parent.parent / ".put-away"
            away.mkdir(exist_ok=True)
            folder.rename(Path(tempfile.mkdtemp(dir=away)) / folder.name)


def pmogen(root: Path, *words: str, prepare: Callable[[], object] = nothing) -> Command:
    """A command of pmogen in a workspace."""
    return Command(python("-m", "pmogen", *words), root, user_environment(root), prepare)


def search(root: Path) -> Command:
    """Plans anew, by the engine that needs no solver, and publishes the plan."""
    return plan(root, "--no-exact", "--no-insights")


def plan(root: Path, *words: str) -> Command:
    """Plans anew and publishes the plan: as everybody does, or with `words` that leave something out."""
    published = root / "content/plan.yml"
    return pmogen(root, "plan", "--yes", *words, prepare=lambda: published.unlink(missing_ok=True))


def watched_build(root: Path, *words: str, prepare: Callable[[], object] = nothing) -> Command:
    """`pmogen build`, which says besides how long its stages took."""
    file = root / ".seconds.json"
    return Command(python(str(_INSIDE), str(file), "build", *words), root, user_environment(root), prepare, file)


def export(root: Path, kind: str) -> Command:
    """An export to a new file."""
    file = root / f"made.{kind}"
    return pmogen(root, "export", kind, "-o", str(file), prepare=lambda: file.unlink(missing_ok=True))


def reworder(root: Path) -> Callable[[], None]:
    """Gives the first decision another reason, and another one each time: the smallest change that readers see."""
    numbers = count(1)

    def reword() -> None:
        file = root / "content/decisions.yml"
        text = file.read_text("utf-8")
        file.write_text(_REASON.sub(f"    why: It was asked for, {next(numbers)} times.", text, count=1), "utf-8")

    return reword


def whole_builds(root: Path) -> dict[str, Command]:
    """A build from nothing, one after a sentence was changed, and one after nothing was."""
    return {
        "build": watched_build(root, prepare=lambda: clear(root)),
        "build, one sentence changed": pmogen(root, "build", prepare=reworder(root)),
        "build, nothing changed": pmogen(root, "build"),
    }


def pages_only(root: Path) -> Command:
    """All but the site builder, from nothing: YAML to Markdown."""
    return watched_build(root, "--builder", "none", prepare=lambda: clear(root))


def by_one_process(command: Command) -> Command:
    """The same without any other process."""
    return replace(command, environment={**(command.environment or {}), "PMOGEN_JOBS": "1"})


def daily(root: Path, other: Path, *, site: bool = True) -> dict[str, Command]:
    """What is done with a workspace of any size, `other` being the same one edited; with its `site`, or without.

    Plans come first: the rest uses what the one without proof publishes, which is the same whether there is a solver or not.
    """
    sides = (f"{root}{os.sep}", f"{other}{os.sep}")
    whole = {"build": watched_build(root, prepare=lambda: clear(root))}
    alone = {"pages, one process": by_one_process(pages_only(root))}
    return {
        "plan, proven": plan(root),
        "plan": search(root),
        "check": pmogen(root, "check"),
        "pages": pages_only(root),
        **(alone | whole if site else {}),
        "diff": pmogen(root, "diff", *sides),
        "export csv": export(root, "csv"),
        "export docx": export(root, "docx"),
    }
