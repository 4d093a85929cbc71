"""The playbook, or a part of it, as a Word document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmogen.errors import PmogenError
from pmogen.exchange.parts.opening import opening_lines
from pmogen.exchange.told import Told, day
from pmogen.exchange.word import chapters
from pmogen.exchange.word.paper import Paper
from pmogen.language import _, spoken

Chapter = Callable[[Told, Paper], None]
CHAPTERS: Mapping[str, Chapter] = {
    "foundation": chapters.foundation,
    "gaps": chapters.gaps,
    "services": chapters.services,
    "roadmap": chapters.roadmap,
    "hand-offs": chapters.hand_offs,
}
HAND_OFF = "hand-off:"


def playbook_docx(told: Told, only: str = "") -> bytes:
    """The bytes of a .docx, in the language that is spoken; the same playbook gives the same bytes.

    `only` names a chapter, or the page of a unit (`hand-off:finance`). Raises `PmogenError` when there is no such part.
    """
    settings = told.settings
    foot = _(
        "{title}, version {version}, as of {day}", title=settings.title, version=settings.version, day=day(told.as_of)
    )
    primary = settings.colours.primary
    paper = Paper(settings.title, foot, spoken().code, primary)
    if only.startswith(HAND_OFF):
        _hand_off(told, paper, only.removeprefix(HAND_OFF))
        return paper.bytes(settings.organisation, settings.organisation, told.as_of)
    if only and only not in CHAPTERS:
        raise PmogenError(
            _("there is no part {name}", name=only), _("there are: {names}", names=", ".join(parts_of(told)))
        )
    paper.opening(settings.title, opening_lines(told))
    paper.contents()
    for name, chapter in CHAPTERS.items():
        if only in ("", name):
            chapter(told, paper)
    return paper.bytes(settings.organisation, settings.organisation, told.as_of)


def parts_of(told: Told) -> tuple[str, ...]:
    """What `only` may name."""
    return (*CHAPTERS, *(f"{HAND_OFF}{entity.id}" for entity in told.document.entities))


def _hand_off(told: Told, paper: Paper, identifier: str) -> None:
    entity = told.entities.get(identifier)
    if entity is None:
        units = ", ".join(told.entities)
        raise PmogenError(_("there is no unit {name}", name=identifier), _("there are: {names}", names=units))
    chapters.hand_off_page(told, paper, entity)
