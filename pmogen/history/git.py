"""Reads revisions of a workspace from git, without touching the working tree, the index or any setting."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pmogen.diagnostics import Diagnostic, Span
from pmogen.errors import PmogenError
from pmogen.language import _, grouped
from pmogen.model.history import Commit
from pmogen.source.files import MAX_FILES, Sources, names_read, sources_from
from pmogen.source.group import GROUP, GROUP_FILE, group_of, layers_named
from pmogen.source.text import MAX_BYTES

_SECONDS = 60
_QUIET = {
    "GIT_ALLOW_PROTOCOL": "none",  # nothing is fetched, whatever the repository's own settings say
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
_WHO_WROTE = ("-c", "blame.ignoreRevsFile=", "blame", "--porcelain", "--")
_MAINS = ("origin/main", "origin/master", "main", "master")
_HASH = re.compile(r"[0-9a-f]{40,64}")
_LINK, _FILES = "120000", {"100644", "100755"}


class NoWorkspaceError(PmogenError):
    """A revision in which there was no playbook yet, or no longer."""


@dataclass(frozen=True)
class _Entry:
    """What a tree says about a file."""

    mode: str
    identifier: str
    size: int


@dataclass(frozen=True)
class Repository:
    """The git repository that a workspace lies in; `root` is the folder of the workspace."""

    root: Path

    def commit(self, revision: str) -> str | None:
        """The full hash of a revision; None when there is no such commit."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        said = _text(self._git(asked, allowed=(0, 1, 128)))
        return said if _HASH.fullmatch(said) else None

    def main_branch(self) -> str | None:
        """The branch that changes are proposed against: what the remote calls its head, else main or master."""
        head = _text(self._git(("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"), allowed=(0, 1, 128)))
        return next((name for name in (head, *_MAINS) if name and self.commit(name)), None)

    def merge_base(self, first: str, second: str = "HEAD") -> str | None:
        """The commit at which two lines of history part; None when they have nothing in common."""
        return _text(self._git(("merge-base", "--", first, second), allowed=(0, 1, 128))) or None

    def is_whole(self) -> bool:
        """False for a shallow clone, which does not know how old its lines are, and before the first commit."""
        shallow = _text(self._git(("rev-parse", "--is-shallow-repository")))
        return shallow == "false" and self.commit("HEAD") is not None

    def remembered(self, revision: str) -> Commit | None:
        """A commit that led to the state that is checked out; None for one that did not, or that does not exist."""
        sha = self.commit(revision)
        if sha is None or self._git(("rev-list", "--max-count=1", sha, "^HEAD")):
            return None
        day = _text(self._git(("log", "--max-count=1", "--no-show-signature", "--format=%cs", sha)))
        return Commit(sha, dt.date.fromisoformat(day))

    def newest(self, commits: Iterable[Commit]) -> Commit:
        """The last of some commits; of those of one second the one that the others led to."""
        known = {commit.sha: commit for commit in commits}
        last = max(commit.when for commit in known.values())
        tied = sorted(sha for sha, commit in known.items() if commit.when == last)
        first = _text(self._git(("rev-list", "--topo-order", "--max-count=1", *tied))) if len(tied) > 1 else tied[0]
        return known[first]

    def lines(self, name: str) -> tuple[Commit | None, ...]:
        """The commit that last changed each line of a file, None where that is not committed; nothing for an unknown file."""
        return tuple(_blamed(self._git((*_WHO_WROTE, name), allowed=(0, 128))))

    def file(self, commit: str, name: str) -> bytes | None:
        """A file of the workspace as it was in a commit; None when it was not there."""
        found = self._git(("ls-tree", "-z", commit, "--", name)).split(b"\0")[0].split()
        return next(self._contents([found[2].decode()])) if len(found) > 3 and found[0].decode() in _FILES else None

    def sources(self, revision: str) -> Sources:
        """The files of the workspace as they were in a revision. Raises `NoWorkspaceError` when it had no content/ folder."""
        commit = self.commit(revision)
        if commit is None:
            raise PmogenError(
                _("{name} is no revision", name=revision), _("a branch, a tag, or a commit such as HEAD~1")
            )
        found = dict(self._listed(commit))
        wanted = {name: found[name] for name in sorted(names_read(found))}
        files = _readable(wanted)
        if not any(name.startswith("content/") for name in files):
            raise NoWorkspaceError(
                _("{revision} has no content/ folder, so it holds no workspace of pmogen", revision=revision),
                _("name a revision in which the playbook was there"),
            )
        if len(files) > MAX_FILES:
            raise PmogenError(_("{revision} has more than {limit} files", revision=revision, limit=grouped(MAX_FILES)))
        contents = dict(zip(files, self._contents(files.values()), strict=True))
        return sources_from(self.root, contents, tuple(_unread(wanted)), self._shared(commit))

    def _shared(self, commit: str) -> Mapping[str, bytes] | None:
        """Files of the layers that the group of the workspace shared in a commit; None when git does not know the group."""
        group = group_of(self.root)
        above = Repository(group) if group is not None else None
        if above is None or above.commit(commit) is None:
            return None
        layers = layers_named(above.file(commit, GROUP_FILE) or b"", self.root.relative_to(above.root).as_posix())
        found = dict(above._listed(commit, *layers)) if layers else {}  # noqa: SLF001 (of this class)
        files = _readable({name: found[name] for name in sorted(names_read(found, layers))})
        names = (f"{GROUP}/{name}" for name in files)
        return dict(zip(names, above._contents(files.values()), strict=True))  # noqa: SLF001 (of this class)

    def _listed(self, commit: str, *folders: str) -> Iterator[tuple[str, _Entry]]:
        """Every file below the workspace, or below some of its folders, by its name in it."""
        for line in self._git(("ls-tree", "-r", "-z", "-l", commit, "--", *folders)).split(b"\0"):
            if line:
                about, name = line.split(b"\t", 1)
                mode, _kind, identifier, size = about.decode().split()
                yield os.fsdecode(name), _Entry(mode, identifier, int(size) if size.isdecimal() else 0)

    def _contents(self, identifiers: Iterable[str]) -> Iterator[bytes]:
        """The bytes of objects, in one call."""
        asked = "".join(f"{identifier}\n" for identifier in identifiers).encode()
        told = self._git(("cat-file", "--batch"), told=asked)
        at = 0
        for _number in range(asked.count(b"\n")):
            end = told.index(b"\n", at)
            size = int(told[at:end].split()[2])
            yield told[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _git(self, asked: tuple[str, ...], *, told: bytes = b"", allowed: tuple[int, ...] = (0,)) -> bytes:
        """What git says. Raises `PmogenError` when it is not installed, or refuses."""
        environment: Mapping[str, str] = {**os.environ, **_QUIET}
        command = ["git", *_SAFE, *asked]  # settings of ours only, and names behind --end-of-options
        try:
            done = subprocess.run(
                command, cwd=self.root, input=told, capture_output=True, env=environment, timeout=_SECONDS, check=False
            )
        except FileNotFoundError:
            raise PmogenError(_("git is not installed"), _("install git, or compare folders")) from None
        except subprocess.TimeoutExpired:
            raise PmogenError(_("git did not answer within {seconds} seconds", seconds=_SECONDS)) from None
        if done.returncode not in allowed:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise PmogenError(_("git refuses: {why}", why=said[-1] if said else str(done.returncode)))
        return done.stdout


def _readable(entries: Mapping[str, _Entry]) -> dict[str, str]:
    """What can be read of them: names, and under which name git has them."""
    return {
        name: entry.identifier for name, entry in entries.items() if entry.mode in _FILES and entry.size <= MAX_BYTES
    }


def _unread(entries: Mapping[str, _Entry]) -> Iterator[Diagnostic]:
    """What is passed over, as findings."""
    for name, entry in sorted(entries.items()):
        if entry.mode == _LINK:
            yield Diagnostic("PMO005", "error", _("this is a link; links are not read from history"), Span(name))
        elif entry.size > MAX_BYTES:
            said = _("the file is larger than {limit} bytes", limit=grouped(MAX_BYTES))
            yield Diagnostic("PMO005", "error", said, Span(name), _("split it into several files"))


def repository_of(root: Path) -> Repository | None:
    """The repository of a workspace; None when it is in none. Raises `PmogenError` when git is not installed, or refuses."""
    repository = Repository(root.resolve())
    try:
        inside = _text(repository._git(("rev-parse", "--is-inside-work-tree")))  # noqa: SLF001 (of this module)
    except PmogenError as error:
        if "not a git repository" in error.message:
            return None
        raise
    return repository if inside == "true" else None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip()


def _blamed(told: bytes) -> Iterator[Commit | None]:
    """The commits in what `git blame --porcelain` says, line by line; what it says of people is not read."""
    known: dict[str, Commit | None] = {}
    sha, when = "", 0
    for line in told.split(b"\n"):
        if line.startswith(b"\t"):
            yield known.get(sha)
        elif line.startswith(b"committer-time "):
            when = int(line.split()[1])
        elif line.startswith(b"committer-tz "):
            if sha.strip("0"):
                known[sha] = Commit(sha, _day(when, line.split()[1].decode()), when)
        elif len(first := line.partition(b" ")[0]) in (40, 64):
            sha = first.decode()


def _day(when: int, zone: str) -> dt.date:
    """The day of a time in seconds where its clock stood: `+0130` is an hour and a half east."""
    minutes = int(zone[1:3]) * 60 + int(zone[3:5])
    ahead = dt.timedelta(minutes=-minutes if zone[0] == "-" else minutes)
    return (dt.datetime.fromtimestamp(when, dt.UTC) + ahead).date()
