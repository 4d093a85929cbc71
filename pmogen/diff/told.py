"""A comparison as people read it: a sentence, then tables by what matters most. Plain text in every cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pmogen.diff.changes import Change, Key, Kind, Value
from pmogen.diff.compare import Comparison
from pmogen.diff.edited import FEW, about, edits_table
from pmogen.diff.facts import LAST
from pmogen.diff.names import short
from pmogen.diff.people import people_tables
from pmogen.diff.sentence import sentence
from pmogen.diff.tables import Row, Table, Telling, folded, is_edited_only
from pmogen.diff.words import NONE, field_in_words, value_in_words
from pmogen.language import _, ngettext


@dataclass(frozen=True)
class Told:
    """What a comparison says. `remarks` say what could not be compared, and what to do."""

    old: str
    new: str
    sentence: str
    remarks: tuple[str, ...]
    tables: tuple[Table, ...]

    @property
    def is_empty(self) -> bool:
        """True when nothing differs and nothing is in the way."""
        return not (self.tables or self.remarks)

    @property
    def is_numbered(self) -> bool:
        """Whether rows name edits by their numbers."""
        return any(row.edits for table in self.tables if table.id != "edits" for row in table.rows)


def told(comparison: Comparison) -> Told:
    """The comparison in words, in the language that is spoken."""
    telling = Telling(comparison)
    edits = edits_table(telling)
    found = [part for table, matters in _tables(telling) if table.rows for part in folded(table, matters=matters)]
    shown = [table for table in found if not table.is_detail]
    rest = [table for table in found if table.is_detail]
    first, last = ([], [edits]) if edits.is_detail else ([edits], [])
    tables = tuple(_plain(table) for table in (*first, *shown, *last, *rest) if table.rows)
    old, new, said, *remarks = map(
        plain, (comparison.old.name, comparison.new.name, sentence(telling), *_remarks(comparison))
    )
    return Told(old, new, said, tuple(remarks), tables)


_UNSEEN = re.compile(r"[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NO_LETTER = re.compile(r"[\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without signs that nobody sees and that turn round or hide what stands beside them."""
    return _NO_LETTER.sub("\ufffd", _UNSEEN.sub("", text))


def _plain(table: Table) -> Table:
    rows = (replace(row, cells=tuple(map(plain, row.cells))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def because() -> str:
    """What the numbers beside rows are."""
    return _(
        "The numbers under \N{LEFT DOUBLE QUOTATION MARK}Because of\N{RIGHT DOUBLE QUOTATION MARK} are those under \N{LEFT DOUBLE QUOTATION MARK}What was edited\N{RIGHT DOUBLE QUOTATION MARK}."
    )


def _remarks(comparison: Comparison) -> Iterator[str]:
    for side in (comparison.old, comparison.new):
        if side.mistakes:
            first = side.mistakes[0]
            yield ngettext(
                "{side} has {count} mistake. It is {place}: {message}",
                "{side} has {count} mistakes. The first is {place}: {message}",
                len(side.mistakes),
                side=side.name,
                place=str(first.span),
                message=first.message,
            )
        if side.mistakes and side.document is None:
            yield _("Nothing could be computed from {side}; only what was edited is compared.", side=side.name)
    if comparison.new.document and comparison.new.document.plan_state == "stale":
        yield _(
            "The published plan is out of date. Launches, loads and levels are what planning anew would bring: run pmogen plan, and "
            "add content/plan.yml to the change."
        )
    if any(side.document and side.sources is None for side in (comparison.old, comparison.new)):
        yield _(
            "One side is known by its numbers only (playbook.json): what was edited, and what leads to what, cannot be told."
        )


def _tables(telling: Telling) -> Iterator[tuple[Table, bool]]:
    """All tables, the most important first, and whether they matter by themselves.

    While few places were edited, they say it themselves: what only repeats them is left out.
    """
    change = (_("Before"), _("Now"))
    is_long = not 0 < len(telling.edits) <= FEW
    for table in people_tables(telling):
        yield table, True
    yield (
        Table(
            "hand-offs",
            _("Asked of other units"),
            (_("Unit"), _("Hand-off"), _("What"), *change),
            tuple(_hand_offs(telling)),
        ),
        True,
    )
    yield (
        Table(
            "launches",
            _("Services and their waves"),
            (_("Service"), *change, _("Why")),
            tuple(_launches(telling)),
        ),
        True,
    )
    if is_long:
        yield (
            Table("decisions", _("Decisions"), (_("Service or gap"), _("What"), *change), tuple(_decisions(telling))),
            True,
        )
    yield _gaps(telling), False
    yield Table("levels", _("Levels after the last wave"), (_("Aspect"), *change), tuple(_levels(telling))), True
    if is_long:
        yield from _inputs(telling, change)
    yield from _planned(telling, change)


def _planned(telling: Telling, change: tuple[str, str]) -> Iterator[tuple[Table, bool]]:
    """What follows for the plan, which matters to those who made it."""
    yield (
        Table(
            "capacity",
            _("Work and capacity of the PMO"),
            (_("Wave or service"), _("What"), *change),
            tuple(_capacity(telling)),
        ),
        False,
    )
    yield (
        Table(
            "proposed",
            _("Services that are proposed"),
            (_("Service"), *change),
            tuple(_proposed(telling)),
        ),
        False,
    )
    yield (
        Table(
            "plan",
            _("The plan as a whole"),
            (_("What"), *change),
            tuple(
                telling.row((field_in_words(found.key), *telling.said(found)), (found,))
                for found in _facts(telling, "plan")
            ),
            note=_(
                "The value of a plan counts the levels that its launches bring, by priority, for as many waves as they last."
            ),
        ),
        False,
    )


def _inputs(telling: Telling, change: tuple[str, str]) -> Iterator[tuple[Table, bool]]:
    """What people wrote, by what it is about."""
    listed: tuple[tuple[str, str, tuple[Kind, ...], str], ...] = (
        ("waves", _("Waves"), ("wave",), "waves"),
        ("foundation", _("Foundation"), ("foundation",), "questions"),
        ("customers", _("Customers and what they expect"), ("customer",), "customers"),
        ("playbook", _("About this playbook"), ("playbook",), ""),
    )
    for name, heading, kinds, names in listed:
        rows = tuple(
            telling.row((telling.names(names, found.key.id), _field(telling, found), *telling.said(found)), (found,))
            for found in _facts(telling, *kinds)
        )
        yield Table(name, heading, (_("About"), _("What"), *change), rows), False
    for name, heading, kind in (
        ("method", _("Method: what everything is computed by"), "method"),
        ("catalogue", _("Catalogue"), "catalogue"),
    ):
        yield Table(name, heading, (_("About"), _("What")), tuple(_entries(telling, kind))), False  # type: ignore[arg-type]  # kinds, as listed above


def _facts(telling: Telling, *kinds: Kind) -> Iterator[Change]:
    """Changes of facts; what was edited and changes none stands among the edits."""
    return (change for change in telling.of(*kinds) if not is_edited_only(change))


def _field(telling: Telling, change: Change) -> str:
    """What of it differs; of a customer, the benefit by its name."""
    first, dot, rest = change.key.field.partition(".")
    name = telling.names("benefits", first)
    if not dot or name == first:
        return field_in_words(change.key)
    return _("{field}: {value}", field=name, value=field_in_words(Key(change.key.kind, change.key.id, rest)))


_NAMED = 5
"""So many fields of an entry are named; more are counted."""


def _entries(telling: Telling, kind: Kind) -> Iterator[Row]:
    """One row an entry: what of it differs."""
    found: dict[str, dict[str, list[Change]]] = {}
    for change in telling.of(kind):
        if change.causes and is_edited_only(change):
            name, what = about(change.causes[0], telling.names)
            if change.key.field == "" and None in (change.old, change.new):
                what = _("new") if change.old is None else _("gone")
        else:
            name, what = telling.names("services", change.key.id), field_in_words(change.key)
        found.setdefault(name, {}).setdefault(what, []).append(change)
    for name, fields in found.items():
        said = "; ".join(list(fields)[:_NAMED])
        if len(fields) > _NAMED:
            said = _("{fields} and {count} more", fields=said, count=len(fields) - _NAMED)
        yield telling.row((name, said), (change for changes in fields.values() for change in changes))


def _hand_offs(telling: Telling) -> Iterator[Row]:
    """A whole hand-off that came or went is one row; otherwise one a field."""
    for (identifier, _field), changes in telling.grouped("hand-off", lambda change: (change.key.id, "")).items():
        facts = {name: change for name, change in changes.items() if not is_edited_only(change)}
        title = facts.get("title")
        if not facts:
            continue
        named = (_unit(telling, identifier), telling.names("hand_offs", identifier))
        if title is not None and title.old is None:
            yield telling.row((*named, _("new"), NONE, _whole(telling, facts, "new")), facts.values())
        elif title is not None and title.new is None:
            yield telling.row((*named, _("gone"), _whole(telling, facts, "old"), NONE), facts.values())
        else:
            for change in facts.values():
                yield telling.row((*named, field_in_words(change.key), *telling.said(change)), (change,))


def _unit(telling: Telling, hand_off: str) -> str:
    """The unit that is asked, now or before."""
    key = Key("hand-off", hand_off, "entity")
    sides = (telling.comparison.new, telling.comparison.old)
    return next((value_in_words(key, side.facts[key], telling.names) for side in sides if key in side.facts), NONE)


def _whole(telling: Telling, changes: Mapping[str, Change], side: str) -> str:
    """A hand-off in a line: what is asked, by when, who answers for it."""
    said = {name: value_in_words(change.key, getattr(change, side), telling.names) for name, change in changes.items()}
    return _(
        "{asked} Due {due}; answers for it: {contact}",
        asked=said.get("asked", NONE),
        due=said.get("due", NONE),
        contact=said.get("contact", NONE),
    )


def _launches(telling: Telling) -> Iterator[Row]:
    found = telling.grouped("launch", lambda change: (change.key.id, ""))
    reasons = telling.comparison.new.why({service for service, _rest in found})
    for (service, _rest), changes in sorted(found.items()):
        wave = changes.get("wave")
        why = _why(telling, wave, reasons.get(service, ()))
        if wave is not None:
            cells = tuple(_wave(telling, side) for side in (wave.old, wave.new))
        else:
            pinned = changes["pinned"]
            cells = tuple(_("pinned") if side else _("not pinned") for side in (pinned.old, pinned.new))
        yield telling.row((telling.names("services", service), *cells, why), changes.values())


def _wave(telling: Telling, wave: Value) -> str:
    return _("in no wave") if wave is None else telling.waves.get(str(wave), str(wave))


def _why(telling: Telling, change: Change | None, reasons: tuple[str, ...]) -> str:
    """Why the newer plan has it where it is: what it brings, or, when it comes later, what is in the way of sooner."""
    order = list(telling.waves)
    is_later = (
        change is not None
        and None not in (change.old, change.new)
        and order.index(str(change.new)) > order.index(str(change.old))
    )
    return short(reasons[-1] if is_later else reasons[0], 220) if reasons else NONE


def _decisions(telling: Telling) -> Iterator[Row]:
    for change in _facts(telling, "decision"):
        name = telling.names("services", change.key.id)
        yield telling.row((name, field_in_words(change.key), *telling.said(change)), (change,))
    for change in _facts(telling, "acceptance"):
        what = _("accepted gap: {what}", what=field_in_words(change.key))
        yield telling.row((telling.names("aspects", change.key.id), what, *telling.said(change)), (change,))


def _gaps(telling: Telling) -> Table:
    """One row an aspect; what did not change stands once, and a column in which nothing changes is left out."""
    shown: tuple[tuple[str, tuple[Kind, str]], ...] = (
        (_("Level today"), ("level", "current")),
        (_("Target"), ("target", "target")),
        (_("Gap"), ("gap", "amount")),
        (_("Size"), ("gap", "size")),
        (_("Priority"), ("priority", "priority")),
        (_("Rank"), ("rank", "rank")),
        (_("How it can be closed"), ("closing", "how")),
    )
    changes = list(_facts(telling, "level", "target", "gap", "priority", "rank", "closing"))
    changed = {(change.key.kind, change.key.field) for change in changes}
    columns = [(name, key) for number, (name, key) in enumerate(shown) if number < _ALWAYS or key in changed]
    by_aspect: dict[str, list[Change]] = {}
    for change in changes:
        by_aspect.setdefault(change.key.id, []).append(change)
    rows = []
    for aspect, found in by_aspect.items():
        cells = [_both(telling, Key(kind, aspect, field)) for _name, (kind, field) in columns]
        rows.append(telling.row((telling.names("aspects", aspect), *cells), found))
    ordered = sorted(rows, key=lambda row: (-row.importance, row.cells[0]))
    return Table("gaps", _("Gaps"), (_("Aspect"), *(name for name, _key in columns)), tuple(ordered))


_ALWAYS = 3
"""Columns of the gaps that are shown in any case: level, target and gap."""


def _both(telling: Telling, key: Key) -> str:
    sides = (telling.comparison.old, telling.comparison.new)
    old, new = (value_in_words(key, side.facts.get(key), telling.names) for side in sides)
    return old if old == new else f"{old} \N{RIGHTWARDS ARROW} {new}"


def _levels(telling: Telling) -> Iterator[Row]:
    for change in telling.of("projected"):
        if change.key.wave == LAST:
            yield telling.row((telling.names("aspects", change.key.id), *telling.said(change)), (change,))


def _capacity(telling: Telling) -> Iterator[Row]:
    for change in telling.of("capacity", "work"):
        kind = "waves" if change.key.kind == "capacity" else "services"
        name = telling.names(kind, change.key.id)
        yield telling.row((name, field_in_words(change.key), *telling.said(change)), (change,))


def _proposed(telling: Telling) -> Iterator[Row]:
    for change in telling.of("candidate"):
        cells = (_("proposed") if value else _("not proposed") for value in (change.old, change.new))
        yield telling.row((telling.names("services", change.key.id), *cells), (change,))
