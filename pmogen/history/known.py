"""What git knows of the entries of a workspace: the commit that brought each, and whether what was approved has changed.

It would rather know nothing than something wrong: nothing of a shallow clone, of what is not committed, or of an approval that
stands on the same line as what was approved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmogen.diagnostics import has_errors
from pmogen.errors import PmogenError
from pmogen.history.git import Repository, repository_of
from pmogen.model.history import NOTHING, Commit, History, Part, Remembered, Since
from pmogen.source.files import STANDARD, Sources
from pmogen.source.text import decode
from pmogen.source.yaml import Document, parse_yaml

if TYPE_CHECKING:
    from pmogen.model.decisions import Approval
    from pmogen.model.load import Loaded

DECISIONS, PLAYBOOK = "content/decisions.yml", "content/playbook.yml"
_PARTS: Mapping[Part, str] = {"services": "service", "accepted_gaps": "aspect", "hand_offs": "id"}
"""The lists of decisions.yml, with the key that says what an entry is about."""

YamlPath = tuple[str | int, ...]


def known_history(root: Path, sources: Sources, loaded: Loaded) -> History:
    """What git knows of a workspace that was loaded from `root`; nothing where there is no git, or only a part of its memory."""
    workspace, repository = loaded.workspace, repository_of(root)
    if workspace is None or repository is None:
        return History()
    try:
        if not repository.is_whole():
            return History()
        reading = _Reading(repository, sources)
        entries = dict(reading.decisions(loaded)) if DECISIONS in loaded.documents else {}
        approved, playbook = workspace.settings.approved, loaded.documents.get(PLAYBOOK)
        if approved is not None and playbook is not None:
            entries["playbook", ""] = reading.playbook(approved, playbook)
    except PmogenError:  # git refuses, or is too slow: the playbook is complete without it
        return History()
    return History(entries)


@dataclass(frozen=True)
class _Reading:
    """One look into the history; states of files are read once."""

    repository: Repository
    sources: Sources
    states: dict[str, Any] = field(default_factory=dict)

    def decisions(self, loaded: Loaded) -> Iterator[tuple[tuple[Part, str], Remembered]]:
        """What is known of each entry of decisions.yml."""
        if loaded.workspace is None:
            return
        lines = _Lines(self.repository, loaded.documents[DECISIONS], self.repository.lines(DECISIONS))
        for part, key in _PARTS.items():
            for number, entry in enumerate(getattr(loaded.workspace.decisions, part)):
                identifier = getattr(entry, key)
                known = Remembered(lines.brought((part, number)))
                if entry.approved is not None:
                    commit, known = self._approved_in(known, entry.approved, lines, (part, number))
                    if commit is not None:
                        now = _without(lines.document.value[part][number])
                        found = self._decision(commit.sha, part, identifier)
                        known = replace(known, since=self._since(commit, entry.approved, found, now))
                yield (part, identifier), known

    def _since(self, commit: Commit, approval: Approval, then: Any, now: Any) -> Since | None:
        """What became of an entry. Without a commit that is named, a file that stood elsewhere then says nothing."""
        if then is not None:
            return "unchanged" if then == now else "changed"
        if approval.commit is not None:
            return "not there"
        return None if self.states[commit.sha] is None else "changed"

    def playbook(self, approval: Approval, document: Document) -> Remembered:
        """What is known of the playbook as a whole: everything below content/ and in its own layers counts."""
        lines = _Lines(self.repository, document, self.repository.lines(PLAYBOOK))
        commit, known = self._approved_in(NOTHING, approval, lines, ())
        if commit is None:
            return known
        try:
            before = self.repository.sources(commit.sha)
        except PmogenError:  # there was no playbook
            return replace(known, since="not there" if approval.commit is not None else None)
        changed = tuple(_changed(before, self.sources))
        return replace(known, since="changed" if changed else "unchanged", changed=changed)

    def _approved_in(
        self, known: Remembered, approval: Approval, lines: _Lines, path: YamlPath
    ) -> tuple[Commit | None, Remembered]:
        """The commit whose state was approved: the one that is named, else the one that brought the approval."""
        if approval.commit is None:
            commit = lines.brought((*path, "approved")) if lines.stands_alone(path) else None
        else:
            commit = self.repository.remembered(approval.commit)
            if commit is None:
                return None, replace(known, since="no commit")
        return commit, replace(known, approved_in=commit)

    def _decision(self, commit: str, part: Part, identifier: str) -> Any:
        """An entry of decisions.yml as it was in a commit; None when it was not there."""
        if commit not in self.states:
            raw = self.repository.file(commit, DECISIONS)
            self.states[commit] = None if raw is None else _value(DECISIONS, raw)
        entries = (self.states[commit] or {}).get(part)
        listed = entries if isinstance(entries, list) else []
        found = [each for each in listed if isinstance(each, dict) and each.get(_PARTS[part]) == identifier]
        return _without(found[-1]) if found else None


@dataclass(frozen=True)
class _Lines:
    """A YAML file, with the commit that last changed each of its lines."""

    repository: Repository
    document: Document
    commits: tuple[Commit | None, ...]

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.document.source.text.split("\n"))

    def brought(self, path: YamlPath) -> Commit | None:
        """The commit that last changed the value, its approval aside; None when it is not known, or not committed."""
        own = self._of(path)
        rest = own - self._of((*path, "approved")) if self._has(path, "approved") else own
        numbers = rest or own
        if not numbers or max(numbers) > len(self.commits):
            return None
        found = {self.commits[number - 1] for number in numbers}
        committed = {commit for commit in found if commit is not None}
        if len(committed) < len(found):
            return None
        return self.repository.newest(committed)

    def stands_alone(self, path: YamlPath) -> bool:
        """Whether the approval of the entry has lines of its own."""
        entry = self._value(path)
        own = self._of((*path, "approved"))
        others = (key for key in entry if key != "approved") if isinstance(entry, dict) else ()
        return not any(own & self._of((*path, key)) for key in others)

    def _of(self, path: YamlPath) -> set[int]:
        """The lines of a value and its key, without blank ones and comments."""
        first = self.document.span(path, key=True).line
        every = range(first, self.document.last_line(path) + 1)
        return {number for number in every if self._texts[number - 1] and not self._texts[number - 1].startswith("#")}

    def _has(self, path: YamlPath, key: str) -> bool:
        entry = self._value(path)
        return isinstance(entry, dict) and key in entry

    def _value(self, path: YamlPath) -> Any:
        value = self.document.value
        for part in path:
            value = value[part]
        return value


def _changed(before: Sources, now: Sources) -> Iterator[str]:
    """Files of the workspace that say something else than before, sorted by name."""
    for name in sorted({*before.files, *now.files}):
        if not name.startswith(f"{STANDARD}/") and not _says_the_same(
            name, before.files.get(name), now.files.get(name)
        ):
            yield name


def _says_the_same(name: str, before: bytes | None, now: bytes | None) -> bool:
    if before is None or now is None or before == now:
        return before == now
    if not name.endswith(".yml"):
        return before.replace(b"\r\n", b"\n") == now.replace(b"\r\n", b"\n")
    return bool(_value(name, before) == _value(name, now))


def _value(name: str, raw: bytes) -> dict[str, Any]:
    """What a YAML file says, the approval of the whole aside; nothing when it cannot be read."""
    source, _wrong = decode(name, raw)
    if source is None:
        return {}
    document, wrong = parse_yaml(source)
    return {} if has_errors(wrong) or not isinstance(document.value, dict) else _without(document.value)


def _without(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without its approval."""
    return {key: value for key, value in entry.items() if key != "approved"}
