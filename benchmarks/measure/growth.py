"""How what a command or a stage takes grows with the number of services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from measure.figures import Commands, watched
from measure.rounds import exponent

PLANNING = ("plan, proven", "plan", "stage plan")
"""What may grow faster."""

_LARGE = 300
"""From here on, starting up no longer hides how the rest grows."""
_SEEN_SECONDS = 0.1


@dataclass(frozen=True)
class Growth:
    """How fast something grows, and whether there is a target for it."""

    name: str
    exponent: float
    seconds: float
    """At the largest size."""

    @property
    def limited(self) -> bool:
        """Planning may grow faster, and of what takes no time at all nobody can say how it grows."""
        return self.name not in PLANNING and self.seconds >= _SEEN_SECONDS


def growths(services: Mapping[int, Commands]) -> Iterator[Growth]:
    """How each command and each stage grows: fitted to the sizes of 300 services and more, where there are two of them."""
    large = [size for size in services if size >= _LARGE]
    sizes = large if len(large) > 1 else list(services)
    if len(sizes) < 2:
        return
    found = {size: dict(_medians(services[size])) for size in sizes}
    for name in found[sizes[0]]:
        series = {size: medians[name] for size, medians in found.items() if name in medians}
        if len(series) > 1:
            yield Growth(name, exponent(list(series), list(series.values())), series[max(series)])


def _medians(commands: Commands) -> Iterator[tuple[str, float]]:
    """The median seconds of commands, and of the stages of a build."""
    for name, found in commands.items():
        yield name, median(found.seconds)
    for stage, seconds in watched(commands).stages.items() if {"build", "pages"} & commands.keys() else ():
        yield f"stage {stage}", median(seconds)
