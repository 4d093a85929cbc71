"""The forms that people fill in, as files to be handed on. Their policies come with the site, or when they are exported."""

from __future__ import annotations

from collections.abc import Mapping

from pmogen.exchange.questionnaire import questionnaire_of
from pmogen.exchange.survey import survey_of, survey_text
from pmogen.exchange.survey.tongues import tongues_of
from pmogen.model.workspace import Workspace
from pmogen.render.survey.page import questionnaire_page, survey_page
from pmogen.source.files import Sources


def forms_of(
    workspace: Workspace, sources: Sources, templates: Mapping[str, str | bytes], language: str
) -> Mapping[str, bytes]:
    """The survey, its questions to be pasted, and the open questions of the foundation, in the language that is spoken."""
    survey, colours = survey_of(workspace), workspace.settings.colours
    asked = questionnaire_of(workspace)
    made = {
        "survey.html": survey_page(
            survey, templates, colours, tongues_of(workspace, sources, survey, language)
        ).encode(),
        "survey.txt": survey_text(survey).encode(),
    }
    if any(topic.questions for topic in asked.topics):
        made["questionnaire.html"] = questionnaire_page(asked, templates, colours).encode()
    return made
