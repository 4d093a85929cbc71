"""Answers from our own form: the file that it gives, and the text for a mail."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pmogen.errors import PmogenError
from pmogen.exchange.survey.marks import GROUP, PARTS, Mark
from pmogen.exchange.survey.replies import Answers, Read, Reply, not_understood, strange_marks
from pmogen.language import _

FORMAT = "pmogen-survey-1"
"""What the file of a form says it is, and the first line of the text for a mail."""
COPY, END = "COPY", "END"

_LINE = re.compile(r"[\s>|*]*\[\s*(?P<name>[A-Za-z0-9-]+)\s*(?::\s*(?P<part>comment)\s*)?\]\s*(?P<said>.*)")
_VALUE = re.compile(r"\b(current|target|importance)\W{0,3}(dk|na|[1-5])\b", re.IGNORECASE)
_COPY = re.compile(r"([A-Za-z0-9]{1,40})\W+([0-9]{1,9})")


def is_own(text: str) -> bool:
    """Whether a text comes from our form."""
    return FORMAT in text


def read_own(name: str, text: str, aspects: frozenset[str]) -> Read:
    """The replies in a file or in a text of mails, of which there may be several one after the other.

    Raises `PmogenError` when it is damaged, or the form itself.
    """
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return _of_file(name, text, aspects)
    if re.match(r"\s*<!doctype html", text, re.IGNORECASE):
        raise PmogenError(
            _("{file} is the form itself, not the answers", file=name),
            _("open it, press the button that saves the answers, and import the file that it gives"),
        )
    return _of_text(name, text, aspects)


def _of_file(name: str, text: str, aspects: frozenset[str]) -> Read:
    damaged = PmogenError(_("{file} is damaged: no answers can be read", file=name), _("ask for the file once more"))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged from error
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("answers"), dict):
        raise damaged
    answers, strange = Answers(), []
    for aspect, said in told["answers"].items():
        mark = Mark(aspect[:60], "current")
        if aspect not in aspects or not isinstance(said, Mapping):
            strange.append(mark)
            continue
        for part in PARTS:
            answers.put(aspect, part, _plain(said.get(part)))
    who, when = _plain(told.get("copy")), _plain(told.get("revision"))
    reply = Reply(name, _plain(told.get("group")), answers.done(), who and f"copy {who}", when.zfill(9) if when else "")
    return Read((reply,), (*strange_marks(name, strange), *not_understood(name, Counter(answers.unread), 0)))


def _plain(value: Any) -> str:
    """Text and whole numbers; anything else says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:20_000] if isinstance(value, str) or abs(value) < 10**9 else ""


def _of_text(name: str, text: str, aspects: frozenset[str]) -> Read:
    replies: list[Reply] = []
    ignored: list[str] = []
    for block in _blocks(text):
        reading = _Reading(aspects)
        for line in block[1:]:
            reading.take(line)
        replies.append(reading.reply(name))
        ignored += strange_marks(name, reading.strange)
        ignored += not_understood(name, Counter(), reading.twice)
    if not replies:
        raise PmogenError(_("{file} is damaged: no answers can be read", file=name), _("ask for the file once more"))
    return Read(tuple(replies), tuple(dict.fromkeys(ignored)))


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each reply, the one that begins it first."""
    block: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ").split("\n"):
        if FORMAT in line:
            if block:
                yield block
            block = [line]
        elif block:
            found = _LINE.match(line)
            if found and found["name"] == END:
                yield block
                block = []
            else:
                block.append(line)
    if block:
        yield block


class _Reading:
    """One reply, line by line."""

    def __init__(self, aspects: frozenset[str]) -> None:
        self.strange: list[Mark] = []
        self.twice = 0
        self._aspects = aspects
        self._answers = Answers()
        self._comments: dict[str, list[str]] = {}
        self._about = ""
        self._group = self._who = self._when = ""

    def take(self, line: str) -> None:
        """A line; one without a sign goes on with the comment before it, as mail programs break long lines."""
        found = _LINE.match(line)
        if found is None or (self._about and found["name"] not in {*self._aspects, GROUP, COPY}):
            if self._about:
                self._comments[self._about].append(line.strip(" >|"))
            return
        name, said = found["name"], found["said"]
        self._about = ""
        if name == GROUP:
            self._group = said.strip()
        elif name == COPY:
            copy = _COPY.search(said)
            self._who, self._when = (f"copy {copy[1]}", copy[2].zfill(9)) if copy else ("", "")
        elif name not in self._aspects:
            self.strange.append(Mark(name, "current"))
        elif found["part"]:
            self._about = name
            self._comments[name] = [said]
        else:
            for part, value in _VALUE.findall(said):
                self.twice += not self._answers.put(name, part.lower(), value)

    def reply(self, file: str) -> Reply:
        """What was read."""
        for aspect, told in self._comments.items():
            self._answers.put(aspect, "comment", " ".join(told))
        return Reply(file, self._group, self._answers.done(), self._who, self._when)
