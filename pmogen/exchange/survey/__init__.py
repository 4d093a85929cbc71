"""The survey: what people are asked, in three forms, and how their answers come back."""

from pmogen.exchange.survey.collected import Anonymous, Collected, collect, small
from pmogen.exchange.survey.handed import Handed
from pmogen.exchange.survey.paste import survey_text
from pmogen.exchange.survey.questions import BESIDE, Survey, survey_of
from pmogen.exchange.survey.rows import Merged, merged
from pmogen.exchange.survey.table import survey_csv

__all__ = (
    "BESIDE",
    "Anonymous",
    "Collected",
    "Handed",
    "Merged",
    "Survey",
    "collect",
    "merged",
    "small",
    "survey_csv",
    "survey_of",
    "survey_text",
)
