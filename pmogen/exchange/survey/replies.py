"""What one person answered, and what was left out while reading it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pmogen.exchange.survey.marks import Mark, clean, level_of
from pmogen.language import _, ngettext


@dataclass(frozen=True)
class Answer:
    """What is said about one aspect, as the answers file has it: levels as digits, `dk`, `na`, or nothing."""

    current: str = ""
    target: str = ""
    importance: str = ""
    comment: str = ""

    def __bool__(self) -> bool:
        return any((self.current, self.target, self.importance, self.comment))


@dataclass(frozen=True)
class Reply:
    """The answers of one person. `who` and `when` only tell whose they are and which are newer; they are never written."""

    file: str
    group: str
    answers: Mapping[str, Answer]
    who: str = field(default="", repr=False)
    when: str = field(default="", repr=False)


@dataclass(frozen=True)
class Read:
    """What was in the files: replies in their order, and what was ignored, in sentences without anybody's answer."""

    replies: tuple[Reply, ...]
    ignored: tuple[str, ...] = ()


class Answers:
    """The answers of one person while they are read; counts what cannot be understood."""

    def __init__(self) -> None:
        self.unread: dict[str, int] = {}
        self._found: dict[str, dict[str, str]] = {}

    def put(self, aspect: str, part: str, said: str) -> bool:
        """Notes a part of what is said about an aspect. False when something else was said before: then neither counts."""
        if part == "comment":
            value: str | None = clean(said)
        else:
            value = level_of(said)
            if part != "current" and value in ("dk", "na"):
                value = ""
        if value is None:
            self.unread[aspect] = self.unread.get(aspect, 0) + 1
            return True
        if not value:
            return True
        parts = self._found.setdefault(aspect, {})
        if parts.setdefault(part, value) != value:
            parts[part] = ""
            return False
        return True

    def done(self) -> dict[str, Answer]:
        """The answers by aspect; aspects about which nothing is said are left out."""
        answers = {aspect: Answer(**parts) for aspect, parts in self._found.items()}
        return {aspect: answer for aspect, answer in answers.items() if answer}


def strange_marks(file: str, marks: Iterable[Mark]) -> Iterator[str]:
    """Signs that belong to no aspect."""
    names = dict.fromkeys(str(mark) for mark in marks)
    if names:
        yield _("{file}: not known, so it was ignored: {names}", file=file, names=", ".join(names))


def not_understood(file: str, unread: Counter[str], twice: int) -> Iterator[str]:
    """Answers that are there, but say nothing that is read."""
    for aspect, count in sorted(unread.items()):
        yield ngettext(
            "{file}: {count} answer to [{aspect}] has no digit in front, so it was ignored",
            "{file}: {count} answers to [{aspect}] have no digit in front, so they were ignored",
            count,
            file=file,
            aspect=aspect,
        )
    if twice:
        yield ngettext(
            "{file}: {count} question was answered twice in different ways, so neither counts",
            "{file}: {count} questions were answered twice in different ways, so neither counts",
            twice,
            file=file,
        )
