"""What a newer pmogen changes in the files that it generated around the content, without treading on anybody's edits."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pmogen.edit import Edited
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.model.workspace import Workspace
from pmogen.site.around import Answers, Host, around, host_of
from pmogen.site.edited import write_edited
from pmogen.site.record import BASES, RECORD, Record, mark, marks, read_record
from pmogen.site.scaffold import EXECUTABLE
from pmogen.site.start import run_git

State = Literal["new", "as generated", "merged", "edited", "missing", "gone", "left"]
"""new: it was not there before; as generated: nobody changed it, so it is replaced; merged: changed by people, and the newer
one fits into it; edited: changed by people, and it does not fit, so it stays; missing: people deleted it; gone: no longer
generated, and nobody changed it; left: no longer generated, but changed by people, so it stays."""

_HISTORY = 200
"""So many commits of a file are looked through for what was generated."""


@dataclass(frozen=True)
class Difference:
    """A file that the newer pmogen would have otherwise: as it is, as it is generated now, and as it is proposed."""

    path: str
    state: State
    old: bytes | None
    generated: bytes | None
    proposed: bytes | None


@dataclass(frozen=True)
class Upgrade:
    """All differences, and the record as it will be once those that are proposed are made."""

    differences: tuple[Difference, ...]
    record: Record
    edited: Edited
    removed: tuple[str, ...]

    def of(self, *states: State) -> tuple[Difference, ...]:
        """The differences of some states."""
        return tuple(found for found in self.differences if found.state in states)

    @property
    def waiting(self) -> bool:
        """Whether anything would be written: a record that alone would change can wait."""
        return bool(self.removed) or any(not name.startswith(".pmogen/") for name in self.edited.new)


@dataclass(frozen=True)
class Wishes:
    """What people say beyond "show me": bring back what was deleted, keep these files as they are, another code host."""

    restore: bool = False
    keep: frozenset[str] = frozenset()
    host: Host | None = None


def upgrade(root: Path, workspace: Workspace, version: str, wishes: Wishes) -> Upgrade:
    """Compares the files around the content with those that this version generates. Writes nothing.

    Raises `PmogenError` when a newer version generated them, or a file to be kept is none of them.
    """
    known = read_record(root)
    if known is not None and _number(known.version) > _number(version):
        raise PmogenError(
            _(
                "the files around the content were made by pmogen {newer}; this is {version}",
                newer=known.version,
                version=version,
            ),
            _("install the newer one: pip install -r requirements.txt"),
        )
    answers = known.answers if known else answers_guessed(root, workspace)
    answers = answers if wishes.host is None else replace(answers, host=wishes.host)
    texts = around(answers, workspace, version)
    strange = sorted(wishes.keep - set(texts))
    if strange:
        raise PmogenError(_("{file} is not generated, so it is always kept", file=strange[0]))
    found = tuple(_compared(root, texts, known, wishes))
    return _made(
        root,
        found,
        Record(version, answers, _marks_after(found, texts, known, wishes)),
        _bases(root, found, texts, wishes),
    )


def answers_guessed(root: Path, workspace: Workspace) -> Answers:
    """What a workspace without a record was begun with, as far as its files tell."""
    settings = workspace.settings
    host: Host = "none"
    if (root / ".github/workflows").is_dir():
        host = "github"
    elif (root / ".gitlab-ci.yml").is_file():
        host = "gitlab"
    elif settings.repository:
        host = host_of(settings.repository)
    return Answers(
        settings.organisation,
        settings.title,
        settings.spoken,
        settings.repository or "",
        settings.branch,
        host,
        example=settings.notice is not None,
    )


def apply(root: Path, found: Upgrade) -> None:
    """Makes the changes. Raises `PmogenError`, before anything is written, when a file is not as it was read."""
    removed = {each.path: each.old for each in found.differences if each.path in found.removed}
    for path, old in removed.items():
        if (root / path).read_bytes() != old:
            raise PmogenError(_("{file} was changed while it was read, so nothing was written", file=path))
    write_edited(root, found.edited)
    for path in found.edited.new:
        if path in EXECUTABLE:
            (root / path).chmod(0o755)
    for path in removed:
        (root / path).unlink()


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _compared(root: Path, texts: Mapping[str, str], known: Record | None, wishes: Wishes) -> Iterator[Difference]:
    recorded = known.files if known else {}
    for path in sorted({*texts, *recorded}):
        old = _content(root, path)
        if path not in texts:
            if old is not None:
                same = mark(path, old.decode("utf-8", "replace")) == recorded[path]
                yield Difference(path, "gone" if same else "left", old, None, None)
        elif path not in wishes.keep:
            yield from _one(root, path, old, texts[path], known, restore=wishes.restore)


def _one(
    root: Path, path: str, old: bytes | None, text: str, known: Record | None, *, restore: bool
) -> Iterator[Difference]:
    new, recorded = text.encode("utf-8"), known.files.get(path) if known else None
    if old is None:
        if known is not None and recorded is None:
            yield Difference(path, "new", None, new, new)
        else:
            yield Difference(path, "missing", None, new, new if restore else None)
        return
    here, now = mark(path, old.decode("utf-8", "replace")), mark(path, text)
    schema = path.startswith("schemas/")  # wholly generated, by another command too
    if here == now and not (schema and recorded != now and old != new):
        return
    if schema or here == recorded:
        yield Difference(path, "as generated", old, new, new)
    elif recorded != now:
        merged = _merged(root, path, old, new, recorded) if recorded else None
        yield Difference(path, "merged" if merged is not None else "edited", old, new, merged)


def _marks_after(
    found: tuple[Difference, ...], texts: Mapping[str, str], known: Record | None, wishes: Wishes
) -> dict[str, str]:
    """Marks of what is generated, but for files that stay behind: those keep the mark they have, if any."""
    before = known.files if known else {}
    behind = {each.path for each in found if each.state == "edited" or (each.state == "missing" and not wishes.restore)}
    now = {path: value for path, value in marks(texts).items() if path not in behind}
    return now | {path: before[path] for path in behind if path in before}


def _bases(root: Path, found: tuple[Difference, ...], texts: Mapping[str, str], wishes: Wishes) -> dict[str, bytes]:
    """What files that people changed were generated as, kept for the next time."""
    changed = [each.path for each in found if each.state == "merged"]
    changed += [path for path in wishes.keep if (root / path).is_file()]
    return {f"{BASES}/{path}": texts[path].encode("utf-8") for path in changed}


def _made(root: Path, found: tuple[Difference, ...], record: Record, bases: dict[str, bytes]) -> Upgrade:
    new = {each.path: each.proposed for each in found if each.proposed is not None} | bases
    new[RECORD] = record.text.encode("utf-8")
    old = {path: _content(root, path) for path in new}
    differing = {path: content for path, content in new.items() if old[path] != content}
    edited = Edited({path: old[path] for path in differing}, differing)
    return Upgrade(found, record, edited, tuple(each.path for each in found if each.state == "gone"))


def _content(root: Path, path: str) -> bytes | None:
    """The bytes of a file; None when there is none. A link that leaves the workspace is refused."""
    if not (root / path).resolve().is_relative_to(root.resolve()):
        raise PmogenError(_("{path} is a link that leaves the workspace", path=path), _("delete the link"))
    return (root / path).read_bytes() if (root / path).is_file() else None


def _merged(root: Path, path: str, here: bytes, newer: bytes, recorded: str) -> bytes | None:
    """What people changed and what pmogen changed, together; None where that cannot be, or the old text is not known."""
    base = _base(root, path, recorded)
    if base is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        sides = {"here": here, "base": base, "newer": newer}
        for name, content in sides.items():
            (Path(folder) / name).write_bytes(content)
        try:
            run_git(Path(folder), "merge-file", "--quiet", "here", "base", "newer")
        except (OSError, subprocess.SubprocessError):
            return None
        return (Path(folder) / "here").read_bytes()


def _base(root: Path, path: str, recorded: str) -> bytes | None:
    """The text as it was generated: kept aside by an earlier upgrade, or found in the history by its mark."""
    kept = _content(root, f"{BASES}/{path}")
    if kept is not None and mark(path, kept.decode("utf-8", "replace")) == recorded:
        return kept
    try:
        commits = run_git(root, "log", f"--max-count={_HISTORY}", "--format=%H", "--", path).split()
        for commit in reversed(commits):
            text = run_git(root, "show", f"{commit}:./{path}")
            if mark(path, text) == recorded:
                return text.encode("utf-8")
    except (OSError, subprocess.SubprocessError):
        pass
    return None
