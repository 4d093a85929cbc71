"""What a comparison comes to, in a few short sentences: first who is asked for more, last what only details are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pmogen.diff.changes import Change, Kind
from pmogen.diff.facts import COMPUTED, LAST
from pmogen.diff.people import Asked, asked
from pmogen.diff.tables import Telling, is_edited_only
from pmogen.language import N_, _, ngettext
from pmogen.planning.words import listed

LONGEST = 60
"""Words of all sentences together."""
_NAMED = 3
"""Names that are told of a kind of change at first; fewer when that makes it too long."""


def sentence(telling: Telling) -> str:
    """The sentences, joined: as many names as there is room for, and the first sentence in any case."""
    comparison = telling.comparison
    for side in (comparison.old, comparison.new):
        if side.is_nothing:
            return _("There is no playbook in {side}, so there is nothing to compare.", side=side.name)
    if None in telling.documents:
        return _("What follows from this change cannot be said before the mistakes are mended.")
    if not comparison.changes and not comparison.edits:
        return _("Nothing changes.")
    parts: list[str] = []
    for named in range(_NAMED, 0, -1):
        parts = list(_Sentences(telling, named).all())
        if _words(parts) <= LONGEST:
            break
    while len(parts) > 1 and _words(parts) > LONGEST:
        parts.pop()
    return " ".join(parts)


def _words(parts: Iterable[str]) -> int:
    return len(" ".join(parts).split())


@dataclass(frozen=True)
class _Sentences:
    """The sentences about one comparison, each with up to so many names."""

    telling: Telling
    named: int

    def all(self) -> Iterator[str]:
        found = tuple(self._found())
        if self.telling.comparison.edits and not self.telling.edits:
            yield _("Only the plan was made anew.")
            if not found:
                yield _("What it says stays as it was.")
        elif not found:
            computed = any(change.key.kind in COMPUTED for change in self.telling.comparison.changes)
            if computed:
                yield _("Only details change: no gap, no launch, and nothing that is asked of people.")
            else:
                yield _("Only texts change; everything that is computed stays as it is.")
        yield from found

    def _found(self) -> Iterator[str]:
        for sentences in (self._people, self._hand_offs, self._services, self._gaps, self._levels, self._rest):
            yield from sentences()

    def _listed(self, names: Iterable[str]) -> str:
        """So many names, and how many there are besides."""
        found = tuple(dict.fromkeys(names))
        if len(found) <= self.named:
            return listed(found)
        return _("{names} and {count} more", names="; ".join(found[: self.named]), count=len(found) - self.named)

    def _of(self, kind: Kind, field: str) -> list[Change]:
        return [change for change in self.telling.of(kind) if change.key.field == field]

    def _people(self) -> Iterator[str]:
        found = asked(self.telling)
        more = [one for one in found if one.rise[0] > 0 or (one.rise[0] == 0 and one.rise[1] >= 1)]
        less = [one for one in found if one.rise[0] < 0]
        both = {one.audience for one in more} & {one.audience for one in less}
        if more:
            yield _("More change is asked of {people}.", people=self._listed(self._who(one, both) for one in more))
        if less:
            yield _(
                "Clearly less change is asked of {people}.", people=self._listed(self._who(one, both) for one in less)
            )

    def _who(self, one: Asked, both: Collection[str]) -> str:
        """The audience, with the wave while there is room for it, or where it is asked for more here and for less there."""
        people = self.telling.names("audiences", one.audience)
        if self.named < _NAMED and one.audience not in both:
            return people
        return _("{people} ({wave})", people=people, wave=self.telling.waves.get(one.wave, one.wave))

    def _hand_offs(self) -> Iterator[str]:
        names = self.telling.names
        titles = {change.key.id: change for change in self._of("hand-off", "title")}
        new = [name for name, change in titles.items() if change.old is None]
        gone = [name for name, change in titles.items() if change.new is None]
        changed = {change.key.id for change in self.telling.of("hand-off") if not is_edited_only(change)}
        for ids, said in (
            (new, N_("Newly asked of other units: {hand_offs}.")),
            (gone, N_("No longer asked of other units: {hand_offs}.")),
            (sorted(changed - {*new, *gone}), N_("What is asked of other units changes: {hand_offs}.")),
        ):
            if ids:
                yield _(said, hand_offs=self._listed(names("hand_offs", name) for name in ids))

    def _services(self) -> Iterator[str]:
        launches = self._of("launch", "wave")
        order = {wave: number for number, wave in enumerate(self.telling.waves)}
        named = {change: self.telling.names("services", change.key.id) for change in launches}
        new = [named[change] for change in launches if change.old is None]
        gone = [named[change] for change in launches if change.new is None]
        moved = [change for change in launches if change.old is not None and change.new is not None]
        later = [named[change] for change in moved if order.get(str(change.new), 0) > order.get(str(change.old), 0)]
        earlier = [named[change] for change in moved if named[change] not in later]
        if gone:
            yield ngettext(
                "{services} falls out of the roadmap.",
                "{services} fall out of the roadmap.",
                len(gone),
                services=self._listed(gone),
            )
        if new:
            yield ngettext(
                "{services} comes into the roadmap.",
                "{services} come into the roadmap.",
                len(new),
                services=self._listed(new),
            )
        if later:
            yield ngettext(
                "{services} launches later.", "{services} launch later.", len(later), services=self._listed(later)
            )
        if earlier:
            yield ngettext(
                "{services} launches earlier.",
                "{services} launch earlier.",
                len(earlier),
                services=self._listed(earlier),
            )

    def _gaps(self) -> Iterator[str]:
        amounts = self._of("gap", "amount")
        grown = [self.telling.names("aspects", change.key.id) for change in amounts if _rises(change)]
        shrunk = [self.telling.names("aspects", change.key.id) for change in amounts if not _rises(change)]
        if grown:
            yield ngettext(
                "The gap in {aspects} grows.", "The gaps in {aspects} grow.", len(grown), aspects=self._listed(grown)
            )
        if shrunk:
            yield ngettext(
                "The gap in {aspects} shrinks.",
                "The gaps in {aspects} shrink.",
                len(shrunk),
                aspects=self._listed(shrunk),
            )
        if amounts and not self._of("launch", "wave"):
            yield _("No service moves.")

    def _levels(self) -> Iterator[str]:
        last = [change for change in self._of("projected", "level") if change.key.wave == LAST]
        higher = [self.telling.names("aspects", change.key.id) for change in last if _rises(change)]
        lower = [self.telling.names("aspects", change.key.id) for change in last if not _rises(change)]
        if lower:
            yield _("After the last wave the level is lower in {aspects}.", aspects=self._listed(lower))
        if higher:
            yield _("After the last wave the level is higher in {aspects}.", aspects=self._listed(higher))

    def _rest(self) -> Iterator[str]:
        """What people wrote or decided, and what other sentences do not say."""
        names, waves = self.telling.names, self.telling.waves
        team = self._of("capacity", "fte")
        smaller = [waves[change.key.id] for change in team if not _rises(change) and None not in _both(change)]
        larger = [waves[change.key.id] for change in team if _rises(change) and None not in _both(change)]
        days = {change.key.id: waves.get(change.key.id, "") for change in self._of("wave", "starts")}
        days |= {change.key.id: waves.get(change.key.id, "") for change in self._of("wave", "ends")}
        priorities = [names("aspects", change.key.id) for change in self._of("priority", "priority")]
        accepted = [names("aspects", change.key.id) for change in self._of("acceptance", "who")]
        decided = [names("services", change.key.id) for change in self._of("decision", "decision")]
        if smaller:
            yield _("The PMO team is smaller in {waves}.", waves=self._listed(smaller))
        if larger:
            yield _("The PMO team is larger in {waves}.", waves=self._listed(larger))
        if days:
            yield _("Waves that are new, gone or on other days: {waves}.", waves=self._listed(days.values()))
        if decided and not self._of("launch", "wave"):
            yield _("Decided anew: {services}.", services=self._listed(decided))
        if accepted:
            yield _("Accepted gaps change: {aspects}.", aspects=self._listed(accepted))
        if priorities and not self._of("gap", "amount"):
            yield _("Priorities change: {aspects}.", aspects=self._listed(priorities))
        if any(change.importance > 1 for change in self.telling.of("method")):
            yield _("The method changes by which everything is computed.")


def _both(change: Change) -> tuple[object, object]:
    return change.old, change.new


def _rises(change: Change) -> bool:
    """Whether the number is larger now; what was not there counts as nothing."""
    return (change.new or 0) > (change.old or 0)  # type: ignore[operator]  # asked of numbers only
