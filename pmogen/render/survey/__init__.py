"""Forms that people fill in, as single files of HTML: the survey, and the open questions of the foundation."""

from pmogen.render.survey.files import forms_of
from pmogen.render.survey.page import questionnaire_page, survey_page

__all__ = ("forms_of", "questionnaire_page", "survey_page")
