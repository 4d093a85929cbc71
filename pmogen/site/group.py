"""Builds the offices of a group beside each other, each in a process of its own, and one site over all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from pmogen.data import data_root
from pmogen.diagnostics import Diagnostic
from pmogen.errors import PmogenError
from pmogen.exchange import PLAYBOOK
from pmogen.exchange.read import LARGEST
from pmogen.group.overview import Missing, Overview, overview_of
from pmogen.group.report import Report, report_from
from pmogen.group.settings import Group, Office, read_group
from pmogen.language import _
from pmogen.site.builder import CONFIGURATION, Site, build_site
from pmogen.site.fetch import fetch
from pmogen.site.scaffold import EXECUTABLE, Hosting, group_scaffold
from pmogen.site.write import BUILD, replace_file, write_generated
from pmogen.source.given import read_given
from pmogen.source.group import GROUP_FILE, layers_of
from pmogen.source.text import decode
from pmogen.source.yaml import parse_yaml

FETCHED = ".cache/group"
"""Where playbooks from the web are kept, below the group's folder."""


@dataclass(frozen=True)
class Outcome:
    """How the build of an office ended, and all it said."""

    office: Office
    code: int
    said: str


def group_in(root: Path) -> tuple[Group | None, bytes, tuple[Diagnostic, ...]]:
    """The group of a folder or None, the text of its group.yml, and everything wrong with it.

    Raises `PmogenError` when there is no group.yml.
    """
    path = root / GROUP_FILE
    if not path.is_file():
        raise PmogenError(
            _("{folder} has no {file}, so it is no group of offices", folder=root, file=GROUP_FILE),
            _("make one as docs/groups.md shows; for one office: `pmogen build`"),
        )
    raw = read_given(path, LARGEST)
    group, found = read_group(raw)
    return group, raw, found


def build_offices(
    root: Path, offices: Iterable[Office], jobs: int, options: Sequence[str], done: Callable[[int], None]
) -> tuple[Outcome, ...]:
    """Builds the offices that have a folder, so many at a time, and tells how many are done. In the order of group.yml.

    Each is a run of `pmogen build` with these options: what goes wrong in one ends that one only.
    """
    mine = tuple(office for office in offices if office.folder is not None)
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        runs = {pool.submit(_build, root, office, options): office for office in mine}
        try:
            for number, _run in enumerate(as_completed(runs), 1):
                done(number)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        found = {office.id: run.result() for run, office in runs.items()}
    return tuple(found[office.id] for office in mine)


def _build(root: Path, office: Office, options: Sequence[str]) -> Outcome:
    folder = root / (office.folder or "")
    if not _is_below(root, folder) or not folder.is_dir():
        return Outcome(office, 1, _("there is no folder {folder} in the group", folder=office.folder))
    command = [sys.executable, "-P", "-m", "pmogen", "build", str(folder), *options]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return Outcome(office, done.returncode, done.stdout.strip())


def _is_below(root: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def reports(
    root: Path, group: Group, broken: frozenset[str] = frozenset(), *, fetching: bool = False
) -> tuple[tuple[Report, ...], tuple[Missing, ...]]:
    """What the offices report, and those that report nothing. `broken` are those whose build went wrong.

    Only with `fetching` are addresses asked; without, what was fetched last counts.
    """
    found: list[Report] = []
    missing: list[Missing] = []
    for office in group.offices:
        if office.id in broken:
            missing.append(Missing(office, _("its build went wrong")))
            continue
        try:
            found.append(_report(root, office, fetching=fetching))
        except PmogenError as error:
            missing.append(Missing(office, error.message + (f" ({error.hint})" if error.hint else "")))
    return tuple(found), tuple(missing)


def _report(root: Path, office: Office, *, fetching: bool) -> Report:
    if office.address is not None:
        return _published(root, office, office.address, fetching=fetching)
    name = office.playbook or f"{office.folder}/{BUILD}/{PLAYBOOK}"
    if not _is_below(root, root / name):
        raise PmogenError(
            _("{path} is a link that leaves the group", path=name), _("copy the file instead of linking it")
        )
    return report_from(office, read_given(root / name, LARGEST), name)


def _published(root: Path, office: Office, address: str, *, fetching: bool) -> Report:
    kept = root / FETCHED / f"{office.id}.json"
    if not _is_below(root, kept):
        raise PmogenError(_("{path} is a link that leaves the group", path=FETCHED), _("delete the link"))
    if fetching:
        raw = fetch(address, LARGEST)
        report = report_from(office, raw, address)
        replace_file(kept, raw)
        return report
    if not kept.is_file():
        raise PmogenError(_("{address} was never fetched", address=address), "pmogen group --fetch")
    return report_from(office, read_given(kept, LARGEST), address)


def shared_services(root: Path, raw: bytes) -> frozenset[str]:
    """Ids of the services of the standard catalogue and of the layers that the group shares."""
    source, _wrong = decode(GROUP_FILE, raw)
    value = parse_yaml(source)[0].value if source else None
    folders = (data_root() / "catalog", *layers_of(root, value).values())
    return frozenset(identifier for folder in folders for identifier in _services_in(folder))


def _services_in(folder: Path) -> Iterator[str]:
    for path in sorted((*folder.rglob("*.yml"), *folder.rglob("*.yaml"))):
        source, _wrong = decode(path.name, read_given(path, LARGEST))
        value = parse_yaml(source)[0].value if source else None
        entries = value.get("services") if isinstance(value, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield entry["id"]


def set_up(root: Path, pmogen_version: str) -> tuple[str, ...]:
    """Writes what a group needs beside its offices, as far as it is missing; the names of what was written."""
    written = []
    for name, text in group_scaffold(Hosting(f"pmogen=={pmogen_version}")).items():
        path = root / name
        if not path.exists() and not path.is_symlink() and _is_below(root, path.parent):
            replace_file(path, text.encode("utf-8"))
            if name in EXECUTABLE:
                path.chmod(0o755)
            written.append(name)
    return tuple(written)


def build_overview(
    root: Path, overview: Overview, files: Mapping[str, str | bytes], builder: str, pmogen_version: str
) -> Site | None:
    """Writes the files of the overview to build/ of the group's folder and makes site/ of them (`none`: pages only).

    Raises `PmogenError` when there is no mkdocs.yml, and as the writing and the building do.
    """
    if not (root / CONFIGURATION).is_file():
        raise PmogenError(
            _("{folder} has no {file}, which says how the site looks", folder=root, file=CONFIGURATION),
            "pmogen group --set-up",
        )
    write_generated(root, files)
    if builder == "none":
        return None
    return build_site(root, builder, overview.as_of, pmogen_version, (overview.group.language,))


def overview_in(
    root: Path, group: Group, raw: bytes, broken: frozenset[str] = frozenset(), *, fetching: bool = False
) -> Overview:
    """The overview of the group, of what its offices report now."""
    found, missing = reports(root, group, broken, fetching=fetching)
    return overview_of(group, found, missing, shared_services(root, raw))
