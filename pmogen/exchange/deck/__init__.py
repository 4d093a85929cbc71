"""Decks: PowerPoint files with native tables and charts, for a board and for the talk about services."""

from __future__ import annotations

from typing import Literal

from pmogen.exchange.deck.draw import About, foot_of, presentation
from pmogen.exchange.deck.look import look_of, own_look
from pmogen.exchange.deck.services import services_deck
from pmogen.exchange.deck.steering import steering_deck
from pmogen.exchange.told import Told
from pmogen.language import spoken

Kind = Literal["steering", "services"]


def deck_pptx(told: Told, kind: Kind = "steering", template: bytes | None = None, name: str = "") -> bytes:
    """The bytes of a .pptx, in the language that is spoken; the same playbook and template give the same bytes.

    `template` is a presentation whose master, fonts and colours are taken, `name` what people call that file. Raises
    `PmogenError` when it cannot be used.
    """
    settings = told.settings
    deck = {"steering": steering_deck, "services": services_deck}[kind](told)
    look = own_look(settings.colours) if template is None else look_of(template, name)
    foot = foot_of(settings.title, settings.version, told.as_of)
    return presentation(deck, look, About(settings.title, settings.organisation, foot, spoken().code, told.as_of))
