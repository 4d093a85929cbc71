"""Who counts in a total, and who may be named: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pmogen.group.report import Report

FEWEST = 3
"""Offices that did not agree to be compared are in a total only when so many of them are: fewer could be worked out by
taking away those whose figures are shown."""


@dataclass(frozen=True)
class Counted:
    """The offices that a total is made of; those that agreed to be compared may be named."""

    reports: tuple[Report, ...] = ()
    named: tuple[Report, ...] = ()

    @property
    def others(self) -> int:
        """How many count without being named."""
        return len(self.reports) - len(self.named)

    def __len__(self) -> int:
        return len(self.reports)


def counted(reports: Iterable[Report]) -> Counted:
    """Those of the offices a total concerns that may count in it."""
    listed = tuple(reports)
    named = tuple(report for report in listed if report.office.compare)
    return Counted(listed if len(listed) - len(named) >= FEWEST else named, named)
