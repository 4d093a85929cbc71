"""What the history of a workspace adds to what it says: which commit brought an entry, and what was approved then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["services", "accepted_gaps", "hand_offs", "playbook"]
"""A list of content/decisions.yml, or the playbook as a whole."""

Since = Literal["unchanged", "changed", "no commit", "not there"]
"""What became of what was approved: it is as it was, or it changed; or the commit that the approval names is not in the
history, or does not hold the entry."""


@dataclass(frozen=True)
class Commit:
    """A commit, and the day it was made; `when` are the seconds, where they are known."""

    sha: str
    day: dt.date
    when: int = field(default=0, compare=False)

    @property
    def short(self) -> str:
        """The hash as people read it."""
        return self.sha[:7]


@dataclass(frozen=True)
class Remembered:
    """What is known of one entry; None for what is not.

    `brought` is the commit that last changed it, its approval aside. `since` compares it with what was approved, and
    `approved_in` is the commit whose state that was. `changed` names the files that differ, for the playbook as a whole.
    """

    brought: Commit | None = None
    since: Since | None = None
    approved_in: Commit | None = None
    changed: tuple[str, ...] = ()


NOTHING = Remembered()


@dataclass(frozen=True)
class History:
    """What is known of each entry, by its part and id (of the playbook itself: no id). It names no people."""

    entries: Mapping[tuple[Part, str], Remembered] = field(default_factory=dict)

    def of(self, part: Part, identifier: str = "") -> Remembered:
        """What is known of an entry."""
        return self.entries.get((part, identifier), NOTHING)
