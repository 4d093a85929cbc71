"""The forms that people fill in, as files to be handed on. Their policies come with the site, or when they are exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmogen.exchange.questionnaire import questionnaire_of
from pmogen.exchange.survey import survey_of, survey_text
from pmogen.exchange.survey.tongues import tongues_of
from pmogen.model.workspace import Workspace
from pmogen.render.survey.page import questionnaire_page, survey_page
from pmogen.source.files import Sources


def forms_of(
    workspace: Workspace, sources: Sources, templates: Mapping[str, str | bytes], language: str
) -> Mapping[str, Callable[[], bytes]]:
    """The survey, its questions to be pasted, and the open questions of the foundation, each made when it is asked for.

    They are in the language that is spoken then.
    """
    survey, colours = survey_of(workspace), workspace.settings.colours
    asked = questionnaire_of(workspace)

    def page() -> bytes:
        return survey_page(survey, templates, colours, tongues_of(workspace, sources, survey, language)).encode()

    made: dict[str, Callable[[], bytes]] = {
        "survey.html": page,
        "survey.txt": lambda: survey_text(survey).encode(),
    }
    if asked.topics:
        made["questionnaire.html"] = lambda: questionnaire_page(asked, templates, colours).encode()
    return made
