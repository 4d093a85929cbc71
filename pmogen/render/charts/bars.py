"""Bars of the roadmap: what each shows, and how they share lines without touching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pmogen.language import _, pgettext, spoken
from pmogen.model.roadmap import Wave
from pmogen.planning.plan import Placement
from pmogen.render.charts.lettering import Words, plain, stacked, wrapped
from pmogen.render.charts.shapes import Box, Disc, Mark, Shape, Sign, Stroke, across

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
    to: str

    @cached_property
    def left(self) -> float:
        """The outermost pixel of bar and name."""
        return min(
            *(word.left for word in self.words),
            self.launch - RING,
            *(start for start, _end in (*self.stretches, *self.joins)),
        )

    @cached_property
    def right(self) -> float:
        """The outermost pixel of bar and name."""
        return max(self.launch + RING, *(word.right for word in self.words))

    @property
    def mark(self) -> Mark:
        """The bar as it is drawn."""
        ink = "quiet" if self.live else "work"
        shapes: list[Shape] = [*self.words]
        shapes += [Stroke(across(left, right, self.y), ink, thickness=2) for left, right in self.joins]
        shapes += [piece(left, right, self.y, self.live) for left, right in self.stretches]
        shapes.append(Sign("live" if self.live else "launch", self.launch, self.y))
        if self.pinned:
            shapes.append(Sign("pin", self.launch, self.y))
        return Mark("bar", tuple(shapes), self.title, self.to)


SIGNS: dict[str, tuple[Shape, ...]] = {
    "launch": (Stroke("M-8 0l8 -8 8 8 -8 8z", "work", filled=True),),
    "live": (Stroke("M-8 0l8 -8 8 8 -8 8z", "quiet", thickness=2),),
    "pin": (Disc(0, 0, RING, "text", filled=False, thickness=2),),
}


def piece(left: float, right: float, y: float, live: bool) -> Box:
    """A stretch of work: filled, or a dashed frame once it is over."""
    ink = "quiet" if live else "work"
    return Box(left, y - 4, right - left, 8, ink, filled=not live, thickness=1.5, dashed=live, round=2)


def bar(name: str, placement: Placement, columns: tuple[Column, ...], to: str = "") -> Bar:
    """The bar of a placed service, on line 0. It runs from the first wave with work to the launch."""
    by_wave = {column.wave.id: column for column in columns}
    launch = by_wave[placement.wave]
    built = sorted((by_wave[work.wave] for work in placement.work if work.days > 0), key=lambda column: column.number)
    mark = launch.right - MARK - INSET
    end = mark - (RING if placement.pinned else MARK) - 2
    stretches = tuple(_stretches(built, end))
    starts = min(built[0].x if built else launch.x, launch.x) + INSET
    return Bar(
        title=_spoken(launch, built),
        words=_label(plain(_with_state(name, placement)), starts, mark + MARK, columns[-1].right),
        y=0,
        stretches=stretches,
        joins=tuple(_joins(stretches, end)),
        launch=mark,
        live=placement.frozen,
        pinned=placement.pinned,
        to=to,
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
    for (_start, left), (right, _end) in zip(stretches, (*stretches[1:], (end, end)), strict=True):
        if right > left:
            yield left, right


def _with_state(name: str, placement: Placement) -> str:
    live, pinned = pgettext("a service", "live"), pgettext("a service", "pinned")
    states = [word for word, holds in ((live, placement.frozen), (pinned, placement.pinned)) if holds]
    return f"{name} ({', '.join(states)})" if states else name


def _label(text: str, starts: float, ends: float, right: float) -> tuple[Words, ...]:
    """The name: from the bar's beginning, or where that leaves too little room, up to its end, or over the whole chart."""
    left = INSET * 2
    for first, room in (
        (Words("", starts, 0, NAME_SIZE), right - starts),
        (Words("", ends, 0, NAME_SIZE, "end"), ends - left),
    ):
        broken = wrapped(text, room, NAME_SIZE, lines=2)
        if "".join(broken).replace(" ", "") == text.replace(" ", ""):
            return stacked(broken, first, NAME_LEADING)
    return stacked(wrapped(text, right - left, NAME_SIZE, lines=2), Words("", left, 0, NAME_SIZE), NAME_LEADING)


def _spoken(launch: Column, built: list[Column]) -> str:
    if not built:
        return _("launch in wave {wave}", wave=launch.number)
    (joint,) = spoken().joints(2, "and")
    waves = joint.join(str(column.number) for column in built)
    return _("launch in wave {wave}, work in wave {waves}", wave=launch.number, waves=waves)


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
