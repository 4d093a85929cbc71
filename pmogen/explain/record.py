"""An explanation as plain values for JSON."""

from __future__ import annotations

from typing import Any

from pmogen.analysis.trace import decimal
from pmogen.explain.tree import Computed

FORMAT = 1
"""Changes when a reader of the last form could misunderstand the new one."""


def record(name: str, root: Computed) -> dict[str, Any]:
    """The whole explanation of `gap:pm-skills`."""
    return {"format": FORMAT, "id": name, "explanation": _part(root)}


def _part(part: Computed) -> dict[str, Any]:
    """Values are decimals with up to four digits; `exact` is the fraction where that is rounded."""
    told: dict[str, Any] = {"name": part.name, "shown": part.shown, "rule": part.rule}
    if part.value is not None:
        told["value"] = float(decimal(part.value, 4))
        if part.value * 10**4 != int(part.value * 10**4):
            told["exact"] = str(part.value)
    if part.how:
        told["how"] = part.how
    if part.about is not None:
        told["about"] = str(part.about)
    if part.why:
        told["why"] = list(part.why)
    if part.spans:
        told["places"] = [{"file": span.file, "line": span.line, "column": span.column} for span in part.spans]
    if part.inputs:
        told["inputs"] = [_part(child) for child in part.inputs]
    return told
