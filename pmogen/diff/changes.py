"""One change between two states of a playbook, as a value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pmogen.diagnostics import Span
from pmogen.diff.edits import Edit

Kind = Literal[
    "playbook",
    "foundation",
    "customer",
    "level",
    "target",
    "gap",
    "priority",
    "rank",
    "closing",
    "decision",
    "candidate",
    "launch",
    "work",
    "wave",
    "capacity",
    "load",
    "projected",
    "hand-off",
    "acceptance",
    "catalogue",
    "method",
    "plan",
    "page",
]
"""What a change is about, in the order of the way from foundation to plan."""

Value = Fraction | int | str | bool | dt.date | tuple[str, ...] | None
"""What a fact says; None where there is no such thing."""

Importance = Literal[1, 2, 3]
"""How much a change asks of people: 3 somebody has to act or decide, 2 something they were told changes, 1 a detail."""


@dataclass(frozen=True, order=True)
class Key:
    """What a fact is about: kind, the thing by its id, what of it, and for some facts the wave."""

    kind: Kind
    id: str
    field: str
    wave: str = ""


@dataclass(frozen=True)
class Change:
    """A fact that differs.

    `causes` are the edits that lead to it, found through the traces of the value; empty when one side is known by its
    numbers only. `place` is the line to comment on: of the cause, or of the thing itself.
    """

    key: Key
    old: Value
    new: Value
    importance: Importance
    causes: tuple[Edit, ...] = ()

    @property
    def place(self) -> Span | None:
        """The line of the first cause."""
        return self.causes[0].place if self.causes else None

    def mirrored(self) -> Change:
        """The same from the other side."""
        return replace(self, old=self.new, new=self.old, causes=tuple(cause.mirrored() for cause in self.causes))
