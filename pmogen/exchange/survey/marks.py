"""Signs in a form that stay the same in every language: ids in brackets before a question, a digit before an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pmogen.source.text import CONTROL

GROUP = "GROUP"
"""What asks for the respondent's group. Ids of aspects are small letters, so nothing else is called so."""
CURRENT, TARGET, IMPORTANCE, COMMENT = "current", "target", "importance", "comment"
PARTS = (CURRENT, TARGET, IMPORTANCE, COMMENT)
"""What can be asked about an aspect; the columns of the answers file have the same names."""
DO_NOT_KNOW, NOT_APPLICABLE = "dk", "na"
DIGITS = {DO_NOT_KNOW: "0", NOT_APPLICABLE: "9"}
"""Digits before the two answers that are no level."""
LONGEST_COMMENT = 2_000

_MARK = r"\[\s*(?:(?P<group>GROUP)|(?P<aspect>[a-z0-9]+(?:-[a-z0-9]+)*)\s*(?::\s*(?P<part>[a-z]+)\s*)?)\]"
_AT_THE_BEGINNING = re.compile(rf"\W*(?:[0-9]+\s*[.):]\s*)?{_MARK}")
_ROW_OF_A_GRID = re.compile(rf"[^\[\]]*\[\s*(?:[0-9]+\s*[.):]\s*)?{_MARK}")
_LEVEL = re.compile(r"\W*(?<!-)([0-59])(?![0-9])(?![.,][0-9]*[1-9])")
_ID = re.compile(r"\[\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*\]")
_WORDS = {
    **dict.fromkeys(("dk", "?", "don't know", "do not know", "dont know"), DO_NOT_KNOW),
    **dict.fromkeys(("na", "n/a", "not applicable"), NOT_APPLICABLE),
}
_LONGEST_MARK = 1_000
"""A mark stands at the beginning of a question; so much of it is looked at."""
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Mark:
    """What a question asks for: a part of what is said about an aspect, or the group."""

    aspect: str
    part: str

    def __str__(self) -> str:
        return f"[{self.aspect}]" if self.part in ("", CURRENT) else f"[{self.aspect}:{self.part}]"


def mark_of(question: str) -> Mark | None:
    """The mark at the beginning of a question, or of a row of a grid (`Where should it be? [[governance:target] ...]`).

    Anything else before it means that the text is about the question: `Points - [governance] ...`.
    """
    begin = question[:_LONGEST_MARK]
    found = _AT_THE_BEGINNING.match(begin) or _ROW_OF_A_GRID.match(begin)
    if found is None:
        return None
    return Mark(GROUP, "") if found["group"] else Mark(found["aspect"], found["part"] or CURRENT)


def level_of(answer: str) -> str | None:
    """The level from 1 to 5 that an answer begins with, `dk` or `na`; empty when it is, None when there is none in it."""
    if not answer.strip():
        return ""
    word = _WORDS.get(answer.strip().lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    if word:
        return word
    found = _LEVEL.match(answer[:_LONGEST_MARK])
    if found is None:
        return None
    return {digit: name for name, digit in DIGITS.items()}.get(found[1], found[1])


def id_in(answer: str) -> str | None:
    """The id in brackets in an answer: `Sponsors [sponsors]`."""
    found = _ID.search(answer)
    return found[1] if found else None


def clean(comment: str) -> str:
    """A comment on one line, without signs that no file may hold and without mail addresses; cut where it is too long."""
    line = " ".join(CONTROL.sub(" ", comment).split())
    return _ADDRESS.sub("[...]", line)[:LONGEST_COMMENT].strip()
