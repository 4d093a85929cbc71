"""Layout of the gap chart: where every row has its words, its two dots and its letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from pmogen.analysis.gaps import Gap
from pmogen.analysis.levels import AspectLevel
from pmogen.language import _, pgettext
from pmogen.model.terms import word
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, plain, stacked, width, wrapped
from pmogen.render.charts.parts import (
    INKS,
    LETTERS,
    MARGIN,
    SMALL,
    WIDTH,
    banner,
    explained,
    heading,
    key_row,
    level_axis,
    scale,
)
from pmogen.render.charts.shapes import Box, Chart, Disc, Mark, Shape, Sign
from pmogen.render.environment import level
from pmogen.render.links import Links

FIRST_LEVEL, LEVEL_STEP = 41, 76
GAP_COLUMN, PRIORITY_COLUMN = 407, 451
RING, DOT = 6, 5

NAME_SIZE, NAME_LEADING = 14, 18

THICKNESS = {"H": 5, "M": 3.5, "L": 2}
"""Line widths say the size again, for eyes and printers without colour."""


def gap_chart(book: Book, links: Links) -> Chart:
    """The layout for a playbook."""
    axis = tuple(level_axis(book, 84, _place, LEVEL_STEP))
    letters = tuple(
        Words(text, x, 100, SMALL, "middle", ink="quiet")
        for x, text in ((GAP_COLUMN, _("gap")), (PRIORITY_COLUMN, pgettext("head of a narrow column", "priority")))
    )
    parts = tuple(_parts(book, links, max(word.y for word in axis) + 10))
    return Chart(
        name="gaps",
        title=_("Where we are and where we want to be"),
        description=_description(book),
        width=WIDTH,
        height=(parts[-1].bottom if parts else axis[-1].y) + MARGIN,
        marks=(_key(), Mark("axis", (*axis, *letters)), *(mark for part in parts for mark in part.marks)),
        signs=_signs(),
    )


def _signs() -> dict[str, tuple[Shape, ...]]:
    """Letters and pairs of them for gap and priority, the scale, and the two dots in every ink."""
    signs: dict[str, tuple[Shape, ...]] = {**LETTERS, "scale": (scale([LEVEL_STEP * number for number in range(5)]),)}
    for size, priority in product(LETTERS, repeat=2):
        signs[size + priority] = (Sign(size, 0, 0), Sign(priority, PRIORITY_COLUMN - GAP_COLUMN, 0))
    for ink in (*INKS.values(), "good", "quiet"):
        signs[f"today-{ink}"] = (Disc(0, 0, RING, ink, filled=False, thickness=2.5),)
        signs[f"target-{ink}"] = (Disc(0, 0, DOT, ink),)
    return signs


def _key() -> Mark:
    y = 40
    entries = key_row(
        (10, lambda x: (Sign("today-quiet", x + 6, y), explained(_("today"), x + 18, y))),
        (85, lambda x: (Sign("target-quiet", x + 5, y), explained(_("target"), x + 15, y))),
        (172, lambda x: (Sign("H", x + 11, y), explained(word("size", "H"), x + 27, y))),
        (246, lambda x: (Sign("M", x + 11, y), explained(word("size", "M"), x + 27, y))),
        (342, lambda x: (Sign("L", x + 11, y), explained(word("size", "L"), x + 27, y))),
    )
    return Mark("key", (heading(_("Where we are and where we want to be")), *entries))


def _description(book: Book) -> str:
    high = sum(gap.size == "H" for gap in book.gaps)
    said = _(
        "Aspects assessed: {aspects}. With a gap: {gaps}, of these large: {large}.",
        aspects=len(book.playbook.levels),
        gaps=len(book.gaps),
        large=high,
    )
    if not book.gaps:
        return said
    first = book.gaps[0]
    name = plain(book.name("aspects", first.aspect))
    today, target = level(first.current), level(first.target)
    rank = _("First in rank: {aspect}, today {today}, target {target}.", aspect=name, today=today, target=target)
    return f"{said} {rank}"


def _place(number: Fraction | int) -> float:
    return FIRST_LEVEL + LEVEL_STEP * float(number - 1)


@dataclass(frozen=True)
class Part:
    """Rows under a heading, and where they end."""

    marks: tuple[Mark, ...]
    bottom: float


def _parts(book: Book, links: Links, top: float) -> Iterator[Part]:
    """Gaps by rank, then what is at its target or above, then what nobody could answer."""
    gaps = book.playbook.gaps
    rest = [gap for gap in gaps if gap.kind != "gap"]
    unknown = [found for found in book.playbook.levels if found.current is None]
    for title, rows in (
        (_("Gaps, the most important first"), [_entry(book, links, gap) for gap in book.gaps]),
        (_("At the target or above it"), [_entry(book, links, gap) for gap in rest]),
        (_("Not known yet"), [_silent(book, links, each) for each in unknown]),
    ):
        if rows:
            part = _part(title, rows, top)
            yield part
            top = part.bottom


@dataclass(frozen=True)
class Entry:
    """What a row says, before it has a place. Without answers there is neither `today` nor `gap`."""

    name: str
    today: Fraction | None
    target: Fraction
    to: str
    gap: Gap | None = None

    @property
    def figures(self) -> str:
        if self.today is None:
            return _("target {level}", level=level(self.target))
        if self.gap and self.gap.kind == "gap":
            return f"{level(self.today)} → {level(self.target)}"
        return _("{today}, needs {target}", today=level(self.today), target=level(self.target))

    @property
    def verdict(self) -> str:
        """What stands in place of letters."""
        if self.gap is None:
            return _("no answer")
        return {"gap": "", "strength": _("strength"), "none": _("on target")}[self.gap.kind]


def _entry(book: Book, links: Links, gap: Gap) -> Entry:
    number = f"{gap.rank}. " if gap.rank else ""
    name = number + book.name("aspects", gap.aspect)
    return Entry(name, gap.current, gap.target, links.address("gap", gap.aspect), gap)


def _silent(book: Book, links: Links, found: AspectLevel) -> Entry:
    return Entry(book.name("aspects", found.aspect), None, found.target, links.address("aspect", found.aspect))


def _part(title: str, entries: Iterable[Entry], top: float) -> Part:
    marks = [Mark("part", (*banner(title, top, WIDTH),))]
    y = top + 30
    for entry in entries:
        mark, bottom = _row(entry, y)
        marks.append(mark)
        y = bottom + 24
    return Part(tuple(marks), y)


def _row(entry: Entry, top: float) -> tuple[Mark, float]:
    """The row and the middle of its line."""
    figures = Words(entry.figures, WIDTH - MARGIN, top + 12, NAME_SIZE, "end", ink="quiet")
    room = WIDTH - 2 * MARGIN - width(entry.figures, NAME_SIZE) - 10
    names = wrapped(entry.name, room, NAME_SIZE, lines=3)
    words = stacked(names, Words("", MARGIN, top + 12, NAME_SIZE), NAME_LEADING)
    y = words[-1].y + 16
    return Mark("row", (*words, figures, *_line(entry, y), *_verdict(entry, y)), _spoken(entry), entry.to), y


def _line(entry: Entry, y: float) -> Iterator[Shape]:
    """The scale with what lies between today and target; the dots on top."""
    size = entry.gap.size if entry.gap else None
    ink = INKS[size] if size else "good" if entry.gap else "quiet"
    yield Sign("scale", FIRST_LEVEL, y)
    target = _place(entry.target)
    if entry.today is not None:
        between = _between(_place(entry.today), target)
        if between:
            high = THICKNESS[size] if size else 2
            yield Box(between[0], y - high / 2, between[1] - between[0], high, ink, filled=True)
    yield Sign(f"target-{ink}", target, y)
    if entry.today is not None:
        yield Sign(f"today-{ink}", _place(entry.today), y)


def _verdict(entry: Entry, y: float) -> Iterator[Shape]:
    """Letters for gap and priority, or the word that stands in their place."""
    if entry.verdict:
        ink = "good" if entry.gap else "quiet"
        yield Words(entry.verdict, (GAP_COLUMN + PRIORITY_COLUMN) / 2, y + 5, NAME_SIZE - 1, "middle", ink=ink)
    if entry.gap is not None and entry.gap.size is not None:
        yield Sign(entry.gap.size + entry.gap.priority, GAP_COLUMN, y)


def _between(today: float, target: float) -> tuple[float, float] | None:
    """From the edge of the ring to the edge of the dot; nothing where they touch."""
    edge = RING + 1.25
    if abs(target - today) <= edge + DOT:
        return None
    return (today + edge, target - DOT) if today < target else (target + DOT, today - edge)


def _spoken(entry: Entry) -> str:
    """What the words of the row do not say."""
    if entry.gap is None or entry.gap.size is None:
        return ""
    return _("gap {size}, priority {priority}", size=entry.gap.size, priority=entry.gap.priority)
