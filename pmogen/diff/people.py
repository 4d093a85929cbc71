"""Who is asked for more, and who for less: change loads before and now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pmogen.diff.changes import Change, Key
from pmogen.diff.names import short
from pmogen.diff.tables import Row, Table, Telling
from pmogen.diff.words import NONE, band, value_in_words
from pmogen.exchange.records import LoadRecord
from pmogen.language import _

BANDS = ("calm", "busy", "full", "over")


@dataclass(frozen=True)
class Asked:
    """What is asked of an audience in a wave, before and now; None where there is no such wave."""

    audience: str
    wave: str
    old: LoadRecord | None
    new: LoadRecord | None
    changes: tuple[Change, ...]

    @cached_property
    def rise(self) -> tuple[int, Fraction]:
        """By how many bands and points more is asked; of who can take less, by how much less that is."""
        before, now = (_weighed(load) for load in (self.old, self.new))
        points = now[1] - before[1]
        return now[0] - before[0], points or before[2] - now[2]

    @property
    def is_more(self) -> bool:
        """Whether more is asked now: more launches nearer to the limit, or the same while they can take less."""
        return self.rise >= (0, Fraction(0))


def _weighed(load: LoadRecord | None) -> tuple[int, Fraction, Fraction]:
    if load is None:
        return 0, Fraction(0), Fraction(0)
    number = BANDS.index(load.band) if load.band in BANDS else 0
    return number, Fraction(load.points), Fraction(load.capacity)


def asked(telling: Telling) -> tuple[Asked, ...]:
    """All of whom more or less is asked; first where more, then the most important, then the largest difference."""
    sides = [
        {(load.audience, load.wave): load for load in document.plan.loads} if document else {}
        for document in telling.documents
    ]
    order = {wave: number for number, wave in enumerate(telling.waves)}
    found = [
        Asked(*about, sides[0].get(about), sides[1].get(about), tuple(changes.values()))
        for about, changes in telling.grouped("load", lambda change: (change.key.id, change.key.wave)).items()
    ]

    def first(one: Asked) -> tuple[object, ...]:
        important = max(change.importance for change in one.changes)
        bands, points = one.rise
        return not one.is_more, -important, -abs(bands), -abs(points), order.get(one.wave, 0), one.audience

    return tuple(sorted(found, key=first))


def people_tables(telling: Telling) -> Iterator[Table]:
    """Who is asked for more, then who for less."""
    columns = (_("Who"), _("When"), _("Before"), _("Now"), _("What is new or gone for them"))
    note = _(
        "Points count how much a group has to learn and to change in a wave; how many it can take is its limit. A launch counts "
        "in its wave, and while people are settling in also in the next."
    )
    found = asked(telling)
    headings = ((True, "more", _("Who is asked for more")), (False, "less", _("Who is asked for less")))
    for is_more, name, heading in headings:
        rows = tuple(_row(telling, one) for one in found if one.is_more == is_more)
        yield Table(name, heading, columns, rows, note=note)
        note = "" if rows else note


def _row(telling: Telling, one: Asked) -> Row:
    cells = (
        telling.names("audiences", one.audience),
        telling.waves.get(one.wave, one.wave),
        _load(telling, one.old),
        _load(telling, one.new),
        _differs(telling, one),
    )
    return telling.row(cells, one.changes)


def _load(telling: Telling, load: LoadRecord | None) -> str:
    if load is None:
        return NONE
    key = Key("load", load.audience, "points", load.wave)
    said = _(
        "{points} of {capacity} points, {band}",
        points=value_in_words(key, load.points, telling.names),
        capacity=value_in_words(key, load.capacity, telling.names),
        band=band(load.band),
    )
    return _("{load}; nothing may launch", load=said) if load.black_out else said


def _differs(telling: Telling, one: Asked) -> str:
    """Launches and other change that the audience has on one side only, then what weighs more or less."""
    before, now = ({(part.source, part.what) for part in load.parts} if load else set() for load in (one.old, one.new))
    came = [f"+ {_part(telling, *part)}" for part in sorted(now - before)]
    gone = [f"\N{MINUS SIGN} {_part(telling, *part)}" for part in sorted(before - now)]
    return "; ".join((*came, *gone)) or NONE


def _part(telling: Telling, source: str, what: str) -> str:
    if source == "background":
        return short(what, 60)
    name = telling.names("services", what)
    return _("{service} (still settling in)", service=name) if source == "tail" else name
