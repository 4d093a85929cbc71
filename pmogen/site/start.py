"""A new workspace on disk: whole, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pmogen.data import data_root
from pmogen.edit import Put, edit
from pmogen.edit.verdict import judged
from pmogen.errors import PmogenError
from pmogen.language import _, ngettext
from pmogen.model.load import load
from pmogen.model.playbook import Settings
from pmogen.model.workspace import Workspace
from pmogen.site.around import Answers, around, tell_editors
from pmogen.site.record import RECORD, Record, marks
from pmogen.site.scaffold import EXECUTABLE, STARTER
from pmogen.source.files import read_sources

PLAN = "content/plan.yml"
_HARMLESS = {".git"}
_STAGE = ".pmogen-new"
_SECONDS = 60

Planner = Callable[[Path], str]
"""Gives the text of content/plan.yml for a workspace."""


def start(folder: Path, answers: Answers, version: str, planner: Planner, *, git: bool, remote: str = "") -> str:
    """Makes a new workspace in a folder that is new or empty. Returns why it is no git repository with a first commit; empty if it is.

    `remote` is the address that git will push to.

    Raises `PmogenError` when something is in the way, or the answers do not make a workspace without errors; then
    nothing is left behind.
    """
    refuse_if_occupied(folder)
    within = is_within_repository(folder)
    with _made(folder) as stage:
        workspace = _content(stage, answers, planner)
        texts = around(answers, workspace, version)
        record = Record(version, answers, marks(texts))
        _write(stage, {**texts, RECORD: record.text})
        if not git:
            return _("as you wanted")
        if within:
            return _("the folder is in a git repository already, so commit it there")
        return first_commit(stage, answers.branch, remote)


def _content(stage: Path, answers: Answers, planner: Planner) -> Workspace:
    """Writes content/ and catalog/, with a plan; returns what they say."""
    shutil.copytree(data_root() / "content" if answers.example else STARTER / "empty" / "content", stage / "content")
    shutil.copytree(STARTER / "catalog", stage / "catalog")
    files = {"content/playbook.yml": (stage / "content/playbook.yml").read_bytes()}
    for name, content in edit(files, settings_of(answers)).new.items():
        (stage / name).write_bytes(content)
    workspace = _checked(stage)
    tell_editors(stage)
    if workspace.published is None:
        (stage / PLAN).write_text(planner(stage), encoding="utf-8", newline="\n")
        workspace = _checked(stage)
    return workspace


def settings_of(answers: Answers) -> tuple[Put, ...]:
    """The answers, as changes of content/playbook.yml."""
    said: dict[str, object] = {
        "title": answers.title,
        "organisation": answers.organisation,
        "language": answers.language,
    }
    if len(answers.languages) > 1:
        said["languages"] = list(answers.languages)
    if answers.repository:
        said["repository"] = answers.repository
    if answers.branch != "main":
        said["branch"] = answers.branch
    order = tuple(Settings.model_fields)
    return tuple(Put("content/playbook.yml", (key,), value, order) for key, value in said.items())


def _checked(stage: Path) -> Workspace:
    sources = read_sources(stage)
    found = [each for each in judged(sources) if each.severity != "note"]
    workspace = load(sources).workspace
    if workspace is None or found:
        raise PmogenError(f"{found[0].span}: {found[0].message}", found[0].hint or _("give another answer"))
    return workspace


def _write(stage: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        if name in EXECUTABLE:
            path.chmod(0o755)


@contextmanager
def _made(folder: Path) -> Iterator[Path]:
    """A folder to fill, whose entries then move into the wanted one; when anything fails, all is as it was."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    moved: list[Path] = []
    stage = folder / _STAGE
    try:
        stage.mkdir(parents=True)
        yield stage
        for entry in sorted(stage.iterdir()):
            moved += [_moved(entry, folder / entry.name)]
        stage.rmdir()
    except BaseException:
        for path in (*moved, stage):
            _remove(path)
        for place in missing:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        raise


def _moved(entry: Path, target: Path) -> Path:
    if target.exists():
        raise PmogenError(_("{path} came into being meanwhile, so nothing was written", path=target))
    return entry.rename(target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def refuse_if_occupied(folder: Path) -> None:
    """Raises `PmogenError`, naming what is in the way, when the folder holds anything but a git repository."""
    in_the_way = sorted(path.name for path in folder.iterdir() if path.name not in _HARMLESS) if folder.is_dir() else []
    if in_the_way:
        names, more = ", ".join(in_the_way[:8]), len(in_the_way) - 8
        if more > 0:
            names = ngettext("{names} and {count} more", "{names} and {count} more", more, names=names)
        message = _(
            "{folder} is not empty: {names} would be in the way, so nothing was written",
            folder=folder.resolve(),
            names=names,
        )
        raise PmogenError(message, _("name a new folder: {command}", command="pmogen init my-playbook"))


# git


def is_within_repository(folder: Path) -> bool:
    """Whether the folder, or the nearest one above it that exists, lies in a git repository."""
    there = folder.resolve()
    return any((place / ".git").exists() for place in (there, *there.parents))


def first_commit(folder: Path, branch: str, remote: str) -> str:
    """Makes the folder a git repository with one commit. Returns why it is none, or has no commit; empty if all is well."""
    try:
        run_git(folder, "init", "--quiet")
        run_git(folder, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
        if remote:
            run_git(folder, "remote", "add", "origin", remote)
        run_git(folder, "add", "--all")
        name = run_git(folder, "config", "--default", "", "user.name")
        email = run_git(folder, "config", "--default", "", "user.email")
        known = name.strip() and email.strip()
        author = () if known else ("-c", "user.name=pmogen", "-c", "user.email=pmogen@localhost")
        run_git(folder, *author, "commit", "--quiet", "--message", _("Begin the playbook"))
    except FileNotFoundError:
        return _("git is not installed")
    except subprocess.TimeoutExpired:
        return _("git did not answer within {seconds} seconds", seconds=_SECONDS)
    except subprocess.CalledProcessError as error:
        said = [line for line in str(error.stderr).strip().splitlines() if line.strip()]
        return _("git refuses: {why}", why=said[-1] if said else str(error.returncode))
    return ""


def run_git(folder: Path, *arguments: str) -> str:
    """What git says. Raises what `subprocess.run` raises when it is missing, refuses, or takes too long."""
    strange = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
    environment = {key: value for key, value in os.environ.items() if key not in strange}
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607  (the git that people have)
        cwd=folder,
        env={**environment, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
    )
    return done.stdout
