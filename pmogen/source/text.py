"""Bytes of a file to text: UTF-8 only, nothing hidden in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pmogen.diagnostics import Diagnostic, Span
from pmogen.language import _, grouped

MAX_BYTES = 4_000_000
"""Larger files are refused before anything is parsed."""

CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff\\ufeff\\ufffe\\uffff]")
"""Characters that have no place in a text, whether raw or by an escape."""

_PRINTED = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""The bytes of a text of ASCII without control characters: most files have no others."""


@dataclass(frozen=True)
class SourceText:
    """The text of one file; `name` is what people see in messages."""

    name: str
    text: str

    def line(self, number: int) -> str:
        """A line of the text, counted from 1; empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends."""
        return tuple(self.text.split("\n"))

    def span(self, offset: int, width: int = 1) -> Span:
        """The place of a character, counted in characters from the start."""
        before = self.text[:offset]
        return Span(self.name, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1, width)


def decode(name: str, raw: bytes) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """The text of a file, or the reason why there is none (PMO001)."""

    def refused(message: str, hint: str, place: Span | None = None) -> tuple[None, tuple[Diagnostic, ...]]:
        return None, (Diagnostic("PMO001", "error", message, place or Span(name), hint),)

    if len(raw) > MAX_BYTES:
        return refused(
            _("the file has {size} bytes, more than {limit}", size=grouped(len(raw)), limit=grouped(MAX_BYTES)),
            _("split it into several files"),
        )
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return refused(_("the file is UTF-16"), _("save it as UTF-8"))
    try:
        source = SourceText(name, raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        head = raw[: error.start]
        place = Span(name, head.count(b"\n") + 1, error.start - (head.rfind(b"\n") + 1) + 1)
        return refused(
            _("byte {code} is not UTF-8", code=f"0x{raw[error.start]:02x}"), _("save the file as UTF-8"), place
        )
    harmless = raw.isascii() and not raw.translate(None, _PRINTED)
    control = None if harmless else CONTROL.search(source.text)
    if control:
        place = source.span(control.start())
        return refused(
            _("control character {code} in the text", code=f"U+{ord(control.group()):04X}"),
            _("delete the character"),
            place,
        )
    return source, ()
