"""Problems as values: what is wrong, where, and the way out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from pmogen.language import _, ngettext

Severity = Literal["error", "warning", "note"]
SEVERITY_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, order=True)
class Span:
    """A place in a file of the workspace or the catalogue: lines and columns count from 1.

    `file` is what people recognise: relative to the workspace root, or `standard/...` for the
    catalogue that travels with pmogen.
    """

    file: str
    line: int = 1
    column: int = 1
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Related:
    """Another place that matters for a diagnostic, with what it has to do with it."""

    message: str
    span: Span


@dataclass(frozen=True)
class Diagnostic:
    """One mistake of a user: stable code, how bad, what, where, and what to do about it."""

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str = ""
    related: tuple[Related, ...] = ()


def in_order(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Sorted by file, place, severity, code and text, without repetitions."""
    unique = dict.fromkeys(diagnostics)
    return tuple(
        sorted(
            unique,
            key=lambda d: (d.span, SEVERITY_ORDER[d.severity], d.code, d.message),
        )
    )


MANY = 100
"""Diagnostics of one code in one file that are told one by one; more are only counted."""


def without_floods(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """At most `MANY` diagnostics of one code in one file, then one that counts the rest.

    A broken file can hold a hundred thousand mistakes of the same kind; the first hundred tell enough.
    """
    told: Counter[tuple[str, str]] = Counter()
    kept: list[Diagnostic] = []
    last: dict[tuple[str, str], Diagnostic] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.span.file, diagnostic.code)
        told[key] += 1
        last[key] = diagnostic
        if told[key] <= MANY:
            kept.append(diagnostic)
    for key, count in told.items():
        if count > MANY:
            message = ngettext(
                "{count} more of this kind in this file are not shown",
                "{count} more of this kind in this file are not shown",
                count - MANY,
            )
            kept.append(replace(last[key], message=message, hint=_("mend these first"), related=()))
    return tuple(kept) if len(kept) == len(diagnostics) else in_order(kept)


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """True when at least one diagnostic is an error."""
    return any(d.severity == "error" for d in diagnostics)
