"""Building by role, where waves list how many of a role there are.

A service's work in a wave falls in equal parts to those of its responsible roles that the roadmap
lists; in a wave that does not list a role, the role is not limited. Running counts against the PMO
as a whole only. With roles there is no simple rule any more that finds a distribution whenever there
is one: days are given out from the last wave to the first, the latest launches first, then by id, and
what does not fit this way does not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lcm

from pmogen.planning.problem import RoleLimits


@dataclass(frozen=True)
class Task:
    """A service to build: its id, launch wave, days (tenths) and the roles that share them."""

    id: str
    launch: int
    days: int
    roles: tuple[int, ...]


def staffed(
    tasks: Iterable[Task], room: Sequence[int], roles: Sequence[RoleLimits], span: int
) -> dict[str, dict[int, int]] | None:
    """Days by task and wave; None when some do not fit. `room` are the days free in a wave."""
    listed = sorted(tasks, key=lambda task: (-task.launch, task.id))
    left = {task.id: task.days for task in listed}
    parts = lcm(*(len(task.roles) or 1 for task in listed))
    work: dict[str, dict[int, int]] = {task.id: {} for task in listed}
    for wave in range(len(room) - 1, -1, -1):
        free = room[wave]
        role_free = [None if role.days[wave] is None else parts * (role.days[wave] or 0) for role in roles]
        for task in listed:
            if not left[task.id] or not wave <= task.launch < wave + span:
                continue
            share = parts // (len(task.roles) or 1)
            limits = [spare // share for role in task.roles if (spare := role_free[role]) is not None]
            days = max(0, min(left[task.id], free, *limits))
            if days:
                work[task.id][wave] = days
                left[task.id] -= days
                free -= days
            for role in task.roles:
                spare = role_free[role]
                role_free[role] = None if spare is None else spare - days * share
            if left[task.id] and wave in (0, task.launch - span + 1):
                return None
    return work
