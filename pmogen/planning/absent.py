"""Why a service is in no wave, and what it would take to have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from pmogen.analysis.changes_of_scope import MOST_WAVES
from pmogen.model.workspace import Workspace
from pmogen.planning.bundle import Unit, as_far_as_possible, missing, unit_of
from pmogen.planning.decided import Allowed, allowed, as_planned, can_be_spared, otherwise
from pmogen.planning.formulation import Formulation
from pmogen.planning.names import Names
from pmogen.planning.plan import Absence, Change, ChangeKind, Takes, Tried
from pmogen.planning.problem import PlanService
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, room_of
from pmogen.planning.sentences import SHOWN, Question, Sentences
from pmogen.planning.ways import MOST, Way, way_in
from pmogen.planning.words import capital, sentence

LARGE = 400
"""Services times waves beyond which `MOST_WAVES_OF_LARGE` waves more at most are tried, so that it does not take minutes."""
MOST_WAVES_OF_LARGE = 1
SEARCHES = 150
"""So many services are asked about at most, for the same reason."""
NO_WAY = (
    f"No way in was found with up to {MOST} changes at once: of building days, roles, running, change points, high "
    "changes, black-outs, first waves and further waves."
)
NOT_ASKED = "What it would take was not looked for: too many services are in no wave."

Otherwise = tuple[int, tuple[str, ...]]
"""So many waves more, and what is declined."""
Rooms = Callable[[int, tuple[str, ...]], Room | None]
"""The plan as it is but for that, in a problem as if something had been decided; None where there is none."""


def absences(
    workspace: Workspace, formulation: Formulation, schedule: Schedule, *, ways: bool = True
) -> tuple[Absence, ...]:
    """Everything that could have been planned, or was ruled out, and is in no wave; by id.

    Without `ways`, what it would take is not looked for.
    """
    explainer = _Absences(workspace, formulation, schedule, ways=ways)
    open_ones = (explainer.open(s) for s in formulation.problem.services if s.id not in schedule.launches)
    settled = (explainer.settled(absence) for absence in formulation.absences)
    return tuple(sorted((*open_ones, *settled), key=lambda absence: absence.service))


@dataclass(frozen=True)
class Found:
    """The way in that takes the fewest changes, after so many waves more, and with these declined."""

    waves: int
    without: tuple[str, ...]
    room: Room
    way: Way

    @property
    def changes(self) -> int:
        """How many changes; each wave is one."""
        return self.waves + len(self.without) + len(self.way.grants)


class _Absences:
    def __init__(self, workspace: Workspace, formulation: Formulation, schedule: Schedule, *, ways: bool) -> None:
        self._ways = ways
        self._workspace = workspace
        self._formulation = formulation
        self._problem = formulation.problem
        self._schedule = schedule
        self._room = room_of(self._problem, schedule)
        self._words = Sentences(workspace, self._problem)
        self._names = self._words.names
        self._workspaces: dict[Otherwise, Workspace | None] = {(0, ()): workspace}
        self._rooms: dict[Otherwise, Room | None] = {(0, ()): self._room}
        self._freed: dict[Otherwise, Allowed | None] = {}
        large = len(self._problem.services) * len(self._problem.waves) > LARGE
        self._most_waves = MOST_WAVES_OF_LARGE if large else MOST_WAVES
        self._asked: set[str] = set()

    def _workspace_with(self, waves: int, without: tuple[str, ...] = ()) -> Workspace | None:
        key = waves, without
        if key not in self._workspaces:
            self._workspaces[key] = otherwise(self._workspace, waves, without)
        return self._workspaces[key]

    def _as_it_is(self, waves: int, without: tuple[str, ...] = ()) -> Room | None:
        """The plan with so many waves more, and without what is declined for that."""
        key = waves, without
        if key not in self._rooms:
            workspace = self._workspace_with(*key)
            self._rooms[key] = as_planned(workspace, self._formulation, self._schedule) if workspace else None
        return self._rooms[key]

    def _allowed(self, waves: int = 0, without: tuple[str, ...] = ()) -> Allowed | None:
        """The same as if nothing else had been ruled out."""
        key = waves, without
        if key not in self._freed:
            workspace = self._workspace_with(*key)
            found = allowed(workspace, self._formulation, self._schedule, without) if workspace else None
            self._freed[key] = found
        return self._freed[key]

    def settled(self, absence: Absence) -> Absence:
        """What was ruled out before planning, with what it would take."""
        if not self._ways:
            return absence
        found = self._allowed()
        names = found.needed(absence.service) if found else ()
        by = tuple(name for name in names if name != absence.service) if absence.code == "prerequisite" else ()
        return self._said(replace(absence, by=by, takes=self._otherwise(absence.service, names)))

    def _otherwise(self, service: str, names: tuple[str, ...]) -> Takes | None:
        """What it would take if people decided otherwise."""
        given_up = {absence.service for absence in self._formulation.absences if absence.code == "dropped"}

        def decision(name: str) -> Change:
            if name in given_up:
                return self._decision("resume", name, f"taking up {self._names.service(name)} again")
            return self._decision("offer", name, f"the decision to offer {self._names.service(name)}")

        def rooms(waves: int, without: tuple[str, ...]) -> Room | None:
            there = self._allowed(waves, without)
            return there.asked(names) if there else None

        decisions = tuple(decision(name) for name in names)
        takes = self._takes(rooms, service, decisions) or self._pinned(rooms, service, decisions)
        found = self._allowed()
        brings = dict(takes.brings) if takes else {}
        return takes if found and found.woken(names) <= brings.keys() else None

    def _said(self, absence: Absence) -> Absence:
        """The absence, which says so where no few changes bring the service in."""
        return (
            absence
            if absence.takes or not self._ways
            else replace(absence, why=(*absence.why, self._no_way(absence.service)))
        )

    def _no_way(self, service: str) -> str:
        found = self._allowed()
        problem = found.room.problem if found else self._problem
        if service not in problem.by_id:
            return "No decision and no limit helps: the catalogue would have to change."
        mates = {member.id for unit in missing(Room(problem), problem.by_id[service]) for member in unit}
        for name in sorted(mates):
            for other in problem.rivals(name):
                both = self._names.services((name, other))
                if other in mates:
                    return f"{both} are alternatives, and it would need both: no change of limits brings it in."
                if other in problem.by_id and problem.by_id[other].launched is not None:
                    return f"{both} are alternatives, and the second is live: no change of limits brings it in."
        return NO_WAY if service in self._asked else NOT_ASKED

    def open(self, service: PlanService) -> Absence:
        """What could have been planned and is not."""
        unit = unit_of(self._problem, service)
        wanted = service.latest is not None
        return self._said(self._ruled_out(service, unit, wanted) or self._kept_out(service, unit, wanted))

    def _ruled_out(self, service: PlanService, unit: Unit, wanted: bool) -> Absence | None:
        """What no limit keeps out: an alternative was taken, time is over, or it closes nothing."""
        if taken := tuple(other for other in self._problem.rivals(service.id) if other in self._schedule.launches):
            return self._instead(service, taken)
        names = {member.id for member in unit}
        if both := next((n for n in sorted(names) if not names.isdisjoint(self._problem.rivals(n))), None):
            pair = self._names.services(sorted({both, *self._problem.rivals(both)} & names))
            said = f"{pair} are to launch together or not at all, and only one of them is to be: both cannot hold."
            return Absence(service.id, "alternative", (said,), tuple(sorted(names - {service.id})))
        if not self._problem.open_waves:
            return Absence(service.id, "no room", ("No wave is open any more.",))
        if not wanted and not any(self._closing(member) for member in unit):
            return self._useless(service)
        return None

    def _kept_out(self, service: PlanService, unit: Unit, wanted: bool) -> Absence:
        """What others cover, or what does not fit where it would help."""
        trial, stuck = as_far_as_possible(self._room, service)
        open_waves = self._problem.open_waves
        waves = [number for number in open_waves if wanted or self._room.gain(service, number, *unit[1:])]
        if not waves:
            return self._covered(service)
        if stuck is not service and stuck not in unit:
            return self._stuck(service, stuck, trial)
        tried = self._tried(trial, service, waves)
        if not wanted and not self._room.gain(service, len(self._problem.waves) - 1, *unit[1:]):
            return self._covered(service, tried, self._beside(trial))
        return self._no_room(service, trial, tried)

    def _takes(
        self, rooms: Rooms, service: str, before: tuple[Change, ...] = (), *, useful: bool = True
    ) -> Takes | None:
        """The fewest changes of limits found that bring it in, after these decisions; a wave more counts as one of them."""
        found = self._search(rooms, service, useful=useful)
        changes = (*before, *self._changes(found)) if found else ()
        return self._in_words(found, service, changes) if found and changes else None

    def _search(self, rooms: Rooms, service: str, *, useful: bool) -> Found | None:
        best: Found | None = None
        if not self._ways or len(self._asked | {service}) > SEARCHES:
            return None
        self._asked.add(service)
        without = self._in_place(rooms(0, ()), service)
        for waves in range(self._most_waves + 1) if without is not None else ():
            if best is not None and best.changes <= waves:
                break
            room = rooms(waves, without or ())
            if room is None or service not in room.problem.by_id:
                break
            first = len(room.problem.waves) - 1 if waves else 0
            way = way_in(room, room.problem.by_id[service], first, useful=useful)
            if way is not None and (best is None or waves + len(without or ()) + len(way.grants) < best.changes):
                best = Found(waves, without or (), room, way)
        return best

    def _in_place(self, room: Room | None, service: str) -> tuple[str, ...] | None:
        """Alternatives in the plan, to it or to what it needs, that have to go; None where one cannot be spared."""
        if room is None or service not in room.problem.by_id:
            return None
        members = [member for unit in missing(room, room.problem.by_id[service]) for member in unit]
        found = sorted(
            {other for member in members for other in room.problem.rivals(member.id) if other in room.launches}
        )
        spared = all(can_be_spared(self._formulation, self._schedule, name) for name in found)
        return tuple(found) if spared else None

    def _changes(self, found: Found) -> tuple[Change, ...]:
        declined = (
            self._decision("decline", name, f"the decision to decline {self._names.service(name)}")
            for name in found.without
        )
        limits = Sentences(self._then(found), found.room.problem).changes(found.way.grants)
        return (*self._more_waves(found.waves), *declined, *limits)

    def _then(self, found: Found) -> Workspace:
        """The workspace with the waves that it takes."""
        return self._workspace_with(found.waves) or self._workspace

    def _more_waves(self, waves: int) -> tuple[Change, ...]:
        if not waves:
            return ()
        last = self._problem.waves[-1].id
        count = ("one wave", "two waves", "three waves", "four waves")[waves - 1]
        words = f"{count} more after {self._names.wave(last)}, with the same team"
        return (Change("wave", last, "", Fraction(waves), (f"waves=+{waves}",), words),)

    def _in_words(self, found: Found, service: str, changes: tuple[Change, ...]) -> Takes:
        """The changes in a sentence; a pin among them stands where it says in which wave it could launch."""
        ids, way = [wave.id for wave in found.room.problem.waves], found.way
        others = [name for name in way.launches if name != service]
        along = f", with {self._names.services(others)}" if others else ""
        there = found.waves == 1 and way.wave == len(self._problem.waves)
        pinned = any(change.kind == "pin" for change in changes)
        where = f", pinned to {self._wave(found)}" if pinned else " there" if there else f" in {self._wave(found)}"
        first = self._words.together(change for change in changes if change.kind != "pin" or len(changes) == 1)
        words = sentence(f"{capital(first)}; then it could launch{where}{along}")
        words += "" if way.helps else " It would close nothing more."
        return Takes(ids[way.wave], changes, tuple((name, ids[wave]) for name, wave in way.launches.items()), words)

    def _wave(self, found: Found) -> str:
        return Names(self._then(found)).wave(found.room.problem.waves[found.way.wave].id)

    def _pinned(self, rooms: Rooms, service: str, before: tuple[Change, ...] = ()) -> Takes | None:
        """To have it all the same, although it would close nothing more: it fits, or would with a little more."""
        found = self._search(rooms, service, useful=False)
        if found is None:
            return None
        wave, name = found.room.problem.waves[found.way.wave].id, self._wave(found)
        pin = Change("pin", wave, service, Fraction(0), (f"pin={service}@{wave}",), f"pinning it to {name}")
        first = (*before, *self._changes(found))
        takes = self._in_words(found, service, (*first, pin))
        if first:
            return takes
        others = [other for other in found.way.launches if other != service]
        along = f" (with {self._names.services(others)}, which it needs)" if others else ""
        nothing = "" if found.way.helps else " It would close nothing more."
        return replace(takes, words=f"To have it all the same, pin it to {name}{along}: it fits there.{nothing}")

    def _decision(self, kind: ChangeKind, subject: str, words: str) -> Change:
        return Change(kind, "", subject, Fraction(0), (f"{kind}={subject}",), words)

    def _tried(self, trial: Room, service: PlanService, waves: Iterable[int]) -> tuple[Tried, ...]:
        """The waves in which it would help, each with all that is in the way there."""
        unit = unit_of(self._problem, service)
        outside = frozenset(trial.launches.keys() - self._schedule.launches.keys())
        found = []
        for number in waves:
            blockers = tuple(trial.blockers(unit[0], number, *unit[1:]))
            why = self._words.every(Question(unit, number, trial.launches, outside), blockers)
            found.append(Tried(self._problem.waves[number].id, why, self._words.limits(blockers)))
        return tuple(found)

    def _closing(self, service: PlanService) -> bool:
        """Whether it closes anything that counts, if nothing else is there."""
        bit = 1 << service.index
        return any(gap.weight and gap.closed(bit) for gap in self._problem.gaps_of[service.index])

    def _useless(self, service: PlanService) -> Absence:
        """Nothing to close that counts: the gaps are accepted, or others that need it are not in the plan."""
        accepted = {entry.aspect for entry in self._workspace.decisions.accepted_gaps}
        bit = 1 << service.index
        lifts = [gap.id for gap in self._problem.gaps_of[service.index] if gap.closed(bit)]
        if found := [aspect for aspect in lifts if aspect in accepted]:
            said = f"The gap it closes, in {self._names.aspect(found[0])}, was accepted as it is."
            if len(found) > 1:
                said = "The gaps it closes were accepted as they are."
            return Absence(service.id, "accepted", (said,), takes=self._not_accepted(service, found))
        pinned = self._pinned(self._as_it_is, service.id)
        if lifts:
            return Absence(service.id, "not useful", ("The gaps it closes carry no weight here.",), takes=pinned)
        needing = tuple(other for other, _ in self._problem.needed_by(service.id))
        mates = tuple(mate for mate in self._problem.mates(service.id) if mate not in self._schedule.launches)
        if needing:
            one = len(needing) == 1
            verbs = ("needs", "is") if one else ("need", "are")
            names = self._names.services(needing, SHOWN)
            said = f"It closes no gap here; {names}, which {verbs[0]} it, {verbs[1]} not in the plan."
            return Absence(service.id, "not useful", (said,), needing, takes=pinned)
        with_it = f"; it launches together with {self._names.services(mates)} or not at all" if mates else ""
        return Absence(service.id, "not useful", (f"It closes no gap here{with_it}.",), mates, takes=pinned)

    def _not_accepted(self, service: PlanService, accepted: list[str]) -> Takes | None:
        """What it would take if one of the accepted gaps were to be closed after all."""
        weights = self._workspace.catalogue.method.gap.priority_weight
        for aspect in accepted:
            weight = getattr(weights, self._formulation.gaps[aspect].priority)

            def rooms(waves: int, without: tuple[str, ...], aspect: str = aspect, weight: int = weight) -> Room | None:
                room = self._as_it_is(waves, without)
                return _weighed(room, aspect, weight) if room else None

            words = f"not accepting the gap in {self._names.aspect(aspect)} any more"
            if found := self._takes(rooms, service.id, (self._decision("unaccept", aspect, words),)):
                return found
        return None

    def _beside(self, trial: Room) -> tuple[tuple[str, str], ...]:
        """What launches in the trial and not in the plan."""
        added = sorted(trial.launches.keys() - self._schedule.launches.keys())
        return tuple((name, self._problem.waves[trial.launches[name]].id) for name in added)

    def _covered(
        self, service: PlanService, tried: tuple[Tried, ...] = (), beside: tuple[tuple[str, str], ...] = ()
    ) -> Absence:
        """What it would close is closed by others: at the latest at the end, where it would help only earlier."""
        by = self._covering(unit_of(self._problem, service))
        names = self._names.services(by)
        verb = ("is", "closes") if len(by) == 1 else ("are", "close")
        offered = any(
            entry.service == service.id and entry.decision == "offer" for entry in self._workspace.decisions.services
        )
        if offered:
            because = f"{names}, which {verb[0]} in it, already {verb[1]} all it would close"
            why = [f"People offered it; the plan leaves it out because {because}."]
        else:
            why = [f"{names}, which {verb[0]} in the plan, already {verb[1]} all it would close."]
        if proposals := tuple(name for name in by if self._undecided(name)) if offered else ():
            are, them = ("is a proposal", "it") if len(proposals) == 1 else ("are proposals", "them")
            why.append(f"{self._names.services(proposals)} {are}: nobody has decided on {them} yet.")
        if tried:
            closest = min(tried, key=lambda entry: len(entry.limits))
            why.append("It would help only earlier, while these are not live yet, and does not fit there.")
            why.append(f"Closest is {self._names.wave(closest.wave)}: {' '.join(closest.why)}")
        why.append(self._in_place_of(service, by))
        takes = self._pinned(self._as_it_is, service.id)
        if takes is None or len(takes.changes) > 1:
            takes = (self._takes(self._as_it_is, service.id) if tried else None) or takes
        return Absence(service.id, "redundant", tuple(why), by, tried, beside, takes)

    def _in_place_of(self, service: PlanService, by: tuple[str, ...]) -> str:
        """Which single service would have to go for it to close something."""
        unit = unit_of(self._problem, service)
        bit = sum(1 << member.index for member in unit)
        live = self._room.live_after(len(self._problem.waves) - 1)
        gaps = {gap.id: gap for member in unit for gap in self._problem.gaps_of[member.index] if gap.weight}

        def leaves_room(name: str) -> bool:
            rest = live & ~(1 << self._problem.by_id[name].index)
            return any(gap.closed(rest | bit) > gap.closed(rest) for gap in gaps.values())

        found = [name for name in by if self._problem.by_id[name].launched is None and leaves_room(name)]
        if not found:
            return "No single service could go to leave it anything to close."
        one = "" if len(found) == 1 else "one of "
        return f"It would close something if {one}{self._names.services(found, SHOWN)} were not in the plan."

    def _undecided(self, service: str) -> bool:
        return self._problem.by_id[service].launched is None and all(
            entry.service != service for entry in self._workspace.decisions.services
        )

    def _covering(self, unit: Unit) -> tuple[str, ...]:
        """Services of the plan that, alone, leave it nothing to close; none of them can be spared for that."""
        bit = sum(1 << member.index for member in unit)
        gaps = [gap for gap in self._problem.aspects if gap.weight and gap.mask & bit and gap.closed(bit)]
        live = self._room.live_after(len(self._problem.waves) - 1)
        strength = {lift.bit: 0 for gap in gaps for lift in gap.lifts if lift.bit & live}
        for gap in gaps:
            for lift in gap.lifts:
                if lift.bit & live:
                    strength[lift.bit] += gap.weight * gap.closed(lift.bit)
        ids = {1 << s.index: s.id for s in self._problem.services}
        chosen = sum(strength)
        for lifting in sorted(strength, key=lambda lift: (not self._undecided(ids[lift]), strength[lift], ids[lift])):
            rest = chosen & ~lifting
            if all(gap.closed(rest | bit) == gap.closed(rest) for gap in gaps):
                chosen = rest
        named = [lift for lift in strength if lift & chosen]
        return tuple(ids[lift] for lift in sorted(named, key=lambda lift: (-strength[lift], ids[lift])))

    def _instead(self, service: PlanService, taken: tuple[str, ...]) -> Absence:
        """An alternative was taken: declining that one makes place, where nothing needs it."""
        said = f"{self._names.services(taken)} is in the plan, and only one of the two is to be."
        takes = self._takes(self._as_it_is, service.id) or self._pinned(self._as_it_is, service.id)
        return Absence(service.id, "alternative", (said,), taken, takes=takes)

    def _stuck(self, service: PlanService, stuck: PlanService, trial: Room) -> Absence:
        """A prerequisite fits in no wave: what is in its way there, and what it would take for both."""
        tried = self._tried(trial, stuck, self._problem.open_waves)
        closest = min(tried, key=lambda entry: len(entry.limits))
        name = self._names.service(stuck.id)
        why = (
            f"It needs {name}, which fits in no wave with everything else where it is.",
            f"{name} is closest to fitting in {self._names.wave(closest.wave)}: {' '.join(closest.why)}",
        )
        takes = self._takes(self._as_it_is, service.id) or self._pinned(self._as_it_is, service.id)
        return Absence(service.id, "prerequisite", why, (stuck.id,), tried, self._beside(trial), takes)

    def _no_room(self, service: PlanService, trial: Room, tried: tuple[Tried, ...]) -> Absence:
        brought = self._beside(trial)
        beside = f" even with {self._names.services(name for name, _ in brought)}, which it needs" if brought else ""
        helps = "none of the waves" if service.latest is not None else "none of the waves in which it would help"
        black = all(any(limit.kind == "black-out" for limit in entry.limits) for entry in tried)
        takes = self._takes(self._as_it_is, service.id, useful=service.latest is None)
        takes = takes or self._pinned(self._as_it_is, service.id)
        first = takes.wave if takes else ""
        closest = min(tried, key=lambda entry: (entry.wave != first, len(entry.limits)))
        why = (
            f"It fits in {helps}{',' * bool(beside)}{beside}.",
            f"Closest is {self._names.wave(closest.wave)}: {' '.join(closest.why)}",
        )
        return Absence(service.id, "black-out" if black else "no room", why, (), tried, brought, takes)


def _weighed(room: Room, aspect: str, weight: int) -> Room:
    """The same room with another weight of a gap."""
    gaps = tuple(replace(gap, weight=weight) if gap.id == aspect else gap for gap in room.problem.aspects)
    twin = room.copy()
    twin.problem = replace(room.problem, aspects=gaps)
    return twin
