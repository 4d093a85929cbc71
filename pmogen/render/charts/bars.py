"""Bars of the roadmap: what each shows, and how they share lines without touching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pmogen.model.roadmap import Wave
from pmogen.planning.plan import Placement
from pmogen.render.charts.lettering import Words, plain, stacked, wrapped

NAME_SIZE, NAME_LEADING = 14, 17
INSET = 4
MARK = 8
"""Half the width and height of the launch mark."""

RING = 11
"""Radius of the ring around the launch mark of a pinned service."""

CLEARANCE = 20
"""What is free between bars on one line, and their names."""


@dataclass(frozen=True)
class Column:
    """A wave: its stripe and the words on top of it."""

    wave: Wave
    number: int
    x: float
    width: float
    words: tuple[Words, ...]

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Bar:
    """A service: its name above the stretches in which it is built, the joins between them and the launch mark.

    `y` is the middle of the bar; the name is there once `set_down` has given the bar its line.
    """

    title: str
    words: tuple[Words, ...]
    y: float
    stretches: tuple[tuple[float, float], ...]
    joins: tuple[tuple[float, float], ...]
    launch: float
    live: bool
    pinned: bool

    @property
    def left(self) -> float:
        """The outermost pixel of bar and name."""
        return min(self.words[0].x, self.launch - RING, *(start for start, _ in (*self.stretches, *self.joins)))

    @property
    def right(self) -> float:
        """The outermost pixel of bar and name."""
        return max(self.launch + RING, *(word.x + word.width for word in self.words))


def bar(name: str, placement: Placement, columns: tuple[Column, ...]) -> Bar:
    """The bar of a placed service, on line 0. It runs from the first wave with work to the launch."""
    by_wave = {column.wave.id: column for column in columns}
    launch = by_wave[placement.wave]
    built = sorted((by_wave[work.wave] for work in placement.work if work.days > 0), key=lambda column: column.number)
    mark = launch.right - MARK - INSET
    end = mark - (RING if placement.pinned else MARK) - 2
    stretches = tuple(_stretches(built, end))
    starts = min(built[0].x if built else launch.x, launch.x) + INSET
    return Bar(
        title=_spoken(name, placement, launch, built),
        words=_label(_with_state(name, placement), starts, columns[-1].right),
        y=0,
        stretches=stretches,
        joins=tuple(_joins(stretches, end)),
        launch=mark,
        live=placement.frozen,
        pinned=placement.pinned,
    )


def _stretches(built: list[Column], end: float) -> Iterator[tuple[float, float]]:
    """Neighbouring waves with work as one piece each; none goes beyond `end`."""
    start: float | None = None
    for column, following in zip(built, (*built[1:], None), strict=True):
        start = column.x + INSET if start is None else start
        if following is None or following.number > column.number + 1:
            yield start, min(column.right - INSET, end)
            start = None


def _joins(stretches: tuple[tuple[float, float], ...], end: float) -> Iterator[tuple[float, float]]:
    """The thin line over waves without work, up to the launch."""
    for (_, left), (right, _) in zip(stretches, (*stretches[1:], (end, end)), strict=True):
        if right > left:
            yield left, right


def _with_state(name: str, placement: Placement) -> str:
    states = [word for word, holds in (("live", placement.frozen), ("pinned", placement.pinned)) if holds]
    return f"{name} ({', '.join(states)})" if states else name


def _label(text: str, starts: float, right: float) -> tuple[Words, ...]:
    """The name, from the bar's beginning or as far to the left of it as its length asks for."""
    left = INSET * 2
    lines = stacked(wrapped(text, right - left, NAME_SIZE, lines=2), Words("", left, 0, NAME_SIZE), NAME_LEADING)
    x = max(left, min(starts, right - max(line.width for line in lines)))
    return tuple(replace(line, x=x) for line in lines)


def _spoken(name: str, placement: Placement, launch: Column, built: list[Column]) -> str:
    said = f"{plain(name)}: launch in wave {launch.number}"
    if built:
        said += f", work in wave {' and '.join(str(column.number) for column in built)}"
    return said + (", live" if placement.frozen else "") + (", pinned" if placement.pinned else "")


def set_down(bar: Bar, y: float) -> Bar:
    """The bar on its line, its name above it."""
    first = y - (RING if bar.pinned else MARK) - 4 - (len(bar.words) - 1) * NAME_LEADING
    words = (replace(word, y=first + number * NAME_LEADING) for number, word in enumerate(bar.words))
    return replace(bar, y=y, words=tuple(words))


def tracks(bars: Iterable[Bar]) -> list[list[Bar]]:
    """Bars that share a line: each takes the first line where neither it nor its name comes near another."""
    found: list[list[Bar]] = []
    for each in bars:
        free = (track for track in found if all(_clear(each, other) for other in track))
        track = next(free, None)
        if track is None:
            found.append([each])
        else:
            track.append(each)
    return found


def _clear(one: Bar, other: Bar) -> bool:
    return one.left >= other.right + CLEARANCE or other.left >= one.right + CLEARANCE
