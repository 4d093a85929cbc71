"""Layers for a graph without circles: what is needed stands left of what needs it, with few crossing lines.

Edges that follow from others (a needs c, as a needs b and b needs c) are left out.

After Sugiyama, Tagawa & Toda 1981: rank by the longest path, bend long edges at invisible points, order each layer by
the middle of its neighbours, keep the best of several sweeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[str, str, int] | tuple[str]
"""A node (its id alone) or a bend of an edge (both ends and the layer)."""

SWEEPS = 12


@dataclass(frozen=True)
class Layers:
    """The points of each layer from top to bottom, and the way of each edge through them."""

    layers: tuple[tuple[Point, ...], ...]
    ways: Mapping[tuple[str, str], tuple[Point, ...]]


def layered(edges: Sequence[tuple[str, str]]) -> Layers:
    """Layers of the nodes that have an edge; edges lead from what is needed to what needs it."""
    ranks = _ranks(edges)
    ways = {(one, other): tuple(_way(one, other, ranks)) for one, other in sorted(without_implied(edges))}
    layers: list[list[Point]] = [[] for _ in range(max(ranks.values(), default=-1) + 1)]
    for node in sorted(ranks):
        layers[ranks[node]].append((node,))
    for way in ways.values():
        for offset, point in enumerate(way[1:-1], 1):
            layers[ranks[way[0][0]] + offset].append(point)
    return Layers(_ordered(layers, ways), ways)


def without_implied(edges: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The edges that do not follow from a longer way."""
    after: dict[str, set[str]] = {}
    for one, other in edges:
        after.setdefault(one, set()).add(other)

    def beyond(node: str) -> set[str]:
        found: set[str] = set()
        waiting = list(after.get(node, ()))
        while waiting:
            new = after.get(waiting.pop(), set()) - found
            found |= new
            waiting.extend(new)
        return found

    implied = {node: beyond(node) for node in after}
    return {(one, other) for one, other in edges if other not in implied[one]}


def heights(found: Layers, room: Callable[[Point], float]) -> dict[Point, float]:
    """The middle of each point from the top: near its neighbours, never nearer to the next than both have room."""
    places = {point: float(number) for layer in found.layers for number, point in enumerate(layer)}
    near: dict[Point, list[Point]] = {}
    for way in found.ways.values():
        for one, other in pairwise(way):
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    for sweep in range(SWEEPS * 2):
        for layer in found.layers if sweep % 2 == 0 else reversed(found.layers):
            wanted = [sum(places[other] for other in near[point]) / len(near[point]) for point in layer]
            places.update(zip(layer, _apart(layer, wanted, room), strict=True))
    top = min((places[point] - room(point) / 2 for layer in found.layers for point in layer), default=0)
    return {point: place - top for point, place in places.items()}


def _apart(layer: Sequence[Point], wanted: list[float], room: Callable[[Point], float]) -> list[float]:
    """Places in the wanted order and as near to them as there is room: half-way between pushing down and pushing up."""
    lower, upper = list(wanted), list(wanted)
    gaps = [(room(one) + room(other)) / 2 for one, other in pairwise(layer)]
    for number, gap in enumerate(gaps, 1):
        lower[number] = max(lower[number], lower[number - 1] + gap)
    for number, gap in reversed(tuple(enumerate(gaps, 1))):
        upper[number - 1] = min(upper[number - 1], upper[number] - gap)
    return [(one + other) / 2 for one, other in zip(lower, upper, strict=True)]


def _ranks(edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way to each node; what needs nothing moves up to just before what first needs it."""
    nodes = sorted({node for edge in edges for node in edge})
    ranks = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for one, other in edges:
            ranks[other] = max(ranks[other], ranks[one] + 1)
    for node in set(nodes) - {other for _, other in edges}:
        ranks[node] = min(ranks[other] for one, other in edges if one == node) - 1
    return ranks


def _way(one: str, other: str, ranks: Mapping[str, int]) -> Iterator[Point]:
    yield (one,)
    for rank in range(ranks[one] + 1, ranks[other]):
        yield one, other, rank
    yield (other,)


def _ordered(
    layers: list[list[Point]], ways: Mapping[tuple[str, str], tuple[Point, ...]]
) -> tuple[tuple[Point, ...], ...]:
    before: dict[Point, list[Point]] = {}
    after: dict[Point, list[Point]] = {}
    for way in ways.values():
        for one, other in pairwise(way):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, after)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for number in range(1, len(layers)) if forth else range(len(layers) - 2, -1, -1):
            fixed = {point: place for place, point in enumerate(layers[number - 1 if forth else number + 1])}
            _sort(layers[number], fixed, before if forth else after)
        crossings = _crossings(layers, after)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return tuple(tuple(layer) for layer in best)


def _sort(layer: list[Point], fixed: Mapping[Point, int], neighbours: Mapping[Point, list[Point]]) -> None:
    own = {point: place for place, point in enumerate(layer)}

    def middle(point: Point) -> tuple[float, int]:
        places = [fixed[other] for other in neighbours.get(point, ())]
        return (sum(places) / len(places) if places else own[point], own[point])

    layer.sort(key=middle)


def _crossings(layers: Sequence[Sequence[Point]], after: Mapping[Point, list[Point]]) -> int:
    count = 0
    for layer, following in pairwise(layers):
        places = {point: place for place, point in enumerate(following)}
        ends = [end for point in layer for end in sorted(places[other] for other in after.get(point, ()))]
        count += sum(earlier > later for place, later in enumerate(ends) for earlier in ends[:place])
    return count
