"""Waves, the PMO's capacity, and what each audience has to take."""

from __future__ import annotations

from pmogen.exchange.parts.table import Cell, Chart, Column, Series, Shade, Table, row
from pmogen.exchange.told import Told, day, number
from pmogen.language import _, pgettext
from pmogen.model.terms import word


def plan_sources(told: Told) -> tuple[str, ...]:
    """Where the roadmap comes from."""
    published = () if told.workspace.published is None else (told.source("plan"),)
    return (told.source("roadmap", "waves"), *published, told.source("decisions", "services"))


def wave_table(told: Told) -> Table:
    """The waves: when, what for, what launches, and what they take."""
    rows = tuple(
        row(
            Cell(wave.name, bold=True),
            _("{first} to {last}", first=day(wave.starts), last=day(wave.ends)),
            word("status", wave.status),
            wave.goal,
            told.names("services", told.launched_in(wave.id)) or _("nothing"),
            _("{used} of {limit}", used=number(wave.use.build_days, 1), limit=number(wave.use.build_limit, 1)),
            _("{used} of {limit}", used=number(wave.use.run_fte), limit=number(wave.use.run_limit)),
        )
        for wave in told.document.plan.waves
    )
    columns = (
        Column(_("Wave"), 1.7),
        Column(_("When"), 1.7),
        Column(_("State"), 1),
        Column(_("Goal"), 3),
        Column(_("Launches"), 3.6),
        Column(_("Person-days of building"), 1.3, "right"),
        Column(_("FTE for running"), 1.1, "right"),
    )
    return Table(_("The waves"), columns, rows, plan_sources(told))


def capacity_chart(told: Told) -> Chart:
    """Person-days of building in each wave, and how many there may be."""
    waves = told.document.plan.waves
    return Chart(
        _("Building in each wave"),
        _("Person-days"),
        tuple(wave.name for wave in waves),
        (
            Series(pgettext("days of building", "Planned"), tuple(wave.use.build_days for wave in waves)),
            Series(_("At most"), tuple(wave.use.build_limit for wave in waves)),
        ),
        across=False,
        sources=plan_sources(told),
    )


def band_word(band: str) -> str:
    """How full a wave is for an audience, in words."""
    return {
        "calm": pgettext("change load", "calm"),
        "busy": pgettext("change load", "busy"),
        "full": pgettext("change load", "full"),
        "over": pgettext("change load", "over the limit"),
    }[band]


def load_table(told: Told) -> Table:
    """Change points of each audience in each wave; nothing for audiences that are never asked anything."""
    loads = {(load.audience, load.wave): load for load in told.document.plan.loads}
    waves = told.document.plan.waves
    rows = []
    for audience in told.document.audiences:
        own = [loads.get((audience.id, wave.id)) for wave in waves]
        if not any(load and (load.points or load.black_out) for load in own):
            continue
        cells = [Cell(audience.name, bold=True)]
        for load in own:
            if load is None:
                cells.append(Cell(""))
                continue
            text = _("{used} of {limit}", used=number(load.points, 1), limit=number(load.capacity, 1))
            shade: Shade = load.band
            text = _("{load}, {band}", load=text, band=band_word(load.band)) if load.points else text
            cells.append(Cell(_("{load}, black-out", load=text) if load.black_out else text, shade))
        rows.append(tuple(cells))
    columns = (Column(_("Audience"), 2), *(Column(wave.name, 1.2) for wave in waves))
    return Table(
        _("Change load, in points"),
        columns,
        tuple(rows),
        (told.source("roadmap", "audiences"), *plan_sources(told)),
        _("No audience is asked to change anything."),
    )


def later_table(told: Told) -> Table:
    """Services that are in no wave although nobody declined them, and why."""
    rows = tuple(
        row(
            Cell(told.name("services", absence.service), bold=True),
            " ".join(absence.why),
            absence.takes,
        )
        for absence in told.document.plan.absences
        if absence.code not in ("declined", "not useful", "redundant")
    )
    columns = (Column(_("Product or service"), 2), Column(_("Why not"), 4), Column(_("What it would take"), 3))
    return Table(_("Not in the roadmap"), columns, rows, plan_sources(told), _("Everything that helps is in it."))
