"""The overview of a group: levels, gaps, waves and hand-offs of its offices, and what they could build once for all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pmogen.exchange.records import GapRecord
from pmogen.group.counting import FEWEST, Counted, counted
from pmogen.group.report import Report
from pmogen.group.settings import Group, Office
from pmogen.model.base import exact

SIZES = ("H", "M", "L", "none")
STATUSES = ("proposed", "agreed", "under way", "done", "refused")


@dataclass(frozen=True)
class Missing:
    """An office that is not in the overview, and why: in words that may be published, and all that is known."""

    office: Office
    why: str
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Place:
    """Where an office that agreed to be compared stands in an aspect."""

    report: Report
    gap: GapRecord
    planned: Fraction
    """The level after its last wave."""


@dataclass(frozen=True)
class AspectTotal:
    """An aspect over the offices that have assessed it; means and counts of those that count."""

    aspect: str
    name: str
    counted: Counted
    today: Fraction
    target: Fraction
    planned: Fraction
    sizes: Mapping[str, int]
    """How many gaps of each size; `none` where there is no gap."""
    hand_offs: int
    places: tuple[Place, ...]

    @property
    def pressing(self) -> int:
        """Offices with a gap of size M or H."""
        return self.sizes["H"] + self.sizes["M"]


@dataclass(frozen=True)
class Quarter:
    """What the waves bring that end in a quarter of a year."""

    year: int
    number: int
    counted: Counted
    launches: int
    days: Fraction
    """Person-days of building in these waves."""
    limit: Fraction
    """Person-days that building may use in them."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a unit by offices that agreed to be compared; units are the same when they are called the same."""

    unit: str
    reports: tuple[Report, ...]
    statuses: Mapping[str, int]
    overdue: int


@dataclass(frozen=True)
class HandOffs:
    """What is asked of others, by how far it is."""

    counted: Counted
    statuses: Mapping[str, int]
    overdue: int
    units: tuple[Asked, ...]


@dataclass(frozen=True)
class Joint:
    """A service that several offices could use for gaps of size M or H: built by each, or once for all.

    `joint` is the largest effort of one office, and of every other office's own effort the part that taking over takes.
    """

    service: str
    name: str
    counted: Counted
    aspects: tuple[str, ...]
    separate: Fraction
    largest: Fraction
    joint: Fraction
    planned: int
    """Offices that have a wave for it already."""

    @property
    def saved(self) -> Fraction:
        """Person-days that building it once saves."""
        return self.separate - self.joint


@dataclass(frozen=True)
class Common:
    """An aspect in which several offices have a gap of size M or H, with the services that could close it for several."""

    total: AspectTotal
    counted: Counted
    services: tuple[Joint, ...]


@dataclass(frozen=True)
class Overview:
    """Everything the overview says."""

    group: Group
    reports: tuple[Report, ...]
    missing: tuple[Missing, ...]
    aspects: tuple[AspectTotal, ...]
    quarters: tuple[Quarter, ...]
    hand_offs: HandOffs
    common: tuple[Common, ...]
    joint: tuple[Joint, ...]

    @property
    def as_of(self) -> dt.date:
        """The latest day for which an office speaks."""
        return max((report.document.playbook.as_of for report in self.reports), default=dt.date(2000, 1, 1))

    @property
    def since(self) -> dt.date:
        """The earliest day for which an office speaks."""
        return min((report.document.playbook.as_of for report in self.reports), default=self.as_of)

    @property
    def earlier(self) -> tuple[Report, ...]:
        """Offices whose figures were fetched at an earlier time."""
        return tuple(report for report in self.reports if report.earlier)

    @property
    def named(self) -> tuple[Report, ...]:
        """Offices that agreed to be compared."""
        return tuple(report for report in self.reports if report.office.compare)

    @property
    def unnamed(self) -> tuple[Report, ...]:
        """Offices that did not."""
        return tuple(report for report in self.reports if not report.office.compare)

    @property
    def others(self) -> int:
        """How many did not."""
        return len(self.unnamed)

    @property
    def withheld(self) -> bool:
        """Whether the others are too few for any total."""
        return 0 < self.others < FEWEST

    @property
    def sizes(self) -> Mapping[str, int]:
        """Gaps by size, over the totals that are shown: another sum would tell what is withheld."""
        return {size: sum(total.sizes[size] for total in self.aspects) for size in SIZES}


def overview_of(
    group: Group, reports: Iterable[Report], missing: Iterable[Missing] = (), shared: frozenset[str] | None = None
) -> Overview:
    """The overview. `shared` are the ids of the services in the catalogue that the offices share; None: all that bear one id."""
    listed = tuple(reports)
    aspects = tuple(_aspects(group, listed))
    joint = tuple(_joint(group, listed, aspects, shared))
    return Overview(
        group,
        listed,
        tuple(missing),
        aspects,
        tuple(_quarters(listed)),
        _hand_offs(listed),
        tuple(_common(listed, aspects, joint)),
        joint,
    )


def name_of(group: Group, reports: Iterable[Report], kind: str, identifier: str) -> str:
    """What the offices call it: best one that writes in the language of the overview, otherwise the first."""
    listed = sorted(reports, key=lambda report: report.document.playbook.language != group.language)
    return next((report.names[kind, identifier] for report in listed if (kind, identifier) in report.names), identifier)


def _aspects(group: Group, reports: tuple[Report, ...]) -> Iterator[AspectTotal]:
    """Aspects in the order in which the offices list them, as far as somebody counts."""
    listed = dict.fromkeys(aspect.id for report in reports for aspect in report.document.assessment.aspects)
    for aspect in listed:
        found = counted(report for report in reports if aspect in report.gaps)
        if not found:
            continue
        gaps = [report.gaps[aspect] for report in found.reports]
        sizes: Counter[str] = Counter(gap.size or "none" for gap in gaps)
        yield AspectTotal(
            aspect=aspect,
            name=name_of(group, found.reports, "aspect", aspect),
            counted=found,
            today=mean(gap.current for gap in gaps),
            target=mean(gap.target for gap in gaps),
            planned=mean(_planned(report, aspect) for report in found.reports),
            sizes={size: sizes[size] for size in SIZES},
            hand_offs=sum(
                aspect in hand_off.aspects and hand_off.status not in ("done", "refused")
                for report in found.reports
                for hand_off in report.document.hand_offs
            ),
            places=tuple(Place(report, report.gaps[aspect], _planned(report, aspect)) for report in found.named),
        )


def mean(numbers: Iterable[Fraction]) -> Fraction:
    """The mean of some numbers.

    >>> mean([Fraction(1), Fraction(2)])
    Fraction(3, 2)
    """
    listed = list(numbers)
    return sum(listed, Fraction()) / len(listed)


def _planned(report: Report, aspect: str) -> Fraction:
    projected = next((one for one in report.document.plan.projected if one.aspect == aspect), None)
    if projected is None:
        return report.gaps[aspect].current
    return projected.after[-1].level if projected.after else projected.now


def _quarters(reports: tuple[Report, ...]) -> Iterator[Quarter]:
    known = {_quarter(wave.ends) for report in reports for wave in report.waves.values()}
    for year, number in sorted(known):
        found = counted(
            report for report in reports if any(_quarter(wave.ends) == (year, number) for wave in report.waves.values())
        )
        if found:
            ending = [(report, wave) for report in found.reports for wave in report.waves.values()]
            ending = [(report, wave) for report, wave in ending if _quarter(wave.ends) == (year, number)]
            yield Quarter(
                year,
                number,
                found,
                launches=sum(
                    placement.wave == wave.id for report, wave in ending for placement in report.placements.values()
                ),
                days=sum((wave.use.build_days for _report, wave in ending), Fraction()),
                limit=sum((wave.use.build_limit for _report, wave in ending), Fraction()),
            )


def _quarter(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _hand_offs(reports: tuple[Report, ...]) -> HandOffs:
    found = counted(reports)
    units: dict[str, list[Report]] = {}
    for report in found.named:
        for hand_off in report.document.hand_offs:
            unit = _same(report.names.get(("entity", hand_off.entity), hand_off.entity))
            if report not in units.setdefault(unit, []):
                units[unit].append(report)
    return HandOffs(
        found,
        _statuses(found.reports),
        _overdue(found.reports),
        tuple(
            Asked(_called(asking, unit), tuple(asking), _statuses(asking, unit), _overdue(asking, unit))
            for unit, asking in sorted(units.items(), key=lambda one: (-len(one[1]), one[0]))
        ),
    )


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()


def _called(reports: list[Report], unit: str) -> str:
    """What the first of the offices calls the unit."""
    names = (name for report in reports for (kind, _id), name in report.names.items() if kind == "entity")
    return next((name for name in names if _same(name) == unit), unit)


def _asked(reports: Iterable[Report], unit: str | None) -> Iterator[tuple[str, bool]]:
    """Status of what is asked, of one unit or of all, and whether it is past its day."""
    for report in reports:
        for hand_off in report.document.hand_offs:
            if unit is None or _same(report.names.get(("entity", hand_off.entity), hand_off.entity)) == unit:
                past = hand_off.due < report.document.playbook.as_of and hand_off.status not in ("done", "refused")
                yield hand_off.status, past


def _statuses(reports: Iterable[Report], unit: str | None = None) -> dict[str, int]:
    found = Counter(status for status, _past in _asked(reports, unit))
    return {status: found[status] for status in STATUSES}


def _overdue(reports: Iterable[Report], unit: str | None = None) -> int:
    return sum(past for _status, past in _asked(reports, unit))


def _joint(
    group: Group, reports: tuple[Report, ...], aspects: tuple[AspectTotal, ...], shared: frozenset[str] | None
) -> Iterator[Joint]:
    """Services worth building once, those that save most first."""
    using: dict[str, list[Report]] = {}
    for report in reports:
        for service in sorted({service for services in report.openings.values() for service in services}):
            if shared is None or service in shared:
                using.setdefault(service, []).append(report)
    found = []
    for service, users in using.items():
        who = counted(users)
        if len(who) < 2:
            continue
        for_several = tuple(
            total.aspect
            for total in aspects
            if len(counted(report for report in users if service in report.openings.get(total.aspect, ()))) > 1
        )
        if for_several:
            found.append(_one(group, service, who, for_several))
    yield from sorted(found, key=lambda one: (-one.saved, -len(one.counted), one.service))


def _one(group: Group, service: str, who: Counted, aspects: tuple[str, ...]) -> Joint:
    efforts = [report.services[service].expected_days for report in who.reports]
    separate, largest = sum(efforts, Fraction()), max(efforts)
    return Joint(
        service,
        name_of(group, who.reports, "service", service),
        who,
        aspects,
        separate,
        largest,
        largest + exact(group.adoption) * (separate - largest),
        planned=sum(service in report.placements for report in who.reports),
    )


def _common(
    reports: tuple[Report, ...], aspects: tuple[AspectTotal, ...], joint: tuple[Joint, ...]
) -> Iterator[Common]:
    """Gaps of several offices for which the same services are candidates, those of most offices first."""
    found = []
    for total in aspects:
        who = counted(report for report in reports if total.aspect in report.openings)
        services = tuple(one for one in joint if total.aspect in one.aspects)
        if len(who) > 1 and services:
            found.append(Common(total, who, services))
    yield from sorted(found, key=lambda one: (-len(one.counted), -one.total.sizes["H"], one.total.aspect))
