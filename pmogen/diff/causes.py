"""Which edits lead to a change: those whose places its explanation stands on, where the explanations of both sides differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial

from pmogen.analysis.gaps import Gap
from pmogen.analysis.projection import Lifting
from pmogen.diff.changes import Key, Kind
from pmogen.diff.edits import GENERATED, Edit, Edited, Path
from pmogen.diff.side import Side
from pmogen.explain import closing, gaps, levels, roadmap, services
from pmogen.explain.known import Known
from pmogen.explain.tree import Computed

_NO_PART_OF_PLANNING = frozenset(
    {
        *("name", "goal", "entry", "exit", "communication", "training", "people", "learned", "note", "who", "why"),
        *("when", "until", "live", "target_reason", "target_owner", "target_by", "priority_reason", "evidence"),
        *("comment", "current_reason", "current_source", "title", "method_text", "facilitator", "benefit"),
        *("noticed_by", "voice", "state", "people_count"),
    }
)
"""Fields that people read and that no plan depends on, wherever they stand."""

_OF_SERVICES = frozenset(
    {"tier", "lifts", "requires", "requires_same_wave", "establish_days", "run_fte", "audiences", "roles"}
)
_WISHES = ("pins", "not_before", "deadlines", "progress")

_OF_THE_PLAN = frozenset({"work", "capacity", "load", "projected"})
"""What a plan made otherwise may change though no launch moves: work goes on in another wave."""

_Grown = Callable[[Known], Computed | None]


class Causes:
    """Finds the causes of changes between two sides of which the sources are known."""

    def __init__(self, old: Side, new: Side, edited: Iterable[Edited], moved: Iterable[str]) -> None:
        self._edited = tuple(edited)
        self._sides = tuple(Known(side.playbook) for side in (old, new) if side.playbook is not None)
        self._moved = frozenset(moved)
        self._at: dict[tuple[str, int, int], list[Edited]] = {}
        self._within: dict[str, list[Edited]] = {}
        for entry in self._edited:
            for place in entry.at:
                self._at.setdefault(place, []).append(entry)
            for name in {within[0] for within in entry.within}:
                self._within.setdefault(name, []).append(entry)
        self._of_launches: dict[str, tuple[Edit, ...]] = {}
        self._of_scores: dict[str, tuple[Edit, ...]] = {}
        self._of_ways: dict[tuple[object, str], tuple[Edit, ...]] = {}

    def of(self, key: Key) -> tuple[Edit, ...]:
        """The edits that lead to a change, in the order of parts and paths."""
        ways: Mapping[Kind, Callable[[Key], Iterable[Edit]]] = {
            "playbook": lambda key: self._edits("playbook", (key.field,)),
            "foundation": lambda key: self._edits("foundation", ("answers", key.id)),
            "customer": lambda key: self._edits("foundation", ("customers", key.id)),
            "level": self._level,
            "target": self._target,
            "gap": self._gap,
            "priority": self._priority,
            "rank": self._rank,
            "closing": self._closing,
            "decision": lambda key: self._edits("decisions", ("services", key.id)),
            "candidate": self._candidate,
            "launch": lambda key: self.of_launch(key.id),
            "work": self._work,
            "wave": lambda key: self._edits("roadmap", ("waves", key.id)),
            "capacity": self._capacity,
            "load": self._load,
            "projected": self._projected,
            "hand-off": lambda key: self._edits("decisions", ("hand_offs", key.id)),
            "acceptance": lambda key: self._edits("decisions", ("accepted_gaps", key.id)),
            "method": lambda _key: (*self._edits("method", ()), *self._edits("playbook", ("method",))),
            "plan": lambda _key: self._planning or self._edits("plan", ()),
        }
        found = dict.fromkeys(ways[key.kind](key)) if key.kind in ways else {}
        if not found and key.kind in _OF_THE_PLAN:
            found = dict.fromkeys(self._planning)
        return tuple(entry.edit for entry in self._edited if entry.edit in found)

    def of_launch(self, service: str) -> tuple[Edit, ...]:
        """What moved a service: what was said about it alone where that settles it, otherwise all that planning depends on.

        When nothing that planning depends on was edited, the plan itself was.
        """
        if service not in self._of_launches:
            own = [edit for edit in self._planning if _is_wish(edit, service)]
            planned = [entry.edit for entry in self._edited if entry.edit.part == "plan"]
            of_it = [edit for edit in planned if service in map(str, edit.path)]
            self._of_launches[service] = tuple(own or self._planning or of_it or planned)
        return self._of_launches[service]

    @cached_property
    def _planning(self) -> tuple[Edit, ...]:
        """Edits of what planning depends on."""
        current = {f"assessments/{known.workspace.current.name}" for known in self._sides}
        return tuple(entry.edit for entry in self._edited if _is_for_planning(entry.edit, current))

    def _edits(self, part: str, path: Path) -> Iterator[Edit]:
        """Edits at a path, below it, or of something whole that it is in."""
        for entry in self._edited:
            edit = entry.edit
            shorter = min(len(edit.path), len(path))
            if edit.part == part and [str(step) for step in edit.path[:shorter]] == [
                str(step) for step in path[:shorter]
            ]:
                yield edit

    def _level(self, key: Key) -> Iterable[Edit]:
        return self._traced(lambda known: levels.current_level(known, key.id) if key.id in known.levels else None)

    def _target(self, key: Key) -> Iterable[Edit]:
        if key.field != "target":
            return (
                edit
                for known in self._sides
                for edit in self._edits(f"assessments/{known.workspace.current.name}", ("aspects", key.id, key.field))
            )
        return self._traced(lambda known: levels.target_level(known, key.id) if key.id in known.levels else None)

    def _gap(self, key: Key) -> tuple[Edit, ...]:
        amount = self._traced(lambda known: gaps.gap_amount(known, key.id) if key.id in known.gaps else None)
        if key.field != "size":
            return tuple(amount)
        return (*amount, *self._traced(lambda known: gaps.gap_size(known, key.id) if key.id in known.gaps else None))

    def _priority(self, key: Key) -> Iterator[Edit]:
        """What the priority was stated or proposed by, and what makes it a gap at all."""
        yield from self._traced(lambda known: gaps.priority(known, key.id) if key.id in known.gaps else None)
        kinds = [known.gaps[key.id].kind if key.id in known.gaps else None for known in self._sides]
        if len(set(kinds)) > 1:
            yield from self._gap(Key("gap", key.id, "amount"))

    def _rank(self, key: Key) -> Iterator[Edit]:
        """Its own score and size, and those of gaps that came before it or fell behind it."""
        yield from self._score(key.id)
        sides = [{gap.aspect: gap for gap in known.playbook.gaps if gap.kind == "gap"} for known in self._sides]
        for aspect in dict.fromkeys(aspect for side in sides for aspect in side):
            if len({_is_before(side, aspect, key.id) for side in sides}) > 1:
                yield from self._score(aspect)

    def _score(self, aspect: str) -> tuple[Edit, ...]:
        if aspect not in self._of_scores:
            self._of_scores[aspect] = (
                *self._gap(Key("gap", aspect, "size")),
                *self._traced(lambda known: gaps.priority(known, aspect) if aspect in known.gaps else None),
                *self._traced(lambda known: gaps.score(known, known.gaps[aspect]) if aspect in known.gaps else None),
            )
        return self._of_scores[aspect]

    def _closing(self, key: Key) -> Iterator[Edit]:
        yield from self._gap(Key("gap", key.id, "amount"))
        if all(key.id in known.closings for known in self._sides):
            yield from self._traced(lambda known: closing.closing(known, key.id))
            yield from self._lifted([known.closings[key.id].liftings for known in self._sides])
            yield from self._edits("aspects", (key.id, "pmo_can_close"))

    def _lifted(self, sides: Iterable[Iterable[Lifting]]) -> Iterator[Edit]:
        """What makes services lift an aspect more, less or to another ceiling: their own lines, their tier, the method."""
        before, after = ({lifting.service: lifting for lifting in side} for side in sides)
        for service in (name for name in before if name in after and before[name] != after[name]):
            old, new = before[service], after[service]
            yield from self._edits("services", (service, "lifts"))
            if old.by != new.by:
                yield from self._of_lifts(old.strength, new.strength)
            if old.up_to != new.up_to:
                yield from self._edits("services", (service, "tier"))
                yield from self._of_lifts("basic_up_to", "advanced_up_to")

    def _of_lifts(self, *fields: str) -> Iterator[Edit]:
        """Edits of what the method says about lifts."""
        for field in fields:
            yield from self._edits("method", ("lift", field))
            yield from self._edits("playbook", ("method", "lift", field))

    def _candidate(self, key: Key) -> Iterator[Edit]:
        for known in self._sides:
            for lifting in known.liftings.get(key.id, ()):
                yield from self._gap(Key("gap", lifting.aspect, "amount"))
        yield from self._edits("services", (key.id, "lifts"))

    def _work(self, key: Key) -> Iterator[Edit]:
        yield from self._traced(lambda known: services.work(known, key.id) if key.id in known.placements else None)
        if key.id in self._moved:
            yield from self.of_launch(key.id)
        placed = [known.placements.get(key.id) for known in self._sides]
        if len({place is not None and place.frozen for place in placed}) > 1:  # what it took, or what it is to take
            for wave in {place.wave for place in placed if place is not None}:
                yield from self._edits("roadmap", ("waves", wave, "status"))
                yield from self._edits("roadmap", ("waves", wave, "launched", key.id))

    def _capacity(self, key: Key) -> Iterator[Edit]:
        ways: Mapping[str, tuple[Callable[[Known, str], Computed], ...]] = {
            "fte": (roadmap.team,),
            "build_days": (roadmap.build_days,),
            "build_limit": (roadmap.build_limit, roadmap.team, roadmap.working_days, roadmap.run_fte),
            "run_fte": (roadmap.run_fte,),
            "run_limit": (roadmap.run_limit,),
        }
        for way in ways[key.field]:
            if (way, key.wave) not in self._of_ways:
                self._of_ways[way, key.wave] = tuple(self._traced(partial(_in_wave, way, key.wave)))
            yield from self._of_ways[way, key.wave]

    def _load(self, key: Key) -> Iterable[Edit]:
        if key.field == "capacity":
            return self._traced(
                lambda known: roadmap.change_capacity(known, key.id, key.wave) if key.wave in known.waves else None
            )
        return self._traced(
            lambda known: roadmap.load(known, key.id, key.wave) if (key.id, key.wave) in known.loads else None
        )

    def _projected(self, key: Key) -> Iterator[Edit]:
        yield from self._level(key)

        def wave_of(known: Known) -> str | None:
            wave = key.wave or (known.in_time[-1] if known.in_time else "")
            return wave if key.id in known.projected and wave in known.waves else None

        def after(known: Known) -> Computed | None:
            wave = wave_of(known)
            return None if wave is None else closing.level_after(known, key.id, wave)

        yield from self._traced(after)
        waves = [(known, wave) for known in self._sides if (wave := wave_of(known)) is not None]
        if len(waves) == len(self._sides):
            yield from self._lifted(closing.lifting_by(known, wave, key.id) for known, wave in waves)

    def _traced(self, grow: _Grown) -> Iterator[Edit]:
        """Edits at the places of the parts in which the two explanations differ."""
        trees = [grow(known) for known in self._sides]
        for part, is_new in _differing(*trees) if len(trees) == 2 else ():
            for place in part.spans:
                at = (place.file, place.line, place.column)
                for entry in (*self._at.get(at, ()), *self._within.get(place.file, ())):
                    if entry.holds(place):
                        yield entry.edit
            if is_new and part.about is not None and part.about.kind == "service" and part.about.id in self._moved:
                yield from self.of_launch(part.about.id)


def _differing(old: Computed | None, new: Computed | None) -> Iterator[tuple[Computed, bool]]:
    """The smallest parts in which two explanations differ; True for those that only one of them has."""
    if old is None or new is None:
        for part in (old or new).walk() if old or new else ():  # type: ignore[union-attr]  # one of them is there
            yield part, True
        return
    if old == new:
        return
    below = [found for before, after in _paired(old.inputs, new.inputs) for found in _differing(before, after)]
    if below:
        yield from below
    elif (old.shown, old.value, old.how) != (new.shown, new.value, new.how) or not old.inputs:
        yield old, False
        yield new, False


def _paired(old: tuple[Computed, ...], new: tuple[Computed, ...]) -> Iterator[tuple[Computed | None, Computed | None]]:
    left: dict[object, list[Computed]] = {}
    for part in old:
        left.setdefault((part.name, part.about), []).append(part)
    for part in new:
        same = left.get((part.name, part.about))
        yield (same.pop(0) if same else None), part
    for parts in left.values():
        for part in parts:
            yield part, None


def _in_wave(way: Callable[[Known, str], Computed], wave: str, known: Known) -> Computed | None:
    return way(known, wave) if wave in known.waves else None


def _is_before(side: Mapping[str, Gap], aspect: str, other: str) -> bool | None:
    """Whether one gap ranks before another; None where one of them is no gap."""
    first, second = side.get(aspect), side.get(other)
    return None if first is None or second is None else first.rank < second.rank


def _is_wish(edit: Edit, service: str) -> bool:
    path = tuple(map(str, edit.path))
    if edit.part == "decisions":
        return path[:2] == ("services", service)
    return edit.part == "roadmap" and bool(path) and path[0] in _WISHES and service in path[1:2]


def _is_for_planning(edit: Edit, current: Iterable[str]) -> bool:
    """Whether a plan could depend on the value."""
    path = tuple(map(str, edit.path))
    if edit.part in GENERATED or any(step in _NO_PART_OF_PLANNING for step in path):
        return False
    if edit.part in {"roadmap", "method", *current}:
        return True
    rest = {
        "services": len(path) == 1 or bool(_OF_SERVICES & set(path[1:2])),
        "aspects": len(path) == 1 or path[1:2] == ("pmo_can_close",),
        "decisions": path[:1] in (("services",), ("accepted_gaps",)) and (len(path) == 2 or path[-1] == "decision"),
        "foundation": path[:1] == ("customers",) and (len(path) in (2, 4) or bool({"weight", "aspects"} & set(path))),
        "playbook": path[:1] in (("method",), ("catalogue",)),
        "answers": path in {(f"content/{name}.csv",) for name in current},
    }
    return edit.part in rest and rest[edit.part]
