"""PMO95x: texts that will not read as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pmogen.language import _
from pmogen.rules.rule import Facts, Finding, rule

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*[^*]+\*\*|\]\(https?:|&(?:nbsp|amp|lt|gt);")
_LEFT_OVER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b")

Path = tuple[str | int, ...]


def texts_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a model, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            yield from texts_in(entry, (*path, number))


def _said(facts: Facts) -> Iterator[tuple[Path, str]]:
    workspace = facts.workspace
    for name in ("foundation", "decisions", "roadmap"):
        yield from texts_in(getattr(workspace, name), (name,))
    yield from texts_in(workspace.settings, ("playbook",))
    yield from texts_in(workspace.current.assessment, ("assessments", workspace.current.name))


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
    for path, text in _said(facts):
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
    for path, text in _said(facts):
        found = _LEFT_OVER.search(text)
        if found:
            yield Finding(
                _("this text still says `{words}`", words=found.group()),
                facts.span(*path),
                _("finish it, or set the answer to open"),
            )


RULES = (markup_in_text, left_over_note)
