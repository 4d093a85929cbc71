"""What every form of the survey says, in the language that is spoken."""

from __future__ import annotations

from pmogen.exchange.survey.marks import COMMENT, DIGITS, DO_NOT_KNOW, GROUP, IMPORTANCE, NOT_APPLICABLE, TARGET
from pmogen.exchange.survey.questions import Survey
from pmogen.language import _
from pmogen.model.catalogue import Aspect, Audience


def title(survey: Survey) -> str:
    """What the form is called."""
    return _("Where do we stand today? A survey at {organisation}", organisation=survey.organisation)


def introduction(survey: Survey) -> tuple[str, ...]:
    """What people read first: what it is about, how to answer, and what becomes of what they say."""
    return (
        _(
            "For each question please choose the description that comes closest to what you see today, not to what "
            "should be. If you cannot tell, say so: that helps as well."
        ),
        _(
            "Nobody is asked for a name, so please write none. Answers are put together by group, and no group of "
            "fewer than {count} people is shown. Comments are read by those who evaluate the survey; one of them may be "
            "quoted, without saying from which group it came.",
            count=survey.minimum_group,
        ),
    )


def group_question() -> str:
    """The question for the group, with its mark."""
    return f"[{GROUP}] " + _("To which group do you belong?")


def group_answer(group: Audience) -> str:
    """A group as an answer, with its id."""
    return f"{group.name} [{group.id}]"


def question(aspect: Aspect) -> str:
    """The question for the level of today, with its mark."""
    return f"[{aspect.id}] {aspect.question}"


def level_answers(aspect: Aspect) -> tuple[str, ...]:
    """What can be answered, each with its digit in front."""
    return (*(f"{number} - {text}" for number, text in enumerate(aspect.levels, 1)), *no_level_answers())


def no_level_answers() -> tuple[str, str]:
    """The two answers that are no level."""
    return f"{DIGITS[DO_NOT_KNOW]} - {do_not_know()}", f"{DIGITS[NOT_APPLICABLE]} - {not_applicable()}"


def do_not_know() -> str:
    """The answer of somebody who cannot tell."""
    return _("I do not know")


def not_applicable() -> str:
    """The answer of somebody for whom there is nothing to tell."""
    return _("Does not apply to us")


def asks() -> dict[str, str]:
    """What is asked beside the level of today, by part."""
    return {
        TARGET: _("Where should it be?"),
        IMPORTANCE: _("How important is it for your work?"),
        COMMENT: _("What makes you say so? Please write no names."),
    }


def importance_answers() -> tuple[str, ...]:
    """How important something can be, from 1 to 5."""
    return (
        "1 - " + _("not important"),
        "2 - " + _("a little important"),
        "3 - " + _("important"),
        "4 - " + _("very important"),
        "5 - " + _("most important of all"),
    )


def target_answers(survey: Survey) -> tuple[str, ...]:
    """The levels by their names."""
    return tuple(f"{number} - {name}" for number, name in enumerate(survey.levels, 1))
