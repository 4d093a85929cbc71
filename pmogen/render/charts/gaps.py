"""Layout of the gap chart: where every row has its words, its two dots and its letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.render.book import Book
from pmogen.render.charts.lettering import Words, plain, stacked, width, wrapped
from pmogen.render.environment import level

WIDTH = 480
MARGIN = 8
FIRST_LEVEL, LEVEL_STEP = 41, 76
GAP_COLUMN, PRIORITY_COLUMN = 407, 451
RING, DOT = 7, 5

NAME_SIZE, SMALL = 14, 12
NAME_LEADING, SMALL_LEADING = 18, 14

INKS = {"H": "high", "M": "medium", "L": "low"}
THICKNESS = {"H": 5, "M": 3.5, "L": 2}
"""Line widths say the size again, for eyes and printers without colour."""


@dataclass(frozen=True)
class Letter:
    """A letter in a box: H is filled, M has a thick frame, L a thin one."""

    size: str
    ink: str
    x: float
    y: float


@dataclass(frozen=True)
class Row:
    """One aspect. `today` and `target` are places on the axis; `line` is what lies between the dots, if anything."""

    title: str
    words: tuple[Words, ...]
    y: float
    ink: str
    thickness: float
    today: float | None
    target: float
    line: tuple[float, float] | None
    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class Part:
    """Rows under a heading."""

    heading: Words
    rows: tuple[Row, ...]
    top: float
    bottom: float


@dataclass(frozen=True)
class GapChart:
    """All places of the picture, in pixels."""

    title: str
    description: str
    width: float
    height: float
    levels: tuple[float, ...]
    axis: tuple[Words, ...]
    key: float
    parts: tuple[Part, ...]


def gap_chart(book: Book) -> GapChart:
    """The layout for a playbook."""
    axis = tuple(_axis(book, top=84))
    parts = tuple(_parts(book, top=max(word.y for word in axis) + 10))
    return GapChart(
        title="Where we are and where we want to be",
        description=_description(book),
        width=WIDTH,
        height=(parts[-1].bottom if parts else axis[-1].y) + MARGIN,
        levels=tuple(_place(number) for number in range(1, 6)),
        axis=axis,
        key=44,
        parts=parts,
    )


def _description(book: Book) -> str:
    high = sum(gap.size == "H" for gap in book.gaps)
    said = f"Aspects assessed: {len(book.playbook.levels)}. With a gap: {len(book.gaps)}, of these large: {high}."
    if not book.gaps:
        return said
    first = book.gaps[0]
    name = plain(book.name("aspects", first.aspect))
    return f"{said} First in rank: {name}, today {level(first.current)}, target {level(first.target)}."


def _place(number: Fraction | int) -> float:
    return FIRST_LEVEL + LEVEL_STEP * float(number - 1)


def _axis(book: Book, top: float) -> Iterator[Words]:
    """Numbers and names of the levels, and what the letters on the right mean."""
    for entry in book.method.levels:
        x = _place(entry.level)
        yield Words(str(entry.level), x, top, NAME_SIZE, "middle", bold=True)
        names = wrapped(entry.name, LEVEL_STEP - 4, SMALL, lines=2)
        yield from stacked(names, Words("", x, top + 16, SMALL, "middle", ink="quiet"), SMALL_LEADING)
    for x, text in ((GAP_COLUMN, "gap"), (PRIORITY_COLUMN, "priority")):
        yield Words(text, x, top + 16, SMALL, "middle", ink="quiet")


def _parts(book: Book, top: float) -> Iterator[Part]:
    """Gaps by rank, then what is at its target or above, then what nobody could answer."""
    gaps = book.playbook.gaps
    rest = [gap for gap in gaps if gap.kind != "gap"]
    unknown = [found for found in book.playbook.levels if found.current is None]
    for heading, rows in (
        ("Gaps, the most important first", [_entry(book, gap) for gap in book.gaps]),
        ("At the target or above it", [_entry(book, gap) for gap in rest]),
        ("Not known yet", [Entry(book.name("aspects", each.aspect), None, each.target) for each in unknown]),
    ):
        if rows:
            part = _part(heading, rows, top)
            yield part
            top = part.bottom


@dataclass(frozen=True)
class Entry:
    """What a row says, before it has a place. Without answers there is neither `today` nor `gap`."""

    name: str
    today: Fraction | None
    target: Fraction
    gap: Gap | None = None

    @property
    def figures(self) -> str:
        if self.today is None:
            return f"target {level(self.target)}"
        between = " → " if self.gap and self.gap.kind == "gap" else ", needs "
        return level(self.today) + between + level(self.target)

    @property
    def verdict(self) -> str:
        """What stands in place of letters."""
        if self.gap is None:
            return "no answer"
        return {"gap": "", "strength": "strength", "none": "on target"}[self.gap.kind]


def _entry(book: Book, gap: Gap) -> Entry:
    number = f"{gap.rank}. " if gap.rank else ""
    return Entry(number + book.name("aspects", gap.aspect), gap.current, gap.target, gap)


def _part(heading: str, entries: Iterable[Entry], top: float) -> Part:
    rows: list[Row] = []
    y = top + 30
    for entry in entries:
        rows.append(_row(entry, y))
        y = rows[-1].y + 24
    words = Words(heading, MARGIN, top + 17, NAME_SIZE, bold=True)
    return Part(words, tuple(rows), top, y)


def _row(entry: Entry, top: float) -> Row:
    figures = Words(entry.figures, WIDTH - MARGIN, top + 12, NAME_SIZE - 1, "end", ink="quiet")
    room = WIDTH - 2 * MARGIN - width(entry.figures, NAME_SIZE - 1) - 10
    names = wrapped(entry.name, room, NAME_SIZE, lines=3)
    words = stacked(names, Words("", MARGIN, top + 12, NAME_SIZE), NAME_LEADING)
    y = words[-1].y + 16
    size = entry.gap.size if entry.gap else None
    if entry.verdict:
        ink = "good" if entry.gap else "quiet"
        middle = (GAP_COLUMN + PRIORITY_COLUMN) / 2
        words += (Words(entry.verdict, middle, y + 5, NAME_SIZE - 1, "middle", ink=ink),)
    today = None if entry.today is None else _place(entry.today)
    return Row(
        title=_spoken(entry),
        words=(*words, figures),
        y=y,
        ink=INKS[size] if size else "good" if entry.gap else "quiet",
        thickness=THICKNESS[size] if size else 2,
        today=today,
        target=_place(entry.target),
        line=None if today is None else _between(today, _place(entry.target)),
        letters=tuple(_letters(entry.gap, y)) if entry.gap else (),
    )


def _letters(gap: Gap, y: float) -> Iterator[Letter]:
    if gap.size is not None:
        yield Letter(gap.size, INKS[gap.size], GAP_COLUMN, y)
        yield Letter(gap.priority, INKS[gap.priority], PRIORITY_COLUMN, y)


def _between(today: float, target: float) -> tuple[float, float] | None:
    """From the edge of the ring to the edge of the dot; nothing where they touch."""
    if abs(target - today) <= RING + DOT:
        return None
    return (today + RING, target - DOT) if today < target else (target + DOT, today - RING)


def _spoken(entry: Entry) -> str:
    today = "today not known" if entry.today is None else f"today {level(entry.today)}"
    said = f"{plain(entry.name)}: {today}, target {level(entry.target)}"
    if entry.gap is None or entry.gap.size is None:
        return f"{said}, {entry.verdict}"
    return f"{said}, gap {entry.gap.size}, priority {entry.gap.priority}"
