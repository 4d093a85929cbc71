"""What is lost if a service is declined: which gaps reopen, and what can no longer be done without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.ladders import Present
from pmogen.analysis.redundancy import Needs, by_aspect
from pmogen.analysis.services import liftings_here
from pmogen.model.workspace import Workspace


@dataclass(frozen=True)
class Reopened:
    """A gap of which fewer levels are closed: `levels` in all, `alone` by the service itself.

    The rest of `levels` is lost with services that need it.
    """

    aspect: str
    levels: Fraction
    alone: Fraction


@dataclass(frozen=True)
class Loss:
    """What a set of services loses without one of them: gaps by rank, and services that need it, by id."""

    service: str
    reopens: tuple[Reopened, ...]
    stranded: tuple[str, ...]


def losses(
    workspace: Workspace, gaps: tuple[Gap, ...], present: Iterable[str], asked: Iterable[str]
) -> tuple[Loss, ...]:
    """For each service asked about, what `present` (and the service itself) loses without it."""
    every, liftings = frozenset(present), liftings_here(workspace)
    needs, real = Needs.among(workspace, every), tuple(gap for gap in gaps if gap.kind == "gap")
    there, place = Present(real, liftings, every), {gap.aspect: number for number, gap in enumerate(real)}
    found = []
    for service in asked:
        stranded = needs.dependents(service)
        touched = by_aspect((service, *stranded), liftings)
        reopened = []
        for aspect in sorted(touched.keys() & place.keys(), key=place.__getitem__):
            full = there.closed(aspect, service)
            levels = full - there.closed(aspect, without={one.service for one in touched[aspect]})
            if levels:
                alone = full - there.closed(aspect, without=(service,))
                reopened.append(Reopened(aspect, there.levels(aspect, levels), there.levels(aspect, alone)))
        found.append(Loss(service, tuple(reopened), stranded))
    return tuple(found)
