"""What would be chosen if money and time were no limit: the least effort that closes all that can be closed.

Allowed is every service that is not declined and needs none that is. Together they lift each aspect
with a gap to a certain level; wanted is the set with the fewest expected person-days that lifts every
aspect as far, prerequisites included. Live services are there already and cost nothing. Of sets with
equal effort the one with fewer services is taken.

Lifting an aspect to a level means, by the closed form of the projection, that for each ceiling k below
that level (and for today's level) the services that lift beyond k add up to what is missing from k.
So each gap gives one need for each ceiling, and the question is a covering problem (`covering`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from pmogen.analysis.covering import cheapest_cover
from pmogen.analysis.covering_state import Covering, Need
from pmogen.analysis.gaps import Gap
from pmogen.analysis.ladders import closed_together, whole
from pmogen.analysis.launched import live_services
from pmogen.analysis.once import once
from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import decision_on, expected_days, liftings_here
from pmogen.analysis.trace import Trace, in_words
from pmogen.language import _
from pmogen.model.base import exact
from pmogen.model.catalogue import Service
from pmogen.model.workspace import Workspace

BRANCHES = 400
"""Branches of the search at most; the example takes about 50. Beyond, the best set found is given as such."""


@dataclass(frozen=True)
class NoLimits:
    """The set of services by id, and what it takes and brings.

    `live` are those of them that are there already; `days` are the expected person-days to build the
    others; `run_fte` is for running all. `reached` is the level of each aspect with a gap, which is as
    far as services can lift it. `proven` is false when the search ended before it could be sure that
    nothing takes less effort.
    """

    services: tuple[str, ...]
    live: tuple[str, ...]
    days: Fraction
    run_fte: Fraction
    reached: tuple[tuple[str, Fraction], ...]
    proven: bool
    trace: Trace


@dataclass(frozen=True)
class _CoverRow:
    """The services that lift an aspect beyond a level must add up to what is missing from there."""

    missing: Fraction
    adds: tuple[tuple[str, Fraction], ...]


def prerequisites(service: Service) -> tuple[str, ...]:
    """What the service requires, in an earlier or the same wave, each once."""
    return tuple(dict.fromkeys((*service.requires, *service.requires_same_wave)))


@once
def allowed_services(workspace: Workspace) -> tuple[str, ...]:
    """Services that are live, or are neither declined nor need what is, by id."""
    live = live_services(workspace)
    known = {service.id: service for service in workspace.catalogue.services}
    refused = [service for service in known if service not in live and decision_on(workspace, service) == "decline"]
    needing: dict[str, list[str]] = {}
    for service, entry in known.items():
        for needed in prerequisites(entry) if service not in live else ():
            needing.setdefault(needed, []).append(service)
    refused += [needed for needed in needing if needed not in known]
    hindered = set(refused)
    while refused:
        more = [service for service in needing.get(refused.pop(), ()) if service not in hindered]
        hindered.update(more)
        refused += more
    return tuple(sorted(known.keys() - hindered))


def without_limits(workspace: Workspace, gaps: tuple[Gap, ...], branches: int = BRANCHES) -> NoLimits:
    """The set of least effort that closes all that can be closed, looking at so many branches at most."""
    live, ids = live_services(workspace), allowed_services(workspace)
    liftings = _by_aspect(workspace, ids)
    real = tuple(gap for gap in gaps if gap.kind == "gap")
    reached = {gap.aspect: gap.current + closed_together(gap, liftings.get(gap.aspect, ())) for gap in real}
    rows = tuple(row for gap in real for row in _rows(gap, reached[gap.aspect], liftings.get(gap.aspect, ())))
    days = {
        service: Fraction(0) if service in live else expected_days(workspace.service(service).establish_days)
        for service in ids
    }
    found = cheapest_cover(_covering(workspace, ids, days, rows), branches)
    chosen = tuple(ids[number] for number in found.chosen) if found else ()
    proven = found is not None and found.proven
    total = sum((days[service] for service in chosen), Fraction(0))
    return NoLimits(
        services=chosen,
        live=tuple(service for service in chosen if service in live),
        days=total,
        run_fte=sum((exact(workspace.service(service).run_fte) for service in chosen), Fraction(0)),
        reached=tuple(reached.items()),
        proven=proven,
        trace=_trace(workspace, len(ids), len(chosen), total, proven),
    )


def _by_aspect(workspace: Workspace, services: Iterable[str]) -> Mapping[str, tuple[Lifting, ...]]:
    every, found = liftings_here(workspace), dict[str, list[Lifting]]()
    for service in services:
        for lifting in every[service]:
            found.setdefault(lifting.aspect, []).append(lifting)
    return {aspect: tuple(listed) for aspect, listed in found.items()}


def _rows(gap: Gap, reached: Fraction, liftings: tuple[Lifting, ...]) -> Iterator[_CoverRow]:
    """One row for today's level and each ceiling above it, below the level that is to be reached."""
    useful = tuple(lifting for lifting in liftings if lifting.up_to > gap.current)
    for floor in sorted({gap.current} | {lifting.up_to for lifting in useful}):
        if floor < reached:
            adds = tuple((lifting.service, lifting.by) for lifting in useful if lifting.up_to > floor)
            yield _CoverRow(reached - floor, adds)


def _covering(
    workspace: Workspace, ids: tuple[str, ...], days: Mapping[str, Fraction], rows: tuple[_CoverRow, ...]
) -> Covering:
    """The same in whole numbers. A service costs its days, and a trifle to prefer fewer of them."""
    number = {service: place for place, service in enumerate(ids)}
    day = lcm(*{effort.denominator for effort in days.values()})
    level = lcm(*{part.denominator for row in rows for part in (row.missing, *(part for _service, part in row.adds))})
    live = live_services(workspace)
    return Covering(
        costs=tuple(0 if s in live else whole(days[s], day) * (len(ids) + 1) + 1 for s in ids),
        needs=tuple(
            Need(whole(row.missing, level), tuple((number[service], whole(part, level)) for service, part in row.adds))
            for row in rows
        ),
        requires=tuple(
            tuple(number[needed] for needed in prerequisites(workspace.service(service)) if needed in number)
            for service in ids
        ),
    )


def _trace(workspace: Workspace, allowed: int, chosen: int, days: Fraction, proven: bool) -> Trace:
    steps = (
        _("{count} services of the catalogue are not declined and need none that is.", count=allowed),
        _(
            "All of them together lift every aspect with a gap to a level: that level, but not above its target, is wanted."
        ),
        _(
            "Of all sets that reach it, prerequisites included, the one with the fewest expected person-days is searched."
        ),
        _(
            "It has {count} services, and those that are not live yet take {days} person-days.",
            count=chosen,
            days=in_words(days, 1),
        ),
        _("The search was complete: no set takes less.")
        if proven
        else _(
            "The search was ended before it was complete: this is the best set found, and there may be one that takes less."
        ),
    )
    sources = (
        workspace.places.span("assessments", workspace.current.name, "aspects"),
        workspace.places.span("decisions", "services"),
    )
    return Trace("no-limits", steps, sources)
