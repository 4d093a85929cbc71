"""Whether units can launch at all, exactly: backtracking over their waves.

Everything that is not wished for may be left out, so only pins, deadlines and what they need can
conflict: few units, and the search is short. Adding a launch never makes room, so a branch in which
something does not fit is left at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from pmogen.planning.compact import Compact, Unit
from pmogen.planning.trial import NOWHERE, Trial

LIMIT = 20_000
"""Steps after which a wish counts as not to be met; no limit of practice comes near it."""


def fitting(compact: Compact, wanted: Iterable[int], limit: int = LIMIT) -> tuple[int, ...] | None:
    """Waves by unit in which all wanted units and what they need can launch; None when there are none."""
    members = _members(compact, wanted)
    trial = Trial(compact)
    return tuple(trial.launch) if members is not None and _found(trial, members, limit) else None


def impossible(compact: Compact, wanted: Iterable[int], limit: int = LIMIT) -> bool:
    """Whether it is certain that the units cannot all launch; within so many steps."""
    trial, members = Trial(compact), _members(compact, wanted)
    return members is None or (not _found(trial, members, limit) and trial.steps <= limit)


def _members(compact: Compact, wanted: Iterable[int]) -> list[Unit] | None:
    """The wanted units and what they need, the most constrained first; None when one can launch in no wave."""
    chosen = {need for unit in wanted for need in (*compact.units[unit].before, unit)}
    members = [compact.units[unit] for unit in sorted(chosen)]
    if any(not unit.waves for unit in members) or any(set(unit.others) & chosen for unit in members):
        return None
    return sorted(members, key=lambda unit: (len(unit.waves), -unit.days, unit.index))


def _found(trial: Trial, members: list[Unit], limit: int) -> bool:
    """Depth first, without recursion: there may be more members than Python nests calls."""
    waiting = [iter(members[0].waves)] if members else []
    while waiting:
        unit = members[len(waiting) - 1]
        if trial.launch[unit.index] != NOWHERE:
            trial.remove(unit)
        for wave in waiting[-1]:
            trial.steps += 1
            if trial.steps > limit:
                return False
            if _in_order(trial, unit, wave) and trial.fits(unit, wave):
                trial.place(unit, wave)
                if len(waiting) == len(members):
                    return True
                waiting.append(iter(members[len(waiting)].waves))
                break
        else:
            waiting.pop()
    return not members


def _in_order(trial: Trial, unit: Unit, wave: int) -> bool:
    """Whether what it needs, as far as it is placed, is live early enough, and the other way round."""
    needs = ((trial.launch[need], lag) for need, lag in unit.needs)
    return wave <= trial.due(unit) and all(live == NOWHERE or live + lag <= wave for live, lag in needs)
