"""Projected levels: what an aspect reaches with a set of live services.

Two forms of the same number (DESIGN, section 4): step by step, as people would do it, and closed, as
an optimiser uses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Lifting:
    """What one service adds to one aspect: at most `by` levels, and not beyond level `up_to`."""

    service: str
    aspect: str
    strength: str
    by: Fraction
    up_to: Fraction


def projected_level(current: Fraction, liftings: Iterable[Lifting]) -> Fraction:
    """Level after applying the services in ascending order of their ceiling."""
    level = current
    for lifting in sorted(liftings, key=lambda lifting: lifting.up_to):
        if lifting.up_to > level:
            level = min(level + lifting.by, lifting.up_to)
    return level


def level_closed_form(current: Fraction, liftings: Iterable[Lifting]) -> Fraction:
    """The same level as a minimum over ceilings: the form that a linear model can use."""
    listed = tuple(liftings)
    ceilings = {current} | {lifting.up_to for lifting in listed if lifting.up_to > current}
    return min(
        ceiling + sum((lifting.by for lifting in listed if lifting.up_to > ceiling), Fraction(0))
        for ceiling in ceilings
    )


def closed(current: Fraction, target: Fraction, liftings: Iterable[Lifting]) -> Fraction:
    """How much of the gap is closed, in levels: never more than the gap."""
    return max(Fraction(0), min(target - current, projected_level(current, liftings) - current))
