"""Why a service is in no wave, and what it would take to have it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from pmogen.analysis.changes_of_scope import MOST_WAVES
from pmogen.analysis.services import decision_on
from pmogen.language import _, ngettext
from pmogen.model.workspace import Workspace
from pmogen.planning.absence_words import (
    alternatives,
    but_nothing_more,
    covered,
    fits_nowhere,
    more_waves,
    no_way,
    not_looked_for,
    proposed,
)
from pmogen.planning.beside import made_of_each
from pmogen.planning.bundle import Unit, as_far_as_possible, missing, unit_of
from pmogen.planning.change_words import ChangeWords, then
from pmogen.planning.covered import could_go, covering
from pmogen.planning.decided import Allowed, allowed, as_planned, can_be_spared, otherwise
from pmogen.planning.formulation import Formulation
from pmogen.planning.names import Names
from pmogen.planning.plan import Absence, Change, ChangeKind, Takes, Tried
from pmogen.planning.problem import PlanService
from pmogen.planning.room import Room
from pmogen.planning.scheduler import Schedule, room_of
from pmogen.planning.sentences import SHOWN, Question, Sentences
from pmogen.planning.ways import MOST, Way, way_in
from pmogen.planning.words import sentence

LARGE = 400
"""Services times waves beyond which `MOST_WAVES_OF_LARGE` waves more at most are tried, so that it does not take minutes."""
MOST_WAVES_OF_LARGE = 1
SEARCHES = 150
"""So many services are asked about at most, for the same reason."""
PART = 30
"""So many of them are given to a process at a time."""

Otherwise = tuple[int, tuple[str, ...]]
"""So many waves more, and what is declined."""
Added = frozenset[tuple[str, int]]
"""Launches that are not in the plan."""
Rooms = Callable[[int, tuple[str, ...]], Room | None]
"""The plan as it is but for that, in a problem as if something had been decided; None where there is none."""


def absences(
    workspace: Workspace,
    formulation: Formulation,
    schedule: Schedule,
    *,
    ways: bool = True,
    explained: Collection[str] | None = None,
) -> tuple[Absence, ...]:
    """Everything that could have been planned, or was ruled out, and is in no wave; by id.

    Without `ways`, what it would take is not looked for; with `explained`, other services are passed over.
    """
    explainer = _Absences(workspace, formulation, schedule, ways=ways)
    services = (s for s in formulation.problem.services if explained is None or s.id in explained)
    open_ones = explainer.all_open([service for service in services if service.id not in schedule.launches])
    ruled_out = (absence for absence in formulation.absences if explained is None or absence.service in explained)
    settled = (explainer.settled(absence) for absence in ruled_out)
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
        self._words = Sentences(workspace, self._problem, schedule.launches)
        self._names = self._words.names
        self._workspaces: dict[Otherwise, Workspace | None] = {(0, ()): workspace}
        self._rooms: dict[Otherwise, Room | None] = {(0, ()): self._room}
        self._freed: dict[Otherwise, Allowed | None] = {}
        large = len(self._problem.services) * len(self._problem.waves) > LARGE
        self._most_waves = MOST_WAVES_OF_LARGE if large else MOST_WAVES
        self._asked: set[str] = set()
        self._tried_before: dict[tuple[str, int, Added], Tried] = {}

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
                words = _("taking up {service} again", service=self._names.service(name))
                return self._decision("resume", name, words)
            return self._decision(
                "offer", name, _("the decision to offer {service}", service=self._names.service(name))
            )

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
        problem = self._empty.problem
        if service not in problem.by_id:
            return _("No decision and no limit helps: the catalogue would have to change.")
        mates = {member.id for unit in missing(self._empty, problem.by_id[service]) for member in unit}
        for name in sorted(mates):
            for other in problem.rivals(name):
                both = self._names.services((name, other))
                if other in mates:
                    return alternatives(both, live=False)
                if other in problem.by_id and problem.by_id[other].launched is not None:
                    return alternatives(both, live=True)
        return no_way(MOST) if service in self._asked else not_looked_for()

    @cached_property
    def _empty(self) -> Room:
        """Nothing but history, in the problem as if nothing had been ruled out."""
        found = self._allowed()
        return Room(found.room.problem if found else self._problem)

    def all_open(self, services: list[PlanService]) -> list[Absence]:
        """All that could have been planned and is not.

        The first ones, so many that each of them may be asked about, need nothing of each other: they are shared among processes.
        """
        first = services[:SEARCHES] if len(services) > PART else []
        if first and self._ways:
            self._as_it_is(1)  # all of them will need it
        parts = [first[at : at + PART] for at in range(0, len(first), PART)]
        found: list[Absence] = []
        for absences_of, asked in made_of_each(self._open_here, parts):
            found += absences_of
            self._asked |= asked
        return found + [self.open(service) for service in services[len(first) :]]

    def _open_here(self, services: list[PlanService]) -> tuple[list[Absence], set[str]]:
        """A few of the first ones, and those of them that were asked about."""
        self._asked = set()
        return [self.open(service) for service in services], self._asked

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
            said = _(
                "{services} are to launch together or not at all, and only one of them is to be: both cannot hold.",
                services=pair,
            )
            return Absence(service.id, "alternative", (said,), tuple(sorted(names - {service.id})))
        if not self._problem.open_waves:
            return Absence(service.id, "no room", (_("No wave is open any more."),))
        if not wanted and not any(self._closing(member) for member in unit):
            return self._useless(service)
        return None

    def _kept_out(self, service: PlanService, unit: Unit, wanted: bool) -> Absence:
        """What others cover, or what does not fit where it would help."""
        trial, stuck = as_far_as_possible(self._room, service)
        open_waves = self._problem.open_waves
        waves = open_waves if wanted else self._room.helping(*unit)
        if not waves:
            return self._covered(service)
        if stuck is not service and stuck not in unit:
            return self._stuck(service, stuck, trial, self._added(trial, service))
        added = self._added(trial, service)
        tried = self._tried(trial, service, waves, added)
        if not wanted and not self._room.gain(service, len(self._problem.waves) - 1, *unit[1:]):
            return self._covered(service, tried, self._beside(added))
        return self._no_room(service, tried, self._beside(added))

    def _takes(
        self, rooms: Rooms, service: str, before: tuple[Change, ...] = (), *, useful: bool = True
    ) -> Takes | None:
        """The fewest changes of limits found that bring it in, after these decisions; a wave more counts as one of them."""
        found = self._search(rooms, service, useful=useful)
        changes = (*before, *self._changes(found)) if found else ()
        return self._in_words(found, service, changes) if found and changes else None

    def _search(self, rooms: Rooms, service: str, *, useful: bool) -> Found | None:
        best: Found | None = None
        if not self._ways or (service not in self._asked and len(self._asked) >= SEARCHES):
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
            self._decision("decline", name, _("the decision to decline {service}", service=self._names.service(name)))
            for name in found.without
        )
        limits = ChangeWords(self._then(found), found.room.problem).changes(found.way.grants)
        return (*self._more_waves(found.waves), *declined, *limits)

    def _then(self, found: Found) -> Workspace:
        """The workspace with the waves that it takes."""
        return self._workspace_with(found.waves) or self._workspace

    def _more_waves(self, waves: int) -> tuple[Change, ...]:
        if not waves:
            return ()
        last = self._problem.waves[-1].id
        words = more_waves(waves, self._names.wave(last))
        return (Change("wave", last, "", Fraction(waves), (f"waves=+{waves}",), words),)

    def _in_words(self, found: Found, service: str, changes: tuple[Change, ...]) -> Takes:
        """The changes in a sentence; a pin among them stands where it says in which wave it could launch."""
        ids, way = [wave.id for wave in found.room.problem.waves], found.way
        others = self._names.services(name for name in way.launches if name != service)
        there = found.waves == 1 and way.wave == len(self._problem.waves)
        pinned = any(change.kind == "pin" for change in changes)
        first = (change for change in changes if change.kind != "pin" or len(changes) == 1)
        wave = self._wave(found) if pinned or not there else ""
        words = sentence(then(first, others, wave=wave, pinned=pinned)) + but_nothing_more(way.helps)
        return Takes(ids[way.wave], changes, tuple((name, ids[wave]) for name, wave in way.launches.items()), words)

    def _wave(self, found: Found) -> str:
        return Names(self._then(found)).wave(found.room.problem.waves[found.way.wave].id)

    def _pinned(self, rooms: Rooms, service: str, before: tuple[Change, ...] = ()) -> Takes | None:
        """To have it all the same, although it would close nothing more: it fits, or would with a little more."""
        found = self._search(rooms, service, useful=False)
        if found is None:
            return None
        wave, name = found.room.problem.waves[found.way.wave].id, self._wave(found)
        words = _("pinning it to {wave}", wave=name)
        pin = Change("pin", wave, service, Fraction(0), (f"pin={service}@{wave}",), words)
        first = (*before, *self._changes(found))
        takes = self._in_words(found, service, (*first, pin))
        if first:
            return takes
        others = self._names.services(other for other in found.way.launches if other != service)
        if others:
            words = _(
                "To have it all the same, pin it to {wave} (with {services}, which it needs): it fits there.",
                wave=name,
                services=others,
            )
        else:
            words = _("To have it all the same, pin it to {wave}: it fits there.", wave=name)
        return replace(takes, words=words + but_nothing_more(found.way.helps))

    def _decision(self, kind: ChangeKind, subject: str, words: str) -> Change:
        return Change(kind, "", subject, Fraction(0), (f"{kind}={subject}",), words)

    def _added(self, trial: Room, service: PlanService) -> Added:
        """What the service needs that launches in the trial and not in the plan."""
        needed = (member.id for unit in missing(self._room, service) for member in unit)
        launches = trial.launches
        return frozenset((n, launches[n]) for n in needed if n in launches and n not in self._schedule.launches)

    def _tried(self, trial: Room, service: PlanService, waves: Iterable[int], added: Added) -> tuple[Tried, ...]:
        """The waves in which it would help, each with all that is in the way there; many wait for the same service."""
        return tuple(self._tried_in(trial, service, number, added) for number in waves)

    def _tried_in(self, trial: Room, service: PlanService, number: int, added: Added) -> Tried:
        """What is in the way in a wave when these launch beside the plan, as the trial has it."""
        key = service.id, number, added
        if key not in self._tried_before:
            unit = unit_of(self._problem, service)
            blockers = tuple(trial.blockers(unit[0], number, *unit[1:]))
            question = Question(unit, number, trial.launches, frozenset(name for name, _ in added))
            why = self._words.every(question, blockers)
            self._tried_before[key] = Tried(self._problem.waves[number].id, why, self._words.limits(blockers))
        return self._tried_before[key]

    def _closing(self, service: PlanService) -> bool:
        """Whether it closes anything that counts, if nothing else is there."""
        bit = 1 << service.index
        return any(gap.weight and self._room.closed(gap, bit) for gap in self._problem.gaps_of[service.index])

    def _useless(self, service: PlanService) -> Absence:
        """Nothing to close that counts: the gaps are accepted, or others that need it are not in the plan."""
        accepted = {entry.aspect for entry in self._workspace.decisions.accepted_gaps}
        bit = 1 << service.index
        lifts = [gap.id for gap in self._problem.gaps_of[service.index] if gap.closed(bit)]
        if found := [aspect for aspect in lifts if aspect in accepted]:
            said = _("The gap it closes, in {aspect}, was accepted as it is.", aspect=self._names.aspect(found[0]))
            if len(found) > 1:
                said = _("The gaps it closes were accepted as they are.")
            return Absence(service.id, "accepted", (said,), takes=self._not_accepted(service, found))
        pinned = self._pinned(self._as_it_is, service.id)
        if lifts:
            said = _("The gaps it closes carry no weight here.")
            return Absence(service.id, "not useful", (said,), takes=pinned)
        needing = tuple(other for other, _ in self._problem.needed_by(service.id))
        mates = tuple(mate for mate in self._problem.mates(service.id) if mate not in self._schedule.launches)
        if needing:
            said = ngettext(
                "It closes no gap here; {services}, which needs it, is not in the plan.",
                "It closes no gap here; {services}, which need it, are not in the plan.",
                len(needing),
                services=self._names.services(needing, SHOWN),
            )
            return Absence(service.id, "not useful", (said,), needing, takes=pinned)
        said = _("It closes no gap here.")
        if mates:
            names = self._names.services(mates)
            said = _("It closes no gap here; it launches together with {services} or not at all.", services=names)
        return Absence(service.id, "not useful", (said,), mates, takes=pinned)

    def _not_accepted(self, service: PlanService, accepted: list[str]) -> Takes | None:
        """What it would take if one of the accepted gaps were to be closed after all."""
        weights = self._workspace.catalogue.method.gap.priority_weight
        for aspect in accepted:
            weight = getattr(weights, self._formulation.gaps[aspect].priority)

            def rooms(waves: int, without: tuple[str, ...], aspect: str = aspect, weight: int = weight) -> Room | None:
                room = self._as_it_is(waves, without)
                return _weighed(room, aspect, weight) if room else None

            words = _("not accepting the gap in {aspect} any more", aspect=self._names.aspect(aspect))
            if found := self._takes(rooms, service.id, (self._decision("unaccept", aspect, words),)):
                return found
        return None

    def _beside(self, added: Added) -> tuple[tuple[str, str], ...]:
        """The same by id, with the ids of the waves."""
        return tuple((name, self._problem.waves[number].id) for name, number in sorted(added))

    def _covered(
        self, service: PlanService, tried: tuple[Tried, ...] = (), beside: tuple[tuple[str, str], ...] = ()
    ) -> Absence:
        """What it would close is closed by others: at the latest at the end, where it would help only earlier."""
        by = covering(self._room, unit_of(self._problem, service), self._undecided)
        names = self._names.services(by)
        offered = decision_on(self._workspace, service.id) == "offer"
        why = [covered(names, len(by), offered=offered)]
        if proposals := tuple(name for name in by if self._undecided(name)) if offered else ():
            why.append(proposed(self._names.services(proposals), len(proposals)))
        if tried:
            closest = min(tried, key=lambda entry: len(entry.limits))
            why.append(_("It would help only earlier, while these are not live yet, and does not fit there."))
            why.append(self._closest(closest))
        why.append(self._in_place_of(service, by))
        takes = self._pinned(self._as_it_is, service.id)
        if takes is None or len(takes.changes) > 1:
            takes = (self._takes(self._as_it_is, service.id) if tried else None) or takes
        return Absence(service.id, "redundant", tuple(why), by, tried, beside, takes)

    def _in_place_of(self, service: PlanService, by: tuple[str, ...]) -> str:
        """Which single service would have to go for it to close something."""
        found = could_go(self._room, unit_of(self._problem, service), by)
        if not found:
            return _("No single service could go to leave it anything to close.")
        return ngettext(
            "It would close something if {services} were not in the plan.",
            "It would close something if one of {services} were not in the plan.",
            len(found),
            services=self._names.services(found, SHOWN),
        )

    def _undecided(self, service: str) -> bool:
        decided = decision_on(self._workspace, service) != "undecided"
        return self._problem.by_id[service].launched is None and not decided

    def _instead(self, service: PlanService, taken: tuple[str, ...]) -> Absence:
        """An alternative was taken: declining that one makes place, where nothing needs it."""
        said = _("{service} is in the plan, and only one of the two is to be.", service=self._names.services(taken))
        takes = self._takes(self._as_it_is, service.id) or self._pinned(self._as_it_is, service.id)
        return Absence(service.id, "alternative", (said,), taken, takes=takes)

    def _stuck(self, service: PlanService, stuck: PlanService, trial: Room, added: Added) -> Absence:
        """A prerequisite fits in no wave: what is in its way there, and what it would take for both."""
        tried = self._tried(trial, stuck, self._problem.open_waves, added)
        closest = min(tried, key=lambda entry: len(entry.limits))
        name = self._names.service(stuck.id)
        why = (
            _("It needs {service}, which fits in no wave with everything else where it is.", service=name),
            _(
                "{service} is closest to fitting in {wave}: {why}",
                service=name,
                wave=self._names.wave(closest.wave),
                why=" ".join(closest.why),
            ),
        )
        takes = self._takes(self._as_it_is, service.id) or self._pinned(self._as_it_is, service.id)
        return Absence(service.id, "prerequisite", why, (stuck.id,), tried, self._beside(added), takes)

    def _no_room(self, service: PlanService, tried: tuple[Tried, ...], brought: tuple[tuple[str, str], ...]) -> Absence:
        beside = self._names.services(name for name, _wave in brought)
        black = all(any(limit.kind == "black-out" for limit in entry.limits) for entry in tried)
        takes = self._takes(self._as_it_is, service.id, useful=service.latest is None)
        takes = takes or self._pinned(self._as_it_is, service.id)
        first = takes.wave if takes else ""
        closest = min(tried, key=lambda entry: (entry.wave != first, len(entry.limits)))
        why = (fits_nowhere(beside, wanted=service.latest is not None), self._closest(closest))
        return Absence(service.id, "black-out" if black else "no room", why, (), tried, brought, takes)

    def _closest(self, tried: Tried) -> str:
        return _("Closest is {wave}: {why}", wave=self._names.wave(tried.wave), why=" ".join(tried.why))


def _weighed(room: Room, aspect: str, weight: int) -> Room:
    """The same room with another weight of a gap."""
    gaps = tuple(replace(gap, weight=weight) if gap.id == aspect else gap for gap in room.problem.aspects)
    twin = room.copy()
    twin.problem = replace(room.problem, aspects=gaps)
    return twin
