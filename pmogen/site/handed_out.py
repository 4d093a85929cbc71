"""The forms that people fill in, as files of the site's Downloads page: single pages that nothing else is loaded for."""

from __future__ import annotations

from collections.abc import Mapping

from pmogen.exchange.questionnaire import questionnaire_of
from pmogen.exchange.survey import survey_of, survey_text
from pmogen.exchange.survey.tongues import tongues_of
from pmogen.model.workspace import Workspace
from pmogen.render.survey import questionnaire_page, survey_page
from pmogen.site.policy import policy, with_policy
from pmogen.source.files import Sources


def forms_of(
    workspace: Workspace, sources: Sources, templates: Mapping[str, str | bytes], language: str
) -> Mapping[str, bytes]:
    """The survey, its questions to be pasted, and the open questions of the foundation, in the language that is spoken."""
    survey, colours = survey_of(workspace), workspace.settings.colours
    asked = questionnaire_of(workspace)
    made = {
        "survey.html": _alone(
            survey_page(survey, templates, colours, tongues_of(workspace, sources, survey, language))
        ),
        "survey.txt": survey_text(survey).encode(),
    }
    if any(topic.questions for topic in asked.topics):
        made["questionnaire.html"] = _alone(questionnaire_page(asked, templates, colours))
    return made


def _alone(page: str) -> bytes:
    return with_policy(page, policy(page, own="")).encode()
