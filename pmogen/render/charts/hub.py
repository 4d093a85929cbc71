"""Layout of the hub: the PMO in the middle, customers on its left, stakeholders on its right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.model.base import exact
from pmogen.model.foundation import Customer, Stakeholder
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, stacked, wrapped
from pmogen.render.charts.parts import MARGIN, WIDTH, explained, heading
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Stroke, across, curve, pixels
from pmogen.render.environment import number, plural
from pmogen.render.links import Links

SIDE, CENTRE = 148, 116
LEADING, SMALL_LEADING = 16, 15

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


def hub_chart(book: Book, links: Links) -> Chart | None:
    """The layout for a playbook with customers or stakeholders."""
    customers = [_customer(entry, links) for entry in book.foundation.customers]
    holders = [_stakeholder(entry) for entry in book.foundation.stakeholders]
    if not customers and not holders:
        return None
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
        title="The PMO and the people around it",
        description=_description(book),
        width=WIDTH,
        height=top + tall + MARGIN,
        letters=12,
        marks=tuple(marks),
    )


def _key(customers: bool, holders: bool) -> Iterator[Shape]:
    yield heading("The PMO and the people around it")
    yield Stroke(across(8, 32, 40), "good", thickness=2)
    yield explained("for it", 38, 40)
    yield Stroke(across(96, 120, 40), "quiet", thickness=2)
    yield explained("neutral", 126, 40)
    yield Stroke(across(198, 222, 40), "medium", thickness=2, dashed=True)
    yield explained("sceptic", 228, 40)
    yield Stroke(across(298, 322, 40), "high", thickness=2, dashed=True)
    yield explained("against it", 328, 40)
    yield Words("Thicker lines: more influence", MARGIN, 66, 12, ink="quiet")
    if customers:
        yield Words("Customers", MARGIN, 90, 14, bold=True)
    if holders:
        yield Words("Stakeholders", WIDTH - MARGIN - SIDE, 90, 14, bold=True)


def _customer(entry: Customer, links: Links) -> Person:
    expects = plural(len(entry.expects), "expectation")
    state = "" if entry.state == "known" else f", {entry.state}"
    about = wrapped(expects + state, SIDE - 16, 12, lines=2)
    name = wrapped(entry.name, SIDE - 16, 13, lines=3, bold=True)
    return Person(name, about, "work", 2, dashed=False, to=links.address("customer", entry.id))


def _stakeholder(entry: Stakeholder) -> Person:
    said = f"{entry.influence} influence, {entry.stance}"
    return Person(
        name=wrapped(entry.role, SIDE - 16, 13, lines=3, bold=True),
        about=wrapped(said, SIDE - 16, 12, lines=2),
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
        lines += wrapped(book.name("roles", member.role), CENTRE - 16, 12, lines=3)
    if len(team) > 8:
        lines.append("and others")
    name = ("PMO", f"{number(sum((exact(member.fte) for member in team), Fraction(0)))} FTE") if team else ("PMO",)
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
    yield from stacked(person.about, Words("", x + 8, words[-1].y + SMALL_LEADING, 12), SMALL_LEADING)


def _description(book: Book) -> str:
    stances = [entry.stance for entry in book.foundation.stakeholders]
    against = sum(stance in ("sceptic", "opponent") for stance in stances)
    return (
        f"Customers: {len(book.foundation.customers)}. Stakeholders: {len(stances)}, of these sceptics and opponents: {against}. "
        "The lists below say the same."
    )
