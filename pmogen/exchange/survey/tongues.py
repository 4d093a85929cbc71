"""The language that each question is in, for those who have the form read to them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pmogen.exchange.survey.questions import Survey
from pmogen.language import ENGLISH
from pmogen.model.load import load
from pmogen.model.workspace import Workspace
from pmogen.source.files import Sources
from pmogen.source.yaml import Document

_NOBODYS = "eo"
"""A language that nothing is translated to, to be compared with."""
_NOTHING: Mapping[str, Document] = MappingProxyType({})


def tongues_of(
    workspace: Workspace,
    sources: Sources,
    survey: Survey,
    language: str | None = None,
    documents: Mapping[str, Document] = _NOTHING,
) -> Mapping[str, str]:
    """The language of each aspect by its id: what is the same in two languages was not translated.

    `language` is the one the texts were read in, by default the main one; `documents` are files that were parsed already.
    """
    main = workspace.settings.language
    wanted = language or main
    other = load(sources, ENGLISH if wanted != ENGLISH else _NOBODYS, documents).workspace
    tongues = {}
    for aspect in survey.aspects:
        same = other is not None and other.find("aspects", aspect.id) == aspect
        standard = workspace.places.span("aspects", aspect.id, "question").file.startswith(f"{sources.standard_is}/")
        tongues[aspect.id] = (ENGLISH if standard else main) if same else wanted
    return tongues
