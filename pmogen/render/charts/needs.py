"""Layout of the prerequisites: the whole graph where it can be read, and the neighbourhood of each service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.language import _, pgettext
from pmogen.model.catalogue import Service
from pmogen.model.terms import word
from pmogen.render.book import Book
from pmogen.render.charts.layers import Layers, Point, heights, layered
from pmogen.render.charts.lettering import Words, stacked, width, wrapped
from pmogen.render.charts.parts import MARGIN, SMALL, WIDTH, explained, heading, key_row
from pmogen.render.charts.shapes import Box, Chart, Mark, Shape, Sign, Stroke, curve, pixels
from pmogen.render.links import Links

MOST = 60
"""Services that one graph can hold and still be read."""

BOX, HIGH = 168, 58
GAP, APART = 36, 8
BEND = 12
"""Room that a line takes where it passes a layer."""

NEIGHBOUR, WAY = 136, 28


def _edges(book: Book) -> list[tuple[str, str]]:
    return [(other, service.id) for service in book.catalogue.services for other in needed(book, service)]


def is_readable(book: Book) -> bool:
    """Whether there are prerequisites, and not too many for one graph."""
    return 0 < len({node for edge in _edges(book) for node in edge}) <= MOST


def needs_chart(book: Book, links: Links) -> Chart:
    """The layout of all prerequisites."""
    edges = _edges(book)
    nodes = {node for edge in edges for node in edge}
    title = _("Which service needs which")
    found = layered(edges)
    wide = 2 * MARGIN + len(found.layers) * BOX + (len(found.layers) - 1) * GAP
    places = _places(found, 64)
    bottom = max(y for _x, y in places.values()) + HIGH / 2
    lines = "".join(_curve([places[point] for point in way]) for way in found.ways.values())
    marks = [
        Mark("key", (heading(title), *_key())),
        Mark("lines", (Stroke(lines, "quiet"),)),
        *(
            Mark("", tuple(_node(book, point[0], *places[point])), to=links.address("service", point[0]))
            for layer in found.layers
            for point in layer
            if len(point) == 1
        ),
    ]
    return Chart(
        name="needs",
        title=title,
        description=_(
            "Services: {services}. Prerequisites: {needs}. What is needed stands left of what needs it; "
            "lines that follow from others are left out.",
            services=len(nodes),
            needs=len(edges),
        ),
        width=max(wide, WIDTH),
        height=bottom + MARGIN,
        letters=SMALL,
        marks=tuple(marks),
        signs=_signs(book),
    )


def needed(book: Book, service: Service) -> tuple[str, ...]:
    """Services that this one needs, in an earlier wave or the same."""
    return tuple(other for other in (*service.requires, *service.requires_same_wave) if book.service(other) is not None)


def _key() -> Iterator[Shape]:
    placed, absent = _("in the roadmap, with its wave"), _("in no wave")
    yield from key_row(
        (8, lambda x: (Box(x, 32, 28, 16, "work", thickness=2), explained(placed, x + 34, 40))),
        (258, lambda x: (Box(x, 32, 28, 16, "quiet", dashed=True), explained(absent, x + 34, 40))),
    )


def _signs(book: Book) -> dict[str, tuple[Shape, ...]]:
    """The box of a service: one for each wave, and one for those in no wave."""
    signs: dict[str, tuple[Shape, ...]] = {
        "planned": (Box(0, 0, BOX, HIGH, "work", thickness=2, round=3),),
        "w0": (Box(0, 0, BOX, HIGH, "quiet", dashed=True, round=3),),
    }
    for number in range(1, len(book.waves) + 1):
        wave = Words(str(number), BOX - 6, 17, SMALL, "end", bold=True, ink="work")
        signs[f"w{number}"] = (Sign("planned", 0, 0), wave)
    return signs


def _places(found: Layers, top: float) -> dict[Point, tuple[float, float]]:
    """The left end and the middle of each point, in whole pixels."""
    middles = heights(found, _room)
    return {
        point: (MARGIN + number * (BOX + GAP), round(top + middles[point]))
        for number, layer in enumerate(found.layers)
        for point in layer
    }


def _room(point: Point) -> float:
    return HIGH + APART if len(point) == 1 else BEND


def _curve(places: list[tuple[float, float]]) -> str:
    """From the right edge of a box through the bends to the left edge of another."""
    (x, y), *others = places
    path, x = f"M{pixels(x + BOX)} {pixels(y)}", x + BOX
    for number, (to, goal) in enumerate(others):
        path += curve(to - x, goal - y)
        if number < len(others) - 1:
            path += f"h{BOX}"
        x, y = to + BOX, goal
    return path


def _node(book: Book, service: str, x: float, middle: float) -> Iterator[Shape]:
    placement = book.placement(service)
    number = book.wave_number(placement.wave) if placement else 0
    yield Sign(f"w{number}", x, middle - HIGH / 2)
    room = BOX - 14 - (width(str(number), SMALL, bold=True) + 3 if number else 0)
    lines = wrapped(book.name("services", service), room, SMALL, lines=3)
    yield from stacked(lines, Words("", x + 7, middle + 5 - (len(lines) - 1) * 8, SMALL), 16)


# the neighbourhood of one service


@dataclass(frozen=True)
class Neighbour:
    """A box of the neighbourhood: the lines of the name, where the service is in the roadmap, and its page."""

    name: tuple[str, ...]
    about: str
    planned: bool
    to: str

    @property
    def height(self) -> float:
        return len(self.name) * 16 + 32


def has_neighbours(book: Book, service: Service) -> bool:
    """Whether the service needs another one, or another needs it."""
    return bool(needed(book, service) or book.needed_by(service.id))


def neighbourhood(book: Book, links: Links, service: Service) -> Chart:
    """What the service needs and what needs it."""
    before = [_neighbour(book, links, other) for other in needed(book, service)]
    after = [_neighbour(book, links, other.id) for other in book.needed_by(service.id)]
    own = _neighbour(book, links, service.id)
    tall = max(_tall(before), _tall(after), own.height)
    middle = 66 + tall / 2
    columns = [MARGIN + place * (NEIGHBOUR + WAY) for place in range(3)]
    title = _("What it needs, and what needs it")
    columns_said = (
        (pgettext("above what a service needs", "needs"), before),
        (_("this service"), [own]),
        (pgettext("above what needs a service", "is needed by"), after),
    )
    heads = (
        Words(text, columns[place], 52, 13, ink="quiet") for place, (text, shown) in enumerate(columns_said) if shown
    )
    return Chart(
        name=f"needs-{service.id}",
        title=title,
        description=_(
            "Needs {before} and is needed by {after}. The lists say the same.", before=len(before), after=len(after)
        ),
        width=WIDTH,
        height=66 + tall + MARGIN,
        letters=13,
        marks=(
            Mark("key", (heading(title), *heads)),
            *_side(before, columns[0], columns[1], middle, forward=False),
            Mark("own", tuple(_box(own, columns[1], middle - own.height / 2, own=True))),
            *_side(after, columns[2], columns[1], middle, forward=True),
        ),
        template="needs",
    )


def _neighbour(book: Book, links: Links, service: str) -> Neighbour:
    placement = book.placement(service)
    about = _("in no wave")
    if placement is not None:
        wave = _("wave {number}", number=book.wave_number(placement.wave))
        about = pgettext("a service", "live") if placement.frozen else wave
    elif book.decision_state(service) == "decline":
        about = word("decision", "decline")
    name = wrapped(book.name("services", service), NEIGHBOUR - 16, 13, lines=4)
    return Neighbour(name, about, placement is not None, links.address("service", service))


def _tall(listed: list[Neighbour]) -> float:
    return sum(each.height + APART for each in listed) - APART


def _side(listed: list[Neighbour], x: float, own: float, middle: float, *, forward: bool) -> Iterator[Mark]:
    """Boxes below each other with arrows to this service, or from it."""
    y = middle - _tall(listed) / 2
    for each in listed:
        here = y + each.height / 2
        ends = ((own + NEIGHBOUR, middle), (x, here)) if forward else ((x + NEIGHBOUR, here), (own, middle))
        yield Mark("node", (*_arrow(*ends), *_box(each, x, y)), to=each.to)
        y += each.height + APART


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Shape]:
    (x, y), (to, goal) = start, (end[0] - 7, end[1])
    yield Stroke(f"M{pixels(x)} {pixels(y)}{curve(to - x, goal - y)}", "quiet", thickness=1.5)
    yield Stroke(f"M{pixels(to + 7)} {pixels(goal)}l-8 -4v8z", "quiet", filled=True)


def _box(each: Neighbour, x: float, y: float, *, own: bool = False) -> Iterator[Shape]:
    ink = "work" if each.planned else "quiet"
    yield Box(x, y, NEIGHBOUR, each.height, ink, thickness=3 if own else 1.5, dashed=not each.planned, round=4)
    words = stacked(each.name, Words("", x + 8, y + 20, 13), 16)
    yield from words
    yield Words(each.about, x + 8, words[-1].y + 16, SMALL, ink=ink)
