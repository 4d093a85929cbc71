"""What keeps a service from launching in a wave: one value for each limit that would be broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "finished",
    "pinned",
    "deadline",
    "not before",
    "together",
    "alternative",
    "prerequisite",
    "needed",
    "black-out",
    "high",
    "load",
    "run",
    "build",
    "other builds",
    "role",
]


@dataclass(frozen=True)
class Blocker:
    """A limit that a launch would break, with everything else where it is.

    `wave` is where the limit lies: for the tail of a change, running, and other services' building it is
    later than the launch (the number of waves: after the last one). `audience` and `other` (a service: the
    prerequisite, the one that needs it, the alternative, or the one to launch together with; or a role) say whose limit
    it is; `service` whose date, company or black-out.
    `need`, `free` and `short` are in the units of `problem`; `short` more in that wave would lift this
    limit, and not one unit less (0 where no number would).
    """

    kind: Kind
    wave: int
    audience: int = -1
    other: str = ""
    need: int = 0
    free: int = 0
    short: int = 0
    service: str = ""
