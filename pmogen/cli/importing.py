"""`pmogen import`: what people filled in elsewhere comes back as a change that is shown before it is written."""

from __future__ import annotations

import click

from pmogen.cli.questionnaire import import_questionnaire
from pmogen.cli.survey import import_survey
from pmogen.cli.workbook import import_workbook


@click.group("import")
def importing() -> None:
    """Bring back what people filled in elsewhere: it is shown before anything is written."""


importing.add_command(import_survey)
importing.add_command(import_questionnaire)
importing.add_command(import_workbook)
