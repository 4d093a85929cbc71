"""A group on disk: what its offices report, what it needs beside them, and one site over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
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
from pmogen.site.write import BUILD, replace_file, write_generated
from pmogen.source.given import read_given
from pmogen.source.group import GROUP_FILE, layers_of
from pmogen.source.text import decode
from pmogen.source.yaml import parse_yaml

FETCHED = ".cache/group"
"""Where playbooks from the web are kept, below the group's folder."""
ASKED_AT_ONCE = 8


def group_in(root: Path) -> tuple[Group | None, bytes, tuple[Diagnostic, ...]]:
    """The group of a folder or None, the text of its group.yml, and everything wrong with it.

    Raises `PmogenError` when there is no group.yml.
    """
    path = root / GROUP_FILE
    if not path.is_file():
        raise PmogenError(
            _("{folder} has no {file}, so it is no group of offices", folder=root, file=GROUP_FILE),
            _("`pmogen group --set-up` makes one of the playbooks below it; for one office: `pmogen build`"),
        )
    if (root / "content").is_dir():
        raise PmogenError(
            _(
                "{folder} holds both a playbook (content/) and a group ({file}), whose sites would overwrite each other",
                folder=root,
                file=GROUP_FILE,
            ),
            _("move the playbook to a folder of its own: offices/NAME"),
        )
    raw = read_given(path, LARGEST)
    group, found = read_group(raw)
    return group, raw, found


def _is_below(root: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def reports(
    root: Path, group: Group, broken: frozenset[str] = frozenset(), *, fetching: bool = False
) -> tuple[tuple[Report, ...], tuple[Missing, ...]]:
    """What the offices report, and those that report nothing. `broken` are those whose build went wrong.

    Only with `fetching` are addresses asked, several at a time; without, and where an address gives nothing, what was
    fetched last counts.
    """
    found: list[Report] = []
    missing: list[Missing] = []
    fetched = _fetched(group.offices) if fetching else {}
    for office in group.offices:
        if office.id in broken:
            missing.append(Missing(office, _("its build went wrong")))
            continue
        try:
            found.append(_report(root, office, fetched))
        except PmogenError as error:
            missing.append(Missing(office, _why(root, office), error.message, error.hint))
    return tuple(found), tuple(missing)


def _why(root: Path, office: Office) -> str:
    """Why an office reports nothing, as the overview may say it: no address, no path, none of its words."""
    if office.address is not None:
        return _("its playbook.json could not be fetched")
    if office.folder is not None and not (root / _name(office)).exists():
        return _("it was not built")
    return _("its playbook.json cannot be read")


def _name(office: Office) -> str:
    """Its playbook.json below the group's folder."""
    return office.playbook or f"{office.folder}/{BUILD}/{PLAYBOOK}"


def _fetched(offices: Iterable[Office]) -> dict[str, bytes | PmogenError]:
    """What the addresses of the offices give, or why they give nothing."""

    def ask(address: str) -> bytes | PmogenError:
        try:
            return fetch(address, LARGEST)
        except PmogenError as error:
            return error

    addresses = {office.id: office.address for office in offices if office.address is not None}
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        runs = {known: pool.submit(copy_context().run, ask, address) for known, address in addresses.items()}
        return {known: run.result() for known, run in runs.items()}


def _report(root: Path, office: Office, fetched: Mapping[str, bytes | PmogenError]) -> Report:
    if office.address is not None:
        return _published(root, office, office.address, fetched.get(office.id))
    name = _name(office)
    if not _is_below(root, root / name):
        raise PmogenError(
            _("{path} is a link that leaves the group", path=name), _("copy the file instead of linking it")
        )
    if office.folder is not None and not (root / name).exists():
        raise PmogenError(_("it was not built: there is no {file}", file=name), f"pmogen group --only {office.id}")
    return report_from(office, read_given(root / name, LARGEST), name)


def _published(root: Path, office: Office, address: str, found: bytes | PmogenError | None) -> Report:
    """What is published at an address; what was fetched from there last when nothing was asked, or nothing of use was given."""
    kept = root / FETCHED / f"{office.id}.json"
    if not _is_below(root, kept):
        raise PmogenError(_("{path} is a link that leaves the group", path=FETCHED), _("delete the link"))
    if isinstance(found, bytes):
        try:
            report = report_from(office, found, address)
        except PmogenError as error:
            found = error
        else:
            replace_file(kept, found)
            return report
    if not kept.is_file():
        raise found or PmogenError(_("{address} was never fetched", address=address), "pmogen group --fetch")
    why = found.message if found else _("it was not asked")
    return report_from(office, read_given(kept, LARGEST), f"{FETCHED}/{kept.name}", earlier=why)


def shared_services(root: Path) -> frozenset[str]:
    """Ids of the services of the standard catalogue and of the layers that the group shares."""
    folders = (data_root() / "catalog", *layers_of(root).values())
    return frozenset(identifier for folder in folders for identifier in _services_in(folder))


def _services_in(folder: Path) -> Iterator[str]:
    for path in sorted((*folder.rglob("*.yml"), *folder.rglob("*.yaml"))):
        source, _wrong = decode(path.name, read_given(path, LARGEST))
        value = parse_yaml(source)[0].value if source else None
        entries = value.get("services") if isinstance(value, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield entry["id"]


def refuse_without_configuration(root: Path) -> None:
    """Raises `PmogenError` when nothing says how the overview looks."""
    if not (root / CONFIGURATION).is_file():
        raise PmogenError(
            _("{folder} has no {file}, which says how the site looks", folder=root, file=CONFIGURATION),
            "pmogen group --set-up",
        )


def build_overview(
    root: Path, overview: Overview, files: Mapping[str, str | bytes], builder: str, pmogen_version: str
) -> Site | None:
    """Writes the files of the overview to build/ of the group's folder and makes site/ of them (`none`: pages only).

    Raises `PmogenError` when there is no mkdocs.yml, and as the writing and the building do.
    """
    refuse_without_configuration(root)
    write_generated(root, files)
    if builder == "none":
        return None
    return build_site(root, builder, overview.as_of, pmogen_version, (overview.group.language,))


def overview_in(root: Path, group: Group, broken: frozenset[str] = frozenset(), *, fetching: bool = False) -> Overview:
    """The overview of the group, of what its offices report now."""
    found, missing = reports(root, group, broken, fetching=fetching)
    return overview_of(group, found, missing, shared_services(root))
