"""Which services of a plan leave another one nothing to close."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pmogen.planning.bundle import Unit
from pmogen.planning.room import Room


def covering(room: Room, unit: Unit, undecided: Callable[[str], bool]) -> tuple[str, ...]:
    """Services of the plan that, alone, leave it nothing to close; none of them can be spared for that.

    Those on which nothing is decided are spared first.
    """
    problem, closed = room.problem, room.closed
    bit = sum(1 << member.index for member in unit)
    known = {gap.id: gap for member in unit for gap in problem.gaps_of[member.index]}
    gaps = [known[name] for name in sorted(known) if known[name].weight and known[name].closed(bit)]
    live = room.live_after(len(problem.waves) - 1)
    strength = {lift.bit: 0 for gap in gaps for lift in gap.lifts if lift.bit & live}
    for gap in gaps:
        for lift in gap.lifts:
            if lift.bit & live:
                strength[lift.bit] += gap.weight * closed(gap, lift.bit)
    ids = {lift: problem.services[lift.bit_length() - 1].id for lift in strength}
    chosen = sum(strength)
    for lifting in sorted(strength, key=lambda lift: (not undecided(ids[lift]), strength[lift], ids[lift])):
        rest = chosen & ~lifting
        if all(closed(gap, rest | bit) == closed(gap, rest) for gap in gaps):
            chosen = rest
    named = [lift for lift in strength if lift & chosen]
    return tuple(ids[lift] for lift in sorted(named, key=lambda lift: (-strength[lift], ids[lift])))


def could_go(room: Room, unit: Unit, by: Iterable[str]) -> list[str]:
    """Those of the services that, gone alone, would leave it something to close."""
    problem = room.problem
    bit = sum(1 << member.index for member in unit)
    live = room.live_after(len(problem.waves) - 1)
    gaps = {gap.id: gap for member in unit for gap in problem.gaps_of[member.index] if gap.weight}

    def leaves_room(name: str) -> bool:
        rest = live & ~(1 << problem.by_id[name].index)
        return any(room.closed(gap, rest | bit) > room.closed(gap, rest) for gap in gaps.values())

    return [name for name in by if problem.by_id[name].launched is None and leaves_room(name)]
