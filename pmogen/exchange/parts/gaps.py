"""Gaps, and how far they are closed."""

from __future__ import annotations

from fractions import Fraction

from pmogen.exchange.parts.table import Cell, Chart, Column, Series, Table, row
from pmogen.exchange.told import Told, number
from pmogen.language import _
from pmogen.model.terms import word

CHARTED = 10
"""So many gaps can be read on one chart."""


def gap_sources(told: Told) -> tuple[str, ...]:
    """Where levels and targets come from."""
    return (told.source("assessments", told.workspace.current.name, "aspects"), told.source("foundation", "customers"))


def gap_table(told: Told) -> Table:
    """The gaps by rank."""
    rows = tuple(
        row(
            Cell(str(gap.rank)),
            Cell(told.name("aspects", gap.aspect), bold=True),
            number(gap.current),
            number(gap.target),
            number(gap.amount),
            word("size", gap.size or ""),
            word("size", gap.priority),
        )
        for gap in told.ranked_gaps
    )
    columns = (
        Column(_("Rank"), 0.7, "right"),
        Column(_("Aspect"), 4),
        Column(_("Today"), 0.9, "right"),
        Column(_("Target"), 0.9, "right"),
        Column(_("Gap"), 0.9, "right"),
        Column(_("Size"), 1),
        Column(_("Priority"), 1),
    )
    return Table(_("Gaps by rank"), columns, rows, gap_sources(told), _("No gap was found."))


def gap_chart(told: Told) -> Chart:
    """Today's level and the target of the most pressing gaps."""
    gaps = told.ranked_gaps[:CHARTED]
    return Chart(
        _("The most pressing gaps"),
        _("Level, 1 to 5"),
        tuple(told.name("aspects", gap.aspect) for gap in gaps),
        (
            Series(_("Today"), tuple(gap.current for gap in gaps)),
            Series(_("Target"), tuple(gap.target for gap in gaps)),
        ),
        sources=gap_sources(told),
    )


def reached(told: Told, aspect: str) -> Fraction:
    """The level at the end of the roadmap; today's where nothing is projected."""
    found = told.projected.get(aspect)
    gap = told.gaps[aspect]
    return found.after[-1].level if found and found.after else gap.current


def coverage_chart(told: Told) -> Chart:
    """How the levels rise by the roadmap, and what is left."""
    gaps = told.ranked_gaps[:CHARTED]
    after = [min(reached(told, gap.aspect), gap.target) for gap in gaps]
    return Chart(
        _("What the roadmap closes"),
        _("Level, 1 to 5"),
        tuple(told.name("aspects", gap.aspect) for gap in gaps),
        (
            Series(_("Today"), tuple(gap.current for gap in gaps)),
            Series(_("Closed by the roadmap"), tuple(a - gap.current for a, gap in zip(after, gaps, strict=True))),
            Series(_("Still missing"), tuple(gap.target - a for a, gap in zip(after, gaps, strict=True))),
        ),
        stacked=True,
        sources=(*gap_sources(told), told.source("roadmap", "waves")),
    )


def coverage_table(told: Told) -> Table:
    """Which services close which gap, how far, and who takes the rest."""
    rows = []
    placed = {place.service for place in told.document.plan.placements}
    for gap in told.ranked_gaps:
        closing = told.closings[gap.aspect]
        after = reached(told, gap.aspect)
        lifting = [service for service in closing.services if service in placed]
        hand_offs = {entry.id: entry for entry in told.document.hand_offs}
        others = [told.entity(hand_offs[identifier].entity) for identifier in closing.hand_offs]
        if closing.accepted:
            others.append(word("way", "accepted"))
        rows.append(
            row(
                Cell(told.name("aspects", gap.aspect), bold=True),
                number(gap.amount),
                number(after),
                number(max(gap.target - after, Fraction(0))),
                told.names("services", lifting),
                ", ".join(dict.fromkeys(others)),
            )
        )
    columns = (
        Column(_("Aspect"), 2.6),
        Column(_("Gap"), 0.8, "right"),
        Column(_("After the roadmap"), 1.1, "right"),
        Column(_("Still missing"), 1, "right"),
        Column(_("Services of the roadmap"), 5),
        Column(_("Handed over or accepted"), 2),
    )
    sources = (told.source("decisions", "services"), told.source("decisions", "hand_offs"), *gap_sources(told))
    return Table(_("Who closes which gap"), columns, tuple(rows), sources, _("No gap was found."))
