"""PMO95x: texts that will not read as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pmogen.analysis.once import once
from pmogen.language import _
from pmogen.model.workspace import Workspace
from pmogen.rules.rule import Facts, Finding, rule

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*[^*]+\*\*|\]\(https?:|&(?:nbsp|amp|lt|gt);")
_LEFT_OVER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b")

Path = tuple[str | int, ...]


def _add_texts(value: Any, path: Path, found: list[tuple[Path, str]]) -> None:
    """Every text in a model, with its path."""
    if isinstance(value, str):
        found.append((path, value))
    elif isinstance(value, BaseModel):
        for name, below in vars(value).items():
            _add_texts(below, (*path, name), found)
    elif isinstance(value, tuple):
        for number, below in enumerate(value):
            _add_texts(below, (*path, number), found)


@once
def _said(workspace: Workspace) -> tuple[tuple[Path, str], ...]:
    """All texts that people wrote for this playbook."""
    found: list[tuple[Path, str]] = []
    for name in ("foundation", "decisions", "roadmap"):
        _add_texts(getattr(workspace, name), (name,), found)
    _add_texts(workspace.settings, ("playbook",), found)
    _add_texts(workspace.current.assessment, ("assessments", workspace.current.name), found)
    return tuple(found)


@rule("PMO951", "note")
def markup_in_text(facts: Facts) -> Iterator[Finding]:
    """A text has HTML or Markdown in it, which readers will see as it stands.

    Texts in YAML are plain: nothing in them is ever executed or formatted. A blank line makes a new
    paragraph; pages with formatting belong into content/pages/.

    Wrong:
        content/foundation.yml:
          summary: We want to see <b>all</b> projects.

    Right:
        content/foundation.yml:
          summary: We want to see all projects.
    """
    for path, text in _said(facts.workspace):
        if _MARKUP.search(text):
            yield Finding(
                _("this text has markup in it, which is shown as it stands"), facts.span(*path), _("write plain text")
            )


@rule("PMO952", "warning")
def left_over_note(facts: Facts) -> Iterator[Finding]:
    """A text still holds a note to the writer: TODO, TBD, FIXME, lorem ipsum.

    Wrong:
        content/foundation.yml:
          summary: TODO say why.

    Right:
        content/foundation.yml:
          summary: We want to see where projects stand.
    """
    for path, text in _said(facts.workspace):
        found = _LEFT_OVER.search(text)
        if found:
            yield Finding(
                _("this text still says `{words}`", words=found.group()),
                facts.span(*path),
                _("finish it, or set the answer to open"),
            )


RULES = (markup_in_text, left_over_note)
