"""Layout of the hub: the PMO in the middle, customers on its left, stakeholders on its right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from pmogen.language import _, ngettext, pgettext
from pmogen.model.base import exact
from pmogen.model.foundation import Customer, Stakeholder
from pmogen.model.terms import word
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, wrapped
from pmogen.render.charts.parts import MARGIN, SMALL, WIDTH, explained, heading, key_row
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Stroke, across, curve, pixels
from pmogen.render.environment import number
from pmogen.render.links import Links

SIDE, CENTRE = 148, 120
LEADING, SMALL_LEADING = 16, 16

STANCES = {"sponsor": "good", "supporter": "good", "neutral": "quiet", "sceptic": "medium", "opponent": "high"}
WIDTHS = {"low": 1.0, "medium": 2.0, "high": 3.5}
"""How thick a line is, by influence."""


@dataclass(frozen=True)
class Person:
    """A customer or stakeholder: lines of its box, how it is framed, where it leads."""

    name: tuple[str, ...]
    about: tuple[str, ...]
    ink: str
    thickness: float
    dashed: bool
    to: str

    @property
    def height(self) -> float:
        return len(self.name) * LEADING + len(self.about) * SMALL_LEADING + 16


def has_people(book: Book) -> bool:
    """Whether anybody stands around the PMO."""
    return bool(book.foundation.customers or book.foundation.stakeholders)


def hub_chart(book: Book, links: Links) -> Chart:
    """The layout for a playbook with customers or stakeholders."""
    customers = [_customer(entry, links) for entry in book.foundation.customers]
    holders = [_stakeholder(entry) for entry in book.foundation.stakeholders]
    team = _team(book)
    tall = max(_height(customers), _height(holders), team.height)
    top = 100.0
    middle = top + tall / 2
    left = (WIDTH - CENTRE) / 2
    marks = [
        Mark("key", tuple(_key(bool(customers), bool(holders)))),
        *_column(customers, MARGIN, left, middle),
        Mark("centre", tuple(_box(team, left, middle - team.height / 2, CENTRE)), to=team.to),
        *_column(holders, WIDTH - MARGIN - SIDE, left + CENTRE, middle),
    ]
    return Chart(
        name="hub",
        title=_("The PMO and the people around it"),
        description=_description(book),
        width=WIDTH,
        height=top + tall + MARGIN,
        letters=SMALL,
        marks=tuple(marks),
    )


def _key(customers: bool, holders: bool) -> Iterator[Shape]:
    yield heading(_("The PMO and the people around it"))

    def entry(ink: str, meaning: str, x: float) -> tuple[Shape, ...]:
        line = Stroke(across(x, x + 24, 40), ink, thickness=2, dashed=ink in ("medium", "high"))
        return line, explained(meaning, x + 30, 40)

    yield from key_row(
        (8, partial(entry, "good", _("for it"))),
        (96, partial(entry, "quiet", word("stance", "neutral"))),
        (198, partial(entry, "medium", word("stance", "sceptic"))),
        (298, partial(entry, "high", _("against it"))),
    )
    yield Words(_("Thicker lines: more influence"), MARGIN, 66, SMALL, ink="quiet")
    if customers:
        yield Words(_("Customers"), MARGIN, 90, 14, bold=True)
    if holders:
        yield Words(pgettext("head of a narrow column", "Stakeholders"), WIDTH - MARGIN - SIDE, 90, 14, bold=True)


def _customer(entry: Customer, links: Links) -> Person:
    expects = ngettext("{count} expectation", "{count} expectations", len(entry.expects))
    state = "" if entry.state == "known" else f", {word('state', entry.state)}"
    about = wrapped(expects + state, SIDE - 16, SMALL, lines=2)
    name = wrapped(entry.name, SIDE - 16, 13, lines=3, bold=True)
    return Person(name, about, "work", 2, dashed=False, to=links.address("customer", entry.id))


def _stakeholder(entry: Stakeholder) -> Person:
    influence = {"low": _("low influence"), "medium": _("medium influence"), "high": _("high influence")}
    said = f"{influence[entry.influence]}, {word('stance', entry.stance)}"
    return Person(
        name=wrapped(entry.role, SIDE - 16, 13, lines=3, bold=True),
        about=wrapped(said, SIDE - 16, SMALL, lines=2),
        ink=STANCES[entry.stance],
        thickness=WIDTHS[entry.influence],
        dashed=entry.stance in ("sceptic", "opponent"),
        to=f"foundation/stakeholders.md#stakeholder-{entry.id}",
    )


def _team(book: Book) -> Person:
    """The PMO itself: its positions, as far as it has any."""
    team = book.foundation.team
    lines: list[str] = []
    for member in team[:8]:
        lines += wrapped(book.name("roles", member.role), CENTRE - 16, SMALL, lines=3)
    if len(team) > 8:
        lines.append(_("and others"))
    fte = sum((exact(member.fte) for member in team), Fraction(0))
    name = (_("PMO"), _("{number} FTE", number=number(fte))) if team else (_("PMO"),)
    return Person(name, tuple(lines), "work", 3, dashed=False, to="foundation/team.md")


def _height(people: list[Person]) -> float:
    return sum(person.height + 10 for person in people) - 10


def _column(people: list[Person], x: float, hub: float, middle: float) -> Iterable[Mark]:
    """Boxes below each other around the middle, each with its line to the hub's edge."""
    y = middle - _height(people) / 2
    edge = x + SIDE if x < hub else x
    for person in people:
        own = y + person.height / 2
        path = f"M{pixels(edge)} {pixels(own)}{curve(hub - edge, middle - own)}"
        line = Stroke(path, person.ink, thickness=person.thickness, dashed=person.dashed)
        yield Mark("person", (line, *_box(person, x, y, SIDE)), to=person.to)
        y += person.height + 10


def _box(person: Person, x: float, y: float, wide: float) -> Iterator[Shape]:
    yield Box(x, y, wide, person.height, person.ink, thickness=person.thickness, dashed=person.dashed, round=5)
    words = stacked(person.name, Words("", x + 8, y + 20, 13, bold=True), LEADING)
    yield from words
    yield from stacked(person.about, Words("", x + 8, words[-1].y + SMALL_LEADING, SMALL), SMALL_LEADING)


def _description(book: Book) -> str:
    stances = [entry.stance for entry in book.foundation.stakeholders]
    against = sum(stance in ("sceptic", "opponent") for stance in stances)
    return _(
        "Customers: {customers}. Stakeholders: {stakeholders}, of these sceptics and opponents: {against}. "
        "The lists below say the same.",
        customers=len(book.foundation.customers),
        stakeholders=len(stances),
        against=against,
    )
