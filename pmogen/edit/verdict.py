"""What changes of a workspace would break, found before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pmogen.diagnostics import Diagnostic, in_order
from pmogen.edit.changes import Edited
from pmogen.model.load import load
from pmogen.rules import check
from pmogen.rules.plan import OF_THE_PLAN
from pmogen.source.files import Sources
from pmogen.source.yaml import Document


def after(sources: Sources, edited: Edited) -> Sources:
    """The sources as they would be."""
    return replace(sources, files={**sources.files, **edited.new})


def judged(sources: Sources, read_before: Mapping[str, Document] = MappingProxyType({})) -> tuple[Diagnostic, ...]:
    """What is wrong with a workspace. The published plan is not judged: planning again is what comes after a change.

    Files that are as in `read_before` are not parsed again.
    """
    loaded = load(sources, read_before=read_before)
    broken = check(loaded.workspace) if loaded.workspace else ()
    return in_order([*loaded.diagnostics, *(found for found in broken if found.code not in OF_THE_PLAN)])


def newly_found(before: Sequence[Diagnostic], now: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What was not found before. Lines move, so a finding is known by its rule, its file and its words."""
    known = Counter((found.code, found.span.file, found.message) for found in before)
    new = []
    for found in now:
        key = (found.code, found.span.file, found.message)
        known[key] -= 1
        if known[key] < 0:
            new.append(found)
    return tuple(new)
