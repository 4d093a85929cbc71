"""What each command imports of what takes long to import: only what it needs. Times differ, this list does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pmogen.cli import pmogen, run
from tests.group.offices import on_disk

HEAVY = {
    # other people's
    *(
        "babel",
        "docx",
        "highspy",
        "jinja2",
        "lxml",
        "markdown",
        "material",
        "mkdocs",
        "numpy",
        "openpyxl",
        "PIL",
        "pptx",
    ),
    *("pydantic", "pygments", "pymdownx", "watchdog", "xlsxwriter", "yaml", "zensical"),
    # Python's own
    *(
        "asyncio",
        "concurrent.futures",
        "ctypes",
        "http",
        "multiprocessing",
        "sqlite3",
        "ssl",
        "subprocess",
        "unittest",
        "xml",
    ),
}

READS = {"pydantic", "yaml"}
GIT = {"subprocess"}
FORKS = {"concurrent.futures", "multiprocessing"}
WRITES = {"jinja2", "xml"}
GIVES_BACK = {"ctypes"}
"""Memory that is free, before a builder needs it."""
WEB = {"http", "ssl"}
MKDOCS = {"babel", "markdown", "material", "mkdocs", "pygments", "pymdownx"}
"""To serve is to make the pages that are looked at."""
SLIDES = {"pptx", "xlsxwriter", "lxml", "PIL", "xml"} | WEB
PAPER = {"docx", "lxml", "xml"} | WEB

ANSWERS = "[GROUP] g,[governance] q\nsponsors,2\n"
SAID = '{"format": "pmogen-foundation-1", "answers": {"funding": {"state": "confirmed"}}}'
DECISION = ("--who", "Board", "--when", "2026-10-01", "--why", "Now.", "--yes")
BUILDER, SERVER = "pmogen.site.builder:build_site", "pmogen.site.serve:serve"
"""Where a run ends that is about to call a builder, or to serve: that takes long."""
PARSER = "pmogen.source.ahead:parsed_ahead"
"""Where a run ends whose YAML other processes are about to parse: what it needs for more than that, it imports meanwhile."""

NEEDS: dict[str, set[str]] = {
    "--version": set(),
    "--help": set(),
    "check": READS | GIT,
    "check --format sarif": READS | GIT,
    "plan --check": READS,
    "plan --yes --no-insights": READS | {"highspy", "numpy", "ctypes"},
    "build --builder none": READS | GIT | WRITES,
    "diff HEAD": READS | GIT,
    "explain gap:communication": READS,
    "explain PMO401": READS,
    "decide change-control decline": READS,
    "handoff staff-directory-feed --status agreed --yes": READS,
    "progress status-reporting --effort-days 7.5 --yes": READS,
    "schema": READS,
    "forms": READS,
    "init new --no-git": READS | GIT | {"jinja2"},
    "upgrade": READS | GIT | {"jinja2"},
    "release": READS | GIT,
    "group --list": READS | GIT | FORKS | WEB,
    "group --builder none": READS | GIT | FORKS | WRITES | WEB,
    "export calendar": READS | GIT,
    "export csv": READS | GIT,
    "export project": READS | GIT | {"xml"},
    "export workbook": READS | GIT | {"xlsxwriter"},
    "export deck": READS | GIT | SLIDES,
    "export docx": READS | GIT | PAPER,
    "export survey": READS | GIT | WRITES,
    "export questionnaire": READS | GIT | WRITES,
    "export all": READS | GIT | WRITES | SLIDES | PAPER | {"asyncio"},
    "import survey --yes answers.csv": READS,
    "import questionnaire --yes said.json": READS,
    "import workbook --yes filled.xlsx": READS | {"openpyxl", "xml", "ctypes", "lxml", "numpy", "PIL"},
}
"""The commands, and what they may import. Those that do not end soon are below."""

UNTIL: dict[str, tuple[str, set[str]]] = {
    "build": (BUILDER, READS | GIT | WRITES | GIVES_BACK),
    "build --builder none": (PARSER, {"yaml"} | GIT),
    "check": (PARSER, {"yaml"} | GIT),
    "plan --check": (PARSER, {"yaml"}),
    "export html": (BUILDER, READS | GIT | WRITES | GIVES_BACK),
    "export pdf": (BUILDER, READS | GIT | WRITES | GIVES_BACK),
    "versions": (BUILDER, READS | GIT | WRITES | GIVES_BACK),
    "serve": (SERVER, READS | GIT | FORKS | WRITES | WEB | MKDOCS | {"watchdog", "ctypes"}),
}
"""The others, each with where it ends; and what some may import before something else."""

SCRIPT = """
import sys
heavy, stop, arguments = sys.argv[1].split(), sys.argv[2], sys.argv[3:]
from pmogen.cli import run
if stop:
    from importlib import import_module
    name, _, function = stop.partition(":")
    def end(*_given, **_named): raise SystemExit(0)
    setattr(import_module(name), function, end)
try:
    code = run(arguments)
finally:
    print(*sorted(name for name in heavy if name in sys.modules), file=open("imported", "w"))
sys.exit(code)
"""


@pytest.fixture(scope="module")
def prepared(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in a repository, with a plan, and files that were handed over."""
    folder = tmp_path_factory.mktemp("imports") / "workspace"
    shutil.copytree(example, folder)
    (folder / "answers.csv").write_text(ANSWERS)
    (folder / "said.json").write_text(SAID)
    assert run(["export", "workbook", str(folder), "-o", str(folder / "filled.xlsx")]) == 0
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "first")):
        subprocess.run([*git, *arguments], cwd=folder, check=True)
    return folder


@pytest.fixture
def workspace(prepared: Path, tmp_path: Path) -> Path:
    """One that may be changed."""
    return Path(shutil.copytree(prepared, tmp_path / "workspace"))


def imported(folder: Path, command: str, stop: str = "") -> set[str]:
    """What is heavy among the modules of a process that ran a command in a folder, its output beside it."""
    arguments = command.split()
    if arguments[0] == "decide":
        arguments += DECISION
    if arguments[0] == "export":
        arguments += ["-o", str(folder.parent / "exported")]
    environment = {**os.environ, "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.org"}
    environment |= {"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.org"}
    given = [sys.executable, "-c", SCRIPT, " ".join(sorted(HEAVY)), stop, *arguments]
    done = subprocess.run(given, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return set((folder / "imported").read_text().split())


@pytest.mark.parametrize("command", NEEDS)
def test_a_command_imports_only_what_it_needs(workspace: Path, tmp_path: Path, command: str) -> None:
    folder = workspace
    if command.startswith("group"):
        folder = on_disk(tmp_path / "group", [{"id": "a", "name": "North", "folder": "a", "compare": True}])
    assert imported(folder, command) <= NEEDS[command]


@pytest.mark.parametrize("command", UNTIL)
def test_until_its_long_work_a_command_imports_only_what_it_needs(workspace: Path, command: str) -> None:
    stop, needed = UNTIL[command]
    assert imported(workspace, command, stop) <= needed


def test_every_command_is_looked_at() -> None:
    """A new command has to say what it needs."""
    told = {" ".join(word for word in command.split()[:2] if word.isalpha()) for command in (*NEEDS, *UNTIL)}

    def names(group: click.Group, before: tuple[str, ...] = ()) -> set[str]:
        found: set[str] = set()
        for name, command in group.commands.items():
            inside = (
                names(command, (*before, name)) if isinstance(command, click.Group) else {" ".join((*before, name))}
            )
            found |= inside
        return found

    firsts = {command.split()[0] for command in told if command}
    assert {name for name in names(pmogen) if " " in name} <= told
    assert {name for name in names(pmogen) if " " not in name} <= firsts
