"""Candidates as a facilitator shows them: product or service, size of the gap, the aspect it addresses."""

from __future__ import annotations

from pmogen.exchange import records as out
from pmogen.exchange.parts.table import Cell, Column, Table, row
from pmogen.exchange.told import Told, day, number
from pmogen.language import _, pgettext
from pmogen.model.terms import word


def kind_of(service: out.ServiceRecord) -> str:
    """Product or service, as people say it."""
    return {"product": _("Product"), "service": _("Service")}[service.kind]


def tier_of(service: out.ServiceRecord) -> str:
    """Basic or advanced, as people say it."""
    return {"basic": pgettext("tier", "basic"), "advanced": pgettext("tier", "advanced")}[service.tier]


def candidate_table(told: Told) -> Table:
    """Every service that closes a part of a gap, by the gaps; whatever it costs, whatever is decided."""
    rows = []
    for candidate in told.document.candidates:
        for closes in candidate.closes:
            gap = told.gaps[closes.aspect]
            rows.append((gap.rank, told.name("services", candidate.service), candidate, gap))
    rows.sort(key=lambda entry: (entry[0], entry[1]))
    columns = (
        Column(_("Product or service"), 4),
        Column(_("Kind"), 1.2),
        Column(_("Size of the gap"), 1.3),
        Column(_("Addresses aspect"), 4),
        Column(_("Decision"), 1.4),
    )
    return Table(
        _("Candidates, by gap"),
        columns,
        tuple(
            row(
                Cell(name, bold=True),
                kind_of(told.services[candidate.service]),
                word("size", gap.size or ""),
                told.name("aspects", gap.aspect),
                word("decision", candidate.decision),
            )
            for _rank, name, candidate, gap in rows
        ),
        (told.source("decisions", "services"),),
        _("No product or service would close a part of a gap."),
    )


def helpful_table(told: Told) -> Table:
    """The same by gap: what would help with each, decided or not."""
    helpful: dict[str, list[str]] = {}
    for candidate in told.document.candidates:
        for closes in candidate.closes:
            helpful.setdefault(closes.aspect, []).append(told.name("services", candidate.service))
    columns = (
        Column(_("Aspect"), 2.2),
        Column(_("Size of the gap"), 1),
        Column(_("Products and services that would help"), 7),
    )
    rows = tuple(
        row(
            Cell(told.name("aspects", gap.aspect), bold=True),
            word("size", gap.size or ""),
            ", ".join(sorted(helpful.get(gap.aspect, ()))),
        )
        for gap in told.ranked_gaps
    )
    sources = (told.source("assessments", told.workspace.current.name, "aspects"),)
    return Table(_("What would help with which gap"), columns, rows, sources, _("No gap was found."))


def decision_table(told: Told) -> Table:
    """What was decided on services, the newest first."""
    made = sorted(told.document.decisions, key=lambda entry: (-entry.when.toordinal(), entry.service))
    rows = tuple(
        row(
            Cell(told.name("services", entry.service), bold=True),
            word("decision", entry.decision),
            entry.who,
            day(entry.when),
            entry.why,
        )
        for entry in made
    )
    columns = (
        Column(_("Product or service"), 2.5),
        Column(_("Decision"), 1.2),
        Column(_("Who"), 1.8),
        Column(_("When"), 1.4),
        Column(_("Why"), 5),
    )
    return Table(
        _("Decisions on products and services"),
        columns,
        rows,
        (told.source("decisions", "services"),),
        _("Nothing is decided yet."),
    )


def planned_table(told: Told) -> Table:
    """Services of the roadmap: launch, effort to establish, effort to run."""
    rows = tuple(
        row(
            Cell(told.name("services", place.service), bold=True),
            kind_of(told.services[place.service]),
            tier_of(told.services[place.service]),
            told.wave(place.wave),
            number(told.services[place.service].expected_days, 1),
            number(told.services[place.service].run_fte),
        )
        for place in told.document.plan.placements
    )
    columns = (
        Column(_("Product or service"), 3.5),
        Column(_("Kind"), 1.1),
        Column(_("Tier"), 1.1),
        Column(_("Launches in"), 2.4),
        Column(_("Person-days to establish"), 1.3, "right"),
        Column(_("FTE to run"), 1, "right"),
    )
    sources = (told.source("roadmap", "waves"), told.source("decisions", "services"))
    return Table(_("Products and services of the roadmap"), columns, rows, sources, _("Nothing is planned yet."))
