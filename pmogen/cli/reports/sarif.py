"""Diagnostics as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pmogen.diagnostics import Diagnostic, Related, Span
from pmogen.language import _

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def as_sarif(diagnostics: Sequence[Diagnostic], version: str, manuals: dict[str, str]) -> str:
    """One run of one tool; `manuals` gives the text of each code's manual."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    driver = {"name": "pmogen", "version": version, "rules": [_rule(code, manuals.get(code, "")) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in diagnostics],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(code: str, manual: str) -> dict[str, Any]:
    first = manual.split("\n", 1)[0]
    title = _(first) if first else code
    return {"id": code, "shortDescription": {"text": title}, "help": {"text": manual or title}}


def _result(diagnostic: Diagnostic, rule_index: int) -> dict[str, Any]:
    hint = _("hint: {hint}", hint=diagnostic.hint) if diagnostic.hint else ""
    told = f"{diagnostic.message} ({hint})" if hint else diagnostic.message
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": told},
        "locations": [{"physicalLocation": _location(diagnostic.span)}],
    }
    if diagnostic.related:
        result["relatedLocations"] = [_related(related) for related in diagnostic.related]
    return result


def _related(related: Related) -> dict[str, Any]:
    return {"physicalLocation": _location(related.span), "message": {"text": related.message}}


def _location(span: Span) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.column + span.width}
    return {"artifactLocation": {"uri": quote(span.file)}, "region": region}
