"""The gap register's answer to "how is it closed?": by services, by a hand-off, accepted, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Closing

How = Literal["fully", "partly", "hand-off", "accepted", "open"]
Rest = Literal["nobody", "hand-off", "accepted", "open"]


@dataclass(frozen=True)
class Closure:
    """How a gap is closed by what is planned.

    `reached` is the level at the end of the roadmap, `remains` how many levels are then missing, and
    `rest` who takes these: nobody is needed, a hand-off, an acceptance, or it is open. `how` is
    `fully` or `partly` when services of the roadmap lift it, otherwise the same as `rest`. What the PMO
    cannot close by the catalogue (`beyond_pmo`) is always somebody else's, whatever services help.
    """

    aspect: str
    how: How
    reached: Fraction
    remains: Fraction
    rest: Rest
    beyond_pmo: bool


def closure_of(gap: Gap, closing: Closing, reached: Fraction) -> Closure:
    """How the gap is closed, when the roadmap lifts it to the level `reached`."""
    remains = max(Fraction(0), gap.target - reached)
    other: Literal["hand-off", "accepted", "open"] = (
        "hand-off" if closing.hand_offs else "accepted" if closing.accepted else "open"
    )
    how: How
    if closing.beyond_pmo:
        how = other
    elif not remains:
        how = "fully"
    else:
        how = "partly" if reached > gap.current else other
    rest: Rest = other if remains or closing.beyond_pmo else "nobody"
    return Closure(gap.aspect, how, reached, remains, rest, closing.beyond_pmo)
