"""What launches close of each gap, summed over the waves, as fast as a search needs it.

The closure of a gap saturates, so it is no sum over services. But it depends only on the waves in which
the few units that lift the gap launch. These waves, written as the digits of one whole number (its
`state`; 0 for a unit that does not launch, else its wave and one), are the key under which the sum is
remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmogen.planning.problem import AspectGap, Problem


class Closures:
    """`sums` by gap and state. `lifts` has for every unit its gaps, each with the place of its digit (a shift)."""

    def __init__(self, problem: Problem, live: Sequence[int], bits: Sequence[int]) -> None:
        self._aspects = problem.aspects
        self._count = len(live)
        self._history = [self._of_history(gap, live) for gap in problem.aspects]
        self._digit = (len(problem.waves) + 1).bit_length()
        self._closed: list[dict[int, int]] = [{} for _ in problem.aspects]
        self._closed_by = tuple(_ClosedBy(gap) for gap in problem.aspects)
        self.sums = tuple(_Sums(self, number) for number in range(len(problem.aspects)))
        lifts: list[list[tuple[int, int]]] = [[] for _ in bits]
        self._lifters: list[list[int]] = [[] for _ in problem.aspects]
        owner = {bit: unit for unit, mask in enumerate(bits) for bit in _single(mask)}
        for number, gap in enumerate(problem.aspects):
            for unit in sorted({owner[lift.bit] for lift in gap.lifts if lift.bit in owner} if gap.weight else ()):
                lifts[unit].append((number, self._digit * len(self._lifters[number])))
                self._lifters[number].append(_places(gap, bits[unit]))
        self.lifts = tuple(tuple(found) for found in lifts)

    @staticmethod
    def _of_history(gap: AspectGap, live: Sequence[int]) -> list[tuple[int, int]]:
        """Waves in which services that lift the gap were launched, with their places."""
        before = [0, *live]
        new = ((wave, _places(gap, services & ~before[wave])) for wave, services in enumerate(live) if services)
        return [(wave, places) for wave, places in new if places]

    def closed(self, aspect: int, live: int) -> int:
        """What the live services close of a gap, times its weight; remembered."""
        gap = self._aspects[aspect]
        live &= gap.mask
        known = self._closed[aspect].get(live)
        if known is None:
            known = self._closed[aspect][live] = gap.weight * gap.closed(live)
        return known

    def summed(self, aspect: int, state: int) -> int:
        """The closure of a gap times its weight, summed over the waves."""
        launches = self._history[aspect].copy()
        lifters, width = self._lifters[aspect], self._digit
        digit = (1 << width) - 1
        state &= (1 << width * len(lifters)) - 1
        while state:
            place = ((state & -state).bit_length() - 1) // width
            wave = state >> place * width & digit
            launches.append((wave - 1, lifters[place]))
            state ^= wave << place * width
        launches.sort()
        closed = self._closed_by[aspect]
        total, live, since = 0, 0, 0
        for wave, places in launches:
            if wave > since:
                total += (wave - since) * closed[live]
                since = wave
            live |= places
        return total + (self._count - since) * closed[live]


class _ClosedBy(dict[int, int]):
    """What the lifts at some places close of a gap, times its weight, by the bit set of the places; remembered."""

    def __init__(self, gap: AspectGap) -> None:
        super().__init__()
        self._gap = gap

    def __missing__(self, places: int) -> int:
        gap, live = self._gap, 0
        for place, lift in enumerate(gap.lifts):
            live |= lift.bit if places >> place & 1 else 0
        found = self[places] = gap.weight * gap.closed(live)
        return found


class _Sums(dict[int, int]):
    """`Closures.summed` of one gap by state; remembered."""

    def __init__(self, closures: Closures, gap: int) -> None:
        super().__init__()
        self._closures = closures
        self._gap = gap

    def __missing__(self, state: int) -> int:
        found = self[state] = self._closures.summed(self._gap, state)
        return found


def _places(gap: AspectGap, bits: int) -> int:
    """Which lifts of the gap are those of the services, as a bit set of their places: a small number."""
    return sum([1 << place for place, lift in enumerate(gap.lifts) if lift.bit & bits]) if bits & gap.mask else 0


def _single(mask: int) -> Iterator[int]:
    """The bits of a bit set, each alone."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
