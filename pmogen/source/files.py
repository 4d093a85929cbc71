"""The files of a workspace and of the standard catalogue: the one place that reads them from disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from pmogen.data import data_root
from pmogen.diagnostics import Diagnostic, Span
from pmogen.errors import PmogenError
from pmogen.language import _, grouped
from pmogen.source.group import GROUP, is_group, shared_layers
from pmogen.source.kept import Kept
from pmogen.source.text import MAX_BYTES

STANDARD = "standard"
"""Name of the layer that travels with pmogen; its files are shown as `standard/...`."""

MAX_FILES = 20_000
"""A workspace with more files is not one."""

_SUFFIXES = {".yml", ".yaml", ".csv", ".md"}


@dataclass(frozen=True)
class Sources:
    """Bytes of all files that count, by name: `content/...`, `catalog/...`, `standard/...`, `group/LAYER/...`.

    A workspace whose own catalog/ is the standard catalogue (pmogen's repository) has it once, as
    `catalog/`; `standard_is` says under which folder the standard layer stands. `unread` are files
    that could not be read, as diagnostics.
    """

    files: Mapping[str, bytes]
    standard_is: str = STANDARD
    unread: tuple[Diagnostic, ...] = field(default=())

    def below(self, folder: str) -> tuple[tuple[str, bytes], ...]:
        """Files below a folder, sorted by name."""
        prefix = folder.rstrip("/") + "/"
        return tuple((name, self.files[name]) for name in sorted(self.files) if name.startswith(prefix))


def read_sources(root: Path, kept: Kept | None = None) -> Sources:
    """Reads content/, catalog/ and other layers of a workspace, and the standard catalogue.

    For reading again and again, `kept` is what is known of the last time; here another round of it begins. Files and
    sources that are as they were are the same objects as then. Raises `PmogenError` when there is no content/ folder. A file that cannot be read is a diagnostic.
    """
    root = root.resolve()
    if not (root / "content").is_dir():
        raise PmogenError(
            _("{root} has no content/ folder, so it is not a workspace of pmogen", root=root),
            _("it is a group of offices: name the folder of one of them, or run `pmogen group`")
            if is_group(root)
            else _("go to the folder of your playbook, or make a new one with `pmogen init`"),
        )
    reading = _Reading()
    for folder in _folders(root):
        reading.read(root, folder, "")
    sources = _with_standard(root, reading)
    if kept is None:
        return sources
    kept.begin()
    return kept.once(("sources",), sources, lambda: replace(sources, files=_as_before(sources.files, kept)))


def _as_before(files: Mapping[str, bytes], kept: Kept) -> dict[str, bytes]:
    """The files, each that is as it was the same object as then: so it need not be compared again."""
    return {name: kept.once(("bytes", name), raw, partial(_itself, raw)) for name, raw in files.items()}


def _itself(raw: bytes) -> bytes:
    return raw


def folders_read(root: Path) -> tuple[Path, ...]:
    """The folders that `read_sources` reads as they are now, apart from the standard catalogue that travels with pmogen."""
    own = tuple(folder for folder in _folders(root.resolve()) if folder.is_dir())
    return own if (root / GROUP).exists() else (*own, *shared_layers(root).values())


def sources_from(
    root: Path,
    files: Mapping[str, bytes],
    unread: tuple[Diagnostic, ...] = (),
    shared: Mapping[str, bytes] | None = None,
) -> Sources:
    """The sources of a workspace whose files are known already, as they were at another time; `root` is its folder now.

    `shared` are the files of the layers that its group shared then, None when nothing is known but what it shares now.
    """
    reading = _Reading()
    for name in sorted(files):
        reading.take(name, files[name])
    reading.unread += unread
    return _with_standard(root.resolve(), reading, shared)


def names_read(names: Iterable[str], shared: Iterable[str] = ()) -> frozenset[str]:
    """Which of all files of a workspace are read, as `read_sources` finds them on disk; or of a group, with its `shared` layers."""
    known = [PurePosixPath(name) for name in names]
    layers = {path.parts[0] for path in known if len(path.parts) == 2 and path.suffix == ".yml"} - _NOT_LAYERS
    layers |= set(shared)
    return frozenset(
        path.as_posix()
        for path in known
        if len(path.parts) > 1
        and path.suffix in _SUFFIXES
        and path.parts[0] in layers | {"content", "catalog"}
        and not any(part.startswith(".") for part in path.parts)
    )


def _with_standard(root: Path, reading: _Reading, shared: Mapping[str, bytes] | None = None) -> Sources:
    """What was read, the layers of its group, and the standard catalogue, unless it is the workspace's own."""
    if shared is not None:
        for name in sorted(shared):
            reading.take(name, shared[name])
    elif not (root / GROUP).exists():
        for name, folder in shared_layers(root).items():
            reading.read(folder, folder, f"{GROUP}/{name}/")
    standard = data_root() / "catalog"
    same = (root / "catalog").is_dir() and (root / "catalog").resolve() == standard.resolve()
    if not same:
        reading.read(standard, standard, STANDARD + "/")
    return Sources(reading.files, "catalog" if same else STANDARD, tuple(reading.unread))


_NOT_LAYERS = {"build", "site", "site_templates", "node_modules", "docs", "tests"}


def _folders(root: Path) -> Iterator[Path]:
    """content/, catalog/, and folders that look like layers of the catalogue: YAML files directly in them."""
    yield root / "content"
    yield root / "catalog"
    for folder in sorted(root.iterdir()):
        if folder.name in _NOT_LAYERS | {"content", "catalog"} or folder.name.startswith("."):
            continue
        if folder.is_dir() and not folder.is_symlink() and any(folder.glob("*.yml")):
            yield folder


class _Reading:
    """Files read so far, and those that could not be read."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.unread: list[Diagnostic] = []

    def read(self, base: Path, folder: Path, prefix: str) -> None:
        """Reads every file below a folder whose ending counts."""
        for path in _paths(folder):
            name = prefix + path.relative_to(base).as_posix()
            if len(self.files) >= MAX_FILES:
                raise PmogenError(
                    _("{base} has more than {limit} files", base=base, limit=grouped(MAX_FILES)),
                    _("is this the folder of a playbook?"),
                )
            try:
                self._read_one(base, path, name)
            except OSError as error:
                self._refuse(
                    name,
                    _("the file cannot be read: {reason}", reason=error.strerror or error),
                    _("check its permissions"),
                )
            except RuntimeError:  # how pathlib of Python 3.11 and 3.12 says that links go round in a circle
                self._refuse(name, _("this is a link that leads to itself"), _("delete the link"))

    def _read_one(self, base: Path, path: Path, name: str) -> None:
        if not path.resolve().is_relative_to(base.resolve()):
            self._refuse(name, _("this is a link that leaves the workspace"), _("copy the file instead of linking it"))
        elif not path.is_file():
            self._refuse(name, _("this is not a file"), _("a folder or device has the name of a file of pmogen"))
        elif path.stat().st_size > MAX_BYTES:
            self._refuse(
                name,
                _("the file is larger than {limit} bytes", limit=grouped(MAX_BYTES)),
                _("split it into several files"),
            )
        else:
            self.files[name] = path.read_bytes()

    def take(self, name: str, content: bytes) -> None:
        """Takes a file as it is."""
        if len(content) > MAX_BYTES:
            limit = grouped(MAX_BYTES)
            self._refuse(
                name, _("the file is larger than {limit} bytes", limit=limit), _("split it into several files")
            )
        else:
            self.files[name] = content

    def _refuse(self, name: str, message: str, hint: str) -> None:
        self.unread.append(Diagnostic("PMO005", "error", message, Span(name), hint))


def _paths(folder: Path) -> Iterator[Path]:
    """Files below a folder whose ending counts, sorted; hidden ones and links to folders are passed over."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix in _SUFFIXES:
            yield path
