"""The forms: what is asked comes from exchange, how it looks from site_templates/survey/."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pmogen.analysis.contrast import for_dark_pages
from pmogen.exchange.questionnaire import FORMAT as QUESTIONNAIRE_FORMAT
from pmogen.exchange.questionnaire import Questionnaire, questionnaire_title
from pmogen.exchange.survey import words
from pmogen.exchange.survey.marks import IMPORTANCE, LONGEST_COMMENT, TARGET
from pmogen.exchange.survey.own import FORMAT
from pmogen.exchange.survey.questions import Survey
from pmogen.language import spoken
from pmogen.model.look import Colours
from pmogen.render.environment import svg_environment, template_mistakes

_STYLE, _SCRIPT = "survey/form.css", "survey/form.js"
_ACCENT, _ACCENT_DARK = "#0d6170", "#7fd0dd"


def survey_page(
    survey: Survey,
    templates: Mapping[str, str | bytes],
    colours: Colours,
    tongues: Mapping[str, str],
    *,
    mail_to: str = "",
    due: dt.date | None = None,
) -> str:
    """The survey as a form. `tongues` says in which language the texts of each aspect are.

    Raises `PmogenError` when a template is wrong.
    """
    answers = {TARGET: words.target_answers(survey), IMPORTANCE: words.importance_answers()}
    asked = [[group.id for group in survey.groups], [aspect.id for aspect in survey.aspects], survey.beside]
    return _page(
        "survey/form.html.j2",
        templates,
        colours,
        survey=survey,
        title=words.title(survey),
        introduction=words.introduction(survey),
        tongues=tongues,
        asks=words.asks(),
        choices={part: answers[part] for part in answers if part in survey.beside},
        do_not_know=words.do_not_know(),
        not_applicable=words.not_applicable(),
        longest=LONGEST_COMMENT,
        format=FORMAT,
        identity=_identity(survey.title, asked),
        mail_to=mail_to,
        due=due,
    )


def questionnaire_page(
    asked: Questionnaire,
    templates: Mapping[str, str | bytes],
    colours: Colours,
    *,
    mail_to: str = "",
    due: dt.date | None = None,
) -> str:
    """The open questions of the foundation as a form. Raises `PmogenError` when a template is wrong."""
    names = [entry.question.id for topic in asked.topics for entry in topic.questions]
    return _page(
        "survey/questionnaire.html.j2",
        templates,
        colours,
        asked=asked,
        title=questionnaire_title(asked),
        format=QUESTIONNAIRE_FORMAT,
        identity=_identity(asked.title, names),
        mail_to=mail_to,
        due=due,
    )


def _page(name: str, templates: Mapping[str, str | bytes], colours: Colours, **values: Any) -> str:
    style, script = (_text(templates, part) for part in (_STYLE, _SCRIPT))
    with template_mistakes(name):
        return (
            svg_environment(templates)
            .get_template(name)
            .render(language=spoken().code, style=_accents(colours) + style, script=script, **values)
            .lstrip("\n")
        )


def _text(templates: Mapping[str, str | bytes], name: str) -> str:
    content = templates.get(name, "")
    return content if isinstance(content, str) else ""


def _accents(colours: Colours) -> str:
    light = colours.accent or _ACCENT
    dark = colours.accent_dark or (for_dark_pages(colours.accent) if colours.accent else _ACCENT_DARK)
    return f":root {{ --mark: {light}; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --mark: {dark}; }} }}\n"


def _identity(title: str, asked: Any) -> str:
    """What tells a form from others, so that a browser does not mix up what it keeps of them; the same in all languages."""
    return hashlib.sha256(json.dumps([title, asked]).encode()).hexdigest()[:12]
