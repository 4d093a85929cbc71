"""The files that a playbook can be handed on as, by name; the site offers them on its Downloads page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pmogen.errors import PmogenError
from pmogen.exchange.calendar import calendar_ics
from pmogen.exchange.project import project_xml
from pmogen.exchange.tables import tables_zip
from pmogen.exchange.told import Told
from pmogen.language import _

FOLDER = "downloads"
"""Where they are on the site, below the playbook's root."""
INSTALL = 'pip install "pmogen[office]"'
LIBRARIES = {"pptx": "python-pptx", "docx": "python-docx"}
"""What the libraries are called where they are installed from."""


@dataclass(frozen=True)
class Offered:
    """A file with what people call it and what it holds."""

    file: str
    name: str
    what: str


def offered() -> tuple[Offered, ...]:
    """All files, those that need no office library first."""
    return (
        Offered(
            "roadmap.xml", _("The roadmap for Microsoft Project"), _("waves, services, hand-offs, what waits for what")
        ),
        Offered("calendar.ics", _("The dates for a calendar"), _("waves, hand-offs, decisions to look at again")),
        Offered("tables.zip", _("All tables as CSV"), _("for spreadsheets and databases, one file a table")),
        Offered(
            "steering.pptx", _("Slides for the board"), _("gaps, roadmap, decisions asked for and risks, to be edited")
        ),
        Offered("services.pptx", _("Slides on products and services"), _("to open the talk about what would help")),
        Offered(
            "workbook.xlsx", _("The workbook for workshops"), _("to be filled in, and read back into the playbook")
        ),
        Offered(
            "playbook.docx", _("The playbook as a document"), _("all chapters, and a page for each unit that is asked")
        ),
        Offered("survey.html", _("The survey as a form"), _("one file; it works without a network, and sends nothing")),
        Offered("survey.txt", _("The survey for other forms"), _("to be pasted into Microsoft Forms or Google Forms")),
        Offered(
            "questionnaire.html",
            _("The open questions as a form"),
            _("what the foundation still leaves open or assumes"),
        ),
    )


def files_of(told: Told, *, office: bool = False, language: str = "") -> Mapping[str, Callable[[], bytes]]:
    """The files by name, each made when it is asked for, in the language that is spoken then; with `office` also those that take longer.

    `language` is the one its texts were read in, by default the main one.
    Raises `PmogenError` when the libraries for these are not installed.
    """
    return {**plain_files(told), **(office_files(told, language) if office else {})}


def plain_files(told: Told) -> Mapping[str, Callable[[], bytes]]:
    """The files that are made from values alone."""
    return {
        "roadmap.xml": lambda: project_xml(told),
        "calendar.ics": lambda: calendar_ics(told).encode(),
        "tables.zip": lambda: tables_zip(told),
    }


def office_files(told: Told, language: str = "") -> Mapping[str, Callable[[], bytes]]:
    """Those that take longer and need the extra `office`, each made when it is asked for. Raises as `files_of` does."""
    with libraries():
        from pmogen.exchange.deck import deck_pptx  # noqa: PLC0415 (an extra: everything else works without)
        from pmogen.exchange.word import playbook_docx  # noqa: PLC0415
    from pmogen.exchange.workbook import workbook_of  # noqa: PLC0415

    spoken = language or told.settings.language
    return {
        "steering.pptx": lambda: deck_pptx(told, "steering"),
        "services.pptx": lambda: deck_pptx(told, "services"),
        "playbook.docx": lambda: playbook_docx(told),
        "workbook.xlsx": lambda: workbook_of(told.playbook, spoken),
    }


@contextmanager
def libraries() -> Iterator[None]:
    """Around the import of a library of the extra `office`: says what to install when it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        message = _("for this, {library} has to be installed", library=LIBRARIES.get(error.name or "", error.name))
        raise PmogenError(message, _("run {command}", command=INSTALL)) from error
