"""What can be chosen in the cells of several sheets."""

from __future__ import annotations

from pmogen.exchange.told import Told
from pmogen.exchange.workbook.kinds import HALVES, Choice, Number, told_apart
from pmogen.language import pgettext
from pmogen.model.terms import word
from pmogen.model.workspace import Workspace

LEVEL = Number(1, 5, steps=(1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5))
WEIGHT = Number(1, 5, whole=True, steps=(1, 2, 3, 4, 5))
FTE = Number(0, 100)
POINTS = Number(0, 1000, whole=True)


def size(letter: str | None) -> str:
    """A size or a priority, with its word behind it."""
    return f"{letter}{HALVES}{word('size', letter)}" if letter else "\u2013"


def sizes() -> Choice:
    return Choice("sizes", {letter: size(letter) for letter in "HML"})


def states() -> Choice:
    return Choice("states", {state: word("state", state) for state in ("known", "assumed", "open")})


def decisions() -> Choice:
    known = ("offer", "decline", "defer", "undecided")
    return Choice("decisions", {one: word("decision", one) for one in known}, "undecided")


def progress() -> Choice:
    known = ("proposed", "agreed", "under way", "done", "refused")
    return Choice("progress", {one: word("status", one) for one in known})


def origins() -> Choice:
    """How a stated level came about."""
    return Choice(
        "origins",
        {
            "workshop": pgettext("origin of a level", "workshop"),
            "interview": pgettext("origin of a level", "interviews"),
            "evidence": pgettext("origin of a level", "evidence"),
        },
    )


def waves(workspace: Workspace) -> Choice:
    return Choice("waves", told_apart({wave.id: wave.name for wave in workspace.roadmap.waves}))


def units(workspace: Workspace) -> Choice:
    return Choice("units", told_apart({entity.id: entity.name for entity in workspace.decisions.entities}))


def customers(workspace: Workspace) -> Choice:
    return Choice("customers", told_apart({one.id: one.name for one in workspace.foundation.customers}))


def aspects(workspace: Workspace) -> dict[str, str]:
    """Aspects by id."""
    return told_apart({aspect.id: aspect.name for aspect in workspace.catalogue.aspects})


def planned_in(told: Told) -> dict[str, str]:
    """Wave of each planned service, as people call it."""
    return {place.service: told.wave(place.wave) for place in told.document.plan.placements}
