"""The survey as text, to be pasted question by question into Microsoft Forms or Google Forms."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.survey import words
from pmogen.exchange.survey.marks import COMMENT, IMPORTANCE, TARGET, Mark
from pmogen.exchange.survey.questions import Survey
from pmogen.language import _
from pmogen.model.catalogue import Aspect, Audience

_LINE = "-" * 72


def survey_text(survey: Survey) -> str:
    """The questions by group: who is asked what, with the answers to choose from."""
    return (
        "\n".join((*_beginning(survey), *(line for group in survey.groups for line in _section(survey, group)))) + "\n"
    )


def _beginning(survey: Survey) -> Iterator[str]:
    yield from (f"pmogen: {words.title(survey)}", _LINE, "")
    yield from (
        _("How to use this text"),
        "",
        _(
            "Paste title, questions and answers into your form. The sign in brackets before each question and the digit "
            "before each answer have to stay, everything else may be changed or translated: by these `pmogen import survey` "
            "finds its way in the table that you download later."
        ),
        _(
            "Either make one form, in which the first question leads to the section of each group, or one form for each "
            "group without that question. Do not let the form collect names or addresses."
        ),
        _("Comments may be left out where the form becomes too long."),
        "",
    )
    yield from (_("Text at the beginning of the form"), "")
    yield from words.introduction(survey)
    yield ""
    if len(survey.groups) > 1:
        yield from (_("First question, one answer"), "", words.group_question())
        yield from (words.group_answer(group) for group in survey.groups)
        yield ""


def _section(survey: Survey, group: Audience) -> Iterator[str]:
    aspects = survey.asked(group.id)
    yield from (_LINE, _("Section for {group}", group=words.group_answer(group)), _LINE, "")
    for aspect in aspects:
        yield from (words.question(aspect), *words.level_answers(aspect), "")
        if COMMENT in survey.beside:
            mark = Mark(aspect.id, COMMENT)
            yield from (f"{mark} {words.asks()[COMMENT]}", _("(text, may stay empty)"), "")
    if TARGET in survey.beside:
        yield from _grid(aspects, TARGET, words.target_answers(survey))
    if IMPORTANCE in survey.beside:
        yield from _grid(aspects, IMPORTANCE, words.importance_answers())


def _grid(aspects: tuple[Aspect, ...], part: str, answers: tuple[str, ...]) -> Iterator[str]:
    yield words.asks()[part]
    yield from (_("(a grid, or Likert question; these are its rows)"), "")
    yield from (f"{Mark(aspect.id, part)} {aspect.name}" for aspect in aspects)
    yield from ("", _("(and these its columns)"), "", *answers, "")
