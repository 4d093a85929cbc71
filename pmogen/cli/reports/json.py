"""Diagnostics as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pmogen.diagnostics import Diagnostic, Span

FORMAT = 1
"""Changes when a reader of the last form could misunderstand the new one."""


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """One object: format, counts by severity, and the diagnostics in order. Lines and columns count from 1."""
    counts = {severity: _count(diagnostics, severity) for severity in ("error", "warning", "note")}
    told = {"format": FORMAT, "counts": counts, "diagnostics": [_entry(diagnostic) for diagnostic in diagnostics]}
    return json.dumps(told, indent=2, ensure_ascii=False)


def _count(diagnostics: Sequence[Diagnostic], severity: str) -> int:
    return sum(diagnostic.severity == severity for diagnostic in diagnostics)


def _entry(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **_place(diagnostic.span),
        "related": [{"message": related.message, **_place(related.span)} for related in diagnostic.related],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line, "column": span.column, "width": span.width}
