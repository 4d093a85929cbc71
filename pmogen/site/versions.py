"""Released versions of a playbook that stay readable beside the newest, each as it was when it was released.

A version is frozen once: its built site and what changed since the one before go into one file, TAG.zip, which is kept
(GitHub keeps it with the release). Publishing unpacks those files beside the newest site, marks every old page as old, and
writes a page that lists them all. A version that nobody froze is built from its tag, by the pmogen that runs now.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from jinja2 import DictLoader, Environment, StrictUndefined

from pmogen.errors import PmogenError
from pmogen.language import _, ngettext, speaking, spoken
from pmogen.site.builder import SITE
from pmogen.site.finish import NOT_FOUND
from pmogen.site.policy import with_policy
from pmogen.site.released import Version, take_out
from pmogen.site.templates import read_templates
from pmogen.site.write import replace_file

FOLDER = "versions"
"""Where released versions stand below the newest site."""
INDEX = f"{FOLDER}/index.html"
SINCE = f"{FOLDER}/since.html"
ABOUT = "about.json"
CHANGES, NOTES = "changes.html", "changes.md"
MADE_BY = '<meta name="generator" content="pmogen versions">'
MAX_FILES, MAX_BYTES = 50_000, 1_000_000_000
"""More than a site has; GitHub Pages publishes 1 GB at most."""

_LANGUAGE = re.compile(r'<html\b[^>]*\blang="([^"]*)"')
_TOP = re.compile(r'(?=<header\b[^>]*\bclass="md-header)')
_BODY = re.compile(r"<body\b[^>]*>")
_FOOT = re.compile(r'<div class="md-copyright">|(?=</body>)')
_PLAIN_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class About:
    """What a built site says of itself. `as_of` is the day it stands for, as in 2027-01-31."""

    title: str
    version: str
    as_of: str
    language: str
    pmogen: str


@dataclass(frozen=True)
class Frozen:
    """A released version that can be shown (`about`), or why it cannot (`problem`)."""

    version: Version
    file: Path
    about: About | None = None
    changes: bool = False
    problem: str = ""


Make = Callable[[Path, str | None], About]
"""Builds site/ of the workspace in a folder, as it was in a commit. Raises `PmogenError` when it cannot."""
Compare = Callable[[str, str | None], Mapping[str, str]]
"""What changed between two tags (None: as the files are now), by name of the file: `CHANGES` and `NOTES`."""


@dataclass(frozen=True)
class Freezer:
    """Where the files of released versions are, and how what is missing is made."""

    root: Path
    folder: Path
    make: Make
    compare: Compare

    def freeze(self, version: Version, before: Version | None) -> Frozen:
        """The version's file, made when it is not there yet; what is there is never made anew.

        Raises `PmogenError` when the file is damaged, or was made of another commit.
        """
        path = self.folder / f"{version.tag}.zip"
        if not path.is_file():
            try:
                self._make(path, version, before)
            except PmogenError as error:
                return Frozen(version, path, problem=error.message)
        with opened(path) as archive:
            about, commit = _about(archive, path)
            if commit != version.commit:
                raise PmogenError(
                    _("{file} was made of another commit than the tag {tag} names now", file=path, tag=version.tag),
                    _("put the tag back; or delete the file, if it is meant that the released version changes"),
                )
            return Frozen(version, path, about, CHANGES in archive.namelist())

    def _make(self, path: Path, version: Version, before: Version | None) -> None:
        with tempfile.TemporaryDirectory() as temporary:
            workspace = take_out(self.root, version.commit, Path(temporary) / "workspace")
            about = self.make(workspace, version.commit)
            changes = self.compare(before.tag, version.tag) if before else {}
            files = {file.relative_to(workspace).as_posix(): file.read_bytes() for file in _files(workspace / SITE)}
            files |= {name: text.encode() for name, text in changes.items()}
            files[ABOUT] = (json.dumps(asdict(about) | {"commit": version.commit}, indent=1) + "\n").encode()
            packed = Path(temporary) / "packed.zip"
            _pack(packed, files)
            replace_file(path, packed.read_bytes())
        none = (
            _("What changed since {version} is not known.", version=before.name)
            if before
            else _("The first released version.")
        )
        replace_file(path.with_suffix(".md"), changes.get(NOTES, none + "\n").encode())


def publish(root: Path, output: Path, frozen: tuple[Frozen, ...], newest: About, since: Mapping[str, str]) -> None:
    """Makes `output`: the newest site, the released versions below versions/, and the page that lists them.

    `since` is what changed after the last release. Raises `PmogenError` when `output` holds something else.
    """
    _refuse_foreign(root, output)
    if (root / SITE / FOLDER).exists():
        raise PmogenError(
            _("the site has pages below {folder}/, where released versions belong", folder=FOLDER),
            _("give the folder below content/pages/ another name"),
        )
    words = _Words(root)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".versions-") as temporary:
        staged = Path(temporary) / "new"
        shutil.copytree(root / SITE, staged)
        pages = frozenset(page.relative_to(staged).as_posix() for page in _pages(staged))
        for page in _pages(staged):
            words.link(page, staged)
        for shown in (one for one in frozen if one.about):
            target = staged / FOLDER / shown.version.tag
            _unpack(shown, target)
            for page in _pages(target):
                words.mark(page, target, shown, pages)
        if CHANGES in since:
            _write(staged / SINCE, since[CHANGES])
        _write(staged / INDEX, words.index(frozen, newest, told=CHANGES in since))
        if output.exists():
            output.rename(Path(temporary) / "old")
        staged.rename(output)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The file of a frozen version, free of names that lead elsewhere. Raises `PmogenError` when it is no such file."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise _refused(path, str(error)) from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise _refused(path, _("it is too large"))
        if any(not _is_safe(entry.filename) for entry in entries):
            raise _refused(path, _("it holds a name that leads elsewhere"))
        yield archive


def _read(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise _refused(path, str(error)) from error


def _about(archive: zipfile.ZipFile, path: Path) -> tuple[About, str]:
    """What a frozen site says of itself, and the commit it was made of."""
    try:
        told = json.loads(_read(archive, ABOUT, path))
        commit = told.pop("commit")
        return About(**{name: str(value) for name, value in told.items()}), str(commit)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(path, str(error)) from error


def _refused(path: Path, why: str) -> PmogenError:
    return PmogenError(
        _("{file} is no released version of a playbook: {why}", file=path, why=why),
        _("delete it, and it is made anew from its tag"),
    )


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name and ":" not in name


def _pack(path: Path, files: Mapping[str, bytes]) -> None:
    """The same files give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _PLAIN_DAY)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)


def _unpack(shown: Frozen, target: Path) -> None:
    with opened(shown.file) as archive:
        for entry in archive.infolist():
            below, _slash, name = entry.filename.partition("/")
            if below == SITE and name and not entry.is_dir():
                place = target / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(_read(archive, entry.filename, shown.file))
        if shown.changes:
            page = target.with_name(f"{shown.version.tag}-{CHANGES}")
            page.write_bytes(_read(archive, CHANGES, shown.file))


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _pages(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in _files(folder) if path.suffix == ".html" and path.name != NOT_FOUND)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _refuse_foreign(root: Path, output: Path) -> None:
    """What stands there is deleted, so it must be ours; and the workspace must not be inside."""
    if root.resolve().is_relative_to(output.resolve()) or output.is_symlink():
        raise PmogenError(
            _("{output} cannot be replaced", output=output), _("name a folder of its own: --output public")
        )
    page = output / INDEX
    ours = page.is_file() and MADE_BY in page.read_text("utf-8", errors="replace")
    if output.exists() and not ours and (not output.is_dir() or any(output.iterdir())):
        raise PmogenError(
            _("{output} holds something else, which would be deleted", output=output),
            _("name a folder of its own: --output public"),
        )


class _Words:
    """What is written into pages: each in its own language."""

    def __init__(self, root: Path) -> None:
        templates = {name: text for name, text in read_templates(root).items() if isinstance(text, str)}
        self._environment = Environment(
            loader=DictLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"_": _, "ngettext": ngettext}
        self._environment.filters["date"] = _day

    def link(self, page: Path, site: Path) -> None:
        """Adds the way to the released versions at the foot of a page of the newest."""
        self._add(page, _FOOT, "link", up=_up(page, site))

    def mark(self, page: Path, site: Path, shown: Frozen, newest: frozenset[str]) -> None:
        """Says on top of a page of a released version that it is one, and leads to the newest."""
        path = page.relative_to(site).as_posix()
        same = path if path in newest else "index.html"
        self._add(page, _TOP, "banner", up=_up(page, site), shown=shown, same=same)

    def index(self, frozen: tuple[Frozen, ...], newest: About, *, told: bool) -> str:
        """The page that lists the versions."""
        with speaking(newest.language):
            page = self._environment.get_template(f"{FOLDER}/index.html.j2").render(
                versions=frozen, newest=newest, told=told, made_by=MADE_BY, language=newest.language
            )
        return with_policy(page)

    def _add(self, page: Path, where: re.Pattern[str], template: str, **values: object) -> None:
        text = page.read_text("utf-8")
        language = _LANGUAGE.search(text)
        with speaking(language[1] if language else ""):
            added = self._environment.get_template(f"{FOLDER}/{template}.html.j2").render(**values).strip()
        found = where.search(text) or _BODY.search(text)
        if found is not None:
            page.write_text(text[: found.end()] + added + text[found.end() :], "utf-8", newline="\n")


def _up(page: Path, site: Path) -> str:
    return "../" * (len(page.relative_to(site).parts) - 1)


def _day(value: str | dt.date) -> str:
    return spoken().day(dt.date.fromisoformat(value) if isinstance(value, str) else value)
