"""The steering pack: what a board has to know and to decide, made from the playbook."""

from __future__ import annotations

from fractions import Fraction

from pmogen.exchange.deck.slides import Deck, Figure, Slide
from pmogen.exchange.parts.asked import asked_table
from pmogen.exchange.parts.gaps import coverage_chart, coverage_table, gap_chart, gap_table, reached
from pmogen.exchange.parts.hand_offs import SETTLED, hand_off_table
from pmogen.exchange.parts.opening import opening_lines
from pmogen.exchange.parts.risks import risk_table
from pmogen.exchange.parts.roadmap import capacity_chart, later_table, load_table, wave_table
from pmogen.exchange.parts.table import Chart, Table
from pmogen.exchange.plain import paragraphs
from pmogen.exchange.told import Told, day, number
from pmogen.language import _, ngettext


def steering_deck(told: Told) -> Deck:
    """Summary, gaps, coverage, waves, load, hand-offs, decisions asked for, risks."""
    return Deck(
        _("Steering pack"),
        opening_lines(told),
        (
            _summary(told),
            _charted(gap_chart(told), _("Gaps come from the current assessment: the target less today's level.")),
            _tabled(gap_table(told), _("Rank: points of the size times the weight of the priority.")),
            _charted(coverage_chart(told), _("Levels at the end of the roadmap are projected, not promised.")),
            _tabled(coverage_table(told)),
            _tabled(wave_table(told), *_plan_notes(told)),
            _charted(
                capacity_chart(told),
                _("Building may use a part of the PMO's capacity only; the rest runs what is live."),
            ),
            _tabled(
                load_table(told),
                _("Points of all launches, their tails and other changes, against what each audience can take."),
            ),
            *((_tabled(later_table(told)),) if later_table(told).rows else ()),
            _tabled(hand_off_table(told), _("What the PMO cannot close, somebody else is asked for.")),
            _tabled(
                asked_table(told),
                _("Found in the data: open gaps, undecided services of the roadmap, days that have come."),
            ),
            _tabled(risk_table(told), _("Found in the data, by the rules of the method; the board will know others.")),
        ),
        opening_notes(told),
        (told.source("playbook"),),
    )


def opening_notes(told: Told) -> tuple[str, ...]:
    """What the speaker has to know before all."""
    stale = _("The published plan is out of date: these slides show a new one that nobody has agreed to yet.")
    return (
        _(
            "All figures are those of the playbook of {day}; each slide names the lines they come from.",
            day=day(told.as_of),
        ),
        *((stale,) if told.document.plan_state == "stale" else ()),
    )


def _tabled(table: Table, *notes: str) -> Slide:
    return Slide(table.title, table=table, notes=notes, sources=table.sources)


def _charted(chart: Chart, *notes: str) -> Slide:
    return Slide(chart.title, chart=chart, notes=notes, sources=chart.sources, foot=chart.axis)


def _summary(told: Told) -> Slide:
    document = told.document
    gaps = told.ranked_gaps
    closed = sum(reached(told, gap.aspect) >= gap.target for gap in gaps)
    days = sum((wave.use.build_days for wave in document.plan.waves), Fraction(0))
    asked = [entry for entry in document.hand_offs if entry.status not in SETTLED]
    figures = (
        Figure(str(len(gaps)), ngettext("gap", "gaps", len(gaps))),
        Figure(
            str(closed), ngettext("gap closed in full by the roadmap", "gaps closed in full by the roadmap", closed)
        ),
        Figure(
            str(len(document.plan.placements)),
            ngettext("service in the roadmap", "services in the roadmap", len(document.plan.placements)),
        ),
        Figure(number(days, 0), _("person-days of building, in all waves")),
        Figure(str(len(asked)), ngettext("open hand-off", "open hand-offs", len(asked))),
    )
    return Slide(
        _("In short"),
        points=paragraphs(told.workspace.foundation.summary),
        figures=figures,
        notes=_plan_notes(told),
        sources=(
            told.source("foundation", "summary"),
            told.source("roadmap", "waves"),
            told.source("decisions", "hand_offs"),
        ),
    )


def _plan_notes(told: Told) -> tuple[str, ...]:
    plan = told.document.plan
    if plan.bound is None:
        return (_("How good the plan is was not proven; it was found by {engine}.", engine=plan.engine),)
    if plan.bound <= plan.value_waves:
        return (_("It is proven that no plan within the same limits closes more, sooner."),)
    part = number(100 * (plan.bound - plan.value_waves) / plan.bound, 1)
    return (_("It is proven that no plan within the same limits is better by more than {part} %.", part=part),)
