"""Released versions of a playbook as git knows them: tags, and the files as they were."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.source.group import GROUP_FILE, layers_named

PREFIX = "playbook-"
"""What the tag of a released version begins with."""

_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
"""Names that are safe as a tag, a file and a part of a web address."""
_FIELDS = "%(refname:strip=2)%09%(objectname)%09%(*objectname)%09%(creatordate:short)"


@dataclass(frozen=True)
class Version:
    """A released version: its tag, the commit that it names, and the day it was made."""

    tag: str
    commit: str
    day: dt.date

    @property
    def name(self) -> str:
        """What people call it: 2026.2."""
        return self.tag.removeprefix(PREFIX)


def released_versions(root: Path) -> tuple[Version, ...]:
    """The released versions, the newest first. Raises `PmogenError` when the workspace is in no git repository."""
    told = git(
        root, "for-each-ref", f"refs/tags/{PREFIX}*", f"--format={_FIELDS}", "--sort=-v:refname", "--sort=-creatordate"
    )
    found = (line.split("\t") for line in told.splitlines())
    return tuple(
        Version(tag, peeled or commit, dt.date.fromisoformat(day))
        for tag, commit, peeled, day in found
        if _NAME.fullmatch(tag)
    )


def with_earlier(versions: tuple[Version, ...]) -> tuple[tuple[Version, Version | None], ...]:
    """Each version with the one before it."""
    return tuple(
        (version, None if version is versions[-1] else versions[number + 1]) for number, version in enumerate(versions)
    )


def tag_of(version: str) -> str:
    """The tag of a version. Raises `PmogenError` when no tag can be called so."""
    if not _NAME.fullmatch(version):
        raise PmogenError(
            _("no tag can be called `{name}`", name=PREFIX + version),
            _("let `version` in content/playbook.yml be of letters, digits, dots and hyphens, as in 2027.1"),
        )
    return PREFIX + version


def take_out(root: Path, commit: str, folder: Path) -> Path:
    """Writes the workspace as it was in a commit into a folder; the repository stays as it is. Returns where the workspace is.

    An office of a group comes with the group.yml above it and the layers that this shares, as they were then.
    """
    top, below = git(root, "rev-parse", "--show-toplevel", "--show-prefix").splitlines()
    workspace = PurePosixPath(below)
    group = next((above for above in workspace.parents if _holds(top, commit, above / GROUP_FILE)), None)
    if group is None:
        _unpack(Path(top), f"{commit}:{below.rstrip('/')}", (), folder)
        return folder
    own = workspace.relative_to(group).as_posix()
    layers = layers_named(_run(Path(top), "show", f"{commit}:{_inside(group / GROUP_FILE)}").stdout, own)
    shared = (name for name in layers if _holds(top, commit, group / name))
    _unpack(Path(top), f"{commit}:{_inside(group)}", (GROUP_FILE, *shared, own), folder)
    return folder / own


def _holds(top: str, commit: str, path: PurePosixPath) -> bool:
    """Whether something was at this path of the repository."""
    return bool(git(Path(top), "ls-tree", "--name-only", commit, "--", _inside(path)))


def _inside(path: PurePosixPath) -> str:
    """A path of the repository as git calls it: nothing for its top."""
    return "" if path == PurePosixPath() else path.as_posix()


def _unpack(top: Path, tree: str, paths: tuple[str, ...], folder: Path) -> None:
    """Writes a tree of the repository, or what is below some of its paths, into a folder."""
    named = (f":(literal){path}" for path in paths)
    packed = _run(top, "archive", "--format=tar", tree, "--", *named).stdout
    try:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise PmogenError(
            _("{commit} holds a file that must not be written: {error}", commit=tree[:12], error=error),
            _("take links that leave the workspace out of it"),
        ) from error


def git(root: Path, *arguments: str) -> str:
    """What git says in a workspace. Raises `PmogenError` when it is not installed, or refuses."""
    return _run(root, *arguments).stdout.decode("utf-8", errors="replace")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], check=False, capture_output=True)  # noqa: S607
    except OSError as error:
        raise PmogenError(_("git cannot be run: {error}", error=error.strerror), _("install git")) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip()
        raise PmogenError(_("git {command}: {said}", command=arguments[0], said=said), _("see what `git status` says"))
    return done
