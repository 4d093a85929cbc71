"""Sheets that are computed and only read: the register of gaps, the plan, and the load of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from pmogen.exchange.parts.gaps import reached
from pmogen.exchange.parts.roadmap import band_word
from pmogen.exchange.parts.services import kind_of
from pmogen.exchange.told import Told
from pmogen.exchange.workbook.kinds import Value
from pmogen.exchange.workbook.look import BANDS, SHADES
from pmogen.exchange.workbook.sheets import offered
from pmogen.language import _
from pmogen.model.terms import word


@dataclass(frozen=True)
class Shown:
    """A value with the colour behind it."""

    value: Value
    shade: str = ""


@dataclass(frozen=True)
class Reading:
    """A sheet that is only read. `columns` are headings with widths; every row begins with an id."""

    name: str
    title: str
    tab: str
    about: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Shown, ...], ...]
    frozen: int = 2


def _row(*cells: Value | Shown) -> tuple[Shown, ...]:
    return tuple(cell if isinstance(cell, Shown) else Shown(cell) for cell in cells)


def _number(value: Fraction) -> float:
    return round(float(value), 4)


def gap_register(told: Told) -> Reading:
    """All gaps by rank, and what becomes of them."""
    rows = []
    placed = {place.service for place in told.document.plan.placements}
    for gap in told.ranked_gaps:
        closing = told.closings[gap.aspect]
        after: Fraction = min(reached(told, gap.aspect), gap.target)
        rows.append(
            _row(
                *(gap.aspect, told.name("aspects", gap.aspect), gap.rank),
                *(_number(gap.current), _number(gap.target), _number(gap.amount)),
                Shown(offered.size(gap.size), SHADES.get(gap.size or "", "")),
                Shown(offered.size(gap.priority), SHADES[gap.priority]),
                gap.score,
                word("way", closing.how),
                "\n".join(told.name("services", one) for one in closing.services if one in placed) or None,
                "\n".join(_hand_off(told, one) for one in closing.hand_offs) or None,
                *(_number(after), _number(max(gap.target - after, Fraction(0)))),
            )
        )
    columns = (
        *((_("Aspect"), 26), (_("Rank"), 7), (_("Level today"), 8), (_("Target"), 8), (_("Gap"), 7)),
        *((_("Gap size (L, M, H)"), 12), (_("Priority"), 12), (_("Score"), 7), (_("Who closes it"), 16)),
        *((_("Services of the roadmap"), 38), (_("Handed over to"), 28), (_("After the roadmap"), 10)),
        (_("Still missing"), 9),
    )
    about = _("Target less level today, by rank. Computed on {day}.", day=told.as_of.isoformat())
    return Reading("gaps", _("Register of gaps"), _("Gaps"), about, columns, tuple(rows))


def _hand_off(told: Told, identifier: str) -> str:
    found = next(entry for entry in told.document.hand_offs if entry.id == identifier)
    return told.entity(found.entity)


def plan(told: Told) -> Reading:
    """Every service with a wave, in the order of launches, then what is in none."""
    order = {wave.id: number for number, wave in enumerate(told.document.plan.waves)}
    rows = []
    for place in sorted(told.document.plan.placements, key=lambda place: (order[place.wave], place.service)):
        service, wave = told.services[place.service], told.waves[place.wave]
        rows.append(
            _row(
                *(place.service, service.name, kind_of(service), wave.name, wave.starts, wave.ends),
                word("decision", service.decision),
                *(_number(sum((work.days for work in place.work), Fraction(0))), _number(service.run_fte)),
                "\n".join(place.why) or None,
            )
        )
    for absence in told.document.plan.absences:
        service = told.services[absence.service]
        if service.decision != "decline" and absence.code != "not useful":
            why = "\n".join((*absence.why, absence.takes)).strip()
            rows.append(
                _row(
                    *(
                        absence.service,
                        service.name,
                        kind_of(service),
                        "\u2013",
                        None,
                        None,
                        word("decision", service.decision),
                    ),
                    *(None, _number(service.run_fte), why or None),
                )
            )
    columns = (
        *((_("Product / Service"), 32), (_("Kind"), 11), (_("Wave"), 26), (_("First day"), 12), (_("Last day"), 12)),
        *((_("Decision"), 13), (_("Person-days"), 10), (_("FTE to run"), 9), (_("Why then, or why not"), 70)),
    )
    about = _("When each product or service launches, and why; what is in no wave stands at the end.")
    return Reading("plan", _("Plan: what launches when"), _("Plan"), about, columns, tuple(rows))


def load(told: Told) -> Reading:
    """Change points of each group in each wave."""
    rows = []
    for audience in told.document.audiences:
        for entry in told.document.plan.loads:
            if entry.audience != audience.id or not (entry.points or entry.black_out):
                continue
            parts = []
            for part in entry.parts:
                what = part.what if part.source == "background" else told.name("services", part.what)
                parts.append(f"{what}: {_number(part.points):g}")
            band = _("black-out") if entry.black_out else band_word(entry.band)
            shade = BANDS["over"] if entry.black_out else BANDS[entry.band]
            rows.append(
                _row(
                    *(f"{entry.audience}/{entry.wave}", audience.name, told.wave(entry.wave)),
                    *(_number(entry.points), _number(entry.capacity), Shown(band, shade)),
                    "\n".join(parts) or None,
                    entry.black_out,
                )
            )
    columns = (
        *((_("Group"), 26), (_("Wave"), 28), (_("Points"), 9), (_("Points it can take"), 10), (_("Load"), 14)),
        *((_("What it is made of"), 60), (_("Black-out, because"), 44)),
    )
    about = _("How much change the plan asks of each group, in points.")
    return Reading("load", _("Load: what people have to take"), _("Load"), about, columns, tuple(rows), 3)


READINGS: tuple[Callable[[Told], Reading], ...] = (gap_register, plan, load)
