"""Comments such as `# pmogen: allow PMO305 because the board asked for it`: a finding that is meant.

A comment at the end of a line is about this line; a comment on a line of its own is about the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.diagnostics import Diagnostic, Span
from pmogen.language import _
from pmogen.source.text import SourceText

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#\s*pmogen\b(?P<rest>[^\n]*)", re.IGNORECASE)
_ALLOW = re.compile(
    r"^\s*:?\s*allow\s+(?P<codes>PMO\d{3}(?:\s*,\s*PMO\d{3})*)(?:\s+because\s+(?P<why>\S.*))?\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Allowance:
    """A finding that is meant: the rule's code, the file and line it is about, the reason, and the comment's place."""

    code: str
    file: str
    line: int
    reason: str
    span: Span


def allowances_in(source: SourceText) -> tuple[tuple[Allowance, ...], tuple[Diagnostic, ...]]:
    """Allowances in a file, and comments that were meant to be ones (PMO027)."""
    found: list[Allowance] = []
    wrong: list[Diagnostic] = []
    if "pmogen" not in source.text.lower():
        return (), ()
    for number, line in enumerate(source.lines, 1):
        comment = _COMMENT.search(line)
        if comment is None:
            continue
        span = Span(source.name, number, comment.start() + 1, len(comment.group().rstrip()))
        allow = _ALLOW.match(comment.group("rest"))
        if allow is None or not allow["why"]:
            hint = _("write `# pmogen: allow PMO305 because ...` with a reason")
            wrong.append(Diagnostic("PMO027", "error", _("this comment allows nothing"), span, hint))
            continue
        about = number + 1 if not line[: comment.start()].strip() else number
        found += _allowances(allow, source.name, about, span)
    return tuple(found), tuple(wrong)


def _allowances(allow: re.Match[str], file: str, line: int, span: Span) -> Iterator[Allowance]:
    for code in allow["codes"].upper().split(","):
        yield Allowance(code.strip(), file, line, allow["why"].strip(), span)
