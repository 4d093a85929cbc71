"""Computed values in hand-written pages: what `{{ gap('pm-skills').size }}` becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pmogen.language import _, pgettext
from pmogen.model.hand_page import FUNCTIONS, ValueName
from pmogen.model.terms import word
from pmogen.render.book import Book
from pmogen.render.environment import level, listed, number
from pmogen.render.markdown import Md

Link = Callable[..., Md]


def value_of(book: Book, name: ValueName, link: Link) -> Md:
    """The value as inert Markdown, or a link to the thing when no field is named.

    What is named exists; what is not known of it (the level of an aspect that was left out) reads "not known".
    """
    if name.function == "figure":
        return Md.escape(_figure(book, name.argument))
    kind, _fields = FUNCTIONS[name.function]
    if not name.field:
        return link(kind, name.argument, _READ[name.function](book, name.argument, _CALLED.get(name.function, "name")))
    return Md.escape(_READ[name.function](book, name.argument, name.field))


_CALLED = {"hand_off": "title"}
"""The field that names a thing, where it is not `name`."""


def _figure(book: Book, name: str) -> Any:
    how = [closure.how for gap in book.gaps if (closure := book.closure(gap.aspect)) is not None]
    figures: dict[str, Any] = {
        "gaps": len(book.gaps),
        "gaps_closed": how.count("fully"),
        "aspects": len(book.playbook.levels),
        "services_planned": len(book.plan.placements),
        "services_live": len(book.live),
        "waves": len(book.waves),
        "hand_offs": len(book.decisions.hand_offs),
        "build_days": number(sum(use.build_days for use in book.plan.uses), 0),
        "run_fte": number(book.explanations.run_after_all().value or 0),
        "assessed_on": book.assessment.date,
        "as_of": book.settings.as_of,
        "version": book.settings.version,
    }
    return figures[name]


def _gap(book: Book, aspect: str, field: str) -> Any:
    gap = book.gap(aspect)
    if field == "name":
        return book.name("aspects", aspect)
    if gap is None:
        return _("not known")
    if field in ("current", "target", "amount"):
        return level(getattr(gap, field))
    found = getattr(gap, field) if gap.kind == "gap" else None
    if field == "rank":
        return found or pgettext("rank of a gap", "none")
    return found or pgettext("size of a gap, or its priority", "none")


def _aspect(book: Book, aspect: str, field: str) -> Any:
    found = book.level(aspect)
    if field == "name":
        return book.name("aspects", aspect)
    return level(getattr(found, field)) if found is not None else _("not known")


def _service(book: Book, service: str, field: str) -> Any:
    entry, placement = book.workspace.service(service), book.placement(service)
    match field:
        case "decision":
            return word("decision", book.decision_state(service))
        case "wave":
            wave = book.wave(placement.wave) if placement else None
            return wave.name if wave else _("no wave yet")
        case "days":
            return number(book.expected_days(service))
        case "fte":
            return number(entry.run_fte, 2)
    return getattr(entry, field)


def _wave(book: Book, wave: str, field: str) -> Any:
    entry = book.wave(wave)
    if field == "services":
        services = [book.name("services", placement.service) for placement in book.wave_services(wave)]
        return listed(services) if services else pgettext("services of a wave", "nothing")
    value = getattr(entry, field)
    match field:
        case "status":
            return word("status", value)
        case "fte":
            return number(value)
    return value


def _hand_off(book: Book, hand_off: str, field: str) -> Any:
    value = getattr(book.hand_off(hand_off), field)
    return word("status", value) if field == "status" else value


def _name(kind: str) -> Callable[[Book, str, str], Any]:
    return lambda book, identifier, _field: book.name(kind, identifier)


def _entity(book: Book, entity: str, field: str) -> Any:
    return getattr(book.entity(entity), field)


_READ: dict[str, Callable[[Book, str, str], Any]] = {
    "gap": _gap,
    "aspect": _aspect,
    "service": _service,
    "wave": _wave,
    "audience": _name("audiences"),
    "entity": _entity,
    "hand_off": _hand_off,
}
