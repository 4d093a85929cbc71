"""All replies together: one for each person, with a group of the catalogue, and nothing that tells who it was."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from pmogen.errors import PmogenError
from pmogen.exchange.survey.forms import read_grid, recognised
from pmogen.exchange.survey.handed import Handed, decoded, grid_of, is_workbook, mail_text
from pmogen.exchange.survey.marks import id_in
from pmogen.exchange.survey.own import FORMAT, is_own, read_own
from pmogen.exchange.survey.replies import Answer, Read, Reply
from pmogen.language import _, ngettext
from pmogen.model.workspace import Workspace

_SHOWN = 10


@dataclass(frozen=True)
class Anonymous:
    """What somebody of a group answered."""

    group: str
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Collected:
    """What people answered, in an order that has nothing to do with who answered first; and what was left out."""

    people: tuple[Anonymous, ...]
    ignored: tuple[str, ...]


def collect(files: Iterable[Handed], workspace: Workspace, groups: Mapping[str, str]) -> Collected:
    """Reads the files, whatever form they come from.

    `groups` says which group of the catalogue is meant, by the name of a file or by what respondents called it. Raises
    `PmogenError` when a file cannot be read, or `groups` names a group that does not exist.
    """
    known = workspace.ids["audiences"]
    for group in groups.values():
        if group not in known:
            raise PmogenError(
                _("there is no group `{name}`", name=group), _("known are {names}", names=", ".join(sorted(known)))
            )
    aspects = workspace.ids["aspects"]
    read = [_read(file, aspects) for file in files]
    ignored = [sentence for each in read for sentence in each.ignored]
    replies = [reply for each in read for reply in each.replies]
    latest = _latest(replies)
    if len(latest) < len(replies):
        ignored.append(
            ngettext(
                "{count} earlier answer of somebody who answered again was replaced by the later one",
                "{count} earlier answers of people who answered again were replaced by the later ones",
                len(replies) - len(latest),
            )
        )
    people, more = _with_groups(latest, _Groups(workspace, groups))
    return Collected(tuple(sorted(people, key=_without_order)), (*ignored, *more))


def _read(file: Handed, aspects: frozenset[str]) -> Read:
    if is_workbook(file):
        return read_grid(grid_of(file, recognised), aspects)
    text = decoded(file.raw)
    if FORMAT not in text:
        text = mail_text(file)
    if is_own(text):
        return read_own(
            file.name, mail_text(file) if not text.lstrip("\ufeff \r\n\t").startswith("{") else text, aspects
        )
    return read_grid(grid_of(file, recognised), aspects)


def _latest(replies: Sequence[Reply]) -> list[Reply]:
    """The last reply of each person; by time where all have one, else by their order in the files."""
    by_person: dict[str, list[tuple[int, Reply]]] = {}
    for number, reply in enumerate(replies):
        by_person.setdefault(reply.who or f"reply {number}", []).append((number, reply))
    last = []
    for own in by_person.values():
        timed = all(reply.when for _number, reply in own)
        last.append(max(own, key=lambda entry: (entry[1].when if timed else "", entry[0])))
    return [reply for _number, reply in sorted(last, key=lambda entry: entry[0])]


class _Groups:
    """Which group of the catalogue is meant."""

    def __init__(self, workspace: Workspace, said: Mapping[str, str]) -> None:
        self._said = {_folded(text): group for text, group in said.items()}
        self._known = {_folded(one.id): one.id for one in workspace.catalogue.audiences}
        self._known |= {_folded(one.name): one.id for one in workspace.catalogue.audiences}

    def of(self, reply: Reply) -> str | None:
        """What people said comes before what is said about the whole file, as the latter is for forms without the question."""
        if reply.group:
            own = self._said.get(_folded(reply.group)) or self._known.get(_folded(reply.group))
            marked = id_in(reply.group)
            if own is not None or marked is None:
                return own
            return self._said.get(_folded(marked)) or self._known.get(_folded(marked))
        names = (reply.file, reply.file.replace("\\", "/").rsplit("/", 1)[-1])
        return next((self._said[_folded(name)] for name in names if _folded(name) in self._said), None)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _with_groups(replies: Sequence[Reply], groups: _Groups) -> tuple[list[Anonymous], list[str]]:
    people: list[Anonymous] = []
    silent, without, unknown = 0, Counter[str](), Counter[str]()
    for reply in replies:
        group = groups.of(reply)
        if not reply.answers:
            silent += 1
        elif group is not None:
            people.append(Anonymous(group, reply.answers))
        elif reply.group:
            unknown[" ".join(reply.group.split())[:40]] += 1
        else:
            without[reply.file] += 1
    return people, list(_left_out(silent, without, unknown))


def _left_out(silent: int, without: Mapping[str, int], unknown: Mapping[str, int]) -> Iterator[str]:
    if silent:
        yield ngettext(
            "{count} reply without any answer was left out", "{count} replies without any answer were left out", silent
        )
    for file, count in without.items():
        yield ngettext(
            "{file}: {count} reply without a group was left out: say --group {file}=GROUP",
            "{file}: {count} replies without a group were left out: say --group {file}=GROUP",
            count,
            file=file,
        )
    for said, count in list(unknown.items())[:_SHOWN]:
        yield ngettext(
            "{count} reply of a group that is not known was left out: say --group '{said}=GROUP'",
            "{count} replies of a group that is not known were left out: say --group '{said}=GROUP'",
            count,
            said=said,
        )
    if len(unknown) > _SHOWN:
        yield _("and more groups that are not known: {count}", count=len(unknown) - _SHOWN)


def _without_order(person: Anonymous) -> str:
    """What people are sorted by: it follows from what they said, and says nothing about when they did."""
    told = {aspect: asdict(answer) for aspect, answer in person.answers.items()}
    return hashlib.sha256(json.dumps([person.group, told], sort_keys=True).encode()).hexdigest()


def small(people: Collection[Anonymous], minimum: int) -> tuple[str, ...]:
    """Groups of fewer people than are shown by themselves."""
    counts = Counter(person.group for person in people)
    return tuple(group for group, count in sorted(counts.items()) if count < minimum)
